#pragma once

#include <string>
#include <vector>

#include "lsp/snapshot.hpp"

namespace lamina::lsp {

/// One line of an editor's outline.
struct OutlineItem {
    std::string name;
    std::string detail;
    unsigned char kind = 0;  ///< the protocol's SymbolKind
    Span span;               ///< all of it
    Span name_span;
    std::vector<OutlineItem> children;
};

/// The blocks of a file and what is in them.
[[nodiscard]] std::vector<OutlineItem> outline(const Snapshot& snapshot, FileId file);

}  // namespace lamina::lsp
