#pragma once

#include <cstddef>
#include <cstdint>

namespace lamina::catalog {

enum class NamespaceId : std::uint32_t {};
enum class EnumId : std::uint32_t {};
enum class TableId : std::uint32_t {};
enum class ColumnId : std::uint32_t {};
enum class IndexId : std::uint32_t {};
enum class ForeignKeyId : std::uint32_t {};
enum class ViewId : std::uint32_t {};
enum class ExtensionId : std::uint32_t {};

/// "No such thing": the id that no element has.
template <class Id>
inline constexpr Id kNone = static_cast<Id>(0xFFFF'FFFFU);

/// The place of an element in its vector.
template <class Id>
[[nodiscard]] constexpr std::size_t index(Id id) noexcept {
    return static_cast<std::size_t>(id);
}

/// The id of the element at that place.
template <class Id>
[[nodiscard]] constexpr Id id_at(std::size_t place) noexcept {
    return static_cast<Id>(place);
}

}  // namespace lamina::catalog
