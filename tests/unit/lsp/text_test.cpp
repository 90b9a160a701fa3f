#include "lsp/text.hpp"

#include <random>

#include <doctest/doctest.h>

#include "lsp/documents.hpp"
#include "lsp/uri.hpp"

using namespace lamina::lsp;

TEST_CASE("columns count what was agreed on") {
    const std::string text = "a\xC3\xA9\xF0\x9F\x98\x80z\r\nb\rc\n";
    const LineIndex lines{text};
    CHECK(lines.size() == 4);
    CHECK(lines.position(text, 7, Encoding::Utf16) == Position{0, 4});
    CHECK(lines.position(text, 7, Encoding::Utf8) == Position{0, 7});
    CHECK(lines.position(text, 7, Encoding::Utf32) == Position{0, 3});
    CHECK(lines.position(text, 12, Encoding::Utf16) == Position{2, 0});
    CHECK(lines.offset(text, {0, 4}, Encoding::Utf16) == 7);
    CHECK(lines.offset(text, {0, 3}, Encoding::Utf16) == 3);   // within the surrogate pair: its beginning
    CHECK(lines.offset(text, {0, 99}, Encoding::Utf16) == 8);  // the line's end, without its break
    CHECK(lines.offset(text, {99, 0}, Encoding::Utf16) == text.size());
}

TEST_CASE("bytes that are no UTF-8 are one character each") {
    CHECK(width("\xFF\xC3x", Encoding::Utf16) == 3);
    CHECK(valid_utf8("a\xFF\xED\xA0\x80") == "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST_CASE("changes keep the line index right") {
    std::mt19937 random{7};  // NOLINT(cert-msc32-c,cert-msc51-cpp)
    const std::string alphabet = "ab\n\r\xC3\xA9";
    const auto pick = [&](std::size_t most) { return std::uniform_int_distribution<std::size_t>{0, most}(random); };
    std::string text;
    LineIndex lines{text};
    for (int round = 0; round < 3000; ++round) {
        const std::size_t begin = pick(text.size());
        const std::size_t end = begin + pick(std::min<std::size_t>(text.size() - begin, 6));
        std::string inserted;
        for (std::size_t i = pick(6); i > 0; --i) inserted += alphabet[pick(alphabet.size() - 1)];
        text.replace(begin, end - begin, inserted);
        lines.replace(text, begin, end, inserted.size());
        REQUIRE(lines == LineIndex{text});
    }
}

TEST_CASE("documents change in ranges and as a whole") {
    Documents documents;
    documents.open("file:///a%20b.prisma", "one\ntwo\n", 1);
    CHECK(documents.change("file:///a b.prisma", {Range{{1, 0}, {1, 3}}, "2"}, Encoding::Utf16));
    CHECK(documents.find("file:///a%20b.prisma")->text == "one\n2\n");
    CHECK(documents.change("file:///a%20b.prisma", {std::nullopt, "x"}, Encoding::Utf16));
    CHECK(documents.find("file:///a%20b.prisma")->text == "x");
    CHECK_FALSE(documents.change("file:///other", {std::nullopt, "x"}, Encoding::Utf16));
}

TEST_CASE("paths and URIs") {
    CHECK(path_of("file:///a%20b/%C3%A9/../c.prisma") == "/a b/c.prisma");
    CHECK_FALSE(path_of("untitled:Untitled-1"));
    CHECK_FALSE(path_of("file:///a%00b"));
    CHECK(uri_of("/a b/c.prisma") == "file:///a%20b/c.prisma");
}
