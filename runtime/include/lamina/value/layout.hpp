#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <lamina/value/type.hpp>

namespace lamina {

/// The labels of an enum: label i belongs to the enumerator whose number is i.
struct EnumLabels {
    std::span<const std::string_view> names;     ///< as the schema writes them
    std::span<const std::string_view> db_names;  ///< as the database stores them (@map)
};

/// Where one column of a result row goes in the memory of a C++ row struct.
///
/// The member at `offset` has the C++ type that belongs to `type` (Int: int32_t, BigInt: int64_t, Float: double,
/// Decimal, Boolean: bool, String: std::string, DateTime, Json, Bytes: std::vector<std::byte>, Enum: an enum class with
/// underlying type std::int32_t), wrapped in std::optional when `optional`, or std::vector of it when `list`.
/// When `dynamic`, the member is a `lamina::Value` whatever the type (null when the column is NULL).
struct Slot {
    std::uint32_t offset = 0;
    Type type = Type::Int;
    bool optional = false;
    bool list = false;
    bool dynamic = false;
    const EnumLabels* labels = nullptr;  ///< for Type::Enum, else null
};

struct RowLayout;

/// A loaded relation in a row: a member that holds the related row or rows.
struct ChildLayout {
    enum class Kind : std::uint8_t { Many, Optional, One };  ///< std::vector<Row>, std::optional<Row>, Row
    std::uint32_t offset = 0;                                ///< of the member in the parent row
    Kind kind = Kind::Many;
    const RowLayout* layout = nullptr;  ///< of the related row
};

/// How rows of one C++ type are made and filled. Constant data, one per row type; the functions are the only
/// type-erased code.
///
/// The order of `slots` is the order of the selection's fields, which is the order of the statement's first columns;
/// the order of `children` is the order of the selection's relations.
struct RowLayout {
    std::span<const Slot> slots;
    std::span<const ChildLayout> children;
    std::size_t size = 0;
    void* (*append)(void* vector) = nullptr;  ///< std::vector<Row>::emplace_back(), gives the new row's address
    void* (*data)(void* vector) = nullptr;    ///< std::vector<Row>::data()
    void* (*emplace)(void* optional) =
        nullptr;  ///< std::optional<Row>::emplace(), gives the row's address; may be null where unused
};

}  // namespace lamina
