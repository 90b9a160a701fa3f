#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/base/hash.hpp>
#include <lamina/base/utf8.hpp>

using namespace lamina::base;

namespace {

/// What the Unicode standard's table 3-7 says, decoded the slow way.
bool is_well_formed(const std::string& text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t k) {
            return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U;
        };
        const unsigned lead = byte(0);
        const int length = lead < 0x80                   ? 1
                           : lead >= 0xc0 && lead < 0xe0 ? 2
                           : lead >= 0xe0 && lead < 0xf0 ? 3
                           : lead >= 0xf0 && lead < 0xf8 ? 4
                                                         : 0;
        if (length == 0) return false;
        unsigned code = length == 1 ? lead : lead & (0x7fU >> length);
        for (int k = 1; k < length; ++k) {
            if ((byte(static_cast<std::size_t>(k)) & 0xc0U) != 0x80) return false;
            code = code << 6U | (byte(static_cast<std::size_t>(k)) & 0x3fU);
        }
        const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (length > 1 && code < least[length]) return false;
        if ((code >= 0xd800 && code < 0xe000) || code > 0x10ffff) return false;
        i += static_cast<std::size_t>(length);
    }
    return true;
}

}  // namespace

TEST_CASE("every code point is encoded, found valid, and decoded") {
    for (char32_t code = 0; code <= 0x10ffff; ++code) {
        if (code >= 0xd800 && code < 0xe000) continue;
        std::string text;
        append_utf8(text, code);
        std::size_t offset = 0;
        REQUIRE(is_utf8(text));
        REQUIRE(decode_utf8(text, offset) == code);
        REQUIRE(offset == text.size());
    }
}

TEST_CASE("validation agrees with the definition on every short sequence") {
    const unsigned edges[] = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0,
                              0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf7, 0xf8, 0xff};
    for (const unsigned a : edges) {
        for (const unsigned b : edges) {
            for (const unsigned c : edges) {
                for (const unsigned d : edges) {
                    std::string text;
                    for (const unsigned byte : {a, b, c, d}) text += static_cast<char>(byte);
                    REQUIRE(is_utf8(text) == is_well_formed(text));
                    REQUIRE(is_utf8("plain ascii before " + text) == is_well_formed(text));
                }
            }
        }
    }
}

TEST_CASE("the offset of the first broken byte is found") {
    CHECK(find_invalid_utf8("") == kNotFound);
    CHECK(find_invalid_utf8("aé€😀") == kNotFound);
    CHECK(find_invalid_utf8("0123456789\xff") == 10);
    CHECK(find_invalid_utf8("é\xc3") == 2);
    CHECK(find_invalid_utf8("\xed\xa0\x80") == 0);
    CHECK(find_nul("abc") == kNotFound);
    CHECK(find_nul(std::string_view("ab\0c", 4)) == 2);
    CHECK(is_ascii("0123456789abcdef"));
    CHECK_FALSE(is_ascii("0123456789abcdeé"));
    CHECK(utf8_length("aé€😀") == 4);
}

TEST_CASE("hashes differ for texts that differ little") {
    std::vector<std::uint64_t> seen;
    std::string text;
    for (int i = 0; i < 200; ++i) {
        seen.push_back(hash_bytes(text));
        seen.push_back(hash_bytes(text + "a"));
        seen.push_back(hash_bytes(text + "b"));
        text += '\0';
    }
    std::sort(seen.begin(), seen.end());
    CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
    CHECK(hash_bytes("abc") == hash_bytes(std::string("abc")));
    CHECK(hash_bytes("abc", 1) != hash_bytes("abc", 2));
    CHECK(hash_combine(1, 2) != hash_combine(2, 1));
}

TEST_CASE("every byte of a text counts for its hash") {
    for (std::size_t size = 1; size < 70; ++size) {
        const std::string text(size, 'x');
        for (std::size_t i = 0; i < size; ++i) {
            std::string other = text;
            other[i] = 'y';
            REQUIRE(hash_bytes(text) != hash_bytes(other));
        }
    }
}
