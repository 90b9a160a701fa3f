#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <lamina/client/adapter.hpp>
#include <lamina/client/session.hpp>
#include <lamina/meta/meta.hpp>
#include <lamina/plan/cache.hpp>

namespace lamina::client {

class Pipeline;

/// The session of a client on an adapter: plans operations once per shape and runs the plans on connections of the
/// pool.
///
/// An operation of one statement is sent as it is; one of several writing statements gets a transaction of its own, as
/// does a batch of more than one plan.
/// Thread-safe.
class Executor final : public Session {
public:
    /// Adapter and schema must outlive the executor.
    Executor(Adapter& adapter, const meta::Schema& schema);

    Result<std::uint64_t> run(const query::Operation& operation, const RowLayout* layout, void* rows) override;
    Result<std::vector<std::string>> sql(const query::Operation& operation) override;
    Result<void> batch(std::span<BatchCall> calls, const BatchOptions& options) override;
    Result<std::uint64_t> run_raw(const Sql& statement, RowSink* sink) override;
    Result<void> transaction(const TransactionOptions& options,
                             base::FunctionRef<Result<void>(Session&)> body) override;

    Adapter& adapter() const noexcept { return adapter_; }
    const meta::Schema& schema() const noexcept { return schema_; }
    /// How the plan cache does.
    plan::PlanCache::Stats plan_stats() const { return plans_.stats(); }

    /// The plan of a shape, from the cache or made now.
    Result<plan::PlanHandle> plan(const plan::Shape& shape);

private:
    Result<std::uint64_t> run_in_transaction(const plan::Plan& plan, const plan::Shape& shape, const RowLayout* layout,
                                             void* rows);
    Result<void> repeat(std::uint32_t retries, base::FunctionRef<Result<void>(std::uint32_t)> attempt);
    Result<void> attempt(const TransactionOptions& options, std::uint32_t number,
                         base::FunctionRef<Result<void>(Session&)> body);
    Result<void> attempt(Pipeline& pipeline, const BatchOptions& options, std::uint32_t number);

    Adapter& adapter_;
    const meta::Schema& schema_;
    plan::PlanCache plans_;
};

}  // namespace lamina::client
