#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <lamina/base/small_vector.hpp>

/// Natural numbers of any size in base 10^9, least significant limb first, without leading zero limbs; zero has no
/// limbs.
///
/// A decimal base makes reading, printing and rounding linear; only products and quotients are quadratic.
namespace lamina::value {

inline constexpr std::uint32_t kLimbBase = 1'000'000'000;
inline constexpr std::size_t kLimbDigits = 9;

/// 108 digits without an allocation.
using Magnitude = base::SmallVector<std::uint32_t, 12>;
using Limbs = std::span<const std::uint32_t>;

inline Limbs limbs(const Magnitude& magnitude) noexcept { return {magnitude.data(), magnitude.size()}; }

/// 10^exponent for exponents of up to 19.
std::uint64_t power_of_ten(std::size_t exponent) noexcept;
/// The number of decimal digits; 1 for zero.
std::size_t count_digits(std::uint64_t number) noexcept;

Magnitude from_uint64(std::uint64_t number);
/// Whether it fits, and what it is.
bool to_uint64(Limbs number, std::uint64_t& out) noexcept;

/// Decimal digits only; leading zeros are fine.
Magnitude from_digits(std::string_view digits);
/// Without leading zeros; "0" for zero.
std::string to_digits(Limbs number);
/// The number of decimal digits; 1 for zero.
std::size_t count_digits(Limbs number) noexcept;
/// The number of zeros at the end; 0 for zero.
std::size_t count_trailing_zeros(Limbs number) noexcept;

int compare(Limbs left, Limbs right) noexcept;
Magnitude add(Limbs left, Limbs right);
/// `left` is not smaller than `right`.
Magnitude subtract(Limbs left, Limbs right);
Magnitude multiply(Limbs left, Limbs right);
void multiply_by(Magnitude& number, std::uint32_t factor);
void increment(Magnitude& number);

/// number × 10^digits.
Magnitude shift_left(Limbs number, std::size_t digits);

/// What was cut off by a division, against one half: enough for every way of rounding.
enum class Rest : std::uint8_t { Zero, BelowHalf, Half, AboveHalf };

/// number / 10^digits, cut to an integer.
Magnitude shift_right(Limbs number, std::size_t digits, Rest& rest);

struct Division {
    Magnitude quotient;
    Magnitude remainder;
};
/// `divisor` is not zero.
Division divide(Limbs number, Limbs divisor);

}  // namespace lamina::value
