#pragma once

#include <string>
#include <vector>

#include <lamina/driver/connection.hpp>
#include <lamina/error/error.hpp>

#include "catalog/catalog.hpp"

namespace lamina::providers::postgresql {

/// Reads the schema of the connected database: the named namespaces (the first is the default one; those that do not
/// exist are left out), all extensions. What belongs to an extension and the table of the migration history are left
/// out.
Result<catalog::Catalog> describe(driver::Connection& connection, const std::vector<std::string>& namespaces);

}  // namespace lamina::providers::postgresql
