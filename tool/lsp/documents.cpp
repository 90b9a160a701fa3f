#include "lsp/documents.hpp"

#include <algorithm>

#include "lsp/uri.hpp"

namespace lamina::lsp {

std::string Documents::key_of(std::string_view uri) {
    const auto path = path_of(uri);
    return path ? *path : std::string{uri};
}

void Documents::open(const std::string& uri, std::string text, std::optional<std::int64_t> version) {
    Document& document = open_[key_of(uri)];
    document.uri = uri;
    document.text = std::move(text);
    document.lines = LineIndex{document.text};
    document.version = version;
}

bool Documents::change(const std::string& uri, const Change& change, Encoding encoding) {
    const auto found = open_.find(key_of(uri));
    if (found == open_.end()) return false;
    Document& document = found->second;
    if (!change.range) {
        document.text = change.text;
        document.lines = LineIndex{document.text};
        return true;
    }
    std::size_t begin = document.lines.offset(document.text, change.range->start, encoding);
    std::size_t end = document.lines.offset(document.text, change.range->end, encoding);
    if (end < begin) std::swap(begin, end);
    document.text.replace(begin, end - begin, change.text);
    document.lines.replace(document.text, begin, end, change.text.size());
    return true;
}

void Documents::set_version(const std::string& uri, std::optional<std::int64_t> version) {
    const auto found = open_.find(key_of(uri));
    if (found != open_.end() && version) found->second.version = version;
}

void Documents::close(const std::string& uri) { open_.erase(key_of(uri)); }

const Document* Documents::find(std::string_view uri) const {
    const auto found = open_.find(key_of(uri));
    return found == open_.end() ? nullptr : &found->second;
}

}  // namespace lamina::lsp
