#pragma once

#include <atomic>
#include <utility>

#include <lamina/value/decimal.hpp>

#include "magnitude.hpp"

namespace lamina {

struct Decimal::Big {
    explicit Big(value::Magnitude number) : magnitude(std::move(number)) {}
    // Counted because copies of a Decimal, which may be in use by several threads, share the digits.
    std::atomic<std::uint32_t> references{1};
    value::Magnitude magnitude;
};

/// The one place that knows both representations: the arithmetic above it sees sign, limbs and scale.
struct DecimalAccess {
    /// A view of a finite number's coefficient as limbs. Depends on the number, and on this object's address.
    class Coefficient {
    public:
        explicit Coefficient(const Decimal& number) noexcept;
        Coefficient(const Coefficient&) = delete;
        Coefficient& operator=(const Coefficient&) = delete;
        ~Coefficient() = default;
        operator value::Limbs() const noexcept { return limbs_; }

    private:
        std::uint32_t buffer_[3];
        value::Limbs limbs_;
    };

    /// The number with this sign, coefficient and scale, in the smallest representation.
    static Decimal make(bool negative, value::Magnitude&& magnitude, std::int32_t scale);
    static Decimal make_small(std::int64_t coefficient, std::int32_t scale) noexcept {
        Decimal::Literal literal;
        literal.coefficient = coefficient;
        literal.scale = scale;
        return Decimal(literal);
    }
    static bool both_small(const Decimal& left, const Decimal& right) noexcept {
        return left.is_small() && right.is_small();
    }
};

namespace value {

/// |coefficient| of a small number.
inline std::uint64_t small_magnitude(const Decimal& number) noexcept {
    const std::int64_t coefficient = number.small_coefficient();
    return coefficient < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(coefficient)
                           : static_cast<std::uint64_t>(coefficient);
}

/// Multiplies by 10^digits; false if the result does not fit.
inline bool scale_up(std::int64_t& number, std::int64_t digits) noexcept {
    if (number == 0) return true;
    return digits <= 18 &&
           !__builtin_mul_overflow(number, static_cast<std::int64_t>(power_of_ten(static_cast<std::size_t>(digits))),
                                   &number);
}

/// Throws P2020 when a scale is beyond what a Decimal holds.
void check_scale(std::int64_t scale);

/// Whether a cut-off magnitude is to be made larger by one.
bool rounds_away(Rounding rounding, Rest rest, bool negative, bool odd) noexcept;

}  // namespace value
}  // namespace lamina
