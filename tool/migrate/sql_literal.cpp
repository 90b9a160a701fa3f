#include "migrate/sql_literal.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace lamina::migrate {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// 0.digits times ten to the power of `exponent`: one form for each value.
struct Number {
    bool negative = false;
    std::string digits;
    long exponent = 0;
    friend bool operator==(const Number&, const Number&) = default;
};

Number normalized(std::string_view text) {
    Number number;
    number.negative = text.starts_with('-');
    if (number.negative || text.starts_with('+')) text.remove_prefix(1);
    const std::size_t e = text.find_first_of("eE");
    if (e != std::string_view::npos) {
        std::string_view power = text.substr(e + 1);
        if (power.starts_with('+')) power.remove_prefix(1);
        std::from_chars(power.data(), power.data() + power.size(), number.exponent);
        text = text.substr(0, e);
    }
    const std::size_t point = std::min(text.find('.'), text.size());
    number.digits = text.substr(0, point);
    number.exponent += static_cast<long>(point);
    if (point < text.size()) number.digits += text.substr(point + 1);
    const std::size_t first = std::min(number.digits.find_first_not_of('0'), number.digits.size());
    number.digits.erase(0, first);
    number.exponent -= static_cast<long>(first);
    while (!number.digits.empty() && number.digits.back() == '0') number.digits.pop_back();
    if (number.digits.empty()) return {};
    return number;
}

}  // namespace

std::optional<QuotedText> read_quoted(std::string_view sql) {
    if (!sql.starts_with('\'')) return std::nullopt;
    QuotedText found;
    for (std::size_t at = 1; at < sql.size(); ++at) {
        if (sql[at] != '\'') {
            found.value += sql[at];
        } else if (at + 1 < sql.size() && sql[at + 1] == '\'') {
            found.value += '\'';
            ++at;
        } else {
            found.rest = sql.substr(at + 1);
            return found;
        }
    }
    return std::nullopt;
}

bool is_number(std::string_view text) noexcept {
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    const std::size_t e = text.find_first_of("eE");
    std::string_view mantissa = text.substr(0, e);
    if (e != std::string_view::npos) {
        std::string_view power = text.substr(e + 1);
        if (power.starts_with('-') || power.starts_with('+')) power.remove_prefix(1);
        if (power.empty() || !std::all_of(power.begin(), power.end(), is_digit)) return false;
    }
    const auto digits = std::count_if(mantissa.begin(), mantissa.end(), is_digit);
    const auto points = std::count(mantissa.begin(), mantissa.end(), '.');
    return digits > 0 && points <= 1 && static_cast<std::size_t>(digits + points) == mantissa.size();
}

bool same_number(std::string_view a, std::string_view b) {
    return is_number(a) && is_number(b) && normalized(a) == normalized(b);
}

std::string canonical_sql(std::string_view sql) {
    std::string result;
    char quote = 0;
    for (const char c : sql) {
        if (quote != 0) {
            result += c;
            if (c == quote) quote = 0;
        } else if (c == '\'' || c == '"') {
            result += c;
            quote = c;
        } else if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
            result += lower(c);
        }
    }
    return result;
}

bool same_sql(std::string_view a, std::string_view b) { return canonical_sql(a) == canonical_sql(b); }

bool same_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace lamina::migrate
