#pragma once

#include <string>

#include <lamina/query/operation.hpp>
#include <lamina/value/json_document.hpp>

#include "unit/plan/write/tiny_schema.hpp"

namespace test {

/// A request as Prisma's client takes it, {"model", "action", "args"}, as an operation. Throws what goes wrong.
lamina::query::Operation read_request(const TinySchema& schema, lamina::JsonView request);

}  // namespace test
