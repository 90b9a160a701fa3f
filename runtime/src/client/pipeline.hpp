#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include <lamina/base/small_vector.hpp>
#include <lamina/client/batch.hpp>
#include <lamina/client/executor.hpp>
#include <lamina/plan/interpreter.hpp>

#include "client/runner.hpp"

namespace lamina::client {

/// The operations of a batch, run in their order on one connection, with as few round trips as their plans allow: reads
/// advance together; a write begins when all before it have sent their last statements, which may be in the same round
/// trip.
class Pipeline {
public:
    Pipeline(Executor& executor, std::span<BatchCall> calls) noexcept : executor_(executor), calls_(calls) {}
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;

    /// Joins what a single statement can read and plans everything. Fails as planning does.
    Result<void> plan();

    bool empty() const noexcept { return items_.empty(); }
    /// Whether all or nothing holds without a transaction: there is one plan, which needs none.
    bool is_one() const noexcept { return items_.size() == 1 && !items_.front().plan->transactional; }
    bool read_only() const noexcept;

    /// Runs all. May be called again after an error: results of the attempt before are cleared.
    Result<void> run(std::uint64_t connection, Execute execute);

private:
    /// A plan, and the operations that it stands for.
    struct Item {
        explicit Item(const query::Operation& operation) : shape(operation) {}
        std::size_t first = 0;  ///< of the calls
        const RowLayout* layout = nullptr;
        void* rows = nullptr;
        plan::Shape shape;
        plan::PlanHandle plan;
        std::optional<plan::Interpreter> interpreter;  ///< while it runs
        bool ended = false;
        std::optional<Origin> origin;
    };
    /// Where the rows of joined reads go.
    struct Joined {
        query::Operation operation;
        std::vector<void*> places;
        plan::RowPlaces rows;
    };

    Item& join(std::size_t first, std::span<const query::Operation* const> operations);
    void restart(std::uint64_t connection);
    Result<void> gather();
    Result<bool> advance(Item& item);
    Result<void> send(Execute execute);

    Executor& executor_;
    std::span<BatchCall> calls_;
    std::deque<Joined> joined_;
    std::deque<Item> items_;
    std::size_t begin_ = 0;  ///< items before it have ended
    bool begun_ = false;

    // The round trip in the making.
    std::vector<driver::Call> statements_;
    std::vector<Share> shares_;
    std::vector<std::span<plan::Execution>> executions_;  ///< of each share
    std::vector<const Item*> senders_;
    bool last_ = false;
};

}  // namespace lamina::client
