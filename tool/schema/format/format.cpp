#include "schema/format/format.hpp"

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

}  // namespace

std::vector<std::string> format_files(const support::SourceMap& sources, Connectors connectors) {
    std::vector<std::vector<Insertion>> missing(sources.size());
    if (all_utf8(sources)) missing = missing_parts(sources, connectors);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const std::string_view text = sources.text(support::SourceMap::at(i));
        out.push_back(missing[i].empty() ? layout(text) : layout(with_insertions(text, missing[i])));
    }
    return out;
}

}  // namespace lamina::schema::format
