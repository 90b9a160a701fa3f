#include "drivers/postgresql/cancellations.hpp"

#include <chrono>
#include <sys/socket.h>
#include <system_error>
#include <thread>

namespace lamina::postgresql {
namespace {

bool is_local(const PGconn* connection) noexcept {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    return getsockname(PQsocket(connection), reinterpret_cast<sockaddr*>(&address), &size) == 0 &&
           address.ss_family == AF_UNIX;
}

}  // namespace

std::shared_ptr<Cancellations> Cancellations::of(PGconn* connection) {
    return std::shared_ptr<Cancellations>(new Cancellations(PQgetCancel(connection), is_local(connection)));
}

void Cancellations::send(const std::shared_ptr<Cancellations>& self) noexcept {
    if (self->cancel_ == nullptr) return;
    self->under_way_.fetch_add(1, std::memory_order_acq_rel);
    if (self->local_) return self->deliver();
    // libpq opens a second connection and waits for it, for minutes where the network is broken: not on this thread.
    try {
        std::thread([self] { self->deliver(); }).detach();
    } catch (const std::system_error&) {
        self->deliver();
    }
}

/// Returns when the server has closed the second connection: both signals are raised by then.
void Cancellations::deliver() noexcept {
    char reason[256];
    PQcancel(cancel_, reason, sizeof reason);  // when it fails, the batch goes on until it ends or is abandoned
    under_way_.fetch_sub(1, std::memory_order_acq_rel);
}

bool Cancellations::wait_until_settled() const noexcept {
    using namespace std::chrono_literals;
    const auto end = std::chrono::steady_clock::now() + 1s;
    while (under_way_.load(std::memory_order_acquire) != 0) {
        if (std::chrono::steady_clock::now() >= end) return false;
        std::this_thread::sleep_for(100us);
    }
    return true;
}

}  // namespace lamina::postgresql
