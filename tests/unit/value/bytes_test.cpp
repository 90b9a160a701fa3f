#include <random>
#include <string>

#include <doctest/doctest.h>

#include <lamina/value/bytes.hpp>

using namespace lamina;

TEST_CASE("base64 has RFC 4648's test vectors") {
    const std::pair<const char*, const char*> cases[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : cases) {
        CHECK(to_base64(to_bytes(plain)) == encoded);
        CHECK(as_text(from_base64(encoded).value()) == plain);
        std::string unpadded = encoded;
        while (!unpadded.empty() && unpadded.back() == '=') unpadded.pop_back();
        CHECK(to_base64url(to_bytes(plain)) == unpadded);
        CHECK(as_text(from_base64(unpadded).value()) == plain);
    }
    CHECK(to_base64url(to_bytes("\xfb\xff")) == "-_8");
    CHECK(from_base64("-_8").value() == from_base64("+/8=").value());
}

TEST_CASE("what is not base64 or hexadecimal is refused") {
    for (const char* text : {"A", "AAAAA", "Zg=", "Z===", "====", "Zm9v!", "Zh==", "Zm 9v", "Zg==Zg=="})
        CHECK_FALSE(from_base64(text));
    for (const char* text : {"0", "0g", "0x00", "  "}) CHECK_FALSE(from_hex(text));
}

TEST_CASE("random bytes come back") {
    std::mt19937 random(1);
    for (std::size_t size = 0; size < 200; ++size) {
        Bytes bytes(size);
        for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
        CHECK(from_base64(to_base64(bytes)).value() == bytes);
        CHECK(from_base64(to_base64url(bytes)).value() == bytes);
        CHECK(from_hex(to_hex(bytes)).value() == bytes);
    }
    CHECK(to_hex(to_bytes("\x01\xaf")) == "01af");
    CHECK(from_hex("01AF").value() == to_bytes("\x01\xaf"));
}
