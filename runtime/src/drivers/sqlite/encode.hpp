#pragma once

#include <cstddef>
#include <string>

#include <sqlite3.h>

#include <lamina/error/error.hpp>
#include <lamina/value/datetime.hpp>
#include <lamina/value/value.hpp>

namespace lamina::sqlite {

/// Binds a value to parameter `index` (from 1) in its storage form. Texts are not copied: the value must stay where it
/// is until the statement has been reset. Fails with P2007 for broken UTF-8, a NaN, and others that SQLite cannot hold.
Result<void> bind(sqlite3* database, sqlite3_stmt* statement, int index, const Value& value);

/// The largest text that format_datetime writes.
inline constexpr std::size_t kDateTimeCapacity = 48;
/// Writes a DateTime as it is stored: 2024-02-29T12:34:56.789+00:00, with six digits of fraction where they are needed.
std::size_t format_datetime(DateTime time, char* out);

/// Writes a list as the JSON text that the dialect's list parameters expect (sql/sqlite/dialect.hpp).
Result<void> format_list(const Value::List& list, std::string& out);

}  // namespace lamina::sqlite
