#include "plan/level_run.hpp"

#include <algorithm>
#include <bit>
#include <string>

#include <lamina/base/hash.hpp>
#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>

#include "plan/joined_rows.hpp"
#include "plan/messages.hpp"

namespace lamina::plan {
namespace {

bool is_integer(const Value& value) noexcept {
    return value.kind() == Value::Kind::Int || value.kind() == Value::Kind::BigInt;
}

bool same(const Value& left, const Value& right) noexcept {
    if (is_integer(left) && is_integer(right)) return left.as_bigint() == right.as_bigint();
    return left == right;
}

std::uint64_t hash_of(std::uint64_t seed, const Value& value) noexcept {
    return base::hash_combine(seed, is_integer(value) ? static_cast<std::uint64_t>(value.as_bigint()) : value.hash());
}

void* element(const RowLayout& layout, void* vector, std::size_t index) noexcept {
    return static_cast<char*>(layout.data(vector)) + index * layout.size;
}

void* member(void* row, std::size_t offset) noexcept { return static_cast<char*>(row) + offset; }

}  // namespace

bool KeyIndex::row_is(std::uint32_t row, std::span<const Value> key) const noexcept {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (!same(keys_[row * stride_ + columns_[i]], key[i])) return false;
    }
    return true;
}

void KeyIndex::build(std::span<const Value> keys, std::size_t stride, std::span<const std::uint16_t> columns) {
    keys_ = keys;
    stride_ = stride;
    columns_ = columns;
    const std::size_t rows = stride == 0 ? 0 : keys.size() / stride;
    slots_.assign(std::bit_ceil(rows * 2 + 1), kNone);
    next_.assign(rows, kNone);
    std::vector<std::uint32_t> last(slots_.size(), kNone);  // of a key's rows, by slot
    std::vector<Value::List> lists(columns.size());
    const std::size_t mask = slots_.size() - 1;
    for (std::uint32_t row = 0; row < rows; ++row) {
        std::uint64_t hash = 0;
        bool complete = true;
        for (const std::uint16_t column : columns) {
            const Value& value = keys[row * stride + column];
            complete = complete && !value.is_null();
            if (complete) hash = hash_of(hash, value);
        }
        if (!complete) continue;
        std::size_t slot = hash & mask;
        const auto is_same = [&](std::uint32_t other) {
            for (const std::uint16_t column : columns) {
                if (!same(keys[other * stride + column], keys[row * stride + column])) return false;
            }
            return true;
        };
        while (slots_[slot] != kNone && !is_same(slots_[slot])) slot = (slot + 1) & mask;
        if (slots_[slot] != kNone) {
            next_[last[slot]] = row;
        } else {
            slots_[slot] = row;
            ++size_;
            for (std::size_t i = 0; i < columns.size(); ++i) lists[i].push_back(keys[row * stride + columns[i]]);
        }
        last[slot] = row;
    }
    lists_.reserve(lists.size());
    for (Value::List& list : lists) lists_.emplace_back(std::move(list));
}

std::uint32_t KeyIndex::find(std::span<const Value> key) const noexcept {
    std::uint64_t hash = 0;
    for (const Value& value : key) hash = hash_of(hash, value);
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    while (slots_[slot] != kNone && !row_is(slots_[slot], key)) slot = (slot + 1) & mask;
    return slots_[slot];
}

LevelRun::LevelRun(const ReadNode& node, const RowLayout& layout, void* rows)
    : node_(node), layout_(layout), vector_(rows) {}

LevelRun::LevelRun(const ReadNode::Child& child, const ChildLayout& place, const LevelRun& parent)
    : node_(child.node), layout_(*place.layout), parents_(parent.addresses_), place_(&place) {
    index_.build(parent.keys(), parent.node().keys.size(), child.key_columns);
    link_.resize(child.node.links.size());
    const bool counted =
        place.kind == ChildLayout::Kind::One || (place.kind == ChildLayout::Kind::Many && node_.asks_further());
    if (counted) counts_.assign(parent.rows(), 0);
}

LevelRun::LevelRun(const ReadNode& node, const ChildLayout& place, std::span<void* const> places,
                   std::span<const Value> keys, std::span<const std::uint16_t> columns)
    : node_(node), layout_(*place.layout), parents_(places), place_(&place) {
    index_.build(keys, columns.size(), columns);
    link_.resize(node.links.size());
    counts_.assign(places.size(), 0);
}

std::size_t LevelRun::first_without() const noexcept {
    return static_cast<std::size_t>(std::find(counts_.begin(), counts_.end(), 0U) - counts_.begin());
}

Result<void> LevelRun::read_keys(RowReader& reader) {
    for (const KeyColumn& key : node_.keys) {
        const Slot slot = value_slot(key.type);
        LAMINA_TRY(reader.read({&slot, 1}, key.position, &keys_.emplace_back()));
    }
    return {};
}

Result<void> LevelRun::root_row(RowReader& reader) {
    void* row = nullptr;
    if (places_.empty()) {
        row = layout_.append(vector_);
        if (rows_ == 0) {
            const auto offset = static_cast<char*>(row) - static_cast<char*>(layout_.data(vector_));
            start_ = static_cast<std::size_t>(offset) / layout_.size;
        }
    } else {
        if (rows_ >= places_.size()) return error::internal("A statement gave more rows than it was given.");
        row = element(layout_, vector_, places_[rows_]);
    }
    ++rows_;
    LAMINA_TRY(reader.read(layout_.slots, 0, row));
    if (!node_.children.empty()) LAMINA_TRY(read_joined(node_, layout_, reader, row));
    return read_keys(reader);
}

Result<void> LevelRun::child_row(RowReader& reader, std::uint32_t parent) {
    void* place = member(parents_[parent], place_->offset);
    void* row = new_row(*place_, place);
    const std::uint32_t number = counts_.empty() ? 0 : counts_[parent]++;
    const bool many = place_->kind == ChildLayout::Kind::Many;
    const Location location = many ? Location{place, number} : Location{row, kHere};
    ++rows_;
    LAMINA_TRY(reader.read(layout_.slots, 0, row));
    if (node_.children.empty()) return {};
    LAMINA_TRY(read_joined(node_, layout_, reader, row));
    locations_.push_back(location);
    return read_keys(reader);
}

Result<void> LevelRun::row(RowReader& reader) {
    if (place_ == nullptr) return root_row(reader);
    for (std::size_t i = 0; i < node_.links.size(); ++i) {
        const Slot slot = value_slot(node_.links[i].type);
        LAMINA_TRY(reader.read({&slot, 1}, node_.links[i].position, &link_[i]));
    }
    // Rows of one parent mostly come one behind the other.
    std::uint32_t parent = last_parent_;
    if (parent == KeyIndex::kNone || !std::equal(link_.begin(), link_.end(), last_link_.begin(), same)) {
        parent = index_.find(link_);
        last_parent_ = parent;
        last_link_ = link_;
    }
    for (; parent != KeyIndex::kNone; parent = index_.next(parent)) LAMINA_TRY(child_row(reader, parent));
    return {};
}

Result<void> LevelRun::finish() {
    if (place_ != nullptr && place_->kind == ChildLayout::Kind::One) {
        if (first_without() < counts_.size()) return messages::related_row_missing();
    }
    if (!node_.asks_further()) return {};
    addresses_.reserve(rows_);
    if (place_ == nullptr) {
        for (std::size_t i = 0; i < rows_; ++i) {
            addresses_.push_back(element(layout_, vector_, places_.empty() ? start_ + i : places_[i]));
        }
        return {};
    }
    for (const Location& location : locations_) {
        addresses_.push_back(location.index == kHere ? location.container
                                                     : element(layout_, location.container, location.index));
    }
    return {};
}

}  // namespace lamina::plan
