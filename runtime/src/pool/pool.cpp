#include <utility>

#include <lamina/pool/pool.hpp>

#include "pool/state.hpp"

namespace lamina::pool {

Lease::Lease(Lease&& other) noexcept
    : state_(std::exchange(other.state_, nullptr)),
      entry_(std::exchange(other.entry_, nullptr)),
      connection_(std::exchange(other.connection_, nullptr)),
      access_(other.access_) {}

Lease& Lease::operator=(Lease&& other) noexcept {
    if (this != &other) {
        release();
        state_ = std::exchange(other.state_, nullptr);
        entry_ = std::exchange(other.entry_, nullptr);
        connection_ = std::exchange(other.connection_, nullptr);
        access_ = other.access_;
    }
    return *this;
}

std::uint64_t Lease::connection_id() const noexcept { return entry_ != nullptr ? entry_->id : 0; }

void Lease::release() noexcept {
    if (entry_ != nullptr) state_->give_back(*this, false);
}

void Lease::discard() noexcept {
    if (entry_ != nullptr) state_->give_back(*this, true);
}

Pool::Pool(base::Owned<driver::Connector> connector, const Options& options)
    : state_(new State(std::move(connector), options)) {
    if (options.min_idle > 0) state_->start_maintenance();
}

Pool::~Pool() { state_->orphan(); }

Result<Lease> Pool::acquire(Access access, Duration max_wait) { return state_->acquire(access, max_wait); }
PoolStats Pool::stats() const noexcept { return state_->stats(); }
bool Pool::close(Duration patience) noexcept { return state_->close(patience); }
const Options& Pool::options() const noexcept { return state_->options(); }

}  // namespace lamina::pool
