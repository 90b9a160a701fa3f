#include "json_parser.hpp"

#include <lamina/base/utf8.hpp>

namespace lamina {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

int hex_value(char c) noexcept {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Four hexadecimal digits, known to be there.
char32_t read_unit(const char* at) noexcept {
    char32_t unit = 0;
    for (int i = 0; i < 4; ++i) unit = unit << 4U | static_cast<char32_t>(hex_value(at[i]));
    return unit;
}

constexpr bool is_high_surrogate(char32_t unit) noexcept { return unit >= 0xd800 && unit < 0xdc00; }
constexpr bool is_low_surrogate(char32_t unit) noexcept { return unit >= 0xdc00 && unit < 0xe000; }

}  // namespace

bool JsonParser::fail(const char* problem) noexcept {
    problem_ = problem;
    return false;
}

void JsonParser::skip_space() noexcept {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
        ++at_;
}

bool JsonParser::accept(char c) noexcept {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
}

void JsonParser::add(JsonView::Kind kind, std::size_t begin, bool escaped) {
    if (!nodes_) return;
    Node node;
    node.kind = static_cast<std::uint8_t>(kind);
    node.escaped = escaped;
    node.begin = begin;
    node.end = at_;
    node.next = static_cast<std::uint32_t>(nodes_->size() + 1);
    nodes_->push_back(node);
}

Result<void> JsonParser::run() {
    bool good = text_.size() < UINT32_MAX ? true : fail("the text is too long");
    if (const std::size_t broken = base::find_invalid_utf8(text_); good && broken != base::kNotFound) {
        at_ = broken;
        good = fail("the text is not UTF-8");
    }
    while (good) {
        skip_space();
        bool opened = false;
        good = value(opened);
        if (good && !opened) good = after_value();
        if (levels_.empty()) break;
    }
    if (good) {
        skip_space();
        if (at_ != text_.size()) good = fail("something follows the value");
    }
    if (good) return {};
    return Error(ErrorCode::DataValidation, "Invalid JSON at byte " + std::to_string(at_) + ": " + problem_)
        .with_detail("offset", std::to_string(at_));
}

std::vector<JsonDocument::Node> JsonParser::index(std::string_view text) {
    std::vector<Node> nodes;
    if (!JsonParser(text, &nodes).run()) nodes.clear();
    return nodes;
}

/// Reads one value, or only its opening bracket: then `opened`, and the next value is its first element.
bool JsonParser::value(bool& opened) {
    if (at_ == text_.size()) return fail("a value is missing");
    switch (text_[at_]) {
        case '{':
            if (!open(JsonView::Kind::Object)) return false;
            skip_space();
            if (accept('}')) return close(), true;
            opened = true;
            return member_name();
        case '[':
            if (!open(JsonView::Kind::Array)) return false;
            skip_space();
            if (accept(']')) return close(), true;
            opened = true;
            return true;
        case '"': return string();
        case 't': return literal("true", JsonView::Kind::True);
        case 'f': return literal("false", JsonView::Kind::False);
        case 'n': return literal("null", JsonView::Kind::Null);
        default: return number();
    }
}

bool JsonParser::open(JsonView::Kind kind) {
    if (levels_.size() >= Json::kMaxDepth) return fail("it is nested too deeply");
    levels_.push_back({nodes_ ? static_cast<std::uint32_t>(nodes_->size()) : 0, 0, kind == JsonView::Kind::Object});
    ++at_;
    add(kind, at_ - 1, false);
    return true;
}

void JsonParser::close() {
    if (nodes_) {
        Node& node = (*nodes_)[levels_.back().node];
        node.count = levels_.back().count;
        node.next = static_cast<std::uint32_t>(nodes_->size());
        node.end = at_;
    }
    levels_.pop_back();
}

/// Closes what ends here, up to the place where another value is due or nothing is open any more.
bool JsonParser::after_value() {
    while (!levels_.empty()) {
        Level& level = levels_.back();
        ++level.count;
        skip_space();
        if (accept(',')) {
            skip_space();
            return !level.object || member_name();
        }
        if (!accept(level.object ? '}' : ']')) return fail("a comma or a closing bracket is missing");
        close();
    }
    return true;
}

bool JsonParser::member_name() {
    if (at_ == text_.size() || text_[at_] != '"') return fail("a member's name is missing");
    if (!string()) return false;
    skip_space();
    return accept(':') || fail("a colon is missing");
}

bool JsonParser::literal(std::string_view word, JsonView::Kind kind) {
    if (text_.substr(at_, word.size()) != word) return fail("a value is missing");
    at_ += word.size();
    add(kind, at_ - word.size(), false);
    return true;
}

bool JsonParser::number() {
    const std::size_t begin = at_;
    const auto digits = [this] {
        const std::size_t first = at_;
        while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
        return at_ > first;
    };
    accept('-');
    if (at_ == text_.size() || !is_digit(text_[at_])) return fail("a value is missing");
    if (!accept('0')) digits();
    if (accept('.') && !digits()) return fail("a digit is missing");
    if (accept('e') || accept('E')) {
        if (!accept('+')) accept('-');
        if (!digits()) return fail("a digit is missing");
    }
    add(JsonView::Kind::Number, begin, false);
    return true;
}

bool JsonParser::string() {
    const std::size_t begin = at_++;
    bool escaped = false;
    while (at_ < text_.size()) {
        const char c = text_[at_];
        if (c == '"') {
            ++at_;
            add(JsonView::Kind::String, begin, escaped);
            return true;
        }
        if (static_cast<unsigned char>(c) < 0x20) return fail("a control character is not escaped");
        if (c == '\\') {
            escaped = true;
            if (!escape()) return false;
        } else {
            ++at_;
        }
    }
    return fail("a string is not closed");
}

bool JsonParser::escape() {
    const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (c == 'u') {
        for (std::size_t i = 2; i < 6; ++i) {
            if (at_ + i >= text_.size() || hex_value(text_[at_ + i]) < 0) return fail("an escape is not complete");
        }
        at_ += 6;
        return true;
    }
    if (c == '\0' || std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos) return fail("an unknown escape");
    at_ += 2;
    return true;
}

std::string unescape_json_string(std::string_view quoted) {
    std::string out;
    const std::string_view body = quoted.substr(1, quoted.size() - 2);
    out.reserve(body.size());
    for (std::size_t i = 0; i < body.size();) {
        if (body[i] != '\\') {
            const std::size_t next = body.find('\\', i);
            out += body.substr(i, next - i);
            i = next == std::string_view::npos ? body.size() : next;
            continue;
        }
        const char c = body[i + 1];
        i += 2;
        switch (c) {
            case 'b': out += '\b'; break;
            case 'f': out += '\f'; break;
            case 'n': out += '\n'; break;
            case 'r': out += '\r'; break;
            case 't': out += '\t'; break;
            case 'u': {
                char32_t unit = read_unit(body.data() + i);
                i += 4;
                if (is_high_surrogate(unit) && body.substr(i, 2) == "\\u" &&
                    is_low_surrogate(read_unit(body.data() + i + 2))) {
                    unit = 0x10000 + ((unit - 0xd800) << 10U) + (read_unit(body.data() + i + 2) - 0xdc00);
                    i += 6;
                }
                base::append_utf8(out, unit >= 0xd800 && unit < 0xe000 ? U'\ufffd' : unit);
                break;
            }
            default: out += c; break;
        }
    }
    return out;
}

}  // namespace lamina
