#pragma once

#include <cstdint>

#include <lamina/client/executor.hpp>
#include <lamina/client/session.hpp>
#include <lamina/tx/transaction.hpp>

namespace lamina::client {

/// The session of an open transaction: everything goes over its one connection. One thread at a time.
class TransactionSession final : public Session {
public:
    TransactionSession(Executor& executor, tx::Transaction& transaction) noexcept
        : executor_(executor), transaction_(transaction) {}

    Result<std::uint64_t> run(const query::Operation& operation, const RowLayout* layout, void* rows) override;
    Result<std::vector<std::string>> sql(const query::Operation& operation) override {
        return executor_.sql(operation);
    }
    Result<void> batch(std::span<BatchCall> calls, const BatchOptions& options) override;
    Result<std::uint64_t> run_raw(const Sql& statement, RowSink* sink) override;
    /// A savepoint.
    Result<void> transaction(const TransactionOptions& options,
                             base::FunctionRef<Result<void>(Session&)> body) override;

private:
    Executor& executor_;
    tx::Transaction& transaction_;
};

/// Calls the body; an Error that it throws counts as one that it gives. Other exceptions pass.
Result<void> guarded(Session& session, base::FunctionRef<Result<void>(Session&)> body);

/// Sleeps some milliseconds, more after each attempt, by chance, so that opponents do not meet again.
void pause_before_retry(std::uint32_t attempt) noexcept;

}  // namespace lamina::client
