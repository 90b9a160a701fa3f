#pragma once

#include <string>
#include <string_view>

#include "catalog/type.hpp"
#include "schema/model/schema.hpp"

namespace lamina::providers::postgresql {

/// The type of a field's column: `@db.…`, or what PostgreSQL takes for the scalar type. Not for enum fields.
[[nodiscard]] catalog::NativeType native_type(const schema::Field& field);

/// `JsonbPathOps` to `jsonb_path_ops`.
[[nodiscard]] std::string operator_class(std::string_view prisma_name);

}  // namespace lamina::providers::postgresql
