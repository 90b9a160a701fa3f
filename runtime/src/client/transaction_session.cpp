#include "client/transaction_session.hpp"

#include <algorithm>
#include <ctime>
#include <optional>
#include <utility>

#include <lamina/base/hash.hpp>
#include <lamina/base/try.hpp>

#include "client/pipeline.hpp"
#include "client/runner.hpp"

namespace lamina::client {
namespace {

/// A savepoint that is undone unless it is released.
class Savepoint {
public:
    explicit Savepoint(tx::Transaction& transaction) : transaction_(transaction), number_(transaction.savepoint()) {}
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;
    ~Savepoint() {
        if (!done_) static_cast<void>(undo());
    }
    void release() {
        done_ = true;
        transaction_.release_savepoint(number_);
    }
    Result<void> undo() {
        done_ = true;
        return transaction_.rollback_to_savepoint(number_);
    }

private:
    tx::Transaction& transaction_;
    std::uint32_t number_;
    bool done_ = false;
};

/// Keeps what was done since the savepoint when it went well, undoes it when not: the transaction can go on then.
template <class R>
R settle(Savepoint& savepoint, R result) {
    if (result) {
        savepoint.release();
    } else if (!result.error().poisons_connection() && savepoint.undo()) {
        result.error().with_poisoned_transaction(false);
    }
    return result;
}

}  // namespace

Result<std::uint64_t> TransactionSession::run(const query::Operation& operation, const RowLayout* layout, void* rows) {
    const plan::Shape shape(operation);
    LAMINA_TRY_ASSIGN(const plan::PlanHandle plan, executor_.plan(shape));
    const Origin origin{executor_, executor_.schema().models[operation.model].name, action_name(operation.action),
                        transaction_.connection_id()};
    const auto execute = [this](std::span<driver::Call> calls, bool) { return transaction_.execute(calls); };
    if (!plan->transactional) return run_plan(origin, *plan, shape, layout, rows, execute);

    // All or nothing also when the program goes on after an error.
    Savepoint savepoint(transaction_);
    return settle(savepoint, run_plan(origin, *plan, shape, layout, rows, execute));
}

Result<void> TransactionSession::batch(std::span<BatchCall> calls, const BatchOptions&) {
    Pipeline pipeline(executor_, calls);
    LAMINA_TRY(pipeline.plan());
    if (pipeline.empty()) return {};
    const auto execute = [this](std::span<driver::Call> statements, bool) { return transaction_.execute(statements); };
    if (pipeline.is_one()) return pipeline.run(transaction_.connection_id(), execute);

    Savepoint savepoint(transaction_);
    return settle(savepoint, pipeline.run(transaction_.connection_id(), execute));
}

Result<std::uint64_t> TransactionSession::run_raw(const Sql& statement, RowSink* sink) {
    const Origin origin{executor_, {}, sink == nullptr ? "execute_raw" : "query_raw", transaction_.connection_id()};
    return run_statement(origin, statement, sink,
                         [this](std::span<driver::Call> calls, bool) { return transaction_.execute(calls); });
}

Result<void> TransactionSession::transaction(const TransactionOptions&,
                                             base::FunctionRef<Result<void>(Session&)> body) {
    Savepoint savepoint(transaction_);
    Result<void> result = guarded(*this, body);
    if (!result) return settle(savepoint, std::move(result));
    if (!transaction_.usable()) {
        // The body swallowed the error of a statement: what it did cannot be kept.
        LAMINA_TRY(savepoint.undo());
        return Error(ErrorCode::TransactionFailed,
                     "A statement of the nested transaction has failed: it was rolled back");
    }
    savepoint.release();
    return result;
}

Result<void> guarded(Session& session, base::FunctionRef<Result<void>(Session&)> body) {
    try {
        return body(session);
    } catch (const Error& error) {
        return error;
    }
}

void pause_before_retry(std::uint32_t attempt) noexcept {
    const std::int64_t greatest = std::int64_t{1'000'000} << std::min(attempt, 8U);  // 2 ms to 256 ms
    const auto now = static_cast<std::uint64_t>(monotonic_nanoseconds());
    timespec pause{};
    pause.tv_nsec = static_cast<long>(base::hash_combine(now, attempt) % static_cast<std::uint64_t>(greatest));
    nanosleep(&pause, nullptr);
}

}  // namespace lamina::client
