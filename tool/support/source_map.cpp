#include "support/source_map.hpp"

#include <algorithm>
#include <limits>

namespace lamina::support {

FileId SourceMap::add(std::string path, std::string text) {
    constexpr std::size_t kLongest = std::numeric_limits<std::uint32_t>::max() - 1;
    if (text.size() > kLongest) text.resize(kLongest);
    File file{std::move(path), std::move(text), {0}};
    for (std::size_t at = file.text.find('\n'); at != std::string::npos; at = file.text.find('\n', at + 1)) {
        file.line_starts.push_back(static_cast<std::uint32_t>(at + 1));
    }
    files_.push_back(std::move(file));
    return at(files_.size() - 1);
}

const SourceMap::File& SourceMap::file(FileId id) const { return files_.at(static_cast<std::size_t>(id)); }

std::string_view SourceMap::path(FileId id) const { return file(id).path; }

std::string_view SourceMap::text(FileId id) const { return file(id).text; }

std::string_view SourceMap::text(Span span) const {
    const std::string_view all = file(span.file).text;
    const std::size_t begin = std::min<std::size_t>(span.begin, all.size());
    const std::size_t end = std::min<std::size_t>(std::max(span.begin, span.end), all.size());
    return all.substr(begin, end - begin);
}

Position SourceMap::position(FileId id, std::uint32_t offset) const {
    const File& f = file(id);
    offset = std::min(offset, static_cast<std::uint32_t>(f.text.size()));
    const auto after = std::upper_bound(f.line_starts.begin(), f.line_starts.end(), offset);
    const auto line = static_cast<std::uint32_t>(after - f.line_starts.begin());
    const std::uint32_t start = f.line_starts[line - 1];
    // UTF-8 continuation bytes do not begin a column.
    const auto column = std::count_if(f.text.begin() + start, f.text.begin() + offset,
                                      [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    return {line, static_cast<std::uint32_t>(column) + 1};
}

std::string_view SourceMap::line(FileId id, std::uint32_t number) const {
    const File& f = file(id);
    if (number == 0 || number > f.line_starts.size()) return {};
    const std::size_t begin = f.line_starts[number - 1];
    const std::size_t end = number < f.line_starts.size() ? f.line_starts[number] : f.text.size();
    std::string_view text = std::string_view{f.text}.substr(begin, end - begin);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

std::uint32_t SourceMap::line_count(FileId id) const { return static_cast<std::uint32_t>(file(id).line_starts.size()); }

}  // namespace lamina::support
