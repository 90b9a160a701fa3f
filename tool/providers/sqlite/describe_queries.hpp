#pragma once

#include <string_view>

// The queries of describe(). Every column is text.

namespace lamina::providers::sqlite {

/// Name, kind (table, view), SQL.
inline constexpr std::string_view kTablesQuery = R"sql(
SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view') AND sql IS NOT NULL ORDER BY rowid)sql";

/// Table, column, declared type, not null, default, place in the primary key.
inline constexpr std::string_view kColumnsQuery = R"sql(
SELECT m.name, p.name, CAST(p.type AS TEXT), CAST(p."notnull" AS TEXT), CAST(p.dflt_value AS TEXT), CAST(p.pk AS TEXT)
FROM sqlite_master m JOIN pragma_table_info(m.name) p
WHERE m.type = 'table' AND m.sql IS NOT NULL ORDER BY m.rowid, p.cid)sql";

/// Table, index, origin (c: CREATE INDEX, u: UNIQUE, pk), unique, column or nothing for an expression, descending, SQL.
inline constexpr std::string_view kIndexesQuery = R"sql(
SELECT m.name, l.name, l.origin, CAST(l."unique" AS TEXT), x.name, CAST(x."desc" AS TEXT), i.sql
FROM sqlite_master m
JOIN pragma_index_list(m.name) l
JOIN pragma_index_xinfo(l.name) x
JOIN sqlite_master i ON i.type = 'index' AND i.name = l.name
WHERE m.type = 'table' AND m.sql IS NOT NULL AND x.key = 1 ORDER BY m.rowid, i.rowid, x.seqno)sql";

/// Table, number of the key, referenced table, actions on delete and update, column, referenced column or nothing.
inline constexpr std::string_view kForeignKeysQuery = R"sql(
SELECT m.name, CAST(f.id AS TEXT), f."table", f.on_delete, f.on_update, f."from", f."to"
FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
WHERE m.type = 'table' AND m.sql IS NOT NULL ORDER BY m.rowid, f.id DESC, f.seq)sql";

}  // namespace lamina::providers::sqlite
