#pragma once

#include <cstdint>

#include "oracle.hpp"

namespace fixture {

/// Fills oracle and database (empty but for its tables) with random rows and asks both `count` random requests.
void check_random_reads(std::uint32_t seed, int count, Oracle& oracle, Database& database);

}  // namespace fixture
