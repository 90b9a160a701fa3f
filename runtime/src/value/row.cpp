#include <lamina/value/row.hpp>

namespace lamina {

// Out of line, so that the tables of virtual functions stand once in the library and not in every program's files.

RowReader::~RowReader() = default;

Result<void> RowReader::rows(std::size_t, RowSink&) {
    return Error(ErrorCode::UnsupportedFeature, "this reader knows no columns that hold rows");
}

std::size_t RowReader::columns() const noexcept { return 0; }

std::string_view RowReader::column_name(std::size_t) const noexcept { return {}; }

ColumnType RowReader::column_type(std::size_t) const noexcept { return {}; }

Result<void> RowReader::read_value(std::size_t, Value&) {
    return Error(ErrorCode::UnsupportedFeature, "this reader knows no types of its own");
}

RowSink::~RowSink() = default;

Result<void> RowSink::columns(RowReader&) { return {}; }

}  // namespace lamina
