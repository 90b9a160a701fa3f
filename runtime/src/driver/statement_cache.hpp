#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <lamina/base/assert.hpp>

namespace lamina::driver {

/// What a connection has prepared, by statement id; the least recently used makes room. Looking up what was used last
/// costs one comparison.
///
/// Invariant: entries form a doubly linked ring through entries_[0], the most recent behind it; `table_` holds entry
/// numbers.
template <class T>
class StatementCache {
public:
    explicit StatementCache(std::size_t capacity) : capacity_(capacity), entries_(1) {
        std::size_t slots = 16;
        while (slots < capacity * 2) slots *= 2;
        if (capacity > 0) table_.resize(slots);
    }

    std::size_t capacity() const noexcept { return capacity_; }
    std::size_t size() const noexcept { return size_; }
    bool full() const noexcept { return size_ >= capacity_; }

    /// The value of an id, which becomes the most recently used; null if there is none.
    T* find(std::uint64_t id) noexcept {
        Entry& newest = entries_[entries_[0].next];
        if (newest.id == id && size_ > 0) [[likely]]
            return &newest.value;
        if (size_ == 0) return nullptr;
        const std::uint32_t index = table_[slot_of(id)];
        if (index == 0) return nullptr;
        unlink(index);
        link_newest(index);
        return &entries_[index].value;
    }

    /// Adds a value for an id that is not there. The cache must not be full. The reference depends on the next
    /// insertion.
    T& insert(std::uint64_t id, T value) {
        LAMINA_ASSERT(!full());
        std::uint32_t index = free_;
        if (index != 0) {
            free_ = entries_[index].next;
        } else {
            index = static_cast<std::uint32_t>(entries_.size());
            entries_.emplace_back();
        }
        entries_[index].id = id;
        entries_[index].value = std::move(value);
        table_[slot_of(id)] = index;
        link_newest(index);
        ++size_;
        return entries_[index].value;
    }

    /// The id that was not used for longest. There must be one.
    std::uint64_t oldest() const noexcept { return entries_[entries_[0].previous].id; }

    /// Removes an id and gives its value; a default value if it is not there.
    T take(std::uint64_t id) noexcept {
        if (size_ == 0) return T{};
        const std::size_t slot = slot_of(id);
        const std::uint32_t index = table_[slot];
        if (index == 0) return T{};
        close_gap(slot);
        unlink(index);
        entries_[index].next = free_;
        entries_[index].id = 0;
        free_ = index;
        --size_;
        return std::exchange(entries_[index].value, T{});
    }

private:
    struct Entry {
        std::uint64_t id = 0;
        T value{};
        std::uint32_t previous = 0;
        std::uint32_t next = 0;
    };

    std::size_t home_of(std::uint64_t id) const noexcept {
        return static_cast<std::size_t>((id * 0x9e3779b97f4a7c15U) >> 20) & (table_.size() - 1);
    }
    /// Where the id is, or would be.
    std::size_t slot_of(std::uint64_t id) const noexcept {
        std::size_t slot = home_of(id);
        while (table_[slot] != 0 && entries_[table_[slot]].id != id) slot = (slot + 1) & (table_.size() - 1);
        return slot;
    }
    /// Empties a slot and moves later entries of the same run up.
    void close_gap(std::size_t gap) noexcept {
        const std::size_t mask = table_.size() - 1;
        for (std::size_t slot = (gap + 1) & mask; table_[slot] != 0; slot = (slot + 1) & mask) {
            const std::size_t home = home_of(entries_[table_[slot]].id);
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                table_[gap] = table_[slot];
                gap = slot;
            }
        }
        table_[gap] = 0;
    }
    void link_newest(std::uint32_t index) noexcept {
        const std::uint32_t next = entries_[0].next;
        entries_[index].previous = 0;
        entries_[index].next = next;
        entries_[next].previous = index;
        entries_[0].next = index;
    }
    void unlink(std::uint32_t index) noexcept {
        entries_[entries_[index].previous].next = entries_[index].next;
        entries_[entries_[index].next].previous = entries_[index].previous;
    }

    std::size_t capacity_;
    std::size_t size_ = 0;
    std::uint32_t free_ = 0;
    std::vector<Entry> entries_;  ///< the first is the ring's anchor
    std::vector<std::uint32_t> table_;
};

}  // namespace lamina::driver
