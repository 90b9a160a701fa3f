#pragma once

#include <string>
#include <string_view>

#include "lsp/snapshot.hpp"

namespace lamina::lsp {

/// One change of a text: the bytes of the span are replaced.
struct TextEdit {
    Span span;
    std::string text;
    friend bool operator==(const TextEdit&, const TextEdit&) = default;
};

/// The line break that a file uses: that of its first line.
[[nodiscard]] std::string_view line_break(const Snapshot& snapshot, FileId file);
/// What stands before the first field of a block; two blanks when it has none.
[[nodiscard]] std::string_view indentation(const Snapshot& snapshot, const ast::Block& block);
/// Adds a line at the end of a block, set off from the fields by an empty line when it is the first attribute.
[[nodiscard]] TextEdit add_attribute_line(const Snapshot& snapshot, const ast::Block& block, std::string_view indent,
                                          const std::string& attribute);
/// Where an attribute is added to a field or enum value: behind what it has.
[[nodiscard]] TextEdit add_attribute(const ast::Item& item, const std::string& attribute);
/// From there to the end of the line, its break included.
[[nodiscard]] Span to_end_of_line(const Snapshot& snapshot, Span place);

}  // namespace lamina::lsp
