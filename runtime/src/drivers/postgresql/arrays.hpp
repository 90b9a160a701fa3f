#pragma once

#include "drivers/postgresql/cells.hpp"
#include "drivers/postgresql/wire.hpp"

namespace lamina::postgresql {

/// The elements of a one-dimensional array in binary format.
class ArrayCursor {
public:
    Problem open(const Cell& cell) noexcept {
        if (cell.size < 12) return kBrokenArray;
        const std::int32_t dimensions = wire::load32(cell.data);
        type_ = wire::load<std::uint32_t>(cell.data + 8);
        at_ = cell.data + 12;
        end_ = cell.data + cell.size;
        if (dimensions == 0) return nullptr;
        if (dimensions != 1) return "an array of more than one dimension";
        if (cell.size < 20) return kBrokenArray;
        left_ = wire::load32(at_);
        at_ += 8;
        // Every element has at least its length: a larger count is a lie that must not reserve memory.
        return left_ < 0 || static_cast<std::size_t>(left_) > static_cast<std::size_t>(end_ - at_) / 4 ? kBrokenArray
                                                                                                       : nullptr;
    }
    /// The elements' type.
    std::uint32_t type() const noexcept { return type_; }
    bool done() const noexcept { return left_ == 0; }
    Problem next(Cell& cell) noexcept {
        if (end_ - at_ < 4) return kBrokenArray;
        const std::int32_t size = wire::load32(at_);
        at_ += 4;
        --left_;
        cell = Cell{nullptr, 0, type_};
        if (size < 0) return nullptr;
        if (size > end_ - at_) return kBrokenArray;
        cell.data = at_;
        cell.size = static_cast<std::size_t>(size);
        at_ += size;
        return nullptr;
    }

private:
    static constexpr Problem kBrokenArray = "the array's bytes are not understood";

    const char* at_ = nullptr;
    const char* end_ = nullptr;
    std::int32_t left_ = 0;
    std::uint32_t type_ = 0;
};

}  // namespace lamina::postgresql
