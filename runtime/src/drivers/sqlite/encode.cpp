#include "drivers/sqlite/encode.hpp"

#include <charconv>
#include <cmath>
#include <cstring>

#include <lamina/base/try.hpp>
#include <lamina/base/utf8.hpp>
#include <lamina/error/messages.hpp>

#include "drivers/sqlite/errors.hpp"

namespace lamina::sqlite {
namespace {

/// A double holds every decimal of so many significant digits without loss.
constexpr std::size_t kExactDigits = 15;

Result<void> checked(sqlite3* database, int result) {
    if (result == SQLITE_OK) [[likely]]
        return {};
    return database_error(database, result);
}

Result<void> check_utf8(std::string_view text) {
    if (base::is_utf8(text)) [[likely]]
        return {};
    return error::invalid_data("a text that is well-formed UTF-8");
}

bool fits_number(const Decimal& decimal) noexcept {
    return decimal.is_finite() && decimal.significant_digits() <= kExactDigits;
}

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// A number alone whose text NUMERIC affinity would turn into another one: a long one, "1.0", "1e5", "-0".
bool is_changing_number(std::string_view json) noexcept {
    const auto at = json.find_first_not_of(" \t\r\n");
    if (at == std::string_view::npos || !(json[at] == '-' || is_digit(json[at]))) return false;
    constexpr std::size_t kExact = 15;  // digits that a double keeps
    const std::string_view digits = json.substr(json[at] == '-' ? at + 1 : at);
    const std::size_t point = digits.find('.');
    if (digits.size() > kExact || digits.find_first_not_of("0123456789.") != std::string_view::npos) return true;
    const bool small = digits.starts_with("0.0000");  // written with an exponent when it is read
    return point == std::string_view::npos ? digits == "0" && json[at] == '-' : digits.back() == '0' || small;
}

char* put(char* out, unsigned number, int digits) noexcept {
    for (int i = digits - 1; i >= 0; --i, number /= 10) out[i] = static_cast<char>('0' + number % 10);
    return out + digits;
}

void append_quoted(std::string& out, std::string_view text) {
    constexpr char kHex[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += kHex[static_cast<unsigned char>(c) >> 4];
            out += kHex[c & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

/// SQLite ends a text of JSON at a NUL: such a text is written as a list of its parts, which the dialect joins again.
void append_text(std::string& out, std::string_view text) {
    if (text.find('\0') == std::string_view::npos) return append_quoted(out, text);
    out += '[';
    for (std::size_t at = 0; at != std::string_view::npos;) {
        const std::size_t end = text.find('\0', at);
        if (at != 0) out += ',';
        append_quoted(out, text.substr(at, end == std::string_view::npos ? end : end - at));
        at = end == std::string_view::npos ? end : end + 1;
    }
    out += ']';
}

template <class Number>
void append_number(std::string& out, Number number) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, end.ptr);
}

Result<void> append_item(std::string& out, const Value& value) {
    switch (value.kind()) {
        case Value::Kind::Unset:
        case Value::Kind::Null: out += "null"; return {};
        case Value::Kind::Boolean: out += value.as_boolean() ? '1' : '0'; return {};
        case Value::Kind::Int:
        case Value::Kind::BigInt: append_number(out, value.as_bigint()); return {};
        case Value::Kind::Float: {
            const double number = value.as_float();
            if (std::isnan(number)) return error::invalid_data("a number other than NaN, which SQLite does not store");
            if (std::isinf(number)) {
                out += number > 0 ? "9e999" : "-9e999";
            } else {
                const std::size_t begin = out.size();
                append_number(out, number);
                if (out.find_first_of(".e", begin) == std::string::npos) out += ".0";
            }
            return {};
        }
        case Value::Kind::Decimal: {
            const Decimal& decimal = value.as_decimal();
            if (!decimal.is_finite())
                return error::invalid_data("a finite decimal: SQLite stores no NaN and no infinity");
            if (fits_number(decimal)) {
                decimal.append_to(out);
            } else {
                append_quoted(out, decimal.normalized().to_string());
            }
            return {};
        }
        case Value::Kind::DateTime: {
            char text[kDateTimeCapacity];
            const std::size_t size = format_datetime(value.as_datetime(), text);
            append_quoted(out, {text, size});
            return {};
        }
        case Value::Kind::String:
            LAMINA_TRY(check_utf8(value.as_string()));
            append_text(out, value.as_string());
            return {};
        case Value::Kind::Enum:
        case Value::Kind::Json:
            LAMINA_TRY(check_utf8(value.as_string()));
            append_quoted(out, value.as_string());
            return {};
        case Value::Kind::Bytes: {
            constexpr char kHex[] = "0123456789ABCDEF";
            out += '"';
            for (const char c : value.as_string()) {
                out += kHex[static_cast<unsigned char>(c) >> 4];
                out += kHex[static_cast<unsigned char>(c) & 15];
            }
            out += '"';
            return {};
        }
        case Value::Kind::List: return format_list(value.as_list(), out);
    }
    return error::internal("a value of an unknown kind");
}

Result<void> bind_decimal(sqlite3* database, sqlite3_stmt* statement, int index, const Decimal& decimal) {
    if (!decimal.is_finite()) return error::invalid_data("a finite decimal: SQLite stores no NaN and no infinity");
    if (fits_number(decimal)) {
        if (decimal.is_small() && decimal.scale() == 0) {
            return checked(database, sqlite3_bind_int64(statement, index, decimal.small_coefficient()));
        }
        return checked(database, sqlite3_bind_double(statement, index, decimal.to_double()));
    }
    // Without trailing zeros: BLOBs are compared byte by byte, and 1.50 is 1.5.
    const std::string text = decimal.normalized().to_string();
    return checked(database, sqlite3_bind_blob64(statement, index, text.data(), text.size(), SQLITE_TRANSIENT));
}

}  // namespace

std::size_t format_datetime(DateTime time, char* out) {
    const CivilTime civil = time.is_finite() ? time.civil() : CivilTime{};
    if (!time.is_finite() || civil.year < 0 || civil.year > 9999) {
        std::string text = time.to_string();
        if (!text.empty() && text.back() == 'Z') text.replace(text.size() - 1, 1, "+00:00");
        std::memcpy(out, text.data(), text.size());
        return text.size();
    }
    const auto part = [](std::int32_t number) { return static_cast<unsigned>(number); };
    char* at = put(out, part(civil.year), 4);
    *at++ = '-';
    at = put(at, part(civil.month), 2);
    *at++ = '-';
    at = put(at, part(civil.day), 2);
    *at++ = 'T';
    at = put(at, part(civil.hour), 2);
    *at++ = ':';
    at = put(at, part(civil.minute), 2);
    *at++ = ':';
    at = put(at, part(civil.second), 2);
    *at++ = '.';
    at = civil.microsecond % 1000 == 0 ? put(at, part(civil.microsecond / 1000), 3)
                                       : put(at, part(civil.microsecond), 6);
    std::memcpy(at, "+00:00", 6);
    return static_cast<std::size_t>(at + 6 - out);
}

Result<void> format_list(const Value::List& list, std::string& out) {
    out += '[';
    bool first = true;
    for (const Value& item : list) {
        if (!first) out += ',';
        first = false;
        LAMINA_TRY(append_item(out, item));
    }
    out += ']';
    return {};
}

Result<void> bind(sqlite3* database, sqlite3_stmt* statement, int index, const Value& value) {
    switch (value.kind()) {
        case Value::Kind::Int:
        case Value::Kind::BigInt: return checked(database, sqlite3_bind_int64(statement, index, value.as_bigint()));
        case Value::Kind::Unset:
        case Value::Kind::Null: return checked(database, sqlite3_bind_null(statement, index));
        case Value::Kind::Boolean:
            return checked(database, sqlite3_bind_int(statement, index, value.as_boolean() ? 1 : 0));
        case Value::Kind::Float:
            if (std::isnan(value.as_float()))
                return error::invalid_data("a number other than NaN, which SQLite does not store");
            return checked(database, sqlite3_bind_double(statement, index, value.as_float()));
        case Value::Kind::Decimal: return bind_decimal(database, statement, index, value.as_decimal());
        case Value::Kind::DateTime: {
            char text[kDateTimeCapacity];
            const std::size_t size = format_datetime(value.as_datetime(), text);
            return checked(database, sqlite3_bind_text64(statement, index, text, size, SQLITE_TRANSIENT, SQLITE_UTF8));
        }
        case Value::Kind::String:
        case Value::Kind::Enum: {
            const std::string_view text = value.as_string();
            LAMINA_TRY(check_utf8(text));
            return checked(database,
                           sqlite3_bind_text64(statement, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
        }
        case Value::Kind::Json: {
            const std::string_view text = value.as_string();
            LAMINA_TRY(check_utf8(text));
            if (is_changing_number(text)) {
                return checked(database,
                               sqlite3_bind_blob64(statement, index, text.data(), text.size(), SQLITE_STATIC));
            }
            return checked(database,
                           sqlite3_bind_text64(statement, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
        }
        case Value::Kind::Bytes: {
            const std::string_view bytes = value.as_string();
            if (bytes.empty()) return checked(database, sqlite3_bind_zeroblob(statement, index, 0));
            return checked(database, sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(), SQLITE_STATIC));
        }
        case Value::Kind::List: {
            std::string text;
            LAMINA_TRY(format_list(value.as_list(), text));
            return checked(database, sqlite3_bind_text64(statement, index, text.data(), text.size(), SQLITE_TRANSIENT,
                                                         SQLITE_UTF8));
        }
    }
    return error::internal("a value of an unknown kind");
}

}  // namespace lamina::sqlite
