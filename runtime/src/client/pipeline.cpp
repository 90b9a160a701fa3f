#include "client/pipeline.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <lamina/base/try.hpp>

#include "client/unique_reads.hpp"

namespace lamina::client {
namespace {

/// How many statements are sent together before further plans begin.
constexpr std::size_t kStatementsTogether = 512;

constexpr std::string_view kBatchIndex = "batch_index";

/// Says which operation is the cause; joined reads have said which of them.
Error at(std::size_t first, Error error) {
    std::size_t within = 0;
    for (const char digit : error.detail(kBatchIndex)) within = within * 10 + static_cast<std::size_t>(digit - '0');
    error.with_detail(kBatchIndex, std::to_string(first + within));
    return error;
}

}  // namespace

Pipeline::Item& Pipeline::join(std::size_t first, std::span<const query::Operation* const> operations) {
    Joined& joined = joined_.emplace_back();
    joined.operation = join_unique_reads(operations);
    for (const BatchCall& call : calls_.subspan(first, operations.size())) joined.places.push_back(call.rows);
    joined.rows = {{0, calls_[first].kind, calls_[first].layout}, joined.places};
    Item& item = items_.emplace_back(joined.operation);
    item.layout = calls_[first].layout;
    item.rows = &joined.rows;
    return item;
}

Result<void> Pipeline::plan() {
    std::vector<const query::Operation*> operations;
    operations.reserve(calls_.size());
    for (const BatchCall& call : calls_) operations.push_back(call.operation);
    const std::span<const query::Operation* const> all(operations);
    for (std::size_t first = 0; first < all.size();) {
        const std::size_t together = unique_reads_together(executor_.schema(), all.subspan(first));
        Item* item = nullptr;
        if (together > 1) {
            item = &join(first, all.subspan(first, together));
        } else {
            item = &items_.emplace_back(*all[first]);
            item->layout = calls_[first].layout;
            item->rows = calls_[first].rows;
        }
        item->first = first;
        auto plan = executor_.plan(item->shape);
        if (!plan) return at(first, std::move(plan).error());
        item->plan = *std::move(plan);
        first += together;
    }
    return {};
}

bool Pipeline::read_only() const noexcept {
    return std::all_of(items_.begin(), items_.end(), [](const Item& item) { return item.plan->read_only; });
}

void Pipeline::restart(std::uint64_t connection) {
    for (Item& item : items_) {
        const query::Operation& operation = item.shape.operation();
        item.origin.emplace(Origin{executor_, executor_.schema().models[operation.model].name,
                                   action_name(operation.action), connection});
        item.interpreter.reset();
        item.ended = false;
    }
    for (const BatchCall& call : calls_) {
        if (begun_ && call.clear != nullptr) call.clear(call.rows);
    }
    begun_ = true;
    begin_ = 0;
}

/// Lets a plan add what it sends next. False when it has nothing more to send.
Result<bool> Pipeline::advance(Item& item) {
    LAMINA_TRY_ASSIGN(const std::span<plan::Execution> executions, item.interpreter->next());
    if (executions.empty()) {
        calls_[item.first].count = item.interpreter->count();
        item.interpreter.reset();
        item.ended = true;
        return false;
    }
    for (const plan::Execution& execution : executions) statements_.push_back(call_of(execution));
    shares_.push_back({&*item.origin, statements_.size()});
    executions_.push_back(executions);
    senders_.push_back(&item);
    return true;
}

/// Collects what can be sent together now.
Result<void> Pipeline::gather() {
    statements_.clear();
    shares_.clear();
    executions_.clear();
    senders_.clear();
    bool complete = true;  // all plans so far have nothing more to send
    std::size_t i = begin_;
    for (; i < items_.size(); ++i) {
        Item& item = items_[i];
        if (item.ended) {
            if (i == begin_) ++begin_;
            continue;
        }
        if (!item.interpreter) {
            if (statements_.size() >= kStatementsTogether || (!complete && !item.plan->read_only)) break;
            item.interpreter.emplace(*item.plan, item.shape, item.layout, item.rows);
        }
        auto sends = advance(item);
        if (!sends) return at(item.first, std::move(sends).error());
        if (!*sends || item.interpreter->last_batch()) continue;
        complete = false;
        if (!item.plan->read_only) break;
    }
    last_ = complete && i == items_.size();
    return {};
}

Result<void> Pipeline::send(Execute execute) {
    auto executed = execute_batch(shares_, statements_, last_, execute);
    if (!executed) {
        const auto failed = std::find_if(statements_.begin(), statements_.end(),
                                         [](const driver::Call& call) { return !call.completed; });
        if (failed == statements_.end()) return executed;
        std::size_t share = 0;
        while (shares_[share].end <= static_cast<std::size_t>(failed - statements_.begin())) ++share;
        return at(senders_[share]->first, std::move(executed).error());
    }
    std::size_t statement = 0;
    for (const std::span<plan::Execution> executions : executions_) {
        for (plan::Execution& execution : executions) execution.affected = statements_[statement++].affected;
    }
    return {};
}

Result<void> Pipeline::run(std::uint64_t connection, Execute execute) {
    restart(connection);
    for (;;) {
        LAMINA_TRY(gather());
        if (statements_.empty()) return {};
        LAMINA_TRY(send(execute));
    }
}

}  // namespace lamina::client
