#pragma once

#include <optional>
#include <vector>

#include "lsp/actions/actions.hpp"
#include "lsp/completion/item.hpp"
#include "lsp/protocol/rpc.hpp"
#include "lsp/rename.hpp"
#include "lsp/symbols.hpp"

/// Between our values and the protocol's JSON.
namespace lamina::lsp {

/// What client and server agreed on.
struct Agreement {
    Encoding encoding = Encoding::Utf16;
    Answers answers = Answers::Full;
    bool related_information = false;  ///< diagnostics may carry some
    bool nested_symbols = false;       ///< outlines may be trees
    bool watches_files = false;        ///< the client can tell about changes on disk
    bool snippets = true;              ///< completion may insert $0
};

[[nodiscard]] std::optional<Position> read_position(const Json* json);
[[nodiscard]] std::optional<Range> read_range(const Json* json);

[[nodiscard]] Json to_json(const Position& position);
[[nodiscard]] Json to_json(const Range& range);

/// Writes what belongs to one snapshot.
class Converter {
public:
    Converter(const Snapshot& snapshot, const Agreement& agreement) : snapshot_{snapshot}, agreement_{agreement} {}
    [[nodiscard]] Json range(Span span) const { return to_json(snapshot_.range(span, agreement_.encoding)); }
    [[nodiscard]] Json location(Span span) const;
    [[nodiscard]] Json edit(const TextEdit& edit) const;
    /// A WorkspaceEdit: the edits by file.
    [[nodiscard]] Json workspace_edit(const std::vector<TextEdit>& edits) const;
    [[nodiscard]] Json diagnostic(const schema::Diagnostic& diagnostic) const;
    [[nodiscard]] Json item(const CompletionItem& item) const;
    /// The tree of an outline.
    [[nodiscard]] Json nested(const std::vector<OutlineItem>& items) const;
    /// An outline as a list, for clients that show no trees.
    [[nodiscard]] Json flat(const std::vector<OutlineItem>& items) const;

private:
    const Snapshot& snapshot_;
    const Agreement& agreement_;
};

}  // namespace lamina::lsp
