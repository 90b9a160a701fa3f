#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Texts as editors see them: lines, and columns in the units that client and server agreed on.
namespace lamina::lsp {

/// What a column counts. UTF-16 code units are the protocol's default.
enum class Encoding : std::uint8_t { Utf8, Utf16, Utf32 };

/// A place in a text as editors name it: both count from 0.
struct Position {
    std::uint32_t line = 0;
    std::uint32_t character = 0;
    friend bool operator==(const Position&, const Position&) = default;
    friend auto operator<=>(const Position&, const Position&) = default;
};

/// From `start` up to `end`, which is not part of it.
struct Range {
    Position start;
    Position end;
    friend bool operator==(const Range&, const Range&) = default;
};

/// Where the lines of a text begin. A line ends with \n, \r\n or \r.
class LineIndex {
public:
    LineIndex() = default;
    explicit LineIndex(std::string_view text);

    /// Position of a byte. An offset beyond the end is taken as the end.
    [[nodiscard]] Position position(std::string_view text, std::size_t offset, Encoding encoding) const;
    /// Byte of a position. A column beyond the line's end is taken as that end, a line beyond the last as the text's
    /// end; a column within a character as the character's beginning.
    [[nodiscard]] std::size_t offset(std::string_view text, Position position, Encoding encoding) const;
    /// Says that the bytes [begin, end) were replaced by `inserted` bytes; `text` is the new text. Looks at the changed
    /// bytes and their neighbours only.
    void replace(std::string_view text, std::size_t begin, std::size_t end, std::size_t inserted);
    /// Number of lines (at least 1).
    [[nodiscard]] std::size_t size() const noexcept { return starts_.size(); }
    friend bool operator==(const LineIndex&, const LineIndex&) = default;

private:
    std::vector<std::uint32_t> starts_{0};
};

/// How many units of that encoding a text is long. Each byte that is no UTF-8 counts as one character.
[[nodiscard]] std::uint32_t width(std::string_view text, Encoding encoding);

/// The text with each byte that is no UTF-8 replaced by U+FFFD: what a client reads.
[[nodiscard]] std::string valid_utf8(std::string_view text);

}  // namespace lamina::lsp
