#include "lsp/hover.hpp"

#include "lsp/docs.hpp"
#include "lsp/nodes.hpp"
#include "schema/model/types.hpp"

namespace lamina::lsp {
namespace {

std::string card(const std::string& code, const std::string& variety, const std::string& text) {
    return "```prisma\n" + code + "\n```\n___\n" + (variety.empty() ? "" : variety + "\n___\n") + text;
}

std::string type_card(const ast::Block& block) {
    return card(std::string{keyword(block)} + " " + std::string{block.name()} + " {}", "", block.documentation());
}

std::string list_argument(const ast::Attribute& attribute, std::string_view name) {
    const auto list = argument(attribute, name);
    if (!list) return {};
    std::string out;
    for (const ast::Expression& element : elements_of(list)) {
        if (!out.empty()) out += ", ";
        out += element.text();
    }
    return ", " + std::string{name} + ": [" + out + "]";
}

// A relation as seen from one side: the field on the other side, and what kind of relation it is.
std::string relation_card(const RelationSides& sides) {
    const ast::Field& other = *sides.opposite;
    const auto type = other.type();
    std::string code = std::string{keyword(sides.target)} + " " + std::string{sides.target.name()} + " {\n\t...\n\t";
    code.append(other.name()).append(" ").append(type ? type->text() : "");
    code += " @relation(name: \"" + sides.name + "\"";
    if (const auto attribute = find_attribute(other, "relation")) {
        code += list_argument(*attribute, "fields") + list_argument(*attribute, "references");
    }
    code += ")\n}";
    const bool here = is_list(sides.field);
    const bool there = is_list(other);
    std::string variety = here && there ? "implicit many-to-many" : here || there ? "one-to-many" : "one-to-one";
    if (sides.owner == sides.target) variety += " on self";
    return card(code, variety, sides.target.documentation());
}

std::optional<std::string> on_type(const Snapshot& snapshot, const ast::Block& block, const ast::Field& field,
                                   Answers answers) {
    const auto target = snapshot.type(type_name(field));
    if (!target) {
        const bool scalar = schema::scalar_type(type_name(field)).has_value();
        return answers == Answers::Full && scalar ? explain(Topic::ScalarType, type_name(field)) : std::nullopt;
    }
    const auto sides = relation_of(snapshot, block, field);
    return sides && sides->opposite ? relation_card(*sides) : type_card(*target);
}

// Attributes, and the functions and arguments in them.
std::optional<std::string> on_attribute(const ast::Attribute& attribute, std::size_t offset) {
    const Topic topic = attribute.kind() == NodeKind::BlockAttribute ? Topic::BlockAttribute : Topic::FieldAttribute;
    Span name = attribute.name_span();
    name.begin = attribute.span().begin;
    if (touches(name, offset)) return explain(topic, attribute.name());
    for (const ast::Argument& one : ast::arguments_of(attribute)) {
        if (!touches(one.span(), offset)) continue;
        const auto label = one.child(NodeKind::Name);
        if (label && touches(label->span(), offset)) return explain(Topic::Argument, label->text());
        const auto value = one.value();
        if (!value) return std::nullopt;
        const auto path = value->child(NodeKind::Path);
        if (path && touches(path->span(), offset)) return explain(Topic::Function, path->text());
        if (value->is_constant()) return explain(Topic::Constant, value->text());
    }
    return std::nullopt;
}

std::optional<std::string> on_attributes(const ast::Item& item, std::size_t offset, Answers answers) {
    if (answers == Answers::Prisma) return std::nullopt;
    for (const ast::Attribute& attribute : item.attributes()) {
        if (touches(attribute.span(), offset)) return on_attribute(attribute, offset);
    }
    return std::nullopt;
}

std::optional<std::string> on_item(const Snapshot& snapshot, const ast::Block& block, const ast::Item& item,
                                   std::size_t offset, Answers answers) {
    if (touches(item.name_span(), offset)) return card(std::string{item.name()}, "", item.documentation());
    if (item.kind() == NodeKind::Field) {
        const ast::Field field{item};
        const auto type = field.type();
        if (type && touches(type->name_span(), offset)) return on_type(snapshot, block, field, answers);
    }
    return on_attributes(item, offset, answers);
}

std::optional<std::string> on_setting(const ast::Block& block, const ast::KeyValue& setting, std::size_t offset) {
    if (!touches(setting.name_span(), offset)) return std::nullopt;
    return explain(block.kind() == NodeKind::Datasource ? Topic::DatasourceSetting : Topic::GeneratorSetting,
                   setting.name());
}

}  // namespace

std::optional<std::string> hover(const Snapshot& snapshot, FileId file, std::size_t offset, Answers answers) {
    const auto block = block_at(snapshot, file, offset);
    if (!block) return std::nullopt;
    const bool declares_type = block->kind() <= NodeKind::Enum;
    if (touches(block->name_span(), offset)) return declares_type ? std::optional{type_card(*block)} : std::nullopt;
    for (const auto id : block->child_ids()) {
        const ast::Node child{&block->tree(), id};
        if (!touches(child.span(), offset)) continue;
        if (child.kind() == NodeKind::Field || child.kind() == NodeKind::EnumValue)
            return on_item(snapshot, *block, ast::Item{child}, offset, answers);
        if (answers == Answers::Prisma) continue;
        if (child.kind() == NodeKind::BlockAttribute) return on_attribute(ast::Attribute{child}, offset);
        if (child.kind() == NodeKind::KeyValue) return on_setting(*block, ast::KeyValue{child}, offset);
    }
    return std::nullopt;
}

}  // namespace lamina::lsp
