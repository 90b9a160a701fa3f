#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <lamina/base/function_ref.hpp>
#include <lamina/base/time.hpp>
#include <lamina/driver/transaction_mode.hpp>
#include <lamina/error/error.hpp>
#include <lamina/value/row.hpp>

namespace lamina {

class Sql;
struct BatchCall;
namespace query {
struct Operation;
}

/// How an interactive transaction runs. Inside another transaction it is a savepoint, and the options do not count.
struct TransactionOptions {
    IsolationLevel isolation_level = IsolationLevel::Default;
    Duration max_wait = Duration::seconds(2);  ///< to get a connection; P2024 when it takes longer
    Duration timeout = Duration::seconds(5);   ///< for the whole transaction; P2028 and a rollback when it takes longer
    std::uint32_t retries = 0;                 ///< how often the body is run again after a P2034
    bool read_only = false;
};

/// How a batch runs, which is a transaction. Inside another transaction it is a savepoint, and the options do not
/// count.
struct BatchOptions {
    IsolationLevel isolation_level = IsolationLevel::Default;
    Duration timeout = Duration::infinite();  ///< for all of it; P2028 and a rollback when it takes longer
    std::uint32_t retries = 0;                ///< how often it is run again after a P2034
};

/// What the typed face talks to: a client on a pool, or an open transaction. Delegates hold a reference to one.
///
/// A session on a pool may be used by several threads at once, a transaction by one at a time.
class Session {
public:
    virtual ~Session() = default;

    /// Runs an operation. Rows are appended to the std::vector<Row> at `rows`, whose row type `layout` describes
    /// (both null for actions without rows). Gives the affected rows of *_many actions and the number for count, else
    /// the number of rows read. Fails with any lamina::Error; find_*_or_throw, update and delete of a missing row with
    /// P2025.
    virtual Result<std::uint64_t> run(const query::Operation& operation, const RowLayout* layout, void* rows) = 0;

    /// The statements that run() would send for the operation, in order. Statements of later levels hold parameters for
    /// keys.
    virtual Result<std::vector<std::string>> sql(const query::Operation& operation) = 0;

    /// Runs operations (batch.hpp) in their order, all of them or none. Those that need not wait for each other's
    /// results are sent together; find_unique of neighbours by the same key, for the same selection, is one statement.
    /// Fails as run(), with the detail "batch_index" when one of the operations is the cause: its position.
    virtual Result<void> batch(std::span<BatchCall> calls, const BatchOptions& options) = 0;

    /// Runs a raw statement (raw.hpp). Rows go to `sink`, which may be null. Gives the affected rows.
    /// Fails with the code of the cause (P2002 …), or P2010 when the database refuses the statement, P1016 for a wrong
    /// number of arguments.
    virtual Result<std::uint64_t> run_raw(const Sql& statement, RowSink* sink) = 0;

    /// Runs `body` in a transaction: commits when it succeeds; rolls back when it gives an error or throws (the
    /// exception goes on to the caller). Fails with the body's error; P2028 when the time limit passes, which also
    /// cancels the running statement; P2034 when the database gives up on a conflict, after `retries` further attempts.
    virtual Result<void> transaction(const TransactionOptions& options,
                                     base::FunctionRef<Result<void>(Session&)> body) = 0;

protected:
    Session() = default;
    Session(const Session&) = default;
    Session& operator=(const Session&) = default;
};

}  // namespace lamina
