#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

/// Numbers in network byte order, as PostgreSQL's binary formats have them.
namespace lamina::postgresql::wire {

inline std::uint16_t swap(std::uint16_t n) noexcept { return __builtin_bswap16(n); }
inline std::uint32_t swap(std::uint32_t n) noexcept { return __builtin_bswap32(n); }
inline std::uint64_t swap(std::uint64_t n) noexcept { return __builtin_bswap64(n); }

template <class Unsigned>
Unsigned ordered(Unsigned number) noexcept {
    return std::endian::native == std::endian::little ? swap(number) : number;
}

template <class Unsigned>
Unsigned load(const char* from) noexcept {
    Unsigned number;
    std::memcpy(&number, from, sizeof number);
    return ordered(number);
}
inline std::int16_t load16(const char* from) noexcept { return static_cast<std::int16_t>(load<std::uint16_t>(from)); }
inline std::int32_t load32(const char* from) noexcept { return static_cast<std::int32_t>(load<std::uint32_t>(from)); }
inline std::int64_t load64(const char* from) noexcept { return static_cast<std::int64_t>(load<std::uint64_t>(from)); }

template <class Unsigned>
void store(char* to, Unsigned number) noexcept {
    const Unsigned swapped = ordered(number);
    std::memcpy(to, &swapped, sizeof swapped);
}
template <class Unsigned>
void append(std::string& out, Unsigned number) {
    const Unsigned swapped = ordered(number);
    char bytes[sizeof swapped];
    std::memcpy(bytes, &swapped, sizeof swapped);
    out.append(bytes, sizeof bytes);
}
inline void append16(std::string& out, std::int32_t number) { append(out, static_cast<std::uint16_t>(number)); }
inline void append32(std::string& out, std::int64_t number) { append(out, static_cast<std::uint32_t>(number)); }
inline void append64(std::string& out, std::int64_t number) { append(out, static_cast<std::uint64_t>(number)); }

}  // namespace lamina::postgresql::wire
