#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <lamina/base/time.hpp>
#include <lamina/error/error.hpp>
#include <lamina/value/row.hpp>
#include <lamina/value/value.hpp>

/// The contract that a database driver implements. A driver knows no SQL beyond transaction control that its server needs.
namespace lamina::driver {

/// One statement to execute. Views must live until the batch has ended.
struct Call {
    std::uint64_t id = 0;                         ///< names the SQL text for the connection's prepared-statement cache; 0: do not keep
    std::string_view sql;
    std::span<const std::uint32_t> type_codes;    ///< one per parameter: the database's own type code; 0: the server infers it
    std::span<const Value* const> parameters;
    RowSink* sink = nullptr;                      ///< receives the rows; null: rows are discarded
    std::uint64_t affected = 0;                   ///< out: rows inserted, updated or deleted (or returned)
};

/// What a connection waits for.
struct Wait {
    enum class Kind : std::uint8_t { Done, Readable, Writable, ReadableOrWritable };
    Kind kind = Kind::Done;
    int socket = -1;
};

/// One session with a database. Not thread-safe, except `cancel()`.
///
/// start() sends a batch without blocking; advance() moves it on and says what to wait for until it is Done or has failed.
/// run() in run.hpp is the blocking loop; the asynchronous face hands the socket to the caller's event loop.
class Connection {
  public:
    virtual ~Connection() = default;

    /// Starts a batch. Statements run in order, the first failure ends it, the rest are not executed. Where the database
    /// can, they are pipelined with a single Sync. Several statements outside a transaction are not atomic: the caller begins one.
    virtual Result<void> start(std::span<Call> calls) = 0;
    /// Moves the batch on. When it fails the connection has been drained and, unless error().poisons_connection(), is usable.
    virtual Result<Wait> advance() = 0;
    /// Asks the server to stop the running batch; advance() then fails with a cancelled error. Thread-safe.
    virtual void cancel() noexcept = 0;

    /// Runs a text without parameters and results (BEGIN, COMMIT, a script of several statements), via start/advance too.
    virtual Result<void> start_script(std::string_view sql) = 0;

    /// False after a lost connection or a protocol error: such a connection is discarded, never reused.
    virtual bool healthy() const noexcept = 0;
    /// True while a transaction block is open on the server.
    virtual bool in_transaction() const noexcept = 0;

  protected:
    Connection() = default;
    Connection(const Connection&) = default;
    Connection& operator=(const Connection&) = default;
};

}  // namespace lamina::driver
