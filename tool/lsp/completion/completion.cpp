#include "lsp/completion/completion.hpp"

namespace lamina::lsp {

std::vector<CompletionItem> complete(const Snapshot& snapshot, FileId file, std::size_t offset,
                                     const CompletionOptions& options) {
    std::vector<CompletionItem> out;
    const Place place = place_at(snapshot.tree(file), offset);
    if (place.in_comment) return out;
    complete_as_prisma(snapshot, place, options, out);
    if (options.answers == Answers::Full && out.empty()) complete_rest(snapshot, place, options, out);
    return out;
}

std::optional<FieldOnLine> field_on_line(const Snapshot& snapshot, const Place& place, FileId file) {
    const Tree& tree = snapshot.tree(file);
    if (place.line.size() < 2 || place.line[0].kind != TokenKind::Word || place.line[1].kind != TokenKind::Word)
        return std::nullopt;
    const bool list = place.line.size() > 2 && place.line[2].kind == TokenKind::OpenBracket;
    return FieldOnLine{tree.text(place.line[0]), tree.text(place.line[1]), list};
}

}  // namespace lamina::lsp
