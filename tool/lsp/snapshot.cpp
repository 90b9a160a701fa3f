#include "lsp/snapshot.hpp"

#include "schema/syntax/parser.hpp"

namespace lamina::lsp {

Snapshot::Snapshot(std::vector<SourceFile> files, schema::Connectors connectors)
    : connectors_{connectors}, connector_{&schema::default_connector()} {
    for (SourceFile& file : files) sources_.add(std::move(file.uri), std::move(file.text));
    lines_.resize(sources_.size());
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        const FileId id = support::SourceMap::at(i);
        files_.emplace(sources_.path(id), id);
        trees_.push_back(schema::syntax::parse(id, sources_.text(id)));
        for (const ast::Block& block : ast::blocks(trees_.back())) blocks_.push_back(block);
    }
    for (const ast::Block& block : blocks_) {
        if (block.kind() == NodeKind::Datasource && !datasource_) datasource_ = block;
        if (block.kind() <= NodeKind::Enum) types_.emplace(block.name(), block);
    }
    if (const auto provider = datasource_setting("provider")) {
        for (const schema::Connector* known : connectors_) {
            if (known->is_called(*provider)) connector_ = known;
        }
    }
}

std::optional<FileId> Snapshot::find(std::string_view uri) const {
    const auto found = files_.find(uri);
    if (found == files_.end()) return std::nullopt;
    return found->second;
}

const LineIndex& Snapshot::lines(FileId file) const {
    auto& lines = lines_[static_cast<std::size_t>(file)];
    if (!lines) lines.emplace(text(file));
    return *lines;
}

Range Snapshot::range(Span span, Encoding encoding) const {
    const LineIndex& index = lines(span.file);
    const std::string_view all = text(span.file);
    return {index.position(all, span.begin, encoding), index.position(all, span.end, encoding)};
}

std::size_t Snapshot::offset(FileId file, Position position, Encoding encoding) const {
    return lines(file).offset(text(file), position, encoding);
}

std::optional<ast::Block> Snapshot::type(std::string_view name) const {
    const auto found = types_.find(name);
    if (found == types_.end()) return std::nullopt;
    return found->second;
}

std::optional<std::string> Snapshot::datasource_setting(std::string_view name) const {
    if (!datasource_) return std::nullopt;
    for (const ast::KeyValue& setting : datasource_->settings()) {
        if (setting.name() != name) continue;
        const auto value = setting.value();
        if (value && value->is_string()) return value->string_value();
    }
    return std::nullopt;
}

std::vector<std::string> Snapshot::schemas() const {
    std::vector<std::string> out;
    if (!datasource_) return out;
    for (const ast::KeyValue& setting : datasource_->settings()) {
        const auto value = setting.value();
        if (setting.name() != "schemas" || !value || !value->is_array()) continue;
        for (const ast::Expression& element : value->elements()) {
            if (element.is_string()) out.push_back(element.string_value());
        }
    }
    return out;
}

const schema::Analysis& Snapshot::analysis() const {
    if (!analysis_) analysis_ = std::make_unique<schema::Analysis>(schema::analyze(sources_, connectors_));
    return *analysis_;
}

}  // namespace lamina::lsp
