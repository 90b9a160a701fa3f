#pragma once

#include <cstdint>
#include <string>

#include <lamina/error/error.hpp>
#include <lamina/value/datetime.hpp>

/// Between DateTime, which counts from 1970, and the server's formats, which count from 2000.
namespace lamina::postgresql {

/// Microseconds since 2000-01-01; infinities are the extreme numbers, as in the server. Fails with P2020.
Result<std::int64_t> to_timestamp(DateTime time);
/// False when the moment is outside of what a DateTime holds.
bool from_timestamp(std::int64_t microseconds, DateTime& out) noexcept;

/// Days since 2000-01-01, the time of day cut off. Fails with P2020.
Result<std::int32_t> to_date(DateTime time);
/// False when the day is outside of what a DateTime holds.
bool from_date(std::int32_t days, DateTime& out) noexcept;

/// Microseconds since midnight.
std::int64_t time_of_day(DateTime time) noexcept;

/// "2024-02-29 12:34:56.789+00", "0044-03-15 00:00:00+00 BC", "infinity": what the server's input functions read.
void append_timestamp_text(std::string& out, DateTime time);

}  // namespace lamina::postgresql
