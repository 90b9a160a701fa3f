#pragma once

#include <string_view>

#include "drivers/postgresql/decode.hpp"

namespace lamina::postgresql {

/// Gives the rows in a cell that holds an array of records, to any depth, to `sink`; NULL holds none. Trusts no length.
/// Fails with P2023, which names `column`, when the cell holds something else, and with what the sink says.
Result<void> decode_rows(const Cell& cell, std::string_view column, RowSink& sink);

}  // namespace lamina::postgresql
