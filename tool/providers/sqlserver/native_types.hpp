#pragma once

#include <span>

#include "schema/analyze/connector.hpp"

namespace lamina::providers::sqlserver {

/// `@db.…` of SQL Server, and the scalar types that each may stand on.
[[nodiscard]] std::span<const schema::NativeTypeRule> native_types();

/// Ranges of arguments.
void check_native_type(const schema::NativeTypeUse& use, schema::Diagnostics& out);

}  // namespace lamina::providers::sqlserver
