#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "lsp/snapshot.hpp"

/// Small questions about syntax trees that several features ask.
namespace lamina::lsp {

/// Does the span hold the offset? Its end counts as inside: that is where a cursor stands behind a word.
[[nodiscard]] inline bool touches(Span span, std::size_t offset) noexcept {
    return span.begin <= offset && offset <= span.end;
}

/// The block that holds the offset (its last brace included).
[[nodiscard]] std::optional<ast::Block> block_at(const Snapshot& snapshot, FileId file, std::size_t offset);

/// A field of that name.
[[nodiscard]] std::optional<ast::Field> find_field(const ast::Block& block, std::string_view name);
/// An attribute of that name (without `@`).
[[nodiscard]] std::optional<ast::Attribute> find_attribute(const ast::Item& item, std::string_view name);
/// The value of `name: value`.
[[nodiscard]] std::optional<ast::Expression> argument(const ast::Node& call_or_attribute, std::string_view name);
/// The value of `name: value`, else of the first argument without a name.
[[nodiscard]] std::optional<ast::Expression> default_argument(const ast::Node& call_or_attribute,
                                                              std::string_view name);

/// `@@id`, `@@unique`, `@@index`, `@@fulltext`: an attribute that lists fields of its model.
[[nodiscard]] bool lists_fields(const ast::Attribute& attribute);
/// A list of fields: the elements of an array, or the one element that stands alone.
[[nodiscard]] std::vector<ast::Expression> elements_of(const std::optional<ast::Expression>& list);
/// The field that an element names (`name`, or `name(sort: Desc)`), and where.
[[nodiscard]] std::optional<Span> field_name_in(const ast::Expression& element);

/// What is written before a type's name ends: `model`, `view`, `type`, `enum`.
[[nodiscard]] std::string_view keyword(const ast::Block& block);
/// A model or a view.
[[nodiscard]] inline bool is_model(const ast::Block& block) {
    return block.kind() == NodeKind::Model || block.kind() == NodeKind::View;
}
[[nodiscard]] bool is_list(const ast::Field& field);
[[nodiscard]] bool is_optional(const ast::Field& field);
/// The name of the field's type; empty when it was forgotten.
[[nodiscard]] std::string_view type_name(const ast::Field& field);

/// The two sides of a relation, as far as they are written.
struct RelationSides {
    ast::Block owner;  ///< the model of `field`
    ast::Field field;
    ast::Block target;
    std::optional<ast::Field> opposite;
    std::string name;  ///< as written, or derived from the models' names
};
/// The relation that a field of a model makes; nothing when its type is no model.
[[nodiscard]] std::optional<RelationSides> relation_of(const Snapshot& snapshot, const ast::Block& owner,
                                                       const ast::Field& field);

}  // namespace lamina::lsp
