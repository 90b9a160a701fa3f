#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "schema/syntax/tree.hpp"

namespace lamina::schema::format {

/// One element of a block or file, as the formatter moves it around: a node with its line, or comments that stand
/// together.
struct Line {
    std::optional<syntax::NodeId> node;  ///< none: the tokens are comments
    std::uint32_t first_token = 0;       ///< [first_token, last_token): of the node, or of the comments
    std::uint32_t last_token = 0;
    std::optional<std::uint32_t> trailing_comment;  ///< the token of the comment behind a node that fills its line
    bool blank_before = false;                      ///< one or more empty lines stand above it
};

/// The lines between the braces of a block.
[[nodiscard]] std::vector<Line> lines_of_block(const syntax::Tree& tree, syntax::NodeId block);

/// The elements of a whole file.
[[nodiscard]] std::vector<Line> lines_of_file(const syntax::Tree& tree);

}  // namespace lamina::schema::format
