#include "schema/format/values.hpp"

namespace lamina::schema::format {
namespace {

using ast::NodeKind;

// Deep nesting is no danger here: the parser has cut it at kDeepestExpression.
void write_children(std::string& out, const ast::Node& node, void (*write)(std::string&, const ast::Node&)) {
    bool first = true;
    for (const syntax::NodeId id : node.child_ids()) {
        if (!first) out += ", ";
        first = false;
        write(out, ast::Node{&node.tree(), id});
    }
}

// `name: value`, of which the name or the value may be missing.
void write_named(std::string& out, const ast::Node& pair) {
    for (const syntax::NodeId id : pair.child_ids()) {
        const ast::Node part{&pair.tree(), id};
        if (part.kind() == NodeKind::Name) {
            out += part.text();
            out += ": ";
        } else {
            write_value(out, part);
        }
    }
}

void write_arguments(std::string& out, const ast::Node& arguments) {
    out += '(';
    write_children(out, arguments, write_named);
    out += ')';
}

void write_call(std::string& out, const ast::Node& call) {
    if (const auto path = call.child(NodeKind::Path)) out += path->text();
    if (const auto arguments = call.child(NodeKind::Arguments)) write_arguments(out, *arguments);
}

}  // namespace

void write_attribute(std::string& out, const ast::Attribute& attribute) {
    out += attribute.kind() == NodeKind::BlockAttribute ? "@@" : "@";
    write_call(out, attribute);
}

void write_value(std::string& out, const ast::Node& value) {
    switch (value.kind()) {
        case NodeKind::Call: return write_call(out, value);
        case NodeKind::Array:
            out += '[';
            write_children(out, value, write_value);
            out += ']';
            return;
        case NodeKind::Object:
            out += "{ ";
            write_children(out, value, write_named);
            out += " }";
            return;
        default: out += value.text(); return;
    }
}

}  // namespace lamina::schema::format
