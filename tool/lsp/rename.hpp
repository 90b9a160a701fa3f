#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/edit.hpp"
#include "support/problem.hpp"

namespace lamina::lsp {

/// What a rename changes.
struct Rename {
    std::vector<TextEdit> edits;        ///< in the order of files and offsets
    std::vector<std::string> warnings;  ///< what a person should know before applying it
};

/// The name at the cursor, if it is one that can be renamed: of a model, view, type, enum, field, enum value or
/// datasource.
[[nodiscard]] std::optional<Span> renameable(const Snapshot& snapshot, FileId file, std::size_t offset);

/// Renames what the name at the cursor names, in all files. Tables, columns, enums and their values keep their names in
/// the database: `@@map` or `@map` is added where there is none. A problem when there is nothing to rename, or the new
/// name is not a name or is taken.
[[nodiscard]] support::Outcome<Rename> rename(const Snapshot& snapshot, FileId file, std::size_t offset,
                                              std::string_view new_name);

}  // namespace lamina::lsp
