#include "drivers/postgresql/encode.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

#include <lamina/base/small_vector.hpp>
#include <lamina/base/try.hpp>
#include <lamina/base/utf8.hpp>
#include <lamina/error/messages.hpp>

#include "drivers/postgresql/oids.hpp"
#include "drivers/postgresql/time.hpp"
#include "drivers/postgresql/wire.hpp"

namespace lamina::postgresql {
namespace {

constexpr std::size_t kInPlace = static_cast<std::size_t>(-1);  ///< the pointer is set already

using Kind = Value::Kind;

bool is_text_like(std::uint32_t type) noexcept {
    return type == oid::kText || type == oid::kVarchar || type == oid::kBpchar || type == oid::kName ||
           type == oid::kJson || type == oid::kXml || type == oid::kUnknown;
}

bool is_text(const Value& value) noexcept {
    return value.kind() == Kind::String || value.kind() == Kind::Enum || value.kind() == Kind::Json;
}

Result<void> check_text(std::string_view text) {
    if (base::find_nul(text) != base::kNotFound) {
        return error::invalid_data("a text without NUL characters, which PostgreSQL cannot store");
    }
    return {};
}

Error mismatch(const char* expected) { return error::invalid_data(expected); }

Result<std::int64_t> integer_of(const Value& value, std::int64_t least, std::int64_t greatest) {
    std::int64_t number = 0;
    switch (value.kind()) {
        case Kind::Int:
        case Kind::BigInt: number = value.as_bigint(); break;
        case Kind::Decimal: {
            LAMINA_TRY_ASSIGN(number, value.as_decimal().to_int64());
            break;
        }
        default: return mismatch("an integer");
    }
    if (number < least || number > greatest)
        return error::value_out_of_range("an integer that the column's type can hold");
    return number;
}

Result<double> double_of(const Value& value) {
    switch (value.kind()) {
        case Kind::Float: return value.as_float();
        case Kind::Int:
        case Kind::BigInt: return static_cast<double>(value.as_bigint());
        case Kind::Decimal: return value.as_decimal().to_double();
        default: return mismatch("a number");
    }
}

template <class Integer>
Result<bool> append_integer(std::string& out, const Value& value) {
    LAMINA_TRY_ASSIGN(const std::int64_t number,
                      integer_of(value, std::numeric_limits<Integer>::min(), std::numeric_limits<Integer>::max()));
    wire::append(out, static_cast<std::make_unsigned_t<Integer>>(number));
    return true;
}

void append_numeric(std::string& out, const Decimal& decimal) {
    constexpr std::int32_t kNegative = 0x4000, kNan = 0xC000, kInfinity = 0xD000, kNegativeInfinity = 0xF000;
    if (!decimal.is_finite()) {
        wire::append16(out, 0);
        wire::append16(out, 0);
        wire::append16(out, decimal.is_nan() ? kNan : decimal.sign() > 0 ? kInfinity : kNegativeInfinity);
        wire::append16(out, 0);
        return;
    }
    base::SmallVector<std::uint16_t, 24> digits;
    const std::int32_t weight = decimal.to_base10000(digits);
    wire::append16(out, static_cast<std::int32_t>(digits.size()));
    wire::append16(out, weight);
    wire::append16(out, decimal.sign() < 0 ? kNegative : 0);
    wire::append16(out, decimal.scale());
    for (const std::uint16_t digit : digits) wire::append(out, digit);
}

Result<bool> append_decimal(std::string& out, const Value& value) {
    constexpr std::int32_t kGreatestScale = 16383;
    constexpr std::size_t kGreatestWhole = 131072;  // digits before the point: the weight is a 16-bit number
    Decimal decimal;
    switch (value.kind()) {
        case Kind::Decimal: decimal = value.as_decimal(); break;
        case Kind::Int:
        case Kind::BigInt: decimal = Decimal(value.as_bigint()); break;
        case Kind::Float: decimal = Decimal::from_double(value.as_float()); break;
        default: return mismatch("a decimal number");
    }
    if (decimal.scale() > kGreatestScale)
        return error::value_out_of_range("a decimal of at most 16383 digits after the point");
    if (decimal.is_finite() && decimal.precision() > kGreatestWhole + static_cast<std::size_t>(decimal.scale()))
        return error::value_out_of_range("a decimal of at most 131072 digits before the point");
    append_numeric(out, decimal);
    return true;
}

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// 32 hexadecimal digits, with hyphens and braces anywhere, as the server itself reads them.
Result<bool> append_uuid(std::string& out, const Value& value) {
    if (!is_text(value)) return mismatch("a UUID");
    char bytes[16] = {};
    int digits = 0;
    for (const char c : value.as_string()) {
        if (c == '-' || c == '{' || c == '}') continue;
        const int digit = hex_digit(c);
        if (digit < 0 || digits == 32) return mismatch("a UUID");
        bytes[digits / 2] = static_cast<char>(bytes[digits / 2] * 16 + digit);
        ++digits;
    }
    if (digits != 32) return mismatch("a UUID");
    out.append(bytes, sizeof bytes);
    return true;
}

Result<bool> append_time(std::string& out, const Value& value, std::uint32_t type) {
    if (value.kind() != Kind::DateTime) return is_text(value) ? Result<bool>(false) : mismatch("a date and time");
    const DateTime time = value.as_datetime();
    switch (type) {
        case oid::kTimestamp:
        case oid::kTimestamptz: {
            LAMINA_TRY_ASSIGN(const std::int64_t microseconds, to_timestamp(time));
            wire::append64(out, microseconds);
            return true;
        }
        case oid::kDate: {
            LAMINA_TRY_ASSIGN(const std::int32_t days, to_date(time));
            wire::append32(out, days);
            return true;
        }
        default:
            if (!time.is_finite()) return mismatch("a time of day");
            wire::append64(out, time_of_day(time));
            if (type == oid::kTimetz) wire::append32(out, 0);
            return true;
    }
}

template <class Number>
void append_number(std::string& out, Number number) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, end.ptr);
}

void append_float_text(std::string& out, double number) {
    if (std::isnan(number)) {
        out += "NaN";
    } else if (std::isinf(number)) {
        out += number > 0 ? "Infinity" : "-Infinity";
    } else {
        append_number(out, number);
    }
}

void append_hex(std::string& out, std::string_view bytes) {
    constexpr char kHex[] = "0123456789abcdef";
    out += "\\x";
    for (const char c : bytes) {
        out += kHex[static_cast<unsigned char>(c) >> 4];
        out += kHex[static_cast<unsigned char>(c) & 15];
    }
}

Result<void> append_list_text(std::string& out, const Value::List& list) {
    out += '{';
    bool first = true;
    std::string item;
    for (const Value& value : list) {
        if (!first) out += ',';
        first = false;
        if (value.is_null() || value.is_unset()) {
            out += "NULL";
            continue;
        }
        if (value.is_list()) {
            LAMINA_TRY(append_list_text(out, value.as_list()));
            continue;
        }
        item.clear();
        LAMINA_TRY(append_text(item, value));
        out += '"';
        for (const char c : item) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        out += '"';
    }
    out += '}';
    return {};
}

}  // namespace

Result<bool> append_binary(std::string& out, const Value& value, std::uint32_t type) {
    switch (type) {
        case oid::kBool:
            if (value.kind() != Kind::Boolean) return mismatch("a boolean");
            out += value.as_boolean() ? '\1' : '\0';
            return true;
        case oid::kInt2: return append_integer<std::int16_t>(out, value);
        case oid::kInt4: return append_integer<std::int32_t>(out, value);
        case oid::kInt8: return append_integer<std::int64_t>(out, value);
        case oid::kOid: {
            LAMINA_TRY_ASSIGN(const std::int64_t number,
                              integer_of(value, 0, std::numeric_limits<std::uint32_t>::max()));
            wire::append32(out, number);
            return true;
        }
        case oid::kFloat4: {
            LAMINA_TRY_ASSIGN(const double number, double_of(value));
            const float narrow = static_cast<float>(number);
            if (std::isinf(narrow) && !std::isinf(number))
                return error::value_out_of_range("a number that a 32-bit float can hold");
            wire::append(out, std::bit_cast<std::uint32_t>(narrow));
            return true;
        }
        case oid::kFloat8: {
            LAMINA_TRY_ASSIGN(const double number, double_of(value));
            wire::append(out, std::bit_cast<std::uint64_t>(number));
            return true;
        }
        case oid::kNumeric: return append_decimal(out, value);
        case oid::kUuid: return append_uuid(out, value);
        case oid::kTimestamp:
        case oid::kTimestamptz:
        case oid::kDate:
        case oid::kTime:
        case oid::kTimetz: return append_time(out, value, type);
        case oid::kBytea:
            if (value.kind() != Kind::Bytes) return mismatch("a binary value");
            out += value.as_string();
            return true;
        case oid::kJsonb:
            if (!is_text(value)) return mismatch("a JSON value");
            LAMINA_TRY(check_text(value.as_string()));
            out += '\1';
            out += value.as_string();
            return true;
        default: break;
    }
    if (!is_text_like(type) || !is_text(value)) return false;
    LAMINA_TRY(check_text(value.as_string()));
    out += value.as_string();
    return true;
}

Result<bool> append_binary_array(std::string& out, const Value::List& list, std::uint32_t element) {
    bool has_null = false;
    for (const Value& value : list) has_null |= value.is_null() || value.is_unset();
    wire::append32(out, list.empty() ? 0 : 1);  // dimensions
    wire::append32(out, has_null ? 1 : 0);
    wire::append32(out, element);
    if (list.empty()) return true;
    wire::append32(out, static_cast<std::int64_t>(list.size()));
    wire::append32(out, 1);  // lower bound
    for (const Value& value : list) {
        if (value.is_null() || value.is_unset()) {
            wire::append32(out, -1);
            continue;
        }
        const std::size_t at = out.size();
        out.append(4, '\0');
        LAMINA_TRY_ASSIGN(const bool done, append_binary(out, value, element));
        if (!done) return false;
        wire::store(out.data() + at, static_cast<std::uint32_t>(out.size() - at - 4));
    }
    return true;
}

Result<void> append_text(std::string& out, const Value& value) {
    switch (value.kind()) {
        case Kind::Unset:
        case Kind::Null: return error::internal("a null has no text");
        case Kind::Boolean: out += value.as_boolean() ? 't' : 'f'; return {};
        case Kind::Int:
        case Kind::BigInt: append_number(out, value.as_bigint()); return {};
        case Kind::Float: append_float_text(out, value.as_float()); return {};
        case Kind::DateTime: append_timestamp_text(out, value.as_datetime()); return {};
        case Kind::Decimal: value.as_decimal().append_to(out); return {};
        case Kind::String:
        case Kind::Enum:
        case Kind::Json:
            LAMINA_TRY(check_text(value.as_string()));
            out += value.as_string();
            return {};
        case Kind::Bytes: append_hex(out, value.as_string()); return {};
        case Kind::List: return append_list_text(out, value.as_list());
    }
    return error::internal("a value of an unknown kind");
}

Result<void> Parameters::encode(std::span<const Value* const> values, std::span<const std::uint32_t> type_codes) {
    constexpr std::size_t kGreatestCount = 65535;
    if (values.size() > kGreatestCount) return Error(ErrorCode::ParameterLimit);
    buffer_.clear();
    pointers_.clear();
    offsets_.clear();
    lengths_.clear();
    formats_.clear();
    for (std::size_t i = 0; i < values.size(); ++i) {
        LAMINA_TRY(add(*values[i], i < type_codes.size() ? type_codes[i] : 0));
    }
    for (std::size_t i = 0; i < pointers_.size(); ++i) {
        if (offsets_[i] != kInPlace) pointers_[i] = buffer_.data() + offsets_[i];
    }
    return {};
}

Result<void> Parameters::add(const Value& value, std::uint32_t type) {
    if (value.is_null() || value.is_unset()) {
        pointers_.push_back(nullptr);
        offsets_.push_back(kInPlace);
        lengths_.push_back(0);
        formats_.push_back(1);
        return {};
    }
    const std::size_t begin = buffer_.size();
    if (type != 0) {
        if (is_text_like(type) && is_text(value)) {
            LAMINA_TRY(check_text(value.as_string()));
            add_view(value.as_string());
            return {};
        }
        if (type == oid::kBytea && value.kind() == Kind::Bytes) {
            add_view(value.as_string());
            return {};
        }
        bool binary = false;
        if (value.is_list()) {
            if (const std::uint32_t element = oid::element_of(type); element != 0) {
                LAMINA_TRY_ASSIGN(binary, append_binary_array(buffer_, value.as_list(), element));
            }
        } else {
            LAMINA_TRY_ASSIGN(binary, append_binary(buffer_, value, type));
        }
        if (binary) {
            close(begin, 1);
            return {};
        }
        buffer_.resize(begin);
    }
    LAMINA_TRY(append_text(buffer_, value));
    close(begin, 0);
    buffer_ += '\0';  // libpq measures texts itself
    return {};
}

void Parameters::add_view(std::string_view bytes) {
    pointers_.push_back(bytes.data() != nullptr ? bytes.data() : "");
    offsets_.push_back(kInPlace);
    lengths_.push_back(static_cast<int>(bytes.size()));
    formats_.push_back(1);
}

void Parameters::close(std::size_t begin, int format) {
    pointers_.push_back(nullptr);
    offsets_.push_back(begin);
    lengths_.push_back(static_cast<int>(buffer_.size() - begin));
    formats_.push_back(format);
}

}  // namespace lamina::postgresql
