#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <lamina/base/small_vector.hpp>
#include <lamina/plan/table.hpp>
#include <lamina/query/operation.hpp>

namespace lamina::plan {

/// An argument of a request: a value of the operation, or a number (how many rows to take or skip).
struct Argument {
    const Value* value = nullptr;  ///< null: `number` is the argument
    std::int64_t number = 0;
    const void* address = nullptr;  ///< of the part of the operation that holds the number
};

using ArgumentList = base::SmallVector<Argument, 12>;
using TableList = base::SmallVector<Table, 1>;

struct Lanes;

/// An element of a list of nested writes: what it gives to the statements that are planned for all of its list.
struct Lane {
    ArgumentList arguments;
    TableList tables;
    std::vector<Lanes> lists;  ///< of the writes nested in it
};

/// Elements of a list that are of one shape, whose statements are planned once. How many there are is no part of it.
struct Lanes {
    const void* owner = nullptr;  ///< the part of the operation that the list stands for: its first element
    std::vector<Lane> lanes;
};

/// What a request is apart from its values: operations with equal keys have the same plan. Also the values, in the
/// order in which the plan numbers them. Needs no heap for small requests.
///
/// Depends on the operation, whose values it points to: the operation must stay where it is and unchanged.
class Shape {
public:
    explicit Shape(const query::Operation& operation);
    Shape(const Shape&) = delete;
    Shape& operator=(const Shape&) = delete;

    std::span<const std::uint32_t> key() const noexcept { return {key_.data(), key_.size()}; }
    std::uint64_t hash() const noexcept { return hash_; }
    std::span<const Argument> arguments() const noexcept { return {arguments_.data(), arguments_.size()}; }
    /// The rows that the request writes (table.hpp).
    std::span<const Table> tables() const noexcept { return {tables_.data(), tables_.size()}; }
    /// The lists of nested writes whose elements are planned alike.
    std::span<const Lanes> lists() const noexcept { return lists_; }
    const query::Operation& operation() const noexcept { return operation_; }

private:
    const query::Operation& operation_;
    base::SmallVector<std::uint32_t, 48> key_;
    ArgumentList arguments_;
    TableList tables_;
    std::vector<Lanes> lists_;
    std::uint64_t hash_ = 0;
};

}  // namespace lamina::plan
