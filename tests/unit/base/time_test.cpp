#include <chrono>
#include <cstdint>

#include <doctest/doctest.h>

#include <lamina/base/time.hpp>

using lamina::Deadline;
using lamina::Duration;
using namespace std::chrono_literals;

TEST_CASE("any chrono duration converts") {
    CHECK(Duration(2s).count_nanoseconds() == 2'000'000'000);
    CHECK(Duration(5ms).count_microseconds() == 5'000);
    CHECK(Duration(7us).count_nanoseconds() == 7'000);
    CHECK(Duration(9ns).count_nanoseconds() == 9);
    CHECK(Duration(1h).count_milliseconds() == 3'600'000);
    CHECK(Duration(1.5s).count_milliseconds() == 1'500);
    CHECK(Duration(std::chrono::duration<int, std::ratio<1, 3>>(2)).count_milliseconds() == 666);
    CHECK(Duration(std::chrono::duration<std::int64_t, std::pico>(5'000)).count_nanoseconds() == 5);
    CHECK(Duration(-3ms).count_milliseconds() == -3);
}

TEST_CASE("durations saturate instead of overflowing") {
    CHECK(Duration(std::chrono::hours::max()).is_infinite());
    CHECK(Duration(std::chrono::duration<double>(1e300)).is_infinite());
    CHECK(Duration::seconds(INT64_MAX).is_infinite());
    CHECK(Duration::seconds(-INT64_MAX) < Duration());
    CHECK(Duration::milliseconds(1) < Duration::infinite());
}

TEST_CASE("deadlines expire, or never do") {
    CHECK_FALSE(Deadline().expired());
    CHECK(Deadline::never().poll_milliseconds() == -1);
    CHECK(Deadline::never().remaining().is_infinite());
    CHECK(Deadline::after(Duration::infinite()).is_never());
    CHECK(Deadline::after(Duration()).expired());
    CHECK(Deadline::after(-1s).expired());
    CHECK(Deadline::after(-1s).poll_milliseconds() == 0);
    const Deadline soon = Deadline::after(10s);
    CHECK_FALSE(soon.expired());
    CHECK(soon.poll_milliseconds() <= 10'000);
    CHECK(soon.poll_milliseconds() > 9'000);
    CHECK(Deadline::earlier(soon, Deadline::never()) == soon);
    CHECK(Deadline::after(1us).poll_milliseconds() <= 1);
    const std::int64_t before = lamina::monotonic_nanoseconds();
    CHECK(before <= lamina::monotonic_nanoseconds());
}
