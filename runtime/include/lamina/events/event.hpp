#pragma once

#include <cstdint>
#include <string_view>

#include <lamina/base/time.hpp>
#include <lamina/error/error.hpp>

namespace lamina {

// Events are plain data about what happened. Their views and pointers live only as long as the call that reports them.

/// A statement was executed.
struct QueryEvent {
    /// The statement, with placeholders.
    std::string_view sql;
    /// The parameters as text; empty unless the application asked for them, because parameters are secrets.
    std::string_view parameters;
    /// The model and operation that the statement belongs to ("User", "find_many"); empty for raw statements.
    std::string_view model;
    std::string_view operation;
    std::uint32_t parameter_count = 0;
    /// Which one it is of the statements that were sent together, from 0: those with 0 are the round trips.
    std::uint32_t position = 0;
    /// Tells statements apart, whatever their text is: the same one executed again has the same number. 0: raw.
    std::uint64_t statement = 0;
    /// Rows returned, or affected.
    std::int64_t rows = 0;
    /// From sending to the last row.
    Duration duration;
    /// A number that tells connections of one pool apart.
    std::uint64_t connection = 0;
    /// Whether the statement was prepared on this connection before.
    bool prepared_before = false;
    /// Null on success.
    const Error* error = nullptr;
};

/// A step of a transaction.
struct TransactionEvent {
    enum class Kind : std::uint8_t { Begin, Commit, Rollback, Savepoint, ReleaseSavepoint, RollbackToSavepoint, Retry };
    Kind kind = Kind::Begin;
    /// A number that tells transactions of one client apart.
    std::uint64_t transaction = 0;
    std::uint64_t connection = 0;
    /// Since the transaction's beginning.
    Duration duration;
    /// The attempt's number, from 1; greater after a retry.
    std::uint32_t attempt = 1;
    /// Null on success; for Rollback and Retry the reason, if it was an error.
    const Error* error = nullptr;
};

/// Something happened to a pool or to one of its connections.
struct PoolEvent {
    enum class Kind : std::uint8_t {
        Opened,
        OpenFailed,
        Acquired,
        Released,
        Discarded,
        Closed,
        AcquireTimeout,
        HealthCheckFailed,
        Shutdown
    };
    Kind kind = Kind::Opened;
    std::uint64_t connection = 0;
    /// How long it took to open, or was waited to acquire, or was used.
    Duration duration;
    std::uint32_t size = 0;
    std::uint32_t idle = 0;
    std::uint32_t waiting = 0;
    /// Null unless something failed.
    const Error* error = nullptr;
};

/// The names of kinds, for logs: "begin", "acquire_timeout".
std::string_view to_string(TransactionEvent::Kind kind) noexcept;
std::string_view to_string(PoolEvent::Kind kind) noexcept;

}  // namespace lamina
