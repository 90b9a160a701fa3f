#include "providers/sqlite/describe_types.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include <lamina/value/json.hpp>

#include "migrate/sql_literal.hpp"

namespace lamina::providers::sqlite {
namespace {

using catalog::Default;
using catalog::Family;

struct KnownType {
    std::string_view name;  // without arguments
    Family family;
};

constexpr std::array kKnownTypes{
    KnownType{"INTEGER", Family::Int},
    KnownType{"INT", Family::Int},
    KnownType{"INT2", Family::Int},
    KnownType{"INT4", Family::Int},
    KnownType{"TINYINT", Family::Int},
    KnownType{"SMALLINT", Family::Int},
    KnownType{"MEDIUMINT", Family::Int},
    KnownType{"SERIAL", Family::Int},
    KnownType{"BIGINT", Family::BigInt},
    KnownType{"INT8", Family::BigInt},
    KnownType{"UNSIGNED BIG INT", Family::BigInt},
    KnownType{"REAL", Family::Float},
    KnownType{"FLOAT", Family::Float},
    KnownType{"DOUBLE", Family::Float},
    KnownType{"DOUBLE PRECISION", Family::Float},
    KnownType{"DECIMAL", Family::Decimal},
    KnownType{"NUMERIC", Family::Decimal},
    KnownType{"BOOLEAN", Family::Boolean},
    KnownType{"BOOL", Family::Boolean},
    KnownType{"TEXT", Family::String},
    KnownType{"CHAR", Family::String},
    KnownType{"CHARACTER", Family::String},
    KnownType{"VARCHAR", Family::String},
    KnownType{"VARYING CHARACTER", Family::String},
    KnownType{"NCHAR", Family::String},
    KnownType{"NVARCHAR", Family::String},
    KnownType{"NATIVE CHARACTER", Family::String},
    KnownType{"CLOB", Family::String},
    KnownType{"DATETIME", Family::DateTime},
    KnownType{"DATE", Family::DateTime},
    KnownType{"TIMESTAMP", Family::DateTime},
    KnownType{"BLOB", Family::Bytes},
    KnownType{"BINARY", Family::Bytes},
    KnownType{"VARBINARY", Family::Bytes},
    KnownType{"BYTEA", Family::Bytes},
    KnownType{"JSON", Family::Json},
    KnownType{"JSONB", Family::Json},
};

Default made(Default::Kind kind, std::string text, std::string_view source) {
    return {.kind = kind, .text = std::move(text), .items = {}, .source = std::string{source}};
}

std::string lower_case(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

Default of_quoted(Family family, std::string text, std::string_view source) {
    switch (family) {
        case Family::DateTime: return made(Default::Kind::DateTime, std::move(text), source);
        case Family::Bytes: return made(Default::Kind::Bytes, std::move(text), source);  // as Prisma 7 writes it
        case Family::Boolean:
        case Family::Int:
        case Family::BigInt:
        case Family::Float:
        case Family::Decimal:
            if (migrate::is_number(text)) return made(Default::Kind::Number, std::move(text), source);
            break;
        case Family::String:
        case Family::Json:
        case Family::Enum: return made(Default::Kind::Text, std::move(text), source);
        case Family::Unsupported: break;
    }
    return made(Default::Kind::Expression, std::string{source}, source);
}

}  // namespace

Family family_of(std::string_view declared) {
    std::string_view name = declared.substr(0, declared.find('('));
    while (name.ends_with(' ')) name.remove_suffix(1);
    for (const KnownType& known : kKnownTypes) {
        if (migrate::same_ignoring_case(known.name, name)) return known.family;
    }
    return Family::Unsupported;
}

Default described_default(Family family, std::string_view expression) {
    if (migrate::same_ignoring_case(expression, "current_timestamp")) return made(Default::Kind::Now, {}, expression);
    if (auto quoted = migrate::read_quoted(expression); quoted && quoted->rest.empty()) {
        return of_quoted(family, std::move(quoted->value), expression);
    }
    if (expression.starts_with("X'") || expression.starts_with("x'")) {
        if (auto quoted = migrate::read_quoted(expression.substr(1)); quoted && quoted->rest.empty()) {
            return made(Default::Kind::Bytes, lower_case(std::move(quoted->value)), expression);
        }
    }
    const std::string word = lower_case(std::string{expression});
    if (family == Family::Boolean && (word == "true" || word == "false" || word == "1" || word == "0")) {
        return made(Default::Kind::Boolean, word == "true" || word == "1" ? "true" : "false", expression);
    }
    if (migrate::is_number(expression)) return made(Default::Kind::Number, std::string{expression}, expression);
    return made(Default::Kind::Expression, std::string{expression}, expression);
}

bool same_type(const catalog::NativeType& wanted, const catalog::NativeType& present) {
    if (migrate::same_ignoring_case(to_string(wanted), to_string(present))) return true;
    const Family family = family_of(wanted.name);
    return family != Family::Unsupported && family == family_of(present.name);
}

bool same_default(const catalog::ColumnType& type, const Default& wanted, const Default& present) {
    const std::string& source = present.source.empty() ? present.text : present.source;
    switch (wanted.kind) {
        case Default::Kind::Expression:
            // The database shows `(lower('A'))` without its parentheses.
            return migrate::same_sql(wanted.text, source) || migrate::same_sql(wanted.text, "(" + source + ")");
        case Default::Kind::Number: return migrate::same_number(wanted.text, present.text);
        case Default::Kind::DateTime: return present.kind == Default::Kind::DateTime;
        case Default::Kind::Text:
            // Prisma 7 writes a JSON default without quotes.
            if (type.family == catalog::Family::Json)
                return Json::equal(wanted.text, present.kind == Default::Kind::Text ? present.text : source);
            break;
        case Default::Kind::Boolean:
        case Default::Kind::Bytes:
        case Default::Kind::Now:
        case Default::Kind::List: break;
    }
    return wanted.kind == present.kind && wanted.text == present.text;
}

}  // namespace lamina::providers::sqlite
