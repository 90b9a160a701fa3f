// Batches of typed calls: results in their order, all or nothing, few statements and round trips.

#include <chrono>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#if defined(LAMINA_TEST_POSTGRESQL)
#include <lamina/postgresql.hpp>
#else
#include <lamina/sqlite.hpp>
#endif
#include <lamina/events/sink.hpp>

#include "world.hpp"

using namespace behaviour;

namespace {

struct Listener {
    std::size_t statements = 0;
    std::size_t round_trips = 0;  ///< without BEGIN and COMMIT that are sent by themselves
    std::size_t begins = 0;
    std::size_t savepoints = 0;
    std::string texts;
    std::string operations;

    void on(const lamina::QueryEvent& event) {
        ++statements;
        round_trips += event.position == 0;
        texts.append(event.sql).append("\n");
        operations.append(event.model).append(".").append(event.operation).append(" ");
    }
    void on(const lamina::TransactionEvent& event) {
        begins += event.kind == lamina::TransactionEvent::Kind::Begin;
        savepoints += event.kind == lamina::TransactionEvent::Kind::ReleaseSavepoint;
    }
};

#if defined(LAMINA_TEST_POSTGRESQL)
using Database = lamina::postgresql::Pool;
constexpr bool kJoins = true;
#else
using Database = lamina::sqlite::Database;
constexpr bool kJoins = false;
#endif

/// The people, and a client that somebody listens to.
struct Heard : People {
    Heard() : pool(url(), {.events = lamina::listen(listener)}), client(pool) {}
    const Listener& after_restart() {
        listener = {};
        return listener;
    }
    Listener listener;
    Database pool;
    Client client;
};

std::string failed_call(const lamina::Error& error) { return std::string(error.detail("batch_index")); }

}  // namespace

TEST_CASE("a batch gives every call's result, in the order of the calls") {
    People w;
    auto [ann, users, number, made, ages, groups, changed] = w.db.batch(
        w.db.user.later().find_unique(user::email == "ann@x.org", include(user::posts(order_by(post::id.asc())))),
        w.db.user.later().find_many(order_by(user::id.desc()), select(user::email)), w.db.user.later().count(),
        w.db.user.later().create({.email = "dora@x.org", .age = 19}),
        w.db.user.later().aggregate(count(), sum(user::age)),
        w.db.user.later().group_by(by(user::role), count(), order_by(user::role.asc())),
        w.db.post.later().update_many(where(post::views < 15), {.published = true}));
    static_assert(std::is_same_v<decltype(number), std::uint64_t>);
    static_assert(std::is_same_v<decltype(made), User>);
    REQUIRE(ann);
    CHECK(titles(ann->posts) == "Alpha Beta Gamma");
    CHECK(emails(users) == "cleo@x.org bob@x.org ann@x.org");
    CHECK(number == 3);
    CHECK(made.email == "dora@x.org");
    CHECK(ages._count._all == 4);  // it comes behind the create
    CHECK(ages._sum.age == 75);
    REQUIRE(groups.size() == 2);
    CHECK(changed == 2);
    CHECK(w.db.user.count() == 4);
    CHECK(w.db.post.count(where(post::published == true)) == 3);
}

TEST_CASE("a batch without calls gives nothing and sends nothing") {
    Heard w;
    const Listener& heard = w.after_restart();
    [[maybe_unused]] const auto none = w.client.batch();
    static_assert(std::tuple_size<std::remove_const_t<decltype(none)>>::value == 0);
    CHECK(w.client.batch(std::vector<lamina::Call<std::uint64_t>>{}).empty());
    CHECK(heard.statements == 0);
    CHECK(heard.begins == 0);
}

TEST_CASE("calls own their inputs, and can be run again") {
    People w;
    std::vector<lamina::Call<User>> creates;
    {
        std::vector<std::string> names = {"x1", "x2"};
        for (std::string& name : names) {
            std::string email = "a rather long address that needs memory of its own: " + name;
            creates.push_back(w.db.user.later().create({.email = email, .posts = {.create = {{.title = name}}}}));
            email.assign(email.size(), '!');
        }
    }
    const std::vector<User> made = w.db.batch(creates);
    REQUIRE(made.size() == 2);
    CHECK(made[1].email == "a rather long address that needs memory of its own: x2");
    CHECK(titles(w.db.post.find_many(where(post::title.starts_with("x")), order_by(post::title.asc()))) == "x1 x2");
    CHECK(code_of([&] { w.db.batch(creates); }) == "P2002");

    const auto call = w.db.user.later().count();
    const auto copy = call;
    auto [first, second, third] = w.db.batch(call, w.db.user.later().create({.email = "more@x.org"}), copy);
    CHECK(first == 5);
    CHECK(third == 6);
    CHECK(w.db.batch(call).get<0>() == 6);
}

TEST_CASE("when a call fails nothing of the batch is done, and the error names the call") {
    People w;
    const auto create = [&](const char* email) { return w.db.user.later().create({.email = email}); };
    const auto done = w.db.try_batch(create("one@x.org"), w.db.user.later().delete_many(where(user::email == "nobody")),
                                     create("ann@x.org"), create("two@x.org"));
    REQUIRE(!done);
    CHECK(done.error().code_text() == "P2002");
    CHECK(done.error().model() == "User");
    CHECK(failed_call(done.error()) == "2");
    CHECK(done.error().message().find("(call 3 of 4 of the batch)") != std::string::npos);
    CHECK(w.db.user.count() == 3);

    const auto missing =
        w.db.try_batch(create("one@x.org"), w.db.user.later().update(user::id == -1, {.age = 3}), create("two@x.org"));
    REQUIRE(!missing);
    CHECK(missing.error().code_text() == "P2025");
    CHECK(failed_call(missing.error()) == "1");
    CHECK(w.db.user.count() == 3);

    // The last one fails behind its statements: nothing has been committed by then.
    const auto last = w.db.try_batch(create("one@x.org"), w.db.user.later().find_unique_or_throw(user::id == -1));
    REQUIRE(!last);
    CHECK(failed_call(last.error()) == "1");
    CHECK(w.db.user.count() == 3);
    CHECK(adapter().stats().in_use == 0);

    // A request that cannot run is found before anything is sent.
    const auto wrong = w.db.try_batch(create("one@x.org"), w.db.post.later().create({.title = "nobody's"}));
    REQUIRE(!wrong);
    CHECK(wrong.error().code_text() == "P2012");
    CHECK(failed_call(wrong.error()) == "1");
    CHECK(w.db.user.count() == 3);
}

TEST_CASE("a batch inside a transaction is a savepoint") {
    People w;
    w.db.transaction([&](auto& tx) {
        tx.user.create({.email = "outer@x.org"});
        const auto failed = tx.try_batch(tx.user.later().create({.email = "inner@x.org"}),
                                         tx.user.later().create({.email = "ann@x.org"}));
        REQUIRE(!failed);
        CHECK(failed_call(failed.error()) == "1");
        auto [kept, number] = tx.batch(tx.user.later().create({.email = "kept@x.org"}), tx.user.later().count());
        CHECK(kept.email == "kept@x.org");
        CHECK(number == 5);
        tx.transaction([&](auto& inner) { CHECK(inner.batch(inner.user.later().count()).template get<0>() == 5); });
    });
    CHECK(emails(w.db.user.find_many(where(user::id > w.cleo.id), order_by(user::email.asc()))) ==
          "kept@x.org outer@x.org");
    // It goes down with the transaction.
    CHECK(code_of([&] {
              w.db.transaction([&](auto& tx) {
                  tx.batch(tx.user.later().create({.email = "lost@x.org"}), tx.user.later().count());
                  tx.user.create({.email = "ann@x.org"});
              });
          }) == "P2002");
    CHECK(w.db.user.count() == 5);
}

TEST_CASE("calls of another client or transaction are refused") {
    People w;
    Client other(adapter());
    const auto failed = w.db.try_batch(w.db.user.later().count(), other.user.later().count());
    REQUIRE(!failed);
    CHECK(failed.error().code_text() == "P2019");
    CHECK(failed_call(failed.error()) == "1");
    w.db.transaction([&](auto& tx) {
        CHECK(!tx.try_batch(w.db.user.later().count()));
        CHECK(!w.db.try_batch(tx.user.later().count()));
    });
}

TEST_CASE("find_unique of neighbours by the same key is one statement") {
    Heard w;
    const auto by_id = [&](std::int32_t id) { return w.client.user.later().find_unique(user::id == id); };
    const Listener& heard = w.after_restart();
    auto [cleo, nobody, ann, again] = w.client.batch(by_id(w.cleo.id), by_id(-1), by_id(w.ann.id), by_id(w.cleo.id));
    CHECK(heard.statements == 1);
    CHECK(heard.begins == 0);
    CHECK(heard.operations == "User.find_unique ");
    CHECK(cleo->email == "cleo@x.org");
    CHECK(!nobody);
    CHECK(ann->email == "ann@x.org");
    CHECK(again->email == "cleo@x.org");

    // With relations and their numbers, below them too; a text as the key, which is not a member of the row.
    for (const auto how : {lamina::batch, lamina::join}) {
        const auto by_email = [&](const char* email) {
            return w.client.user.later().find_unique(
                user::email == email, load(how),
                select(user::age, count(user::posts, where(post::views > 10)), user::manager(select(user::email)),
                       user::posts(order_by(post::views.desc()), take(2), select(post::title))));
        };
        w.after_restart();
        const auto people = w.client.batch(
            std::vector{by_email("bob@x.org"), by_email("ann@x.org"), by_email("none"), by_email("ann@x.org")});
        CHECK(heard.statements == (kJoins && how == lamina::join ? 1 : 3));
        REQUIRE(people.size() == 4);
        CHECK(people[0]->age == 25);
        CHECK(people[0]->manager->email == "ann@x.org");
        CHECK(people[0]->_count.posts == 0);
        CHECK(titles(people[0]->posts) == "Delta");
        CHECK(people[1]->_count.posts == 2);
        CHECK(titles(people[1]->posts) == "Gamma Beta");
        CHECK(!people[2]);
        CHECK(titles(people[3]->posts) == "Gamma Beta");
    }
}

TEST_CASE("find_unique by a compound key is one statement as well") {
    Heard w;
    const auto by_title = [&](std::int32_t author, const char* title) {
        return w.client.post.later().find_unique(post::authorId_title(author, title), select(post::views));
    };
    const Listener& heard = w.after_restart();
    const auto posts = w.client.batch(std::vector{by_title(w.ann.id, "Gamma"), by_title(w.bob.id, "Gamma"),
                                                  by_title(w.bob.id, "Delta"), by_title(w.ann.id, "Alpha"),
                                                  by_title(w.ann.id, "Gamma")});
    CHECK(heard.statements == 1);
    REQUIRE(posts.size() == 5);
    CHECK(posts[0]->views == 30);
    CHECK(!posts[1]);
    CHECK(posts[2]->views == 5);
    CHECK(posts[3]->views == 10);
    CHECK(posts[4]->views == 30);
}

TEST_CASE("find_unique_or_throw of neighbours is one statement, and the error names the call") {
    Heard w;
    const auto by_id = [&](std::int32_t id) {
        return w.client.user.later().find_unique_or_throw(user::id == id,
                                                          select(user::email, user::posts(select(post::title))));
    };
    const Listener& heard = w.after_restart();
    auto [bob, ann, bob_again] = w.client.batch(by_id(w.bob.id), by_id(w.ann.id), by_id(w.bob.id));
    CHECK(heard.statements == 2);
    CHECK(bob.email == "bob@x.org");
    CHECK(titles(bob_again.posts) == "Delta");
    CHECK(ann.posts.size() == 3);

    const auto missing = w.client.try_batch(w.client.user.later().count(), by_id(w.bob.id), by_id(-1), by_id(-2));
    REQUIRE(!missing);
    CHECK(missing.error().code_text() == "P2025");
    CHECK(missing.error().model() == "User");
    CHECK(failed_call(missing.error()) == "2");
    // What comes behind it is not done, in front of it undone.
    const auto behind = w.client.try_batch(w.client.user.later().create({.email = "one@x.org"}), by_id(w.bob.id),
                                           by_id(-1), w.client.user.later().create({.email = "two@x.org"}));
    REQUIRE(!behind);
    CHECK(failed_call(behind.error()) == "2");
    CHECK(w.db.user.count() == 3);
}

TEST_CASE("reads that differ in more than the key's value are statements of their own") {
    Heard w;
    const auto later = w.client.user.later();
    const std::int32_t id = w.ann.id;
    const Listener& heard = w.after_restart();
    auto [whole, part, by_email, further, whole_bob, thrown, first] =
        w.client.batch(later.find_unique(user::id == id), later.find_unique(user::id == id, select(user::email)),
                       later.find_unique(user::email == "ann@x.org", select(user::email)),
                       later.find_unique(user::email == "ann@x.org" && user::age == 5, select(user::email)),
                       later.find_unique(user::id == w.bob.id), later.find_unique_or_throw(user::id == id),
                       later.find_first(where(user::id == id)));
    CHECK(heard.statements == 7);
    CHECK(heard.begins == 1);
    CHECK(whole->id == id);
    CHECK(part->email == "ann@x.org");
    CHECK(by_email->email == "ann@x.org");
    CHECK(!further);
    CHECK(whole_bob->id == w.bob.id);
    CHECK(thrown.id == id);
    CHECK(first->id == id);

    // Of relations, too, only what is read alike is read together.
    const auto posts = [&](std::int64_t views) {
        return later.find_unique(user::id == id, select(user::posts(where(post::views >= views), select(post::title))));
    };
    w.after_restart();
    auto [all, some, same] = w.client.batch(posts(0), posts(15), posts(15));
    CHECK(heard.statements == 4);
    CHECK(all->posts.size() == 3);
    CHECK(some->posts.size() == 2);
    CHECK(same->posts.size() == 2);
}

TEST_CASE("calls that do not wait for each other are sent together") {
    Heard w;
    const auto later = w.client.user.later();
    const Listener& heard = w.after_restart();
    auto [number, users, first] =
        w.client.batch(later.count(), later.find_many(), later.find_first(order_by(user::id.asc())));
    CHECK(number == 3);
    CHECK(heard.statements == 3);
    CHECK(heard.round_trips == 1);
    CHECK(heard.begins == 1);

    // Of relations a level is a round trip, however many calls there are.
    w.after_restart();
    auto [managers, teams, posts] =
        w.client.batch(later.find_many(include(user::manager, user::posts(include(post::comments)))),
                       later.find_many(include(user::teams)), w.client.post.later().find_many(include(post::author)));
    CHECK(heard.round_trips == 3);
    CHECK(posts.at(0).author.email == "ann@x.org");

    // Writes of one statement each.
    w.after_restart();
    auto [made, counted, changed] = w.client.batch(later.create({.email = "one@x.org"}), later.count(),
                                                   later.update_many(where(user::age == lamina::null), {.age = 1}));
    CHECK(heard.round_trips == 1);
    CHECK(counted == 4);
    CHECK(changed == 2);
    CHECK(made.id > w.cleo.id);

    // A write sees the end of the reads in front of it, and these nothing of it.
    w.after_restart();
    auto [before, gone, after] = w.client.batch(later.find_many(include(user::posts), order_by(user::id.asc())),
                                                w.client.post.later().delete_many(), w.client.post.later().count());
    CHECK(before.at(0).posts.size() == 3);
    CHECK(gone == 4);
    CHECK(after == 0);
    CHECK(heard.round_trips == 2);
}

TEST_CASE("a batch of very many calls") {
    Heard w;
    constexpr std::int32_t kMany = 2000;
    std::vector<lamina::Call<Shelf>> creates;
    std::vector<lamina::Call<std::optional<Shelf>>> reads;
    for (std::int32_t i = 0; i < kMany; ++i) {
        creates.push_back(w.client.shelf.later().create({.id = i, .label = "s" + std::to_string(i)}));
        reads.push_back(w.client.shelf.later().find_unique(shelf::label == "s" + std::to_string(kMany - i)));
    }
    const Listener& heard = w.after_restart();
    CHECK(w.client.batch(creates).at(17).label == "s17");
    CHECK(heard.statements == kMany);
    CHECK(heard.round_trips <= kMany / 500 + 1);
    CHECK(heard.begins == 1);
    w.after_restart();
    const auto found = w.client.batch(reads);
    CHECK(heard.statements == 1);
    CHECK(!found.at(0));
    CHECK(found.at(1)->id == kMany - 1);
    CHECK(found.at(kMany - 1)->id == 1);
}

TEST_CASE("a batch takes an isolation level and a time limit") {
    People w;
    auto [number, made] = w.db.batch({.isolation_level = lamina::IsolationLevel::Serializable, .retries = 2},
                                     w.db.user.later().count(), w.db.user.later().create({.email = "s@x.org"}));
    CHECK(number == 3);
    const std::vector<lamina::Call<std::uint64_t>> counts = {w.db.user.later().count(), w.db.post.later().count()};
    CHECK(w.db.batch({.isolation_level = lamina::IsolationLevel::Serializable}, counts) ==
          std::vector<std::uint64_t>{4, 4});
    CHECK(w.db.batch({.timeout = std::chrono::seconds(10)}, w.db.user.later().count()).get<0>() == 4);
    const auto late = w.db.try_batch({.timeout = std::chrono::nanoseconds(1)},
                                     w.db.user.later().create({.email = "late@x.org"}), w.db.user.later().count());
    REQUIRE(!late);
    CHECK(late.error().code_text() == "P2028");
    CHECK(w.db.user.count() == 4);
    const auto level = w.db.try_batch({.isolation_level = lamina::IsolationLevel::Snapshot}, w.db.user.later().count());
    CHECK(!level);
    CHECK(adapter().stats().in_use == 0);
}

TEST_CASE("a batch that meets a conflict is tried again from the beginning") {
    People w;
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
        threads.emplace_back([&w] {
            for (int i = 0; i < 10; ++i) {
                const auto later = w.db.user.later();
                auto [users, bob, ann] =
                    w.db.batch({.isolation_level = lamina::IsolationLevel::Serializable, .retries = 100},
                               later.find_many(), later.find_unique(user::email == "bob@x.org"),
                               later.update(user::id == w.ann.id, {.age = increment(1)}));
                CHECK(users.size() == 3);  // not once for each attempt
                CHECK(bob);
                CHECK(ann.age > 31);
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(w.db.user.find_unique(user::id == w.ann.id)->age == 61);
}
