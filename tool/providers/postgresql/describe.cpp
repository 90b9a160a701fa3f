#include "providers/postgresql/describe.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include <lamina/base/try.hpp>

#include "migrate/script.hpp"
#include "migrate/text_query.hpp"
#include "providers/postgresql/describe_queries.hpp"
#include "providers/postgresql/describe_types.hpp"

namespace lamina::providers::postgresql {
namespace {

using catalog::Catalog;
using catalog::kNone;
using catalog::TableId;
using migrate::TextRow;

constexpr std::string_view kMigrationsTable = "_prisma_migrations";

std::string_view text(const std::optional<std::string>& cell) {
    return cell ? std::string_view{*cell} : std::string_view{};
}

catalog::IndexMethod index_method(std::string_view name) {
    using catalog::IndexMethod;
    if (name == "btree") return IndexMethod::Default;
    if (name == "hash") return IndexMethod::Hash;
    if (name == "gist") return IndexMethod::Gist;
    if (name == "gin") return IndexMethod::Gin;
    if (name == "spgist") return IndexMethod::SpGist;
    if (name == "brin") return IndexMethod::Brin;
    return IndexMethod::Other;
}

catalog::ForeignKeyAction action(std::string_view code) {
    using catalog::ForeignKeyAction;
    if (code == "r") return ForeignKeyAction::Restrict;
    if (code == "c") return ForeignKeyAction::Cascade;
    if (code == "n") return ForeignKeyAction::SetNull;
    if (code == "d") return ForeignKeyAction::SetDefault;
    return ForeignKeyAction::NoAction;
}

class Describer {
public:
    Describer(driver::Connection& connection, const std::vector<std::string>& namespaces) : connection_{connection} {
        result_.set_default_namespace(namespaces.front());
        const char* separator = "(";
        for (const std::string& name : namespaces) {
            namespaces_ += separator + migrate::quote_text(name);
            separator = ", ";
        }
        namespaces_ += ")";
    }

    Result<Catalog> run() && {
        LAMINA_TRY(read_namespaces());
        LAMINA_TRY(read_enums());
        LAMINA_TRY(read_tables());
        LAMINA_TRY(read_columns());
        LAMINA_TRY(read_indexes());
        LAMINA_TRY(read_foreign_keys());
        return std::move(result_);
    }

private:
    Result<std::vector<TextRow>> rows(std::string_view query, std::size_t columns) {
        std::string sql{query};
        for (std::size_t at = sql.find("$N"); at != std::string::npos; at = sql.find("$N", at)) {
            sql.replace(at, 2, namespaces_);
            at += namespaces_.size();
        }
        return migrate::query_texts(connection_, sql, columns);
    }

    Result<void> read_namespaces() {
        LAMINA_TRY_ASSIGN(const auto names, rows(kNamespacesQuery, 1));
        for (const TextRow& row : names) result_.add(catalog::Namespace{std::string{text(row[0])}});
        LAMINA_TRY_ASSIGN(const auto extensions, rows(kExtensionsQuery, 3));
        for (const TextRow& row : extensions)
            result_.add(catalog::Extension{std::string{text(row[0])}, row[1], row[2]});
        return {};
    }

    Result<void> read_enums() {
        LAMINA_TRY_ASSIGN(const auto labels, rows(kEnumsQuery, 3));
        std::vector<catalog::Enum> enums;
        for (const TextRow& row : labels) {
            const auto space = namespace_of(text(row[0]));
            if (enums.empty() || enums.back().name != text(row[1]) || enums.back().name_space != space) {
                enums.push_back({std::string{text(row[1])}, space, {}});
            }
            enums.back().values.emplace_back(text(row[2]));
        }
        for (catalog::Enum& found : enums) result_.add(std::move(found));
        return {};
    }

    Result<void> read_tables() {
        LAMINA_TRY_ASSIGN(const auto tables, rows(kTablesQuery, 4));
        for (const TextRow& row : tables) {
            const auto space = namespace_of(text(row[0]));
            if (text(row[2]) == "v" || text(row[2]) == "m") {
                result_.add(catalog::View{std::string{text(row[1])}, space, std::string{text(row[3])}});
            } else if (text(row[1]) != kMigrationsTable) {
                catalog::Table found;
                found.name = text(row[1]);
                found.name_space = space;
                result_.add(std::move(found));
            }
        }
        return {};
    }

    Result<void> read_columns() {
        LAMINA_TRY_ASSIGN(const auto columns, rows(kColumnsQuery, 11));
        for (const TextRow& row : columns) {
            const auto table = result_.find_table(text(row[0]), text(row[1]));
            if (table) add_column(row, *table);
        }
        return {};
    }

    void add_column(const TextRow& row, TableId table) {
        catalog::Column found;
        found.name = text(row[2]);
        found.table = table;
        if (text(row[6]) == "e") {
            found.type.family = catalog::Family::Enum;
            found.type.enumeration = result_.find_enum(text(row[4]), text(row[5])).value_or(kNone<catalog::EnumId>);
        }
        if (found.type.enumeration == kNone<catalog::EnumId>) {
            found.type.native = described_type(text(row[3]));
            found.type.family = family_of(found.type.native);
        }
        found.type.arity = row[7] ? catalog::Arity::List : row[8] ? catalog::Arity::Required : catalog::Arity::Nullable;
        found.auto_increment = !text(row[10]).empty() || (row[9] && is_sequence_default(*row[9]));
        if (row[9] && !found.auto_increment) found.default_value = described_default(found.type, *row[9]);
        result_.add(std::move(found));
    }

    Result<void> read_indexes() {
        LAMINA_TRY_ASSIGN(const auto columns, rows(kIndexesQuery, 11));
        std::vector<catalog::Index> indexes;
        for (const TextRow& row : columns) {
            const auto table = result_.find_table(text(row[0]), text(row[1]));
            if (!table) continue;
            if (indexes.empty() || indexes.back().table != *table || indexes.back().name != text(row[2])) {
                catalog::Index found;
                found.name = text(row[2]);
                found.table = *table;
                found.kind = text(row[3]) == "primary"  ? catalog::IndexKind::PrimaryKey
                             : text(row[3]) == "unique" ? catalog::IndexKind::Unique
                                                        : catalog::IndexKind::Normal;
                found.method = index_method(text(row[4]));
                found.predicate = row[5];
                indexes.push_back(std::move(found));
            }
            catalog::IndexColumn part;
            if (row[6]) part.column = result_.find_column(*table, *row[6]).value_or(kNone<catalog::ColumnId>);
            if (part.column == kNone<catalog::ColumnId>) part.expression = text(row[7]);
            part.operator_class = row[8];
            part.operator_class_is_default = row[9].has_value();
            if (row[10]) part.sort = catalog::SortOrder::Desc;
            indexes.back().columns.push_back(std::move(part));
        }
        for (catalog::Index& found : indexes) result_.add(std::move(found));
        return {};
    }

    Result<void> read_foreign_keys() {
        LAMINA_TRY_ASSIGN(const auto columns, rows(kForeignKeysQuery, 9));
        std::vector<catalog::ForeignKey> keys;
        for (const TextRow& row : columns) {
            const auto table = result_.find_table(text(row[0]), text(row[1]));
            const auto referenced = result_.find_table(text(row[5]), text(row[6]));
            if (!table || !referenced) continue;
            if (keys.empty() || keys.back().table != *table || keys.back().name != text(row[2])) {
                catalog::ForeignKey found;
                found.name = text(row[2]);
                found.table = *table;
                found.on_delete = action(text(row[3]));
                found.on_update = action(text(row[4]));
                found.referenced_table = *referenced;
                keys.push_back(std::move(found));
            }
            keys.back().columns.push_back(result_.find_column(*table, text(row[7])).value_or(kNone<catalog::ColumnId>));
            keys.back().referenced_columns.push_back(
                result_.find_column(*referenced, text(row[8])).value_or(kNone<catalog::ColumnId>));
        }
        for (catalog::ForeignKey& found : keys) result_.add(std::move(found));
        return {};
    }

    [[nodiscard]] catalog::NamespaceId namespace_of(std::string_view name) const {
        return result_.find_namespace(name).value_or(kNone<catalog::NamespaceId>);
    }

    driver::Connection& connection_;
    std::string namespaces_;
    Catalog result_;
};

}  // namespace

Result<Catalog> describe(driver::Connection& connection, const std::vector<std::string>& namespaces) {
    return Describer{connection, namespaces}.run();
}

}  // namespace lamina::providers::postgresql
