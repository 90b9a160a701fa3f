#pragma once

#include <cstdint>
#include <string>

#include <lamina/value/bytes.hpp>
#include <lamina/value/datetime.hpp>
#include <lamina/value/decimal.hpp>
#include <lamina/value/json.hpp>

#include "drivers/postgresql/decode.hpp"

/// One cell, not NULL, into one C++ value. Lengths are checked: a cell may come from anywhere.
namespace lamina::postgresql {

/// Why a cell does not fit; null when it does.
using Problem = const char*;

Problem decode(const Cell& cell, std::int32_t& out);
Problem decode(const Cell& cell, std::int64_t& out);
Problem decode(const Cell& cell, double& out);
Problem decode(const Cell& cell, bool& out);
Problem decode(const Cell& cell, Decimal& out);
Problem decode(const Cell& cell, std::string& out);
Problem decode(const Cell& cell, DateTime& out);
Problem decode(const Cell& cell, Json& out);
Problem decode(const Cell& cell, Bytes& out);

}  // namespace lamina::postgresql
