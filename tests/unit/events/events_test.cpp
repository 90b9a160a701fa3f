#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/events/redact.hpp>
#include <lamina/events/sink.hpp>

using lamina::redact_secrets;
using lamina::redact_url;

namespace {

struct Everything {
    std::vector<std::string> log;
    void on(const lamina::QueryEvent& event) { log.emplace_back(event.sql); }
    void on(const lamina::TransactionEvent& event) { log.emplace_back(to_string(event.kind)); }
    void on(const lamina::PoolEvent& event) { log.emplace_back(to_string(event.kind)); }
};

struct QueriesOnly {
    int count = 0;
    void on(const lamina::QueryEvent&) { ++count; }
};

}  // namespace

TEST_CASE("a sink hands each kind of event to its listener") {
    Everything listener;
    const lamina::EventSink sink = lamina::listen(listener);
    sink.emit(lamina::QueryEvent{.sql = "SELECT 1"});
    sink.emit(lamina::TransactionEvent{.kind = lamina::TransactionEvent::Kind::RollbackToSavepoint});
    sink.emit(lamina::PoolEvent{.kind = lamina::PoolEvent::Kind::AcquireTimeout});
    CHECK(listener.log == std::vector<std::string>{"SELECT 1", "rollback_to_savepoint", "acquire_timeout"});
}

TEST_CASE("a listener need not care for every kind") {
    QueriesOnly listener;
    const lamina::EventSink sink = lamina::listen(listener);
    CHECK((sink.pool == nullptr));
    sink.emit(lamina::PoolEvent{});
    sink.emit(lamina::QueryEvent{});
    CHECK(listener.count == 1);
    lamina::EventSink{}.emit(lamina::QueryEvent{});
}

TEST_CASE("passwords of URLs are hidden") {
    CHECK(redact_url("postgresql://ann:secret@host:5432/db") == "postgresql://ann:***@host:5432/db");
    CHECK(redact_url("postgresql://ann@host/db") == "postgresql://ann@host/db");
    CHECK(redact_url("postgresql://host:5432/db") == "postgresql://host:5432/db");
    CHECK(redact_url("postgresql://ann:se@cr/et@host/db") == "postgresql://ann:***@host/db");
    CHECK(redact_url("postgresql://host/db?user=ann&password=secret&sslmode=require") ==
          "postgresql://host/db?user=ann&password=***&sslmode=require");
    CHECK(redact_url("file:./dev.db") == "file:./dev.db");
    CHECK(redact_url("libsql://host?authToken=abc.def") == "libsql://host?authToken=***");
    CHECK(redact_url("") == "");
}

TEST_CASE("passwords of connection strings are hidden") {
    CHECK(redact_url("host=h password=secret user=ann") == "host=h password=*** user=ann");
    CHECK(redact_url("host=h password = 'it''s' user=ann") == "host=h password = *** user=ann");
    CHECK(redact_url("password='se cr\\'et' user=ann") == "password=*** user=ann");
    CHECK(redact_url("PASSWORD=secret") == "PASSWORD=***");
    CHECK(redact_url("password=") == "password=");
    CHECK(redact_url("sslpassword=secret;x=1") == "sslpassword=***;x=1");
}

TEST_CASE("secrets are hidden inside messages") {
    CHECK(redact_secrets("cannot connect to \"postgresql://a:b@h/d\": refused") ==
          "cannot connect to \"postgresql://a:***@h/d\": refused");
    CHECK(redact_secrets("invalid password for user ann") == "invalid password for user ann");
    CHECK(redact_secrets("two: mysql://a:b@h and mysql://c:d@h") == "two: mysql://a:***@h and mysql://c:***@h");
}
