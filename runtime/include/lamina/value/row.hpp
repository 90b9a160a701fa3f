#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <lamina/error/error.hpp>
#include <lamina/value/type.hpp>

namespace lamina {

class Value;

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

/// One row of a result, as a driver shows it while it is current.
class RowReader {
  public:
    virtual ~RowReader() = default;
    /// Decodes columns first_column, first_column+1, … into the memory at `base`, as `slots` say.
    /// Fails with P2023 (inconsistent column data) when a column does not hold what its slot asks for: NULL in a required
    /// member, a number out of range, broken UTF-8, an unknown enum label.
    virtual Result<void> read(std::span<const Slot> slots, std::size_t first_column, void* base) = 0;

    // For rows whose shape the program learns from the database (raw queries). Drivers implement all three.

    /// The number of columns.
    virtual std::size_t columns() const noexcept { return 0; }
    /// A column's name; the view depends on the current row.
    virtual std::string_view column_name(std::size_t) const noexcept { return {}; }
    /// Decodes one column into a value of the type that the database says it has. Fails with P2023.
    virtual Result<void> read_value(std::size_t column, Value& out);

  protected:
    RowReader() = default;
    RowReader(const RowReader&) = default;
    RowReader& operator=(const RowReader&) = default;
};

/// Receives the rows of one statement.
class RowSink {
  public:
    virtual ~RowSink() = default;
    /// Called once per row, in order. An error ends the statement; the driver then drains it and stays usable.
    virtual Result<void> row(RowReader& reader) = 0;

  protected:
    RowSink() = default;
    RowSink(const RowSink&) = default;
    RowSink& operator=(const RowSink&) = default;
};

inline Result<void> RowReader::read_value(std::size_t, Value&) {
    return Error(ErrorCode::UnsupportedFeature, "this reader knows no types of its own");
}

struct RowLayout;

/// A loaded relation in a row: a member that holds the related row or rows.
struct ChildLayout {
    enum class Kind : std::uint8_t { Many, Optional, One };  ///< std::vector<Row>, std::optional<Row>, Row
    std::uint32_t offset = 0;                                ///< of the member in the parent row
    Kind kind = Kind::Many;
    const RowLayout* layout = nullptr;                       ///< of the related row
};

/// How rows of one C++ type are made and filled. Constant data, one per row type; the functions are the only type-erased code.
///
/// The order of `slots` is the order of the selection's fields, which is the order of the statement's first columns;
/// the order of `children` is the order of the selection's relations.
struct RowLayout {
    std::span<const Slot> slots;
    std::span<const ChildLayout> children;
    std::size_t size = 0;
    void* (*append)(void* vector) = nullptr;    ///< std::vector<Row>::emplace_back(), gives the new row's address
    void* (*data)(void* vector) = nullptr;      ///< std::vector<Row>::data()
    void* (*emplace)(void* optional) = nullptr; ///< std::optional<Row>::emplace(), gives the row's address; may be null where unused
};

}  // namespace lamina
