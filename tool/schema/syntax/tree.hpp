#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "schema/syntax/token.hpp"
#include "support/source_map.hpp"

namespace lamina::schema::syntax {

/// What a node of the tree is.
enum class NodeKind : std::uint8_t {
    File,
    Model,
    View,
    CompositeType,
    Enum,
    Datasource,
    Generator,
    TypeAlias,     // type X = …: no longer in the language
    UnknownBlock,  // a block with a keyword that is not known
    Keyword,
    Name,
    Field,
    Type,
    EnumValue,
    KeyValue,        // a setting of a datasource or generator
    FieldAttribute,  // @…
    BlockAttribute,  // @@…
    Path,            // a.b.c
    Arguments,       // ( … )
    Argument,        // value, name: value, or name: (an error)
    Constant,        // expressions from here on
    Number,
    String,
    Array,
    Call,
    Object,
    ObjectMember,
    InvalidLine,  // a line that is no part of the language
};

/// Names a node of a tree.
enum class NodeId : std::uint32_t {};

/// One node. Nodes lie in the order of a walk from the root (parents before children), so that a subtree is a range.
struct Node {
    NodeKind kind = NodeKind::File;
    std::uint32_t first_token = 0;  // the node covers the tokens [first_token, last_token)
    std::uint32_t last_token = 0;
    std::uint32_t subtree_end = 0;  // index of the first node that is not below this one
};

/// The lossless tree of one file: its tokens, which cover every byte, and nodes over them.
class Tree {
public:
    Tree(support::FileId file, std::string_view text, std::vector<Token> tokens)
        : file_{file}, text_{text}, tokens_{std::move(tokens)} {}

    /// The file that it was parsed from.
    [[nodiscard]] support::FileId file() const noexcept { return file_; }
    /// The whole text. The view is the one that was given to the parser.
    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    [[nodiscard]] const std::vector<Token>& tokens() const noexcept { return tokens_; }
    [[nodiscard]] const std::vector<Node>& nodes() const noexcept { return nodes_; }
    [[nodiscard]] static NodeId root() noexcept { return NodeId{0}; }

    [[nodiscard]] const Node& operator[](NodeId id) const { return nodes_[static_cast<std::size_t>(id)]; }
    [[nodiscard]] NodeKind kind(NodeId id) const { return (*this)[id].kind; }
    /// The bytes that the node covers.
    [[nodiscard]] support::Span span(NodeId id) const;
    /// The text that the node covers.
    [[nodiscard]] std::string_view text(NodeId id) const;
    [[nodiscard]] std::string_view text(const Token& token) const {
        return text_.substr(token.begin, token.end - token.begin);
    }

    /// A node's children, in order.
    class Children {
    public:
        class Iterator {
        public:
            using iterator_category = std::input_iterator_tag;
            using value_type = NodeId;
            using difference_type = std::ptrdiff_t;
            using pointer = void;
            using reference = NodeId;
            Iterator() = default;
            Iterator(const Tree* tree, std::uint32_t at) : tree_{tree}, at_{at} {}
            NodeId operator*() const { return NodeId{at_}; }
            Iterator& operator++() {
                at_ = tree_->nodes_[at_].subtree_end;
                return *this;
            }
            Iterator operator++(int) {
                Iterator old = *this;
                ++*this;
                return old;
            }
            friend bool operator==(const Iterator&, const Iterator&) = default;

        private:
            const Tree* tree_ = nullptr;
            std::uint32_t at_ = 0;
        };
        Children(const Tree* tree, std::uint32_t first, std::uint32_t end) : tree_{tree}, first_{first}, end_{end} {}
        [[nodiscard]] Iterator begin() const { return {tree_, first_}; }
        [[nodiscard]] Iterator end() const { return {tree_, end_}; }
        [[nodiscard]] bool empty() const noexcept { return first_ == end_; }

    private:
        const Tree* tree_;
        std::uint32_t first_, end_;
    };
    [[nodiscard]] Children children(NodeId id) const;

    /// An indented picture of the tree, for tests and debugging.
    [[nodiscard]] std::string dump() const;

private:
    friend class TreeBuilder;
    support::FileId file_;
    std::string_view text_;
    std::vector<Token> tokens_;
    std::vector<Node> nodes_;
};

/// The name of a node kind, as `dump` prints it.
[[nodiscard]] std::string_view to_string(NodeKind kind) noexcept;

}  // namespace lamina::schema::syntax
