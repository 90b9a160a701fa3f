#pragma once

#include <lamina/driver/connection.hpp>
#include <lamina/error/error.hpp>

#include "catalog/catalog.hpp"

namespace lamina::providers::sqlite {

/// Reads the schema of the open database. SQLite's own tables, those of replication tools and the table of the
/// migration history are left out.
Result<catalog::Catalog> describe(driver::Connection& connection);

}  // namespace lamina::providers::sqlite
