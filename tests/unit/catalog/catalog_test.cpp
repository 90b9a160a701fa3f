#include "catalog/catalog.hpp"

#include <doctest/doctest.h>

namespace {

using namespace lamina::catalog;

TEST_CASE("elements_are_found_by_namespace_and_name") {
    Catalog catalog;
    catalog.set_default_namespace("public");
    const NamespaceId other = catalog.add(Namespace{"other"});
    Table here, there;
    here.name = there.name = "User";
    there.name_space = other;
    const TableId first = catalog.add(here);
    const TableId second = catalog.add(there);
    CHECK(catalog.find_table("", "User") == first);
    CHECK(catalog.find_table("public", "User") == first);
    CHECK(catalog.find_table("other", "User") == second);
    CHECK_FALSE(catalog.find_table("public", "Users"));
    CHECK(catalog.namespace_name(catalog[second].name_space) == "other");
}

TEST_CASE("columns_indexes_and_keys_join_their_table_in_order") {
    Catalog catalog;
    Table table;
    table.name = "User";
    const TableId user = catalog.add(table);
    Column column;
    column.table = user;
    column.name = "id";
    const ColumnId id = catalog.add(column);
    column.name = "email";
    const ColumnId email = catalog.add(column);
    Index index;
    index.table = user;
    index.kind = IndexKind::PrimaryKey;
    const IndexId key = catalog.add(index);
    index.kind = IndexKind::Unique;
    const IndexId unique = catalog.add(index);
    CHECK(catalog[user].columns == std::vector{id, email});
    CHECK(catalog[user].primary_key == key);
    CHECK(catalog[user].indexes == std::vector{unique});
    CHECK(catalog.find_column(user, "email") == email);
    CHECK_FALSE(catalog.find_column(user, "Email"));
}

TEST_CASE("a_catalog_of_namespaces_and_extensions_is_empty") {
    Catalog catalog;
    catalog.add(Namespace{"public"});
    catalog.add(Extension{"citext", {}, {}});
    CHECK(catalog.is_empty());
    catalog.add(Enum{"Role", kNone<NamespaceId>, {"A"}});
    CHECK_FALSE(catalog.is_empty());
}

TEST_CASE("native_types_are_written_with_their_arguments") {
    CHECK(to_string(NativeType{"TEXT", {}}) == "TEXT");
    CHECK(to_string(NativeType{"VARCHAR", {30}}) == "VARCHAR(30)");
    CHECK(to_string(NativeType{"DECIMAL", {65, 30}}) == "DECIMAL(65,30)");
}

}  // namespace
