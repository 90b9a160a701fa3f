#include <cerrno>
#include <poll.h>

#include <lamina/driver/run.hpp>
#include <lamina/error/messages.hpp>

namespace lamina::driver {
namespace {

/// How long the server may take to answer a cancellation.
constexpr Duration kCancelPatience = Duration::seconds(2);

/// Moves a batch on until its end, its failure, or the deadline (a wait that is not Done).
Result<Wait> advance_until(Connection& connection, Deadline deadline) {
    for (;;) {
        Result<Wait> wait = connection.advance();
        if (!wait || wait->kind == Wait::Kind::Done) return wait;
        if (!wait_for(*wait, deadline)) return wait;
    }
}

/// The deadline has passed: stops the batch, and says so unless it has ended by itself just now.
Result<void> stop(Connection& connection, Deadline begun) {
    connection.cancel();
    Result<Wait> wait = advance_until(connection, Deadline::after(kCancelPatience));
    const std::int64_t elapsed = (monotonic_nanoseconds() - begun.monotonic()) / 1'000'000;
    if (!wait) {
        Error cause = std::move(wait).error();
        if (cause.code() != ErrorCode::Cancelled) {
            connection.abandon();
            return cause.with_poisoned_connection();
        }
        Error timeout = error::operation_timeout(elapsed, "executing a statement");
        timeout.with_sqlstate(cause.sqlstate());
        return std::move(timeout.with_poisoned_connection(cause.poisons_connection()));
    }
    // Whatever has happened, the cancellation may still be on its way and would hit the next statement: use it no more.
    connection.abandon();
    if (wait->kind == Wait::Kind::Done) return {};
    return error::operation_timeout(elapsed, "executing a statement").with_poisoned_connection();
}

Result<void> finish(Connection& connection, Deadline deadline) {
    if (deadline.is_never()) {
        Result<Wait> wait = advance_until(connection, deadline);
        if (!wait) return std::move(wait).error();
        return {};
    }
    const Deadline begun = Deadline::at(monotonic_nanoseconds());
    Result<Wait> wait = advance_until(connection, deadline);
    if (!wait) return std::move(wait).error();
    if (wait->kind == Wait::Kind::Done) return {};
    return stop(connection, begun);
}

}  // namespace

bool wait_for(const Wait& wait, Deadline deadline) noexcept {
    pollfd descriptor{};
    descriptor.fd = wait.socket;
    if (wait.kind != Wait::Kind::Writable) descriptor.events |= POLLIN;
    if (wait.kind != Wait::Kind::Readable) descriptor.events |= POLLOUT;
    for (;;) {
        const int ready = poll(&descriptor, 1, deadline.poll_milliseconds());
        if (ready > 0) return true;
        if (ready == 0) {
            if (deadline.expired()) return false;
        } else if (errno != EINTR) {
            return true;  // the connection finds out what is wrong with its socket
        }
    }
}

Result<void> run(Connection& connection, std::span<Call> calls, Deadline deadline) {
    connection.set_deadline(deadline);
    if (auto started = connection.start(calls); !started) return started;
    return finish(connection, deadline);
}

Result<void> run_script(Connection& connection, std::string_view sql, Deadline deadline) {
    connection.set_deadline(deadline);
    if (auto started = connection.start_script(sql); !started) return started;
    return finish(connection, deadline);
}

}  // namespace lamina::driver
