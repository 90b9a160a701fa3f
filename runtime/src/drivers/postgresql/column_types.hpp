#pragma once

#include <cstdint>

#include <lamina/value/row.hpp>

namespace lamina::postgresql {

/// What raw queries say of a column whose type has this number: the type as Prisma's PostgreSQL adapter sees it.
/// Types made by users are Unknown: whether they are lists, and of what, shows in their values.
ColumnType column_type(std::uint32_t type) noexcept;

}  // namespace lamina::postgresql
