#pragma once

#include <sqlite3.h>

#include <lamina/value/row.hpp>

namespace lamina::sqlite {

/// Reads the current row of a statement. Depends on the statement, which only one thread uses.
class Reader final : public RowReader {
public:
    explicit Reader(sqlite3_stmt* statement) noexcept : statement_(statement) {}

    Result<void> read(std::span<const Slot> slots, std::size_t first_column, void* base) override;
    std::size_t columns() const noexcept override;
    std::string_view column_name(std::size_t column) const noexcept override;
    ColumnType column_type(std::size_t column) const noexcept override;
    Result<void> read_value(std::size_t column, Value& out) override;

private:
    Error inconsistent(std::size_t column, std::string_view problem) const;

    sqlite3_stmt* statement_;
};

}  // namespace lamina::sqlite
