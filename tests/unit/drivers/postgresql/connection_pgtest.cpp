#include <chrono>
#include <thread>

#include <doctest/doctest.h>

#include "drivers/postgresql/oids.hpp"
#include "unit/drivers/postgresql/support.hpp"

using namespace lamina;
using namespace lamina::postgresql::test;
using namespace std::chrono_literals;
namespace oid = lamina::postgresql::oid;

namespace {

std::size_t prepared_on_server(driver::Connection& connection) {
    return static_cast<std::size_t>(
        query(connection, {"SELECT count(*) FROM pg_prepared_statements"})[0][0].as_bigint());
}

}  // namespace

TEST_CASE("a statement is prepared once per connection") {
    auto connection = open();
    const Request request{"SELECT $1::int4 + 1", {Value(1)}, {oid::kInt4}, 5};
    CHECK_FALSE(execute(*connection, request)->prepared_before);
    CHECK(execute(*connection, request)->prepared_before);
    CHECK(prepared_on_server(*connection) == 1);
}

TEST_CASE("the least recently used statement is closed on the server") {
    postgresql::Options options;
    options.statement_cache_size = 3;
    auto connection = open(options);
    for (std::uint64_t round = 0; round < 3; ++round) {
        for (std::uint64_t id = 1; id <= 7; ++id) {
            const std::string sql = "SELECT " + std::to_string(id);
            REQUIRE(execute(*connection, {sql, {}, {}, id}));
        }
    }
    CHECK(prepared_on_server(*connection) == 3);
}

TEST_CASE("a batch larger than the cache works, and leaves the cache full") {
    postgresql::Options options;
    options.statement_cache_size = 2;
    auto connection = open(options);
    std::vector<std::string> texts;
    std::vector<driver::Call> calls;
    for (int i = 0; i < 9; ++i) texts.push_back("SELECT " + std::to_string(i % 5));
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto& call = calls.emplace_back();
        call.id = i % 5 + 1;
        call.sql = texts[i];
    }
    REQUIRE(driver::run(*connection, calls));
    for (const auto& call : calls) CHECK(call.completed);
    CHECK(prepared_on_server(*connection) == 2);
    texts[0] = "SELECT nonsense";
    calls[0].id = 77;
    calls[0].sql = texts[0];
    CHECK_FALSE(driver::run(*connection, calls));
    calls[0].id = 1;
    texts[0] = "SELECT 0";
    calls[0].sql = texts[0];
    for (int i = 0; i < 3; ++i) REQUIRE(driver::run(*connection, calls));
    CHECK(prepared_on_server(*connection) <= 3);
}

TEST_CASE("without a cache nothing is prepared by name") {
    postgresql::Options options;
    options.statement_cache_size = 0;
    auto connection = open(options);
    REQUIRE(execute(*connection, {"SELECT $1::int4", {Value(1)}, {oid::kInt4}, 5}));
    CHECK(prepared_on_server(*connection) == 0);
}

TEST_CASE("a batch is one pipeline, and its first failure ends it") {
    auto connection = open();
    REQUIRE(driver::run_script(*connection,
                               "DROP TABLE IF EXISTS batch_test; CREATE TABLE batch_test (id int PRIMARY KEY, n int)"));
    driver::Call calls[4];
    calls[0].sql = "INSERT INTO batch_test VALUES (1, 1), (2, 2)";
    calls[1].sql = "UPDATE batch_test SET n = n + 1";
    calls[2].sql = "SELECT * FROM batch_test";
    calls[3].sql = "DELETE FROM batch_test WHERE id = 1 RETURNING n";
    REQUIRE(driver::run(*connection, calls));
    CHECK(calls[0].affected == 2);
    CHECK(calls[1].affected == 2);
    CHECK(calls[2].affected == 2);
    CHECK(calls[3].affected == 1);

    calls[0].sql = "BEGIN";
    calls[1].sql = "INSERT INTO batch_test VALUES (7, 7)";
    calls[2].sql = "INSERT INTO batch_test VALUES (7, 7)";
    calls[3].sql = "COMMIT";
    const auto failed = driver::run(*connection, calls);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code() == ErrorCode::UniqueViolation);
    CHECK(failed.error().poisons_transaction());
    CHECK(calls[1].completed);
    CHECK_FALSE(calls[2].completed);
    CHECK_FALSE(calls[3].completed);
    CHECK(connection->in_transaction());
    REQUIRE(driver::run_script(*connection, "ROLLBACK"));
    CHECK_FALSE(connection->in_transaction());
    CHECK(query(*connection, {"SELECT count(*) FROM batch_test"})[0][0] == Value(std::int64_t{1}));
}

TEST_CASE("a value that cannot be sent ends the batch where it stands") {
    auto connection = open();
    const Value good(1), bad(std::int64_t{1} << 40);
    const Value* parameters[] = {&good, &bad};
    const std::uint32_t type = oid::kInt4;
    driver::Call calls[3];
    for (int i = 0; i < 3; ++i) {
        calls[i].sql = "SELECT $1";
        calls[i].type_codes = {&type, 1};
        calls[i].parameters = {&parameters[i == 1 ? 1 : 0], 1};
    }
    const auto result = driver::run(*connection, calls);
    REQUIRE_FALSE(result);
    CHECK(result.error().code() == ErrorCode::ValueOutOfRange);
    CHECK(calls[0].completed);
    CHECK_FALSE(calls[1].completed);
    CHECK(query(*connection, {"SELECT 1"})[0][0] == Value(1));
}

TEST_CASE("a statement whose result changes with the schema is prepared anew") {
    auto connection = open();
    REQUIRE(driver::run_script(
        *connection,
        "DROP TABLE IF EXISTS stale_test; CREATE TABLE stale_test (a int); INSERT INTO stale_test VALUES (1)"));
    const Request request{"SELECT * FROM stale_test", {}, {}, 9};
    REQUIRE(execute(*connection, request));
    REQUIRE(driver::run_script(*connection, "ALTER TABLE stale_test ADD COLUMN b text DEFAULT 'x'"));
    CHECK(query(*connection, request)[0].size() == 2);

    REQUIRE(driver::run_script(*connection, "ALTER TABLE stale_test ADD COLUMN c int"));
    driver::Call calls[2];  // BEGIN in the same batch: rolled back, and sent once more
    calls[0].sql = "BEGIN";
    calls[1].sql = request.sql;
    calls[1].id = request.id;
    REQUIRE(driver::run(*connection, calls));
    CHECK(connection->in_transaction());
    REQUIRE(driver::run_script(*connection, "COMMIT; ALTER TABLE stale_test DROP COLUMN c; BEGIN"));
    const auto inside = execute(*connection, request);  // a transaction cannot be replayed by the driver
    REQUIRE_FALSE(inside);
    CHECK(inside.error().retryable());
    REQUIRE(driver::run_script(*connection, "ROLLBACK"));
    CHECK(execute(*connection, request));

    REQUIRE(driver::run_script(*connection, "DEALLOCATE ALL"));
    CHECK(execute(*connection, request));
    CHECK(prepared_on_server(*connection) == 1);
}

TEST_CASE("errors have Prisma's codes and name what is concerned") {
    auto connection = open();
    REQUIRE(driver::run_script(
        *connection,
        "DROP TABLE IF EXISTS error_post, error_user; CREATE TABLE error_user (id int PRIMARY KEY, email varchar(5) "
        "NOT NULL, "
        "\"firstName\" text, age int CONSTRAINT age_positive CHECK (age > 0), UNIQUE (email, \"firstName\")); "
        "CREATE TABLE error_post (id int, author int CONSTRAINT post_author REFERENCES error_user(id)); "
        "INSERT INTO error_user VALUES (1, 'a', 'b', 1)"));
    const auto error = [&](std::string_view sql) {
        auto result = execute(*connection, {sql});
        REQUIRE_FALSE(result);
        return result.error();
    };
    const Error unique = error("INSERT INTO error_user VALUES (2, 'a', 'b', 1)");
    CHECK(unique.code() == ErrorCode::UniqueViolation);
    CHECK(unique.fields() == std::vector<std::string>{"email", "firstName"});
    CHECK(unique.constraint() == "error_user_email_firstName_key");
    CHECK(unique.detail("table") == "error_user");
    CHECK(unique.sqlstate() == "23505");
    CHECK_FALSE(unique.poisons_transaction());
    const Error missing = error("INSERT INTO error_user VALUES (2, NULL, 'b', 1)");
    CHECK(missing.code() == ErrorCode::NullViolation);
    CHECK(missing.fields() == std::vector<std::string>{"email"});
    const Error foreign = error("INSERT INTO error_post VALUES (1, 99)");
    CHECK(foreign.code() == ErrorCode::ForeignKeyViolation);
    CHECK(foreign.constraint() == "post_author");
    CHECK(foreign.fields() == std::vector<std::string>{"author"});
    CHECK(error("INSERT INTO error_user VALUES (2, 'b', 'b', -1)").constraint() == "age_positive");
    CHECK(error("INSERT INTO error_user VALUES (2, 'too long', 'b', 1)").code() == ErrorCode::ValueTooLong);
    CHECK(error("SELECT 2147483647::int4 + 1").code() == ErrorCode::ValueOutOfRange);
    CHECK(error("SELECT 1 / 0").code() == ErrorCode::DivisionByZero);
    const Error table = error("SELECT * FROM \"NoWhere\"");
    CHECK(table.code() == ErrorCode::TableMissing);
    CHECK(table.message().find("NoWhere") != std::string::npos);
    CHECK(error("SELECT nothing FROM error_user").code() == ErrorCode::ColumnMissing);
    CHECK(error("SELEC 1").code() == ErrorCode::DatabaseError);
    CHECK(error("COPY error_user TO STDOUT").code() == ErrorCode::UnsupportedFeature);
}

TEST_CASE("parameters never appear in messages") {
    auto connection = open();
    for (const char* sql : {"SELECT $1::int4", "SELECT $1::uuid", "SELECT $1::timestamp", "SELECT $1::jsonb"}) {
        const auto result = execute(*connection, {sql, {Value("topsecret")}});
        REQUIRE_FALSE(result);
        CHECK(result.error().message().find("topsecret") == std::string::npos);
    }
}

TEST_CASE("a deadline cancels the statement and the connection stays usable") {
    auto connection = open();
    const auto result = execute(*connection, {"SELECT pg_sleep(30)"}, Deadline::after(50ms));
    REQUIRE_FALSE(result);
    CHECK(result.error().code() == ErrorCode::OperationTimeout);
    CHECK_FALSE(result.error().poisons_connection());
    CHECK(query(*connection, {"SELECT 1"})[0][0] == Value(1));

    std::thread canceller([&connection] {
        std::this_thread::sleep_for(50ms);
        connection->cancel();
    });
    const auto cancelled = execute(*connection, {"SELECT pg_sleep(30)"});
    canceller.join();
    REQUIRE_FALSE(cancelled);
    CHECK(cancelled.error().code() == ErrorCode::Cancelled);

    REQUIRE(driver::run_script(*connection, "SET statement_timeout = 50"));
    CHECK(execute(*connection, {"SELECT pg_sleep(30)"}).error().code() == ErrorCode::OperationTimeout);
}

TEST_CASE("a killed server process is a lost connection") {
    auto connection = open(), killer = open();
    const auto pid = query(*connection, {"SELECT pg_backend_pid()"})[0][0];
    std::thread kill([&killer, &pid] {
        std::this_thread::sleep_for(50ms);
        CHECK(execute(*killer, {"SELECT pg_terminate_backend($1)", {pid}, {oid::kInt4}}));
    });
    const auto result = execute(*connection, {"SELECT pg_sleep(30)"});
    kill.join();
    REQUIRE_FALSE(result);
    CHECK(result.error().code() == ErrorCode::ConnectionLost);
    CHECK(result.error().poisons_connection());
    CHECK_FALSE(connection->healthy());
    CHECK(execute(*connection, {"SELECT 1"}).error().code() == ErrorCode::ConnectionLost);

    auto idle = open();
    const auto idle_pid = query(*idle, {"SELECT pg_backend_pid()"})[0][0];
    CHECK_FALSE(idle->peer_closed());
    CHECK(execute(*killer, {"SELECT pg_terminate_backend($1)", {idle_pid}, {oid::kInt4}}));
    std::this_thread::sleep_for(100ms);
    CHECK(idle->peer_closed());
}

TEST_CASE("a large batch and large rows go both ways without a deadlock") {
    auto connection = open();
    const std::string large(300000, 'x');
    const Value value(large);
    const Value* parameter = &value;
    std::vector<driver::Call> calls(100);
    for (auto& call : calls) {
        call.id = 3;
        call.sql = "SELECT $1::text";
        call.parameters = {&parameter, 1};
    }
    REQUIRE(driver::run(*connection, calls));
    for (const auto& call : calls) CHECK(call.completed);
}

TEST_CASE("connecting says what is wrong, and never the password") {
    const auto error = [](const std::string& url) {
        auto opened = postgresql::make_connector(url)->connect(Deadline::after(2s));
        REQUIRE_FALSE(opened);
        CHECK(opened.error().message().find("s3cret") == std::string::npos);
        return opened.error().code();
    };
    const std::string good = url();
    CHECK(error("postgresql://u:s3cret@127.0.0.1:1/db") == ErrorCode::ServerUnreachable);
    CHECK(error("postgresql://u:s3cret@/db?host=/nowhere") == ErrorCode::ServerUnreachable);
    CHECK(error("postgresql://u:s3cret@127.0.0.1:1/db?nonsense=1") == ErrorCode::UrlInvalid);
    CHECK(error("postgresql://u:s3cret@127.0.0.1:port/db") == ErrorCode::UrlInvalid);
    CHECK(error("mysql://u:s3cret@127.0.0.1/db") == ErrorCode::UrlInvalid);
    CHECK(error("password=s3cret nonsense") == ErrorCode::UrlInvalid);
    const auto scheme = good.find("://");
    const auto slash = good.find('/', scheme + 3);
    const auto mark = good.find('?');
    const std::string query = mark == std::string::npos ? "" : good.substr(mark);
    CHECK(error(good.substr(0, slash) + "/no_such_database" + query) == ErrorCode::DatabaseMissing);
}

TEST_CASE("the schema of the URL is where names are looked up, and time is UTC") {
    std::string with_schema = url();
    with_schema += with_schema.find('?') == std::string::npos ? "?schema=Other%20One" : "&schema=Other%20One";
    auto connection = postgresql::make_connector(with_schema)->connect(Deadline::never()).value();
    CHECK(query(*connection, {"SHOW search_path"})[0][0] == Value("\"Other One\""));
    CHECK(query(*connection, {"SHOW TimeZone"})[0][0] == Value("UTC"));
}

TEST_CASE("a pool recovers from killed connections") {
    postgresql::Options options;
    options.max_size = 2;
    postgresql::Pool pool(url(), options);
    REQUIRE(pool.check());
    auto killer = open();
    {
        auto lease = pool.pool().acquire();
        REQUIRE(lease);
        const auto pid = query(lease->connection(), {"SELECT pg_backend_pid()"})[0][0];
        CHECK(execute(*killer, {"SELECT pg_terminate_backend($1)", {pid}, {oid::kInt4}}));
        std::this_thread::sleep_for(50ms);
        CHECK(execute(lease->connection(), {"SELECT 1"}).error().code() == ErrorCode::ConnectionLost);
    }
    CHECK(pool.stats().discarded == 1);
    CHECK(pool.stats().size == 0);
    auto lease = pool.pool().acquire();
    REQUIRE(lease);
    CHECK(query(lease->connection(), {"SELECT 1"})[0][0] == Value(1));
}
