#pragma once

#include <lamina/plan/plan.hpp>
#include <lamina/value/row.hpp>

namespace lamina::plan {

/// Whether rows of that layout can take what the node and the columns of rows inside of it give.
bool fits(const ReadNode& node, const RowLayout& layout) noexcept;

/// Makes room for a further row in the member of its parent's row, and gives its address.
inline void* new_row(const ChildLayout& place, void* member) {
    switch (place.kind) {
        case ChildLayout::Kind::Many: return place.layout->append(member);
        case ChildLayout::Kind::Optional: return place.layout->emplace(member);
        case ChildLayout::Kind::One: break;
    }
    return member;
}

/// Reads those relations of a row that are columns of it, with what is inside of them, into the members of the row at
/// `row`. The layout fits. Fails when the row lacks a related row that it cannot be without (P2023).
Result<void> read_joined(const ReadNode& node, const RowLayout& layout, RowReader& reader, void* row);

}  // namespace lamina::plan
