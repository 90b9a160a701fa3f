#include "migrate/defaults.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace lamina::migrate {
namespace {

using catalog::Default;
using schema::DefaultFunction;
using schema::DefaultValue;
using schema::ScalarType;

/// `-007` means -7 and `-0` means 0; digits after a point are kept as they are, zeros included.
std::string number_text(std::string_view written) {
    bool negative = written.starts_with('-');
    if (negative || written.starts_with('+')) written.remove_prefix(1);
    if (written.find_first_of("123456789") == std::string_view::npos) negative = false;
    while (written.size() > 1 && written[0] == '0' && written[1] != '.') written.remove_prefix(1);
    return (negative ? "-" : "") + std::string{written};
}

int base64_digit(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+' || c == '-') return 62;
    if (c == '/' || c == '_') return 63;
    return -1;
}

/// Base64 to hexadecimal. The analyzer has checked the text; what is no digit is skipped.
std::string hex_of_base64(std::string_view text) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hex;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int digit = base64_digit(c);
        if (digit < 0) continue;
        bits = (bits << 6) | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        const std::uint32_t byte = (bits >> count) & 0xffU;
        hex += kDigits[byte >> 4U];
        hex += kDigits[byte & 15U];
    }
    return hex;
}

/// The fraction of a second in as few groups of three digits as hold it: "", ".120", ".000001", ".123456789".
std::string fraction_text(std::string_view digits) {
    std::string nine{digits.substr(0, 9)};
    nine.resize(9, '0');
    if (nine == "000000000") return {};
    if (nine.ends_with("000000")) return "." + nine.substr(0, 3);
    if (nine.ends_with("000")) return "." + nine.substr(0, 6);
    return "." + nine;
}

/// RFC 3339 as the schema writes it, `2020-01-02T03:04:05.5Z`, to `2020-01-02 03:04:05.500 +00:00`.
std::string date_time_text(std::string_view written) {
    constexpr std::size_t kDate = 10;
    constexpr std::size_t kSeconds = 19;
    if (written.size() <= kSeconds) return std::string{written};
    std::string text{written.substr(0, kDate)};
    text += ' ';
    text += written.substr(kDate + 1, kSeconds - kDate - 1);
    std::string_view rest = written.substr(kSeconds);
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        const std::size_t end = std::min(rest.find_first_not_of("0123456789"), rest.size());
        text += fraction_text(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    const bool utc = rest.empty() || rest == "Z" || rest == "z";
    text += ' ';
    text += utc ? std::string_view{"+00:00"} : rest;
    return text;
}

Default literal(const schema::Field& field, const DefaultValue& value) {
    using Kind = Default::Kind;
    if (value.kind == DefaultValue::Kind::List) {
        Default list{.kind = Kind::List, .text = {}, .items = {}, .source = {}};
        for (const DefaultValue& item : value.items) list.items.push_back(literal(field, item));
        return list;
    }
    if (field.is_enum()) {
        const auto found = field.enumeration().find_value(value.text);
        return {.kind = Kind::Text,
                .text = std::string{found ? found->database_name() : std::string_view{value.text}},
                .items = {},
                .source = {}};
    }
    switch (field.scalar_type()) {
        case ScalarType::Boolean: return {.kind = Kind::Boolean, .text = value.text, .items = {}, .source = {}};
        case ScalarType::Int:
        case ScalarType::BigInt:
        case ScalarType::Float:
        case ScalarType::Decimal:
            return {.kind = Kind::Number, .text = number_text(value.text), .items = {}, .source = {}};
        case ScalarType::DateTime:
            return {.kind = Kind::DateTime, .text = date_time_text(value.text), .items = {}, .source = {}};
        case ScalarType::Bytes:
            return {.kind = Kind::Bytes, .text = hex_of_base64(value.text), .items = {}, .source = {}};
        case ScalarType::String:
        case ScalarType::Json: break;
    }
    return {.kind = Kind::Text, .text = value.text, .items = {}, .source = {}};
}

std::optional<Default> function(const DefaultValue& value) {
    switch (value.function) {
        case DefaultFunction::Now: return Default{.kind = Default::Kind::Now, .text = {}, .items = {}, .source = {}};
        case DefaultFunction::DbGenerated:
            if (value.items.empty() || value.items.front().text.empty()) return std::nullopt;
            return Default{
                .kind = Default::Kind::Expression, .text = value.items.front().text, .items = {}, .source = {}};
        case DefaultFunction::Autoincrement:
        case DefaultFunction::Sequence:
        case DefaultFunction::Uuid:
        case DefaultFunction::Cuid:
        case DefaultFunction::Ulid:
        case DefaultFunction::Nanoid:
        case DefaultFunction::Auto: break;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Default> column_default(const schema::Field& field) {
    const std::optional<DefaultValue>& value = field.default_value();
    if (!value) return std::nullopt;
    if (value->kind == DefaultValue::Kind::Function) return function(*value);
    return literal(field, *value);
}

}  // namespace lamina::migrate
