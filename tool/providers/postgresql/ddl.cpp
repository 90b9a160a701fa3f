#include "providers/postgresql/ddl.hpp"

#include <string_view>
#include <variant>
#include <vector>

#include "migrate/script.hpp"

namespace lamina::providers::postgresql {
namespace {

using catalog::Arity;
using catalog::Catalog;
using catalog::Default;
using migrate::quote_identifier;
using migrate::quote_text;

/// Bare in the default namespace, else qualified.
std::string qualified(const Catalog& catalog, catalog::NamespaceId name_space, std::string_view name) {
    const std::string_view space = catalog.namespace_name(name_space);
    if (space == catalog.default_namespace()) return quote_identifier(name);
    return quote_identifier(space) + "." + quote_identifier(name);
}

std::string table_name(const Catalog& catalog, catalog::TableId id) {
    return qualified(catalog, catalog[id].name_space, catalog[id].name);
}

std::string column_list(const Catalog& catalog, const std::vector<catalog::ColumnId>& columns) {
    std::string text;
    for (const catalog::ColumnId id : columns) {
        if (!text.empty()) text += ", ";
        text += quote_identifier(catalog[id].name);
    }
    return text;
}

/// The type without NOT NULL; a counting column has a type of its own.
std::string type_text(const Catalog& catalog, const catalog::Column& column) {
    const catalog::ColumnType& type = column.type;
    std::string text;
    if (type.enumeration != catalog::kNone<catalog::EnumId>) {
        const catalog::Enum& enumeration = catalog[type.enumeration];
        text = qualified(catalog, enumeration.name_space, enumeration.name);
    } else if (column.auto_increment) {
        text = type.native.name == "SMALLINT" ? "SMALLSERIAL" : type.native.name == "BIGINT" ? "BIGSERIAL" : "SERIAL";
    } else {
        text = to_string(type.native);
    }
    if (type.arity == Arity::List) text += "[]";
    return text;
}

std::string column_text(const Catalog& catalog, const catalog::Column& column) {
    const std::string type = type_text(catalog, column);
    std::string text = quote_identifier(column.name) + " " + type;
    if (column.type.arity == Arity::Required) text += " NOT NULL";
    if (column.default_value) text += " DEFAULT " + default_text(*column.default_value, type);
    return text;
}

std::string create_enum(const Catalog& catalog, const catalog::Enum& added) {
    std::string text = "CREATE TYPE " + qualified(catalog, added.name_space, added.name) + " AS ENUM (";
    const char* separator = "";
    for (const std::string& value : added.values) {
        text += separator + quote_text(value);
        separator = ", ";
    }
    return text + ")";
}

std::string create_extension(const catalog::Extension& added) {
    std::string text = "CREATE EXTENSION IF NOT EXISTS " + quote_identifier(added.name);
    if (added.schema || added.version) text += " WITH";
    if (added.schema) text += " SCHEMA " + quote_identifier(*added.schema);
    if (added.version) text += " VERSION " + quote_identifier(*added.version);
    return text;
}

std::string create_table(const Catalog& catalog, catalog::TableId id) {
    const catalog::Table& added = catalog[id];
    std::string text = "CREATE TABLE " + table_name(catalog, id) + " (\n";
    const char* separator = "    ";
    for (const catalog::ColumnId column : added.columns) {
        text += separator + column_text(catalog, catalog[column]);
        separator = ",\n    ";
    }
    if (added.primary_key != catalog::kNone<catalog::IndexId>) {
        const catalog::Index& key = catalog[added.primary_key];
        text += ",\n\n    CONSTRAINT " + quote_identifier(key.name) + " PRIMARY KEY (";
        const char* comma = "";
        for (const catalog::IndexColumn& part : key.columns) {
            text += comma + quote_identifier(catalog[part.column].name);
            comma = ",";
        }
        text += ")";
    }
    return text + "\n)";
}

std::string_view method_clause(catalog::IndexMethod method) {
    switch (method) {
        case catalog::IndexMethod::Hash: return " USING HASH ";
        case catalog::IndexMethod::Gist: return " USING GIST ";
        case catalog::IndexMethod::Gin: return " USING GIN ";
        case catalog::IndexMethod::SpGist: return " USING SPGIST ";
        case catalog::IndexMethod::Brin: return " USING BRIN ";
        case catalog::IndexMethod::Default:
        case catalog::IndexMethod::Other: break;
    }
    return {};
}

std::string create_index(const Catalog& catalog, const catalog::Index& added) {
    std::string text = added.kind == catalog::IndexKind::Unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
    text += quote_identifier(added.name) + " ON " + table_name(catalog, added.table);
    text += method_clause(added.method);
    const char* separator = "(";
    for (const catalog::IndexColumn& part : added.columns) {
        text += separator;
        text += part.column == catalog::kNone<catalog::ColumnId> ? part.expression
                                                                 : quote_identifier(catalog[part.column].name);
        if (part.operator_class) text += " " + *part.operator_class;
        if (part.sort) text += *part.sort == catalog::SortOrder::Desc ? " DESC" : " ASC";
        separator = ", ";
    }
    text += ")";
    if (added.predicate) text += " WHERE " + *added.predicate;
    return text;
}

std::string add_foreign_key(const Catalog& catalog, const catalog::ForeignKey& added) {
    std::string text =
        "ALTER TABLE " + table_name(catalog, added.table) + " ADD CONSTRAINT " + quote_identifier(added.name);
    text += " FOREIGN KEY (" + column_list(catalog, added.columns) + ") REFERENCES ";
    text += table_name(catalog, added.referenced_table) + "(" + column_list(catalog, added.referenced_columns) + ")";
    text += " ON DELETE ";
    text += migrate::keyword(added.on_delete);
    text += " ON UPDATE ";
    text += migrate::keyword(added.on_update);
    return text;
}

struct Renderer {
    const Catalog& to;
    migrate::Script& script;

    void operator()(migrate::CreateNamespace step) const {
        script.add("CreateSchema", "CREATE SCHEMA IF NOT EXISTS " + quote_identifier(to[step.to].name));
    }
    void operator()(migrate::CreateExtension step) const {
        script.add("CreateExtension", create_extension(to[step.to]));
    }
    void operator()(migrate::CreateEnum step) const { script.add("CreateEnum", create_enum(to, to[step.to])); }
    void operator()(migrate::CreateTable step) const { script.add("CreateTable", create_table(to, step.to)); }
    void operator()(migrate::CreateIndex step) const { script.add("CreateIndex", create_index(to, to[step.to])); }
    void operator()(migrate::AddForeignKey step) const {
        script.add("AddForeignKey", add_foreign_key(to, to[step.to]));
    }
};

}  // namespace

std::string default_text(const Default& value, const std::string& type) {
    switch (value.kind) {
        case Default::Kind::Text:
        case Default::Kind::DateTime: return quote_text(value.text);
        case Default::Kind::Number:
        case Default::Kind::Boolean:
        case Default::Kind::Expression: return value.text;
        case Default::Kind::Bytes: return "'\\x" + value.text + "'";
        case Default::Kind::Now: return "CURRENT_TIMESTAMP";
        case Default::Kind::List: break;
    }
    std::string text = "ARRAY[";
    const char* separator = "";
    for (const Default& item : value.items) {
        text += separator + default_text(item, type);
        separator = ", ";
    }
    return text + "]::" + type;
}

std::string script(const migrate::Migration& migration) {
    migrate::Script result;
    for (const migrate::Step& step : migration.steps) std::visit(Renderer{migration.to, result}, step);
    return std::move(result).finish();
}

}  // namespace lamina::providers::postgresql
