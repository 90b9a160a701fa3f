#include <cmath>
#include <limits>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/value/decimal.hpp>

using lamina::Decimal;
using lamina::Error;
using lamina::ErrorCode;
using lamina::Rounding;
using namespace lamina::literals;

namespace {

ErrorCode code_of(const lamina::Result<Decimal>& result) {
    REQUIRE_FALSE(result.has_value());
    return result.error().code();
}

template <class F>
ErrorCode code_thrown_by(F call) {
    try {
        call();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::Internal;
}

std::string rounded(const char* text, int scale, Rounding rounding) {
    return Decimal(text).round(scale, rounding).to_string();
}

constexpr Rounding kRoundings[] = {Rounding::HalfEven, Rounding::HalfUp,  Rounding::HalfDown, Rounding::Up,
                                   Rounding::Down,     Rounding::Ceiling, Rounding::Floor};

}  // namespace

static_assert(!std::is_convertible_v<double, Decimal> && !std::is_convertible_v<bool, Decimal>);
static_assert(std::is_convertible_v<int, Decimal> && std::is_convertible_v<unsigned long long, Decimal>);
static_assert(std::is_nothrow_copy_constructible_v<Decimal> && std::is_nothrow_move_assignable_v<Decimal>);
constexpr Decimal kRate = "95.50"_dec;
static_assert(kRate.scale() == 2 && kRate.small_coefficient() == 9550);

TEST_CASE("literals keep their digits") {
    CHECK(kRate.to_string() == "95.50");
    CHECK(("-0.001"_dec).to_string() == "-0.001");
    CHECK(("0"_dec).to_string() == "0");
    CHECK(("-0.0"_dec).to_string() == "0.0");
    CHECK(("123456789012345678"_dec).to_string() == "123456789012345678");
    CHECK(("1234567890123456789012345678901234567890.12"_dec).to_string() ==
          "1234567890123456789012345678901234567890.12");
}

TEST_CASE("integers convert exactly") {
    CHECK(Decimal(5).to_string() == "5");
    CHECK(Decimal(INT64_MIN).to_string() == "-9223372036854775808");
    CHECK(Decimal(std::numeric_limits<unsigned long long>::max()).to_string() == "18446744073709551615");
    CHECK(Decimal(18446744073709551615ULL) == Decimal("18446744073709551615"));
    CHECK(Decimal(7U) == Decimal(7LL));
    CHECK(Decimal::from_scaled(9550, 2).to_string() == "95.50");
    CHECK(Decimal::from_scaled(-12, -3).to_string() == "-12000");
    CHECK(code_thrown_by([] { Decimal::from_scaled(1, Decimal::kMaxScale + 1); }) == ErrorCode::ValueOutOfRange);
}

TEST_CASE("what is read is printed with the same digits") {
    for (const char* text :
         {"0", "1", "-1", "0.0", "95.50", "-0.000000000000000001", "9223372036854775807", "-9223372036854775808",
          "9223372036854775808", "-9223372036854775809", "0.12345678901234567890123456789", "123456789.987654321",
          "1000000000", "999999999999999999999", "100000000000000000000000000000000000000000000000000", "NaN",
          "Infinity", "-Infinity"}) {
        CHECK(Decimal(text).to_string() == text);
    }
}

TEST_CASE("other spellings are understood") {
    const std::pair<const char*, const char*> cases[] = {
        {"+5", "5"},
        {" 5 ", "5"},
        {"5.", "5"},
        {".5", "0.5"},
        {"007.10", "7.10"},
        {"1e3", "1000"},
        {"1.5E+2", "150"},
        {"12.345e1", "123.45"},
        {"1e-3", "0.001"},
        {"-1.20e-1", "-0.120"},
        {"0e5", "0"},
        {"-0", "0"},
        {"nan", "NaN"},
        {"inf", "Infinity"},
        {"-INFINITY", "-Infinity"},
        {"\t1\n", "1"},
        {"1e18", "1000000000000000000"},
        {"1e19", "10000000000000000000"},
    };
    for (const auto& [text, expected] : cases) CHECK(Decimal(text).to_string() == expected);
}

TEST_CASE("what is no number is refused") {
    for (const char* text :
         {"",    " ",    "-",   "+",     ".",   "-.",   "e5",   "1e",      "1e+",      "1.2.3", "1 2",
          "--1", "0x10", "1,5", "1_000", "+-1", "nanx", "-nan", "infinit", "\xc2\xb2", "1e5.0"}) {
        CHECK(code_of(Decimal::parse(text)) == ErrorCode::DataValidation);
    }
    CHECK(code_of(Decimal::parse(std::string_view("1\0", 2))) == ErrorCode::DataValidation);
    for (const char* text : {"1e400001", "1e-400001", "1e99999999999999999999", "0e-99999999999999999999"})
        CHECK(code_of(Decimal::parse(text)) == ErrorCode::ValueOutOfRange);
    CHECK(code_thrown_by([] { Decimal("x"); }) == ErrorCode::DataValidation);
}

TEST_CASE("an error does not repeat the text") {
    CHECK(Decimal::parse("secret").error().message().find("secret") == std::string::npos);
}

TEST_CASE("comparison looks at the number, not at its scale") {
    CHECK("1.0"_dec == "1.00"_dec);
    CHECK("1.0"_dec == 1);
    CHECK("0.0"_dec == Decimal());
    CHECK("-1"_dec < "-0.99"_dec);
    CHECK("0.1"_dec < "0.11"_dec);
    CHECK("99999999999999999999"_dec > "1.5"_dec);
    CHECK("-99999999999999999999"_dec < "-1.5"_dec);
    CHECK("100000000000000000000.0"_dec == "100000000000000000000"_dec);
    CHECK(Decimal("9223372036854775807") > Decimal("922337203685477580.7"));
    CHECK(Decimal("0.000000000000000001") < Decimal("9223372036854775807"));
    CHECK(Decimal("-9223372036854775807") < Decimal("0.000000000000000001"));
}

TEST_CASE("special values are ordered as in PostgreSQL") {
    const std::vector<Decimal> ascending = {Decimal::negative_infinity(), Decimal("-1e50"), -1, 0, Decimal("1e50"),
                                            Decimal::infinity(),          Decimal::nan()};
    for (std::size_t i = 0; i < ascending.size(); ++i) {
        for (std::size_t k = 0; k < ascending.size(); ++k) {
            CHECK((ascending[i] < ascending[k]) == (i < k));
            CHECK((ascending[i] == ascending[k]) == (i == k));
        }
    }
    CHECK(Decimal::nan().hash() == Decimal("NaN").hash());
    CHECK(Decimal::nan().hash() != Decimal::infinity().hash());
}

TEST_CASE("equal numbers have equal hashes") {
    const char* const groups[][3] = {
        {"1", "1.0", "1.000000000000000000000000000"},
        {"0", "0.00", "-0"},
        {"1e30", "1000000000000000000000000000000.0", "1000000000000000000000000000000.00"},
        {"-12.5", "-12.50", "-12.500000000000000000000"}};
    for (const auto& group : groups) {
        CHECK(Decimal(group[0]).hash() == Decimal(group[1]).hash());
        CHECK(Decimal(group[0]).hash() == Decimal(group[2]).hash());
    }
    CHECK(Decimal(1).hash() != Decimal(-1).hash());
    CHECK(Decimal("1e30").hash() != Decimal("-1e30").hash());
    CHECK(Decimal(10).hash() != Decimal(1).hash());
}

TEST_CASE("sums and products are exact") {
    CHECK(("0.1"_dec + "0.2"_dec).to_string() == "0.3");
    CHECK(("95.50"_dec + "4.5"_dec).to_string() == "100.00");
    CHECK(("1.0"_dec - 1).to_string() == "0.0");
    CHECK(("95.50"_dec * "1.05"_dec).to_string() == "100.2750");
    CHECK((Decimal(INT64_MAX) + 1).to_string() == "9223372036854775808");
    CHECK((Decimal(INT64_MIN) - 1).to_string() == "-9223372036854775809");
    CHECK((Decimal("9223372036854775808") - 1).is_small());
    CHECK((-Decimal(INT64_MIN)).to_string() == "9223372036854775808");
    CHECK((-Decimal("9223372036854775808")).is_small());
    CHECK((Decimal(INT64_MAX) * INT64_MAX).to_string() == "85070591730234615847396907784232501249");
    CHECK((Decimal("99999999999999999999") * Decimal("99999999999999999999")).to_string() ==
          "9999999999999999999800000000000000000001");
    Decimal total;
    for (int i = 0; i < 1'000; ++i) total += "0.01"_dec;
    CHECK(total.to_string() == "10.00");
    total -= 10;
    CHECK(total.is_zero());
    total *= 3;
    CHECK(total == 0);
    CHECK(Decimal("-5").abs() == 5);
    CHECK(Decimal("1e40") - Decimal("1e40") == 0);
}

TEST_CASE("special values follow PostgreSQL's arithmetic") {
    const Decimal nan = Decimal::nan(), inf = Decimal::infinity(), minus = Decimal::negative_infinity();
    CHECK((nan + 1).is_nan());
    CHECK((inf - inf).is_nan());
    CHECK(inf + 1 == inf);
    CHECK(1 - inf == minus);
    CHECK(inf - minus == inf);
    CHECK((inf * 0).is_nan());
    CHECK(inf * -2 == minus);
    CHECK(minus * minus == inf);
    CHECK(Decimal(1).divide(inf, 2).to_string() == "0.00");
    CHECK(inf.divide(-2, 0) == minus);
    CHECK(inf.divide(inf, 0).is_nan());
    CHECK(nan.divide(0, 0).is_nan());
    CHECK(Decimal(5).remainder(inf) == 5);
    CHECK(inf.remainder(5).is_nan());
    CHECK(-inf == minus);
    CHECK((-nan).is_nan());
    CHECK(inf.to_double() == HUGE_VAL);
    CHECK(minus.to_double() == -HUGE_VAL);
    CHECK(minus.abs() == inf);
    CHECK(inf.round(2) == inf);
    CHECK(inf.sign() == 1);
    CHECK(nan.sign() == 0);
    CHECK(code_thrown_by([&] { inf.divide(0, 0); }) == ErrorCode::DivisionByZero);
}

TEST_CASE("quotients have the scale that was asked for") {
    CHECK(Decimal(1).divide(3, 5).to_string() == "0.33333");
    CHECK(Decimal(2).divide(3, 5).to_string() == "0.66667");
    CHECK(Decimal(2).divide(3, 5, Rounding::Down).to_string() == "0.66666");
    CHECK(Decimal(-2).divide(3, 0, Rounding::Floor).to_string() == "-1");
    CHECK(Decimal(-1).divide(2, 0).to_string() == "0");
    CHECK(Decimal(-1).divide(8, 2, Rounding::HalfUp).to_string() == "-0.13");
    CHECK(Decimal("95.50").divide(60, 4).to_string() == "1.5917");
    CHECK(Decimal("0.0001").divide("0.000000000000000000000000001"_dec, 0).to_string() == "100000000000000000000000");
    CHECK(Decimal("1e40").divide(Decimal("1e20"), 2).to_string() == "100000000000000000000.00");
    CHECK(Decimal(INT64_MIN).divide(-1, 0).to_string() == "9223372036854775808");
    CHECK(Decimal().divide(7, 3).to_string() == "0.000");
    CHECK(code_thrown_by([] { Decimal(1).divide("0.00"_dec, 2); }) == ErrorCode::DivisionByZero);
    CHECK(code_thrown_by([] { Decimal(1).divide(2, -1); }) == ErrorCode::Misuse);
}

TEST_CASE("remainders have the sign of the dividend") {
    CHECK(Decimal("7.5").remainder(2).to_string() == "1.5");
    CHECK(Decimal("-7.5").remainder(2).to_string() == "-1.5");
    CHECK(Decimal("7.5").remainder(-2).to_string() == "1.5");
    CHECK(Decimal("1e30").remainder(7).to_string() == "1");
    CHECK(code_thrown_by([] { Decimal(1).remainder(0); }) == ErrorCode::DivisionByZero);
}

TEST_CASE("every rounding does what it says") {
    //                             HalfEven HalfUp HalfDown Up    Down  Ceiling Floor
    const char* const table[][8] = {
        {"2.5", "2", "3", "2", "3", "2", "3", "2"},         {"3.5", "4", "4", "3", "4", "3", "4", "3"},
        {"-2.5", "-2", "-3", "-2", "-3", "-2", "-2", "-3"}, {"-3.5", "-4", "-4", "-3", "-4", "-3", "-3", "-4"},
        {"2.4", "2", "2", "2", "3", "2", "3", "2"},         {"2.6", "3", "3", "3", "3", "2", "3", "2"},
        {"2.51", "3", "3", "3", "3", "2", "3", "2"},        {"-2.4", "-2", "-2", "-2", "-3", "-2", "-2", "-3"},
        {"0.5", "0", "1", "0", "1", "0", "1", "0"},         {"-0.5", "0", "-1", "0", "-1", "0", "0", "-1"},
        {"0.01", "0", "0", "0", "1", "0", "1", "0"},        {"2.0", "2", "2", "2", "2", "2", "2", "2"},
        {"9.5", "10", "10", "9", "10", "9", "10", "9"}};
    for (const auto& row : table) {
        for (std::size_t i = 0; i < std::size(kRoundings); ++i) {
            CHECK(rounded(row[0], 0, kRoundings[i]) == row[i + 1]);
            // The same far from the small representation: 30 more digits before the point, and behind it.
            const std::string text = row[0], expected = row[i + 1];
            if (text[0] == '-' || expected.size() > 1) continue;
            CHECK(rounded(("1000000000000000000000000000000" + text).c_str(), 0, kRoundings[i]) ==
                  "1000000000000000000000000000000" + expected);
        }
    }
}

TEST_CASE("rounding sees digits far behind the cut") {
    const std::string tail(60, '0');
    CHECK(rounded(("2.5" + tail).c_str(), 0, Rounding::HalfEven) == "2");
    CHECK(rounded(("2.5" + tail + "1").c_str(), 0, Rounding::HalfEven) == "3");
    CHECK(rounded(("2.5" + tail + "1").c_str(), 0, Rounding::HalfDown) == "3");
    CHECK(rounded(("2.0" + tail + "1").c_str(), 0, Rounding::Up) == "3");
    CHECK(rounded(("2.4" + std::string(60, '9')).c_str(), 0, Rounding::HalfUp) == "2");
}

TEST_CASE("rounding changes the scale") {
    CHECK(rounded("1.005", 2, Rounding::HalfUp) == "1.01");
    CHECK(rounded("1.5", 4, Rounding::HalfEven) == "1.5000");
    CHECK(rounded("9.99", 1, Rounding::HalfEven) == "10.0");
    CHECK(rounded("1250", -2, Rounding::HalfEven) == "1200");
    CHECK(rounded("1350.5", -2, Rounding::HalfEven) == "1400");
    CHECK(rounded("49", -2, Rounding::HalfEven) == "0");
    CHECK(rounded("49", -2, Rounding::Ceiling) == "100");
    CHECK(rounded("49", -100, Rounding::HalfUp) == "0");
    CHECK(rounded("-1", -40, Rounding::Floor) == "-1" + std::string(40, '0'));
    CHECK(rounded("0", -5, Rounding::Up) == "0");
    CHECK(rounded("0.00", 5, Rounding::Up) == "0.00000");
    CHECK(rounded("1", 30, Rounding::Up) == "1.000000000000000000000000000000");
    CHECK(Decimal("95.50").normalized().to_string() == "95.5");
    CHECK(Decimal("100.00").normalized().to_string() == "100");
    CHECK(Decimal("0.000").normalized().to_string() == "0");
    CHECK(Decimal("1.0000000000000000000000000000000").normalized().is_small());
    CHECK(code_thrown_by([] { static_cast<void>(Decimal(1).round(Decimal::kMaxScale + 1)); }) ==
          ErrorCode::ValueOutOfRange);
}

TEST_CASE("scales of products are bounded") {
    Decimal tiny = "0.00000001"_dec * 0;
    CHECK(code_thrown_by([&] {
              for (int i = 0; i < 40; ++i) tiny *= tiny;
          }) == ErrorCode::ValueOutOfRange);
}

TEST_CASE("digits are counted") {
    CHECK(Decimal("95.50").precision() == 4);
    CHECK(Decimal("95.50").significant_digits() == 3);
    CHECK(Decimal("1200").significant_digits() == 2);
    CHECK(Decimal().precision() == 1);
    CHECK(Decimal().significant_digits() == 1);
    CHECK(Decimal("1e30").precision() == 31);
    CHECK(Decimal("1e30").significant_digits() == 1);
    CHECK(Decimal("-0.00120").coefficient_digits() == "120");
    CHECK(Decimal("12.00").is_integer());
    CHECK_FALSE(Decimal("12.01").is_integer());
    CHECK_FALSE(Decimal::nan().is_integer());
}

TEST_CASE("conversion to int64 is exact or fails") {
    CHECK(*Decimal("12.00").to_int64() == 12);
    CHECK(*Decimal("-9223372036854775808").to_int64() == INT64_MIN);
    CHECK(*Decimal("9223372036854775807.000").to_int64() == INT64_MAX);
    for (const char* text : {"0.5", "9223372036854775808", "-9223372036854775809", "1e40", "NaN", "Infinity"})
        CHECK(Decimal(text).to_int64().error().code() == ErrorCode::ValueOutOfRange);
}

TEST_CASE("conversion to double is correctly rounded") {
    for (const char* text : {"0", "0.1", "95.50", "-0.3", "123456789.123456789", "9007199254740993", "1e22", "1e23",
                             "0.30000000000000004", "179769313486231570000000000000000000000000000000000", "5e-324",
                             "3.141592653589793238462643383279502884197"}) {
        CHECK(Decimal(text).to_double() == std::strtod(text, nullptr));
    }
    CHECK(std::isinf(Decimal("1e400").to_double()));
    CHECK(Decimal("-1e400").to_double() == -HUGE_VAL);
    CHECK(Decimal("1e-400").to_double() == 0.0);
    CHECK(std::isnan(Decimal::nan().to_double()));
}

TEST_CASE("doubles become their shortest or their exact decimal") {
    CHECK(Decimal::from_double(0.1).to_string() == "0.1");
    CHECK(Decimal::from_double(1e21).to_string() == "1000000000000000000000");
    CHECK(Decimal::from_double(-2.5e-7).to_string() == "-0.00000025");
    CHECK(Decimal::from_double(-0.0).to_string() == "0");
    CHECK(Decimal::from_double(HUGE_VAL) == Decimal::infinity());
    CHECK(Decimal::from_double(std::nan("")).is_nan());
    CHECK(Decimal::from_double_exact(0.1).to_string() == "0.1000000000000000055511151231257827021181583404541015625");
    CHECK(Decimal::from_double_exact(0.5).to_string() == "0.5");
    CHECK(Decimal::from_double_exact(-3.0).to_string() == "-3");
    CHECK(Decimal::from_double_exact(1e300).to_double() == 1e300);
    CHECK(Decimal::from_double_exact(5e-324).to_double() == 5e-324);
    CHECK(Decimal::from_double_exact(0.0).is_zero());
}

TEST_CASE("numbers are printed to streams") {
    std::ostringstream out;
    out << Decimal("-95.50") << ' ' << Decimal::nan();
    CHECK(out.str() == "-95.50 NaN");
}

TEST_CASE("copies share, assignments release") {
    Decimal big("123456789012345678901234567890");
    Decimal copy = big;
    const Decimal moved = std::move(big);
    CHECK(big.is_zero());  // NOLINT(bugprone-use-after-move): a moved-from number is zero
    CHECK(copy == moved);
    Decimal& self = copy;
    copy = self;
    CHECK(copy == moved);
    copy = 5;
    CHECK(copy == 5);
    copy = moved;
    CHECK(copy == moved);
}
