#pragma once

#include <lamina/error/error.hpp>
#include <lamina/plan/plan.hpp>
#include <lamina/query/operation.hpp>
#include <lamina/sql/dialect.hpp>

namespace lamina::plan {

/// Makes the plan of an operation. The plan holds for every operation of the same shape (shape.hpp).
/// Fails with P2009 when the operation is not valid: unknown fields, a negative skip, a filter that the field's type
/// does not have, a find_unique without a unique key; with P2012 and others as the write planner says. The plan does
/// not depend on the operation afterwards, but on the schema. May be called from any thread.
Result<Plan> plan(const query::Operation& operation, const meta::Schema& schema, const dialect::Dialect& dialect);

}  // namespace lamina::plan
