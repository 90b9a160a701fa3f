#pragma once

#include <optional>
#include <vector>

#include <lamina/base/small_vector.hpp>
#include <lamina/plan/plan.hpp>
#include <lamina/plan/shape.hpp>

#include "plan/inputs.hpp"

namespace lamina::plan {

/// A table of values that a running plan keeps, or one number, or the key lists of a relation.
struct Register {
    std::uint64_t number = 0;  ///< rows, or the number
    std::uint16_t columns = 0;
    std::vector<Value> cells;  ///< row-major
    std::vector<Value> lists;  ///< per column, when these are all that is wanted
};

/// What the binds of one level read: of the request, or of one element of a list.
struct Feed {
    std::span<const Argument> arguments;
    std::span<const Table> tables;
    Register* registers = nullptr;  ///< the first of them is register `first`
    RegisterId first = 0;
    std::vector<Value> generated;  ///< per generator; unset until it is needed
    std::optional<Inputs> inputs;

    Register& at(RegisterId id) noexcept { return registers[id - first]; }
};

/// Finds the values of a statement's parameters.
class Binder {
public:
    explicit Binder(const Plan& plan) : plan_(plan) {}
    Binder(const Binder&) = delete;
    Binder& operator=(const Binder&) = delete;

    /// Forgets the values that were made for the batch before, and makes room for `count` more: their addresses then
    /// stay.
    void begin(std::size_t count);
    /// The value of a parameter, at the bind's level. `row`: of the statement's set, for a statement that is executed
    /// for each.
    const Value* bind(const Bind& bind, Feed& feed, std::size_t row);
    /// The rows that the plan writes.
    Inputs& inputs(Feed& feed);
    /// Keeps a value until the next batch.
    const Value* keep(Value value) { return &made_.emplace_back(std::move(value)); }

private:
    const Value* argument(const Bind& bind, const Feed& feed);
    const Value& now();

    const Plan& plan_;
    base::SmallVector<Value, 4> made_;
    std::optional<Value> now_;
};

/// Steps into a Json document as one text: `$."a"[0]`. A step of digits only is an element's number.
std::string json_path(const Value::List& steps);

/// The pattern of LIKE that matches a text as it stands; `\` escapes.
std::string like_pattern(std::string_view text, Bind::Transform transform);

}  // namespace lamina::plan
