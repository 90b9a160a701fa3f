#include "schema/dmmf/default_values.hpp"

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace lamina::schema::dmmf {
namespace {

using Json = nlohmann::ordered_json;

std::int64_t integer(std::string_view text) {
    std::int64_t number = 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// 10^exponent by squaring, as compilers' run times do it: the last bit of the result counts.
double power_of_ten(std::size_t exponent) {
    double result = 1, base = 10;
    for (; exponent != 0; exponent /= 2) {
        if (exponent % 2 != 0) result *= base;
        base *= base;
    }
    return result;
}

// Prisma's DMMF holds decimals as `digits * 10^-scale` in doubles, which is not always the nearest double: 0.3 is
// 0.30000000000000004 there. Generators compare with what Prisma gave them, so we keep to it.
double decimal(std::string_view text) {
    std::string digits{text};
    std::size_t scale = 0;
    if (const std::size_t point = digits.find('.'); point != std::string::npos) {
        scale = digits.size() - point - 1;
        digits.erase(point, 1);
    }
    const double whole = std::strtod(digits.c_str(), nullptr);
    const double value = scale == 0 ? whole : whole * (1 / power_of_ten(scale));
    return value == 0 ? 0 : value;  // no negative zero
}

// RFC 3339 in one spelling: upper case T, fractions of 3, 6 or 9 digits, an offset in numbers.
std::string date_time(std::string_view text) {
    constexpr std::size_t kSeconds = std::string_view{"2020-01-01T00:00:00"}.size();
    if (text.size() <= kSeconds) return std::string{text};
    std::string out{text.substr(0, kSeconds)};
    out[10] = 'T';
    std::string_view rest = text.substr(kSeconds);
    if (rest.starts_with('.')) {
        std::size_t end = rest.find_first_not_of("0123456789", 1);
        if (end == std::string_view::npos) end = rest.size();
        std::string fraction{rest.substr(1, end - 1)};
        fraction.resize(9, '0');
        while (!fraction.empty() && fraction.ends_with("000")) fraction.resize(fraction.size() - 3);
        if (!fraction.empty()) out += '.' + fraction;
        rest.remove_prefix(end);
    }
    const bool utc = rest == "Z" || rest == "z" || rest == "-00:00";
    return out.append(utc ? std::string_view{"+00:00"} : rest);
}

Json literal(const DefaultValue& value, const Field& field) {
    if (value.kind == DefaultValue::Kind::Boolean) return value.text == "true";
    if (field.is_scalar()) {
        switch (field.scalar_type()) {
            case ScalarType::Int: return integer(value.text);
            case ScalarType::BigInt: return std::to_string(integer(value.text));  // a double would not hold it
            case ScalarType::Float:
            case ScalarType::Decimal: return decimal(value.text);
            case ScalarType::DateTime: return date_time(value.text);
            case ScalarType::String:
            case ScalarType::Boolean:
            case ScalarType::Json:
            case ScalarType::Bytes: break;
        }
    }
    return value.text;
}

// Arguments that were left out and have a usual value stand there all the same.
Json function_arguments(const DefaultValue& value) {
    Json out = Json::array();
    switch (value.function) {
        case DefaultFunction::Uuid: out.push_back(value.items.empty() ? 4 : integer(value.items[0].text)); break;
        case DefaultFunction::Cuid: out.push_back(value.items.empty() ? 1 : integer(value.items[0].text)); break;
        case DefaultFunction::Nanoid:
            if (!value.items.empty()) out.push_back(integer(value.items[0].text));
            break;
        case DefaultFunction::DbGenerated:
            if (!value.items.empty()) out.push_back(value.items[0].text);
            break;
        case DefaultFunction::Autoincrement:
        case DefaultFunction::Sequence:
        case DefaultFunction::Now:
        case DefaultFunction::Ulid:
        case DefaultFunction::Auto: break;
    }
    return out;
}

}  // namespace

Json default_value(const Field& field) {
    const DefaultValue& value = *field.default_value();
    if (value.kind == DefaultValue::Kind::Function) {
        return {{"name", to_string(value.function)}, {"args", function_arguments(value)}};
    }
    if (value.kind != DefaultValue::Kind::List) return literal(value, field);
    Json out = Json::array();
    for (const DefaultValue& item : value.items) out.push_back(literal(item, field));
    return out;
}

}  // namespace lamina::schema::dmmf
