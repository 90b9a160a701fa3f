#include <algorithm>
#include <atomic>
#include <utility>

#include <lamina/base/small_vector.hpp>
#include <lamina/base/try.hpp>
#include <lamina/driver/run.hpp>
#include <lamina/error/messages.hpp>
#include <lamina/tx/transaction.hpp>

namespace lamina::tx {
namespace {

constexpr Duration kRollbackPatience = Duration::seconds(5);

std::uint64_t next_number() noexcept {
    static std::atomic<std::uint64_t> last{0};  // only to tell transactions apart in events
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

std::string savepoint_statement(std::string_view verb, std::uint32_t number) {
    return std::string(verb) + " lamina_" + std::to_string(number);
}

}  // namespace

Transaction::Transaction(pool::Lease lease, const Options& options, const EventSink& events)
    : lease_(std::move(lease)),
      events_(events),
      attempt_(options.attempt),
      connection_id_(lease_.connection_id()),
      limit_(options.limit) {
    pending_.emplace_back(options.begin);
    if (!limit_.is_infinite() || events_.transaction != nullptr) {
        begun_ = monotonic_nanoseconds();
        deadline_ = Deadline::after(limit_);
        number_ = next_number();
    }
}

Transaction::~Transaction() { rollback(); }

/// Whether statements may still be executed.
Result<void> Transaction::check() {
    if (state_ == State::Ended) return error::transaction_failed("The transaction has ended already.");
    if (state_ == State::Failed) {
        return error::transaction_failed("The transaction has failed before, and can only be rolled back.")
            .with_poisoned_transaction();
    }
    if (deadline_.expired()) {
        Error error = expired("before executing a statement");
        rollback(&error);
        return error;
    }
    return {};
}

Result<void> Transaction::execute(std::span<driver::Call> calls, Deadline deadline) {
    LAMINA_TRY(check());
    return run(calls, deadline, false);
}

Result<void> Transaction::execute_and_commit(std::span<driver::Call> calls, Deadline deadline) {
    LAMINA_TRY(check());
    return run(calls, deadline, true);
}

Result<void> Transaction::run(std::span<driver::Call> calls, Deadline deadline, bool commit) {
    deadline = Deadline::earlier(deadline, deadline_);
    Result<void> result = pending_.empty() && !commit ? driver::run(lease_.connection(), calls, deadline)
                                                      : run_together(calls, deadline, commit);
    if (result) [[likely]] {
        if (commit) {
            end();
            emit(TransactionEvent::Kind::Commit);
        }
        return result;
    }
    return fail(std::move(result).error());
}

/// One batch of what is pending, the statements, and COMMIT.
Result<void> Transaction::run_together(std::span<driver::Call> calls, Deadline deadline, bool commit) {
    base::SmallVector<driver::Call, 8> batch;
    batch.reserve(pending_.size() + calls.size() + 1);
    for (const std::string& text : pending_) {
        driver::Call control;
        control.sql = text;
        batch.push_back(control);
    }
    for (const driver::Call& call : calls) batch.push_back(call);
    if (commit) {
        driver::Call control;
        control.sql = "COMMIT";
        batch.push_back(control);
    }
    Result<void> result = driver::run(lease_.connection(), {batch.data(), batch.size()}, deadline);
    const std::size_t first = pending_.size();
    for (std::size_t i = 0; i < calls.size(); ++i) {
        calls[i].affected = batch[first + i].affected;
        calls[i].prepared_before = batch[first + i].prepared_before;
        calls[i].completed = batch[first + i].completed;
    }
    std::size_t sent = 0;
    while (sent < first && batch[sent].completed) ++sent;
    if (state_ == State::Pending && sent > 0) {
        state_ = State::Open;
        emit(TransactionEvent::Kind::Begin);
    }
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(sent));
    return result;
}

/// A statement has failed: what that means for the transaction.
Result<void> Transaction::fail(Error error) {
    const driver::Connection& connection = lease_.connection();
    if (error.code() == ErrorCode::OperationTimeout && deadline_.expired()) {
        Error timeout = expired("executing a statement");
        timeout.with_poisoned_connection(error.poisons_connection());
        rollback(&timeout);
        return timeout;
    }
    if (error.poisons_connection() || !connection.healthy()) {
        error.with_poisoned_transaction();
        rollback(&error);
    } else if (state_ == State::Pending || !connection.in_transaction()) {
        // Never begun, or the database has undone all of it already.
        error.with_poisoned_transaction();
        if (state_ != State::Ended) {
            end();
            emit(TransactionEvent::Kind::Rollback, &error);
        }
    } else if (error.poisons_transaction()) {
        state_ = State::Failed;
    }
    return error;
}

Error Transaction::expired(std::string_view doing) {
    const std::int64_t elapsed = (monotonic_nanoseconds() - begun_) / 1'000'000;
    return error::transaction_expired(limit_.count_milliseconds(), elapsed, doing).with_poisoned_transaction();
}

Result<void> Transaction::commit() {
    if (state_ == State::Pending) {  // nothing was ever sent
        end();
        return {};
    }
    if (state_ == State::Failed) {
        Error error =
            error::transaction_failed("The transaction has failed, and was rolled back instead of committed.");
        rollback(&error);
        return error;
    }
    LAMINA_TRY(check());
    pending_.clear();  // COMMIT releases all savepoints
    Result<void> result = driver::run_script(lease_.connection(), "COMMIT", deadline_);
    if (result) [[likely]] {
        end();
        emit(TransactionEvent::Kind::Commit);
        return result;
    }
    result = fail(std::move(result).error());
    rollback(&result.error());
    return result;
}

void Transaction::rollback(const Error* reason) noexcept {
    if (state_ == State::Ended) return;
    const bool begun = state_ != State::Pending;
    driver::Connection& connection = lease_.connection();
    if (connection.healthy() && connection.in_transaction()) {
        try {
            const auto undone = driver::run_script(connection, "ROLLBACK", Deadline::after(kRollbackPatience));
            if (!undone) connection.abandon();  // closing the connection undoes the transaction as well
        } catch (...) {
            connection.abandon();
        }
    }
    end();
    if (begun) emit(TransactionEvent::Kind::Rollback, reason);
}

void Transaction::end() noexcept {
    state_ = State::Ended;
    pending_.clear();
    lease_.release();  // the pool closes a connection that is broken or still inside a transaction
}

std::uint32_t Transaction::savepoint() {
    pending_.push_back(savepoint_statement("SAVEPOINT", ++savepoints_));
    return savepoints_;
}

void Transaction::release_savepoint(std::uint32_t number) {
    const std::string open = savepoint_statement("SAVEPOINT", number);
    if (const auto at = std::find(pending_.begin(), pending_.end(), open); at != pending_.end()) {
        pending_.erase(at);  // nothing has happened since
        return;
    }
    if (usable()) pending_.push_back(savepoint_statement("RELEASE SAVEPOINT", number));
    emit(TransactionEvent::Kind::ReleaseSavepoint);
}

Result<void> Transaction::rollback_to_savepoint(std::uint32_t number) {
    if (state_ == State::Ended) return error::transaction_failed("The transaction has ended already.");
    const std::string open = savepoint_statement("SAVEPOINT", number);
    if (const auto at = std::find(pending_.begin(), pending_.end(), open); at != pending_.end()) {
        pending_.erase(at, pending_.end());
        return {};
    }
    // What is pending belongs to savepoints inside of this one, which go with it.
    pending_.clear();
    const std::string undo =
        savepoint_statement("ROLLBACK TO SAVEPOINT", number) + "; " + savepoint_statement("RELEASE SAVEPOINT", number);
    if (auto undone = driver::run_script(lease_.connection(), undo, Deadline::after(kRollbackPatience)); !undone) {
        undone = fail(std::move(undone).error());
        rollback(&undone.error());
        return undone;
    }
    state_ = State::Open;
    emit(TransactionEvent::Kind::RollbackToSavepoint);
    return {};
}

void Transaction::emit(TransactionEvent::Kind kind, const Error* error) const noexcept {
    if (events_.transaction == nullptr) return;
    TransactionEvent event;
    event.kind = kind;
    event.transaction = number_;
    event.connection = connection_id_;
    event.duration = Duration::nanoseconds(monotonic_nanoseconds() - begun_);
    event.attempt = attempt_;
    event.error = error;
    events_.emit(event);
}

}  // namespace lamina::tx
