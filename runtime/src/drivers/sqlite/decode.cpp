#include "drivers/sqlite/decode.hpp"

#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include <lamina/base/try.hpp>
#include <lamina/base/utf8.hpp>
#include <lamina/error/messages.hpp>
#include <lamina/value/value.hpp>

namespace lamina::sqlite {
namespace {

/// Why a cell does not fit its member; null when it does.
using Problem = const char*;

constexpr Problem kNull = "it is NULL, but the field is required";
constexpr Problem kNotUtf8 = "the text is not well-formed UTF-8";

std::string_view text_of(sqlite3_value* cell) noexcept {
    const auto* text = sqlite3_value_text(cell);
    return {reinterpret_cast<const char*>(text),
            text != nullptr ? static_cast<std::size_t>(sqlite3_value_bytes(cell)) : 0};
}

std::string_view blob_of(sqlite3_value* cell) noexcept {
    const void* bytes = sqlite3_value_blob(cell);
    return {static_cast<const char*>(bytes),
            bytes != nullptr ? static_cast<std::size_t>(sqlite3_value_bytes(cell)) : 0};
}

/// The bytes of a TEXT or BLOB cell.
std::string_view content_of(sqlite3_value* cell) noexcept {
    return sqlite3_value_type(cell) == SQLITE_BLOB ? blob_of(cell) : text_of(cell);
}

bool is_integral(double number) noexcept {
    return number >= -9.2e18 && number <= 9.2e18 && std::trunc(number) == number;
}

Problem decode(sqlite3_value* cell, std::int64_t& out) {
    switch (sqlite3_value_type(cell)) {
        case SQLITE_INTEGER: out = sqlite3_value_int64(cell); return nullptr;
        case SQLITE_FLOAT: {
            const double number = sqlite3_value_double(cell);
            if (!is_integral(number)) return "a number with a fraction, but the field is an integer";
            out = static_cast<std::int64_t>(number);
            return nullptr;
        }
        default: return "not an integer";
    }
}

Problem decode(sqlite3_value* cell, std::int32_t& out) {
    std::int64_t wide = 0;
    if (const Problem problem = decode(cell, wide); problem != nullptr) return problem;
    if (wide < INT32_MIN || wide > INT32_MAX) return "the number does not fit into 32 bits; make the field a BigInt";
    out = static_cast<std::int32_t>(wide);
    return nullptr;
}

Problem decode(sqlite3_value* cell, bool& out) {
    if (sqlite3_value_type(cell) != SQLITE_INTEGER) return "not a boolean (0 or 1)";
    const std::int64_t number = sqlite3_value_int64(cell);
    if (number != 0 && number != 1) return "not a boolean (0 or 1)";
    out = number == 1;
    return nullptr;
}

Problem decode(sqlite3_value* cell, double& out) {
    const int type = sqlite3_value_type(cell);
    if (type != SQLITE_FLOAT && type != SQLITE_INTEGER) return "not a number";
    out = sqlite3_value_double(cell);
    return nullptr;
}

Problem decode(sqlite3_value* cell, Decimal& out) {
    switch (sqlite3_value_type(cell)) {
        case SQLITE_INTEGER: out = Decimal(static_cast<std::int64_t>(sqlite3_value_int64(cell))); return nullptr;
        case SQLITE_FLOAT: out = Decimal::from_double(sqlite3_value_double(cell)); return nullptr;
        default: break;
    }
    auto parsed = Decimal::parse(content_of(cell));
    if (!parsed) return "not a decimal number";
    out = *std::move(parsed);
    return nullptr;
}

Problem decode(sqlite3_value* cell, std::string& out) {
    if (sqlite3_value_type(cell) != SQLITE_TEXT) return "not a text";
    const std::string_view text = text_of(cell);
    if (!base::is_utf8(text)) return kNotUtf8;
    out.assign(text.data(), text.size());
    return nullptr;
}

Problem decode(sqlite3_value* cell, DateTime& out) {
    switch (sqlite3_value_type(cell)) {
        case SQLITE_INTEGER: out = DateTime::from_unix_milliseconds(sqlite3_value_int64(cell)); return nullptr;
        case SQLITE_FLOAT: {
            const double number = sqlite3_value_double(cell);
            if (!(number > -8e15 && number < 8e15)) return "not a date and time";
            out = DateTime::from_unix_milliseconds(static_cast<std::int64_t>(number));
            return nullptr;
        }
        default: break;
    }
    auto parsed = DateTime::parse(content_of(cell));
    if (!parsed) return "not a date and time: neither ISO 8601 text nor milliseconds since 1970";
    out = *parsed;
    return nullptr;
}

Problem decode(sqlite3_value* cell, Json& out) {
    const std::string_view text = content_of(cell);  // a number's text, too
    if (!base::is_utf8(text)) return kNotUtf8;
    out = Json::unchecked(std::string(text));
    return nullptr;
}

Problem decode(sqlite3_value* cell, Bytes& out) {
    const int type = sqlite3_value_type(cell);
    if (type != SQLITE_BLOB && type != SQLITE_TEXT) return "not a binary value";
    const std::string_view content = content_of(cell);
    const auto* bytes = reinterpret_cast<const std::byte*>(content.data());
    out.assign(bytes, bytes + content.size());
    return nullptr;
}

Problem decode_enum(sqlite3_value* cell, const EnumLabels* labels, std::int32_t& out) {
    if (sqlite3_value_type(cell) != SQLITE_TEXT) return "not an enum's label";
    const std::string_view text = text_of(cell);
    if (labels != nullptr) {
        for (std::size_t i = 0; i < labels->db_names.size(); ++i) {
            if (labels->db_names[i] == text) {
                out = static_cast<std::int32_t>(i);
                return nullptr;
            }
        }
    }
    return "a label that the enum does not have";
}

/// Decodes into the member at `place`: T, or std::optional<T>.
template <class T>
Problem decode_member(sqlite3_value* cell, bool optional, void* place) {
    if (!optional) [[likely]] {
        if (sqlite3_value_type(cell) == SQLITE_NULL) [[unlikely]]
            return kNull;
        return decode(cell, *static_cast<T*>(place));
    }
    auto& member = *static_cast<std::optional<T>*>(place);
    if (sqlite3_value_type(cell) == SQLITE_NULL) {
        member.reset();
        return nullptr;
    }
    return decode(cell, member.emplace());
}

Problem decode_enum_member(sqlite3_value* cell, const Slot& slot, void* place) {
    if (!slot.optional) {
        if (sqlite3_value_type(cell) == SQLITE_NULL) return kNull;
        return decode_enum(cell, slot.labels, *static_cast<std::int32_t*>(place));
    }
    auto& member = *static_cast<std::optional<std::int32_t>*>(place);
    if (sqlite3_value_type(cell) == SQLITE_NULL) {
        member.reset();
        return nullptr;
    }
    return decode_enum(cell, slot.labels, member.emplace());
}

template <class T>
Problem decode_into(sqlite3_value* cell, Value& out) {
    T value{};
    const Problem problem = decode(cell, value);
    if (problem == nullptr) out = Value(std::move(value));
    return problem;
}

/// Decodes into a Value of the asked type.
Problem decode_value(sqlite3_value* cell, Type type, Value& out) {
    if (sqlite3_value_type(cell) == SQLITE_NULL) {
        out = Value();
        return nullptr;
    }
    switch (type) {
        case Type::Int: return decode_into<std::int32_t>(cell, out);
        case Type::BigInt: return decode_into<std::int64_t>(cell, out);
        case Type::Float: return decode_into<double>(cell, out);
        case Type::Decimal: return decode_into<Decimal>(cell, out);
        case Type::Boolean: return decode_into<bool>(cell, out);
        case Type::DateTime: return decode_into<DateTime>(cell, out);
        case Type::Json: return decode_into<Json>(cell, out);
        case Type::Bytes: {
            const int storage = sqlite3_value_type(cell);
            if (storage != SQLITE_BLOB && storage != SQLITE_TEXT) return "not a binary value";
            out = Value::bytes(content_of(cell));
            return nullptr;
        }
        case Type::String:
        case Type::Enum: {
            if (sqlite3_value_type(cell) != SQLITE_TEXT) return "not a text";
            const std::string_view text = text_of(cell);
            if (!base::is_utf8(text)) return kNotUtf8;
            out = type == Type::Enum ? Value::enumeration(text) : Value::string(text);
            return nullptr;
        }
    }
    return "a type that is not known";
}

Problem decode_slot(sqlite3_value* cell, const Slot& slot, void* place) {
    if (slot.dynamic) return decode_value(cell, slot.type, *static_cast<Value*>(place));
    if (slot.list) return "lists of scalars are not supported by SQLite";
    switch (slot.type) {
        case Type::Int: return decode_member<std::int32_t>(cell, slot.optional, place);
        case Type::BigInt: return decode_member<std::int64_t>(cell, slot.optional, place);
        case Type::Float: return decode_member<double>(cell, slot.optional, place);
        case Type::Decimal: return decode_member<Decimal>(cell, slot.optional, place);
        case Type::Boolean: return decode_member<bool>(cell, slot.optional, place);
        case Type::String: return decode_member<std::string>(cell, slot.optional, place);
        case Type::DateTime: return decode_member<DateTime>(cell, slot.optional, place);
        case Type::Json: return decode_member<Json>(cell, slot.optional, place);
        case Type::Bytes: return decode_member<Bytes>(cell, slot.optional, place);
        case Type::Enum: return decode_enum_member(cell, slot, place);
    }
    return "a type that is not known";
}

bool starts_like(std::string_view text, std::string_view upper) noexcept {
    if (text.size() < upper.size()) return false;
    for (std::size_t i = 0; i < upper.size(); ++i) {
        const char c = text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 32) : text[i];
        if (c != upper[i]) return false;
    }
    return true;
}

/// The type that a column was declared with, if it says more than the cell's storage does.
std::optional<Type> declared_type(const char* declaration) noexcept {
    if (declaration == nullptr) return std::nullopt;
    const std::string_view text(declaration);
    if (starts_like(text, "DECIMAL") || starts_like(text, "NUMERIC")) return Type::Decimal;
    if (starts_like(text, "BOOL")) return Type::Boolean;
    if (starts_like(text, "DATETIME") || starts_like(text, "TIMESTAMP")) return Type::DateTime;
    if (starts_like(text, "JSON")) return Type::Json;
    if (starts_like(text, "REAL") || starts_like(text, "DOUBLE") || starts_like(text, "FLOAT")) return Type::Float;
    return std::nullopt;
}

/// What raw queries say of a column declared so: the type as Prisma's SQLite adapter sees it.
ColumnType type_of_declaration(const char* declaration) noexcept {
    using Kind = ColumnType::Kind;
    struct Declared {
        std::string_view name;
        Kind kind;
    };
    static constexpr Declared kDeclared[] = {
        {"DECIMAL", Kind::Decimal}, {"FLOAT", Kind::Float},       {"DOUBLE", Kind::Double},
        {"NUMERIC", Kind::Double},  {"REAL", Kind::Double},       {"DOUBLE PRECISION", Kind::Double},
        {"TINYINT", Kind::Int},     {"SMALLINT", Kind::Int},      {"MEDIUMINT", Kind::Int},
        {"INT", Kind::Int},         {"INTEGER", Kind::Int},       {"SERIAL", Kind::Int},
        {"INT2", Kind::Int},        {"BIGINT", Kind::BigInt},     {"UNSIGNED BIG INT", Kind::BigInt},
        {"INT8", Kind::BigInt},     {"DATETIME", Kind::DateTime}, {"TIMESTAMP", Kind::DateTime},
        {"TEXT", Kind::String},     {"CLOB", Kind::String},       {"CHARACTER", Kind::String},
        {"VARCHAR", Kind::String},  {"NCHAR", Kind::String},      {"NVARCHAR", Kind::String},
        {"BLOB", Kind::Binary},     {"BOOLEAN", Kind::Boolean},   {"JSONB", Kind::Json},
        {"JSON", Kind::Json},
    };
    if (declaration == nullptr) return {};
    std::string_view text(declaration);
    text = text.substr(0, text.find('('));
    while (text.ends_with(' ')) text.remove_suffix(1);
    for (const Declared& declared : kDeclared) {
        if (declared.name.size() == text.size() && starts_like(text, declared.name)) return {declared.kind, false, {}};
    }
    return {};
}

Type storage_type(int storage) noexcept {
    switch (storage) {
        case SQLITE_INTEGER: return Type::BigInt;
        case SQLITE_FLOAT: return Type::Float;
        case SQLITE_BLOB: return Type::Bytes;
        default: return Type::String;
    }
}

}  // namespace

// sqlite3_column_value gives an "unprotected" value, which other functions may read where no other thread uses the
// connection: a connection belongs to one thread at a time here. The value functions skip the locking of
// sqlite3_column_*.

Result<void> Reader::read(std::span<const Slot> slots, std::size_t first_column, void* base) {
    if (first_column + slots.size() > columns()) [[unlikely]] {
        return error::inconsistent_column_data("", "the statement gave fewer columns than asked for");
    }
    std::size_t column = first_column;
    for (const Slot& slot : slots) {
        sqlite3_value* cell = sqlite3_column_value(statement_, static_cast<int>(column));
        const Problem problem = decode_slot(cell, slot, static_cast<char*>(base) + slot.offset);
        if (problem != nullptr) [[unlikely]]
            return inconsistent(column, problem);
        ++column;
    }
    return {};
}

std::size_t Reader::columns() const noexcept { return static_cast<std::size_t>(sqlite3_column_count(statement_)); }

std::string_view Reader::column_name(std::size_t column) const noexcept {
    const char* name = sqlite3_column_name(statement_, static_cast<int>(column));
    return name != nullptr ? std::string_view(name) : std::string_view();
}

ColumnType Reader::column_type(std::size_t column) const noexcept {
    return type_of_declaration(sqlite3_column_decltype(statement_, static_cast<int>(column)));
}

Result<void> Reader::read_value(std::size_t column, Value& out) {
    if (column >= columns())
        return error::inconsistent_column_data("", "the statement gave fewer columns than asked for");
    const int index = static_cast<int>(column);
    sqlite3_value* cell = sqlite3_column_value(statement_, index);
    const int storage = sqlite3_value_type(cell);
    // A declaration is a promise that SQLite does not keep: a cell that breaks it comes as it is stored.
    if (const auto declared = declared_type(sqlite3_column_decltype(statement_, index));
        declared && storage != SQLITE_NULL) {
        if (decode_value(cell, *declared, out) == nullptr) return {};
    }
    if (const Problem problem = decode_value(cell, storage_type(storage), out); problem != nullptr)
        return inconsistent(column, problem);
    return {};
}

Error Reader::inconsistent(std::size_t column, std::string_view problem) const {
    return error::inconsistent_column_data(column_name(column), problem);
}

}  // namespace lamina::sqlite
