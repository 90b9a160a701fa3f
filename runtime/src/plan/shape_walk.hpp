#pragma once

#include "plan/write_shape.hpp"

namespace lamina::plan {

/// The part of the walk over an operation that is about a filter.
void walk_filter(ShapeParts& parts, const query::Filter& filter);

/// Whether so few rows are asked for that something calculated for each of them is cheaper than for all rows at once.
/// Part of the shape where related rows are counted.
inline bool takes_few(const query::Arguments& arguments) noexcept {
    return arguments.take && *arguments.take <= 1000 && *arguments.take >= -1000;
}

}  // namespace lamina::plan
