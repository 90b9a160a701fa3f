#include "schema/syntax/tree.hpp"

namespace lamina::schema::syntax {

support::Span Tree::span(NodeId id) const {
    const Node& node = (*this)[id];
    if (node.first_token >= node.last_token) {
        const std::uint32_t at = node.first_token < tokens_.size() ? tokens_[node.first_token].begin
                                                                   : static_cast<std::uint32_t>(text_.size());
        return {file_, at, at};
    }
    return {file_, tokens_[node.first_token].begin, tokens_[node.last_token - 1].end};
}

std::string_view Tree::text(NodeId id) const {
    const support::Span where = span(id);
    return text_.substr(where.begin, where.size());
}

Tree::Children Tree::children(NodeId id) const {
    const auto at = static_cast<std::uint32_t>(id);
    return {this, at + 1, nodes_[at].subtree_end};
}

std::string Tree::dump() const {
    std::string out;
    std::vector<std::uint32_t> ends;
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
        while (!ends.empty() && ends.back() <= i) ends.pop_back();
        out.append(ends.size() * 2, ' ');
        out += to_string(nodes_[i].kind);
        if (nodes_[i].subtree_end == i + 1) {
            out += ' ';
            out += text(NodeId{i});
        }
        out += '\n';
        ends.push_back(nodes_[i].subtree_end);
    }
    return out;
}

std::string_view to_string(NodeKind kind) noexcept {
    switch (kind) {
        case NodeKind::File: return "File";
        case NodeKind::Model: return "Model";
        case NodeKind::View: return "View";
        case NodeKind::CompositeType: return "CompositeType";
        case NodeKind::Enum: return "Enum";
        case NodeKind::Datasource: return "Datasource";
        case NodeKind::Generator: return "Generator";
        case NodeKind::TypeAlias: return "TypeAlias";
        case NodeKind::UnknownBlock: return "UnknownBlock";
        case NodeKind::Keyword: return "Keyword";
        case NodeKind::Name: return "Name";
        case NodeKind::Field: return "Field";
        case NodeKind::Type: return "Type";
        case NodeKind::EnumValue: return "EnumValue";
        case NodeKind::KeyValue: return "KeyValue";
        case NodeKind::FieldAttribute: return "FieldAttribute";
        case NodeKind::BlockAttribute: return "BlockAttribute";
        case NodeKind::Path: return "Path";
        case NodeKind::Arguments: return "Arguments";
        case NodeKind::Argument: return "Argument";
        case NodeKind::Constant: return "Constant";
        case NodeKind::Number: return "Number";
        case NodeKind::String: return "String";
        case NodeKind::Array: return "Array";
        case NodeKind::Call: return "Call";
        case NodeKind::Object: return "Object";
        case NodeKind::ObjectMember: return "ObjectMember";
        case NodeKind::InvalidLine: return "InvalidLine";
    }
    return "?";
}

}  // namespace lamina::schema::syntax
