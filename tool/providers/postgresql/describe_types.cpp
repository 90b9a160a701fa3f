#include "providers/postgresql/describe_types.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <lamina/value/json.hpp>

#include "migrate/sql_literal.hpp"

namespace lamina::providers::postgresql {
namespace {

using catalog::ColumnType;
using catalog::Default;
using catalog::Family;
using catalog::NativeType;

struct KnownType {
    std::string_view formatted;  // by format_type(), without arguments
    std::string_view sql;        // by our DDL
    Family family;
};

constexpr std::array kKnownTypes{
    KnownType{"smallint", "SMALLINT", Family::Int},
    KnownType{"integer", "INTEGER", Family::Int},
    KnownType{"oid", "OID", Family::Int},
    KnownType{"bigint", "BIGINT", Family::BigInt},
    KnownType{"numeric", "DECIMAL", Family::Decimal},
    KnownType{"money", "MONEY", Family::Decimal},
    KnownType{"real", "REAL", Family::Float},
    KnownType{"double precision", "DOUBLE PRECISION", Family::Float},
    KnownType{"boolean", "BOOLEAN", Family::Boolean},
    KnownType{"text", "TEXT", Family::String},
    KnownType{"character varying", "VARCHAR", Family::String},
    KnownType{"character", "CHAR", Family::String},
    KnownType{"citext", "CITEXT", Family::String},
    KnownType{"uuid", "UUID", Family::String},
    KnownType{"xml", "XML", Family::String},
    KnownType{"inet", "INET", Family::String},
    KnownType{"bit", "BIT", Family::String},
    KnownType{"bit varying", "VARBIT", Family::String},
    KnownType{"timestamp without time zone", "TIMESTAMP", Family::DateTime},
    KnownType{"timestamp with time zone", "TIMESTAMPTZ", Family::DateTime},
    KnownType{"date", "DATE", Family::DateTime},
    KnownType{"time without time zone", "TIME", Family::DateTime},
    KnownType{"time with time zone", "TIMETZ", Family::DateTime},
    KnownType{"bytea", "BYTEA", Family::Bytes},
    KnownType{"json", "JSON", Family::Json},
    KnownType{"jsonb", "JSONB", Family::Json},
};

/// Takes `(65,30)` out of the middle or the end of a formatted type.
std::vector<std::uint32_t> take_arguments(std::string& formatted) {
    std::vector<std::uint32_t> arguments;
    const std::size_t open = formatted.find('(');
    const std::size_t close = formatted.find(')', open == std::string::npos ? 0 : open);
    if (open == std::string::npos || close == std::string::npos) return arguments;
    const char* at = formatted.data() + open + 1;
    const char* const end = formatted.data() + close;
    while (at < end) {
        std::uint32_t number = 0;
        const auto read = std::from_chars(at, end, number);
        if (read.ec != std::errc{}) return {};
        arguments.push_back(number);
        at = read.ptr + 1;
    }
    formatted.erase(open, close - open + 1);
    return arguments;
}

/// The type with the arguments that PostgreSQL takes when there are none.
NativeType with_usual_arguments(NativeType type) {
    if (!type.arguments.empty()) {
        if (type.name == "DECIMAL" && type.arguments.size() == 1) type.arguments.push_back(0);
    } else if (type.name == "TIMESTAMP" || type.name == "TIMESTAMPTZ" || type.name == "TIME" || type.name == "TIMETZ") {
        type.arguments.push_back(6);
    } else if (type.name == "CHAR" || type.name == "BIT") {
        type.arguments.push_back(1);
    }
    return type;
}

/// The parts of `ARRAY[a, b]`; commas in quotes or brackets do not separate.
std::vector<std::string_view> list_items(std::string_view inside) {
    std::vector<std::string_view> items;
    std::size_t begin = 0;
    int depth = 0;
    bool quoted = false;
    for (std::size_t at = 0; at < inside.size(); ++at) {
        const char c = inside[at];
        if (c == '\'') quoted = !quoted;
        if (quoted) continue;
        if (c == '(' || c == '[') ++depth;
        if (c == ')' || c == ']') --depth;
        if (c == ',' && depth == 0) {
            items.push_back(inside.substr(begin, at - begin));
            begin = at + 1;
        }
    }
    if (!inside.empty()) items.push_back(inside.substr(begin));
    for (std::string_view& item : items) {
        while (item.starts_with(' ')) item.remove_prefix(1);
    }
    return items;
}

Default made(Default::Kind kind, std::string text, std::string_view source) {
    return {.kind = kind, .text = std::move(text), .items = {}, .source = std::string{source}};
}

/// A literal, perhaps with a cast behind it; nothing for any other expression.
std::optional<Default> literal(const ColumnType& type, std::string_view expression) {
    std::string text;
    std::string_view rest;
    if (auto quoted = migrate::read_quoted(expression)) {
        text = std::move(quoted->value);
        rest = quoted->rest;
    } else {
        const std::size_t cast = std::min(expression.find("::"), expression.size());
        text = expression.substr(0, cast);
        rest = expression.substr(cast);
        if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
        const bool plain = migrate::is_number(text) || text == "true" || text == "false";
        if (!plain) return std::nullopt;
    }
    if (!rest.empty() && !rest.starts_with("::")) return std::nullopt;
    if (rest.find("||") != std::string_view::npos) return std::nullopt;
    switch (type.family) {
        case Family::Boolean: return made(Default::Kind::Boolean, text, expression);
        case Family::Int:
        case Family::BigInt:
        case Family::Float:
        case Family::Decimal: return made(Default::Kind::Number, text, expression);
        case Family::DateTime: return made(Default::Kind::DateTime, text, expression);
        case Family::Bytes:
            if (!text.starts_with("\\x")) return std::nullopt;
            return made(Default::Kind::Bytes, text.substr(2), expression);
        case Family::String:
        case Family::Json:
        case Family::Enum: return made(Default::Kind::Text, text, expression);
        case Family::Unsupported: break;
    }
    return std::nullopt;
}

std::optional<Default> list(const ColumnType& type, std::string_view expression) {
    Default result = made(Default::Kind::List, {}, expression);
    if (expression.starts_with("'{}'")) return result;
    std::string_view inside = expression;
    while (inside.starts_with('(')) inside.remove_prefix(1);  // (ARRAY['x'::text])::"Role"[]
    constexpr std::string_view kArray = "ARRAY[";
    const std::size_t end = inside.rfind(']', inside.find("]::"));
    if (!inside.starts_with(kArray) || end == std::string_view::npos) return std::nullopt;
    for (const std::string_view item : list_items(inside.substr(kArray.size(), end - kArray.size()))) {
        auto value = literal(type, item);
        if (!value) return std::nullopt;
        result.items.push_back(*std::move(value));
    }
    return result;
}

/// Does the first parenthesis close at the very end?
bool is_wrapped(std::string_view sql) {
    if (!sql.starts_with('(')) return false;
    int depth = 0;
    bool quoted = false;
    for (std::size_t at = 0; at < sql.size(); ++at) {
        if (sql[at] == '\'') quoted = !quoted;
        if (quoted) continue;
        if (sql[at] == '(') ++depth;
        if (sql[at] == ')' && --depth == 0) return at + 1 == sql.size();
    }
    return false;
}

/// An expression without the casts and parentheses that the server adds: it shows `lower('A')` as `lower('A'::text)`.
std::string comparable(std::string_view expression) {
    constexpr std::string_view kTypeName = "abcdefghijklmnopqrstuvwxyz0123456789_.\"[]";
    std::string sql = migrate::canonical_sql(expression);
    for (std::size_t at = sql.find("::"); at != std::string::npos; at = sql.find("::", at)) {
        std::size_t end = std::min(sql.find_first_not_of(kTypeName, at + 2), sql.size());
        if (end < sql.size() && sql[end] == '(') end = std::min(sql.find(')', end), sql.size() - 1) + 1;
        sql.erase(at, end - at);
    }
    while (is_wrapped(sql)) sql = sql.substr(1, sql.size() - 2);
    return sql;
}

bool same_literal(Family family, const Default& wanted, const Default& present) {
    switch (wanted.kind) {
        case Default::Kind::Number: return migrate::same_number(wanted.text, present.text);
        case Default::Kind::DateTime: return true;  // the server rounds and shifts it: not comparable as text
        case Default::Kind::Text:
            return wanted.text == present.text || (family == Family::Json && Json::equal(wanted.text, present.text));
        case Default::Kind::Boolean:
        case Default::Kind::Bytes:
        case Default::Kind::Now:
        case Default::Kind::Expression:
        case Default::Kind::List: break;
    }
    return wanted.text == present.text;
}

}  // namespace

NativeType described_type(std::string_view formatted) {
    std::string name{formatted};
    std::vector<std::uint32_t> arguments = take_arguments(name);
    for (const KnownType& known : kKnownTypes) {
        if (known.formatted == name) return {std::string{known.sql}, std::move(arguments)};
    }
    return {std::string{formatted}, {}};
}

Family family_of(const NativeType& type) {
    for (const KnownType& known : kKnownTypes) {
        if (known.sql == type.name) return known.family;
    }
    return Family::Unsupported;
}

bool is_sequence_default(std::string_view expression) { return expression.starts_with("nextval("); }

Default described_default(const ColumnType& type, std::string_view expression) {
    if (expression == "CURRENT_TIMESTAMP" || expression == "now()") return made(Default::Kind::Now, {}, expression);
    auto value = type.arity == catalog::Arity::List ? list(type, expression) : literal(type, expression);
    return value ? *std::move(value) : made(Default::Kind::Expression, std::string{expression}, expression);
}

bool same_type(const NativeType& wanted, const NativeType& present) {
    const std::string a = to_string(with_usual_arguments(wanted));
    const std::string b = to_string(with_usual_arguments(present));
    return migrate::same_ignoring_case(a, b);
}

bool same_default(const ColumnType& type, const Default& wanted, const Default& present) {
    if (wanted.kind == Default::Kind::Expression) {
        return comparable(wanted.text) == comparable(present.source.empty() ? present.text : present.source);
    }
    if (wanted.kind != present.kind || wanted.items.size() != present.items.size()) return false;
    for (std::size_t at = 0; at < wanted.items.size(); ++at) {
        if (!same_literal(type.family, wanted.items[at], present.items[at])) return false;
    }
    return wanted.kind == Default::Kind::List || same_literal(type.family, wanted, present);
}

}  // namespace lamina::providers::postgresql
