#pragma once

#include <cstdint>

#include <lamina/query/operation.hpp>
#include <lamina/value/layout.hpp>

namespace lamina {

/// An operation of a batch, and where its result goes. All that it refers to must outlive the batch.
struct BatchCall {
    const query::Operation* operation = nullptr;
    /// What `rows` is: a std::vector, an empty std::optional, or a row.
    ChildLayout::Kind kind = ChildLayout::Kind::Many;
    /// Of a row; null for operations without rows. Its functions append and data serve what `rows` is, as if that were
    /// a vector for one row; an optional has emplace besides.
    const RowLayout* layout = nullptr;
    void* rows = nullptr;
    void (*clear)(void* rows) = nullptr;  ///< undoes what was read, before another attempt; null: there are none
    std::uint64_t count = 0;              ///< out, of operations without rows: what Session::run() gives
};

}  // namespace lamina
