// rooms: value
// Any text: refused, or printed and read again as the same number; its base-10000 digits give it back.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include <lamina/value/decimal.hpp>

namespace {

using lamina::Decimal;
using lamina::Rounding;

void require(bool fact) {
    if (!fact) std::abort();
}

void check_number(const Decimal& number) {
    require(Decimal(number.to_string()).to_string() == number.to_string());
    require(number == number.normalized());
    require(number.hash() == number.normalized().hash());
    if (!number.is_finite()) return;
    std::vector<std::uint16_t> digits;
    const std::int32_t weight = number.to_base10000(digits);
    require(Decimal::from_base10000(digits, weight, number.sign() < 0, number.scale()).value().to_string() ==
            number.to_string());
    const Decimal floor = number.round(1, Rounding::Floor), ceiling = number.round(1, Rounding::Ceiling);
    require(floor <= number && number <= ceiling && ceiling - floor <= Decimal::from_scaled(1, 1));
}

void check_pair(const Decimal& left, const Decimal& right) {
    require((left < right) == (right > left));
    if (!left.is_finite() || !right.is_finite()) return;
    require(left + right - right == left);
    require((left < right) == ((left - right).sign() < 0));
    if (left.scale() + right.scale() > 1'000 || left.precision() + right.precision() > 2'000 || right.is_zero()) return;
    require((left * right).divide(right, left.scale()) == left);
    require(left.divide(right, 0, Rounding::Down) * right + left.remainder(right) == left);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t middle = text.find('|');
    const auto left = Decimal::parse(text.substr(0, middle));
    if (left) check_number(*left);
    if (middle == std::string_view::npos) return 0;
    const auto right = Decimal::parse(text.substr(middle + 1));
    if (left && right) check_pair(*left, *right);
    return 0;
}
