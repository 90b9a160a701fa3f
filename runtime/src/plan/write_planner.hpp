#pragma once

#include "plan/builder.hpp"

namespace lamina::plan {

/// A create, update, upsert or delete operation.
Result<void> plan_write(Builder& builder, const query::Operation& operation);

}  // namespace lamina::plan
