#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/client/executor.hpp>
#include <lamina/drivers/postgresql/adapter.hpp>

#include "unit/client/world.hpp"

using namespace lamina;
using namespace lamina::test;
using namespace std::chrono_literals;

namespace {

std::string url() {
    const char* text = std::getenv("LAMINA_TEST_POSTGRESQL_URL");
    if (text == nullptr) {
        std::puts("LAMINA_TEST_POSTGRESQL_URL is not set");
        std::exit(0);
    }
    return text;
}

struct World {
    explicit World(const postgresql::Options& options = {}) : pool(url(), options), client(pool, schema()) {
        execute_raw(client, sql("DROP TABLE IF EXISTS members")).value();
        execute_raw(client, sql("CREATE TABLE members (id serial PRIMARY KEY, e_mail text NOT NULL UNIQUE, name text)"))
            .value();
    }
    std::size_t count() { return rows(client, find_many()).size(); }

    postgresql::Pool pool;
    client::Executor client;
};

}  // namespace

TEST_CASE("operations, errors and savepoints on a server") {
    World w;
    CHECK(rows(w.client, create("a@x", "Ann")).at(0).name == "Ann");
    CHECK(rows(w.client, find_many("a@x")).at(0).id == 1);
    std::vector<Member> made;
    const auto failed = w.client.run(create("a@x"), &layout(), &made);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().fields() == std::vector<std::string>{"email"});
    CHECK(failed.error().constraint() == "members_e_mail_key");
    CHECK(w.client.transaction({}, [](Session& tx) -> Result<void> {
        (void)rows(tx, create("b@x"));
        CHECK_FALSE(tx.transaction({}, [](Session& nested) -> Result<void> {
            (void)rows(nested, create("c@x"));
            (void)rows(nested, create("b@x"));
            return {};
        }));
        CHECK(rows(tx, find_many()).size() == 2);
        return {};
    }));
    CHECK(w.count() == 2);
}

TEST_CASE("a failed statement that the body ignores is not committed") {
    World w;
    const auto result = w.client.transaction({}, [](Session& tx) -> Result<void> {
        (void)rows(tx, create("a@x"));
        std::vector<Member> made;
        CHECK_FALSE(tx.run(create("a@x"), &layout(), &made));
        return {};
    });
    REQUIRE_FALSE(result);
    CHECK(result.error().code() == ErrorCode::TransactionFailed);
    CHECK(w.count() == 0);
}

TEST_CASE("a killed server process inside a transaction is P1017 and leaves the pool whole") {
    World w;
    const auto result = w.client.transaction({}, [&w](Session& tx) -> Result<void> {
        (void)rows(tx, create("a@x"));
        const auto pid = query_raw(tx, sql("SELECT pg_backend_pid() AS pid")).value().at(0, "pid");
        execute_raw(w.client, sql("SELECT pg_terminate_backend({})", pid)).value();
        std::vector<Member> made;
        return tx.run(create("b@x"), &layout(), &made).error();
    });
    REQUIRE_FALSE(result);
    CHECK(result.error().code() == ErrorCode::ConnectionLost);
    CHECK(w.count() == 0);
    CHECK(w.pool.stats().in_use == 0);
    CHECK(w.pool.stats().discarded == 1);
}

TEST_CASE("the time limit cancels the running statement") {
    World w;
    TransactionOptions options;
    options.timeout = 100ms;
    const auto begun = std::chrono::steady_clock::now();
    const auto result = w.client.transaction(options, [](Session& tx) -> Result<void> {
        (void)rows(tx, create("a@x"));
        return std::move(query_raw(tx, sql("SELECT pg_sleep(30)"))).error();
    });
    REQUIRE_FALSE(result);
    CHECK(result.error().code() == ErrorCode::TransactionFailed);
    CHECK(std::chrono::steady_clock::now() - begun < 10s);
    CHECK(w.count() == 0);
}

TEST_CASE("a statement's time limit") {
    postgresql::Options options;
    options.statement_timeout = 100ms;
    World w(options);
    CHECK(query_raw(w.client, sql("SELECT pg_sleep(30)")).error().code() == ErrorCode::OperationTimeout);
    CHECK(w.count() == 0);
}

TEST_CASE("a serialisation failure is retried until it succeeds") {
    World w;
    (void)rows(w.client, create("counter", "0"));
    TransactionOptions options;
    options.isolation_level = IsolationLevel::Serializable;
    options.retries = 50;
    options.timeout = 20s;
    options.max_wait = 20s;
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
        threads.emplace_back([&w, &options] {
            for (int i = 0; i < 10; ++i) {
                CHECK(w.client.transaction(options, [](Session& tx) -> Result<void> {
                    const int value = std::stoi(*rows(tx, find_many("counter")).at(0).name);
                    auto changed = execute_raw(
                        tx, sql("UPDATE members SET name = {} WHERE e_mail = 'counter'", std::to_string(value + 1)));
                    if (!changed) return std::move(changed).error();
                    return {};
                }));
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(rows(w.client, find_many("counter")).at(0).name == "30");
}

TEST_CASE("raw queries tell the types of their columns, without rows as well") {
    using Kind = ColumnType::Kind;
    World w;
    const auto none = query_raw(
        w.client, Sql::verbatim("SELECT 1::int2 AS i, 1::int8, 1::real, 1::float8, 1.5, true, 'x'::text, now(), "
                                "now()::date, now()::time, '{}'::jsonb, ''::bytea, gen_random_uuid(), '{}'::int8[], "
                                "point(1, 2) WHERE false"));
    REQUIRE(none);
    CHECK(none->empty());
    CHECK(none->columns()[0] == "i");
    const Kind kinds[] = {Kind::Int,     Kind::BigInt, Kind::Float,    Kind::Double, Kind::Decimal,
                          Kind::Boolean, Kind::String, Kind::DateTime, Kind::Date,   Kind::Time,
                          Kind::Json,    Kind::Binary, Kind::Uuid,     Kind::BigInt, Kind::Unsupported};
    REQUIRE(none->types().size() == std::size(kinds));
    for (std::size_t i = 0; i < std::size(kinds); ++i) CHECK(none->types()[i].kind == kinds[i]);
    CHECK(none->types()[13].list);
    CHECK(none->types()[14].name == "point");
    const auto unreadable = query_raw(w.client, sql("SELECT point(1, 2) AS p"));
    REQUIRE_FALSE(unreadable);
    CHECK(unreadable.error().code() == ErrorCode::InconsistentColumnData);
    CHECK(unreadable.error().detail("column_type") == "point");
    CHECK(query_raw(w.client, sql("SELECT NULL::point AS p"))->at(0, "p").is_null());
}

TEST_CASE("raw arguments of every kind are understood by the server") {
    World w;
    const auto found = query_raw(w.client, sql("SELECT {}::int4 AS i, {}::numeric AS d, {}::timestamptz AS t, "
                                               "{}::text[] AS l, {}::jsonb AS j, {}::bytea AS b",
                                               7, Decimal("1.50"), DateTime::from_date(2024, 2, 29).value(),
                                               std::vector<std::string>{"a", "b,\"c"}, Value::json("{\"a\": 1}"),
                                               Value::bytes(std::string_view("\0\xff", 2))));
    REQUIRE(found);
    CHECK(found->at(0, "i") == Value(7));
    CHECK(found->at(0, "d").as_decimal().to_string() == "1.50");
    CHECK(found->at(0, "t") == Value(DateTime::from_date(2024, 2, 29).value()));
    CHECK(found->at(0, "l").as_list().at(1) == Value("b,\"c"));
    CHECK(found->at(0, "j") == Value::json("{\"a\":1}"));
    CHECK(found->at(0, "b") == Value::bytes(std::string_view("\0\xff", 2)));
}
