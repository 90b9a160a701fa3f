#pragma once

#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <new>
#include <type_traits>
#include <utility>

#include <lamina/base/assert.hpp>

namespace lamina::base {

/// A vector whose first N elements live in the object itself. Elements move without throwing.
///
/// Pointers and references are invalidated by growth and by moving the vector.
template <class T, std::size_t N>
class SmallVector {
    static_assert(N > 0 && std::is_nothrow_move_constructible_v<T> && alignof(T) <= alignof(std::max_align_t));
    static constexpr bool kTrivial = std::is_trivially_copyable_v<T>;

public:
    using value_type = T;
    using iterator = T*;
    using const_iterator = const T*;
    using size_type = std::size_t;

    SmallVector() noexcept : data_(inline_data()) {}
    SmallVector(std::initializer_list<T> items) : SmallVector() { append(items.begin(), items.size()); }
    SmallVector(const T* items, std::size_t count) : SmallVector() { append(items, count); }
    SmallVector(const SmallVector& other) : SmallVector() { append(other.data_, other.size_); }
    SmallVector(SmallVector&& other) noexcept : SmallVector() { take(other); }
    SmallVector& operator=(const SmallVector& other) {
        if (this != &other) {
            clear();
            append(other.data_, other.size_);
        }
        return *this;
    }
    SmallVector& operator=(SmallVector&& other) noexcept {
        if (this != &other) {
            clear();
            release();
            take(other);
        }
        return *this;
    }
    ~SmallVector() {
        destroy(data_, size_);
        release();
    }

    T* begin() noexcept { return data_; }
    T* end() noexcept { return data_ + size_; }
    const T* begin() const noexcept { return data_; }
    const T* end() const noexcept { return data_ + size_; }
    T* data() noexcept { return data_; }
    const T* data() const noexcept { return data_; }
    std::size_t size() const noexcept { return size_; }
    std::size_t capacity() const noexcept { return capacity_; }
    bool empty() const noexcept { return size_ == 0; }
    T& operator[](std::size_t index) noexcept { return LAMINA_ASSERT(index < size_), data_[index]; }
    const T& operator[](std::size_t index) const noexcept { return LAMINA_ASSERT(index < size_), data_[index]; }
    T& front() noexcept { return (*this)[0]; }
    const T& front() const noexcept { return (*this)[0]; }
    T& back() noexcept { return (*this)[size_ - 1]; }
    const T& back() const noexcept { return (*this)[size_ - 1]; }

    void push_back(const T& item) { emplace_back(item); }
    void push_back(T&& item) { emplace_back(std::move(item)); }

    /// Builds an element at the end. The arguments may refer to elements of this vector.
    template <class... Arguments>
    T& emplace_back(Arguments&&... arguments) {
        if (size_ < capacity_) [[likely]] {
            T* slot = ::new (static_cast<void*>(data_ + size_)) T(std::forward<Arguments>(arguments)...);
            ++size_;
            return *slot;
        }
        T item(std::forward<Arguments>(arguments)...);
        grow(size_ + 1);
        T* slot = ::new (static_cast<void*>(data_ + size_)) T(std::move(item));
        ++size_;
        return *slot;
    }

    /// Appends copies; the source must not be part of this vector.
    void append(const T* items, std::size_t count) {
        if (size_ + count > capacity_) grow(size_ + count);
        if constexpr (kTrivial) {
            if (count != 0) std::memcpy(static_cast<void*>(data_ + size_), items, count * sizeof(T));
            size_ += count;
        } else {
            for (std::size_t i = 0; i < count; ++i, ++size_) ::new (static_cast<void*>(data_ + size_)) T(items[i]);
        }
    }

    void pop_back() noexcept {
        LAMINA_ASSERT(size_ > 0);
        data_[--size_].~T();
    }
    void clear() noexcept {
        destroy(data_, size_);
        size_ = 0;
    }
    void reserve(std::size_t count) {
        if (count > capacity_) grow(count);
    }
    /// Shrinks, or grows with value-initialised elements.
    void resize(std::size_t count) {
        reserve(count);
        while (size_ > count) data_[--size_].~T();
        for (; size_ < count; ++size_) ::new (static_cast<void*>(data_ + size_)) T();
    }

    friend bool operator==(const SmallVector& left, const SmallVector& right) {
        if (left.size_ != right.size_) return false;
        for (std::size_t i = 0; i < left.size_; ++i) {
            if (!(left.data_[i] == right.data_[i])) return false;
        }
        return true;
    }

private:
    T* inline_data() noexcept { return reinterpret_cast<T*>(inline_); }
    bool is_inline() const noexcept { return static_cast<const void*>(data_) == static_cast<const void*>(inline_); }

    static void destroy(T* items, std::size_t count) noexcept {
        if constexpr (!std::is_trivially_destructible_v<T>) {
            for (std::size_t i = 0; i < count; ++i) items[i].~T();
        }
    }
    /// Moves elements to fresh storage and ends their life at the old place.
    static void relocate(T* from, std::size_t count, T* to) noexcept {
        if constexpr (kTrivial) {
            if (count != 0) std::memcpy(static_cast<void*>(to), from, count * sizeof(T));
        } else {
            for (std::size_t i = 0; i < count; ++i) {
                ::new (static_cast<void*>(to + i)) T(std::move(from[i]));
                from[i].~T();
            }
        }
    }
    void grow(std::size_t least) {
        const std::size_t capacity = least > capacity_ * 2 ? least : capacity_ * 2;
        T* fresh = static_cast<T*>(::operator new(capacity * sizeof(T)));
        relocate(data_, size_, fresh);
        if (!is_inline()) ::operator delete(data_);
        data_ = fresh;
        capacity_ = capacity;
    }
    /// Frees heap storage and returns to the inline one; elements are gone already.
    void release() noexcept {
        if (!is_inline()) ::operator delete(data_);
        data_ = inline_data();
        capacity_ = N;
        size_ = 0;
    }
    /// Takes the other's elements; this vector is empty and inline.
    void take(SmallVector& other) noexcept {
        if (other.is_inline()) {
            relocate(other.data_, other.size_, data_);
            size_ = std::exchange(other.size_, 0);
        } else {
            data_ = std::exchange(other.data_, other.inline_data());
            size_ = std::exchange(other.size_, 0);
            capacity_ = std::exchange(other.capacity_, N);
        }
    }

    T* data_;
    std::size_t size_ = 0;
    std::size_t capacity_ = N;
    alignas(T) unsigned char inline_[N * sizeof(T)];
};

}  // namespace lamina::base
