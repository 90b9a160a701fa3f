#pragma once

// Opt-in: <chrono> costs 0.8 s of compile time, so nothing else in lamina includes it.

#include <chrono>

#include <lamina/value/datetime.hpp>

namespace lamina {

/// A point of the system's clock as a DateTime; parts below a microsecond are cut off towards the past.
template <class D>
DateTime from_chrono(std::chrono::time_point<std::chrono::system_clock, D> time) {
    const auto floored = std::chrono::floor<std::chrono::microseconds>(time);
    return DateTime::from_unix_microseconds(static_cast<std::int64_t>(floored.time_since_epoch().count()));
}

/// A DateTime as a point of the system's clock, at microsecond resolution.
inline std::chrono::sys_time<std::chrono::microseconds> to_chrono(DateTime time) {
    return std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(time.unix_microseconds()));
}

}  // namespace lamina
