#pragma once

#include <nlohmann/json_fwd.hpp>

#include "schema/model/schema.hpp"

namespace lamina::schema::dmmf {

/// What `@default(…)` of a scalar or enum field is in a DMMF: a JSON value, a list of them, or `{"name", "args"}` of a
/// function. The field must have a default.
[[nodiscard]] nlohmann::ordered_json default_value(const Field& field);

}  // namespace lamina::schema::dmmf
