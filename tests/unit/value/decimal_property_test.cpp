// Properties of Decimal against independent arithmetic: __int128, and schoolbook arithmetic on digit strings.
#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/base/small_vector.hpp>
#include <lamina/value/decimal.hpp>

using lamina::Decimal;
using lamina::Rounding;

namespace {

__extension__ using Wide = __int128;

constexpr Rounding kRoundings[] = {Rounding::HalfEven, Rounding::HalfUp,  Rounding::HalfDown, Rounding::Up,
                                   Rounding::Down,     Rounding::Ceiling, Rounding::Floor};

std::string wide_text(Wide number) {
    if (number == 0) return "0";
    std::string text;
    for (Wide left = number; left != 0; left /= 10)
        text += static_cast<char>('0' + static_cast<int>(left % 10 < 0 ? -(left % 10) : left % 10));
    if (number < 0) text += '-';
    std::reverse(text.begin(), text.end());
    return text;
}

/// coefficient / 10^scale in plain notation.
std::string wide_text(Wide coefficient, int scale) {
    std::string digits = wide_text(coefficient < 0 ? -coefficient : coefficient);
    if (digits.size() <= static_cast<std::size_t>(scale))
        digits.insert(0, static_cast<std::size_t>(scale) + 1 - digits.size(), '0');
    if (scale > 0) digits.insert(digits.size() - static_cast<std::size_t>(scale), ".");
    return (coefficient < 0 ? "-" : "") + digits;
}

Wide power(int exponent) {
    Wide result = 1;
    for (int i = 0; i < exponent; ++i) result *= 10;
    return result;
}

/// numerator / denominator as an integer, rounded by definition: floor, then the distance to it decides.
Wide divide_rounded(Wide numerator, Wide denominator, Rounding rounding) {
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    Wide floor = numerator / denominator;
    if (numerator % denominator < 0) --floor;
    const Wide rest = numerator - floor * denominator;
    if (rest == 0) return floor;
    const bool below_zero = numerator < 0;
    const Wide twice = 2 * rest;
    switch (rounding) {
        case Rounding::Floor: return floor;
        case Rounding::Ceiling: return floor + 1;
        case Rounding::Up: return below_zero ? floor : floor + 1;
        case Rounding::Down: return below_zero ? floor + 1 : floor;
        case Rounding::HalfUp:
            return twice != denominator ? floor + (twice > denominator) : below_zero ? floor : floor + 1;
        case Rounding::HalfDown:
            return twice != denominator ? floor + (twice > denominator) : below_zero ? floor + 1 : floor;
        case Rounding::HalfEven: return twice != denominator ? floor + (twice > denominator) : floor + (floor % 2 != 0);
    }
    return 0;
}

class Draw {
public:
    explicit Draw(unsigned seed) : random_(seed) {}
    std::uint64_t word() { return random_(); }
    int up_to(int limit) { return static_cast<int>(word() % static_cast<std::uint64_t>(limit + 1)); }
    /// Numbers of all lengths, often near powers of ten.
    std::int64_t coefficient(int max_digits) {
        const auto size = power(up_to(max_digits));
        std::int64_t number = static_cast<std::int64_t>(word() % static_cast<std::uint64_t>(size));
        if (word() % 8 == 0) number = static_cast<std::int64_t>(size) - up_to(2);
        return word() % 2 == 0 ? number : -number;
    }
    std::string digits(int count) {
        std::string text;
        for (int i = 0; i < count; ++i)
            text += word() % 4 == 0 ? (word() % 2 == 0 ? '0' : '9') : static_cast<char>('0' + up_to(9));
        return text;
    }
    /// A number of up to so many digits, with a scale and a sign, as text without superfluous zeros in front.
    Decimal big(int max_digits) {
        const int before = up_to(max_digits), behind = up_to(max_digits / 2);
        return Decimal((word() % 2 == 0 ? "" : "-") + digits(before + 1) + "." + digits(behind));
    }

private:
    std::mt19937_64 random_;
};

// Schoolbook arithmetic on strings of digits, most significant first.

std::string strip(std::string digits) {
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    return digits;
}

std::string add_digits(const std::string& a, const std::string& b) {
    std::string out;
    int carry = 0;
    for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry; ++i) {
        const int sum =
            carry + (i < a.size() ? a[a.size() - 1 - i] - '0' : 0) + (i < b.size() ? b[b.size() - 1 - i] - '0' : 0);
        out += static_cast<char>('0' + sum % 10);
        carry = sum / 10;
    }
    std::reverse(out.begin(), out.end());
    return strip(out);
}

std::string multiply_digits(const std::string& a, const std::string& b) {
    std::vector<int> cells(a.size() + b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t k = 0; k < b.size(); ++k) cells[i + k + 1] += (a[i] - '0') * (b[k] - '0');
    }
    for (std::size_t i = cells.size(); i-- > 1;) {
        cells[i - 1] += cells[i] / 10;
        cells[i] %= 10;
    }
    std::string out;
    for (const int cell : cells) out += static_cast<char>('0' + cell);
    return strip(out);
}

}  // namespace

TEST_CASE("small sums, differences and products agree with 128-bit integers") {
    Draw draw(1);
    for (int round = 0; round < 60'000; ++round) {
        const std::int64_t a = draw.coefficient(18), b = draw.coefficient(18);
        const int s = draw.up_to(9), t = draw.up_to(9), scale = std::max(s, t);
        const Decimal x = Decimal::from_scaled(a, s), y = Decimal::from_scaled(b, t);
        const Wide lifted_a = Wide{a} * power(scale - s), lifted_b = Wide{b} * power(scale - t);
        REQUIRE((x + y).to_string() == wide_text(lifted_a + lifted_b, scale));
        REQUIRE((x - y).to_string() == wide_text(lifted_a - lifted_b, scale));
        REQUIRE((x * y).to_string() == wide_text(Wide{a} * b, s + t));
        REQUIRE((x < y) == (lifted_a < lifted_b));
        REQUIRE((x == y) == (lifted_a == lifted_b));
        if (x == y) REQUIRE(x.hash() == y.hash());
        REQUIRE(-(-x) == x);
    }
}

TEST_CASE("small quotients and roundings agree with 128-bit integers") {
    Draw draw(2);
    for (int round = 0; round < 60'000; ++round) {
        const std::int64_t a = draw.coefficient(15);
        const std::int64_t b = draw.word() % 2 == 0 ? draw.coefficient(10) : draw.up_to(16) - 8;
        const int s = draw.up_to(9), t = draw.up_to(9), scale = draw.up_to(9);
        const Rounding rounding = kRoundings[draw.word() % 7];
        const Decimal x = Decimal::from_scaled(a, s), y = Decimal::from_scaled(b, t);
        if (b != 0) {
            // x / y × 10^scale = a × 10^(scale + t) / (b × 10^s)
            const Wide quotient = divide_rounded(Wide{a} * power(scale + t), Wide{b} * power(s), rounding);
            REQUIRE(x.divide(y, scale, rounding).to_string() == wide_text(quotient, scale));
        }
        const Wide kept = scale < s ? divide_rounded(a, power(s - scale), rounding) : Wide{a} * power(scale - s);
        REQUIRE(x.round(scale, rounding).to_string() == wide_text(kept, scale));
    }
}

TEST_CASE("big sums and products agree with schoolbook arithmetic") {
    Draw draw(3);
    for (int round = 0; round < 2'000; ++round) {
        const std::string a = strip(draw.digits(1 + draw.up_to(200))), b = strip(draw.digits(1 + draw.up_to(200)));
        REQUIRE((Decimal(a) + Decimal(b)).to_string() == add_digits(a, b));
        REQUIRE((Decimal(a) * Decimal(b)).to_string() == multiply_digits(a, b));
        REQUIRE((Decimal(add_digits(a, b)) - Decimal(a)).to_string() == b);
    }
}

TEST_CASE("big quotients give the dividend back") {
    Draw draw(4);
    for (int round = 0; round < 4'000; ++round) {
        const Decimal x = draw.big(150), y = draw.big(draw.word() % 2 == 0 ? 150 : 20);
        if (y.is_zero()) continue;
        const int scale = draw.up_to(40);
        // |x - q × y| < |y| × 10^-scale, and the rest has the dividend's sign.
        const Decimal rest = x - x.divide(y, scale, Rounding::Down) * y;
        REQUIRE(rest.abs() < y.abs() * Decimal::from_scaled(1, scale));
        REQUIRE(rest.sign() * x.sign() >= 0);
        REQUIRE(x.remainder(y) == x - x.divide(y, 0, Rounding::Down) * y);
        // Rounded to the nearest it is at most half a unit away.
        const Decimal error = (x - x.divide(y, scale, Rounding::HalfEven) * y).abs() * 2;
        REQUIRE(error <= y.abs() * Decimal::from_scaled(1, scale));
        const Decimal floor = x.divide(y, scale, Rounding::Floor), ceiling = x.divide(y, scale, Rounding::Ceiling);
        REQUIRE((floor == ceiling || ceiling - floor == Decimal::from_scaled(1, scale)));
    }
}

TEST_CASE("quotients whose guess is one too large are corrected") {
    // Divisors and dividends of limbs that are all 0 or 999999999 make Knuth's algorithm take its rare branch.
    Draw draw(5);
    const auto limbs = [&draw](int count) {
        std::string text = "1";
        for (int i = 0; i < count; ++i) {
            const auto kind = draw.word() % 4;
            text += kind == 0 ? "000000000" : kind == 1 ? "999999999" : kind == 2 ? "000000001" : "499999999";
        }
        return Decimal(text);
    };
    for (int round = 0; round < 20'000; ++round) {
        const Decimal y = limbs(1 + draw.up_to(4)), q = limbs(draw.up_to(4));
        const Decimal rest = limbs(0) * draw.up_to(1);
        const Decimal x = q * y + (y > rest ? rest : 0);
        REQUIRE(x.divide(y, 0, Rounding::Down) == q);
        REQUIRE((x - 1).divide(y, 0, Rounding::Down) == (rest.is_zero() || !(y > rest) ? q - 1 : q));
        REQUIRE((x + y - 1 - rest).divide(y, 0, Rounding::Down) == q);
    }
}

TEST_CASE("big numbers survive text, comparison, rounding and hashing") {
    Draw draw(6);
    for (int round = 0; round < 3'000; ++round) {
        const Decimal x = draw.big(120), y = draw.big(120);
        REQUIRE(Decimal(x.to_string()).to_string() == x.to_string());
        REQUIRE((x < y) == ((x - y).sign() < 0));
        REQUIRE((x == y) == (x - y).is_zero());
        const Decimal longer = x.round(x.scale() + draw.up_to(60));
        REQUIRE(longer == x);
        REQUIRE(longer.hash() == x.hash());
        REQUIRE(longer.normalized().to_string() == x.normalized().to_string());
        const int scale = draw.up_to(30) - 10;
        const Decimal down = x.round(scale, Rounding::Floor), up = x.round(scale, Rounding::Ceiling);
        REQUIRE(down <= x);
        REQUIRE(x <= up);
        REQUIRE(x.round(scale, Rounding::HalfEven) >= down);
        REQUIRE(x.round(scale, Rounding::HalfEven) <= up);
        REQUIRE(x.precision() == x.coefficient_digits().size());
    }
}

TEST_CASE("base-10000 digits give the number back") {
    Draw draw(7);
    for (int round = 0; round < 20'000; ++round) {
        const Decimal x = round % 2 == 0 ? draw.big(60) : Decimal::from_scaled(draw.coefficient(18), draw.up_to(25));
        std::vector<std::uint16_t> digits;
        const std::int32_t weight = x.to_base10000(digits);
        if (!digits.empty()) {
            REQUIRE(digits.front() != 0);
            REQUIRE(digits.back() != 0);
        } else {
            REQUIRE(x.is_zero());
        }
        Decimal sum;  // Σ digit × 10000^(weight - i), by definition
        for (std::size_t i = 0; i < digits.size(); ++i) {
            const std::int32_t exponent = (weight - static_cast<std::int32_t>(i)) * 4;
            sum += Decimal::from_scaled(digits[i], -exponent);
        }
        REQUIRE(sum == x.abs());
        REQUIRE(Decimal::from_base10000(digits, weight, x.sign() < 0, x.scale()).value().to_string() == x.to_string());
    }
}

TEST_CASE("base-10000 digits as PostgreSQL sends them") {
    using Digits = std::vector<std::uint16_t>;
    const auto text = [](const Digits& digits, int weight, bool negative, int scale) {
        return Decimal::from_base10000(digits, weight, negative, scale).value().to_string();
    };
    CHECK(text({95, 5000}, 0, false, 2) == "95.50");
    CHECK(text({}, 0, false, 3) == "0.000");
    CHECK(text({1}, 2, true, 0) == "-100000000");
    CHECK(text({1}, -1, false, 4) == "0.0001");
    CHECK(text({1}, -3, false, 12) == "0.000000000001");
    CHECK(text({9999, 9999, 9999, 9999, 9999}, 4, false, 0) == "99999999999999999999");
    CHECK(text({1234, 5678}, 0, false, 2) == "1234.56");
    CHECK(text({1}, 10, false, 2) == "1" + std::string(40, '0') + ".00");
    lamina::base::SmallVector<std::uint16_t, 8> digits;
    CHECK(Decimal("100000000").to_base10000(digits) == 2);
    CHECK(digits.size() == 1);
    CHECK_FALSE(Decimal::from_base10000(Digits{10000}, 0, false, 0));
    CHECK_FALSE(Decimal::from_base10000(Digits{1}, 0, false, -1));
    CHECK_FALSE(Decimal::from_base10000(Digits{1}, 2'000'000, false, 0));
}

TEST_CASE("PostgreSQL's largest number passes through everything") {
    const std::string text = "9" + std::string(131'070, '8') + "7." + std::string(16'382, '1') + "2";
    const Decimal x(text);
    CHECK(x.to_string() == text);
    std::vector<std::uint16_t> digits;
    const std::int32_t weight = x.to_base10000(digits);
    CHECK(weight == 32'767);
    CHECK(Decimal::from_base10000(digits, weight, false, x.scale()).value() == x);
    CHECK(x.precision() == 131'072 + 16'383);
    CHECK((x + x - x).to_string() == text);
    CHECK(x.round(0).scale() == 0);
    CHECK(x.hash() == Decimal(text + "000").hash());
}
