#include "magnitude.hpp"

#include <algorithm>
#include <utility>

namespace lamina::value {
namespace {

constexpr std::uint64_t kPowers[] = {1U,
                                     10U,
                                     100U,
                                     1'000U,
                                     10'000U,
                                     100'000U,
                                     1'000'000U,
                                     10'000'000U,
                                     100'000'000U,
                                     1'000'000'000U,
                                     10'000'000'000U,
                                     100'000'000'000U,
                                     1'000'000'000'000U,
                                     10'000'000'000'000U,
                                     100'000'000'000'000U,
                                     1'000'000'000'000'000U,
                                     10'000'000'000'000'000U,
                                     100'000'000'000'000'000U,
                                     1'000'000'000'000'000'000U,
                                     10'000'000'000'000'000'000U};

void trim(Magnitude& number) {
    while (!number.empty() && number.back() == 0) number.pop_back();
}

std::uint32_t low_limb(std::uint64_t number) { return static_cast<std::uint32_t>(number % kLimbBase); }

/// Divides in place by a single limb and gives the remainder.
std::uint32_t divide_by(Magnitude& number, std::uint32_t divisor) {
    std::uint64_t remainder = 0;
    for (std::size_t i = number.size(); i-- > 0;) {
        const std::uint64_t current = remainder * kLimbBase + number[i];
        number[i] = static_cast<std::uint32_t>(current / divisor);
        remainder = current % divisor;
    }
    trim(number);
    return static_cast<std::uint32_t>(remainder);
}

/// One step of Knuth's algorithm D: the quotient's limb at `at`, subtracted from `rest`.
std::uint32_t divide_step(Magnitude& rest, const Magnitude& divisor, std::size_t at) {
    const std::size_t n = divisor.size();
    const std::uint64_t top = static_cast<std::uint64_t>(rest[at + n]) * kLimbBase + rest[at + n - 1];
    std::uint64_t guess = top / divisor[n - 1];
    std::uint64_t left = top % divisor[n - 1];
    while (guess >= kLimbBase || guess * divisor[n - 2] > left * kLimbBase + rest[at + n - 2]) {
        --guess;
        left += divisor[n - 1];
        if (left >= kLimbBase) break;
    }
    std::int64_t borrow = 0;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint64_t product = guess * divisor[i] + carry;
        carry = product / kLimbBase;
        std::int64_t difference =
            static_cast<std::int64_t>(rest[at + i]) - borrow - static_cast<std::int64_t>(low_limb(product));
        borrow = difference < 0;
        if (borrow) difference += kLimbBase;
        rest[at + i] = static_cast<std::uint32_t>(difference);
    }
    std::int64_t difference = static_cast<std::int64_t>(rest[at + n]) - borrow - static_cast<std::int64_t>(carry);
    if (difference < 0) {  // the guess was one too large: add the divisor back
        --guess;
        std::uint64_t sum_carry = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const std::uint64_t sum = sum_carry + rest[at + i] + divisor[i];
            rest[at + i] = low_limb(sum);
            sum_carry = sum / kLimbBase;
        }
        difference += static_cast<std::int64_t>(sum_carry);
    }
    rest[at + n] = static_cast<std::uint32_t>(difference);
    return static_cast<std::uint32_t>(guess);
}

}  // namespace

std::uint64_t power_of_ten(std::size_t exponent) noexcept {
    LAMINA_ASSERT(exponent < std::size(kPowers));
    return kPowers[exponent];
}

std::size_t count_digits(std::uint64_t number) noexcept {
    std::size_t digits = 1;
    while (digits < std::size(kPowers) && number >= kPowers[digits]) ++digits;
    return digits;
}

Magnitude from_uint64(std::uint64_t number) {
    Magnitude out;
    for (; number != 0; number /= kLimbBase) out.push_back(low_limb(number));
    return out;
}

bool to_uint64(Limbs number, std::uint64_t& out) noexcept {
    std::uint64_t result = 0;
    for (std::size_t i = number.size(); i-- > 0;) {
        if (__builtin_mul_overflow(result, kLimbBase, &result) || __builtin_add_overflow(result, number[i], &result))
            return false;
    }
    out = result;
    return true;
}

Magnitude from_digits(std::string_view digits) {
    Magnitude out;
    out.reserve(digits.size() / kLimbDigits + 1);
    for (std::size_t end = digits.size(); end > 0;) {
        const std::size_t begin = end > kLimbDigits ? end - kLimbDigits : 0;
        std::uint32_t limb = 0;
        for (std::size_t i = begin; i < end; ++i) limb = limb * 10 + static_cast<std::uint32_t>(digits[i] - '0');
        out.push_back(limb);
        end = begin;
    }
    trim(out);
    return out;
}

std::string to_digits(Limbs number) {
    if (number.empty()) return "0";
    std::string out(number.size() * kLimbDigits, '0');
    std::size_t end = out.size();
    for (std::uint32_t limb : number) {
        for (std::size_t i = 0; i < kLimbDigits; ++i, limb /= 10) out[--end] = static_cast<char>('0' + limb % 10);
    }
    out.erase(0, out.find_first_not_of('0'));
    return out;
}

std::size_t count_digits(Limbs number) noexcept {
    return number.empty() ? 1 : (number.size() - 1) * kLimbDigits + count_digits(std::uint64_t{number.back()});
}

std::size_t count_trailing_zeros(Limbs number) noexcept {
    std::size_t zeros = 0;
    for (std::uint32_t limb : number) {
        if (limb == 0) {
            zeros += kLimbDigits;
            continue;
        }
        for (; limb % 10 == 0; limb /= 10) ++zeros;
        return zeros;
    }
    return 0;
}

int compare(Limbs left, Limbs right) noexcept {
    if (left.size() != right.size()) return left.size() < right.size() ? -1 : 1;
    for (std::size_t i = left.size(); i-- > 0;) {
        if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
    }
    return 0;
}

Magnitude add(Limbs left, Limbs right) {
    if (left.size() < right.size()) std::swap(left, right);
    Magnitude out;
    out.reserve(left.size() + 1);
    std::uint32_t carry = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const std::uint32_t sum = left[i] + carry + (i < right.size() ? right[i] : 0);
        carry = sum >= kLimbBase;
        out.push_back(carry ? sum - kLimbBase : sum);
    }
    if (carry) out.push_back(carry);
    return out;
}

Magnitude subtract(Limbs left, Limbs right) {
    LAMINA_ASSERT(compare(left, right) >= 0);
    Magnitude out;
    out.reserve(left.size());
    std::uint32_t borrow = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const std::uint32_t taken = borrow + (i < right.size() ? right[i] : 0);
        borrow = left[i] < taken;
        out.push_back(left[i] + (borrow ? kLimbBase : 0) - taken);
    }
    trim(out);
    return out;
}

Magnitude multiply(Limbs left, Limbs right) {
    Magnitude out;
    out.resize(left.size() + right.size());
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::uint64_t carry = 0;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::uint64_t sum = out[i + j] + static_cast<std::uint64_t>(left[i]) * right[j] + carry;
            carry = sum / kLimbBase;
            out[i + j] = static_cast<std::uint32_t>(sum - carry * kLimbBase);
        }
        out[i + right.size()] = static_cast<std::uint32_t>(carry);
    }
    trim(out);
    return out;
}

void multiply_by(Magnitude& number, std::uint32_t factor) {
    std::uint64_t carry = 0;
    for (std::uint32_t& limb : number) {
        const std::uint64_t product = static_cast<std::uint64_t>(limb) * factor + carry;
        limb = low_limb(product);
        carry = product / kLimbBase;
    }
    for (; carry != 0; carry /= kLimbBase) number.push_back(low_limb(carry));
    trim(number);
}

void increment(Magnitude& number) {
    for (std::uint32_t& limb : number) {
        if (++limb < kLimbBase) return;
        limb = 0;
    }
    number.push_back(1);
}

Magnitude shift_left(Limbs number, std::size_t digits) {
    Magnitude out;
    if (number.empty()) return out;
    const std::size_t whole = digits / kLimbDigits;
    out.reserve(number.size() + whole + 1);
    out.resize(whole);
    out.append(number.data(), number.size());
    if (const std::size_t part = digits % kLimbDigits; part != 0) {
        const std::uint64_t factor = kPowers[part];
        std::uint64_t carry = 0;
        for (std::size_t i = whole; i < out.size(); ++i) {
            const std::uint64_t product = out[i] * factor + carry;
            out[i] = low_limb(product);
            carry = product / kLimbBase;
        }
        if (carry != 0) out.push_back(static_cast<std::uint32_t>(carry));
    }
    return out;
}

Magnitude shift_right(Limbs number, std::size_t digits, Rest& rest) {
    rest = Rest::Zero;
    if (digits == 0 || number.empty()) return Magnitude(number.data(), number.size());
    const std::size_t whole = digits / kLimbDigits, part = digits % kLimbDigits;
    if (whole > number.size()) {
        rest = Rest::BelowHalf;
        return {};
    }
    Magnitude out(number.data() + whole, number.size() - whole);
    // The digit just behind the cut decides, then whether anything but zeros follows it.
    const std::uint32_t cut = part != 0 ? divide_by(out, static_cast<std::uint32_t>(kPowers[part])) : number[whole - 1];
    const auto unit = static_cast<std::uint32_t>(kPowers[part != 0 ? part : kLimbDigits]);
    const std::size_t below = part != 0 ? whole : whole - 1;
    const bool tail = std::any_of(number.begin(), number.begin() + static_cast<std::ptrdiff_t>(below),
                                  [](std::uint32_t limb) { return limb != 0; });
    if (cut > unit / 2) {
        rest = Rest::AboveHalf;
    } else if (cut == unit / 2) {
        rest = tail ? Rest::AboveHalf : Rest::Half;
    } else if (cut != 0 || tail) {
        rest = Rest::BelowHalf;
    }
    return out;
}

Division divide(Limbs number, Limbs divisor) {
    LAMINA_ASSERT(!divisor.empty());
    Division result;
    if (compare(number, divisor) < 0) {
        result.remainder = Magnitude(number.data(), number.size());
        return result;
    }
    if (divisor.size() == 1) {
        result.quotient = Magnitude(number.data(), number.size());
        if (const std::uint32_t rest = divide_by(result.quotient, divisor[0])) result.remainder.push_back(rest);
        return result;
    }
    // Both are scaled so that the divisor's first limb is at least half of the base: then a guess is off by two at
    // most.
    const auto factor = static_cast<std::uint32_t>(kLimbBase / (std::uint64_t{divisor.back()} + 1));
    Magnitude rest(number.data(), number.size());
    Magnitude scaled(divisor.data(), divisor.size());
    if (factor != 1) {
        multiply_by(rest, factor);
        multiply_by(scaled, factor);
    }
    if (rest.size() == number.size()) rest.push_back(0);
    const std::size_t steps = rest.size() - scaled.size();
    result.quotient.resize(steps);
    for (std::size_t at = steps; at-- > 0;) result.quotient[at] = divide_step(rest, scaled, at);
    trim(result.quotient);
    trim(rest);
    if (factor != 1) divide_by(rest, factor);
    result.remainder = std::move(rest);
    return result;
}

}  // namespace lamina::value
