#pragma once

#include "plan/write_shape.hpp"

namespace lamina::plan {

/// The part of the walk over an operation that is about a filter.
void walk_filter(ShapeParts& parts, const query::Filter& filter);

}  // namespace lamina::plan
