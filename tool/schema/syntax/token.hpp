#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace lamina::schema::syntax {

/// What a token is. Whitespace, line breaks and comments are tokens too: the tokens of a file cover every byte of it.
enum class TokenKind : std::uint8_t {
    Whitespace,    // blanks and tabs within a line
    Newline,       // \n, \r\n or \r
    Comment,       // // to the end of the line
    DocComment,    // /// to the end of the line
    BlockComment,  // /* … */, may span lines
    Word,          // names and keywords: begins with a letter or digit, then letters, digits, _ and -
    Number,        // digits, perhaps a sign before and a fraction behind
    String,        // "…" on one line, escapes not yet looked at
    OpenBrace,
    CloseBrace,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    At,    // @
    AtAt,  // @@
    Dot,
    Comma,
    Colon,
    Equals,
    Question,
    Exclamation,
    Unknown,  // anything else: one bad character, an unterminated string or comment
};

/// A piece of the text: [begin, end) in bytes.
struct Token {
    TokenKind kind = TokenKind::Unknown;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    friend bool operator==(const Token&, const Token&) = default;
};

/// Cuts a text into tokens. Never fails, takes linear time; the tokens follow each other without a gap.
[[nodiscard]] std::vector<Token> lex(std::string_view text);

/// May a name contain this code point (besides `_` and `-`)?
[[nodiscard]] bool is_name_code_point(char32_t c) noexcept;

}  // namespace lamina::schema::syntax
