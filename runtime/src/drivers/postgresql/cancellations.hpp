#pragma once

#include <atomic>
#include <memory>

#include <libpq-fe.h>

namespace lamina::postgresql {

/// The cancel requests of one connection. They travel on connections of their own, and the server raises two signals
/// for each (one for the process, one for its group): the second may arrive after the statement has ended, and would
/// hit the next one. The connection therefore asks `settled()` before a next statement.
class Cancellations {
public:
    static std::shared_ptr<Cancellations> of(PGconn* connection);
    ~Cancellations() { PQfreeCancel(cancel_); }
    Cancellations(const Cancellations&) = delete;
    Cancellations& operator=(const Cancellations&) = delete;

    /// Asks the server to stop the running statement; returns at once where the network could hang. From any thread.
    static void send(const std::shared_ptr<Cancellations>& self) noexcept;

    /// Waits until no request is under way, for at most a second: true when there is none.
    bool settled() const noexcept { return under_way_.load(std::memory_order_acquire) == 0 || wait_until_settled(); }

private:
    Cancellations(PGcancel* cancel, bool local) noexcept : cancel_(cancel), local_(local) {}
    void deliver() noexcept;
    bool wait_until_settled() const noexcept;

    PGcancel* cancel_;
    bool local_;  ///< a Unix socket: a request cannot hang
    std::atomic<int> under_way_ = 0;
};

}  // namespace lamina::postgresql
