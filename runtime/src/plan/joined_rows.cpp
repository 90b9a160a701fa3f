#include "plan/joined_rows.hpp"

#include <lamina/base/try.hpp>

#include "plan/messages.hpp"

namespace lamina::plan {
namespace {

/// Puts the rows of one relation into the member of the row that they belong to.
class JoinedRows final : public RowSink {
public:
    JoinedRows(const ReadNode& node, const ChildLayout& place, void* member) noexcept
        : node_(node), place_(place), member_(member) {}

    Result<void> row(RowReader& reader) override {
        const RowLayout& layout = *place_.layout;
        any_ = true;
        void* row = new_row(place_, member_);
        LAMINA_TRY(reader.read(layout.slots, 0, row));
        return read_joined(node_, layout, reader, row);
    }

    bool any() const noexcept { return any_; }

private:
    const ReadNode& node_;
    const ChildLayout& place_;
    void* member_;
    bool any_ = false;
};

}  // namespace

bool fits(const ReadNode& node, const RowLayout& layout) noexcept {
    if (layout.slots.size() != node.fields) return false;
    if (node.children.empty() || node.asks_further()) return true;
    if (layout.children.size() != node.children.size()) return false;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (!fits(node.children[i].node, *layout.children[i].layout)) return false;
    }
    return true;
}

Result<void> read_joined(const ReadNode& node, const RowLayout& layout, RowReader& reader, void* row) {
    if (node.asks_further()) return {};
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const ReadNode::Child& child = node.children[i];
        const ChildLayout& place = layout.children[i];
        JoinedRows sink(child.node, place, static_cast<char*>(row) + place.offset);
        LAMINA_TRY(reader.rows(child.column, sink));
        if (place.kind == ChildLayout::Kind::One && !sink.any()) return messages::related_row_missing();
    }
    return {};
}

}  // namespace lamina::plan
