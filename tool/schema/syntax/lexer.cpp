#include <cstddef>

#include "schema/syntax/token.hpp"

namespace lamina::schema::syntax {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }
bool is_newline(char c) noexcept { return c == '\n' || c == '\r'; }
// Blanks beyond ASCII: Unicode's space separators.
bool is_space(char32_t c) noexcept {
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_{text} { tokens_.reserve(text.size() / 4 + 8); }

    std::vector<Token> run() {
        // A byte order mark is harmless at the very beginning, and an unknown character anywhere else.
        if (text_.substr(0, 3) == "\xEF\xBB\xBF") emit(TokenKind::Whitespace, 3);
        while (at_ < text_.size()) next();
        return std::move(tokens_);
    }

private:
    char peek(std::size_t ahead = 0) const noexcept { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    void emit(TokenKind kind, std::size_t length) {
        tokens_.push_back({kind, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_ + length)});
        at_ += length;
    }

    // Length of the UTF-8 sequence at `offset` if it is a whole one, and its code point; 0 for broken bytes.
    std::size_t decode(std::size_t offset, char32_t& out) const noexcept {
        const auto byte = [&](std::size_t i) {
            return offset + i < text_.size() ? static_cast<unsigned char>(text_[offset + i]) : 0U;
        };
        const unsigned lead = byte(0);
        const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
        if (length == 0 || lead > 0xF4) return 0;
        out = length == 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t i = 1; i < length; ++i) {
            if ((byte(i) & 0xC0U) != 0x80U) return 0;
            out = (out << 6U) | (byte(i) & 0x3FU);
        }
        return length;
    }

    // Length of the name character at `offset`, 0 when there is none.
    std::size_t name_character(std::size_t offset) const noexcept {
        if (offset >= text_.size()) return 0;
        const char c = text_[offset];
        if (is_ascii_letter(c) || is_digit(c)) return 1;
        if (static_cast<unsigned char>(c) < 0x80) return 0;
        char32_t code_point = 0;
        const std::size_t length = decode(offset, code_point);
        return length != 0 && is_name_code_point(code_point) ? length : 0;
    }

    std::size_t end_of_line(std::size_t from) const noexcept {
        while (from < text_.size() && !is_newline(text_[from])) ++from;
        return from;
    }

    void word_or_number() {
        std::size_t end = at_;
        bool only_digits = true;
        while (end < text_.size()) {
            const std::size_t length = name_character(end);
            if (length == 0 && text_[end] != '_' && text_[end] != '-') break;
            only_digits = only_digits && is_digit(text_[end]);
            end += length == 0 ? 1 : length;
        }
        if (only_digits)
            number(0);
        else
            emit(TokenKind::Word, end - at_);
    }

    // Digits, with a fraction when digits follow the point; `sign` bytes stand before them.
    void number(std::size_t sign) {
        std::size_t end = at_ + sign;
        while (end < text_.size() && is_digit(text_[end])) ++end;
        if (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1])) {
            ++end;
            while (end < text_.size() && is_digit(text_[end])) ++end;
        }
        emit(TokenKind::Number, end - at_);
    }

    void string() {
        for (std::size_t end = at_ + 1; end < text_.size(); ++end) {
            const auto c = static_cast<unsigned char>(text_[end]);
            if (c == '"') return emit(TokenKind::String, end + 1 - at_);
            if (c == '\\') ++end;
            if (end >= text_.size() || static_cast<unsigned char>(text_[end]) < 0x20) break;
        }
        emit(TokenKind::Unknown, end_of_line(at_) - at_);
    }

    void slash() {
        if (peek(1) == '/') {
            const TokenKind kind = peek(2) == '/' ? TokenKind::DocComment : TokenKind::Comment;
            return emit(kind, end_of_line(at_) - at_);
        }
        // `block_comment_ends_` keeps a file full of "/*" linear.
        if (peek(1) == '*' && block_comment_ends_) {
            const std::size_t end = text_.find("*/", at_ + 2);
            if (end != std::string_view::npos) return emit(TokenKind::BlockComment, end + 2 - at_);
            block_comment_ends_ = false;
        }
        emit(TokenKind::Unknown, 1);
    }

    void next() {
        const char c = peek();
        switch (c) {
            case '\n': return emit(TokenKind::Newline, 1);
            case '\r': return emit(TokenKind::Newline, peek(1) == '\n' ? 2 : 1);
            case '{': return emit(TokenKind::OpenBrace, 1);
            case '}': return emit(TokenKind::CloseBrace, 1);
            case '(': return emit(TokenKind::OpenParen, 1);
            case ')': return emit(TokenKind::CloseParen, 1);
            case '[': return emit(TokenKind::OpenBracket, 1);
            case ']': return emit(TokenKind::CloseBracket, 1);
            case '@': return peek(1) == '@' ? emit(TokenKind::AtAt, 2) : emit(TokenKind::At, 1);
            case '.': return emit(TokenKind::Dot, 1);
            case ',': return emit(TokenKind::Comma, 1);
            case ':': return emit(TokenKind::Colon, 1);
            case '=': return emit(TokenKind::Equals, 1);
            case '?': return emit(TokenKind::Question, 1);
            case '!': return emit(TokenKind::Exclamation, 1);
            case '"': return string();
            case '/': return slash();
            default: break;
        }
        if (is_blank(c)) {
            std::size_t length = 1;
            while (is_blank(peek(length))) ++length;
            return emit(TokenKind::Whitespace, length);
        }
        if (c == '-' && is_digit(peek(1))) return number(1);
        if (name_character(at_) != 0) return word_or_number();
        char32_t code_point = 0;
        const std::size_t length = decode(at_, code_point);
        if (length > 1 && is_space(code_point)) return emit(TokenKind::Whitespace, length);
        emit(TokenKind::Unknown, length == 0 ? 1 : length);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool block_comment_ends_ = true;
    std::vector<Token> tokens_;
};

}  // namespace

bool is_name_code_point(char32_t c) noexcept {
    if (c < 0x80) return is_ascii_letter(static_cast<char>(c)) || is_digit(static_cast<char>(c));
    // Letters and digits of every script; blocks of punctuation, symbols, pictures and private use are left out. An
    // exact table of Unicode would be 10 KB for names that nobody writes.
    if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
    if (c == 0xD7 || c == 0xF7 || c == 0x1680) return false;
    if (c >= 0x2000 && c < 0x2C00) return c >= 0x2100 && c < 0x2190;
    if (c >= 0x3000 && c < 0x3005) return false;
    if (c >= 0x3008 && c < 0x3021) return false;
    if (c >= 0xD800 && c < 0xF900) return false;
    if (c >= 0xFE00 && c < 0xFE70) return false;
    if (c >= 0xFEFF && c < 0xFF10) return false;
    return c < 0x1F000 || (c >= 0x20000 && c < 0x32000);
}

std::vector<Token> lex(std::string_view text) { return Lexer{text}.run(); }

}  // namespace lamina::schema::syntax
