#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/syntax/tree.hpp"

/// Typed views over the tree: what a block, field, attribute or expression says, without the bytes between. A view is a
/// pointer and an id; it lives as long as the tree.
namespace lamina::schema::ast {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::Tree;

/// Any node.
class Node {
public:
    Node() = default;
    Node(const Tree* tree, NodeId id) : tree_{tree}, id_{id} {}
    [[nodiscard]] const Tree& tree() const noexcept { return *tree_; }
    [[nodiscard]] NodeId id() const noexcept { return id_; }
    [[nodiscard]] NodeKind kind() const { return tree_->kind(id_); }
    [[nodiscard]] support::Span span() const { return tree_->span(id_); }
    [[nodiscard]] std::string_view text() const { return tree_->text(id_); }
    [[nodiscard]] Tree::Children child_ids() const { return tree_->children(id_); }
    /// The first child of that kind.
    [[nodiscard]] std::optional<Node> child(NodeKind kind) const;
    /// All children of that kind.
    [[nodiscard]] std::vector<Node> children(NodeKind kind) const;
    /// All children.
    [[nodiscard]] std::vector<Node> children() const;
    /// Does one of the node's own tokens (not of its children) have that kind?
    [[nodiscard]] bool has_token(syntax::TokenKind kind) const;
    friend bool operator==(const Node&, const Node&) = default;

protected:
    const Tree* tree_ = nullptr;
    NodeId id_{};
};

/// A value: constant, number, string, array, call or object.
class Expression : public Node {
public:
    using Node::Node;
    explicit Expression(Node node) : Node{node} {}
    [[nodiscard]] bool is_string() const { return kind() == NodeKind::String; }
    [[nodiscard]] bool is_number() const { return kind() == NodeKind::Number; }
    [[nodiscard]] bool is_constant() const { return kind() == NodeKind::Constant; }
    [[nodiscard]] bool is_array() const { return kind() == NodeKind::Array; }
    [[nodiscard]] bool is_call() const { return kind() == NodeKind::Call; }
    [[nodiscard]] bool is_object() const { return kind() == NodeKind::Object; }
    /// The text of a string literal, escapes resolved (bad ones are kept as they stand: the syntax check reports them).
    [[nodiscard]] std::string string_value() const;
    /// The elements of an array.
    [[nodiscard]] std::vector<Expression> elements() const;
    /// The name of a called function.
    [[nodiscard]] std::string_view function_name() const;
    /// As error messages show it: `[a, b]`, `env("X")`, `"text"`.
    [[nodiscard]] std::string display() const;
    /// What error messages call its kind: numeric, string, literal, functional, array, object.
    [[nodiscard]] std::string_view kind_name() const;
};

/// `value`, `name: value` or `name:`.
class Argument : public Node {
public:
    using Node::Node;
    explicit Argument(Node node) : Node{node} {}
    /// The name, empty for an unnamed argument.
    [[nodiscard]] std::string_view name() const;
    /// The value, none when it was forgotten.
    [[nodiscard]] std::optional<Expression> value() const;
};

/// The arguments of a call or attribute.
[[nodiscard]] std::vector<Argument> arguments_of(const Node& call_or_attribute);

/// `@name(…)` or `@@name(…)`.
class Attribute : public Node {
public:
    using Node::Node;
    explicit Attribute(Node node) : Node{node} {}
    /// The name without `@`: `id`, `db.VarChar`.
    [[nodiscard]] std::string_view name() const;
    [[nodiscard]] support::Span name_span() const;
    [[nodiscard]] std::vector<Argument> arguments() const { return arguments_of(*this); }
};

/// Where the comma of `(a, b,)` stands.
[[nodiscard]] std::optional<support::Span> trailing_comma(const Node& call_or_attribute);

/// Something with a name, documentation and attributes: a field, an enum value, a setting, a block.
class Item : public Node {
public:
    using Node::Node;
    explicit Item(Node node) : Node{node} {}
    [[nodiscard]] std::string_view name() const;
    [[nodiscard]] support::Span name_span() const;
    /// The lines of `///` above it and behind it, joined by line breaks.
    [[nodiscard]] std::string documentation() const;
    /// Attributes of a field or enum value, or block attributes of a block.
    [[nodiscard]] std::vector<Attribute> attributes() const;
};

/// The type of a field.
class Type : public Node {
public:
    using Node::Node;
    explicit Type(Node node) : Node{node} {}
    enum class Ending : unsigned char { None, Optional, List, OptionalList, LegacyRequired, LegacyList };
    [[nodiscard]] std::string_view name() const;
    [[nodiscard]] support::Span name_span() const;
    [[nodiscard]] Ending ending() const;
    /// The text in Unsupported("…").
    [[nodiscard]] std::optional<std::string> unsupported() const;
};

/// A field of a model, view or composite type.
class Field : public Item {
public:
    using Item::Item;
    explicit Field(Node node) : Item{node} {}
    /// None when it was forgotten.
    [[nodiscard]] std::optional<Type> type() const;
    /// The colon of the old spelling `name: Type`.
    [[nodiscard]] std::optional<support::Span> legacy_colon() const;
};

/// `name = value` in a datasource or generator.
class KeyValue : public Item {
public:
    using Item::Item;
    explicit KeyValue(Node node) : Item{node} {}
    /// None when it was forgotten.
    [[nodiscard]] std::optional<Expression> value() const;
};

/// A top-level block.
class Block : public Item {
public:
    using Item::Item;
    explicit Block(Node node) : Item{node} {}
    [[nodiscard]] std::vector<Field> fields() const;
    [[nodiscard]] std::vector<Item> enum_values() const;
    [[nodiscard]] std::vector<KeyValue> settings() const;
};

/// The blocks of a file in order.
[[nodiscard]] std::vector<Block> blocks(const Tree& tree);

/// A mistake in an escape sequence: where it is within the literal's text, and whether it is a `\u` one.
struct BadEscape {
    std::uint32_t begin = 0, end = 0;
    bool unicode = false;
};

/// Resolves the escapes of a string literal (with its quotes). Bad ones are kept as they stand and added to `bad`.
[[nodiscard]] std::string unescape(std::string_view literal, std::vector<BadEscape>* bad);

}  // namespace lamina::schema::ast
