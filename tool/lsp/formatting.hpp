#pragma once

#include <vector>

#include "lsp/edit.hpp"

namespace lamina::lsp {

/// What formatting changes in one file, as at most one edit: the lines from the first to the last that differ.
/// Relations that lack a side or a key are completed, as far as that is in this file.
[[nodiscard]] std::vector<TextEdit> formatting(const Snapshot& snapshot, FileId file);

}  // namespace lamina::lsp
