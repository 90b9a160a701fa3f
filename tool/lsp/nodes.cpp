#include "lsp/nodes.hpp"

#include <utility>

namespace lamina::lsp {

std::optional<ast::Block> block_at(const Snapshot& snapshot, FileId file, std::size_t offset) {
    for (const ast::Block& block : ast::blocks(snapshot.tree(file))) {
        if (touches(block.span(), offset)) return block;
    }
    return std::nullopt;
}

std::optional<ast::Field> find_field(const ast::Block& block, std::string_view name) {
    for (const ast::Field& field : block.fields()) {
        if (field.name() == name) return field;
    }
    return std::nullopt;
}

std::optional<ast::Attribute> find_attribute(const ast::Item& item, std::string_view name) {
    for (const ast::Attribute& attribute : item.attributes()) {
        if (attribute.name() == name) return attribute;
    }
    return std::nullopt;
}

std::optional<ast::Expression> argument(const ast::Node& call_or_attribute, std::string_view name) {
    for (const ast::Argument& one : ast::arguments_of(call_or_attribute)) {
        if (one.name() == name) return one.value();
    }
    return std::nullopt;
}

std::optional<ast::Expression> default_argument(const ast::Node& call_or_attribute, std::string_view name) {
    auto named = argument(call_or_attribute, name);
    return named ? named : argument(call_or_attribute, "");
}

bool lists_fields(const ast::Attribute& attribute) {
    if (attribute.kind() != NodeKind::BlockAttribute) return false;
    const std::string_view name = attribute.name();
    return name == "id" || name == "unique" || name == "index" || name == "fulltext" || name == "shardKey";
}

std::vector<ast::Expression> elements_of(const std::optional<ast::Expression>& list) {
    if (!list) return {};
    if (list->is_array()) return list->elements();
    return {*list};
}

std::optional<Span> field_name_in(const ast::Expression& element) {
    if (element.is_constant()) return element.span();
    if (!element.is_call()) return std::nullopt;
    const auto path = element.child(NodeKind::Path);
    return path ? std::optional{path->span()} : std::nullopt;
}

std::string_view keyword(const ast::Block& block) {
    const auto word = block.child(NodeKind::Keyword);
    return word ? word->text() : std::string_view{};
}

bool is_list(const ast::Field& field) {
    const auto type = field.type();
    if (!type) return false;
    const auto ending = type->ending();
    return ending == ast::Type::Ending::List || ending == ast::Type::Ending::OptionalList ||
           ending == ast::Type::Ending::LegacyList;
}

bool is_optional(const ast::Field& field) {
    const auto type = field.type();
    return type && type->ending() == ast::Type::Ending::Optional;
}

std::string_view type_name(const ast::Field& field) {
    const auto type = field.type();
    return type ? type->name() : std::string_view{};
}

namespace {

std::optional<std::string> written_relation_name(const ast::Field& field) {
    const auto attribute = find_attribute(field, "relation");
    if (!attribute) return std::nullopt;
    const auto name = default_argument(*attribute, "name");
    if (!name || !name->is_string()) return std::nullopt;
    return name->string_value();
}

}  // namespace

std::optional<RelationSides> relation_of(const Snapshot& snapshot, const ast::Block& owner, const ast::Field& field) {
    const auto target = snapshot.type(type_name(field));
    if (!is_model(owner) || !target || !is_model(*target)) return std::nullopt;
    const auto written = written_relation_name(field);
    std::string_view first = owner.name(), second = target->name();
    if (second < first) std::swap(first, second);
    RelationSides sides{owner, field, *target, std::nullopt,
                        written.value_or(std::string{first} + "To" + std::string{second})};
    for (const ast::Field& candidate : target->fields()) {
        if (candidate == field || type_name(candidate) != owner.name()) continue;
        if (written_relation_name(candidate) != written) continue;
        sides.opposite = candidate;
        break;
    }
    return sides;
}

}  // namespace lamina::lsp
