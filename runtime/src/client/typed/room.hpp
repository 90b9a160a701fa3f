#pragma once

#include <cstddef>
#include <new>
#include <utility>

#include <lamina/client/typed/model.hpp>

/// Inner header of the typed face: from a Room to the object that lives in it.
namespace lamina::typed {

template <class T, std::size_t Size>
T& in(Room<Size>& room) noexcept {
    static_assert(sizeof(T) <= Size && alignof(T) <= alignof(Room<Size>));
    return *std::launder(reinterpret_cast<T*>(room.bytes));
}
template <class T, std::size_t Size>
const T& in(const Room<Size>& room) noexcept {
    static_assert(sizeof(T) <= Size && alignof(T) <= alignof(Room<Size>));
    return *std::launder(reinterpret_cast<const T*>(room.bytes));
}
/// Makes the object; the room is empty so far.
template <class T, std::size_t Size, class... Arguments>
T& make(Room<Size>& room, Arguments&&... arguments) {
    static_assert(sizeof(T) <= Size && alignof(T) <= alignof(Room<Size>));
    return *::new (static_cast<void*>(room.bytes)) T(std::forward<Arguments>(arguments)...);
}
/// Ends the object's life; the room is empty then.
template <class T, std::size_t Size>
void unmake(Room<Size>& room) noexcept {
    in<T>(room).~T();
}

}  // namespace lamina::typed
