#pragma once

#include <lamina/base/owned.hpp>
#include <lamina/base/time.hpp>
#include <lamina/driver/connector.hpp>
#include <lamina/events/sink.hpp>
#include <lamina/pool/pool.hpp>
#include <lamina/sql/dialect.hpp>

namespace lamina {

/// How a client reaches its database: a dialect and a pool of connections. Made by the drivers
/// (drivers/<database>/adapter.hpp); owned by the application; must outlive the clients that use it. Thread-safe.
class Adapter {
public:
    Adapter(const Adapter&) = delete;
    Adapter& operator=(const Adapter&) = delete;

    const dialect::Dialect& dialect() const noexcept { return dialect_; }
    pool::Pool& pool() noexcept { return pool_; }
    /// The pool's state at this moment.
    PoolStats stats() const noexcept { return pool_.stats(); }
    /// Lets no one in any more and waits for what is running. False when something still ran after `patience`.
    bool close(Duration patience = Duration::seconds(30)) noexcept { return pool_.close(patience); }
    /// How long a single statement outside of interactive transactions may run.
    Duration statement_timeout() const noexcept { return statement_timeout_; }
    const EventSink& events() const noexcept { return pool_.options().events; }

protected:
    Adapter(const dialect::Dialect& dialect, base::Owned<driver::Connector> connector, const pool::Options& options,
            Duration statement_timeout)
        : dialect_(dialect), pool_(std::move(connector), options), statement_timeout_(statement_timeout) {}
    ~Adapter() = default;

private:
    const dialect::Dialect& dialect_;
    pool::Pool pool_;
    Duration statement_timeout_;
};

}  // namespace lamina
