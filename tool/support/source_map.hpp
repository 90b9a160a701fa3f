#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lamina::support {

/// Names one file of a `SourceMap`.
enum class FileId : std::uint32_t {};

/// A range of bytes in one file: [begin, end). Line and column are computed only when something is printed.
struct Span {
    FileId file{};
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    /// Number of bytes covered.
    [[nodiscard]] std::uint32_t size() const noexcept { return end - begin; }
    friend bool operator==(const Span&, const Span&) = default;
};

/// A place as people name it: both count from 1, columns in code points.
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    friend bool operator==(const Position&, const Position&) = default;
};

/// The texts of all files that one command reads, so that a `Span` can be turned into file, line and column.
class SourceMap {
public:
    /// Adds a file; `path` is what messages call it. A text of 4 GiB or more is cut (no schema is that long).
    FileId add(std::string path, std::string text);

    /// Number of files.
    [[nodiscard]] std::size_t size() const noexcept { return files_.size(); }
    /// The id of the n-th file added.
    [[nodiscard]] static FileId at(std::size_t index) noexcept { return static_cast<FileId>(index); }

    /// What messages call the file. The view lives as long as the map and no file is added.
    [[nodiscard]] std::string_view path(FileId file) const;
    /// The whole text of the file. The view lives as long as the map and no file is added.
    [[nodiscard]] std::string_view text(FileId file) const;
    /// The text that a span covers; cut to the file when the span reaches beyond it.
    [[nodiscard]] std::string_view text(Span span) const;

    /// Line and column of an offset (an offset beyond the end is taken as the end).
    [[nodiscard]] Position position(FileId file, std::uint32_t offset) const;
    /// The text of a line (counted from 1) without its line break; empty when there is no such line.
    [[nodiscard]] std::string_view line(FileId file, std::uint32_t number) const;
    /// Number of lines (at least 1).
    [[nodiscard]] std::uint32_t line_count(FileId file) const;

private:
    struct File {
        std::string path;
        std::string text;
        std::vector<std::uint32_t> line_starts;  // first offset of each line
    };
    [[nodiscard]] const File& file(FileId id) const;
    std::vector<File> files_;
};

}  // namespace lamina::support
