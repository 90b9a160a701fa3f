#include "lsp/convert.hpp"

#include <algorithm>
#include <limits>

namespace lamina::lsp {
namespace {

std::optional<std::uint32_t> read_number(const Json* json) {
    if (json == nullptr || !json->is_number_integer()) return std::nullopt;
    if (!json->is_number_unsigned() && json->get<std::int64_t>() < 0) return std::nullopt;
    const auto value = json->get<std::uint64_t>();
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(value, std::numeric_limits<std::uint32_t>::max()));
}

// A snippet without its placeholders.
std::string plain(const std::string& snippet) {
    std::string out;
    for (std::size_t i = 0; i < snippet.size(); ++i) {
        if (snippet[i] != '$') {
            out += snippet[i];
            continue;
        }
        if (i + 1 < snippet.size() && snippet[i + 1] == '{') {
            const std::size_t colon = snippet.find(':', i);
            const std::size_t end = snippet.find('}', i);
            if (colon < end && end != std::string::npos) out += snippet.substr(colon + 1, end - colon - 1);
            i = end == std::string::npos ? snippet.size() : end;
        } else {
            ++i;
        }
    }
    return out;
}

}  // namespace

std::optional<Position> read_position(const Json* json) {
    if (json == nullptr) return std::nullopt;
    const auto line = read_number(member(*json, "line"));
    const auto character = read_number(member(*json, "character"));
    if (!line || !character) return std::nullopt;
    return Position{*line, *character};
}

std::optional<Range> read_range(const Json* json) {
    if (json == nullptr) return std::nullopt;
    const auto start = read_position(member(*json, "start"));
    const auto end = read_position(member(*json, "end"));
    if (!start || !end) return std::nullopt;
    return Range{*start, *end};
}

Json to_json(const Position& position) { return {{"line", position.line}, {"character", position.character}}; }

Json to_json(const Range& range) { return {{"start", to_json(range.start)}, {"end", to_json(range.end)}}; }

Json Converter::location(Span span) const { return {{"uri", snapshot_.uri(span.file)}, {"range", range(span)}}; }

Json Converter::edit(const TextEdit& edit) const { return {{"range", range(edit.span)}, {"newText", edit.text}}; }

Json Converter::workspace_edit(const std::vector<TextEdit>& edits) const {
    Json changes = Json::object();
    for (const TextEdit& one : edits) changes[std::string{snapshot_.uri(one.span.file)}].push_back(edit(one));
    return {{"changes", std::move(changes)}};
}

Json Converter::diagnostic(const schema::Diagnostic& diagnostic) const {
    Json out;
    out["range"] = range(diagnostic.span);
    out["severity"] = diagnostic.severity == schema::Severity::Error ? 1 : 2;
    out["source"] = "lamina";
    out["message"] = diagnostic.message;
    if (diagnostic.hint.empty()) return out;
    if (agreement_.related_information)
        out["relatedInformation"] =
            Json::array({{{"location", location(diagnostic.span)}, {"message", diagnostic.hint}}});
    else
        out["message"] = diagnostic.message + "\n" + diagnostic.hint;
    return out;
}

Json Converter::item(const CompletionItem& item) const {
    Json out;
    out["label"] = item.label;
    out["kind"] = static_cast<int>(item.kind);
    if (!item.detail.empty()) out["detail"] = item.detail;
    if (!item.documentation.empty()) out["documentation"] = {{"kind", "markdown"}, {"value", item.documentation}};
    auto format = item.format;
    std::string inserted = item.insert_text;
    if (format == CompletionItem::Format::Snippet && !agreement_.snippets) {
        format = CompletionItem::Format::Plain;
        inserted = plain(inserted);
    }
    if (item.replaces) {
        out["filterText"] = item.label;
        out["textEdit"] = {{"range", range(*item.replaces)}, {"newText", inserted}};
    } else if (!inserted.empty()) {
        out["insertText"] = inserted;
    }
    if (format != CompletionItem::Format::Unsaid) out["insertTextFormat"] = static_cast<int>(format);
    return out;
}

Json Converter::nested(const std::vector<OutlineItem>& items) const {
    Json out = Json::array();
    for (const OutlineItem& item : items) {
        Json one;
        one["name"] = item.name;
        if (!item.detail.empty()) one["detail"] = item.detail;
        one["kind"] = item.kind;
        one["range"] = range(item.span);
        one["selectionRange"] = range(item.name_span);
        if (!item.children.empty()) one["children"] = nested(item.children);
        out.push_back(std::move(one));
    }
    return out;
}

Json Converter::flat(const std::vector<OutlineItem>& items) const {
    Json out = Json::array();
    for (const OutlineItem& item : items) {
        out.push_back({{"name", item.name}, {"kind", item.kind}, {"location", location(item.span)}});
        for (const OutlineItem& child : item.children) {
            out.push_back({{"name", child.name},
                           {"kind", child.kind},
                           {"location", location(child.span)},
                           {"containerName", item.name}});
        }
    }
    return out;
}

}  // namespace lamina::lsp
