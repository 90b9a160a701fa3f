#pragma once

#include <optional>
#include <string>

#include "support/source_map.hpp"

namespace lamina::lsp {

/// What a suggestion is, by the protocol's numbers; editors choose an icon by it.
enum class ItemKind : unsigned char {
    Function = 3,
    Field = 5,
    Class = 7,
    Property = 10,
    Enum = 13,
    Keyword = 14,
    EnumMember = 20,
    Constant = 21,
    Struct = 22,
};

/// One suggestion.
struct CompletionItem {
    std::string label;
    ItemKind kind = ItemKind::Keyword;
    std::string detail;         ///< a short remark; may be empty
    std::string documentation;  ///< Markdown; may be empty
    std::string insert_text;    ///< what is inserted instead of the label; may be empty
    /// How `insert_text` is read: with $0 and ${1:…}, or as it stands. Prisma leaves it open in places.
    enum class Format : unsigned char { Unsaid, Plain, Snippet };
    Format format = Format::Unsaid;
    std::optional<support::Span> replaces;  ///< what it replaces, if not the word at the cursor
};

}  // namespace lamina::lsp
