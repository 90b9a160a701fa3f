#pragma once

#include <string_view>

#include "schema/syntax/tree.hpp"
#include "support/source_map.hpp"

namespace lamina::schema::syntax {

/// How deep arrays, calls and objects may lie in each other; what is deeper makes its line invalid.
inline constexpr unsigned kDeepestExpression = 100;

/// Parses one file. Never fails and never stops at a mistake: a line that is not understood becomes an `InvalidLine`
/// node, and `check_syntax` says what is wrong with the tree. Takes linear time.
///
/// The tree keeps `text`, which must outlive it.
[[nodiscard]] Tree parse(support::FileId file, std::string_view text);

}  // namespace lamina::schema::syntax
