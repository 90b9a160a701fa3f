#include <ctime>
#include <ostream>

#include <lamina/error/messages.hpp>
#include <lamina/value/datetime.hpp>

namespace lamina {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int32_t kLastYear = 294'247;
constexpr std::int32_t kFirstYear = -290'308;
// A Gregorian calendar repeats after 400 years.
constexpr std::int64_t kDaysPerEra = 146'097;
// From March 1st of the year 0 to 1970-01-01.
constexpr std::int64_t kEpochDays = 719'468;

constexpr std::int64_t floor_divide(std::int64_t number, std::int64_t by) noexcept {
    return number / by - (number % by < 0);
}

constexpr bool is_leap(std::int64_t year) noexcept { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr std::int32_t days_in_month(std::int64_t year, std::int32_t month) noexcept {
    if (month == 2) return is_leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// Days since 1970-01-01. Years begin in March here, so that the leap day is a year's last.
constexpr std::int64_t days_from_civil(std::int64_t year, std::int64_t month, std::int64_t day) noexcept {
    if (month <= 2) --year;
    const std::int64_t era = floor_divide(year, 400);
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * kDaysPerEra + day_of_era - kEpochDays;
}

void civil_from_days(std::int64_t days, CivilTime& civil) noexcept {
    days += kEpochDays;
    const std::int64_t era = floor_divide(days, kDaysPerEra);
    const std::int64_t day_of_era = days - era * kDaysPerEra;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    civil.day = static_cast<std::int32_t>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    civil.month = static_cast<std::int32_t>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    civil.year = static_cast<std::int32_t>(year_of_era + era * 400 + (civil.month <= 2));
}

Error not_a_time() { return Error(ErrorCode::DataValidation, "Invalid date and time"); }
Error out_of_range() { return error::value_out_of_range("a time before the year -290307 or after 294246"); }

/// Reads the text forms from left to right.
class Reader {
public:
    explicit Reader(std::string_view text) noexcept : text_(text) {}

    bool at_end() const noexcept { return at_ == text_.size(); }
    char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool accept(char c) noexcept {
        if (peek() != c || at_end()) return false;
        ++at_;
        return true;
    }
    /// Exactly so many digits.
    bool number(int digits, std::int32_t& out) noexcept {
        out = 0;
        for (int i = 0; i < digits; ++i) {
            if (!is_digit()) return false;
            out = out * 10 + (text_[at_++] - '0');
        }
        return true;
    }
    /// Four to six digits, with or without a sign.
    bool year(std::int32_t& out) noexcept {
        const bool minus = accept('-');
        if (!minus) accept('+');
        int digits = 0;
        out = 0;
        for (; is_digit() && digits < 6; ++digits) out = out * 10 + (text_[at_++] - '0');
        if (minus) out = -out;
        return digits >= 4;
    }
    /// Digits of a fraction of a second, as microseconds.
    bool fraction(std::int32_t& out) noexcept {
        out = 0;
        std::int32_t unit = 100'000;
        if (!is_digit()) return false;
        for (; is_digit(); unit /= 10) out += (text_[at_++] - '0') * unit;
        return true;
    }
    void skip_spaces() noexcept {
        while (peek() == ' ') ++at_;
    }
    bool is_digit() const noexcept { return peek() >= '0' && peek() <= '9'; }

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

/// "12", "12:34", "12:34:56", "12:34:56.789".
bool read_time(Reader& in, CivilTime& civil) noexcept {
    if (!in.number(2, civil.hour)) return false;
    if (!in.accept(':')) return false;
    if (!in.number(2, civil.minute)) return false;
    if (in.accept(':')) {
        if (!in.number(2, civil.second)) return false;
        if ((in.accept('.') || in.accept(',')) && !in.fraction(civil.microsecond)) return false;
    }
    return true;
}

/// "Z", "+02", "-0230", "+02:00", "+02:00:00", or nothing.
bool read_offset(Reader& in, std::int64_t& offset) noexcept {
    offset = 0;
    if (in.accept('Z') || in.accept('z')) return true;
    const bool minus = in.peek() == '-';
    if (!in.accept('-') && !in.accept('+')) return true;
    std::int32_t hour = 0, minute = 0, second = 0;
    if (!in.number(2, hour)) return false;
    const bool colon = in.accept(':');
    if ((colon || in.is_digit()) && !in.number(2, minute)) return false;
    if (in.accept(':') && !in.number(2, second)) return false;
    if (hour > 23 || minute > 59 || second > 59) return false;
    offset = hour * kHour + minute * kMinute + second * kSecond;
    if (minus) offset = -offset;
    return true;
}

/// The form that programs write: "2024-02-29T12:34:56.789+00:00" or "…789Z". False for every other text, wrong or not.
bool read_canonical(std::string_view text, CivilTime& civil) noexcept {
    constexpr std::string_view kForm = "0000-00-00T00:00:00.000";
    if (text.size() < kForm.size() + 1) return false;
    const std::string_view zone = text.substr(kForm.size());
    if (zone != "Z" && zone != "+00:00") return false;
    unsigned other = 0;  // not one branch per character
    for (std::size_t i = 0; i < kForm.size(); ++i) {
        const auto difference = static_cast<unsigned char>(text[i] - kForm[i]);
        other |= kForm[i] == '0' ? static_cast<unsigned>(difference > 9) : difference;
    }
    if (other != 0) return false;
    const auto two = [&text](std::size_t at) noexcept { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    civil.year = two(0) * 100 + two(2);
    civil.month = two(5);
    civil.day = two(8);
    civil.hour = two(11);
    civil.minute = two(14);
    civil.second = two(17);
    civil.microsecond = (two(20) * 10 + (text[22] - '0')) * 1'000;
    return true;
}

/// Writes so many digits and gives the place behind them.
char* write_digits(char* at, std::uint32_t number, unsigned width) noexcept {
    for (unsigned i = width; i-- > 0; number /= 10) at[i] = static_cast<char>('0' + number % 10);
    return at + width;
}

}  // namespace

DateTime DateTime::from_unix_milliseconds(std::int64_t count) noexcept {
    std::int64_t microseconds = 0;
    if (__builtin_mul_overflow(count, std::int64_t{1'000}, &microseconds))
        return count < 0 ? negative_infinity() : infinity();
    return DateTime(microseconds);
}

DateTime DateTime::from_unix_seconds(std::int64_t count) noexcept {
    std::int64_t microseconds = 0;
    if (__builtin_mul_overflow(count, kSecond, &microseconds)) return count < 0 ? negative_infinity() : infinity();
    return DateTime(microseconds);
}

DateTime DateTime::now() noexcept {
    timespec time{};
    clock_gettime(CLOCK_REALTIME, &time);
    return DateTime(static_cast<std::int64_t>(time.tv_sec) * kSecond + time.tv_nsec / 1'000);
}

Result<DateTime> DateTime::from_civil(const CivilTime& civil) {
    if (civil.year < kFirstYear || civil.year > kLastYear) return out_of_range();
    if (civil.month < 1 || civil.month > 12 || civil.day < 1 || civil.day > days_in_month(civil.year, civil.month) ||
        civil.hour < 0 || civil.hour > 23 || civil.minute < 0 || civil.minute > 59 || civil.second < 0 ||
        civil.second > 59 || civil.microsecond < 0 || civil.microsecond > 999'999)
        return not_a_time();
    const std::int64_t time_of_day =
        civil.hour * kHour + civil.minute * kMinute + civil.second * kSecond + civil.microsecond;
    // Counted from the day's end before 1970, so that the first representable day does not overflow.
    std::int64_t days = days_from_civil(civil.year, civil.month, civil.day);
    const std::int64_t rest = days < 0 ? time_of_day - kDay : time_of_day;
    if (days < 0) ++days;
    DateTime time;
    if (__builtin_mul_overflow(days, kDay, &time.count_) || __builtin_add_overflow(time.count_, rest, &time.count_) ||
        !time.is_finite())
        return out_of_range();
    return time;
}

Result<DateTime> DateTime::parse(std::string_view text) {
    if (CivilTime civil; read_canonical(text, civil)) return from_civil(civil);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (text == "infinity") return infinity();
    if (text == "-infinity") return negative_infinity();
    const bool before_christ = text.size() > 3 && text.substr(text.size() - 3) == " BC";
    if (before_christ) text.remove_suffix(3);
    Reader in(text);
    CivilTime civil;
    std::int64_t offset = 0;
    if (!in.year(civil.year) || !in.accept('-') || !in.number(2, civil.month) || !in.accept('-') ||
        !in.number(2, civil.day))
        return not_a_time();
    if (in.accept('T') || in.accept('t') || in.accept(' ')) {
        if (!read_time(in, civil)) return not_a_time();
        in.skip_spaces();
        if (!read_offset(in, offset)) return not_a_time();
    }
    if (!in.at_end()) return not_a_time();
    if (before_christ) {
        if (civil.year < 1) return not_a_time();
        civil.year = 1 - civil.year;
    }
    Result<DateTime> time = from_civil(civil);
    if (!time || offset == 0) return time;
    if (__builtin_sub_overflow(time->count_, offset, &time->count_) || !time->is_finite()) return out_of_range();
    return time;
}

std::int64_t DateTime::unix_milliseconds() const noexcept { return floor_divide(count_, 1'000); }

std::int64_t DateTime::unix_seconds() const noexcept { return floor_divide(count_, kSecond); }

CivilTime DateTime::civil() const noexcept {
    CivilTime civil;
    const std::int64_t days = floor_divide(count_, kDay);
    std::int64_t left = count_ % kDay;
    if (left < 0) left += kDay;
    civil_from_days(days, civil);
    civil.hour = static_cast<std::int32_t>(left / kHour);
    left %= kHour;
    civil.minute = static_cast<std::int32_t>(left / kMinute);
    left %= kMinute;
    civil.second = static_cast<std::int32_t>(left / kSecond);
    civil.microsecond = static_cast<std::int32_t>(left % kSecond);
    return civil;
}

void DateTime::append_to(std::string& out) const {
    if (!is_finite()) {
        out += count_ < 0 ? "-infinity" : "infinity";
        return;
    }
    const CivilTime time = civil();
    char text[40];
    char* at = text;
    if (time.year < 0 || time.year > 9999) {
        *at++ = time.year < 0 ? '-' : '+';
        at = write_digits(at, static_cast<std::uint32_t>(time.year < 0 ? -time.year : time.year), 6);
    } else {
        at = write_digits(at, static_cast<std::uint32_t>(time.year), 4);
    }
    const auto part = [&at](char before, std::int32_t number, unsigned width) {
        *at++ = before;
        at = write_digits(at, static_cast<std::uint32_t>(number), width);
    };
    part('-', time.month, 2);
    part('-', time.day, 2);
    part('T', time.hour, 2);
    part(':', time.minute, 2);
    part(':', time.second, 2);
    const bool whole_milliseconds = time.microsecond % 1'000 == 0;
    part('.', whole_milliseconds ? time.microsecond / 1'000 : time.microsecond, whole_milliseconds ? 3 : 6);
    *at++ = 'Z';
    out.append(text, static_cast<std::size_t>(at - text));
}

std::string DateTime::to_string() const {
    std::string out;
    append_to(out);
    return out;
}

DateTime DateTime::plus_microseconds(std::int64_t count) const {
    if (!is_finite()) return *this;
    DateTime moved;
    if (__builtin_add_overflow(count_, count, &moved.count_) || !moved.is_finite()) throw out_of_range();
    return moved;
}

DateTime DateTime::plus_seconds(std::int64_t count) const {
    std::int64_t microseconds = 0;
    if (__builtin_mul_overflow(count, kSecond, &microseconds)) throw out_of_range();
    return plus_microseconds(microseconds);
}

DateTime DateTime::plus_days(std::int64_t count) const {
    std::int64_t microseconds = 0;
    if (__builtin_mul_overflow(count, kDay, &microseconds)) throw out_of_range();
    return plus_microseconds(microseconds);
}

std::int64_t DateTime::microseconds_since(DateTime earlier) const noexcept {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(count_, earlier.count_, &difference)) return count_ < 0 ? INT64_MIN : INT64_MAX;
    return difference;
}

std::ostream& operator<<(std::ostream& out, DateTime time) { return out << time.to_string(); }

}  // namespace lamina
