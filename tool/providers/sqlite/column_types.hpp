#pragma once

#include "catalog/type.hpp"
#include "schema/model/schema.hpp"

namespace lamina::providers::sqlite {

/// The declared type of a field's column. Enums are text.
[[nodiscard]] catalog::NativeType native_type(const schema::Field& field);

}  // namespace lamina::providers::sqlite
