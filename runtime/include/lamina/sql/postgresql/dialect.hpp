#pragma once

#include <lamina/sql/dialect.hpp>

namespace lamina::dialect::postgresql {

/// PostgreSQL's dialect. Type codes are the OIDs of the server's types; 0: the server infers the type and the value
/// travels as text (enums, citext, char, money, date, time and whatever else has no binary form here). Lists have the
/// array type's OID, or 0.
const Dialect& dialect() noexcept;

}  // namespace lamina::dialect::postgresql
