#include <algorithm>

#include <lamina/error/messages.hpp>
#include <lamina/value/decimal.hpp>

#include "decimal_access.hpp"

namespace lamina {

using value::Magnitude;

namespace {

constexpr std::uint32_t kDigitBase = 10'000;
constexpr std::int32_t kDigitWidth = 4;

/// Accumulates up to 64 bits of digits and brings them to `shift` more (or fewer) decimal places; false if it
/// overflows.
bool read_small(std::span<const std::uint16_t> digits, std::int64_t shift, std::int64_t& out) noexcept {
    std::int64_t number = 0;
    for (const std::uint16_t digit : digits) {
        if (__builtin_mul_overflow(number, std::int64_t{kDigitBase}, &number) ||
            __builtin_add_overflow(number, std::int64_t{digit}, &number))
            return false;
    }
    if (shift < 0) {
        number =
            shift < -18 ? 0 : number / static_cast<std::int64_t>(value::power_of_ten(static_cast<std::size_t>(-shift)));
    } else if (!value::scale_up(number, shift)) {
        return false;
    }
    out = number;
    return true;
}

void append_digit(std::string& text, std::uint32_t digit) {
    for (std::uint32_t unit = kDigitBase / 10; unit != 0; unit /= 10)
        text += static_cast<char>('0' + digit / unit % 10);
}

/// The part of a number that one base-10000 digit holds, least significant first, pushed without zeros at either end.
class DigitPusher {
public:
    DigitPusher(void (*push)(void*, std::uint16_t), void* out) noexcept : push_(push), out_(out) {}

    void add(std::uint16_t digit) { digits_.push_back(digit); }

    /// Hands out the digits, most significant first; gives the weight of the first. `lowest` is the weight of the last
    /// added.
    std::int32_t finish(std::int32_t lowest) {
        while (!digits_.empty() && digits_.back() == 0) digits_.pop_back();
        if (digits_.empty()) return 0;
        std::size_t last = 0;
        while (digits_[last] == 0) ++last;
        for (std::size_t i = digits_.size(); i-- > last;) push_(out_, digits_[i]);
        return lowest + static_cast<std::int32_t>(digits_.size()) - 1;
    }

private:
    void (*push_)(void*, std::uint16_t);
    void* out_;
    base::SmallVector<std::uint16_t, 32> digits_;
};

}  // namespace

Result<Decimal> Decimal::from_base10000(std::span<const std::uint16_t> digits, std::int32_t weight, bool negative,
                                        std::int32_t scale) {
    if (scale < 0 || scale > kMaxScale || weight > kMaxScale || weight < -kMaxScale)
        return error::invalid_data("a number of base-10000 digits has a weight or scale out of range");
    if (std::any_of(digits.begin(), digits.end(), [](std::uint16_t digit) { return digit >= kDigitBase; }))
        return error::invalid_data("a base-10000 digit is above 9999");
    // The digits as an integer are too small by 10^shift, or too large when shift is negative.
    const std::int64_t behind_point = (static_cast<std::int64_t>(digits.size()) - 1 - weight) * kDigitWidth;
    const std::int64_t shift = digits.empty() ? 0 : scale - behind_point;
    std::int64_t coefficient = 0;
    if (digits.size() <= 5 && read_small(digits, shift, coefficient))
        return DecimalAccess::make_small(negative ? -coefficient : coefficient, scale);
    std::string text;
    text.reserve(digits.size() * kDigitWidth);
    for (const std::uint16_t digit : digits) append_digit(text, digit);
    Magnitude magnitude = value::from_digits(text);
    if (shift > 0) {
        magnitude = value::shift_left(value::limbs(magnitude), static_cast<std::size_t>(shift));
    } else {
        value::Rest rest = value::Rest::Zero;
        magnitude = value::shift_right(value::limbs(magnitude), static_cast<std::size_t>(-shift), rest);
    }
    return DecimalAccess::make(negative, std::move(magnitude), scale);
}

std::int32_t Decimal::visit_base10000(void (*push)(void* out, std::uint16_t digit), void* out) const {
    LAMINA_ASSERT(is_finite());
    DigitPusher pusher(push, out);
    // Digits are groups of four places counted from the point: the last group may have to be filled up with zeros.
    const auto places = static_cast<std::size_t>(scale_ % kDigitWidth);
    const std::int32_t lowest = -((scale_ + kDigitWidth - 1) / kDigitWidth);
    if (is_small()) {
        std::uint64_t left = value::small_magnitude(*this);
        if (places != 0) {
            const std::uint64_t unit = value::power_of_ten(places);
            pusher.add(static_cast<std::uint16_t>(left % unit * (kDigitBase / unit)));
            left /= unit;
        }
        for (; left != 0; left /= kDigitBase) pusher.add(static_cast<std::uint16_t>(left % kDigitBase));
        return pusher.finish(lowest);
    }
    std::string text = value::to_digits(value::limbs(big_->magnitude));
    if (places != 0) text.append(kDigitWidth - places, '0');
    for (std::size_t end = text.size(); end > 0;) {
        const std::size_t begin = end > kDigitWidth ? end - kDigitWidth : 0;
        std::uint32_t digit = 0;
        for (std::size_t i = begin; i < end; ++i) digit = digit * 10 + static_cast<std::uint32_t>(text[i] - '0');
        pusher.add(static_cast<std::uint16_t>(digit));
        end = begin;
    }
    return pusher.finish(lowest);
}

}  // namespace lamina
