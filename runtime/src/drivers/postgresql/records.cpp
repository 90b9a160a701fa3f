#include "drivers/postgresql/records.hpp"

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>

#include "drivers/postgresql/arrays.hpp"
#include "drivers/postgresql/column_types.hpp"
#include "drivers/postgresql/oids.hpp"
#include "drivers/postgresql/wire.hpp"

namespace lamina::postgresql {
namespace {

constexpr Problem kBrokenRecord = "the record's bytes are not understood";
constexpr Problem kTooFewColumns = "the record has fewer columns than asked for";

/// Reads a record in binary format: the number of its fields, then type, length and bytes of each. Fields have no
/// index: what is read from the first column to the last is found in one pass.
class RecordReader final : public RowReader {
public:
    explicit RecordReader(std::string_view name) noexcept : name_(name) {}

    Problem open(const Cell& cell) noexcept {
        if (cell.data == nullptr) return "a NULL in place of a row";
        if (cell.size < 4) return kBrokenRecord;
        const std::int32_t columns = wire::load32(cell.data);
        if (columns < 0) return kBrokenRecord;
        columns_ = static_cast<std::size_t>(columns);
        begin_ = cell.data + 4;
        end_ = cell.data + cell.size;
        rewind();
        return nullptr;
    }

    Result<void> read(std::span<const Slot> slots, std::size_t first_column, void* base) override {
        Cell cell;
        std::size_t column = first_column;
        for (const Slot& slot : slots) {
            Problem problem = find(column++, cell);
            if (problem == nullptr) problem = decode_slot(cell, slot, static_cast<char*>(base) + slot.offset);
            if (problem != nullptr) [[unlikely]]
                return inconsistent(problem);
        }
        return {};
    }

    Result<void> rows(std::size_t column, RowSink& sink) override {
        Cell cell;
        if (const Problem problem = find(column, cell); problem != nullptr) return inconsistent(problem);
        return decode_rows(cell, name_, sink);
    }

    std::size_t columns() const noexcept override { return columns_; }

    ColumnType column_type(std::size_t column) const noexcept override {
        RecordReader other(*this);
        Cell cell;
        return other.find(column, cell) == nullptr ? postgresql::column_type(cell.type) : ColumnType();
    }

    Result<void> read_value(std::size_t column, Value& out) override {
        Cell cell;
        Problem problem = find(column, cell);
        if (problem == nullptr) problem = decode_natural(cell, out);
        if (problem != nullptr) return inconsistent(problem);
        return {};
    }

private:
    void rewind() noexcept {
        at_ = begin_;
        next_ = 0;
    }

    /// The cell of a column; the one behind it is then the quickest to find.
    Problem find(std::size_t column, Cell& cell) noexcept {
        if (column >= columns_) return kTooFewColumns;
        if (column < next_) rewind();
        while (true) {
            if (end_ - at_ < 8) return kBrokenRecord;
            const std::int32_t size = wire::load32(at_ + 4);
            if (size > end_ - at_ - 8) return kBrokenRecord;
            cell.type = wire::load<std::uint32_t>(at_);
            cell.data = size < 0 ? nullptr : at_ + 8;
            cell.size = size < 0 ? 0 : static_cast<std::size_t>(size);
            at_ += 8 + cell.size;
            if (next_++ == column) return nullptr;
        }
    }

    Error inconsistent(Problem problem) const { return error::inconsistent_column_data(name_, problem); }

    std::string_view name_;  ///< of the column that the record is in
    const char* begin_ = nullptr;
    const char* end_ = nullptr;
    const char* at_ = nullptr;
    std::size_t columns_ = 0;
    std::size_t next_ = 0;  ///< the column at `at_`
};

}  // namespace

Result<void> decode_rows(const Cell& cell, std::string_view column, RowSink& sink) {
    if (cell.data == nullptr) return {};
    ArrayCursor cursor;
    Problem problem = cell.type == oid::kRecordArray ? cursor.open(cell) : "it holds no rows";
    if (problem == nullptr && cursor.type() != oid::kRecord) problem = "it holds no rows";
    RecordReader reader(column);
    Cell element;
    while (problem == nullptr && !cursor.done()) {
        problem = cursor.next(element);
        if (problem == nullptr) problem = reader.open(element);
        if (problem == nullptr) LAMINA_TRY(sink.row(reader));
    }
    if (problem != nullptr) return error::inconsistent_column_data(column, problem);
    return {};
}

}  // namespace lamina::postgresql
