#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <lamina/base/time.hpp>
#include <lamina/driver/transaction_mode.hpp>
#include <lamina/error/error.hpp>
#include <lamina/value/row.hpp>

namespace lamina {
class Value;
}

/// The contract that a database driver implements. A driver knows no SQL beyond the transaction control that its server
/// needs.
namespace lamina::driver {

/// One statement to execute. Views must live until the batch has ended.
struct Call {
    /// Names the SQL text for the connection's prepared-statement cache: equal ids mean equal texts and type codes. 0:
    /// do not keep.
    std::uint64_t id = 0;
    /// The text, with the database's placeholders. With id 0 and without parameters it may hold several statements.
    std::string_view sql;
    /// One per parameter: the database's own type code; 0, or none where the span is shorter: the server infers it.
    std::span<const std::uint32_t> type_codes;
    std::span<const Value* const> parameters;
    /// Receives the rows; null: rows are counted and dropped.
    RowSink* sink = nullptr;
    /// The sink is shown the columns before the rows.
    bool names_columns = false;
    /// Reads, and gives one row at most: a driver may stop at the first.
    bool single_row = false;
    /// Out: rows inserted, updated or deleted (or returned).
    std::uint64_t affected = 0;
    /// Out: whether the connection had this statement prepared already.
    bool prepared_before = false;
    /// Out: whether the statement has been executed to its end.
    bool completed = false;
};

/// What a connection waits for.
struct Wait {
    enum class Kind : std::uint8_t { Done, Readable, Writable, ReadableOrWritable };
    Kind kind = Kind::Done;
    int socket = -1;
};

/// One session with a database. Not thread-safe, except `cancel()`.
///
/// start() sends a batch without blocking; advance() moves it on and says what to wait for until it is Done or has
/// failed. run() in run.hpp is the blocking loop; the asynchronous face hands the socket to the caller's event loop.
class Connection {
public:
    virtual ~Connection() = default;

    /// Starts a batch. Statements run in order, the first failure ends it, the rest are not executed. Where the
    /// database can, they are pipelined with a single Sync. Several statements outside a transaction are not atomic:
    /// the caller begins one. `calls` and all that it refers to must live until advance() has given Done or an error.
    virtual Result<void> start(std::span<Call> calls) = 0;
    /// Runs a text without parameters and results (BEGIN, COMMIT, a script of several statements), via advance() too.
    virtual Result<void> start_script(std::string_view sql) = 0;
    /// Moves the batch on. When it fails the connection has been drained and, unless error().poisons_connection(), is
    /// usable; the first call that is not `completed` is the one that failed.
    virtual Result<Wait> advance() = 0;
    /// Asks the server to stop the running batch; advance() then fails with L1001. Thread-safe; harmless when nothing
    /// runs.
    virtual void cancel() noexcept = 0;
    /// Gives up on a batch whose end cannot be waited for: the connection becomes unhealthy.
    virtual void abandon() noexcept = 0;
    /// Until when the following batches may run, for drivers whose advance() does the work itself and never waits.
    virtual void set_deadline(Deadline) noexcept {}

    /// False after a lost connection or a protocol error: such a connection is discarded, never reused.
    virtual bool healthy() const noexcept = 0;
    /// True while a transaction block is open on the server, a failed one included.
    virtual bool in_transaction() const noexcept = 0;
    /// A look, without waiting, whether the server has hung up while the connection was idle.
    virtual bool peer_closed() noexcept { return false; }

    /// The statement that opens a transaction; constant storage. Fails with P2026 for an isolation level that the
    /// database lacks.
    virtual Result<std::string_view> begin_statement(const TransactionMode& mode) const = 0;

protected:
    Connection() = default;
    Connection(const Connection&) = default;
    Connection& operator=(const Connection&) = default;
};

}  // namespace lamina::driver
