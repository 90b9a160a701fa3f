#include "lsp/edit.hpp"

#include "lsp/nodes.hpp"

namespace lamina::lsp {

std::string_view line_break(const Snapshot& snapshot, FileId file) {
    const std::string_view text = snapshot.text(file);
    const std::size_t end = text.find('\n');
    return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

std::string_view indentation(const Snapshot& snapshot, const ast::Block& block) {
    for (const auto id : block.child_ids()) {
        const ast::Node child{&block.tree(), id};
        if (child.kind() != NodeKind::Field && child.kind() != NodeKind::EnumValue) continue;
        const std::string_view text = snapshot.text(child.span().file);
        std::size_t begin = child.span().begin;
        while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
        return text.substr(begin, child.span().begin - begin);
    }
    return "  ";
}

TextEdit add_attribute_line(const Snapshot& snapshot, const ast::Block& block, std::string_view indent,
                            const std::string& attribute) {
    Span brace = block.span();
    brace.begin = brace.end - 1;
    const std::string newline{line_break(snapshot, brace.file)};
    const bool first = !block.child(NodeKind::BlockAttribute);
    return {brace, (first ? newline : "") + std::string{indent} + attribute + newline + "}"};
}

TextEdit add_attribute(const ast::Item& item, const std::string& attribute) {
    Span end = item.span();
    end.begin = end.end;
    return {end, " " + attribute};
}

Span to_end_of_line(const Snapshot& snapshot, Span place) {
    const std::string_view text = snapshot.text(place.file);
    const std::size_t end = text.find('\n', place.begin);
    place.end = static_cast<std::uint32_t>(end == std::string_view::npos ? text.size() : end + 1);
    return place;
}

}  // namespace lamina::lsp
