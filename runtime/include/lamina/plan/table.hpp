#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include <lamina/value/value.hpp>

namespace lamina::plan {

/// Rows of values in a request: the rows of a create_many, the leaves of a nested create, the keys of a connect.
/// How many rows there are is no part of the request's shape. Points to the operation's values.
class Table {
public:
    /// Rows that lie one behind the other. `owner` is the part of the operation that the table stands for.
    Table(const void* owner, const Value* values, std::size_t width, std::size_t rows) noexcept
        : owner_(owner), first_(values), width_(width), rows_(rows) {}
    /// Rows whose values lie anywhere; null: not given. Row-major.
    Table(const void* owner, std::vector<const Value*> cells, std::size_t width, std::size_t rows) noexcept
        : owner_(owner), cells_(std::move(cells)), width_(width), rows_(rows) {}

    const void* owner() const noexcept { return owner_; }
    std::size_t width() const noexcept { return width_; }
    std::size_t rows() const noexcept { return rows_; }
    /// The value; null when the row does not give one.
    const Value* cell(std::size_t row, std::size_t column) const noexcept {
        const std::size_t at = row * width_ + column;
        if (first_ == nullptr) return cells_[at];
        return first_[at].is_unset() ? nullptr : first_ + at;
    }

private:
    const void* owner_;
    const Value* first_ = nullptr;
    std::vector<const Value*> cells_;
    std::size_t width_;
    std::size_t rows_;
};

}  // namespace lamina::plan
