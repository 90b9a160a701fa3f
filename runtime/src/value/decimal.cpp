#include <bit>
#include <charconv>
#include <cmath>

#include <lamina/base/hash.hpp>
#include <lamina/error/messages.hpp>
#include <lamina/value/decimal.hpp>

#include "decimal_access.hpp"

namespace lamina {

using value::Limbs;
using value::Magnitude;

static_assert(sizeof(Decimal) == 16);

DecimalAccess::Coefficient::Coefficient(const Decimal& number) noexcept : buffer_{} {
    LAMINA_ASSERT(number.is_finite());
    if (number.is_big()) {
        limbs_ = value::limbs(number.big_->magnitude);
        return;
    }
    std::size_t count = 0;
    for (std::uint64_t left = value::small_magnitude(number); left != 0; left /= value::kLimbBase)
        buffer_[count++] = static_cast<std::uint32_t>(left % value::kLimbBase);
    limbs_ = {buffer_, count};
}

Decimal DecimalAccess::make(bool negative, Magnitude&& magnitude, std::int32_t scale) {
    std::uint64_t word = 0;
    constexpr std::uint64_t kMinimum = std::uint64_t{1} << 63U;
    if (value::to_uint64(value::limbs(magnitude), word) && (word < kMinimum || (negative && word == kMinimum)))
        return make_small(static_cast<std::int64_t>(negative ? std::uint64_t{0} - word : word), scale);
    Decimal number(negative ? Decimal::Kind::BigNegative : Decimal::Kind::BigPositive);
    number.scale_ = scale;
    number.big_ = nullptr;
    number.kind_ = Decimal::Kind::Small;  // nothing to free if the allocation fails
    number.big_ = new Decimal::Big(std::move(magnitude));
    number.kind_ = negative ? Decimal::Kind::BigNegative : Decimal::Kind::BigPositive;
    return number;
}

Decimal::Decimal(unsigned long long integer) : small_(static_cast<std::int64_t>(integer)) {
    if (integer > static_cast<unsigned long long>(INT64_MAX)) {
        small_ = 0;
        *this = DecimalAccess::make(false, value::from_uint64(integer), 0);
    }
}

void Decimal::share(const Decimal& other) noexcept {
    big_ = other.big_;
    big_->references.fetch_add(1, std::memory_order_relaxed);
}

void Decimal::release() noexcept {
    if (big_->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete big_;
}

Decimal& Decimal::operator=(Decimal&& other) noexcept {
    if (this == &other) return *this;
    if (is_big()) release();
    scale_ = other.scale_;
    kind_ = other.kind_;
    if (other.is_big()) {
        big_ = other.big_;
        other.forget();
    } else {
        small_ = other.small_;
    }
    return *this;
}

Decimal Decimal::from_scaled(std::int64_t coefficient, std::int32_t scale) {
    value::check_scale(scale < 0 ? -static_cast<std::int64_t>(scale) : scale);
    if (scale >= 0) return DecimalAccess::make_small(coefficient, scale);
    const Decimal integer(coefficient);
    const DecimalAccess::Coefficient digits(integer);
    return DecimalAccess::make(coefficient < 0, value::shift_left(digits, static_cast<std::size_t>(-scale)), 0);
}

int Decimal::sign() const noexcept {
    switch (kind_) {
        case Kind::Small: return small_ < 0 ? -1 : small_ > 0;
        case Kind::BigPositive:
        case Kind::PositiveInfinity: return 1;
        case Kind::BigNegative:
        case Kind::NegativeInfinity: return -1;
        case Kind::Nan: break;
    }
    return 0;
}

bool Decimal::is_integer() const noexcept {
    if (!is_finite()) return false;
    if (scale_ == 0 || is_zero()) return true;
    const DecimalAccess::Coefficient digits(*this);
    return value::count_trailing_zeros(digits) >= static_cast<std::size_t>(scale_);
}

std::size_t Decimal::precision() const noexcept {
    if (!is_finite()) return 0;
    if (is_small()) return value::count_digits(value::small_magnitude(*this));
    return value::count_digits(DecimalAccess::Coefficient(*this));
}

std::size_t Decimal::significant_digits() const noexcept {
    if (!is_finite()) return 0;
    const DecimalAccess::Coefficient digits(*this);
    return value::count_digits(Limbs(digits)) - value::count_trailing_zeros(digits);
}

std::string Decimal::coefficient_digits() const {
    return is_finite() ? value::to_digits(DecimalAccess::Coefficient(*this)) : std::string();
}

Result<std::int64_t> Decimal::to_int64() const {
    if (kind_ == Kind::Small && scale_ == 0) return small_;
    if (!is_integer()) return error::value_out_of_range("the decimal is not an integer");
    const Decimal integer = round(0, Rounding::Down);
    if (!integer.is_small()) return error::value_out_of_range("the decimal does not fit into 64 bits");
    return integer.small_;
}

double Decimal::to_double() const noexcept {
    constexpr double kExactPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    switch (kind_) {
        case Kind::Nan: return std::nan("");
        case Kind::PositiveInfinity: return HUGE_VAL;
        case Kind::NegativeInfinity: return -HUGE_VAL;
        case Kind::Small:
            // Both operands are exact, so that the quotient is rounded once.
            if (scale_ <= 22 && value::small_magnitude(*this) <= (std::uint64_t{1} << 53U))
                return static_cast<double>(small_) / kExactPowers[scale_];
            break;
        case Kind::BigPositive:
        case Kind::BigNegative: break;
    }
    const std::string text = to_string();
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec == std::errc::result_out_of_range) {
        const auto digits_before_point = static_cast<std::int64_t>(precision()) - scale_;
        number = digits_before_point > 0 ? HUGE_VAL : 0.0;
        return sign() < 0 ? -number : number;
    }
    return number;
}

std::weak_ordering Decimal::compare(const Decimal& left, const Decimal& right) noexcept {
    const auto rank = [](Kind kind) {
        return kind == Kind::NegativeInfinity   ? -1
               : kind <= Kind::BigNegative      ? 0
               : kind == Kind::PositiveInfinity ? 1
                                                : 2;
    };
    if (!left.is_finite() || !right.is_finite()) return rank(left.kind_) <=> rank(right.kind_);
    const int sign = left.sign();
    if (sign != right.sign()) return sign <=> right.sign();
    if (sign == 0) return std::weak_ordering::equivalent;
    const std::int64_t difference = static_cast<std::int64_t>(left.scale_) - right.scale_;
    if (DecimalAccess::both_small(left, right)) {
        // A coefficient that overflows when it is brought to the other's scale is larger than any 64-bit one.
        std::int64_t a = left.small_, b = right.small_;
        if (difference < 0 && !value::scale_up(a, -difference)) return sign <=> 0;
        if (difference > 0 && !value::scale_up(b, difference)) return 0 <=> sign;
        return a <=> b;
    }
    const DecimalAccess::Coefficient a(left), b(right);
    const auto before_point = [](Limbs digits, std::int32_t scale) {
        return static_cast<std::int64_t>(value::count_digits(digits)) - scale;
    };
    int order = 0;
    if (const auto x = before_point(a, left.scale_), y = before_point(b, right.scale_); x != y) {
        order = x < y ? -1 : 1;
    } else if (difference < 0) {
        order = value::compare(value::limbs(value::shift_left(a, static_cast<std::size_t>(-difference))), b);
    } else {
        order = value::compare(a, value::limbs(value::shift_left(b, static_cast<std::size_t>(difference))));
    }
    return order * sign <=> 0;
}

std::uint64_t Decimal::hash() const noexcept {
    if (!is_finite()) return base::hash_combine(0x6e616e, static_cast<std::uint64_t>(kind_));
    if (is_small()) {
        std::int64_t coefficient = small_;
        std::int32_t scale = coefficient == 0 ? 0 : scale_;
        for (; scale > 0 && coefficient % 10 == 0; --scale) coefficient /= 10;
        return base::hash_combine(static_cast<std::uint64_t>(scale), static_cast<std::uint64_t>(coefficient));
    }
    const Decimal shortest = normalized();
    if (shortest.is_small()) return shortest.hash();
    const Magnitude& magnitude = shortest.big_->magnitude;
    const std::uint64_t seed = static_cast<std::uint64_t>(shortest.scale_) << 1U | (kind_ == Kind::BigNegative);
    return base::hash_bytes(magnitude.data(), magnitude.size() * sizeof(std::uint32_t), seed);
}

}  // namespace lamina
