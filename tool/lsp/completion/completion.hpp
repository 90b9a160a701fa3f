#pragma once

#include <string_view>
#include <vector>

#include "lsp/answers.hpp"
#include "lsp/completion/item.hpp"
#include "lsp/completion/place.hpp"

namespace lamina::lsp {

/// What completion needs to know besides the schema.
struct CompletionOptions {
    Answers answers = Answers::Full;
    std::span<const std::string_view> providers;  ///< the databases that it recommends
};

/// What may be written at the cursor. Works on text that does not parse.
[[nodiscard]] std::vector<CompletionItem> complete(const Snapshot& snapshot, FileId file, std::size_t offset,
                                                   const CompletionOptions& options);

/// The part that Prisma's engine knows: settings and URLs of the datasource, referential actions, kinds of indexes and
/// their operator classes, schemas, names of default constraints.
void complete_as_prisma(const Snapshot& snapshot, const Place& place, const CompletionOptions& options,
                        std::vector<CompletionItem>& out);

/// Everything else: keywords, types, attributes, arguments, functions, fields and values.
void complete_rest(const Snapshot& snapshot, const Place& place, const CompletionOptions& options,
                   std::vector<CompletionItem>& out);

/// The field that the cursor's line declares, read from its tokens.
struct FieldOnLine {
    std::string_view name, type;
    bool is_list = false;
};
[[nodiscard]] std::optional<FieldOnLine> field_on_line(const Snapshot& snapshot, const Place& place, FileId file);

}  // namespace lamina::lsp
