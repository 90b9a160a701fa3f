#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lamina::base {

/// Where no byte was found.
inline constexpr std::size_t kNotFound = static_cast<std::size_t>(-1);

/// Whether every byte is below 128.
bool is_ascii(std::string_view text) noexcept;

/// The offset of the first byte that does not belong to well-formed UTF-8, or kNotFound. Overlong forms, surrogates and
/// code points above U+10FFFF are not well formed.
std::size_t find_invalid_utf8(std::string_view text) noexcept;

/// Whether the text is well-formed UTF-8.
inline bool is_utf8(std::string_view text) noexcept { return find_invalid_utf8(text) == kNotFound; }

/// The offset of the first NUL byte, or kNotFound.
std::size_t find_nul(std::string_view text) noexcept;

/// Appends a code point (a Unicode scalar value) as UTF-8.
void append_utf8(std::string& out, char32_t code_point);

/// Decodes the code point at `offset` of well-formed UTF-8 and moves the offset behind it.
char32_t decode_utf8(std::string_view text, std::size_t& offset) noexcept;

/// The number of code points in well-formed UTF-8.
std::size_t utf8_length(std::string_view text) noexcept;

}  // namespace lamina::base
