#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "lsp/snapshot.hpp"

namespace lamina::lsp {

/// A bracket that is open at the cursor.
struct OpenBracket {
    TokenKind kind = TokenKind::OpenParen;
    std::string_view callee;    ///< what is called: `relation`, `db.VarChar`, `env`; empty for a list
    TokenKind callee_sign{};    ///< At or AtAt before the callee, else Word
    std::string_view argument;  ///< the name before the colon, if the cursor is behind one
    bool first = true;          ///< no comma yet
    bool fresh = true;          ///< nothing stands between the last comma, colon or bracket and the cursor
};

/// Where in the grammar a cursor is, as far as the line before it tells. It is made of tokens, not of the tree: a line
/// that is being written seldom parses.
struct Place {
    /// The block that the line belongs to: its keyword's kind, File when it stands outside all blocks.
    NodeKind block = NodeKind::File;
    std::string_view block_name;
    bool in_comment = false;
    bool in_string = false;
    std::vector<Token> before;      ///< the line's tokens before the cursor, without blanks and the word at it
    std::string_view typed;         ///< the part of the word (or string) at the cursor that stands before it
    Span typed_span{};              ///< where that is
    std::vector<OpenBracket> open;  ///< from the outside in
    std::vector<Token> line;        ///< all of the line's tokens, without blanks

    /// The innermost open bracket; null when there is none.
    [[nodiscard]] const OpenBracket* inner() const { return open.empty() ? nullptr : &open.back(); }
    /// The outermost open bracket, an attribute's; null when there is none.
    [[nodiscard]] const OpenBracket* outer() const { return open.empty() ? nullptr : &open.front(); }
};

/// Finds out where a cursor is. Takes linear time.
[[nodiscard]] Place place_at(const Tree& tree, std::size_t offset);

}  // namespace lamina::lsp
