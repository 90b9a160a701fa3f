#pragma once

#include <string>

#include "catalog/catalog.hpp"
#include "migrate/provider.hpp"
#include "schema/model/schema.hpp"

namespace lamina::migrate {

/// The catalog that a database has when it is exactly what the schema says.
///
/// `default_namespace` is where tables without @@schema go; empty takes the provider's usual one. The schema must be
/// valid for that provider.
[[nodiscard]] catalog::Catalog from_schema(const schema::Schema& schema, const Provider& provider,
                                           std::string default_namespace = {});

}  // namespace lamina::migrate
