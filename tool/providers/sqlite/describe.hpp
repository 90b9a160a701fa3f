#pragma once

#include <lamina/driver/connection.hpp>
#include <lamina/error/error.hpp>

#include "catalog/catalog.hpp"

namespace lamina::sqlite_provider {

/// Reads the schema of the open database. SQLite's own tables, those of replication tools and the table of the migration
/// history are left out.
Result<catalog::Catalog> describe(driver::Connection& connection);

}  // namespace lamina::sqlite_provider
