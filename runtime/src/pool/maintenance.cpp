#include <algorithm>
#include <chrono>
#include <system_error>
#include <utility>

#include "pool/state.hpp"

// Closing, and what happens to idle connections: one thread per pool, started when the first connection is open, asleep
// most of the time. It could be spared by looking at acquire and release, but then a quiet program would keep its
// connections.

namespace lamina::pool {
namespace {

constexpr std::int64_t kMinimumPeriod = 20'000'000;
constexpr std::int64_t kMaximumPeriod = 15'000'000'000;

}  // namespace

bool State::wants_maintenance() const noexcept {
    return !options_.idle_timeout.is_infinite() || !options_.max_lifetime.is_infinite() || options_.min_idle > 0;
}

void State::start_maintenance() noexcept {
    const Lock lock(mutex_);
    if (maintained_ || closed_ || !wants_maintenance()) return;
    try {
        maintenance_ = std::thread([this] { maintain(); });
        maintained_ = true;
    } catch (const std::system_error&) {
        // No thread to be had: connections are then replaced when they are taken out, not before.
    }
}

void State::maintain() noexcept {
    std::int64_t period =
        std::min(options_.idle_timeout.count_nanoseconds(), options_.max_lifetime.count_nanoseconds()) / 4;
    if (options_.min_idle > 0) period = std::min<std::int64_t>(period, 1'000'000'000);
    period = std::clamp(period, kMinimumPeriod, kMaximumPeriod);
    std::vector<Entry*> due;
    Lock lock(mutex_);
    while (!closed_) {
        collect_due(coarse_now(), due);
        if (!due.empty()) {
            lock.unlock();
            for (Entry* entry : due) {
                const std::uint64_t id = entry->id;
                delete entry;
                emit(PoolEvent::Kind::Closed, id, 0);
            }
            due.clear();
            lock.lock();
        }
        while (!closed_ && idle_.size() < options_.min_idle && size_ < options_.max_size && add_idle(lock)) {
        }
        if (!closed_) changed_.wait_for(lock, std::chrono::nanoseconds(period));
    }
}

/// Takes out of the idle stack what is too old, or idle for too long and not needed.
void State::collect_due(std::int64_t now, std::vector<Entry*>& due) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < idle_.size(); ++i) {
        Entry* entry = idle_[i];
        const std::size_t left = idle_.size() - due.size();
        const bool stale = !options_.idle_timeout.is_infinite() && left > options_.min_idle &&
                           now - entry->idle_since >= options_.idle_timeout.count_nanoseconds();
        if (stale || now >= entry->expires_at) {
            due.push_back(entry);
        } else {
            idle_[kept++] = entry;
        }
    }
    idle_.resize(kept);
    size_ -= static_cast<std::uint32_t>(due.size());
    counters_.closed += due.size();
}

/// Opens one connection into the idle stack; false when that failed.
bool State::add_idle(Lock& lock) noexcept {
    ++size_;
    lock.unlock();
    Result<Entry*> opened = open(Deadline::never());
    lock.lock();
    if (!opened) {
        --size_;
        ++counters_.open_failures;
        dispatch();
        return false;
    }
    Entry* entry = *opened;
    entry->id = ++last_id_;
    ++counters_.opened;
    idle_.push_back(entry);
    dispatch();
    return true;
}

bool State::close(Duration patience) noexcept {
    std::vector<Entry*> entries;
    std::thread maintenance;
    Lock lock(mutex_);
    closed_ = true;
    entries.swap(idle_);
    size_ -= static_cast<std::uint32_t>(entries.size());
    counters_.closed += entries.size();
    while (first_waiter_ != nullptr) {
        Waiter& waiter = *first_waiter_;
        unlink(waiter);
        waiter.grant = Waiter::Grant::Closed;
        waiter.wake.notify_one();
    }
    maintenance.swap(maintenance_);
    maintained_ = false;
    changed_.notify_all();
    lock.unlock();

    emit(PoolEvent::Kind::Shutdown, 0, 0);
    for (Entry* entry : entries) delete entry;
    if (maintenance.joinable()) maintenance.join();

    lock.lock();
    size_ -= static_cast<std::uint32_t>(idle_.size());  // what the maintenance thread was opening meanwhile
    counters_.closed += idle_.size();
    for (Entry* entry : idle_) delete entry;
    idle_.clear();
    const Deadline deadline = Deadline::after(patience);
    while (in_use_ > 0 && !deadline.expired()) {
        if (deadline.is_never()) {
            changed_.wait(lock);
        } else {
            changed_.wait_for(lock, std::chrono::nanoseconds(deadline.remaining().count_nanoseconds()));
        }
    }
    return in_use_ == 0;
}

void State::orphan() noexcept {
    close(Duration());
    Lock lock(mutex_);
    orphaned_ = true;
    if (in_use_ > 0) return;
    lock.unlock();
    delete this;
}

}  // namespace lamina::pool
