#pragma once

#include <optional>

#include "catalog/type.hpp"
#include "schema/model/schema.hpp"

namespace lamina::migrate {

/// The column default that `@default` of a field asks for; none where the client makes the value (uuid, cuid, …), where
/// the database counts (autoincrement), or where `dbgenerated()` does not say what.
[[nodiscard]] std::optional<catalog::Default> column_default(const schema::Field& field);

}  // namespace lamina::migrate
