#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "schema/syntax/token.hpp"

namespace {

using namespace lamina::schema::syntax;
using enum TokenKind;

std::vector<TokenKind> kinds(std::string_view text) {
    std::vector<TokenKind> out;
    for (const Token& token : lex(text)) {
        if (token.kind != Whitespace) out.push_back(token.kind);
    }
    return out;
}

bool covers(std::string_view text) {
    std::uint32_t at = 0;
    for (const Token& token : lex(text)) {
        if (token.begin != at || token.end <= token.begin) return false;
        at = token.end;
    }
    return at == text.size();
}

}  // namespace

TEST_CASE("tokens cover every byte") {
    for (const std::string_view text : {"", "model A {\n  id Int @id // x\n}\n", "\r\n\r", "\"unterminated\n\"ok\"",
                                        "/* unterminated", "\xFF\xFE\x00 x", "\xEF\xBB\xBFmodel A", "@@@",
                                        "-1.5-2 1.2.3 -", "ключ 名前 é", "\xC3", "\xF0\x9F\x98\x80"}) {
        CAPTURE(text);
        CHECK(covers(text));
    }
    CHECK(covers(std::string(3, '\0')));
}

TEST_CASE("a field line is cut into its parts") {
    CHECK(kinds("id Int? @db.VarChar(1) // x") ==
          std::vector{Word, Word, Question, At, Word, Dot, Word, OpenParen, Number, CloseParen, Comment});
    CHECK(kinds("/// doc") == std::vector{DocComment});
    CHECK(kinds("/* a\n b */ x") == std::vector{BlockComment, Word});
    CHECK(kinds("@@id([a,b])") ==
          std::vector{AtAt, Word, OpenParen, OpenBracket, Word, Comma, Word, CloseBracket, CloseParen});
}

TEST_CASE("numbers may have a sign and a fraction, names digits and dashes") {
    CHECK(kinds("1 -1 1.5 -1.5") == std::vector{Number, Number, Number, Number});
    CHECK(kinds("1e5") == std::vector{Word});
    CHECK(kinds("1.") == std::vector{Number, Dot});
    CHECK(kinds("a-b_1") == std::vector{Word});
    CHECK(kinds("_a") == std::vector{Unknown, Word});
}

TEST_CASE("strings end at the quote and never cross a line") {
    CHECK(kinds(R"("a \" b" x)") == std::vector{String, Word});
    CHECK(kinds("\"a\nb") == std::vector{Unknown, Newline, Word});
    CHECK(kinds("\"a\\\nb\"") == std::vector{Unknown, Newline, Word, Unknown});
    CHECK(kinds("\"tab\there\"") == std::vector{Unknown});
}

TEST_CASE("line breaks of every system are one token each") {
    CHECK(kinds("a\nb\r\nc\rd") == std::vector{Word, Newline, Word, Newline, Word, Newline, Word});
}

TEST_CASE("letters of every script make names, symbols do not") {
    CHECK(kinds("größe") == std::vector{Word});
    CHECK(kinds("数据") == std::vector{Word});
    CHECK(kinds("→") == std::vector{Unknown});
    CHECK(kinds("😀") == std::vector{Unknown});
}
