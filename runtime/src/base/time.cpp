#include <climits>
#include <ctime>

#include <lamina/base/time.hpp>

namespace lamina {

std::int64_t monotonic_nanoseconds() noexcept {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

Deadline Deadline::after(Duration duration) noexcept {
    if (duration.is_infinite()) return never();
    const std::int64_t now = monotonic_nanoseconds();
    const std::int64_t wait = duration.count_nanoseconds();
    if (wait <= 0) return Deadline(now);
    return wait >= INT64_MAX - now ? never() : Deadline(now + wait);
}

bool Deadline::expired() const noexcept { return !is_never() && monotonic_nanoseconds() >= at_; }

Duration Deadline::remaining() const noexcept {
    if (is_never()) return Duration::infinite();
    const std::int64_t left = at_ - monotonic_nanoseconds();
    return Duration::nanoseconds(left > 0 ? left : 0);
}

int Deadline::poll_milliseconds() const noexcept {
    if (is_never()) return -1;
    const std::int64_t left = remaining().count_nanoseconds();
    const std::int64_t rounded = left / 1'000'000 + (left % 1'000'000 != 0);
    return rounded > INT_MAX ? INT_MAX : static_cast<int>(rounded);
}

}  // namespace lamina
