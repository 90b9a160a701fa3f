#include <cstdint>
#include <cstring>

#include <lamina/base/utf8.hpp>

namespace lamina::base {
namespace {

std::uint64_t load(const char* from) noexcept {
    std::uint64_t word;
    std::memcpy(&word, from, sizeof word);
    return word;
}

/// The number of leading bytes below 128, looking at eight bytes at a time.
std::size_t ascii_prefix(const char* text, std::size_t size) noexcept {
    std::size_t i = 0;
    while (size - i >= 8 && (load(text + i) & 0x8080808080808080U) == 0) i += 8;
    while (i < size && static_cast<unsigned char>(text[i]) < 0x80) ++i;
    return i;
}

bool is_continuation(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80; }

/// The length of the well-formed sequence at `at`, which does not begin with ASCII; 0 when it is not well formed.
std::size_t sequence_length(const char* at, std::size_t left) noexcept {
    const auto lead = static_cast<unsigned char>(at[0]);
    if (lead < 0xc2 || lead > 0xf4 || left < 2 || !is_continuation(at[1])) return 0;
    const auto second = static_cast<unsigned char>(at[1]);
    if (lead < 0xe0) return 2;
    if (left < 3 || !is_continuation(at[2])) return 0;
    if (lead < 0xf0) {
        if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f)) return 0;
        return 3;
    }
    if (left < 4 || !is_continuation(at[3])) return 0;
    if ((lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) return 0;
    return 4;
}

}  // namespace

bool is_ascii(std::string_view text) noexcept { return ascii_prefix(text.data(), text.size()) == text.size(); }

std::size_t find_invalid_utf8(std::string_view text) noexcept {
    std::size_t i = 0;
    while (true) {
        i += ascii_prefix(text.data() + i, text.size() - i);
        if (i == text.size()) return kNotFound;
        while (i < text.size() && static_cast<unsigned char>(text[i]) >= 0x80) {
            const std::size_t length = sequence_length(text.data() + i, text.size() - i);
            if (length == 0) return i;
            i += length;
        }
    }
}

std::size_t find_nul(std::string_view text) noexcept {
    const void* found = text.empty() ? nullptr : std::memchr(text.data(), 0, text.size());
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) : kNotFound;
}

void append_utf8(std::string& out, char32_t code_point) {
    const auto byte = [&out](char32_t bits) { out.push_back(static_cast<char>(static_cast<unsigned char>(bits))); };
    if (code_point < 0x80) {
        byte(code_point);
    } else if (code_point < 0x800) {
        byte(0xc0U | code_point >> 6U);
        byte(0x80U | (code_point & 0x3fU));
    } else if (code_point < 0x10000) {
        byte(0xe0U | code_point >> 12U);
        byte(0x80U | (code_point >> 6U & 0x3fU));
        byte(0x80U | (code_point & 0x3fU));
    } else {
        byte(0xf0U | code_point >> 18U);
        byte(0x80U | (code_point >> 12U & 0x3fU));
        byte(0x80U | (code_point >> 6U & 0x3fU));
        byte(0x80U | (code_point & 0x3fU));
    }
}

char32_t decode_utf8(std::string_view text, std::size_t& offset) noexcept {
    const auto lead = static_cast<unsigned char>(text[offset++]);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    char32_t code_point = lead & (0x3fU >> static_cast<unsigned>(more));
    for (int i = 0; i < more && offset < text.size(); ++i)
        code_point = code_point << 6U | (static_cast<unsigned char>(text[offset++]) & 0x3fU);
    return code_point;
}

std::size_t utf8_length(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char byte : text) count += !is_continuation(byte);
    return count;
}

}  // namespace lamina::base
