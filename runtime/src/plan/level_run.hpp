#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <lamina/plan/plan.hpp>
#include <lamina/value/row.hpp>
#include <lamina/value/value.hpp>

namespace lamina::plan {

/// Where a Value of that type is read into.
inline Slot value_slot(Type type) noexcept {
    Slot slot;
    slot.type = type;
    slot.dynamic = true;
    return slot;
}

/// Finds the rows of a level by their keys: a hash table over (some columns of) the keys that the level has read.
class KeyIndex {
public:
    static constexpr std::uint32_t kNone = 0xffffffff;

    /// Puts all rows with complete keys in; a key with a NULL belongs to no row. Keys are `stride` values per row.
    void build(std::span<const Value> keys, std::size_t stride, std::span<const std::uint16_t> columns);
    /// The first row with this key; next() gives the others. kNone: there is none.
    std::uint32_t find(std::span<const Value> key) const noexcept;
    std::uint32_t next(std::uint32_t row) const noexcept { return next_[row]; }
    /// The distinct keys, column by column, as list values.
    std::vector<Value> take_lists() noexcept { return std::move(lists_); }
    /// How many distinct keys there are.
    std::size_t size() const noexcept { return size_; }

private:
    bool row_is(std::uint32_t row, std::span<const Value> key) const noexcept;

    std::span<const Value> keys_;
    std::size_t stride_ = 0;
    std::span<const std::uint16_t> columns_;
    std::vector<std::uint32_t> slots_;  ///< the first row of a key, or kNone
    std::vector<std::uint32_t> next_;   ///< per row: the next one with the same key
    std::vector<Value> lists_;
    std::size_t size_ = 0;
};

/// One level of a read while it runs: takes the rows of a statement, decodes each into the memory of every parent that
/// it belongs to, and keeps the keys that its children need.
///
/// Rows are decoded once for each parent, not copied: a row of a C++ struct can be made only by its reader.
class LevelRun {
public:
    /// The root: rows are appended to the vector at `rows`.
    LevelRun(const ReadNode& node, const RowLayout& layout, void* rows);
    /// Children of a finished level.
    LevelRun(const ReadNode::Child& child, const ChildLayout& place, const LevelRun& parent);
    /// A root whose rows go to places of their own, each of which has a key of `stride` values; `columns` are all of
    /// them.
    LevelRun(const ReadNode& node, const ChildLayout& place, std::span<void* const> places, std::span<const Value> keys,
             std::span<const std::uint16_t> columns);
    LevelRun(const LevelRun&) = delete;
    LevelRun& operator=(const LevelRun&) = delete;

    /// For a root whose rows do not come in their order: row k goes to element `place` of the vector, which exists.
    void place_next(std::size_t place) { places_.push_back(static_cast<std::uint32_t>(place)); }

    Result<void> row(RowReader& reader);
    /// All rows have come. Fails when a parent lacks a row that it cannot be without (P2023).
    Result<void> finish();
    /// Whether any parent has a key, so that there is something to ask the database for.
    bool wanted() const noexcept { return index_.size() > 0; }
    /// The first parent, or place of a root, that has got no row; their number when each has one. Only where it counts:
    /// places of a root, and parents that hold a row itself.
    std::size_t first_without() const noexcept;
    KeyIndex& index() noexcept { return index_; }

    const ReadNode& node() const noexcept { return node_; }
    const RowLayout& layout() const noexcept { return layout_; }
    std::size_t rows() const noexcept { return rows_; }
    /// After finish(), and only when the node asks further.
    void* address(std::size_t row) const noexcept { return addresses_[row]; }
    std::span<const Value> keys() const noexcept { return keys_; }

private:
    /// Where a row is: in the vector at `container`, element `index`; or, when that is kHere, at `container` itself.
    struct Location {
        void* container;
        std::uint32_t index;
    };
    static constexpr std::uint32_t kHere = 0xffffffff;

    Result<void> root_row(RowReader& reader);
    Result<void> child_row(RowReader& reader, std::uint32_t parent);
    Result<void> read_keys(RowReader& reader);

    const ReadNode& node_;
    const RowLayout& layout_;
    void* vector_ = nullptr;             ///< of a root
    std::size_t start_ = 0;              ///< how many rows were in it before
    std::vector<std::uint32_t> places_;  ///< of rows that do not come in their order
    std::span<void* const> parents_;     ///< where the rows go, at place_->offset; of a root none, or places
    const ChildLayout* place_ = nullptr;
    KeyIndex index_;                     ///< of the parent's rows
    std::vector<std::uint32_t> counts_;  ///< rows of each parent
    std::vector<Value> link_;            ///< of the current row
    std::vector<Value> last_link_;
    std::uint32_t last_parent_ = KeyIndex::kNone;
    std::size_t rows_ = 0;
    std::vector<Value> keys_;
    std::vector<Location> locations_;
    std::vector<void*> addresses_;
};

}  // namespace lamina::plan
