#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace lamina::support {

/// How many single-character insertions, deletions, replacements and swaps of neighbours make one out of the other,
/// letters' case aside; `limit + 1` as soon as it is more than `limit`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The candidate that `name` most probably means; none when all are too far away (a third of its length).
[[nodiscard]] std::optional<std::string_view> most_similar(std::string_view name,
                                                           std::span<const std::string_view> candidates);

}  // namespace lamina::support
