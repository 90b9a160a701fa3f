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

/// Finds the values of a statement's parameters.
class Binder {
public:
    Binder(const Plan& plan, const Shape& shape) : plan_(plan), shape_(shape) {}
    Binder(const Binder&) = delete;
    Binder& operator=(const Binder&) = delete;

    /// Forgets the values that were made for the batch before, and makes room for `count` more: their addresses then
    /// stay.
    void begin(std::size_t count);
    /// The value of a parameter. `row`: of the statement's set, for a statement that is executed for each.
    const Value* bind(const Bind& bind, std::span<const Register> registers, std::size_t row);
    /// The rows that the plan writes.
    Inputs& inputs();

private:
    const Value* argument(const Bind& bind);
    const Value* keep(Value value) { return &made_.emplace_back(std::move(value)); }
    const Value& now();

    const Plan& plan_;
    const Shape& shape_;
    base::SmallVector<Value, 4> made_;
    std::vector<Value> generated_;  ///< per generator; unset until it is needed
    std::optional<Value> now_;
    std::optional<Inputs> inputs_;
};

/// Steps into a Json document as one text: `$."a"[0]`. A step of digits only is an element's number.
std::string json_path(const Value::List& steps);

/// The pattern of LIKE that matches a text as it stands; `\` escapes.
std::string like_pattern(std::string_view text, Bind::Transform transform);

}  // namespace lamina::plan
