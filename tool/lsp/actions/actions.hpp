#pragma once

#include <string>
#include <vector>

#include "lsp/answers.hpp"
#include "lsp/edit.hpp"

namespace lamina::lsp {

/// A mistake that an editor asks about, as we or the editor reported it.
struct Problem {
    Span span;
    std::string message;
    std::string hint;  ///< ours; may be empty
};

/// A way to put it right.
struct Fix {
    std::string title;
    std::vector<TextEdit> edits;
};

/// What can be done about a problem. `Answers::Prisma` edits exactly as Prisma's engine does; `Answers::Full` also
/// keeps the text tidy and offers to correct misspelt names.
[[nodiscard]] std::vector<Fix> fixes(const Snapshot& snapshot, const Problem& problem, Answers answers);

}  // namespace lamina::lsp
