#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lamina::base {

/// Folds two 64-bit words into one by a full 64 × 64 bit multiplication; the building block of the functions below.
constexpr std::uint64_t hash_mix(std::uint64_t left, std::uint64_t right) noexcept {
#ifdef __SIZEOF_INT128__
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(left) * right;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
#else
    const std::uint64_t a = left & 0xffffffffU, b = left >> 32, c = right & 0xffffffffU, d = right >> 32;
    const std::uint64_t middle = a * d + ((a * c) >> 32);
    const std::uint64_t upper = b * c + (middle & 0xffffffffU);
    return (left * right) ^ (b * d + (middle >> 32) + (upper >> 32));
#endif
}

/// Adds a word to a running hash; the order matters.
constexpr std::uint64_t hash_combine(std::uint64_t seed, std::uint64_t word) noexcept {
    return hash_mix(seed ^ 0x9e3779b97f4a7c15U, word ^ 0xd6e8feb86659fd93U);
}

/// A fast 64-bit hash of bytes, good for tables in memory. Not stable between versions, not for secrets.
std::uint64_t hash_bytes(const void* data, std::size_t size, std::uint64_t seed = 0) noexcept;
inline std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed = 0) noexcept {
    return hash_bytes(bytes.data(), bytes.size(), seed);
}

}  // namespace lamina::base
