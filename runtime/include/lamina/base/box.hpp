#pragma once

#include <utility>

#include <lamina/base/assert.hpp>

namespace lamina::base {

/// An owning pointer that copies what it points to: a value on the heap, so that a record can contain its own kind.
///
/// May be empty. `T` may be incomplete where the box is declared. Copies compare by value.
template <class T>
class Box {
public:
    constexpr Box() noexcept = default;
    Box(const T& value) : pointer_(new T(value)) {}
    Box(T&& value) : pointer_(new T(std::move(value))) {}
    Box(const Box& other) : pointer_(other.pointer_ ? new T(*other.pointer_) : nullptr) {}
    constexpr Box(Box&& other) noexcept : pointer_(std::exchange(other.pointer_, nullptr)) {}
    Box& operator=(const Box& other) {
        Box copy(other);
        std::swap(pointer_, copy.pointer_);
        return *this;
    }
    Box& operator=(Box&& other) noexcept {
        Box taken(std::move(other));
        std::swap(pointer_, taken.pointer_);
        return *this;
    }
    ~Box() { delete pointer_; }

    /// Builds the value in place.
    template <class... Arguments>
    static Box make(Arguments&&... arguments) {
        Box box;
        box.pointer_ = new T(std::forward<Arguments>(arguments)...);
        return box;
    }

    /// Whether there is a value.
    explicit operator bool() const noexcept { return pointer_ != nullptr; }
    T* get() noexcept { return pointer_; }
    const T* get() const noexcept { return pointer_; }
    T& operator*() noexcept { return LAMINA_ASSERT(pointer_), *pointer_; }
    const T& operator*() const noexcept { return LAMINA_ASSERT(pointer_), *pointer_; }
    T* operator->() noexcept { return LAMINA_ASSERT(pointer_), pointer_; }
    const T* operator->() const noexcept { return LAMINA_ASSERT(pointer_), pointer_; }

    friend bool operator==(const Box& left, const Box& right) {
        return left.pointer_ && right.pointer_ ? *left.pointer_ == *right.pointer_ : left.pointer_ == right.pointer_;
    }

private:
    T* pointer_ = nullptr;
};

}  // namespace lamina::base
