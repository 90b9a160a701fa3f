#include <atomic>
#include <chrono>
#include <fstream>
#include <sys/mount.h>
#include <thread>

#include <doctest/doctest.h>

#include "unit/drivers/sqlite/support.hpp"

using namespace lamina;
using namespace lamina::sqlite::test;

TEST_CASE("a batch runs in order and counts what it changes") {
    auto connection = open(":memory:");
    REQUIRE(driver::run_script(*connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER); -- a comment\n"));
    CHECK(*execute(*connection, "INSERT INTO t (n) VALUES (1), (2), (3)") == 3);
    CHECK(*execute(*connection, "UPDATE t SET n = n + 1 WHERE n > ?", {Value(1)}) == 2);
    CHECK(*execute(*connection, "UPDATE t SET n = 0 WHERE n > 100") == 0);
    CHECK(*execute(*connection, "SELECT * FROM t") == 3);
    CHECK(*execute(*connection, "INSERT INTO t (n) VALUES (9) RETURNING id") == 1);
}

TEST_CASE("a failing statement ends its batch") {
    auto connection = open(":memory:");
    REQUIRE(driver::run_script(*connection, "CREATE TABLE t (id INTEGER PRIMARY KEY)"));
    driver::Call calls[3];
    calls[0].sql = "INSERT INTO t VALUES (1)";
    calls[1].sql = "INSERT INTO t VALUES (1)";
    calls[2].sql = "INSERT INTO t VALUES (2)";
    const auto result = driver::run(*connection, calls);
    REQUIRE_FALSE(result);
    CHECK(result.error().code() == ErrorCode::UniqueViolation);
    CHECK(calls[0].completed);
    CHECK_FALSE(calls[1].completed);
    CHECK_FALSE(calls[2].completed);
    CHECK(query(*connection, "SELECT count(*) FROM t")[0][0] == Value(1));
}

TEST_CASE("prepared statements are kept by id, the oldest makes room") {
    sqlite::Options options;
    options.statement_cache_size = 2;
    auto connection = open(":memory:", options);
    const auto prepared_before = [&](std::uint64_t id) {
        const std::string sql = "SELECT " + std::to_string(id);
        driver::Call call;
        call.id = id;
        call.sql = sql;
        REQUIRE(driver::run(*connection, {&call, 1}));
        return call.prepared_before;
    };
    CHECK_FALSE(prepared_before(1));
    CHECK(prepared_before(1));
    CHECK_FALSE(prepared_before(2));
    CHECK_FALSE(prepared_before(3));
    CHECK_FALSE(prepared_before(1));
    CHECK(prepared_before(3));
}

TEST_CASE("a kept statement survives a change of the schema") {
    auto connection = open(":memory:");
    REQUIRE(driver::run_script(*connection, "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)"));
    CHECK(*execute(*connection, "SELECT a FROM t", {}, nullptr, 7) == 1);
    REQUIRE(driver::run_script(*connection, "ALTER TABLE t ADD COLUMN b TEXT"));
    CHECK(*execute(*connection, "SELECT a FROM t", {}, nullptr, 7) == 1);
}

TEST_CASE("errors have Prisma's codes and name what is concerned") {
    auto connection = open(":memory:");
    REQUIRE(driver::run_script(
        *connection,
        "CREATE TABLE User (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, age INTEGER CHECK (age > 0));"
        "CREATE TABLE Pair (a INTEGER, b INTEGER, UNIQUE (a, b));"
        "CREATE TABLE Post (id INTEGER PRIMARY KEY, author INTEGER NOT NULL REFERENCES User(id));"
        "CREATE TABLE Strict (n INTEGER) STRICT;"
        "INSERT INTO User VALUES (1, 'a', 1); INSERT INTO Pair VALUES (1, 2)"));
    const auto error = [&](std::string_view sql) {
        auto result = execute(*connection, sql);
        REQUIRE_FALSE(result);
        INFO(result.error().what());
        return result.error();
    };
    const Error unique = error("INSERT INTO User VALUES (2, 'a', 1)");
    CHECK(unique.code() == ErrorCode::UniqueViolation);
    CHECK(unique.fields() == std::vector<std::string>{"email"});
    CHECK(unique.detail("table") == "User");
    CHECK(unique.sqlstate() == "2067");
    CHECK(error("INSERT INTO Pair VALUES (1, 2)").fields() == std::vector<std::string>{"a", "b"});
    CHECK(error("INSERT INTO User VALUES (1, 'b', 1)").code() == ErrorCode::UniqueViolation);
    CHECK(error("INSERT INTO User VALUES (2, NULL, 1)").code() == ErrorCode::NullViolation);
    CHECK(error("INSERT INTO User VALUES (2, NULL, 1)").fields() == std::vector<std::string>{"email"});
    CHECK(error("INSERT INTO Post VALUES (1, 99)").code() == ErrorCode::ForeignKeyViolation);
    CHECK(error("INSERT INTO User VALUES (2, 'b', -1)").code() == ErrorCode::ConstraintViolation);
    CHECK(error("INSERT INTO Strict VALUES ('x')").code() == ErrorCode::DataValidation);
    CHECK(error("SELECT * FROM Nowhere").code() == ErrorCode::TableMissing);
    CHECK(error("SELECT missing FROM User").code() == ErrorCode::ColumnMissing);
    CHECK(error("INSERT INTO User (missing) VALUES (1)").code() == ErrorCode::ColumnMissing);
    CHECK(error("SELEC 1").code() == ErrorCode::DatabaseError);
    CHECK(error("SELECT abs(-9223372036854775808)").code() == ErrorCode::ValueOutOfRange);
    CHECK(error("SELECT ?").code() == ErrorCode::RawParameterCount);
    CHECK(connection->healthy());
}

TEST_CASE("opening says what is wrong") {
    const Folder folder;
    const auto error = [](const std::string& path, sqlite::Options options = {}) {
        auto opened = sqlite::make_connector(path, options)->connect(Deadline::never());
        REQUIRE_FALSE(opened);
        return opened.error().code();
    };
    CHECK(error(folder.file("no/such/folder.db")) == ErrorCode::DatabaseMissing);
    sqlite::Options existing;
    existing.create = false;
    CHECK(error(folder.file("missing.db"), existing) == ErrorCode::DatabaseMissing);
    CHECK(error("file:" + folder.file("missing.db") + "?mode=rw") == ErrorCode::DatabaseMissing);
    CHECK_FALSE(std::filesystem::exists(folder.file("missing.db")));
    std::ofstream(folder.file("text.db"))
        << "This is certainly not a database file, but a text that is long enough to have a header.\n";
    CHECK(error(folder.file("text.db")) == ErrorCode::StorageFailed);
}

TEST_CASE("paths and URLs name the same file") {
    const Folder folder;
    { REQUIRE(driver::run_script(*open("file:" + folder.file() + "?connection_limit=1"), "CREATE TABLE t (a)")); }
    CHECK(query(*open(folder.file()), "SELECT count(*) FROM t")[0][0] == Value(0));
    CHECK(query(*open("file://" + folder.file()), "SELECT count(*) FROM t")[0][0] == Value(0));
    CHECK(query(*open("file:" + folder.file() + "?mode=ro"), "SELECT count(*) FROM t")[0][0] == Value(0));
    CHECK(query(*open("sqlite:" + folder.file()), "SELECT count(*) FROM t")[0][0] == Value(0));
}

TEST_CASE("a read-only database refuses writes and stays usable") {
    const Folder folder;
    REQUIRE(driver::run_script(*open(folder.file()), "CREATE TABLE t (a); INSERT INTO t VALUES (1)"));
    sqlite::Options options;
    options.read_only = true;
    auto connection = open(folder.file(), options);
    const auto written = execute(*connection, "INSERT INTO t VALUES (2)");
    REQUIRE_FALSE(written);
    CHECK(written.error().code() == ErrorCode::ReadOnly);
    CHECK(query(*connection, "SELECT a FROM t").size() == 1);
}

TEST_CASE("a full database undoes the statement and stays usable") {
    auto connection = open(":memory:");
    REQUIRE(driver::run_script(*connection,
                               "CREATE TABLE t (a); INSERT INTO t VALUES ('kept'); PRAGMA max_page_count = 20"));
    const auto written = execute(*connection, "INSERT INTO t VALUES (zeroblob(1000000))");
    REQUIRE_FALSE(written);
    CHECK(written.error().code() == ErrorCode::StorageFull);
    CHECK(query(*connection, "SELECT a FROM t").size() == 1);
    CHECK(connection->healthy());

    REQUIRE(driver::run_script(*connection, "BEGIN IMMEDIATE; INSERT INTO t VALUES ('in transaction')"));
    const auto again = execute(*connection, "INSERT INTO t VALUES (zeroblob(1000000))");
    REQUIRE_FALSE(again);
    if (!connection->in_transaction()) {
        CHECK(again.error().poisons_transaction());
    } else {
        REQUIRE(driver::run_script(*connection, "ROLLBACK"));
    }
    CHECK(query(*connection, "SELECT a FROM t").size() == 1);
}

TEST_CASE("a full disk undoes what did not fit, and the file stays whole") {
    const Folder folder;
    const std::string mounted = folder.file("small");
    std::filesystem::create_directory(mounted);
    if (mount("tmpfs", mounted.c_str(), "tmpfs", 0, "size=256k") != 0) {
        MESSAGE("skipped: only root can mount a small file system");
        return;
    }
    {
        auto connection = open(mounted + "/full.db");
        REQUIRE(driver::run_script(
            *connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB); INSERT INTO t VALUES (1, 'kept')"));
        std::int64_t written = 1;
        Result<std::uint64_t> result;
        while (written < 1000 && (result = execute(*connection, "INSERT INTO t (a) VALUES (zeroblob(20000))")))
            ++written;
        REQUIRE_FALSE(result);
        const bool right =
            result.error().code() == ErrorCode::StorageFull || result.error().code() == ErrorCode::StorageFailed;
        CHECK(right);
        CHECK_FALSE(connection->in_transaction());
        connection = open(mounted + "/full.db");
        CHECK(query(*connection, "SELECT count(*) FROM t")[0][0] == Value(written));
        CHECK(query(*connection, "PRAGMA integrity_check")[0][0] == Value("ok"));
    }
    CHECK(umount2(mounted.c_str(), MNT_DETACH) == 0);
}

TEST_CASE("a lock that stays is a conflict, and is waited for as long as asked") {
    const Folder folder;
    sqlite::Options options;
    options.busy_timeout = Duration::milliseconds(30);
    auto first = open(folder.file(), options);
    auto second = open(folder.file(), options);
    REQUIRE(driver::run_script(*first, "CREATE TABLE t (a); BEGIN IMMEDIATE"));
    const auto begun = execute(*second, "BEGIN IMMEDIATE");
    REQUIRE_FALSE(begun);
    CHECK(begun.error().code() == ErrorCode::TransactionConflict);
    CHECK(begun.error().retryable());
    CHECK_FALSE(second->in_transaction());
    CHECK(query(*second, "SELECT count(*) FROM t")[0][0] == Value(0));  // readers are not kept waiting

    std::thread other([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        CHECK(driver::run_script(*first, "COMMIT"));
    });
    CHECK(execute(*second, "INSERT INTO t VALUES (1)"));
    other.join();
}

TEST_CASE("a deadline stops a statement and the connection stays usable") {
    auto connection = open(":memory:");
    const char* endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    driver::Call call;
    call.sql = endless;
    const auto result = driver::run(*connection, {&call, 1}, Deadline::after(Duration::milliseconds(20)));
    REQUIRE_FALSE(result);
    CHECK(result.error().code() == ErrorCode::OperationTimeout);
    CHECK(query(*connection, "SELECT 1")[0][0] == Value(1));

    std::atomic<bool> done = false;
    std::thread canceller([&] {
        while (!done) {
            connection->cancel();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    const auto cancelled = driver::run(*connection, {&call, 1});
    done = true;
    canceller.join();
    REQUIRE_FALSE(cancelled);
    CHECK(cancelled.error().code() == ErrorCode::Cancelled);
}

TEST_CASE("transactions: immediate, read-only, and levels that there are not") {
    auto connection = open(":memory:");
    REQUIRE(driver::run_script(*connection, "CREATE TABLE t (a)"));
    const auto begin = connection->begin_statement({IsolationLevel::Default, true});
    REQUIRE(begin);
    REQUIRE(execute(*connection, *begin));
    CHECK(connection->in_transaction());
    const auto written = execute(*connection, "INSERT INTO t VALUES (1)");
    REQUIRE_FALSE(written);
    CHECK(written.error().code() == ErrorCode::ReadOnly);
    REQUIRE(driver::run_script(*connection, "ROLLBACK"));
    CHECK(execute(*connection, "INSERT INTO t VALUES (1)"));  // writable again
    CHECK(connection->begin_statement({IsolationLevel::Serializable, false}));
    CHECK(connection->begin_statement({IsolationLevel::ReadCommitted, false}).error().code() ==
          ErrorCode::UnsupportedFeature);
}
