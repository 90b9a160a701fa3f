#include <chrono>
#include <stdexcept>

#include "world.hpp"

#if defined(LAMINA_TEST_POSTGRESQL)
#include <lamina/postgresql.hpp>
#else
#include <lamina/sqlite.hpp>
#endif

namespace behaviour {

namespace {

template <class Body>
lamina::Error error_of(Body&& body) {
    try {
        body();
    } catch (const lamina::Error& error) {
        return error;
    }
    FAIL("no error");
    throw std::logic_error("unreachable");
}

}  // namespace

TEST_CASE("a unique violation names model, fields and constraint, and no value") {
    People w;
    const auto error = error_of([&] { w.db.user.create({.email = "ann@x.org"}); });
    CHECK(error.code() == lamina::ErrorCode::UniqueViolation);
    CHECK(error.model() == "User");
    REQUIRE(error.fields().size() == 1);
    CHECK(error.fields()[0] == "email");
    CHECK(std::string(error.what()).find("ann@x.org") == std::string::npos);
    CHECK(std::string(error.sql()).find("INSERT") != std::string::npos);
    const auto compound = error_of([&] { w.db.post.create({.title = "Delta", .authorId = w.bob.id}); });
    CHECK(compound.code() == lamina::ErrorCode::UniqueViolation);
    CHECK(compound.fields().size() == 2);
    CHECK(w.db.user.count() == 3);
}

TEST_CASE("a foreign key to nowhere") {
    People w;
    CHECK(code_of([&] { w.db.post.create({.title = "x", .authorId = -5}); }) == "P2003");
    CHECK(code_of([&] { w.db.user.update(user::id == w.bob.id, {.managerId = -5}); }) == "P2003");
    CHECK(w.db.post.count() == 4);
}

TEST_CASE("texts that the database cannot hold") {
    World w;
    const std::string nul("a\0b", 3);
    auto made = w.db.user.try_create({.email = nul});
    if (made) {
        CHECK(made->email == nul);
        CHECK(w.db.user.find_unique(user::email == nul));
    } else {
        CHECK(made.error().code() != lamina::ErrorCode::ConnectionLost);
        CHECK(w.db.user.count() == 0);
    }
    auto broken = w.db.user.try_create({.email = "\xff\xfe"});
    CHECK(!broken);
    CHECK(w.db.user.count(where(user::email == "fine")) == 0);
}

TEST_CASE("a table and a column that are not there") {
    World w;
    w.db.execute_raw(lamina::sql("ALTER TABLE \"Tag\" RENAME COLUMN name TO label"));
    const auto column = error_of([&] { w.db.tag.find_many(); });
    CHECK(column.code() == lamina::ErrorCode::ColumnMissing);
    w.db.execute_raw(lamina::sql("ALTER TABLE \"Tag\" RENAME COLUMN label TO name"));
    CHECK(w.db.tag.find_many().empty());
    w.db.execute_raw(lamina::sql("ALTER TABLE \"Holder\" RENAME TO \"Gone\""));
    const auto table = error_of([&] { w.db.holder.find_many(); });
    CHECK(table.code() == lamina::ErrorCode::TableMissing);
    w.db.execute_raw(lamina::sql("ALTER TABLE \"Gone\" RENAME TO \"Holder\""));
    CHECK(w.db.holder.find_many().empty());
}

TEST_CASE("a value that does not fit the member is an error, not a wrong value") {
    People w;
    w.db.execute_raw(lamina::sql("UPDATE users SET age = NULL"));
    CHECK(!w.db.user.find_unique(user::id == w.ann.id)->age);
#if !defined(LAMINA_TEST_POSTGRESQL)
    w.db.execute_raw(lamina::sql("UPDATE users SET age = 3000000000 WHERE id = {}", w.ann.id));
    CHECK(code_of([&] { w.db.user.find_unique(user::id == w.ann.id); }) == "P2023");
    w.db.execute_raw(lamina::sql("UPDATE users SET age = 1, role = 'unheard of' WHERE id = {}", w.ann.id));
    CHECK(code_of([&] { w.db.user.find_unique(user::id == w.ann.id); }) == "P2023");
    w.db.execute_raw(
        lamina::sql("UPDATE users SET role = 'USER', name = CAST(x'ff41' AS TEXT) WHERE id = {}", w.ann.id));
    CHECK(code_of([&] { w.db.user.find_unique(user::id == w.ann.id); }) == "P2023");
    CHECK(w.db.user.find_unique(user::id == w.bob.id)->name == "Bob");
#endif
}

TEST_CASE("a full pool says so") {
#if defined(LAMINA_TEST_POSTGRESQL)
    lamina::postgresql::Pool small{url(), {.max_size = 1, .max_wait = std::chrono::milliseconds(50)}};
#else
    lamina::sqlite::Database small{url(), {.max_size = 1, .max_wait = std::chrono::milliseconds(50)}};
#endif
    World w;
    Client db{small};
    db.transaction([&](auto& tx) {
        CHECK(tx.user.count() == 0);
        const auto error = error_of([&] { db.user.count(); });
        CHECK(error.code() == lamina::ErrorCode::PoolTimeout);
        CHECK(std::string(error.what()).find('1') != std::string::npos);
    });
    CHECK(db.user.count() == 0);
    CHECK(small.stats().timeouts == 1);
}

#if defined(LAMINA_TEST_POSTGRESQL)

TEST_CASE("a killed backend is noticed, and the pool recovers") {
    People w;
    const auto error = error_of([&] {
        w.db.transaction([&](auto& tx) {
            tx.user.create({.email = "lost@x.org"});
            struct Pid {
                std::int32_t pid;
            };
            const auto pid = tx.template query_raw<Pid>(lamina::sql("SELECT pg_backend_pid()")).at(0).pid;
            w.db.execute_raw(lamina::sql("SELECT pg_terminate_backend({})", pid));
            tx.user.create({.email = "lost2@x.org"});
        });
    });
    CHECK(error.code() == lamina::ErrorCode::ConnectionLost);
    CHECK(error.poisons_connection());
    CHECK(w.db.user.count() == 3);
    CHECK(adapter().stats().in_use == 0);
}

TEST_CASE("a value too long for its column") {
    World w;
    w.db.execute_raw(lamina::sql("ALTER TABLE \"Tag\" ALTER COLUMN name TYPE varchar(3)"));
    CHECK(code_of([&] { w.db.tag.create({.name = "toolong"}); }) == "P2000");
    w.db.execute_raw(lamina::sql("ALTER TABLE \"Tag\" ALTER COLUMN name TYPE text"));
    CHECK(w.db.tag.create({.name = "toolong"}).name == "toolong");
}

TEST_CASE("an unreachable server and a missing database") {
    lamina::postgresql::Pool nowhere{"postgresql://localhost:1/nothing", {.connect_timeout = std::chrono::seconds(2)}};
    Client db{nowhere};
    const auto error = error_of([&] { db.user.count(); });
    CHECK(error.code() == lamina::ErrorCode::ServerUnreachable);
    std::string missing = url();
    missing.insert(missing.find("behaviour_"), "no_");
    lamina::postgresql::Pool pool{missing};
    Client other{pool};
    CHECK(code_of([&] { other.user.count(); }) == "P1003");
}

#else

TEST_CASE("a read-only file can be read and not be written") {
    People w;
    lamina::sqlite::Database database{url(), {.read_only = true}};
    Client db{database};
    CHECK(db.user.count() == 3);
    const auto error = error_of([&] { db.user.create({.email = "x"}); });
    CHECK(error.code() != lamina::ErrorCode::ConnectionLost);
    CHECK(std::string(error.what()).find("read") != std::string::npos);
    CHECK(db.user.count() == 3);
}

TEST_CASE("a full database writes nothing by halves and is usable afterwards") {
    People w;
    lamina::sqlite::Database database{url(), {.max_size = 1}};
    Client db{database};
    (void)db.query_raw(lamina::sql("PRAGMA max_page_count = 60"));
    const std::string body(100'000, 'x');
    const auto error = error_of([&] {
        for (int i = 0; i < 100; ++i) {
            db.user.create({.email = std::to_string(i) + "@full.org",
                            .posts = {.create = {{.title = "a", .body = body}, {.title = "b", .body = body}}}});
        }
    });
    CHECK(std::string(error.what()).find("full") != std::string::npos);
    for (const auto& row :
         db.user.find_many(where(user::email.ends_with("@full.org")), include(user::posts(select(post::title))))) {
        CHECK(row.posts.size() == 2);
    }
    CHECK(w.db.user.count(where(user::name == "Ann")) == 1);
}

TEST_CASE("a missing folder") {
    lamina::sqlite::Database database{"file:/nowhere/at/all.db"};
    Client db{database};
    CHECK(code_of([&] { db.user.count(); }) != "no error");
}

#endif

}  // namespace behaviour
