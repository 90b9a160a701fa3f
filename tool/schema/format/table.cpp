#include "schema/format/table.hpp"

#include <algorithm>

namespace lamina::schema::format {
namespace {

// Cells up to the last one that is not empty.
std::size_t used_cells(const Table::Row& row) {
    std::size_t count = Table::kColumns;
    while (count > 0 && row.cells[count - 1].empty()) --count;
    return count;
}

void write_row(Writer& out, const Table::Row& row, const std::array<std::size_t, Table::kColumns>& widths) {
    const std::size_t count = used_cells(row);
    for (std::size_t i = 0; i < count; ++i) {
        out.write(row.cells[i]);
        if (i + 1 < count) out.write(std::string(widths[i] - row.cells[i].size() + 1, ' '));
    }
    if (row.tail.empty()) return;
    if (count > 0) out.write(" ");
    out.write(row.tail);
}

}  // namespace

void Writer::write(std::string_view text) {
    if (at_line_start()) text_.append(indentation_, ' ');
    text_ += text;
}

bool Table::all_stood_behind(std::size_t width) const {
    return std::all_of(rows_.begin(), rows_.end(),
                       [width](const Row& row) { return row.cells[1].empty() || row.second_at == width + 1; });
}

void Table::flush(Writer& out) {
    std::array<std::size_t, kColumns> widths{};
    for (const Row& row : rows_) {
        for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], row.cells[i].size());
    }
    const auto second = std::find_if(rows_.begin(), rows_.end(), [](const Row& row) { return !row.cells[1].empty(); });
    if (second != rows_.end() && second->second_at > widths[0] + 1) {
        const std::size_t width = second->second_at - 1;
        const bool claimed =
            std::any_of(rows_.begin(), rows_.end(), [&](const Row& row) { return row.claim == width; });
        if (claimed && all_stood_behind(width)) widths[0] = width;
    }
    for (const Row& row : rows_) {
        write_row(out, row, widths);
        out.end_line();
    }
    rows_.clear();
}

}  // namespace lamina::schema::format
