#include "drivers/postgresql/time.hpp"

#include <limits>

#include <lamina/error/messages.hpp>

namespace lamina::postgresql {
namespace {

constexpr std::int64_t kEpoch = 946'684'800'000'000;  ///< 2000-01-01 in microseconds since 1970
constexpr std::int64_t kEpochDays = 10957;
constexpr std::int64_t kDay = 86'400'000'000;
constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max(),
                       kInt64Min = std::numeric_limits<std::int64_t>::min();
constexpr std::int32_t kInt32Max = std::numeric_limits<std::int32_t>::max(),
                       kInt32Min = std::numeric_limits<std::int32_t>::min();

std::int64_t floor_day(std::int64_t microseconds) noexcept {
    return microseconds / kDay - (microseconds % kDay < 0 ? 1 : 0);
}

void append_padded(std::string& out, std::int32_t number, int digits) {
    char text[12];
    int size = 0;
    for (; number > 0 || size < digits; number /= 10) text[size++] = static_cast<char>('0' + number % 10);
    while (size > 0) out += text[--size];
}

}  // namespace

Result<std::int64_t> to_timestamp(DateTime time) {
    if (!time.is_finite()) return time == DateTime::infinity() ? kInt64Max : kInt64Min;
    if (time.unix_microseconds() < kInt64Min + kEpoch + 1)
        return error::value_out_of_range("a date and time after 4714 BC");
    return time.unix_microseconds() - kEpoch;
}

bool from_timestamp(std::int64_t microseconds, DateTime& out) noexcept {
    if (microseconds == kInt64Max) {
        out = DateTime::infinity();
    } else if (microseconds == kInt64Min) {
        out = DateTime::negative_infinity();
    } else {
        if (microseconds >= kInt64Max - kEpoch) return false;
        out = DateTime::from_unix_microseconds(microseconds + kEpoch);
    }
    return true;
}

Result<std::int32_t> to_date(DateTime time) {
    if (!time.is_finite()) return time == DateTime::infinity() ? kInt32Max : kInt32Min;
    return static_cast<std::int32_t>(floor_day(time.unix_microseconds()) - kEpochDays);  // 2^63 µs are 107 million days
}

bool from_date(std::int32_t days, DateTime& out) noexcept {
    if (days == kInt32Max || days == kInt32Min) {
        out = days > 0 ? DateTime::infinity() : DateTime::negative_infinity();
        return true;
    }
    std::int64_t microseconds = 0;
    if (__builtin_mul_overflow(static_cast<std::int64_t>(days) + kEpochDays, kDay, &microseconds)) return false;
    out = DateTime::from_unix_microseconds(microseconds);
    return true;
}

std::int64_t time_of_day(DateTime time) noexcept {
    const std::int64_t microseconds = time.unix_microseconds();
    return microseconds - floor_day(microseconds) * kDay;
}

void append_timestamp_text(std::string& out, DateTime time) {
    if (!time.is_finite()) {
        out += time == DateTime::infinity() ? "infinity" : "-infinity";
        return;
    }
    const CivilTime civil = time.civil();
    append_padded(out, civil.year > 0 ? civil.year : 1 - civil.year, 4);
    out += '-';
    append_padded(out, civil.month, 2);
    out += '-';
    append_padded(out, civil.day, 2);
    out += ' ';
    append_padded(out, civil.hour, 2);
    out += ':';
    append_padded(out, civil.minute, 2);
    out += ':';
    append_padded(out, civil.second, 2);
    if (civil.microsecond != 0) {
        out += '.';
        append_padded(out, civil.microsecond, 6);
    }
    out += "+00";
    if (civil.year <= 0) out += " BC";
}

}  // namespace lamina::postgresql
