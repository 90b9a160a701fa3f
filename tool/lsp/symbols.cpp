#include "lsp/symbols.hpp"

#include "lsp/nodes.hpp"

namespace lamina::lsp {
namespace {

// The protocol's numbers.
constexpr unsigned char kModule = 2, kClass = 5, kProperty = 7, kField = 8, kEnum = 10, kInterface = 11,
                        kEnumMember = 22, kStruct = 23;

unsigned char kind_of(NodeKind block) {
    switch (block) {
        case NodeKind::Model: return kClass;
        case NodeKind::View: return kInterface;
        case NodeKind::CompositeType: return kStruct;
        case NodeKind::Enum: return kEnum;
        default: return kModule;
    }
}

std::string detail_of(const ast::Node& node) {
    if (node.kind() == NodeKind::Field) {
        const auto type = ast::Field{node}.type();
        return type ? std::string{type->text()} : "";
    }
    if (node.kind() == NodeKind::KeyValue) {
        const auto value = ast::KeyValue{node}.value();
        return value ? std::string{value->text()} : "";
    }
    return {};
}

}  // namespace

std::vector<OutlineItem> outline(const Snapshot& snapshot, FileId file) {
    std::vector<OutlineItem> out;
    for (const ast::Block& block : ast::blocks(snapshot.tree(file))) {
        OutlineItem item{std::string{block.name()}, std::string{keyword(block)},
                         kind_of(block.kind()),     block.span(),
                         block.name_span(),         {}};
        for (const auto id : block.child_ids()) {
            const ast::Node child{&block.tree(), id};
            const bool field = child.kind() == NodeKind::Field;
            const bool value = child.kind() == NodeKind::EnumValue;
            if (!field && !value && child.kind() != NodeKind::KeyValue) continue;
            const ast::Item named{child};
            item.children.push_back({std::string{named.name()},
                                     detail_of(child),
                                     field   ? kField
                                     : value ? kEnumMember
                                             : kProperty,
                                     child.span(),
                                     named.name_span(),
                                     {}});
        }
        out.push_back(std::move(item));
    }
    return out;
}

}  // namespace lamina::lsp
