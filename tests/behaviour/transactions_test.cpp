#include <chrono>
#include <stdexcept>
#include <thread>

#include "world.hpp"

namespace behaviour {

TEST_CASE("a transaction commits what it returns from") {
    People w;
    const std::int32_t id = w.db.transaction([&](auto& tx) {
        auto made = tx.user.create({.email = "tx@x.org"});
        tx.post.create({.title = "in tx", .authorId = made.id});
        CHECK(tx.user.count() == 4);
        return made.id;
    });
    CHECK(w.db.user.find_unique(user::id == id));
    CHECK(w.db.post.count(where(post::authorId == id)) == 1);
}

TEST_CASE("an exception rolls a transaction back and goes on") {
    People w;
    CHECK_THROWS_AS(w.db.transaction([&](auto& tx) {
        tx.user.create({.email = "tx@x.org"});
        throw std::runtime_error("no");
    }),
                    std::runtime_error);
    CHECK(w.db.user.count() == 3);
    CHECK(code_of([&] {
              w.db.transaction([&](auto& tx) {
                  tx.user.create({.email = "tx@x.org"});
                  tx.user.create({.email = "ann@x.org"});
              });
          }) == "P2002");
    CHECK(w.db.user.count() == 3);
    CHECK(adapter().stats().in_use == 0);
}

TEST_CASE("a transaction inside a transaction is a savepoint") {
    People w;
    w.db.transaction([&](auto& tx) {
        tx.user.create({.email = "outer@x.org"});
        CHECK_THROWS(tx.transaction([&](auto& inner) {
            inner.user.create({.email = "inner@x.org"});
            throw std::runtime_error("no");
        }));
        tx.transaction([&](auto& inner) { inner.user.create({.email = "kept@x.org"}); });
    });
    CHECK(emails(w.db.user.find_many(where(user::id > w.cleo.id), order_by(user::email.asc()))) ==
          "kept@x.org outer@x.org");
}

TEST_CASE("a transaction that takes too long is rolled back") {
    People w;
    CHECK(code_of([&] {
              w.db.transaction(
                  [&](auto& tx) {
                      tx.user.create({.email = "slow@x.org"});
                      std::this_thread::sleep_for(std::chrono::milliseconds(120));
                      tx.user.create({.email = "slower@x.org"});
                  },
                  {.timeout = std::chrono::milliseconds(50)});
          }) == "P2028");
    CHECK(w.db.user.count() == 3);
}

TEST_CASE("raw statements take parameters only as values") {
    People w;
    struct Report {
        std::string email;
        std::optional<std::int32_t> age;
    };
    const std::string evil = "x'; DELETE FROM users; --";
    auto rows = w.db.template query_raw<Report>(
        lamina::sql("SELECT email, age FROM users WHERE age > {} AND email <> {} ORDER BY email", 20, evil));
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].email == "ann@x.org");
    CHECK(rows[0].age == 31);
    CHECK(w.db.execute_raw(lamina::sql("UPDATE users SET name = {} WHERE email = {}", evil, "bob@x.org")) == 1);
    CHECK(w.db.user.find_unique(user::email == "bob@x.org")->name == evil);
    CHECK(w.db.user.count() == 3);
}

TEST_CASE("one client serves several threads") {
    World w;
    auto base = w.db.user.create({.email = "base@x.org", .age = 0});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&w, &base, t] {
            for (int i = 0; i < 25; ++i) {
                w.db.user.create({.email = std::to_string(t) + "-" + std::to_string(i) + "@x.org"});
                w.db.user.update(user::id == base.id, {.age = increment(1)});
                (void)w.db.user.find_many(where(user::email.contains("-")), take(3));
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(w.db.user.count() == 101);
    CHECK(w.db.user.find_unique(user::id == base.id)->age == 100);
}

}  // namespace behaviour
