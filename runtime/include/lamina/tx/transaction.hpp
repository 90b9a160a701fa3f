#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <lamina/base/time.hpp>
#include <lamina/driver/connection.hpp>
#include <lamina/error/error.hpp>
#include <lamina/events/sink.hpp>
#include <lamina/pool/pool.hpp>

namespace lamina::tx {

/// A transaction on a leased connection, with its time limit. Ends by commit() or rollback(); the destructor rolls
/// back.
///
/// BEGIN, SAVEPOINT and RELEASE are not sent by themselves but in front of the next statements, in one batch with them.
/// One thread at a time.
class Transaction {
public:
    struct Options {
        std::string_view begin;  ///< Connection::begin_statement; constant storage
        Duration limit = Duration::infinite();
        std::uint32_t attempt = 1;
    };

    Transaction(pool::Lease lease, const Options& options, const EventSink& events);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    /// Executes statements. Fails with the statement's error, with P2028 when the time limit has passed (the running
    /// statement is then cancelled and the transaction rolled back) or the transaction has ended or failed before, with
    /// P1017 when the connection is gone.
    Result<void> execute(std::span<driver::Call> calls, Deadline deadline = Deadline::never());
    /// Executes the last statements and commits in one batch. Fails as execute(), and then the transaction is rolled
    /// back.
    Result<void> execute_and_commit(std::span<driver::Call> calls, Deadline deadline = Deadline::never());
    /// Ends the transaction. Fails, having rolled back, with what the database says (deferred constraints, P2034), or
    /// P2028.
    Result<void> commit();
    /// Ends the transaction without effect. `reason` is for the event; may be null.
    void rollback(const Error* reason = nullptr) noexcept;

    /// Opens a savepoint; give its number to one of the next two.
    std::uint32_t savepoint();
    void release_savepoint(std::uint32_t number);
    /// Undoes what was done since the savepoint, which also heals a transaction that has failed since.
    Result<void> rollback_to_savepoint(std::uint32_t number);

    /// Whether statements can be executed.
    bool usable() const noexcept { return state_ == State::Pending || state_ == State::Open; }
    std::uint64_t connection_id() const noexcept { return connection_id_; }

private:
    enum class State : std::uint8_t { Pending, Open, Failed, Ended };

    Result<void> check();
    Result<void> run(std::span<driver::Call> calls, Deadline deadline, bool commit);
    Result<void> run_together(std::span<driver::Call> calls, Deadline deadline, bool commit);
    Result<void> fail(Error error);
    Error expired(std::string_view doing);
    void end() noexcept;
    void emit(TransactionEvent::Kind kind, const Error* error = nullptr) const noexcept;

    pool::Lease lease_;
    const EventSink& events_;
    State state_ = State::Pending;
    std::vector<std::string> pending_;  ///< transaction control to be sent in front of the next statements
    std::uint32_t savepoints_ = 0;
    std::uint32_t attempt_;
    std::uint64_t connection_id_;
    std::uint64_t number_ = 0;
    std::int64_t begun_ = 0;
    Duration limit_;
    Deadline deadline_;
};

}  // namespace lamina::tx
