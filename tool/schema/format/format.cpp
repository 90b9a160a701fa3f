#include "schema/format/format.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <lamina/base/utf8.hpp>

#include "schema/format/missing.hpp"

namespace lamina::schema::format {
namespace {

std::string with_insertions(std::string_view text, const std::vector<Insertion>& insertions) {
    std::string out;
    std::size_t at = 0;
    for (const Insertion& insertion : insertions) {
        out += text.substr(at, insertion.at - at);
        out += insertion.text;
        at = insertion.at;
    }
    out += text.substr(at);
    return out;
}

bool all_utf8(const support::SourceMap& sources) {
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (!base::is_utf8(sources.text(support::SourceMap::at(i)))) return false;
    }
    return true;
}

// The files with what their relations lack, laid out; nothing when they lack nothing.
std::optional<support::SourceMap> completed(const support::SourceMap& sources, Connectors connectors) {
    const auto missing = missing_parts(sources, connectors);
    if (std::all_of(missing.begin(), missing.end(), [](const auto& file) { return file.empty(); })) return std::nullopt;
    support::SourceMap out;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const support::FileId file = support::SourceMap::at(i);
        out.add(std::string{sources.path(file)}, layout(with_insertions(sources.text(file), missing[i])));
    }
    return out;
}

// One completion may call for another. The rounds end when nothing is missing, so that formatting again changes
// nothing; when they do not end, nothing is added at all.
support::SourceMap settled(const support::SourceMap& sources, Connectors connectors) {
    constexpr int kMostRounds = 8;
    support::SourceMap current = sources;
    for (int round = 0; round < kMostRounds; ++round) {
        auto next = completed(current, connectors);
        if (!next) return current;
        current = std::move(*next);
    }
    return sources;
}

}  // namespace

std::vector<std::string> format_files(const support::SourceMap& sources, Connectors connectors) {
    // The layout comes first: it mends old spellings, and with them what hides that something is missing.
    support::SourceMap formatted;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const support::FileId file = support::SourceMap::at(i);
        formatted.add(std::string{sources.path(file)}, layout(sources.text(file)));
    }
    if (all_utf8(sources)) formatted = settled(formatted, connectors);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < formatted.size(); ++i) out.emplace_back(formatted.text(support::SourceMap::at(i)));
    return out;
}

}  // namespace lamina::schema::format
