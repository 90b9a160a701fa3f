#pragma once

#include <string_view>

// The queries of describe(). `$N` is replaced by the list of namespaces: ('public', 'other'). Every column is text.

namespace lamina::providers::postgresql {

inline constexpr std::string_view kNamespacesQuery = R"sql(
SELECT nspname::text FROM pg_catalog.pg_namespace WHERE nspname IN $N ORDER BY nspname)sql";

inline constexpr std::string_view kExtensionsQuery = R"sql(
SELECT e.extname::text, n.nspname::text, e.extversion::text
FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace ORDER BY e.extname)sql";

inline constexpr std::string_view kEnumsQuery = R"sql(
SELECT n.nspname::text, t.typname::text, e.enumlabel::text
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid
WHERE n.nspname IN $N
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
ORDER BY t.oid, e.enumsortorder)sql";

/// Namespace, name, kind (r, p, v, m), definition of a view.
inline constexpr std::string_view kTablesQuery = R"sql(
SELECT n.nspname::text, c.relname::text, c.relkind::text,
       CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN $N AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.oid)sql";

/// Namespace, table, column; type of the column or of a list's element: formatted, its namespace, its name, its kind;
/// list?, not null?, default, identity.
inline constexpr std::string_view kColumnsQuery = R"sql(
SELECT n.nspname::text, c.relname::text, a.attname::text,
       pg_catalog.format_type(b.oid, a.atttypmod), bn.nspname::text, b.typname::text, b.typtype::text,
       CASE WHEN b.oid <> t.oid THEN 'list' END, CASE WHEN a.attnotnull THEN 'not null' END,
       pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attidentity::text
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem ELSE t.oid END
JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum AND a.attgenerated = ''
WHERE n.nspname IN $N AND c.relkind IN ('r', 'p') AND NOT c.relispartition
ORDER BY c.oid, a.attnum)sql";

/// Namespace, table, index; kind (primary, unique, index), method, condition; per column: name, or nothing and the
/// expression; operator class and whether it is the default; descending?
inline constexpr std::string_view kIndexesQuery = R"sql(
SELECT n.nspname::text, c.relname::text, ic.relname::text,
       CASE WHEN i.indisprimary THEN 'primary' WHEN i.indisunique THEN 'unique' ELSE 'index' END, am.amname::text,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid), a.attname::text,
       pg_catalog.pg_get_indexdef(i.indexrelid, k.n + 1, true), oc.opcname::text,
       CASE WHEN oc.opcdefault THEN 'default' END, CASE WHEN i.indoption[k.n] & 1 = 1 THEN 'desc' END
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
JOIN pg_catalog.pg_am am ON am.oid = ic.relam
CROSS JOIN LATERAL generate_series(0, i.indnkeyatts - 1) AS k(n)
JOIN pg_catalog.pg_opclass oc ON oc.oid = i.indclass[k.n]
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[k.n] AND i.indkey[k.n] <> 0
WHERE n.nspname IN $N AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND NOT i.indisexclusion
ORDER BY ic.oid, k.n)sql";

/// Namespace, table, constraint; actions on delete and update; referenced namespace and table; column and referenced
/// column.
inline constexpr std::string_view kForeignKeysQuery = R"sql(
SELECT n.nspname::text, c.relname::text, f.conname::text, f.confdeltype::text, f.confupdtype::text,
       rn.nspname::text, rc.relname::text, a.attname::text, ra.attname::text
FROM pg_catalog.pg_constraint f
JOIN pg_catalog.pg_class c ON c.oid = f.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class rc ON rc.oid = f.confrelid
JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
CROSS JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY AS k(from_column, to_column, n)
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.from_column
JOIN pg_catalog.pg_attribute ra ON ra.attrelid = rc.oid AND ra.attnum = k.to_column
WHERE f.contype = 'f' AND f.conparentid = 0 AND n.nspname IN $N AND NOT c.relispartition
ORDER BY f.oid, k.n)sql";

}  // namespace lamina::providers::postgresql
