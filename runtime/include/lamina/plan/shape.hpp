#pragma once

#include <cstdint>
#include <span>

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
    const query::Operation& operation() const noexcept { return operation_; }

private:
    const query::Operation& operation_;
    base::SmallVector<std::uint32_t, 48> key_;
    base::SmallVector<Argument, 12> arguments_;
    base::SmallVector<Table, 1> tables_;
    std::uint64_t hash_ = 0;
};

}  // namespace lamina::plan
