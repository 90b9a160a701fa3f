#include <charconv>
#include <cmath>
#include <cstring>
#include <ostream>

#include <lamina/error/messages.hpp>
#include <lamina/value/decimal.hpp>

#include "decimal_access.hpp"

namespace lamina {

using value::Magnitude;

namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool equals_ignoring_case(std::string_view text, std::string_view lower) noexcept {
    if (text.size() != lower.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
        if (c != lower[i]) return false;
    }
    return true;
}

Error not_a_number() { return Error(ErrorCode::DataValidation, "Invalid decimal number"); }
Error too_many_digits() { return error::value_out_of_range("a decimal with too many digits"); }

/// The parts of "12.50e3" as they stand in the text.
struct Scan {
    std::string_view whole;
    std::string_view fraction;
    std::int64_t exponent = 0;
};

std::string_view take_digits(std::string_view text, std::size_t& at) noexcept {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return text.substr(begin, at - begin);
}

/// Reads an unsigned number; false if it is none. The exponent saturates.
bool scan(std::string_view text, Scan& out) noexcept {
    std::size_t at = 0;
    out.whole = take_digits(text, at);
    if (at < text.size() && text[at] == '.') {
        ++at;
        out.fraction = take_digits(text, at);
    }
    if (out.whole.empty() && out.fraction.empty()) return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        const bool negative = at < text.size() && text[at] == '-';
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
        const std::string_view digits = take_digits(text, at);
        if (digits.empty()) return false;
        for (const char digit : digits) {
            if (out.exponent < 1'000'000'000) out.exponent = out.exponent * 10 + (digit - '0');
        }
        if (negative) out.exponent = -out.exponent;
    }
    return at == text.size();
}

std::int64_t read_small(std::string_view whole, std::string_view fraction) noexcept {
    std::int64_t coefficient = 0;
    for (const char digit : whole) coefficient = coefficient * 10 + (digit - '0');
    for (const char digit : fraction) coefficient = coefficient * 10 + (digit - '0');
    return coefficient;
}

Result<Decimal> build(const Scan& parts, bool negative) {
    const std::int64_t scale = static_cast<std::int64_t>(parts.fraction.size()) - parts.exponent;
    if (scale > Decimal::kMaxScale || scale < -Decimal::kMaxScale) return too_many_digits();
    if (parts.whole.size() + parts.fraction.size() <= 18 && scale >= 0) {
        const std::int64_t coefficient = read_small(parts.whole, parts.fraction);
        return DecimalAccess::make_small(negative ? -coefficient : coefficient, static_cast<std::int32_t>(scale));
    }
    std::string digits;
    digits.reserve(parts.whole.size() + parts.fraction.size());
    digits.append(parts.whole).append(parts.fraction);
    Magnitude magnitude = value::from_digits(digits);
    if (scale < 0) magnitude = value::shift_left(value::limbs(magnitude), static_cast<std::size_t>(-scale));
    return DecimalAccess::make(negative, std::move(magnitude), static_cast<std::int32_t>(scale < 0 ? 0 : scale));
}

/// Appends digits with a point before the last `scale` of them, and zeros where there are too few.
void append_with_point(std::string& out, std::string_view digits, std::size_t scale) {
    if (digits.size() <= scale) {
        out += '0';
        if (scale == 0) return;
        out += '.';
        out.append(scale - digits.size(), '0');
        out += digits;
        return;
    }
    out += digits.substr(0, digits.size() - scale);
    if (scale == 0) return;
    out += '.';
    out += digits.substr(digits.size() - scale);
}

}  // namespace

Result<Decimal> Decimal::parse(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    const bool negative = !text.empty() && text.front() == '-';
    const bool has_sign = negative || (!text.empty() && text.front() == '+');
    if (has_sign) text.remove_prefix(1);
    if (Scan parts; scan(text, parts)) return build(parts, negative);
    if (equals_ignoring_case(text, "infinity") || equals_ignoring_case(text, "inf"))
        return negative ? negative_infinity() : infinity();
    if (!has_sign && equals_ignoring_case(text, "nan")) return nan();
    return not_a_number();
}

Decimal::Decimal(std::string_view text) : Decimal(parse(text).value()) {}

void Decimal::append_to(std::string& out) const {
    switch (kind_) {
        case Kind::Nan: out += "NaN"; return;
        case Kind::PositiveInfinity: out += "Infinity"; return;
        case Kind::NegativeInfinity: out += "-Infinity"; return;
        case Kind::Small: {
            char digits[24];
            const char* const end = std::to_chars(digits, digits + sizeof digits, value::small_magnitude(*this)).ptr;
            if (small_ < 0) out += '-';
            append_with_point(out, {digits, static_cast<std::size_t>(end - digits)}, static_cast<std::size_t>(scale_));
            return;
        }
        case Kind::BigNegative: out += '-'; break;
        case Kind::BigPositive: break;
    }
    append_with_point(out, value::to_digits(value::limbs(big_->magnitude)), static_cast<std::size_t>(scale_));
}

std::string Decimal::to_string() const {
    std::string out;
    append_to(out);
    return out;
}

Decimal Decimal::from_double(double number) {
    if (std::isnan(number)) return nan();
    if (std::isinf(number)) return number < 0 ? negative_infinity() : infinity();
    char text[32];
    const char* const end = std::to_chars(text, text + sizeof text, number).ptr;
    return *parse({text, static_cast<std::size_t>(end - text)});
}

Decimal Decimal::from_double_exact(double number) {
    if (std::isnan(number) || std::isinf(number)) return from_double(number);
    int exponent = 0;
    // |number| = mantissa × 2^exponent with an integer mantissa; 2^-k is 5^k / 10^k.
    auto mantissa = static_cast<std::uint64_t>(std::ldexp(std::frexp(std::fabs(number), &exponent), 53));
    exponent -= 53;
    for (; mantissa != 0 && mantissa % 2 == 0 && exponent < 0; mantissa /= 2) ++exponent;
    if (mantissa == 0) return Decimal();
    Magnitude magnitude = value::from_uint64(mantissa);
    for (int i = 0; i < exponent; ++i) value::multiply_by(magnitude, 2);
    for (int i = 0; i > exponent; --i) value::multiply_by(magnitude, 5);
    return DecimalAccess::make(number < 0, std::move(magnitude), exponent < 0 ? -exponent : 0);
}

std::ostream& operator<<(std::ostream& out, const Decimal& number) { return out << number.to_string(); }

}  // namespace lamina
