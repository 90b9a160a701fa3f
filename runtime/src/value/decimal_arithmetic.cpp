#include <utility>

#include <lamina/error/messages.hpp>
#include <lamina/value/decimal.hpp>

#include "decimal_access.hpp"

namespace lamina {

using value::Limbs;
using value::Magnitude;
using value::Rest;
using Coefficient = DecimalAccess::Coefficient;

namespace value {

void check_scale(std::int64_t scale) {
    if (scale > Decimal::kMaxScale) throw error::value_out_of_range("a decimal with too many digits after the point");
}

bool rounds_away(Rounding rounding, Rest rest, bool negative, bool odd) noexcept {
    if (rest == Rest::Zero) return false;
    switch (rounding) {
        case Rounding::HalfEven: return rest == Rest::AboveHalf || (rest == Rest::Half && odd);
        case Rounding::HalfUp: return rest >= Rest::Half;
        case Rounding::HalfDown: return rest == Rest::AboveHalf;
        case Rounding::Up: return true;
        case Rounding::Down: return false;
        case Rounding::Ceiling: return !negative;
        case Rounding::Floor: return negative;
    }
    return false;
}

}  // namespace value

namespace {

/// Sum of two finite numbers, the sign of the second given apart so that it serves for differences too.
Decimal add_finite(const Decimal& left, const Decimal& right, bool right_negative) {
    const std::int32_t scale = left.scale() > right.scale() ? left.scale() : right.scale();
    const Coefficient a(left), b(right);
    Magnitude lifted;
    Limbs x = a, y = b;
    if (left.scale() < scale) {
        lifted = value::shift_left(x, static_cast<std::size_t>(scale - left.scale()));
        x = value::limbs(lifted);
    } else if (right.scale() < scale) {
        lifted = value::shift_left(y, static_cast<std::size_t>(scale - right.scale()));
        y = value::limbs(lifted);
    }
    const bool left_negative = left.sign() < 0;
    if (left_negative == right_negative) return DecimalAccess::make(left_negative, value::add(x, y), scale);
    if (value::compare(x, y) >= 0) return DecimalAccess::make(left_negative, value::subtract(x, y), scale);
    return DecimalAccess::make(right_negative, value::subtract(y, x), scale);
}

/// Sum where at least one is not finite, with the second's sign turned for a difference.
Decimal add_special(const Decimal& left, const Decimal& right, bool subtract) {
    if (left.is_nan() || right.is_nan()) return Decimal::nan();
    const int added = subtract ? -right.sign() : right.sign();
    if (left.is_infinite() && right.is_infinite() && left.sign() != added) return Decimal::nan();
    return (left.is_infinite() ? left.sign() : added) < 0 ? Decimal::negative_infinity() : Decimal::infinity();
}

/// Brings both to the larger scale; false if that overflows.
bool align(std::int64_t& a, std::int32_t a_scale, std::int64_t& b, std::int32_t b_scale) noexcept {
    if (a_scale < b_scale) return value::scale_up(a, b_scale - a_scale);
    return a_scale == b_scale || value::scale_up(b, a_scale - b_scale);
}

Error division_by_zero() { return Error(ErrorCode::DivisionByZero); }

/// Compares what a division left with half of the divisor.
Rest rest_of(Limbs remainder, Limbs divisor) {
    if (remainder.empty()) return Rest::Zero;
    const int order = value::compare(value::limbs(value::add(remainder, remainder)), divisor);
    return order < 0 ? Rest::BelowHalf : order == 0 ? Rest::Half : Rest::AboveHalf;
}

/// A quotient of 64-bit integers, rounded; false for the one number whose magnitude does not fit.
bool divide_small(std::int64_t number, std::int64_t divisor, Rounding rounding, std::int64_t& out) noexcept {
    if (number == INT64_MIN || divisor == INT64_MIN) return false;
    const bool negative = (number < 0) != (divisor < 0);
    const std::int64_t magnitude = number < 0 ? -number : number;
    const std::int64_t by = divisor < 0 ? -divisor : divisor;
    const std::int64_t left = magnitude % by;
    out = magnitude / by;
    if (left != 0) {
        const std::int64_t missing = by - left;
        const Rest rest = left < missing ? Rest::BelowHalf : left == missing ? Rest::Half : Rest::AboveHalf;
        out += value::rounds_away(rounding, rest, negative, out % 2 != 0);
    }
    if (negative) out = -out;
    return true;
}

Decimal divide_finite(const Decimal& number, const Decimal& divisor, std::int32_t scale, Rounding rounding) {
    const std::int64_t shift = static_cast<std::int64_t>(scale) + divisor.scale() - number.scale();
    const bool negative = (number.sign() < 0) != (divisor.sign() < 0);
    if (DecimalAccess::both_small(number, divisor)) {
        std::int64_t dividend = number.small_coefficient(), by = divisor.small_coefficient(), quotient = 0;
        if ((shift >= 0 ? value::scale_up(dividend, shift) : value::scale_up(by, -shift)) &&
            divide_small(dividend, by, rounding, quotient))
            return DecimalAccess::make_small(quotient, scale);
    }
    const Coefficient a(number), b(divisor);
    Magnitude lifted;
    Limbs dividend = a, by = b;
    if (shift > 0) {
        lifted = value::shift_left(dividend, static_cast<std::size_t>(shift));
        dividend = value::limbs(lifted);
    } else if (shift < 0) {
        lifted = value::shift_left(by, static_cast<std::size_t>(-shift));
        by = value::limbs(lifted);
    }
    value::Division division = value::divide(dividend, by);
    Magnitude& quotient = division.quotient;
    const bool odd = !quotient.empty() && quotient[0] % 2 != 0;
    if (value::rounds_away(rounding, rest_of(value::limbs(division.remainder), by), negative, odd))
        value::increment(quotient);
    return DecimalAccess::make(negative, std::move(quotient), scale);
}

/// The sign of a product or quotient with an infinity.
Decimal signed_infinity(int sign) { return sign < 0 ? Decimal::negative_infinity() : Decimal::infinity(); }

Decimal with_scale(const Decimal& zero_or_small, std::int32_t scale) {
    return DecimalAccess::make_small(zero_or_small.small_coefficient(), scale);
}

}  // namespace

Decimal Decimal::operator-() const {
    switch (kind_) {
        case Kind::Nan: return *this;
        case Kind::PositiveInfinity: return negative_infinity();
        case Kind::NegativeInfinity: return infinity();
        case Kind::Small:
            if (small_ != INT64_MIN) return DecimalAccess::make_small(-small_, scale_);
            return DecimalAccess::make(false, value::from_uint64(std::uint64_t{1} << 63U), scale_);
        case Kind::BigPositive:
        case Kind::BigNegative: break;
    }
    const Magnitude& magnitude = big_->magnitude;
    return DecimalAccess::make(kind_ == Kind::BigPositive, Magnitude(magnitude), scale_);
}

Decimal Decimal::abs() const { return sign() < 0 ? -*this : *this; }

Decimal operator+(const Decimal& left, const Decimal& right) {
    if (DecimalAccess::both_small(left, right)) {
        std::int64_t a = left.small_, b = right.small_, sum = 0;
        if (align(a, left.scale_, b, right.scale_) && !__builtin_add_overflow(a, b, &sum))
            return DecimalAccess::make_small(sum, left.scale_ > right.scale_ ? left.scale_ : right.scale_);
    }
    if (!left.is_finite() || !right.is_finite()) return add_special(left, right, false);
    return add_finite(left, right, right.sign() < 0);
}

Decimal operator-(const Decimal& left, const Decimal& right) {
    if (DecimalAccess::both_small(left, right)) {
        std::int64_t a = left.small_, b = right.small_, difference = 0;
        if (align(a, left.scale_, b, right.scale_) && !__builtin_sub_overflow(a, b, &difference))
            return DecimalAccess::make_small(difference, left.scale_ > right.scale_ ? left.scale_ : right.scale_);
    }
    if (!left.is_finite() || !right.is_finite()) return add_special(left, right, true);
    return add_finite(left, right, right.sign() > 0);
}

Decimal operator*(const Decimal& left, const Decimal& right) {
    if (!left.is_finite() || !right.is_finite()) {
        const int sign = left.sign() * right.sign();
        return sign == 0 ? Decimal::nan() : signed_infinity(sign);  // NaN, and infinity × 0
    }
    const std::int64_t scale = static_cast<std::int64_t>(left.scale_) + right.scale_;
    value::check_scale(scale);
    std::int64_t product = 0;
    if (DecimalAccess::both_small(left, right) && !__builtin_mul_overflow(left.small_, right.small_, &product))
        return DecimalAccess::make_small(product, static_cast<std::int32_t>(scale));
    return DecimalAccess::make(left.sign() * right.sign() < 0, value::multiply(Coefficient(left), Coefficient(right)),
                               static_cast<std::int32_t>(scale));
}

Decimal Decimal::divide(const Decimal& divisor, std::int32_t scale, Rounding rounding) const {
    if (scale < 0) throw error::misuse("Decimal::divide: the scale must not be negative");
    value::check_scale(scale);
    if (is_nan() || divisor.is_nan()) return nan();
    if (divisor.is_zero()) throw division_by_zero();
    if (is_infinite()) return divisor.is_infinite() ? nan() : signed_infinity(sign() * divisor.sign());
    if (divisor.is_infinite() || is_zero()) return DecimalAccess::make_small(0, scale);
    return divide_finite(*this, divisor, scale, rounding);
}

Decimal Decimal::remainder(const Decimal& divisor) const {
    if (is_nan() || divisor.is_nan()) return nan();
    if (divisor.is_zero()) throw division_by_zero();
    if (is_infinite()) return nan();
    if (divisor.is_infinite()) return *this;
    const std::int32_t scale = scale_ > divisor.scale_ ? scale_ : divisor.scale_;
    const Coefficient a(*this), b(divisor);
    const Magnitude x = value::shift_left(a, static_cast<std::size_t>(scale - scale_));
    const Magnitude y = value::shift_left(b, static_cast<std::size_t>(scale - divisor.scale_));
    return DecimalAccess::make(sign() < 0, std::move(value::divide(value::limbs(x), value::limbs(y)).remainder), scale);
}

Decimal Decimal::round(std::int32_t scale, Rounding rounding) const {
    if (!is_finite() || scale == scale_) return *this;
    value::check_scale(scale);
    const std::int32_t shown = scale > 0 ? scale : 0;
    if (is_zero()) return with_scale(*this, shown);
    if (scale > scale_) {
        std::int64_t lifted = small_;
        if (is_small() && value::scale_up(lifted, scale - scale_)) return DecimalAccess::make_small(lifted, scale);
        return DecimalAccess::make(
            sign() < 0, value::shift_left(Coefficient(*this), static_cast<std::size_t>(scale - scale_)), scale);
    }
    const std::int64_t cut = static_cast<std::int64_t>(scale_) - scale;
    std::int64_t rounded = 0;
    if (is_small() && scale >= 0 && cut <= 18 &&
        divide_small(small_, static_cast<std::int64_t>(value::power_of_ten(static_cast<std::size_t>(cut))), rounding,
                     rounded))
        return DecimalAccess::make_small(rounded, scale);
    const bool negative = sign() < 0;
    Rest rest = Rest::Zero;
    Magnitude kept = value::shift_right(Coefficient(*this), static_cast<std::size_t>(cut), rest);
    if (value::rounds_away(rounding, rest, negative, !kept.empty() && kept[0] % 2 != 0)) value::increment(kept);
    if (scale < 0 && !kept.empty()) {
        value::check_scale(-static_cast<std::int64_t>(scale));
        kept = value::shift_left(value::limbs(kept), static_cast<std::size_t>(-static_cast<std::int64_t>(scale)));
    }
    return DecimalAccess::make(negative, std::move(kept), shown);
}

Decimal Decimal::normalized() const {
    if (!is_finite() || scale_ == 0) return *this;
    if (is_zero()) return Decimal();
    const std::size_t zeros = value::count_trailing_zeros(Coefficient(*this));
    const std::int32_t spare = zeros < static_cast<std::size_t>(scale_) ? static_cast<std::int32_t>(zeros) : scale_;
    return spare == 0 ? *this : round(scale_ - spare, Rounding::Down);
}

}  // namespace lamina
