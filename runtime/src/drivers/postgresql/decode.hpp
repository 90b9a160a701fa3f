#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <libpq-fe.h>

#include <lamina/value/row.hpp>
#include <lamina/value/value.hpp>

namespace lamina::postgresql {

/// One cell in the server's binary format; data is null for NULL.
struct Cell {
    const char* data = nullptr;
    std::size_t size = 0;
    std::uint32_t type = 0;  ///< the type's OID
};

/// Decodes a cell into the member at `place`, as the slot says. Gives why it does not fit, or null. Trusts no length.
const char* decode_slot(const Cell& cell, const Slot& slot, void* place);

/// Decodes a cell into a value of the server's own type.
const char* decode_natural(const Cell& cell, Value& out);

/// Reads the rows of a result. Depends on the result.
class Reader final : public RowReader {
public:
    /// Reuses the room of `types`.
    Reader(const PGresult* result, std::vector<std::uint32_t>& types);

    void set_row(int row) noexcept { row_ = row; }

    Result<void> read(std::span<const Slot> slots, std::size_t first_column, void* base) override;
    Result<void> rows(std::size_t column, RowSink& sink) override;
    std::size_t columns() const noexcept override { return types_.size(); }
    std::string_view column_name(std::size_t column) const noexcept override;
    ColumnType column_type(std::size_t column) const noexcept override;
    Result<void> read_value(std::size_t column, Value& out) override;

private:
    Cell cell(std::size_t column) const noexcept;
    Error inconsistent(std::size_t column, std::string_view problem) const;

    const PGresult* result_;
    std::vector<std::uint32_t>& types_;
    int row_ = 0;
};

}  // namespace lamina::postgresql
