#pragma once

#include <optional>
#include <string>

#include "lsp/answers.hpp"
#include "lsp/snapshot.hpp"

namespace lamina::lsp {

/// What an editor shows about the word at the cursor, in Markdown: what is declared there with its documentation, the
/// other side of a relation and, with `Answers::Full`, what attributes, functions and types of the language do.
[[nodiscard]] std::optional<std::string> hover(const Snapshot& snapshot, FileId file, std::size_t offset,
                                               Answers answers);

}  // namespace lamina::lsp
