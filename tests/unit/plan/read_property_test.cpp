#include <cstdlib>

#include <doctest/doctest.h>

#include "random_reads.hpp"

using namespace fixture;

// Random requests over random rows: what the plan's SQL finds in a real SQLite must be what the definitions say.
TEST_CASE("random_reads_find_what_the_definitions_say") {
    const char* wanted = std::getenv("LAMINA_TEST_ROUNDS");
    const int rounds = wanted ? std::atoi(wanted) : 12;
    for (int round = 0; round < rounds; ++round) {
        Oracle oracle;
        MemoryDatabase database;
        check_random_reads(static_cast<std::uint32_t>(round) * 7919 + 1, 150, oracle, database);
    }
}
