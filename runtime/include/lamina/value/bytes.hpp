#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <lamina/error/error.hpp>

namespace lamina {

/// Binary data.
using Bytes = std::vector<std::byte>;

/// The bytes of a text.
Bytes to_bytes(std::string_view text);
/// Bytes seen as text, whatever they are. The view depends on the bytes.
inline std::string_view as_text(std::span<const std::byte> bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Base64 of RFC 4648 with padding; the URL alphabet on demand.
std::string to_base64(std::span<const std::byte> bytes);
std::string to_base64url(std::span<const std::byte> bytes);
/// Reads either alphabet, padded or not. Fails with P2007.
Result<Bytes> from_base64(std::string_view text);

/// Two lower-case hexadecimal digits a byte.
std::string to_hex(std::span<const std::byte> bytes);
/// Reads pairs of hexadecimal digits of either case. Fails with P2007.
Result<Bytes> from_hex(std::string_view text);

}  // namespace lamina
