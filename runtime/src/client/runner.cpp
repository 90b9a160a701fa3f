#include "client/runner.hpp"

#include <utility>

#include <lamina/base/small_vector.hpp>
#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>
#include <lamina/events/event.hpp>
#include <lamina/value/value.hpp>

#include "client/raw_text.hpp"

namespace lamina::client {
namespace {

const driver::Call* first_failed(std::span<const driver::Call> calls) noexcept {
    for (const driver::Call& call : calls) {
        if (!call.completed) return &call;
    }
    return nullptr;
}

std::string parameters_text(std::span<const Value* const> parameters) {
    std::string text = "[";
    for (const Value* value : parameters) {
        if (text.size() > 1) text += ", ";
        text += value->to_debug_string();
    }
    return text += "]";
}

/// Tells the listeners about a batch; its time is shared by its statements.
void emit(std::span<const Share> shares, std::span<const driver::Call> calls, std::int64_t begun, const Error* error) {
    const EventSink& events = shares.front().origin->executor.adapter().events();
    const driver::Call* failed = error != nullptr ? first_failed(calls) : nullptr;
    const Duration duration = Duration::nanoseconds(monotonic_nanoseconds() - begun);
    const Share* share = shares.data();
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const driver::Call& call = calls[i];
        while (share->end <= i) ++share;
        std::string parameters;
        if (events.include_parameters) parameters = parameters_text(call.parameters);
        QueryEvent event;
        event.sql = call.sql;
        event.parameters = parameters;
        event.model = share->origin->model;
        event.operation = share->origin->operation;
        event.parameter_count = static_cast<std::uint32_t>(call.parameters.size());
        event.rows = static_cast<std::int64_t>(call.affected);
        event.duration = duration;
        event.position = static_cast<std::uint32_t>(i);
        event.statement = call.id;
        event.connection = share->origin->connection;
        event.prepared_before = call.prepared_before;
        event.error = &call == failed ? error : nullptr;
        events.emit(event);
        if (&call == failed) return;  // those behind it were not executed
    }
}

}  // namespace

Result<void> execute_batch(std::span<const Share> shares, std::span<driver::Call> calls, bool last, Execute execute) {
    const Executor& executor = shares.front().origin->executor;
    const bool listened = executor.adapter().events().query != nullptr;
    const std::int64_t begun = listened ? monotonic_nanoseconds() : 0;
    Result<void> result = execute(calls, last);
    if (!result) [[unlikely]] {
        const driver::Call* failed = first_failed(calls);
        const auto position = static_cast<std::size_t>((failed != nullptr ? failed : &calls.back()) - calls.data());
        const Share* share = shares.data();
        while (share->end <= position) ++share;
        result = enrich(std::move(result).error(), executor.schema(), share->origin->model,
                        failed != nullptr ? failed->sql : std::string_view());
    }
    if (listened) emit(shares, calls, begun, result ? nullptr : &result.error());
    return result;
}

driver::Call call_of(const plan::Execution& execution) noexcept {
    driver::Call call;
    call.id = execution.statement->id;
    call.sql = execution.statement->text;
    call.type_codes = execution.statement->type_codes;
    call.parameters = execution.parameters;
    call.sink = execution.sink;
    call.single_row = execution.statement->single_row;
    return call;
}

Result<std::uint64_t> run_plan(const Origin& origin, const plan::Plan& plan, const plan::Shape& shape,
                               const RowLayout* layout, void* rows, Execute execute) {
    plan::Interpreter interpreter(plan, shape, layout, rows);
    base::SmallVector<driver::Call, 4> calls;
    for (;;) {
        LAMINA_TRY_ASSIGN(const std::span<plan::Execution> batch, interpreter.next());
        if (batch.empty()) break;
        calls.clear();
        for (const plan::Execution& execution : batch) calls.push_back(call_of(execution));
        const Share share{&origin, calls.size()};
        LAMINA_TRY(execute_batch({&share, 1}, {calls.data(), calls.size()}, interpreter.last_batch(), execute));
        for (std::size_t i = 0; i < calls.size(); ++i) batch[i].affected = calls[i].affected;
    }
    return interpreter.count();
}

Result<std::uint64_t> run_statement(const Origin& origin, const Sql& statement, RowSink* sink, Execute execute) {
    std::string text;
    LAMINA_TRY(render(statement, origin.executor.adapter().dialect(), text));
    base::SmallVector<const Value*, 8> parameters;
    for (const Value& value : statement.arguments()) parameters.push_back(&value);
    driver::Call call;
    call.sql = text;
    call.parameters = {parameters.data(), parameters.size()};
    call.sink = sink;
    call.names_columns = true;
    const Share share{&origin, 1};
    auto executed = execute_batch({&share, 1}, {&call, 1}, true, execute);
    if (executed) return call.affected;
    Error error = std::move(executed).error();
    // What the database itself refuses without a reason of its own is P2010 for raw statements.
    if (error.code() == ErrorCode::DatabaseError) {
        return error::raw_query_failed(error.sqlstate(), error.detail("database_message").empty()
                                                             ? std::string_view(error.message())
                                                             : error.detail("database_message"))
            .with_sqlstate(error.sqlstate())
            .with_sql(error.sql())
            .with_retryable(error.retryable())
            .with_poisoned_transaction(error.poisons_transaction());
    }
    return error;
}

std::string_view action_name(query::Action action) noexcept {
    switch (action) {
        case query::Action::FindUnique: return "find_unique";
        case query::Action::FindUniqueOrThrow: return "find_unique_or_throw";
        case query::Action::FindFirst: return "find_first";
        case query::Action::FindFirstOrThrow: return "find_first_or_throw";
        case query::Action::FindMany: return "find_many";
        case query::Action::Count: return "count";
        case query::Action::Aggregate: return "aggregate";
        case query::Action::GroupBy: return "group_by";
        case query::Action::Create: return "create";
        case query::Action::CreateMany: return "create_many";
        case query::Action::CreateManyAndReturn: return "create_many_and_return";
        case query::Action::Update: return "update";
        case query::Action::UpdateMany: return "update_many";
        case query::Action::UpdateManyAndReturn: return "update_many_and_return";
        case query::Action::Upsert: return "upsert";
        case query::Action::Delete: return "delete_one";
        case query::Action::DeleteMany: return "delete_many";
        case query::Action::UpsertMany: return "upsert_many";
    }
    return "";
}

}  // namespace lamina::client
