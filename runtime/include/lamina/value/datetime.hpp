#pragma once

#include <compare>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

#include <lamina/base/time.hpp>
#include <lamina/error/error.hpp>

namespace lamina {

/// A date and a time of day as a calendar on the wall shows them. Years are astronomical: 0 is 1 BC.
struct CivilTime {
    std::int32_t year = 1970;
    std::int32_t month = 1;  ///< 1 to 12
    std::int32_t day = 1;    ///< 1 to 31
    std::int32_t hour = 0;
    std::int32_t minute = 0;
    std::int32_t second = 0;
    std::int32_t microsecond = 0;

    friend bool operator==(const CivilTime&, const CivilTime&) = default;
};

/// A point in time: microseconds since 1970-01-01T00:00:00Z, or PostgreSQL's ±infinity.
///
/// Covers the years -290307 to 294246. Conversions to and from std::chrono are in value/chrono.hpp.
class DateTime {
public:
    /// 1970-01-01T00:00:00Z.
    constexpr DateTime() noexcept = default;

    static constexpr DateTime from_unix_microseconds(std::int64_t count) noexcept { return DateTime(count); }
    /// Saturates at ±infinity.
    static DateTime from_unix_milliseconds(std::int64_t count) noexcept;
    static DateTime from_unix_seconds(std::int64_t count) noexcept;
    static constexpr DateTime infinity() noexcept { return DateTime(INT64_MAX); }
    static constexpr DateTime negative_infinity() noexcept { return DateTime(INT64_MIN); }

    /// The present, from the system's clock.
    static DateTime now() noexcept;

    /// A time in UTC. Fails with P2007 when a part is out of its range (February 30; second 60), P2020 when the year
    /// is.
    static Result<DateTime> from_civil(const CivilTime& civil);
    static Result<DateTime> from_date(std::int32_t year, std::int32_t month, std::int32_t day) {
        return from_civil({year, month, day});
    }

    /// Reads RFC 3339 and its relatives: a date; a date and time parted by 'T' or a space, with or without seconds,
    /// with up to any number of fraction digits (cut after microseconds), with 'Z', an offset (+02, +0200, +02:00,
    /// +02:00:00) or none, which means UTC; years of more than four digits with a sign ("+012345-01-01"), or " BC"
    /// behind; "infinity". Fails with P2007.
    static Result<DateTime> parse(std::string_view text);

    constexpr bool is_finite() const noexcept { return count_ != INT64_MAX && count_ != INT64_MIN; }
    constexpr std::int64_t unix_microseconds() const noexcept { return count_; }
    /// Rounded towards the past.
    std::int64_t unix_milliseconds() const noexcept;
    std::int64_t unix_seconds() const noexcept;
    /// In UTC; of an infinity the first or last representable moment.
    CivilTime civil() const noexcept;

    /// RFC 3339 in UTC, with three digits of fraction, or six where microseconds need them: "2024-02-29T12:34:56.789Z".
    /// Years outside 0000 to 9999 are written with sign and at least six digits; infinities as "infinity", "-infinity".
    std::string to_string() const;
    void append_to(std::string& out) const;

    /// Moved by so much. An infinity stays; throws P2020 when the result is out of range.
    DateTime plus_microseconds(std::int64_t count) const;
    DateTime plus_seconds(std::int64_t count) const;
    DateTime plus_days(std::int64_t count) const;
    /// From `earlier` to this; saturates.
    std::int64_t microseconds_since(DateTime earlier) const noexcept;
    std::int64_t seconds_since(DateTime earlier) const noexcept { return microseconds_since(earlier) / 1'000'000; }

    friend DateTime operator+(DateTime time, Duration duration) {
        return time.plus_microseconds(duration.count_microseconds());
    }
    friend DateTime operator-(DateTime time, Duration duration) {
        return time.plus_microseconds(-duration.count_microseconds());
    }
    friend constexpr bool operator==(DateTime, DateTime) noexcept = default;
    friend constexpr std::strong_ordering operator<=>(DateTime a, DateTime b) noexcept { return a.count_ <=> b.count_; }

private:
    constexpr explicit DateTime(std::int64_t count) noexcept : count_(count) {}
    std::int64_t count_ = 0;
};

/// Prints what to_string gives.
std::ostream& operator<<(std::ostream& out, DateTime time);

}  // namespace lamina

template <>
struct std::hash<lamina::DateTime> {
    std::size_t operator()(lamina::DateTime time) const noexcept {
        return static_cast<std::size_t>(time.unix_microseconds());
    }
};
