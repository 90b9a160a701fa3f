#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <lamina/base/function_ref.hpp>
#include <lamina/base/time.hpp>
#include <lamina/client/executor.hpp>
#include <lamina/client/raw.hpp>
#include <lamina/driver/connection.hpp>
#include <lamina/plan/interpreter.hpp>

namespace lamina::client {

/// What statements belong to, for errors and events.
struct Origin {
    const Executor& executor;
    std::string_view model;  ///< empty for raw statements
    std::string_view operation;
    std::uint64_t connection = 0;
};

/// How a batch gets to a connection: over a lease, or through a transaction. `last`: nothing comes after it.
using Execute = base::FunctionRef<Result<void>(std::span<driver::Call> calls, bool last)>;

/// Of statements that are sent together, those up to `end` that no share before it has.
struct Share {
    const Origin* origin = nullptr;
    std::size_t end = 0;
};

/// What a driver is asked for.
driver::Call call_of(const plan::Execution& execution) noexcept;

/// Executes what is sent together, tells about it, and completes its error. There is at least one share; the last one
/// ends with the calls.
Result<void> execute_batch(std::span<const Share> shares, std::span<driver::Call> calls, bool last, Execute execute);

/// Runs a plan to its end. Errors carry model, fields and SQL.
Result<std::uint64_t> run_plan(const Origin& origin, const plan::Plan& plan, const plan::Shape& shape,
                               const RowLayout* layout, void* rows, Execute execute);

/// Runs a raw statement. Errors carry the SQL.
Result<std::uint64_t> run_statement(const Origin& origin, const Sql& statement, RowSink* sink, Execute execute);

/// The name of an operation's action as the client spells it: "find_many".
std::string_view action_name(query::Action action) noexcept;

/// Puts model, field names and SQL text into an error of the database.
Error enrich(Error error, const meta::Schema& schema, std::string_view model, std::string_view sql);

}  // namespace lamina::client
