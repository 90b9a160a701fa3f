#include "driver/statement_cache.hpp"

#include <algorithm>
#include <cstdint>
#include <list>
#include <random>

#include <doctest/doctest.h>

using lamina::driver::StatementCache;

TEST_CASE("the least recently used statement makes room") {
    StatementCache<int> cache(2);
    cache.insert(1, 10);
    cache.insert(2, 20);
    REQUIRE(cache.full());
    CHECK(*cache.find(1) == 10);
    CHECK(cache.oldest() == 2);
    CHECK(cache.take(cache.oldest()) == 20);
    cache.insert(3, 30);
    CHECK(cache.find(2) == nullptr);
    CHECK(*cache.find(1) == 10);
    CHECK(*cache.find(3) == 30);
}

TEST_CASE("a cache of capacity zero holds nothing") {
    StatementCache<int> cache(0);
    CHECK(cache.full());
    CHECK(cache.find(1) == nullptr);
    CHECK(cache.take(1) == 0);
}

TEST_CASE("random use agrees with a list") {
    std::mt19937 random(7);
    StatementCache<std::uint64_t> cache(37);
    std::list<std::uint64_t> model;  // the most recent first
    for (int i = 0; i < 50000; ++i) {
        const std::uint64_t id = random() % 100 + 1;
        const auto at = std::find(model.begin(), model.end(), id);
        if (random() % 10 == 0) {
            CHECK(cache.take(id) == (at == model.end() ? 0 : id * 3));
            if (at != model.end()) model.erase(at);
        } else if (auto* found = cache.find(id)) {
            REQUIRE(at != model.end());
            CHECK(*found == id * 3);
            model.splice(model.begin(), model, at);
        } else {
            REQUIRE(at == model.end());
            if (cache.full()) {
                REQUIRE(cache.oldest() == model.back());
                cache.take(cache.oldest());
                model.pop_back();
            }
            cache.insert(id, id * 3);
            model.push_front(id);
        }
        REQUIRE(cache.size() == model.size());
    }
}
