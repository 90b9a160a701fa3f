#include "pool/state.hpp"

#include <ctime>
#include <exception>
#include <utility>

#include <lamina/driver/run.hpp>
#include <lamina/error/messages.hpp>

namespace lamina::pool {
namespace {

/// Idle for less than this: handed out without a look. A look costs a system call.
constexpr std::int64_t kTrustedNanoseconds = 500'000'000;
constexpr Duration kPingPatience = Duration::seconds(2);

std::int64_t after(std::int64_t now, Duration duration) noexcept {
    const std::int64_t wait = duration.count_nanoseconds();
    return wait >= INT64_MAX - now ? INT64_MAX : now + wait;
}

}  // namespace

std::int64_t coarse_now() noexcept {
#ifdef CLOCK_MONOTONIC_COARSE
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
#else
    return monotonic_nanoseconds();
#endif
}

State::State(base::Owned<driver::Connector> connector, const Options& options)
    : connector_(std::move(connector)), options_(options) {
    idle_.reserve(options_.max_size);
}

State::~State() {
    for (Entry* entry : idle_) delete entry;
}

Entry* State::pop_idle() noexcept {
    Entry* entry = idle_.back();
    idle_.pop_back();
    return entry;
}

Lease State::lease(Entry* entry, Access access) noexcept {
    Lease lease;
    lease.state_ = this;
    lease.entry_ = entry;
    lease.connection_ = entry->connection.get();
    lease.access_ = access;
    return lease;
}

Result<Lease> State::acquire(Access access, Duration max_wait) {
    Lock lock(mutex_);
    if (first_waiter_ == nullptr && !closed_ && may_take(access)) [[likely]] {
        if (!idle_.empty()) [[likely]] {
            Entry* entry = pop_idle();
            ++in_use_;
            ++counters_.acquired;
            if (access == Access::Write) writer_out_ = true;
            const std::int64_t now = coarse_now();
            const bool trusted = now - entry->idle_since < kTrustedNanoseconds && entry->idle_since > suspect_before_ &&
                                 now < entry->expires_at;
            lock.unlock();
            if (trusted) [[likely]] {
                if (options_.events.pool != nullptr) emit(PoolEvent::Kind::Acquired, entry->id, 0);
                return lease(entry, access);
            }
            return finish(entry, access, Deadline::after(max_wait < options_.max_wait ? max_wait : options_.max_wait));
        }
        if (size_ < options_.max_size) {
            ++size_;
            ++in_use_;
            if (access == Access::Write) writer_out_ = true;
            lock.unlock();
            return open_for(access, Deadline::after(max_wait < options_.max_wait ? max_wait : options_.max_wait));
        }
    }
    if (closed_) return Error(ErrorCode::PoolClosed);
    return wait(lock, access, Deadline::after(max_wait < options_.max_wait ? max_wait : options_.max_wait));
}

Result<Lease> State::wait(Lock& lock, Access access, Deadline deadline) {
    Waiter waiter;
    waiter.access = access;
    enqueue(waiter);
    dispatch();  // readers may overtake a writer that waits for the other writer
    const std::int64_t begun = monotonic_nanoseconds();
    while (waiter.grant == Waiter::Grant::None) {
        if (deadline.is_never()) {
            waiter.wake.wait(lock);
        } else if (deadline.expired()) {
            break;
        } else {
            waiter.wake.wait_for(lock, std::chrono::nanoseconds(deadline.remaining().count_nanoseconds()));
        }
    }
    const std::int64_t waited = monotonic_nanoseconds() - begun;
    counters_.waited_nanoseconds += waited;
    switch (waiter.grant) {
        case Waiter::Grant::None: {
            unlink(waiter);
            ++counters_.timeouts;
            const Error error = timeout_error(waited);
            lock.unlock();
            emit(PoolEvent::Kind::AcquireTimeout, 0, waited, &error);
            return error;
        }
        case Waiter::Grant::Connection: lock.unlock(); return finish(waiter.entry, access, deadline);
        case Waiter::Grant::Open: lock.unlock(); return open_for(access, deadline);
        case Waiter::Grant::Closed: break;
    }
    return Error(ErrorCode::PoolClosed);
}

/// Makes sure that a connection that the caller holds a slot for is alive, else replaces it.
Result<Lease> State::finish(Entry* entry, Access access, Deadline deadline) {
    for (;;) {
        const bool expired = coarse_now() >= entry->expires_at;
        if (!expired && alive(*entry, deadline)) {
            emit(PoolEvent::Kind::Acquired, entry->id, 0);
            return lease(entry, access);
        }
        const std::uint64_t id = entry->id;
        delete entry;
        emit(expired ? PoolEvent::Kind::Closed : PoolEvent::Kind::HealthCheckFailed, id, 0);
        Lock lock(mutex_);
        ++counters_.closed;
        if (!expired) {
            ++counters_.health_check_failures;
            suspect_before_ = coarse_now();
        }
        if (idle_.empty() || closed_) break;
        entry = pop_idle();  // its slot replaces ours
        --size_;
        dispatch();
    }
    return open_for(access, deadline);
}

/// Looks at the socket; after long idleness, or when another connection was lost, asks the server.
bool State::alive(Entry& entry, Deadline deadline) noexcept {
    driver::Connection& connection = *entry.connection;
    const std::int64_t idle = coarse_now() - entry.idle_since;
    if (!connection.healthy() || connection.peer_closed()) return false;
    if (idle < options_.check_after.count_nanoseconds()) return true;
    const auto ping = driver::run_script(connection, "", Deadline::earlier(deadline, Deadline::after(kPingPatience)));
    return ping.has_value() && connection.healthy();
}

/// Opens a connection for a caller who holds a slot.
Result<Lease> State::open_for(Access access, Deadline deadline) {
    Result<Entry*> opened = open(deadline);
    Lock lock(mutex_);
    if (!opened) {
        ++counters_.open_failures;
        lose_slot(access);
        return std::move(opened).error();
    }
    Entry* entry = *opened;
    entry->id = ++last_id_;
    ++counters_.opened;
    if (closed_) {
        lose_slot(access);
        ++counters_.closed;
        lock.unlock();
        delete entry;
        return Error(ErrorCode::PoolClosed);
    }
    ++counters_.acquired;
    const bool maintain_now = !maintained_ && wants_maintenance();
    lock.unlock();
    if (maintain_now) start_maintenance();
    return lease(entry, access);
}

Result<Entry*> State::open(Deadline deadline) {
    const std::int64_t begun = monotonic_nanoseconds();
    deadline = Deadline::earlier(deadline, Deadline::after(options_.connect_timeout));
    auto connection = [&]() -> Result<base::Owned<driver::Connection>> {
        try {
            return connector_->connect(deadline);
        } catch (const std::exception& exception) {
            return error::internal(exception.what());
        }
    }();
    const std::int64_t now = monotonic_nanoseconds();
    if (!connection) {
        emit(PoolEvent::Kind::OpenFailed, 0, now - begun, &connection.error());
        return std::move(connection).error();
    }
    auto* entry = new Entry;
    entry->connection = *std::move(connection);
    entry->expires_at = after(now, options_.max_lifetime);
    entry->idle_since = now;
    emit(PoolEvent::Kind::Opened, 0, now - begun);
    return entry;
}

void State::give_back(Lease& lease, bool discard) noexcept {
    Entry* entry = std::exchange(lease.entry_, nullptr);
    driver::Connection& connection = *std::exchange(lease.connection_, nullptr);
    const bool write = lease.access_ == Access::Write;
    const bool healthy = connection.healthy();
    const bool keep = !discard && healthy && !connection.in_transaction();
    const std::int64_t now = coarse_now();
    const std::uint64_t id = entry->id;
    if (keep && now < entry->expires_at) [[likely]] {
        if (options_.events.pool != nullptr) emit(PoolEvent::Kind::Released, id, 0);
        entry->idle_since = now;
        Lock lock(mutex_);
        if (!closed_) [[likely]] {
            --in_use_;
            if (write) writer_out_ = false;
            idle_.push_back(entry);
            if (first_waiter_ != nullptr) dispatch();
            return;
        }
    }
    delete entry;
    emit(keep ? PoolEvent::Kind::Closed : PoolEvent::Kind::Discarded, id, 0);
    Lock lock(mutex_);
    ++counters_.closed;
    if (!keep) ++counters_.discarded;
    if (!healthy) suspect_before_ = now;
    lose_slot(lease.access_);
    if (orphaned_ && in_use_ == 0) {
        lock.unlock();
        delete this;
    }
}

/// A caller's slot is free again, its connection is not.
void State::lose_slot(Access access) noexcept {
    --in_use_;
    --size_;
    if (access == Access::Write) writer_out_ = false;
    dispatch();
    if (closed_ || maintained_) changed_.notify_all();
}

void State::dispatch() noexcept {
    for (Waiter* waiter = first_waiter_; waiter != nullptr;) {
        if (idle_.empty() && size_ >= options_.max_size) return;
        Waiter* next = waiter->next;
        if (may_take(waiter->access)) grant(*waiter);
        waiter = next;
    }
}

void State::grant(Waiter& waiter) noexcept {
    unlink(waiter);
    if (idle_.empty()) {
        ++size_;
        waiter.grant = Waiter::Grant::Open;
    } else {
        waiter.entry = pop_idle();
        ++counters_.acquired;
        waiter.grant = Waiter::Grant::Connection;
    }
    ++in_use_;
    if (waiter.access == Access::Write) writer_out_ = true;
    waiter.wake.notify_one();  // under the mutex: the waiter is gone as soon as it has seen its grant
}

void State::enqueue(Waiter& waiter) noexcept {
    waiter.previous = last_waiter_;
    (last_waiter_ != nullptr ? last_waiter_->next : first_waiter_) = &waiter;
    last_waiter_ = &waiter;
    ++waiting_;
}

void State::unlink(Waiter& waiter) noexcept {
    (waiter.previous != nullptr ? waiter.previous->next : first_waiter_) = waiter.next;
    (waiter.next != nullptr ? waiter.next->previous : last_waiter_) = waiter.previous;
    --waiting_;
}

PoolStats State::stats() const noexcept {
    const Lock lock(mutex_);
    PoolStats stats = counters_;
    stats.max_size = options_.max_size;
    stats.size = size_;
    stats.idle = static_cast<std::uint32_t>(idle_.size());
    stats.in_use = in_use_;
    stats.waiting = waiting_;
    return stats;
}

Error State::timeout_error(std::int64_t waited) const {
    error::PoolState state;
    state.max_size = options_.max_size;
    state.size = size_;
    state.idle = static_cast<std::uint32_t>(idle_.size());
    state.in_use = in_use_;
    state.waiting = waiting_;
    return error::pool_timeout(waited / 1'000'000, state);
}

void State::emit(PoolEvent::Kind kind, std::uint64_t connection, std::int64_t duration,
                 const Error* error) const noexcept {
    if (options_.events.pool == nullptr) return;
    const PoolStats now = stats();
    PoolEvent event;
    event.kind = kind;
    event.connection = connection;
    event.duration = Duration::nanoseconds(duration);
    event.size = now.size;
    event.idle = now.idle;
    event.waiting = now.waiting;
    event.error = error;
    options_.events.emit(event);
}

}  // namespace lamina::pool
