#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lamina/driver/connection.hpp>
#include <lamina/error/error.hpp>

namespace lamina::migrate {

/// One row of a catalog query: NULL is nothing.
using TextRow = std::vector<std::optional<std::string>>;

/// Runs a query whose `columns` columns are all of the database's text type, and gives its rows. For catalog queries:
/// few rows, waits as long as it takes.
Result<std::vector<TextRow>> query_texts(driver::Connection& connection, std::string_view sql, std::size_t columns);

/// Runs a script in one transaction; when a part of it fails the whole is rolled back and that part's error is given.
Result<void> run_in_transaction(driver::Connection& connection, std::string_view script);

}  // namespace lamina::migrate
