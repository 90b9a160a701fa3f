#pragma once

#include <vector>

#include "lsp/answers.hpp"
#include "lsp/occurrences.hpp"

namespace lamina::lsp {

/// Where the name at the cursor is declared; nothing for a scalar type.
[[nodiscard]] std::optional<Span> definition(const Snapshot& snapshot, FileId file, std::size_t offset);

/// Every place that names what the name at the cursor names. `Answers::Prisma` leaves out what Prisma's engine leaves
/// out: for a field, the places of the kind that the cursor is at, `references:` lists and elements with arguments.
[[nodiscard]] std::vector<Span> references(const Snapshot& snapshot, FileId file, std::size_t offset, Answers answers);

}  // namespace lamina::lsp
