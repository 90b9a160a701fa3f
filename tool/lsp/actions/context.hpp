#pragma once

#include <optional>
#include <vector>

#include "lsp/actions/actions.hpp"
#include "lsp/nodes.hpp"

/// What the fixes share: the problem, and where in the tree it is. One function per group of fixes; each looks at the
/// message and adds what it knows.
namespace lamina::lsp {

struct FixContext {
    const Snapshot& snapshot;
    const Problem& problem;
    Answers answers;
    std::optional<ast::Block> block;  ///< that holds the problem
    std::optional<ast::Field> field;  ///< likewise
    std::vector<Fix>& out;

    [[nodiscard]] bool says(std::string_view text) const { return problem.message.find(text) != std::string::npos; }
    [[nodiscard]] bool full() const noexcept { return answers == Answers::Full; }
    void add(std::string title, std::vector<TextEdit> edits) { out.push_back({std::move(title), std::move(edits)}); }
};

/// New models and enums for types that do not exist; names that were misspelt.
void fix_names(FixContext& context);
/// `@@schema` and the datasource's `schemas`; settings that were renamed.
void fix_configuration(FixContext& context);
/// Relations that lack a side, an attribute, a unique key or an index.
void fix_relations(FixContext& context);

}  // namespace lamina::lsp
