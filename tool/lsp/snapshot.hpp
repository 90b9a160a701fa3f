#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lsp/text.hpp"
#include "schema/analyze/analyze.hpp"
#include "schema/syntax/ast.hpp"
#include "support/source_map.hpp"

namespace lamina::lsp {

namespace ast = schema::ast;
using schema::syntax::NodeKind;
using schema::syntax::Token;
using schema::syntax::TokenKind;
using schema::syntax::Tree;
using support::FileId;
using support::Span;

/// One file of a schema, as an editor or the disk holds it.
struct SourceFile {
    std::string uri;
    std::string text;
};

/// All files of one schema at one moment: their trees, the names that they declare and, when someone asks, what is
/// wrong with them. Does not change; every span, node and view of it lives as long as it.
class Snapshot {
public:
    /// `files` in the order in which the schema is read. `connectors` outlive the snapshot.
    Snapshot(std::vector<SourceFile> files, schema::Connectors connectors);
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

    [[nodiscard]] std::size_t file_count() const noexcept { return trees_.size(); }
    [[nodiscard]] std::optional<FileId> find(std::string_view uri) const;
    [[nodiscard]] std::string_view uri(FileId file) const { return sources_.path(file); }
    [[nodiscard]] std::string_view text(FileId file) const { return sources_.text(file); }
    [[nodiscard]] std::string_view text(Span span) const { return sources_.text(span); }
    [[nodiscard]] const support::SourceMap& sources() const noexcept { return sources_; }
    [[nodiscard]] const Tree& tree(FileId file) const { return trees_[static_cast<std::size_t>(file)]; }
    [[nodiscard]] const std::deque<Tree>& trees() const noexcept { return trees_; }

    /// Where the lines of a file begin; found when first asked for.
    [[nodiscard]] const LineIndex& lines(FileId file) const;
    [[nodiscard]] Range range(Span span, Encoding encoding) const;
    [[nodiscard]] std::size_t offset(FileId file, Position position, Encoding encoding) const;

    /// All blocks of all files, in order.
    [[nodiscard]] const std::vector<ast::Block>& blocks() const noexcept { return blocks_; }
    /// The model, view, composite type or enum of that name; the first when there are several.
    [[nodiscard]] std::optional<ast::Block> type(std::string_view name) const;
    /// The first datasource.
    [[nodiscard]] const std::optional<ast::Block>& datasource() const noexcept { return datasource_; }
    /// The database that the datasource names, or what stands for none.
    [[nodiscard]] const schema::Connector& connector() const noexcept { return *connector_; }
    [[nodiscard]] schema::Connectors connectors() const noexcept { return connectors_; }
    /// A string setting of the datasource (`relationMode`), if it is written.
    [[nodiscard]] std::optional<std::string> datasource_setting(std::string_view name) const;
    /// The datasource's `schemas`.
    [[nodiscard]] std::vector<std::string> schemas() const;

    /// What is wrong; the analysis runs when first asked for.
    [[nodiscard]] const schema::Analysis& analysis() const;

private:
    schema::Connectors connectors_;
    support::SourceMap sources_;
    std::deque<Tree> trees_;  // a deque: nodes point at them
    std::unordered_map<std::string_view, FileId> files_;
    std::vector<ast::Block> blocks_;
    std::unordered_map<std::string_view, ast::Block> types_;
    std::optional<ast::Block> datasource_;
    const schema::Connector* connector_;
    mutable std::vector<std::optional<LineIndex>> lines_;
    mutable std::unique_ptr<schema::Analysis> analysis_;
};

}  // namespace lamina::lsp
