#include <cstring>

#include <lamina/base/hash.hpp>

namespace lamina::base {
namespace {

constexpr std::uint64_t kFirst = 0xa0761d6478bd642fU;
constexpr std::uint64_t kSecond = 0xe7037ed1a0b428dbU;

std::uint64_t load64(const unsigned char* from) noexcept {
    std::uint64_t word;
    std::memcpy(&word, from, sizeof word);
    return word;
}

std::uint64_t load32(const unsigned char* from) noexcept {
    std::uint32_t word;
    std::memcpy(&word, from, sizeof word);
    return word;
}

}  // namespace

std::uint64_t hash_bytes(const void* data, std::size_t size, std::uint64_t seed) noexcept {
    const auto* at = static_cast<const unsigned char*>(data);
    std::uint64_t state = seed ^ hash_mix(size ^ kFirst, kSecond);
    std::size_t left = size;
    for (; left > 16; left -= 16, at += 16) state = hash_mix(load64(at) ^ kFirst, load64(at + 8) ^ state);
    std::uint64_t low = 0, high = 0;
    if (left >= 8) {  // the two words overlap where there are fewer than 16 bytes
        low = load64(at);
        high = load64(at + left - 8);
    } else if (left >= 4) {
        low = load32(at);
        high = load32(at + left - 4);
    } else if (left > 0) {
        low = static_cast<std::uint64_t>(at[0]) | static_cast<std::uint64_t>(at[left / 2]) << 8U |
              static_cast<std::uint64_t>(at[left - 1]) << 16U;
    }
    return hash_mix(hash_mix(low ^ kSecond, high ^ state), kFirst ^ size);
}

}  // namespace lamina::base
