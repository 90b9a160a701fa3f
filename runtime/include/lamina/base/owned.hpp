#pragma once

#include <type_traits>
#include <utility>

#include <lamina/base/assert.hpp>

namespace lamina::base {

/// An owning pointer to one object on the heap, deleted with its holder. Moves, never copies; may be empty.
///
/// What `std::unique_ptr` is, without `<memory>`, which alone costs a public header 22,000 lines. `T` may be incomplete
/// where the pointer is declared; where it is destroyed or moved to, `T` must be complete.
template <class T>
class Owned {
public:
    constexpr Owned() noexcept = default;
    /// Takes over an object made with `new`.
    constexpr explicit Owned(T* pointer) noexcept : pointer_(pointer) {}
    constexpr Owned(Owned&& other) noexcept : pointer_(std::exchange(other.pointer_, nullptr)) {}
    /// From a pointer to a derived class; the base needs a virtual destructor.
    template <class U>
    requires(!std::is_same_v<U, T> && std::is_convertible_v<U*, T*>) constexpr Owned(Owned<U>&& other) noexcept
        : pointer_(other.release()) {}
    Owned& operator=(Owned&& other) noexcept {
        Owned taken(std::move(other));
        std::swap(pointer_, taken.pointer_);
        return *this;
    }
    ~Owned() { delete pointer_; }

    /// Builds the object.
    template <class... Arguments>
    static Owned make(Arguments&&... arguments) {
        return Owned(new T(std::forward<Arguments>(arguments)...));
    }

    /// Whether there is an object.
    explicit operator bool() const noexcept { return pointer_ != nullptr; }
    T* get() const noexcept { return pointer_; }
    T& operator*() const noexcept { return LAMINA_ASSERT(pointer_), *pointer_; }
    T* operator->() const noexcept { return LAMINA_ASSERT(pointer_), pointer_; }
    /// Gives the object away.
    T* release() noexcept { return std::exchange(pointer_, nullptr); }
    /// Deletes the object.
    void reset() noexcept { delete std::exchange(pointer_, nullptr); }

private:
    T* pointer_ = nullptr;
};

}  // namespace lamina::base
