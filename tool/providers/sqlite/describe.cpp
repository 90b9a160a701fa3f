#include "providers/sqlite/describe.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lamina/base/try.hpp>

#include "migrate/sql_literal.hpp"
#include "migrate/text_query.hpp"
#include "providers/sqlite/describe_queries.hpp"
#include "providers/sqlite/describe_types.hpp"

namespace lamina::providers::sqlite {
namespace {

using catalog::Catalog;
using catalog::kNone;
using catalog::TableId;
using migrate::TextRow;

std::string_view text(const std::optional<std::string>& cell) {
    return cell ? std::string_view{*cell} : std::string_view{};
}

/// Tables that no schema file speaks of: those of SQLite, of replication tools, and of the migration history.
bool is_hidden(std::string_view table) {
    for (const std::string_view prefix : {"sqlite_", "_litestream_", "_cf_", "libsql_"}) {
        if (table.starts_with(prefix)) return true;
    }
    return table == "_prisma_migrations";
}

catalog::ForeignKeyAction action(std::string_view name) {
    using catalog::ForeignKeyAction;
    if (name == "RESTRICT") return ForeignKeyAction::Restrict;
    if (name == "CASCADE") return ForeignKeyAction::Cascade;
    if (name == "SET NULL") return ForeignKeyAction::SetNull;
    if (name == "SET DEFAULT") return ForeignKeyAction::SetDefault;
    return ForeignKeyAction::NoAction;
}

/// The condition of a partial index, out of its CREATE INDEX. A WHERE in quotes or brackets is no condition.
std::optional<std::string> predicate_of(std::string_view sql) {
    int depth = 0;
    char quote = 0;
    constexpr std::string_view kWhere = "where";
    for (std::size_t at = 0; at < sql.size(); ++at) {
        const char c = sql[at];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"' || c == '`') {
            quote = c;
        } else if (c == '(') {
            ++depth;
        } else if (c == ')') {
            --depth;
        } else if (depth == 0 && (c == 'w' || c == 'W') && at > 0 &&
                   (sql[at - 1] == ' ' || sql[at - 1] == ')' || sql[at - 1] == '\n')) {
            std::string word{sql.substr(at, kWhere.size())};
            for (char& letter : word) letter = static_cast<char>(letter | 0x20);
            if (word == kWhere) {
                const std::size_t begin = sql.find_first_not_of(" \n\t", at + kWhere.size());
                return begin == std::string_view::npos ? std::string{} : std::string{sql.substr(begin)};
            }
        }
    }
    return std::nullopt;
}

class Describer {
public:
    explicit Describer(driver::Connection& connection) : connection_{connection} {}

    Result<Catalog> run() && {
        LAMINA_TRY(read_tables());
        LAMINA_TRY(read_columns());
        LAMINA_TRY(read_indexes());
        LAMINA_TRY(read_foreign_keys());
        return std::move(result_);
    }

private:
    Result<void> read_tables() {
        LAMINA_TRY_ASSIGN(const auto tables, migrate::query_texts(connection_, kTablesQuery, 3));
        for (const TextRow& row : tables) {
            if (is_hidden(text(row[0]))) continue;
            if (text(row[1]) == "view") {
                result_.add(
                    catalog::View{std::string{text(row[0])}, kNone<catalog::NamespaceId>, std::string{text(row[2])}});
            } else {
                catalog::Table found;
                found.name = text(row[0]);
                result_.add(std::move(found));
            }
        }
        return {};
    }

    Result<void> read_columns() {
        LAMINA_TRY_ASSIGN(const auto columns, migrate::query_texts(connection_, kColumnsQuery, 6));
        std::vector<std::size_t> key_sizes(result_.tables().size());
        for (const TextRow& row : columns) {
            const auto table = result_.find_table({}, text(row[0]));
            if (table && text(row[5]) != "0") ++key_sizes[catalog::index(*table)];
        }
        std::vector<std::vector<std::pair<std::size_t, catalog::ColumnId>>> keys(result_.tables().size());
        for (const TextRow& row : columns) {
            const auto table = result_.find_table({}, text(row[0]));
            if (!table) continue;
            const catalog::ColumnId id = add_column(row, *table, key_sizes[catalog::index(*table)] == 1);
            if (text(row[5]) != "0") keys[catalog::index(*table)].emplace_back(std::stoul(*row[5]), id);
        }
        for (std::size_t at = 0; at < keys.size(); ++at) add_primary_key(catalog::id_at<TableId>(at), keys[at]);
        return {};
    }

    catalog::ColumnId add_column(const TextRow& row, TableId table, bool lone_key) {
        const bool in_key = text(row[5]) != "0";
        catalog::Column found;
        found.name = text(row[1]);
        found.table = table;
        found.type.native.name = text(row[2]);
        found.type.family = family_of(text(row[2]));
        found.type.arity = text(row[3]) != "0" || in_key ? catalog::Arity::Required : catalog::Arity::Nullable;
        // A lone key of exactly this type is the row's number, AUTOINCREMENT or not.
        found.auto_increment = in_key && lone_key && migrate::same_ignoring_case(text(row[2]), "INTEGER");
        if (row[4] && *row[4] != "NULL") found.default_value = described_default(found.type.family, *row[4]);
        return result_.add(std::move(found));
    }

    /// `parts`: place in the key (from 1) and column.
    void add_primary_key(TableId table, const std::vector<std::pair<std::size_t, catalog::ColumnId>>& parts) {
        if (parts.empty()) return;
        catalog::Index key;
        key.table = table;
        key.kind = catalog::IndexKind::PrimaryKey;
        key.columns.resize(parts.size());
        for (const auto& [place, column] : parts) {
            if (place >= 1 && place <= parts.size()) key.columns[place - 1].column = column;
        }
        result_.add(std::move(key));
    }

    Result<void> read_indexes() {
        LAMINA_TRY_ASSIGN(const auto columns, migrate::query_texts(connection_, kIndexesQuery, 7));
        std::vector<catalog::Index> indexes;
        for (const TextRow& row : columns) {
            const auto table = result_.find_table({}, text(row[0]));
            if (!table || text(row[2]) == "pk") continue;
            if (indexes.empty() || indexes.back().table != *table || indexes.back().name != text(row[1])) {
                catalog::Index found;
                found.name = text(row[1]);
                found.table = *table;
                found.kind = text(row[3]) == "1" ? catalog::IndexKind::Unique : catalog::IndexKind::Normal;
                if (row[6]) found.predicate = predicate_of(*row[6]);
                indexes.push_back(std::move(found));
            }
            catalog::IndexColumn part;
            if (row[4]) part.column = result_.find_column(*table, *row[4]).value_or(kNone<catalog::ColumnId>);
            if (text(row[5]) == "1") part.sort = catalog::SortOrder::Desc;
            indexes.back().columns.push_back(std::move(part));
        }
        for (catalog::Index& found : indexes) result_.add(std::move(found));
        return {};
    }

    Result<void> read_foreign_keys() {
        LAMINA_TRY_ASSIGN(const auto columns, migrate::query_texts(connection_, kForeignKeysQuery, 7));
        std::vector<catalog::ForeignKey> keys;
        std::string_view last_id;
        for (const TextRow& row : columns) {
            const auto table = result_.find_table({}, text(row[0]));
            const auto referenced = result_.find_table({}, text(row[2]));
            if (!table || !referenced) continue;
            if (keys.empty() || keys.back().table != *table || last_id != text(row[1])) {
                catalog::ForeignKey found;
                found.table = *table;
                found.on_delete = action(text(row[3]));
                found.on_update = action(text(row[4]));
                found.referenced_table = *referenced;
                keys.push_back(std::move(found));
            }
            last_id = text(row[1]);
            catalog::ForeignKey& key = keys.back();
            key.referenced_columns.push_back(referenced_column(*referenced, row[6], key.columns.size()));
            key.columns.push_back(result_.find_column(*table, text(row[5])).value_or(kNone<catalog::ColumnId>));
        }
        for (catalog::ForeignKey& found : keys) result_.add(std::move(found));
        return {};
    }

    /// `REFERENCES "User"` without columns means the primary key.
    [[nodiscard]] catalog::ColumnId referenced_column(TableId table, const std::optional<std::string>& name,
                                                      std::size_t place) const {
        if (name) return result_.find_column(table, *name).value_or(kNone<catalog::ColumnId>);
        const catalog::IndexId key = result_[table].primary_key;
        if (key == kNone<catalog::IndexId> || place >= result_[key].columns.size()) return kNone<catalog::ColumnId>;
        return result_[key].columns[place].column;
    }

    driver::Connection& connection_;
    Catalog result_;
};

}  // namespace

Result<Catalog> describe(driver::Connection& connection) { return Describer{connection}.run(); }

}  // namespace lamina::providers::sqlite
