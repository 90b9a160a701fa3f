#pragma once

#include <lamina/sql/dialect.hpp>

namespace lamina::dialect::sqlite {

/// SQLite's dialect. Every type code is 0: a value is bound in its natural storage. A list is bound as the text of a
/// JSON array: numbers as JSON numbers, booleans as 0 and 1, texts, enum labels and DateTimes as JSON strings in their
/// stored form, Decimals of up to 15 significant digits as JSON numbers and longer ones as JSON strings, Bytes as JSON
/// strings of upper-case hex digits.
const Dialect& dialect() noexcept;

}  // namespace lamina::dialect::sqlite
