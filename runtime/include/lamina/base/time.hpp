#pragma once

#include <cstdint>

namespace lamina {

/// A length of time in nanoseconds. Any std::chrono duration converts to it, without this header knowing <chrono>.
class Duration {
    struct Raw {};
    static constexpr std::int64_t kMaximum = INT64_MAX;

    // Before its uses: clang 14 cannot evaluate `seconds(2)` at compile time otherwise.
    /// count * num / den seconds in nanoseconds, saturating.
    template <class Count>
    static constexpr std::int64_t scaled(Count count, std::int64_t num, std::int64_t den) noexcept {
        if constexpr (requires { count % Count{1}; }) {
            const auto whole = static_cast<std::int64_t>(count);
            if (den > 1'000'000'000) return whole / (den / 1'000'000'000) * num;
            const std::int64_t factor = 1'000'000'000 / den * num;
            if (whole > kMaximum / factor) return kMaximum;
            if (whole < -(kMaximum / factor)) return -kMaximum;
            return whole * factor;
        } else {  // a floating-point representation
            const double exact = static_cast<double>(count) * 1e9 * static_cast<double>(num) / static_cast<double>(den);
            if (!(exact < 9.2e18)) return kMaximum;
            return exact < -9.2e18 ? -kMaximum : static_cast<std::int64_t>(exact);
        }
    }

public:
    /// No time at all.
    constexpr Duration() noexcept = default;

    template <class D>
    requires requires {
        typename D::rep;
        typename D::period;
    }
    constexpr Duration(const D& duration) noexcept
        : nanoseconds_(scaled(duration.count(), static_cast<std::int64_t>(D::period::num),
                              static_cast<std::int64_t>(D::period::den))) {}

    static constexpr Duration nanoseconds(std::int64_t count) noexcept { return Duration(Raw{}, count); }
    static constexpr Duration microseconds(std::int64_t count) noexcept { return {Raw{}, scaled(count, 1, 1'000'000)}; }
    static constexpr Duration milliseconds(std::int64_t count) noexcept { return {Raw{}, scaled(count, 1, 1'000)}; }
    static constexpr Duration seconds(std::int64_t count) noexcept { return {Raw{}, scaled(count, 1, 1)}; }
    /// Longer than any wait: "no limit".
    static constexpr Duration infinite() noexcept { return {Raw{}, kMaximum}; }

    constexpr bool is_infinite() const noexcept { return nanoseconds_ == kMaximum; }
    constexpr std::int64_t count_nanoseconds() const noexcept { return nanoseconds_; }
    constexpr std::int64_t count_microseconds() const noexcept { return nanoseconds_ / 1'000; }
    constexpr std::int64_t count_milliseconds() const noexcept { return nanoseconds_ / 1'000'000; }

    friend constexpr bool operator==(Duration, Duration) noexcept = default;
    friend constexpr bool operator<(Duration a, Duration b) noexcept { return a.nanoseconds_ < b.nanoseconds_; }
    friend constexpr bool operator>(Duration a, Duration b) noexcept { return b < a; }
    friend constexpr bool operator<=(Duration a, Duration b) noexcept { return !(b < a); }
    friend constexpr bool operator>=(Duration a, Duration b) noexcept { return !(a < b); }

private:
    constexpr Duration(Raw, std::int64_t count) noexcept : nanoseconds_(count) {}

    std::int64_t nanoseconds_ = 0;
};

/// Nanoseconds on the monotonic clock, for measuring and for deadlines.
std::int64_t monotonic_nanoseconds() noexcept;

/// A point on the monotonic clock at which a wait gives up; may be never.
class Deadline {
public:
    /// Never.
    constexpr Deadline() noexcept = default;
    static constexpr Deadline never() noexcept { return {}; }
    /// At a reading of monotonic_nanoseconds().
    static constexpr Deadline at(std::int64_t monotonic) noexcept { return Deadline(monotonic); }
    /// This long from now; an infinite duration means never, a negative one means at once.
    static Deadline after(Duration duration) noexcept;

    constexpr bool is_never() const noexcept { return at_ == INT64_MAX; }
    constexpr std::int64_t monotonic() const noexcept { return at_; }
    /// Whether it has passed.
    bool expired() const noexcept;
    /// The time left: zero when passed, infinite for never.
    Duration remaining() const noexcept;
    /// The time left as `poll` wants it: -1 for never, else milliseconds rounded up.
    int poll_milliseconds() const noexcept;
    /// The earlier of the two.
    static constexpr Deadline earlier(Deadline a, Deadline b) noexcept { return a.at_ < b.at_ ? a : b; }

    friend constexpr bool operator==(Deadline, Deadline) noexcept = default;
    friend constexpr bool operator<(Deadline a, Deadline b) noexcept { return a.at_ < b.at_; }

private:
    constexpr explicit Deadline(std::int64_t monotonic) noexcept : at_(monotonic) {}
    std::int64_t at_ = INT64_MAX;
};

}  // namespace lamina
