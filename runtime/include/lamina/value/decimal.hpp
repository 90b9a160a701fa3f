#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include <lamina/error/error.hpp>

namespace lamina {

/// How a result is fitted to fewer digits.
enum class Rounding : std::uint8_t {
    HalfEven,  ///< to the nearest; ties to the even digit (bankers' rounding)
    HalfUp,    ///< to the nearest; ties away from zero
    HalfDown,  ///< to the nearest; ties towards zero
    Up,        ///< away from zero
    Down,      ///< towards zero: cut off
    Ceiling,   ///< towards +Infinity
    Floor      ///< towards -Infinity
};

/// An exact decimal number: an integer coefficient of any size, and the number of digits after the point (the scale).
///
/// "95.50" keeps its scale of 2 and prints as it was. 1.0 == 1.00, and both hash alike. There are NaN, equal to itself
/// and greater than everything else, and ±Infinity, as PostgreSQL has them. Addition, subtraction and multiplication
/// are exact. Coefficients of up to 18 digits (64 bits) are held in the object; copies never throw.
class Decimal {
public:
    /// Zero.
    constexpr Decimal() noexcept : small_(0) {}

    /// An integer, exactly. Floating-point numbers do not convert: see from_double.
    template <class I>
    requires(std::is_integral_v<I> && !std::is_same_v<I, bool> && !std::is_same_v<I, char> &&
             (sizeof(I) < sizeof(std::int64_t) ||
              (sizeof(I) == sizeof(std::int64_t) && std::is_signed_v<I>))) constexpr Decimal(I integer) noexcept
        : small_(integer) {}
    Decimal(unsigned long long integer);
    Decimal(unsigned long integer) : Decimal(static_cast<unsigned long long>(integer)) {}
    Decimal(float) = delete;
    Decimal(double) = delete;

    /// Reads a number as parse does; throws its error.
    explicit Decimal(std::string_view text);

    constexpr Decimal(const Decimal& other) noexcept : scale_(other.scale_), kind_(other.kind_) {
        if (other.is_big()) {
            share(other);
        } else {
            small_ = other.small_;
        }
    }
    constexpr Decimal(Decimal&& other) noexcept : scale_(other.scale_), kind_(other.kind_) {
        if (other.is_big()) {
            big_ = other.big_;
            other.forget();
        } else {
            small_ = other.small_;
        }
    }
    Decimal& operator=(const Decimal& other) noexcept { return *this = Decimal(other); }
    Decimal& operator=(Decimal&& other) noexcept;
    constexpr ~Decimal() {
        if (is_big()) release();
    }

    /// coefficient / 10^scale: from_scaled(9550, 2) is 95.50. A negative scale appends zeros.
    static Decimal from_scaled(std::int64_t coefficient, std::int32_t scale);

    /// Reads "-12.50", "1e5", "NaN", "Infinity", "-Infinity" (any letter case, spaces around allowed).
    /// Fails with P2007 for anything else and with P2020 for an exponent that means more than kMaxScale digits.
    static Result<Decimal> parse(std::string_view text);

    /// The shortest decimal that reads back as the same double (what JSON would show), or the exact binary value.
    static Decimal from_double(double number);
    static Decimal from_double_exact(double number);

    static constexpr Decimal nan() noexcept { return Decimal(Kind::Nan); }
    static constexpr Decimal infinity() noexcept { return Decimal(Kind::PositiveInfinity); }
    static constexpr Decimal negative_infinity() noexcept { return Decimal(Kind::NegativeInfinity); }

    constexpr bool is_nan() const noexcept { return kind_ == Kind::Nan; }
    constexpr bool is_infinite() const noexcept {
        return kind_ == Kind::PositiveInfinity || kind_ == Kind::NegativeInfinity;
    }
    constexpr bool is_finite() const noexcept { return kind_ <= Kind::BigNegative; }
    constexpr bool is_zero() const noexcept { return kind_ == Kind::Small && small_ == 0; }
    /// Whether it is finite and equal to an integer.
    bool is_integer() const noexcept;
    /// -1, 0 or 1; 0 for NaN.
    int sign() const noexcept;

    /// The number of digits after the point: at least 0; 0 for NaN and infinities.
    constexpr std::int32_t scale() const noexcept { return scale_; }
    /// The number of digits of the coefficient, without leading zeros: 4 for 95.50, 1 for zero.
    std::size_t precision() const noexcept;
    /// The number of digits without leading and trailing zeros: 3 for 95.50, 2 for 1200, 1 for zero.
    std::size_t significant_digits() const noexcept;

    /// Plain notation with exactly `scale()` digits after the point, never an exponent: "95.50", "NaN", "-Infinity".
    std::string to_string() const;
    /// The same, appended.
    void append_to(std::string& out) const;

    /// The integer that it is equal to. Fails with P2020 when it has a fraction, does not fit, or is not finite.
    Result<std::int64_t> to_int64() const;
    /// The nearest double; ±infinity when too large.
    double to_double() const noexcept;

    Decimal operator-() const;
    Decimal abs() const;
    Decimal& operator+=(const Decimal& other) { return *this = *this + other; }
    Decimal& operator-=(const Decimal& other) { return *this = *this - other; }
    Decimal& operator*=(const Decimal& other) { return *this = *this * other; }
    /// Exact; the scale is the larger of the two.
    friend Decimal operator+(const Decimal& left, const Decimal& right);
    friend Decimal operator-(const Decimal& left, const Decimal& right);
    /// Exact; the scale is the sum of the two.
    friend Decimal operator*(const Decimal& left, const Decimal& right);

    /// The quotient rounded to `scale` digits after the point (at least 0). There is no operator/: a quotient has no
    /// scale of its own. Throws L1008 when `divisor` is zero, unless this is NaN.
    Decimal divide(const Decimal& divisor, std::int32_t scale, Rounding rounding = Rounding::HalfEven) const;
    /// What is left of a division whose quotient was cut to an integer; it has the sign of this. Throws L1008 by zero.
    Decimal remainder(const Decimal& divisor) const;

    /// The value with exactly `scale` digits after the point: rounded, or with zeros added. A negative scale rounds
    /// before the point: round(-2) of 1250 is 1200, of scale 0. NaN and infinities stay.
    Decimal round(std::int32_t scale, Rounding rounding = Rounding::HalfEven) const;
    /// The same value with the smallest scale: 95.5 for 95.50.
    Decimal normalized() const;

    friend std::weak_ordering operator<=>(const Decimal& left, const Decimal& right) noexcept {
        if (left.kind_ == Kind::Small && right.kind_ == Kind::Small && left.scale_ == right.scale_)
            return left.small_ <=> right.small_;
        return compare(left, right);
    }
    friend bool operator==(const Decimal& left, const Decimal& right) noexcept { return std::is_eq(left <=> right); }

    /// Equal numbers have equal hashes, whatever their scales.
    std::uint64_t hash() const noexcept;

    // For codecs. A number is sign × Σ digits[i] × 10000^(weight - i), with `scale` digits shown after the point: the
    // form of PostgreSQL's and MySQL's numeric types.

    /// Builds a number from base-10000 digits, most significant first. Digits behind `scale` are cut off.
    /// Fails with P2007 when a digit is above 9999, or the weight or scale is out of range.
    static Result<Decimal> from_base10000(std::span<const std::uint16_t> digits, std::int32_t weight, bool negative,
                                          std::int32_t scale);
    /// Appends the base-10000 digits of a finite number, most significant first, without leading and trailing zeros
    /// (none for zero), to `digits` and gives the weight of the first. `Digits` needs push_back(std::uint16_t).
    template <class Digits>
    std::int32_t to_base10000(Digits& digits) const {
        return visit_base10000([](void* out, std::uint16_t digit) { static_cast<Digits*>(out)->push_back(digit); },
                               &digits);
    }
    /// Whether the coefficient fits 64 bits, for fast paths of codecs.
    constexpr bool is_small() const noexcept { return kind_ == Kind::Small; }
    /// The coefficient of a small number.
    constexpr std::int64_t small_coefficient() const noexcept { return small_; }
    /// The coefficient's digits without sign, point and leading zeros: "9550" for -95.50.
    std::string coefficient_digits() const;

    /// The largest number of digits after the point, and of digits that an exponent may ask for.
    static constexpr std::int32_t kMaxScale = 400'000;

private:
    enum class Kind : std::uint8_t { Small, BigPositive, BigNegative, PositiveInfinity, NegativeInfinity, Nan };
    /// Coefficients that do not fit 64 bits: immutable, shared by copies, counted.
    struct Big;
    friend struct DecimalAccess;

    constexpr explicit Decimal(Kind special) noexcept : small_(0), kind_(special) {}
    constexpr bool is_big() const noexcept { return kind_ == Kind::BigPositive || kind_ == Kind::BigNegative; }
    void share(const Decimal& other) noexcept;
    void release() noexcept;
    constexpr void forget() noexcept {
        small_ = 0;
        scale_ = 0;
        kind_ = Kind::Small;
    }
    static std::weak_ordering compare(const Decimal& left, const Decimal& right) noexcept;
    std::int32_t visit_base10000(void (*push)(void* out, std::uint16_t digit), void* out) const;

    union {
        std::int64_t small_;  ///< the signed coefficient of Small
        Big* big_;            ///< the magnitude of BigPositive and BigNegative
    };
    std::int32_t scale_ = 0;
    Kind kind_ = Kind::Small;

public:
    /// What the literal makes of its text; not for direct use.
    struct Literal {
        std::int64_t coefficient = 0;
        std::int32_t scale = 0;
        bool valid = false;
        bool small = false;
    };
    static constexpr Literal read_literal(const char* text, std::size_t size) noexcept;
    constexpr explicit Decimal(Literal literal) noexcept : small_(literal.coefficient), scale_(literal.scale) {}
};

constexpr Decimal::Literal Decimal::read_literal(const char* text, std::size_t size) noexcept {
    Literal literal;
    std::size_t i = 0, digits = 0;
    const bool negative = size > 0 && text[0] == '-';
    if (negative) i = 1;
    bool point = false;
    literal.small = true;
    for (; i < size; ++i) {
        if (text[i] == '.' && !point && digits > 0 && i + 1 < size) {
            point = true;
        } else if (text[i] >= '0' && text[i] <= '9') {
            if (literal.coefficient > (INT64_MAX - 9) / 10) {
                literal.small = false;
            } else {
                literal.coefficient = literal.coefficient * 10 + (text[i] - '0');
            }
            ++digits;
            if (point) ++literal.scale;
        } else {
            return {};
        }
    }
    literal.valid = digits > 0;
    if (negative) literal.coefficient = -literal.coefficient;
    return literal;
}

/// Prints what to_string gives.
std::ostream& operator<<(std::ostream& out, const Decimal& number);

namespace base {

/// The text of a literal as a template argument.
template <std::size_t N>
struct LiteralText {
    char text[N];
    constexpr LiteralText(const char (&source)[N]) noexcept : text{} {
        for (std::size_t i = 0; i < N; ++i) text[i] = source[i];
    }
};

}  // namespace base

inline namespace literals {

/// "95.50"_dec: a Decimal, checked when it is compiled; constant if it has at most 18 digits.
template <base::LiteralText Text>
constexpr Decimal operator""_dec() {
    constexpr Decimal::Literal kLiteral = Decimal::read_literal(Text.text, sizeof(Text.text) - 1);
    static_assert(kLiteral.valid,
                  "a decimal literal is digits, with an optional leading '-' and one '.' between digits");
    if constexpr (kLiteral.small) {
        return Decimal(kLiteral);
    } else {
        return Decimal(std::string_view(Text.text, sizeof(Text.text) - 1));
    }
}

}  // namespace literals

}  // namespace lamina

template <>
struct std::hash<lamina::Decimal> {
    std::size_t operator()(const lamina::Decimal& decimal) const noexcept {
        return static_cast<std::size_t>(decimal.hash());
    }
};
