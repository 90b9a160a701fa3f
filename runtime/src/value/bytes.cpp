#include <array>
#include <cstdint>
#include <cstring>

#include <lamina/value/bytes.hpp>

namespace lamina {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t kInvalid = 0xff;

constexpr std::array<std::uint8_t, 256> make_base64_values() {
    std::array<std::uint8_t, 256> values{};
    values.fill(kInvalid);
    for (std::uint8_t i = 0; i < 64; ++i) {
        values[static_cast<unsigned char>(kBase64[i])] = i;
        values[static_cast<unsigned char>(kBase64Url[i])] = i;
    }
    return values;
}
constexpr std::array<std::uint8_t, 256> kBase64Values = make_base64_values();

std::string encode(std::span<const std::byte> bytes, std::string_view alphabet, bool padded) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = bytes.size() - i < 3 ? bytes.size() - i : 3;
        std::uint32_t word = 0;
        for (std::size_t j = 0; j < 3; ++j)
            word = word << 8U | (j < count ? std::to_integer<std::uint32_t>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j) {
            if (j <= count) {
                text += alphabet[word >> (18U - 6U * j) & 63U];
            } else if (padded) {
                text += '=';
            }
        }
    }
    return text;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Error invalid(const char* what) { return Error(ErrorCode::DataValidation, what); }

}  // namespace

Bytes to_bytes(std::string_view text) {
    Bytes bytes(text.size());
    if (!text.empty()) std::memcpy(bytes.data(), text.data(), text.size());
    return bytes;
}

std::string to_base64(std::span<const std::byte> bytes) { return encode(bytes, kBase64, true); }

std::string to_base64url(std::span<const std::byte> bytes) { return encode(bytes, kBase64Url, false); }

Result<Bytes> from_base64(std::string_view text) {
    std::size_t size = text.size();
    if (size % 4 == 0 && size > 0) {
        if (text[size - 1] == '=') --size;
        if (text[size - 1] == '=') --size;
    }
    if (size % 4 == 1) return invalid("Invalid base64: a digit is missing");
    Bytes bytes;
    bytes.reserve(size / 4 * 3 + 2);
    std::uint32_t word = 0;
    unsigned bits = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const std::uint8_t value = kBase64Values[static_cast<unsigned char>(text[i])];
        if (value == kInvalid) return invalid("Invalid base64: a character is not a base64 digit");
        word = word << 6U | value;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<std::byte>(word >> bits & 0xffU));
        }
    }
    if ((word & ((1U << bits) - 1U)) != 0) return invalid("Invalid base64: the last digit has bits left over");
    return bytes;
}

std::string to_hex(std::span<const std::byte> bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::byte byte : bytes) {
        const auto value = std::to_integer<unsigned>(byte);
        text += "0123456789abcdef"[value >> 4U];
        text += "0123456789abcdef"[value & 15U];
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return invalid("Invalid hexadecimal: a digit is missing");
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]), low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return invalid("Invalid hexadecimal: a character is not a hexadecimal digit");
        bytes.push_back(static_cast<std::byte>(high * 16 + low));
    }
    return bytes;
}

}  // namespace lamina
