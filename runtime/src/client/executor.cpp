#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/client/executor.hpp>
#include <lamina/driver/run.hpp>
#include <lamina/error/messages.hpp>
#include <lamina/plan/planner.hpp>
#include <lamina/tx/transaction.hpp>

#include "client/pipeline.hpp"
#include "client/runner.hpp"
#include "client/transaction_session.hpp"

namespace lamina::client {

Executor::Executor(Adapter& adapter, const meta::Schema& schema) : adapter_(adapter), schema_(schema) {}

Result<plan::PlanHandle> Executor::plan(const plan::Shape& shape) {
    if (plan::PlanHandle found = plans_.find(shape)) [[likely]]
        return found;
    LAMINA_TRY_ASSIGN(plan::Plan made, plan::plan(shape.operation(), schema_, adapter_.dialect()));
    return plans_.insert(shape, std::move(made));
}

Result<std::uint64_t> Executor::run(const query::Operation& operation, const RowLayout* layout, void* rows) {
    const plan::Shape shape(operation);
    LAMINA_TRY_ASSIGN(const plan::PlanHandle plan, this->plan(shape));
    if (plan->transactional) return run_in_transaction(*plan, shape, layout, rows);

    LAMINA_TRY_ASSIGN(const pool::Lease lease,
                      adapter_.pool().acquire(plan->read_only ? pool::Access::Read : pool::Access::Write));
    const Origin origin{*this, schema_.models[operation.model].name, action_name(operation.action),
                        lease.connection_id()};
    const Deadline deadline = Deadline::after(adapter_.statement_timeout());
    return run_plan(origin, *plan, shape, layout, rows, [&lease, deadline](std::span<driver::Call> calls, bool) {
        return driver::run(lease.connection(), calls, deadline);
    });
}

/// A plan of several writing statements: all of them, or none.
Result<std::uint64_t> Executor::run_in_transaction(const plan::Plan& plan, const plan::Shape& shape,
                                                   const RowLayout* layout, void* rows) {
    const query::Operation& operation = shape.operation();
    LAMINA_TRY_ASSIGN(pool::Lease lease, adapter_.pool().acquire(pool::Access::Write));
    LAMINA_TRY_ASSIGN(const std::string_view begin, lease.connection().begin_statement({}));
    const Origin origin{*this, schema_.models[operation.model].name, action_name(operation.action),
                        lease.connection_id()};
    const Deadline deadline = Deadline::after(adapter_.statement_timeout());
    tx::Transaction transaction(std::move(lease), {begin, Duration::infinite(), 1}, adapter_.events());
    auto count =
        run_plan(origin, plan, shape, layout, rows, [&transaction, deadline](std::span<driver::Call> calls, bool last) {
            return last ? transaction.execute_and_commit(calls, deadline) : transaction.execute(calls, deadline);
        });
    if (!count) {
        transaction.rollback(&count.error());
        return count;
    }
    if (!transaction.usable()) return count;  // committed with the last batch
    if (auto committed = transaction.commit(); !committed) {
        return enrich(std::move(committed).error(), schema_, origin.model, "COMMIT");
    }
    return count;
}

Result<void> Executor::batch(std::span<BatchCall> calls, const BatchOptions& options) {
    Pipeline pipeline(*this, calls);
    LAMINA_TRY(pipeline.plan());
    if (pipeline.empty()) return {};
    const bool asked =
        options.isolation_level != IsolationLevel::Default || !options.timeout.is_infinite() || options.retries > 0;
    if (asked || !pipeline.is_one()) {
        return repeat(options.retries,
                      [this, &pipeline, &options](std::uint32_t number) { return attempt(pipeline, options, number); });
    }
    LAMINA_TRY_ASSIGN(const pool::Lease lease,
                      adapter_.pool().acquire(pipeline.read_only() ? pool::Access::Read : pool::Access::Write));
    const Deadline deadline = Deadline::after(adapter_.statement_timeout());
    return pipeline.run(lease.connection_id(), [&lease, deadline](std::span<driver::Call> statements, bool) {
        return driver::run(lease.connection(), statements, deadline);
    });
}

Result<void> Executor::attempt(Pipeline& pipeline, const BatchOptions& options, std::uint32_t number) {
    const bool reads = pipeline.read_only();
    LAMINA_TRY_ASSIGN(pool::Lease lease, adapter_.pool().acquire(reads ? pool::Access::Read : pool::Access::Write));
    LAMINA_TRY_ASSIGN(const std::string_view begin,
                      lease.connection().begin_statement({options.isolation_level, reads}));
    const std::uint64_t connection = lease.connection_id();
    tx::Transaction transaction(std::move(lease), {begin, options.timeout, number}, adapter_.events());
    Result<void> result = pipeline.run(connection, [this, &transaction](std::span<driver::Call> statements, bool last) {
        const Deadline deadline = Deadline::after(adapter_.statement_timeout());
        return last ? transaction.execute_and_commit(statements, deadline) : transaction.execute(statements, deadline);
    });
    if (!result) {
        transaction.rollback(&result.error());
        return result;
    }
    if (!transaction.usable()) return result;  // committed with the last statements
    if (result = transaction.commit(); !result) return enrich(std::move(result).error(), schema_, {}, "COMMIT");
    return result;
}

Result<std::vector<std::string>> Executor::sql(const query::Operation& operation) {
    const plan::Shape shape(operation);
    LAMINA_TRY_ASSIGN(const plan::PlanHandle plan, this->plan(shape));
    std::vector<std::string> texts;
    for (const plan::Statement& statement : plan->statements) texts.push_back(statement.text);
    return texts;
}

Result<std::uint64_t> Executor::run_raw(const Sql& statement, RowSink* sink) {
    // What a query with rows does is not known before the database has seen it: it is not kept waiting for writers.
    const pool::Access access = sink == nullptr ? pool::Access::Write : pool::Access::Read;
    LAMINA_TRY_ASSIGN(pool::Lease lease, adapter_.pool().acquire(access));
    const Origin origin{*this, {}, sink == nullptr ? "execute_raw" : "query_raw", lease.connection_id()};
    const Deadline deadline = Deadline::after(adapter_.statement_timeout());
    return run_statement(origin, statement, sink, [&lease, deadline](std::span<driver::Call> calls, bool) {
        return driver::run(lease.connection(), calls, deadline);
    });
}

Result<void> Executor::transaction(const TransactionOptions& options, base::FunctionRef<Result<void>(Session&)> body) {
    return repeat(options.retries,
                  [this, &options, body](std::uint32_t number) { return attempt(options, number, body); });
}

/// Tries until it goes well, or `retries` further attempts have failed.
Result<void> Executor::repeat(std::uint32_t retries, base::FunctionRef<Result<void>(std::uint32_t)> attempt) {
    for (std::uint32_t number = 1;; ++number) {
        Result<void> result = attempt(number);
        if (result || number > retries || !result.error().retryable()) return result;
        // Only what undoes the whole transaction and may go well the next time; not a pool or a server that cannot be
        // had.
        const ErrorCode code = result.error().code();
        if (code != ErrorCode::TransactionConflict && !result.error().poisons_transaction()) return result;
        if (code == ErrorCode::ConnectionLost || code == ErrorCode::PoolTimeout) return result;
        if (adapter_.events().transaction != nullptr) {
            TransactionEvent event;
            event.kind = TransactionEvent::Kind::Retry;
            event.attempt = number + 1;
            event.error = &result.error();
            adapter_.events().emit(event);
        }
        pause_before_retry(number);
    }
}

Result<void> Executor::attempt(const TransactionOptions& options, std::uint32_t number,
                               base::FunctionRef<Result<void>(Session&)> body) {
    const pool::Access access = options.read_only ? pool::Access::Read : pool::Access::Write;
    LAMINA_TRY_ASSIGN(pool::Lease lease, adapter_.pool().acquire(access, options.max_wait));
    LAMINA_TRY_ASSIGN(const std::string_view begin,
                      lease.connection().begin_statement({options.isolation_level, options.read_only}));
    tx::Transaction transaction(std::move(lease), {begin, options.timeout, number}, adapter_.events());
    TransactionSession session(*this, transaction);
    Result<void> result = guarded(session, body);  // other exceptions pass; the transaction's destructor rolls back
    if (!result) {
        transaction.rollback(&result.error());
        return result;
    }
    result = transaction.commit();
    if (!result) return enrich(std::move(result).error(), schema_, {}, "COMMIT");
    return result;
}

}  // namespace lamina::client
