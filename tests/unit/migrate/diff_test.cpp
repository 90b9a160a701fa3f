#include "migrate/diff.hpp"

#include <string>
#include <variant>

#include <doctest/doctest.h>

#include "providers/postgresql/provider.hpp"
#include "providers/sqlite/provider.hpp"

namespace {

using namespace lamina::catalog;
using lamina::migrate::diff;
using lamina::migrate::Difference;
using lamina::migrate::Step;

const lamina::migrate::Provider& postgresql() { return lamina::providers::postgresql::migration_provider(); }
const lamina::migrate::Provider& sqlite() { return lamina::providers::sqlite::migration_provider(); }

/// Tables made by hand, two lines each.
struct Builder {
    Catalog catalog;

    TableId table(const char* name) {
        Table added;
        added.name = name;
        return catalog.add(added);
    }
    ColumnId column(TableId table, const char* name, const char* type = "TEXT", Arity arity = Arity::Required) {
        Column added;
        added.name = name;
        added.table = table;
        added.type.family = Family::String;
        added.type.arity = arity;
        added.type.native.name = type;
        return catalog.add(added);
    }
    IndexId index(TableId table, const char* name, IndexKind kind, ColumnId column) {
        Index added;
        added.name = name;
        added.table = table;
        added.kind = kind;
        IndexColumn part;
        part.column = column;
        added.columns.push_back(part);
        return catalog.add(added);
    }
    ForeignKeyId foreign_key(TableId table, const char* name, ColumnId column, TableId to, ColumnId referenced) {
        ForeignKey added;
        added.name = name;
        added.table = table;
        added.columns = {column};
        added.referenced_table = to;
        added.referenced_columns = {referenced};
        return catalog.add(added);
    }
};

/// A table `User` with `id` and `email`, and a key.
Builder users() {
    Builder made;
    const TableId user = made.table("User");
    const ColumnId id = made.column(user, "id");
    made.column(user, "email");
    made.index(user, "User_pkey", IndexKind::PrimaryKey, id);
    return made;
}

bool mentions(const Difference& difference, const std::string& a, const std::string& b = {}) {
    for (const std::string& sentence : difference.unsupported) {
        if (sentence.find(a) != std::string::npos && sentence.find(b) != std::string::npos) return true;
    }
    return false;
}

TEST_CASE("equal_catalogs_need_no_steps") {
    const Difference difference = diff(users().catalog, users().catalog, postgresql());
    CHECK(difference.steps.empty());
    CHECK(difference.unsupported.empty());
}

TEST_CASE("new_tables_come_before_their_indexes_and_keys") {
    Builder wanted = users();
    const TableId post = wanted.table("Post");
    const ColumnId author = wanted.column(post, "author");
    wanted.index(post, "Post_author_key", IndexKind::Unique, author);
    wanted.foreign_key(post, "Post_author_fkey", author, TableId{0}, ColumnId{0});
    const Difference difference = diff(users().catalog, wanted.catalog, postgresql());
    CHECK(difference.unsupported.empty());
    REQUIRE(difference.steps.size() == 3);
    CHECK(std::holds_alternative<lamina::migrate::CreateTable>(difference.steps[0]));
    CHECK(std::holds_alternative<lamina::migrate::CreateIndex>(difference.steps[1]));
    CHECK(std::holds_alternative<lamina::migrate::AddForeignKey>(difference.steps[2]));
    CHECK(diff(users().catalog, wanted.catalog, sqlite()).steps.size() == 2);
}

TEST_CASE("an_index_on_a_table_that_is_there_is_added") {
    Builder wanted = users();
    wanted.index(TableId{0}, "User_email_key", IndexKind::Unique, ColumnId{1});
    const Difference difference = diff(users().catalog, wanted.catalog, sqlite());
    CHECK(difference.unsupported.empty());
    CHECK(difference.steps.size() == 1);
}

TEST_CASE("a_missing_column_is_named_with_its_table") {
    Builder wanted = users();
    wanted.column(TableId{0}, "name");
    CHECK(mentions(diff(users().catalog, wanted.catalog, postgresql()), "`name` of the table `User`",
                   "is not in the database"));
    CHECK(mentions(diff(wanted.catalog, users().catalog, postgresql()), "`name` of the table `User`",
                   "not in the schema"));
}

TEST_CASE("another_type_is_named_with_both_types") {
    Builder present, wanted;
    present.column(present.table("User"), "id", "TEXT");
    wanted.column(wanted.table("User"), "id", "INTEGER", Arity::Nullable);
    const Difference difference = diff(present.catalog, wanted.catalog, postgresql());
    CHECK(mentions(difference, "`id` of the table `User`", "its type is TEXT, not INTEGER"));
    CHECK(mentions(difference, "`id` of the table `User`", "it is required, not optional"));
}

TEST_CASE("a_table_or_enum_that_the_schema_does_not_say_is_named") {
    Builder present = users();
    present.table("Old");
    CHECK(mentions(diff(present.catalog, users().catalog, sqlite()), "the table `Old`"));
    present.catalog.add(Enum{"Color", kNone<NamespaceId>, {"red"}});
    CHECK(mentions(diff(present.catalog, users().catalog, postgresql()), "the enum `Color`"));
}

TEST_CASE("foreign_keys_match_by_columns_where_the_database_keeps_no_names") {
    const auto with_key = [](const char* name, ForeignKeyAction action) {
        Builder made = users();
        ForeignKey key;
        key.name = name;
        key.table = TableId{0};
        key.columns = {ColumnId{1}};
        key.referenced_table = TableId{0};
        key.referenced_columns = {ColumnId{0}};
        key.on_delete = action;
        made.catalog.add(key);
        return made.catalog;
    };
    const Catalog wanted = with_key("User_email_fkey", ForeignKeyAction::Cascade);
    CHECK(diff(with_key("", ForeignKeyAction::Cascade), wanted, sqlite()).unsupported.empty());
    CHECK(mentions(diff(with_key("", ForeignKeyAction::SetNull), wanted, sqlite()), "the foreign key from `email`",
                   "actions"));
    CHECK(mentions(diff(users().catalog, wanted, sqlite()), "the foreign key from `email`", "is not in the database"));
    CHECK(diff(users().catalog, wanted, postgresql()).steps.size() == 1);
}

TEST_CASE("a_sort_order_that_is_the_usual_one_makes_no_difference") {
    const auto sorted = [](std::optional<SortOrder> order) {
        Builder made = users();
        Index index;
        index.name = "i";
        index.table = TableId{0};
        IndexColumn part;
        part.column = ColumnId{1};
        part.sort = order;
        index.columns = {part};
        made.catalog.add(index);
        return made.catalog;
    };
    CHECK(diff(sorted({}), sorted(SortOrder::Asc), sqlite()).unsupported.empty());
    CHECK(mentions(diff(sorted({}), sorted(SortOrder::Desc), sqlite()), "the index `i` of the table `User`"));
}

}  // namespace
