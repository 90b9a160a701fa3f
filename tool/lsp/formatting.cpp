#include "lsp/formatting.hpp"

#include <algorithm>

#include "schema/format/format.hpp"

namespace lamina::lsp {

std::vector<TextEdit> formatting(const Snapshot& snapshot, FileId file) {
    const auto formatted = schema::format::format_files(snapshot.sources(), snapshot.connectors());
    const std::string_view before = snapshot.text(file);
    const std::string_view after = formatted.at(static_cast<std::size_t>(file));
    if (before == after) return {};
    const std::size_t shorter = std::min(before.size(), after.size());

    const auto differ =
        std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(shorter), after.begin());
    std::size_t begin = static_cast<std::size_t>(differ.first - before.begin());
    const std::size_t line = begin == 0 ? std::string_view::npos : before.rfind('\n', begin - 1);
    begin = line == std::string_view::npos ? 0 : line + 1;

    std::size_t tail = 0;
    std::size_t whole_lines = 0;  // of the tail
    while (tail < shorter - begin && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
        if (before[before.size() - 1 - tail] == '\n') whole_lines = tail;
        ++tail;
    }
    const auto end = static_cast<std::uint32_t>(before.size() - whole_lines);
    return {{{file, static_cast<std::uint32_t>(begin), end},
             std::string{after.substr(begin, after.size() - whole_lines - begin)}}};
}

}  // namespace lamina::lsp
