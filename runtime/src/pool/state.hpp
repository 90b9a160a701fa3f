#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include <lamina/base/owned.hpp>
#include <lamina/base/time.hpp>
#include <lamina/pool/pool.hpp>

namespace lamina::pool {

/// One connection of a pool. Owned by the idle stack, or by a lease.
struct Entry {
    base::Owned<driver::Connection> connection;
    std::uint64_t id = 0;
    std::int64_t expires_at = 0;  ///< max_lifetime, monotonic
    std::int64_t idle_since = 0;
};

/// A caller that waits; lives on the caller's stack, linked into the queue.
struct Waiter {
    enum class Grant : std::uint8_t { None, Connection, Open, Closed };
    Waiter* previous = nullptr;
    Waiter* next = nullptr;
    Entry* entry = nullptr;
    Grant grant = Grant::None;
    Access access = Access::Read;
    std::condition_variable wake;
};

/// What a pool and its leases share. Everything below `mutex_` is guarded by it.
///
/// Invariants: size_ = idle_.size() + in_use_ + opening_. A waiter is queued only while it can get neither a
/// connection, nor leave to open one, or others wait before it. Connections are opened and closed outside the mutex.
class State {
public:
    State(base::Owned<driver::Connector> connector, const Options& options);
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    Result<Lease> acquire(Access access, Duration max_wait);
    void give_back(Lease& lease, bool discard) noexcept;
    PoolStats stats() const noexcept;
    bool close(Duration patience) noexcept;
    /// The pool is gone: deletes this now, or with the last lease.
    void orphan() noexcept;
    const Options& options() const noexcept { return options_; }
    /// Starts the maintenance thread, if there is anything for it to do.
    void start_maintenance() noexcept;

private:
    using Lock = std::unique_lock<std::mutex>;
    struct Doomed;

    ~State();
    bool may_take(Access access) const noexcept {
        return access == Access::Read || !options_.single_writer || !writer_out_;
    }
    Entry* pop_idle() noexcept;
    Result<Lease> wait(Lock& lock, Access access, Deadline deadline);
    Result<Lease> finish(Entry* entry, Access access, Deadline deadline);
    Result<Lease> open_for(Access access, Deadline deadline);
    Result<Entry*> open(Deadline deadline);
    bool alive(Entry& entry, Deadline deadline) noexcept;
    Lease lease(Entry* entry, Access access) noexcept;
    void dispatch() noexcept;
    void grant(Waiter& waiter) noexcept;
    void enqueue(Waiter& waiter) noexcept;
    void unlink(Waiter& waiter) noexcept;
    void lose_slot(Access access) noexcept;
    Error timeout_error(std::int64_t waited) const;
    void emit(PoolEvent::Kind kind, std::uint64_t connection, std::int64_t duration,
              const Error* error = nullptr) const noexcept;
    bool wants_maintenance() const noexcept;
    void maintain() noexcept;
    void collect_due(std::int64_t now, std::vector<Entry*>& due);
    bool add_idle(Lock& lock) noexcept;

    base::Owned<driver::Connector> connector_;
    const Options options_;
    std::thread maintenance_;

    mutable std::mutex mutex_;
    std::vector<Entry*> idle_;  ///< the most recently used is last
    Waiter* first_waiter_ = nullptr;
    Waiter* last_waiter_ = nullptr;
    bool writer_out_ = false;
    bool closed_ = false;
    bool orphaned_ = false;
    bool maintained_ = false;
    std::uint32_t size_ = 0;
    std::uint32_t in_use_ = 0;
    std::uint32_t waiting_ = 0;
    std::uint64_t last_id_ = 0;
    std::int64_t suspect_before_ = 0;  ///< a connection was lost then: older idle ones are checked
    PoolStats counters_;
    std::condition_variable changed_;  ///< for close() and the maintenance thread
};

/// The monotonic clock to some milliseconds, in a quarter of the time.
std::int64_t coarse_now() noexcept;

}  // namespace lamina::pool
