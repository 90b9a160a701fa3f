#include "support/similar.hpp"

#include <algorithm>
#include <vector>

namespace lamina::support {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (gap > limit) return limit + 1;
    std::vector<std::size_t> two_above(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        std::size_t least = row[0];
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0U : 1U)});
            const bool swapped =
                i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) row[j] = std::min(row[j], two_above[j - 2] + 1);
            least = std::min(least, row[j]);
        }
        if (least > limit) return limit + 1;
        std::swap(two_above, above);
        std::swap(above, row);
    }
    return std::min(above[b.size()], limit + 1);
}

std::optional<std::string_view> most_similar(std::string_view name, std::span<const std::string_view> candidates) {
    constexpr std::size_t kLongestName = 64;  // longer ones are no typing mistakes, and would cost time
    if (name.empty() || name.size() > kLongestName) return std::nullopt;
    std::optional<std::string_view> best;
    std::size_t limit = std::max<std::size_t>(1, name.size() / 3);
    for (const std::string_view candidate : candidates) {
        if (candidate == name) continue;
        const std::size_t distance = edit_distance(name, candidate, limit);
        if (distance > limit || distance >= candidate.size()) continue;
        best = candidate;
        if (distance == 0) break;
        limit = distance - 1;
    }
    return best;
}

}  // namespace lamina::support
