#include "providers/sqlite/ddl.hpp"

#include <string_view>
#include <variant>
#include <vector>

#include "migrate/script.hpp"

namespace lamina::providers::sqlite {
namespace {

using catalog::Arity;
using catalog::Catalog;
using catalog::Default;
using migrate::quote_identifier;
using migrate::quote_text;

std::string column_list(const Catalog& catalog, const std::vector<catalog::ColumnId>& columns) {
    std::string text;
    for (const catalog::ColumnId id : columns) {
        if (!text.empty()) text += ", ";
        text += quote_identifier(catalog[id].name);
    }
    return text;
}

std::string column_text(const catalog::Column& column, bool is_primary_key) {
    std::string text = quote_identifier(column.name) + " " + to_string(column.type.native);
    if (column.type.arity == Arity::Required) text += " NOT NULL";
    if (is_primary_key) {
        text += " PRIMARY KEY";
        if (column.auto_increment) text += " AUTOINCREMENT";
    }
    if (column.default_value) text += " DEFAULT " + default_text(*column.default_value);
    return text;
}

std::string foreign_key_text(const Catalog& catalog, const catalog::ForeignKey& key) {
    std::string text =
        "CONSTRAINT " + quote_identifier(key.name) + " FOREIGN KEY (" + column_list(catalog, key.columns) + ")";
    text += " REFERENCES " + quote_identifier(catalog[key.referenced_table].name);
    text += " (" + column_list(catalog, key.referenced_columns) + ") ON DELETE ";
    text += migrate::keyword(key.on_delete);
    text += " ON UPDATE ";
    text += migrate::keyword(key.on_update);
    return text;
}

std::string create_table(const Catalog& catalog, const catalog::Table& added) {
    std::vector<catalog::ColumnId> key;
    if (added.primary_key != catalog::kNone<catalog::IndexId>) {
        for (const catalog::IndexColumn& part : catalog[added.primary_key].columns) key.push_back(part.column);
    }
    std::string text = "CREATE TABLE " + quote_identifier(added.name) + " (\n";
    const char* separator = "    ";
    for (const catalog::ColumnId id : added.columns) {
        text += separator + column_text(catalog[id], key.size() == 1 && key.front() == id);
        separator = ",\n    ";
    }
    if (key.size() > 1) text += ",\n\n    PRIMARY KEY (" + column_list(catalog, key) + ")";
    for (const catalog::ForeignKeyId id : added.foreign_keys)
        text += ",\n    " + foreign_key_text(catalog, catalog[id]);
    return text + "\n)";
}

std::string create_index(const Catalog& catalog, const catalog::Index& added) {
    std::string text = added.kind == catalog::IndexKind::Unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
    text += quote_identifier(added.name) + " ON " + quote_identifier(catalog[added.table].name);
    const char* separator = "(";
    for (const catalog::IndexColumn& part : added.columns) {
        text += separator;
        text += part.column == catalog::kNone<catalog::ColumnId> ? part.expression
                                                                 : quote_identifier(catalog[part.column].name);
        if (part.sort) text += *part.sort == catalog::SortOrder::Desc ? " DESC" : " ASC";
        separator = ", ";
    }
    text += ")";
    if (added.predicate) text += " WHERE " + *added.predicate;
    // Names that begin so are the database's own; it lets them through when asked.
    if (added.name.starts_with("sqlite_")) return "Pragma writable_schema=1;\n" + text + ";\nPragma writable_schema=0";
    return text;
}

struct Renderer {
    const Catalog& to;
    migrate::Script& script;

    // This database has neither namespaces, extensions nor enum types, and foreign keys come with their table: the
    // traits say so, and such steps are never made.
    void operator()(migrate::CreateNamespace) const {}
    void operator()(migrate::CreateExtension) const {}
    void operator()(migrate::CreateEnum) const {}
    void operator()(migrate::AddForeignKey) const {}
    void operator()(migrate::CreateTable step) const { script.add("CreateTable", create_table(to, to[step.to])); }
    void operator()(migrate::CreateIndex step) const { script.add("CreateIndex", create_index(to, to[step.to])); }
};

}  // namespace

std::string default_text(const Default& value) {
    switch (value.kind) {
        case Default::Kind::Text:
        case Default::Kind::DateTime: return quote_text(value.text);
        case Default::Kind::Bytes: return "X'" + value.text + "'";
        case Default::Kind::Now: return "CURRENT_TIMESTAMP";
        case Default::Kind::Number:
        case Default::Kind::Boolean:
        case Default::Kind::Expression:
        case Default::Kind::List: break;  // there are no list columns
    }
    return value.text;
}

std::string script(const migrate::Migration& migration) {
    migrate::Script result;
    for (const migrate::Step& step : migration.steps) std::visit(Renderer{migration.to, result}, step);
    return std::move(result).finish();
}

}  // namespace lamina::providers::sqlite
