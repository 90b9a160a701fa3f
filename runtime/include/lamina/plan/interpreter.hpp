#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <lamina/error/error.hpp>
#include <lamina/plan/plan.hpp>
#include <lamina/plan/shape.hpp>
#include <lamina/value/row.hpp>

namespace lamina::plan {

/// A statement that the interpreter asks to execute. Views live until the next call of next().
struct Execution {
    const Statement* statement = nullptr;
    std::span<const Value* const> parameters;  ///< as many as statement->binds
    RowSink* sink = nullptr;                   ///< receives the rows; null: there are none, or they do not matter
    std::uint64_t affected = 0;                ///< in: how many rows the statement changed
};

/// Where rows go that are asked for by several keys at once: the row of the k-th key to the k-th place, a std::vector,
/// a std::optional or a row, as `place.kind` says. Stands for the std::vector of rows.
struct RowPlaces {
    ChildLayout place;  ///< its offset is 0
    std::span<void* const> places;
};

/// Runs a plan without doing any I/O:
///
///     Interpreter interpreter(plan, shape, layout, rows);
///     for (;;) {
///       LAMINA_TRY_ASSIGN(std::span<Execution> batch, interpreter.next());
///       if (batch.empty()) break;
///       … execute the batch in order, feed the sinks, set `affected` …
///     }
///     return interpreter.count();
///
/// Statements of a batch do not depend on each other's rows and can be pipelined; they must run in order, and the first
/// failure ends the run: the interpreter is then dropped. Rows are decoded straight into the vector at `rows`; after a
/// failure it holds whatever was read so far. One thread at a time.
class Interpreter {
public:
    /// `layout` and `rows` (a std::vector of the layout's row; RowPlaces for a find_unique with several keys) may be
    /// null when the plan reads no rows for the caller. Plan, shape and its operation, layout and rows must outlive the
    /// interpreter.
    Interpreter(const Plan& plan, const Shape& shape, const RowLayout* layout, void* rows);
    Interpreter(const Interpreter&) = delete;
    Interpreter& operator=(const Interpreter&) = delete;
    ~Interpreter();

    /// Takes in the results of the batch before and gives the next one; empty when the plan has ended.
    /// Fails as the plan says (Require: P2025 …), or when the rows do not fit.
    Result<std::span<Execution>> next();
    /// Whether the batch that next() gave last is the plan's end, with nothing to check behind it: COMMIT can go with
    /// it.
    bool last_batch() const noexcept;
    /// The operation's number: rows changed, counted or read.
    std::uint64_t count() const noexcept;

private:
    struct Run;
    Run& run() noexcept { return *reinterpret_cast<Run*>(storage_); }
    const Run& run() const noexcept { return *reinterpret_cast<const Run*>(storage_); }

    /// The run lives here: a point read needs no heap.
    alignas(std::max_align_t) unsigned char storage_[1664];
};

}  // namespace lamina::plan
