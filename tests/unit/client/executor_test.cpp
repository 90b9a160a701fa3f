#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/client/executor.hpp>
#include <lamina/drivers/sqlite/adapter.hpp>

#include "unit/client/world.hpp"

using namespace lamina;
using namespace lamina::test;
using namespace std::chrono_literals;

namespace {

struct World {
    explicit World(const sqlite::Options& options = {}) : database(":memory:", options), client(database, schema()) {
        execute_raw(client,
                    sql("CREATE TABLE members (id INTEGER PRIMARY KEY, e_mail TEXT NOT NULL UNIQUE, name TEXT)"))
            .value();
    }
    std::size_t count() { return rows(client, find_many()).size(); }

    sqlite::Database database;
    client::Executor client;
};

}  // namespace

TEST_CASE("operations run, and a plan is made once per shape") {
    World w;
    std::vector<Member> made;
    CHECK(*w.client.run(create("a@x"), &layout(), &made) == 1);
    REQUIRE(made.size() == 1);
    CHECK(made[0].id == 1);
    CHECK_FALSE(made[0].name);
    CHECK(rows(w.client, create("b@x", "Bob")).at(0).name == "Bob");
    CHECK(rows(w.client, find_many("b@x")).at(0).id == 2);
    CHECK(rows(w.client, find_many("a@x")).at(0).id == 1);
    CHECK(w.count() == 2);
    CHECK(w.client.plan_stats().hits >= 1);
    const auto texts = w.client.sql(find_many("secret"));
    REQUIRE(texts);
    REQUIRE(texts->size() == 1);
    CHECK(texts->front().find("secret") == std::string::npos);
    CHECK(w.database.stats().in_use == 0);
}

TEST_CASE("errors carry model, field names and SQL, and no values") {
    World w;
    REQUIRE(w.client.run(create("a@x"), nullptr, nullptr).has_value() == false);  // a create gives a row
    (void)rows(w.client, create("a@x"));
    std::vector<Member> made;
    const auto failed = w.client.run(create("a@x"), &layout(), &made);
    REQUIRE_FALSE(failed);
    const Error& error = failed.error();
    CHECK(error.code() == ErrorCode::UniqueViolation);
    CHECK(error.model() == "Member");
    CHECK(error.fields() == std::vector<std::string>{"email"});
    CHECK(error.sql().find("INSERT") != std::string::npos);
    CHECK(error.message().find("email") != std::string::npos);
    CHECK(error.message().find("a@x") == std::string::npos);
    CHECK_FALSE(error.poisons_transaction());
}

TEST_CASE("a transaction commits what its body returns from") {
    World w;
    CHECK(w.client.transaction({}, [](Session& tx) -> Result<void> {
        (void)rows(tx, create("a@x"));
        CHECK(rows(tx, find_many()).size() == 1);
        return {};
    }));
    CHECK(w.count() == 1);
}

TEST_CASE("errors, thrown errors and other exceptions roll back") {
    World w;
    const auto given = w.client.transaction({}, [](Session& tx) -> Result<void> {
        (void)rows(tx, create("a@x"));
        return Error(ErrorCode::RecordMissing);
    });
    CHECK(given.error().code() == ErrorCode::RecordMissing);
    const auto thrown = w.client.transaction({}, [](Session& tx) -> Result<void> {
        (void)rows(tx, create("a@x"));
        (void)rows(tx, create("a@x"));  // throws
        return {};
    });
    CHECK(thrown.error().code() == ErrorCode::UniqueViolation);
    CHECK_THROWS_AS(static_cast<void>(w.client.transaction({},
                                                           [](Session& tx) -> Result<void> {
                                                               (void)rows(tx, create("a@x"));
                                                               throw std::runtime_error("no");
                                                           })),
                    std::runtime_error);
    CHECK(w.count() == 0);
    CHECK(w.database.stats().in_use == 0);
    CHECK(w.database.stats().discarded == 0);
}

TEST_CASE("a transaction inside a transaction is undone alone") {
    World w;
    CHECK(w.client.transaction({}, [](Session& tx) -> Result<void> {
        (void)rows(tx, create("outer@x"));
        const auto inner = tx.transaction({}, [](Session& nested) -> Result<void> {
            (void)rows(nested, create("inner@x"));
            (void)rows(nested, create("outer@x"));
            return {};
        });
        CHECK(inner.error().code() == ErrorCode::UniqueViolation);
        CHECK(rows(tx, find_many()).size() == 1);
        return tx.transaction({}, [](Session& nested) -> Result<void> {
            (void)rows(nested, create("kept@x"));
            return {};
        });
    }));
    CHECK(w.count() == 2);
}

TEST_CASE("the time limit of a transaction stops a running statement") {
    World w;
    TransactionOptions options;
    options.timeout = 50ms;
    const auto result = w.client.transaction(options, [](Session& tx) -> Result<void> {
        (void)rows(tx, create("a@x"));
        auto endless = query_raw(
            tx, sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"));
        return std::move(endless).error();
    });
    REQUIRE_FALSE(result);
    CHECK(result.error().code() == ErrorCode::TransactionFailed);
    CHECK(w.count() == 0);
}

TEST_CASE("a conflict is tried again as often as asked") {
    World w;
    int attempts = 0;
    TransactionOptions options;
    options.retries = 2;
    const auto conflict = [&attempts](Session& tx) -> Result<void> {
        ++attempts;
        (void)rows(tx, create("a@x"));
        if (attempts < 3) return Error(ErrorCode::TransactionConflict);
        return {};
    };
    CHECK(w.client.transaction(options, conflict));
    CHECK(attempts == 3);
    CHECK(w.count() == 1);
    attempts = -10;
    CHECK(w.client
              .transaction(options,
                           [&attempts](Session&) -> Result<void> {
                               ++attempts;
                               return Error(ErrorCode::TransactionConflict);
                           })
              .error()
              .code() == ErrorCode::TransactionConflict);
    CHECK(attempts == -7);
}

TEST_CASE("a read-only transaction refuses writes, and the connection can write afterwards") {
    World w;
    TransactionOptions options;
    options.read_only = true;
    const auto result = w.client.transaction(options, [](Session& tx) -> Result<void> {
        CHECK(rows(tx, find_many()).empty());
        std::vector<Member> made;
        auto written = tx.run(create("a@x"), &layout(), &made);
        REQUIRE_FALSE(written);
        return std::move(written).error();
    });
    CHECK(result.error().code() == ErrorCode::ReadOnly);
    CHECK(rows(w.client, create("a@x")).size() == 1);
}

TEST_CASE("raw statements: parameters, parts, names, literal braces") {
    World w;
    const std::string evil = "'; DROP TABLE members; --";
    CHECK(*execute_raw(w.client,
                       sql("INSERT INTO members (e_mail, name) VALUES ({}, {}), ({}, NULL)", "a@x", evil, "b@x")) == 2);
    const Sql condition = sql("name = {}", evil);
    const auto found = query_raw(w.client, sql("SELECT {} AS mail, '{{}}' AS braces FROM {} WHERE {}",
                                               identifier("e_mail"), identifier("members"), condition));
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    CHECK(found->at(0, "mail") == Value("a@x"));
    CHECK(found->at(0, "braces") == Value("{}"));
    CHECK_THROWS_AS(static_cast<void>(found->at(0, "nothing")), Error);
    CHECK(query_raw(w.client, Sql::from_text("SELECT {}")).error().code() == ErrorCode::RawParameterCount);
    const auto refused = query_raw(w.client, sql("SELEC {}", 1));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == ErrorCode::RawQueryFailed);
    CHECK(refused.error().sqlstate() == "1");
    const Sql items[] = {sql("{}", 1), sql("{}", 2)};
    CHECK(query_raw(w.client, sql("SELECT 1 WHERE 2 IN ({})", Sql::join(items, ", ")))->size() == 1);
    CHECK(identifier("a\"{}").text() == "\"a\"\"{{}}\"");
}

TEST_CASE("raw queries name their columns, without rows as well") {
    using Kind = ColumnType::Kind;
    World w;
    const auto none = query_raw(w.client, sql("SELECT name, 1 AS one, CAST(NULL AS TEXT) FROM members WHERE 0"));
    REQUIRE(none);
    CHECK(none->empty());
    REQUIRE(none->columns().size() == 3);
    CHECK(none->columns()[1] == "one");
    CHECK(none->types()[0].kind == Kind::String);
    CHECK(none->types()[1].kind == Kind::Unknown);
    execute_raw(w.client,
                sql("CREATE TABLE odd (i INTEGER, b BIGINT, d DECIMAL(9, 2), f FLOAT, t varchar(3), x point)"))
        .value();
    const auto odd = query_raw(w.client, sql("SELECT * FROM odd"));
    REQUIRE(odd);
    const Kind kinds[] = {Kind::Int, Kind::BigInt, Kind::Decimal, Kind::Float, Kind::String, Kind::Unknown};
    REQUIRE(odd->types().size() == std::size(kinds));
    for (std::size_t i = 0; i < std::size(kinds); ++i) CHECK(odd->types()[i].kind == kinds[i]);
}

TEST_CASE("events tell statements, transactions, and parameters only when asked") {
    struct Listener {
        std::vector<std::string> texts, parameters, operations;
        std::vector<TransactionEvent::Kind> kinds;
        int errors = 0;
        void on(const QueryEvent& event) {
            texts.emplace_back(event.sql);
            parameters.emplace_back(event.parameters);
            operations.emplace_back(event.operation);
            if (event.error != nullptr) ++errors;
        }
        void on(const TransactionEvent& event) { kinds.push_back(event.kind); }
    } listener;
    sqlite::Options options;
    options.events = listen(listener);
    World w(options);
    (void)rows(w.client, create("a@x"));
    CHECK(listener.operations.back() == "create");
    CHECK(listener.parameters.back().empty());
    CHECK_THROWS(static_cast<void>(rows(w.client, create("a@x"))));
    CHECK(listener.errors == 1);
    CHECK(w.client.transaction({}, [](Session& tx) -> Result<void> {
        (void)rows(tx, find_many());
        return {};
    }));
    using Kind = TransactionEvent::Kind;
    CHECK(listener.kinds == std::vector<Kind>{Kind::Begin, Kind::Commit});

    options.events.include_parameters = true;
    World shown(options);
    (void)rows(shown.client, create("a@x"));
    CHECK(listener.parameters.back().find("a@x") != std::string::npos);
}

TEST_CASE("one executor serves many threads") {
    World w;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&w, t] {
            for (int i = 0; i < 50; ++i) {
                (void)rows(w.client, create(std::to_string(t) + "-" + std::to_string(i)));
                (void)rows(w.client, find_many("0-0"));
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(w.count() == 200);
}
