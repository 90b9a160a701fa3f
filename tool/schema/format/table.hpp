#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lamina::schema::format {

/// Text that is written line by line. A line begins with the indentation as soon as something is put on it.
class Writer {
public:
    /// Writes a piece of a line (or of several: what stands behind a line break in it is not indented).
    void write(std::string_view text);
    void end_line() { text_ += '\n'; }
    void indent() { indentation_ += 2; }
    void outdent() { indentation_ -= 2; }
    [[nodiscard]] bool at_line_start() const noexcept { return text_.empty() || text_.back() == '\n'; }
    [[nodiscard]] std::string take() && { return std::move(text_); }

private:
    std::string text_;
    std::size_t indentation_ = 0;
};

/// Lines whose cells stand below each other. A column is as wide as its widest cell, in bytes, as Prisma counts.
class Table {
public:
    static constexpr std::size_t kColumns = 3;

    struct Row {
        std::array<std::string, kColumns> cells;
        std::string tail;           ///< behind the cells, in no column: a comment
        std::size_t second_at = 0;  ///< where the second cell stood before, in bytes from the first one
        std::size_t claim = 0;      ///< width that the first column keeps if all second cells stood behind it
    };

    /// A new row at the end; an empty one is an empty line. The reference lasts until the next row is added.
    Row& add() { return rows_.emplace_back(); }
    /// The row that was added last; there must be one.
    Row& last() { return rows_.back(); }
    /// Writes all rows and begins anew.
    void flush(Writer& out);

private:
    [[nodiscard]] bool all_stood_behind(std::size_t width) const;
    std::vector<Row> rows_;
};

}  // namespace lamina::schema::format
