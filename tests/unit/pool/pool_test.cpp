#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/pool/pool.hpp>

using namespace lamina;
using namespace std::chrono_literals;

namespace {

/// What the test tells the connections to do, and what they have done.
struct Script {
    std::atomic<int> opened = 0;
    std::atomic<int> closed = 0;
    std::atomic<int> pings = 0;
    std::atomic<bool> refuse = false;
    std::atomic<bool> dead = false;     ///< pings fail
    std::atomic<bool> hung_up = false;  ///< peer_closed
    std::atomic<int> open_milliseconds = 0;
};

class Connection final : public driver::Connection {
public:
    explicit Connection(Script& script) : script_(script) {}
    ~Connection() override { ++script_.closed; }
    Result<void> start(std::span<driver::Call>) override { return {}; }
    Result<void> start_script(std::string_view) override {
        ++script_.pings;
        if (script_.dead) return Error(ErrorCode::ConnectionLost).with_poisoned_connection();
        return {};
    }
    Result<driver::Wait> advance() override { return driver::Wait{}; }
    void cancel() noexcept override {}
    void abandon() noexcept override { healthy_ = false; }
    bool healthy() const noexcept override { return healthy_; }
    bool in_transaction() const noexcept override { return in_transaction_; }
    bool peer_closed() noexcept override { return script_.hung_up; }
    Result<std::string_view> begin_statement(const driver::TransactionMode&) const override {
        return std::string_view("BEGIN");
    }

    bool in_transaction_ = false;
    int uses = 0;  ///< not atomic: two users at once are a race that TSan sees

private:
    Script& script_;
    bool healthy_ = true;
};

class Connector final : public driver::Connector {
public:
    explicit Connector(Script& script) : script_(script) {}
    Result<base::Owned<driver::Connection>> connect(Deadline) override {
        if (script_.open_milliseconds > 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(script_.open_milliseconds));
        if (script_.refuse) return Error(ErrorCode::ServerUnreachable);
        ++script_.opened;
        return base::Owned<driver::Connection>(new Connection(script_));
    }

private:
    Script& script_;
};

base::Owned<driver::Connector> connector(Script& script) {
    return base::Owned<driver::Connector>(new Connector(script));
}

pool::Options quiet(std::uint32_t max_size) {
    pool::Options options;
    options.max_size = max_size;
    options.idle_timeout = Duration::infinite();
    options.max_lifetime = Duration::infinite();
    return options;
}

Connection& connection_of(pool::Lease& lease) { return static_cast<Connection&>(lease.connection()); }

}  // namespace

TEST_CASE("a connection is opened when needed and used again") {
    Script script;
    pool::Pool pool(connector(script), quiet(2));
    CHECK(pool.stats().size == 0);
    std::uint64_t id = 0;
    {
        auto lease = pool.acquire();
        REQUIRE(lease);
        id = lease->connection_id();
        CHECK(pool.stats().in_use == 1);
    }
    CHECK(pool.stats().idle == 1);
    auto again = pool.acquire();
    REQUIRE(again);
    CHECK(again->connection_id() == id);
    CHECK(pool.stats().opened == 1);
    CHECK(pool.stats().acquired == 2);
}

TEST_CASE("a full pool makes callers wait, and then fails with its state") {
    Script script;
    auto options = quiet(1);
    options.max_wait = 20ms;
    pool::Pool pool(connector(script), options);
    auto lease = pool.acquire();
    REQUIRE(lease);
    const auto refused = pool.acquire();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == ErrorCode::PoolTimeout);
    CHECK(refused.error().detail("in_use") == "1");
    CHECK(pool.stats().timeouts == 1);
    CHECK(pool.stats().waiting == 0);
    lease->release();
    CHECK(pool.acquire());
}

TEST_CASE("those who wait are served in their order") {
    Script script;
    pool::Pool pool(connector(script), quiet(1));
    auto lease = pool.acquire();
    REQUIRE(lease);
    std::vector<int> order;
    std::vector<std::thread> threads;
    for (int i = 0; i < 5; ++i) {
        threads.emplace_back([&pool, &order, i] {
            auto mine = pool.acquire();
            CHECK(mine);
            order.push_back(i);  // guarded by the lease: there is only one
        });
        while (pool.stats().waiting != static_cast<std::uint32_t>(i + 1)) std::this_thread::yield();
    }
    lease->release();
    for (auto& thread : threads) thread.join();
    CHECK(order == std::vector<int>{0, 1, 2, 3, 4});
}

TEST_CASE("a broken connection, and one inside a transaction, is closed and makes room") {
    Script script;
    pool::Pool pool(connector(script), quiet(1));
    pool.acquire()->connection().abandon();
    CHECK(pool.stats().size == 0);
    CHECK(script.closed == 1);
    {
        auto lease = pool.acquire();
        REQUIRE(lease);
        connection_of(*lease).in_transaction_ = true;
    }
    CHECK(script.closed == 2);
    pool.acquire()->discard();
    CHECK(pool.stats().discarded == 3);
    CHECK(pool.acquire());
}

TEST_CASE("a waiter opens a connection in the place of one that broke") {
    Script script;
    pool::Pool pool(connector(script), quiet(1));
    auto lease = pool.acquire();
    REQUIRE(lease);
    std::thread waiter([&pool] { CHECK(pool.acquire()); });
    while (pool.stats().waiting != 1) std::this_thread::yield();
    lease->discard();
    waiter.join();
    CHECK(script.opened == 2);
}

TEST_CASE("a server that cannot be reached leaves the pool as it was") {
    Script script;
    script.refuse = true;
    pool::Pool pool(connector(script), quiet(1));
    const auto refused = pool.acquire();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == ErrorCode::ServerUnreachable);
    CHECK(pool.stats().open_failures == 1);
    CHECK(pool.stats().size == 0);
    script.refuse = false;
    CHECK(pool.acquire());
}

TEST_CASE("after idleness a connection must give a sign of life") {
    Script script;
    auto options = quiet(1);
    options.check_after = Duration();
    pool::Pool pool(connector(script), options);
    { REQUIRE(pool.acquire()); }
    std::this_thread::sleep_for(600ms);
    { REQUIRE(pool.acquire()); }
    CHECK(script.pings == 1);
    CHECK(script.opened == 1);
    std::this_thread::sleep_for(600ms);
    script.dead = true;
    { REQUIRE(pool.acquire()); }
    CHECK(script.opened == 2);
    CHECK(pool.stats().health_check_failures == 1);
}

TEST_CASE("when one connection was lost, older idle ones are looked at") {
    Script script;
    pool::Pool pool(connector(script), quiet(2));
    {
        auto first = pool.acquire(), second = pool.acquire();
        REQUIRE(second);
    }
    std::this_thread::sleep_for(20ms);
    script.hung_up = true;
    pool.acquire()->connection().abandon();
    CHECK(script.opened == 2);
    std::this_thread::sleep_for(20ms);
    { REQUIRE(pool.acquire()); }  // the other one hung up as well: replaced
    CHECK(script.opened == 3);
}

TEST_CASE("idle and old connections are closed, down to those that are kept ready") {
    Script script;
    pool::Options options;
    options.max_size = 4;
    options.min_idle = 1;
    options.idle_timeout = 60ms;
    options.max_lifetime = Duration::infinite();
    pool::Pool pool(connector(script), options);
    {
        auto a = pool.acquire(), b = pool.acquire(), c = pool.acquire();
        REQUIRE(c);
    }
    const auto deadline = std::chrono::steady_clock::now() + 5s;
    while (pool.stats().idle != 1 && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(5ms);
    CHECK(pool.stats().idle == 1);
    CHECK(pool.stats().size == 1);
}

TEST_CASE("an expired connection is replaced when it is taken out") {
    Script script;
    auto options = quiet(1);
    options.max_lifetime = 30ms;
    pool::Pool pool(connector(script), options);
    { REQUIRE(pool.acquire()); }
    std::this_thread::sleep_for(50ms);
    { REQUIRE(pool.acquire()); }
    CHECK(script.opened >= 2);
}

TEST_CASE("closing sends the waiting away and waits for those in use") {
    Script script;
    pool::Pool pool(connector(script), quiet(1));
    auto lease = pool.acquire();
    REQUIRE(lease);
    std::thread waiter([&pool] {
        const auto refused = pool.acquire();
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code() == ErrorCode::PoolClosed);
    });
    while (pool.stats().waiting != 1) std::this_thread::yield();
    CHECK_FALSE(pool.close(10ms));
    waiter.join();
    CHECK(pool.acquire().error().code() == ErrorCode::PoolClosed);
    lease->release();
    CHECK(pool.close());
    CHECK(script.closed == script.opened);
}

TEST_CASE("a lease may outlive its pool") {
    Script script;
    pool::Lease lease;
    {
        pool::Pool pool(connector(script), quiet(1));
        lease = *pool.acquire();
    }
    CHECK(script.closed == 0);
    lease.release();
    CHECK(script.closed == 1);
}

TEST_CASE("with a single writer, readers overtake those who wait to write") {
    Script script;
    auto options = quiet(3);
    options.single_writer = true;
    options.max_wait = 20ms;
    pool::Pool pool(connector(script), options);
    auto writer = pool.acquire(pool::Access::Write);
    REQUIRE(writer);
    CHECK(pool.acquire(pool::Access::Write).error().code() == ErrorCode::PoolTimeout);
    std::thread waiting(
        [&pool] { CHECK(pool.acquire(pool::Access::Write, Duration::infinite()).has_value() == false); });
    while (pool.stats().waiting != 1) std::this_thread::yield();
    CHECK(pool.acquire(pool::Access::Read));
    waiting.join();
    writer->release();
    CHECK(pool.acquire(pool::Access::Write));
}

TEST_CASE("events tell what happens") {
    struct Listener {
        std::vector<PoolEvent::Kind> kinds;
        void on(const PoolEvent& event) { kinds.push_back(event.kind); }
    } listener;
    Script script;
    auto options = quiet(1);
    options.events = listen(listener);
    {
        pool::Pool pool(connector(script), options);
        { REQUIRE(pool.acquire()); }
        { REQUIRE(pool.acquire()); }
    }
    using Kind = PoolEvent::Kind;
    CHECK(listener.kinds ==
          std::vector<Kind>{Kind::Opened, Kind::Released, Kind::Acquired, Kind::Released, Kind::Shutdown});
}

TEST_CASE("many threads share few connections, never two of them one") {
    Script script;
    pool::Options options;
    options.max_size = 3;
    options.idle_timeout = 50ms;
    options.max_lifetime = 100ms;
    pool::Pool pool(connector(script), options);
    std::atomic<int> done = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&pool, &done, t] {
            for (int i = 0; i < 400; ++i) {
                auto lease = pool.acquire();
                if (!lease) continue;
                auto& connection = connection_of(*lease);
                ++connection.uses;
                if ((i + t) % 97 == 0) connection.abandon();
                ++done;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(done == 3200);
    CHECK(pool.stats().in_use == 0);
    CHECK(pool.close());
    CHECK(script.opened == script.closed);
}
