#pragma once

#include <span>
#include <string_view>

#include <lamina/base/time.hpp>
#include <lamina/driver/connection.hpp>
#include <lamina/error/error.hpp>

namespace lamina::driver {

/// Executes a batch and waits for its end. Fails with the first failing statement's error; with P1008 when the deadline
/// passes first: the running statement is then cancelled and the connection drained, so that it stays usable, or, when
/// the server does not answer the cancellation either, abandoned (the error poisons the connection).
Result<void> run(Connection& connection, std::span<Call> calls, Deadline deadline = Deadline::never());

/// Executes a text without parameters and results, as run().
Result<void> run_script(Connection& connection, std::string_view sql, Deadline deadline = Deadline::never());

/// Waits until a socket is ready for what `wait` says. False when the deadline has passed first.
bool wait_for(const Wait& wait, Deadline deadline) noexcept;

}  // namespace lamina::driver
