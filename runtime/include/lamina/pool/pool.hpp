#pragma once

#include <cstdint>

#include <lamina/base/owned.hpp>
#include <lamina/base/time.hpp>
#include <lamina/driver/connector.hpp>
#include <lamina/error/error.hpp>
#include <lamina/events/sink.hpp>
#include <lamina/pool/stats.hpp>

namespace lamina::pool {

/// How many connections a pool keeps, and for how long.
struct Options {
    std::uint32_t max_size = 10;
    std::uint32_t min_idle = 0;                       ///< kept ready even when nobody asks
    Duration max_wait = Duration::seconds(10);        ///< for a connection to become free, first come first served
    Duration connect_timeout = Duration::seconds(5);  ///< for opening one
    Duration idle_timeout = Duration::seconds(600);   ///< closed after so much idleness, down to min_idle
    Duration max_lifetime = Duration::seconds(1800);  ///< closed when older (and not in use)
    Duration check_after =
        Duration::seconds(30);   ///< idle for longer: asked for a sign of life before it is handed out
    bool single_writer = false;  ///< at most one lease for writing at a time, first come first served
    EventSink events;
};

/// What a lease is for. Matters only to pools with a single writer.
enum class Access : std::uint8_t { Read, Write };

class State;
struct Entry;

/// A connection on loan from a pool; goes back when destroyed, or is closed when it is broken or inside a transaction.
class Lease {
public:
    Lease() noexcept = default;
    Lease(Lease&& other) noexcept;
    Lease& operator=(Lease&& other) noexcept;
    ~Lease() {
        if (entry_ != nullptr) release();
    }

    explicit operator bool() const noexcept { return entry_ != nullptr; }
    driver::Connection& connection() const noexcept { return *connection_; }
    /// A number that tells the pool's connections apart.
    std::uint64_t connection_id() const noexcept;

    /// Gives the connection back.
    void release() noexcept;
    /// Closes the connection instead of giving it back.
    void discard() noexcept;

private:
    friend class State;
    State* state_ = nullptr;
    Entry* entry_ = nullptr;
    driver::Connection* connection_ = nullptr;
    Access access_ = Access::Read;
};

/// A pool of connections. All functions may be called by any thread at any time.
class Pool {
public:
    /// Opens nothing yet, unless min_idle asks for it.
    Pool(base::Owned<driver::Connector> connector, const Options& options);
    /// Closes. Leases that are still out are closed when they end.
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// Takes a connection, opening one if need be; waits for one if all are in use, until `deadline` or for max_wait.
    /// Fails with P2024 (the message tells the pool's state), L1002 after close, and what Connector::connect fails
    /// with.
    Result<Lease> acquire(Access access = Access::Write) { return acquire(access, Duration::infinite()); }
    /// Waits at most `max_wait`, if that is shorter than the pool's.
    Result<Lease> acquire(Access access, Duration max_wait);

    PoolStats stats() const noexcept;

    /// Lets no one in any more, sends the waiting away (L1002), closes idle connections and waits until those in use
    /// are back. False when some were still in use after `patience`; they are closed when they end.
    bool close(Duration patience = Duration::seconds(30)) noexcept;

    const Options& options() const noexcept;

private:
    State* state_;  ///< lives on while leases are out
};

}  // namespace lamina::pool
