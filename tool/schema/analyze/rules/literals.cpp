#include "schema/analyze/rules/literals.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace lamina::schema::rules {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::string parse_error(std::string_view text, std::string_view what, std::string_view why) {
    return "Parse error: \"" + std::string{text} + "\" is not a valid " + std::string{what} + ". (" + std::string{why} +
           ")";
}

std::optional<std::string> check_integer(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc::result_out_of_range) {
        return parse_error(
            text, "integer",
            text.front() == '-' ? "number too small to fit in target type" : "number too large to fit in target type");
    }
    if (error != std::errc{} || end != text.data() + text.size()) {
        return parse_error(text, "integer", "invalid digit found in string");
    }
    return std::nullopt;
}

// Digits with an optional sign, fraction and exponent.
bool is_decimal(std::string_view text) {
    std::size_t at = 0;
    const auto digits = [&] {
        const std::size_t begin = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        return at - begin;
    };
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    std::size_t count = digits();
    if (at < text.size() && text[at] == '.') {
        ++at;
        count += digits();
    }
    if (count == 0) return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
        if (digits() == 0) return false;
    }
    return at == text.size();
}

// RFC 3339: 2020-01-01T00:00:00[.fff](Z|+00:00).
std::optional<std::string_view> check_datetime(std::string_view text) {
    // Group by group: digits that are not there are an early end, anything else in their place is a wrong character.
    static constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd";
    for (std::size_t i = 0; i < kShape.size();) {
        const std::size_t end = kShape[i] == 'd' ? kShape.find_first_not_of('d', i) : i + 1;
        const std::size_t count = std::min(end, kShape.size()) - i;
        if (text.size() - i < count) return "premature end of input";
        for (const std::size_t stop = i + count; i < stop; ++i) {
            const bool fits = kShape[i] == 'd'   ? is_digit(text[i])
                              : kShape[i] == 'T' ? text[i] == 'T' || text[i] == 't' || text[i] == ' '
                                                 : text[i] == kShape[i];
            if (!fits) return "input contains invalid characters";
        }
    }
    const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    if (number(5) < 1 || number(5) > 12 || number(8) < 1 || number(8) > 31 || number(11) > 23 || number(14) > 59 ||
        number(17) > 60) {
        return "input is out of range";
    }
    static constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = number(0) * 100 + number(2);
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    const int days = kDays[static_cast<std::size_t>(number(5) - 1)] + (leap && number(5) == 2 ? 1 : 0);
    if (number(8) > days) return "input is out of range";
    std::size_t at = kShape.size();
    if (at < text.size() && text[at] == '.') {
        const std::size_t begin = ++at;
        while (at < text.size() && is_digit(text[at])) ++at;
        if (at == begin) return at == text.size() ? "premature end of input" : "input contains invalid characters";
    }
    if (at >= text.size()) return "premature end of input";
    if (text[at] == 'Z' || text[at] == 'z')
        return at + 1 == text.size() ? std::optional<std::string_view>{} : "trailing input";
    if (text[at] != '+' && text[at] != '-') return "input contains invalid characters";
    const std::string_view zone = text.substr(at + 1);
    if (zone.size() < 5) return "premature end of input";
    if (zone.size() > 5) return "trailing input";
    if (!is_digit(zone[0]) || !is_digit(zone[1]) || zone[2] != ':' || !is_digit(zone[3]) || !is_digit(zone[4])) {
        return "input contains invalid characters";
    }
    return std::nullopt;
}

bool is_base64(std::string_view text) {
    if (text.size() % 4 != 0) return false;
    std::size_t padding = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '=' && i + 2 >= text.size()) {
            ++padding;
            continue;
        }
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '+' || c == '/';
        if (!letter || padding != 0) return false;
    }
    return true;
}

// Walks a JSON text and says what is wrong with it, in the words that people know from Prisma.
class JsonCheck {
public:
    explicit JsonCheck(std::string_view text) : text_{text} {}

    std::optional<std::string> run() {
        value(0);
        if (error_.empty()) {
            blanks();
            if (at_ < text_.size()) fail("trailing characters", at_ + 1);
        }
        if (error_.empty()) return std::nullopt;
        return error_;
    }

private:
    static constexpr unsigned kDeepest = 127;

    void fail(std::string_view why, std::size_t column) {
        if (!error_.empty()) return;
        std::size_t line = 1, start = 0;
        for (std::size_t i = 0; i < column && i < text_.size(); ++i) {
            if (text_[i] != '\n') continue;
            ++line;
            start = i + 1;
        }
        error_ = std::string{why} + " at line " + std::to_string(line) + " column " + std::to_string(column - start);
    }

    void blanks() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r'))
            ++at_;
    }

    void value(unsigned depth) {
        blanks();
        if (depth > kDeepest) return fail("recursion limit exceeded", at_);
        if (at_ >= text_.size()) return fail("EOF while parsing a value", at_);
        switch (text_[at_]) {
            case '{': return object(depth + 1);
            case '[': return array(depth + 1);
            case '"': return string();
            case 't': return word("true");
            case 'f': return word("false");
            case 'n': return word("null");
            default: break;
        }
        if (text_[at_] == '-' || is_digit(text_[at_])) return number();
        fail("expected value", at_ + 1);
    }

    void word(std::string_view wanted) {
        for (const char c : wanted) {
            if (at_ >= text_.size()) return fail("EOF while parsing a value", at_);
            if (text_[at_] != c) return fail("expected ident", at_ + 1);
            ++at_;
        }
    }

    void number() {
        const auto digits = [&] {
            const std::size_t begin = at_;
            while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
            return at_ - begin;
        };
        if (text_[at_] == '-') ++at_;
        const bool zero = at_ < text_.size() && text_[at_] == '0';
        const std::size_t whole = digits();
        if (whole == 0 || (zero && whole > 1)) return fail("invalid number", at_);
        if (at_ < text_.size() && text_[at_] == '.') {
            ++at_;
            if (digits() == 0) return fail("invalid number", at_);
        }
        if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
            ++at_;
            if (at_ < text_.size() && (text_[at_] == '-' || text_[at_] == '+')) ++at_;
            if (digits() == 0) return fail("invalid number", at_);
        }
    }

    void string() {
        for (++at_; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '"') {
                ++at_;
                return;
            }
            if (static_cast<unsigned char>(c) < 0x20) {
                return fail("control character (\\u0000-\\u001F) found while parsing a string", at_ + 1);
            }
            if (c != '\\') continue;
            ++at_;
            if (at_ < text_.size() && std::string_view{"\"\\/bfnrtu"}.find(text_[at_]) == std::string_view::npos) {
                return fail("invalid escape", at_ + 1);
            }
        }
        fail("EOF while parsing a string", text_.size());
    }

    void array(unsigned depth) {
        ++at_;
        blanks();
        if (at_ < text_.size() && text_[at_] == ']') {
            ++at_;
            return;
        }
        bool after_comma = false;
        while (error_.empty()) {
            blanks();
            if (after_comma && at_ < text_.size() && text_[at_] == ']') return fail("trailing comma", at_ + 1);
            after_comma = true;
            value(depth);
            if (!error_.empty()) return;
            blanks();
            if (at_ >= text_.size()) return fail("EOF while parsing a list", at_);
            const char c = text_[at_++];
            if (c == ']') return;
            if (c != ',') return fail("expected `,` or `]`", at_);
        }
    }

    void object(unsigned depth) {
        ++at_;
        blanks();
        if (at_ < text_.size() && text_[at_] == '}') {
            ++at_;
            return;
        }
        bool after_comma = false;
        while (error_.empty()) {
            blanks();
            if (at_ >= text_.size()) return fail("EOF while parsing an object", at_);
            if (after_comma && text_[at_] == '}') return fail("trailing comma", at_ + 1);
            after_comma = true;
            if (text_[at_] != '"') return fail("key must be a string", at_ + 1);
            string();
            if (!error_.empty()) return;
            blanks();
            if (at_ >= text_.size()) return fail("EOF while parsing an object", at_);
            if (text_[at_++] != ':') return fail("expected `:`", at_);
            value(depth);
            if (!error_.empty()) return;
            blanks();
            if (at_ >= text_.size()) return fail("EOF while parsing an object", at_);
            const char c = text_[at_++];
            if (c == '}') return;
            if (c != ',') return fail("expected `,` or `}`", at_);
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string error_;
};

}  // namespace

std::optional<std::string> check_literal(ScalarType type, std::string_view text) {
    switch (type) {
        case ScalarType::Int:
        case ScalarType::BigInt: return check_integer(text);
        case ScalarType::Float:
        case ScalarType::Decimal:
            if (is_decimal(text)) return std::nullopt;
            return parse_error(text, "decimal", "invalid digit found in string");
        case ScalarType::DateTime:
            if (const auto why = check_datetime(text)) return parse_error(text, "rfc3339 datetime string", *why);
            return std::nullopt;
        case ScalarType::Json:
            if (const auto why = JsonCheck{text}.run()) return parse_error(text, "JSON string", *why);
            return std::nullopt;
        case ScalarType::Bytes:
            if (is_base64(text)) return std::nullopt;
            return parse_error(text, "base64 string",
                               "Could not convert from `base64 encoded bytes` to `PrismaValue::Bytes`");
        case ScalarType::String:
        case ScalarType::Boolean: return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace lamina::schema::rules
