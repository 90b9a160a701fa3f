#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <lamina/error/error.hpp>
#include <lamina/value/layout.hpp>

namespace lamina {

class Value;
class RowSink;

/// What a database says of a result's column.
struct ColumnType {
    enum class Kind : std::uint8_t {
        Unknown,  ///< nothing: only the values tell
        Int,
        BigInt,
        Float,  ///< 32 bits
        Double,
        Decimal,
        Boolean,
        String,
        Char,
        Uuid,
        DateTime,
        Date,
        Time,
        Json,
        Binary,
        Unsupported,  ///< a type that `read_value` cannot read, see `name`
    };
    Kind kind = Kind::Unknown;
    bool list = false;
    std::string_view name;  ///< of an unsupported type, as the database calls it; constant storage
};

/// One row of a result, as a driver shows it while it is current.
class RowReader {
public:
    virtual ~RowReader();
    /// Decodes columns first_column, first_column+1, … into the memory at `base`, as `slots` say.
    /// Fails with P2023 (inconsistent column data) when a column does not hold what its slot asks for: NULL in a
    /// required member, a number out of range, broken UTF-8, an unknown enum label.
    virtual Result<void> read(std::span<const Slot> slots, std::size_t first_column, void* base) = 0;
    /// Gives the rows that a column holds (dialect::RowArray) to `sink`, in their order; NULL holds none. A row is read
    /// as any other, and best from its first column to its last; it depends on the one around it. Fails with P2023 when
    /// the column holds something else, with P2026 on databases that have no such columns, and with what the sink says.
    virtual Result<void> rows(std::size_t column, RowSink& sink);

    // For rows whose shape the program learns from the database (raw queries). Drivers implement all of them.

    /// The number of columns.
    virtual std::size_t columns() const noexcept;
    /// A column's name; the view depends on the current row.
    virtual std::string_view column_name(std::size_t column) const noexcept;
    /// What the database says of a column's type.
    virtual ColumnType column_type(std::size_t column) const noexcept;
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
    virtual ~RowSink();
    /// Called once before the rows, even where there are none, of statements that ask for it
    /// (driver::Call::names_columns); only names and types of columns may be asked for. An error ends the statement.
    virtual Result<void> columns(RowReader& reader);
    /// Called once per row, in order. An error ends the statement; the driver then drains it and stays usable.
    virtual Result<void> row(RowReader& reader) = 0;

protected:
    RowSink() = default;
    RowSink(const RowSink&) = default;
    RowSink& operator=(const RowSink&) = default;
};

}  // namespace lamina
