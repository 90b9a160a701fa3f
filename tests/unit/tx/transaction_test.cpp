#include <chrono>
#include <thread>

#include <doctest/doctest.h>

#include <lamina/tx/transaction.hpp>

#include "unit/tx/scripted.hpp"

using namespace lamina;
using namespace lamina::test;
using namespace std::chrono_literals;

namespace {

struct Fixture {
    Log log;
    EventSink events;
    pool::Pool pool{base::Owned<driver::Connector>(new ScriptedConnector(log)), one_connection()};

    tx::Transaction begin(Duration limit = Duration::infinite()) {
        return {pool.acquire().value(), {"BEGIN", limit, 1}, events};
    }
};

Result<void> execute(tx::Transaction& transaction, std::string_view sql) {
    driver::Call call;
    call.sql = sql;
    return transaction.execute({&call, 1});
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("BEGIN goes with the first statement, and an empty transaction sends nothing") {
    Fixture f;
    {
        auto transaction = f.begin();
        CHECK(transaction.commit());
    }
    CHECK(f.log.statements.empty());
    {
        auto transaction = f.begin();
        CHECK(execute(transaction, "A"));
        CHECK(execute(transaction, "B"));
        CHECK(transaction.commit());
        CHECK(transaction.commit().error().code() == ErrorCode::TransactionFailed);
    }
    CHECK(f.log.statements == Texts{"BEGIN", "A", "B", "COMMIT"});
    CHECK(f.pool.stats().idle == 1);
}

TEST_CASE("the last statements and COMMIT are one batch") {
    Fixture f;
    auto transaction = f.begin();
    driver::Call call;
    call.sql = "A";
    CHECK(transaction.execute_and_commit({&call, 1}));
    CHECK(call.affected == 1);
    CHECK(f.log.statements == Texts{"BEGIN", "A", "COMMIT"});
    CHECK(f.pool.stats().idle == 1);
    CHECK(execute(transaction, "B").error().code() == ErrorCode::TransactionFailed);
}

TEST_CASE("without a commit everything is rolled back") {
    Fixture f;
    {
        auto transaction = f.begin();
        CHECK(execute(transaction, "A"));
    }
    CHECK(f.log.statements == Texts{"BEGIN", "A", "ROLLBACK"});
    CHECK(f.pool.stats().idle == 1);
}

TEST_CASE("whichever step fails, nothing stays open and the pool is whole") {
    for (const bool lost : {false, true}) {
        for (const bool undone : {false, true}) {
            for (int step = 0; step < 6; ++step) {
                Fixture f;
                f.log.fail_at = step;
                f.log.lose_connection = lost;
                f.log.undo_all = undone;
                bool failed = false;
                {
                    auto transaction = f.begin();
                    for (const char* sql : {"A", "B"}) failed = failed || !execute(transaction, sql);
                    const auto savepoint = transaction.savepoint();
                    failed = failed || !execute(transaction, "C");
                    transaction.release_savepoint(savepoint);
                    const auto committed = transaction.commit();
                    CHECK((failed || step == 5) == !committed.has_value());
                }
                CAPTURE(step);
                CHECK(f.log.transactions_left_open == 0);
                CHECK(f.pool.stats().in_use == 0);
                CHECK(f.pool.stats().size == (lost ? 0U : 1U));
                const auto& last = f.log.statements.back();
                if (!lost && !undone && step > 0 && step < 5) CHECK(last == "ROLLBACK");
            }
        }
    }
}

TEST_CASE("a failed transaction takes no more statements") {
    Fixture f;
    f.log.fail_at = 1;
    auto transaction = f.begin();
    CHECK(execute(transaction, "A").error().code() == ErrorCode::UniqueViolation);
    CHECK_FALSE(transaction.usable());
    CHECK(execute(transaction, "B").error().code() == ErrorCode::TransactionFailed);
    CHECK(transaction.commit().error().code() == ErrorCode::TransactionFailed);
    CHECK(f.log.statements == Texts{"BEGIN", "A", "ROLLBACK"});
}

TEST_CASE("savepoints nest, and heal what has failed since") {
    Fixture f;
    auto transaction = f.begin();
    const auto outer = transaction.savepoint();
    CHECK(execute(transaction, "A"));
    const auto inner = transaction.savepoint();
    f.log.fail_at = 4;
    CHECK_FALSE(execute(transaction, "B"));
    CHECK_FALSE(transaction.usable());
    CHECK(transaction.rollback_to_savepoint(inner));
    CHECK(transaction.usable());
    transaction.release_savepoint(outer);
    CHECK(execute(transaction, "C"));
    CHECK(transaction.commit());
    CHECK(f.log.statements == Texts{"BEGIN", "SAVEPOINT lamina_1", "A", "SAVEPOINT lamina_2", "B",
                                    "ROLLBACK TO SAVEPOINT lamina_2; RELEASE SAVEPOINT lamina_2",
                                    "RELEASE SAVEPOINT lamina_1", "C", "COMMIT"});
}

TEST_CASE("a savepoint in which nothing happens is never sent") {
    Fixture f;
    auto transaction = f.begin();
    transaction.release_savepoint(transaction.savepoint());
    CHECK(transaction.rollback_to_savepoint(transaction.savepoint()));
    CHECK(execute(transaction, "A"));
    CHECK(transaction.commit());
    CHECK(f.log.statements == Texts{"BEGIN", "A", "COMMIT"});
}

TEST_CASE("after the time limit the transaction is rolled back") {
    Fixture f;
    auto transaction = f.begin(10ms);
    CHECK(execute(transaction, "A"));
    std::this_thread::sleep_for(20ms);
    const auto late = execute(transaction, "B");
    REQUIRE_FALSE(late);
    CHECK(late.error().code() == ErrorCode::TransactionFailed);
    CHECK(f.log.statements == Texts{"BEGIN", "A", "ROLLBACK"});
    CHECK(f.pool.stats().idle == 1);
}

TEST_CASE("events tell begin, commit, rollback and their transaction") {
    struct Listener {
        std::vector<TransactionEvent::Kind> kinds;
        void on(const TransactionEvent& event) {
            kinds.push_back(event.kind);
            CHECK(event.transaction != 0);
            CHECK(event.connection == 1);
        }
    } listener;
    Fixture f;
    f.events = listen(listener);
    {
        auto transaction = f.begin();
        CHECK(execute(transaction, "A"));
        CHECK(transaction.commit());
    }
    {
        auto transaction = f.begin();
        CHECK(execute(transaction, "A"));
    }
    using Kind = TransactionEvent::Kind;
    CHECK(listener.kinds == std::vector<Kind>{Kind::Begin, Kind::Commit, Kind::Begin, Kind::Rollback});
}
