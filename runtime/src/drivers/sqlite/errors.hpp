#pragma once

#include <string_view>

#include <sqlite3.h>

#include <lamina/error/error.hpp>

namespace lamina::sqlite {

/// The error of a connection's last failed call. The details "table" and "columns" say what the message names; the
/// executor turns them into the model and its fields.
Error database_error(sqlite3* database, int result);

/// An error from a result code and the database's message.
Error database_error(int extended_code, std::string_view message);

/// Why a database could not be opened.
Error open_error(int extended_code, std::string_view message, std::string_view path);

}  // namespace lamina::sqlite
