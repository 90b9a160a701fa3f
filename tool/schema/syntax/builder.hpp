#pragma once

#include <utility>

#include "schema/syntax/tree.hpp"

namespace lamina::schema::syntax {

/// Puts nodes over the tokens of a tree, from left to right. A try that does not work out is taken back with `rewind`.
class TreeBuilder {
public:
    /// A state to return to.
    struct Mark {
        std::uint32_t token = 0;
        std::uint32_t node_count = 0;
    };

    TreeBuilder(support::FileId file, std::string_view text) : tree_{file, text, lex(text)} {}

    /// The kind of the token at the cursor; Newline at the end of the text, which ends a line as well.
    [[nodiscard]] TokenKind kind() const noexcept { return kind_at(cursor_); }
    [[nodiscard]] TokenKind kind_at(std::uint32_t token) const noexcept {
        return token < tree_.tokens_.size() ? tree_.tokens_[token].kind : TokenKind::Newline;
    }
    [[nodiscard]] bool at(TokenKind wanted) const noexcept { return kind() == wanted; }
    [[nodiscard]] bool at_end() const noexcept { return cursor_ >= tree_.tokens_.size(); }
    [[nodiscard]] std::uint32_t cursor() const noexcept { return cursor_; }
    [[nodiscard]] std::uint32_t token_count() const noexcept {
        return static_cast<std::uint32_t>(tree_.tokens_.size());
    }
    /// The text of the token at the cursor; empty at the end.
    [[nodiscard]] std::string_view text() const noexcept {
        return at_end() ? std::string_view{} : tree_.text(tree_.tokens_[cursor_]);
    }

    void advance() noexcept {
        if (!at_end()) ++cursor_;
    }
    /// Moves past a token of that kind, if it is there.
    bool accept(TokenKind wanted) noexcept {
        if (!at(wanted) || at_end()) return false;
        ++cursor_;
        return true;
    }
    void skip_blanks() noexcept {
        while (!at_end() && kind() == TokenKind::Whitespace) ++cursor_;
    }

    /// Begins a node at the cursor.
    [[nodiscard]] NodeId open(NodeKind node_kind) {
        tree_.nodes_.push_back({node_kind, cursor_, cursor_, 0});
        return NodeId{static_cast<std::uint32_t>(tree_.nodes_.size() - 1)};
    }
    /// Ends a node before the cursor.
    void close(NodeId id) {
        Node& node = tree_.nodes_[static_cast<std::size_t>(id)];
        node.last_token = cursor_;
        node.subtree_end = static_cast<std::uint32_t>(tree_.nodes_.size());
    }
    /// A node that is the token at the cursor.
    void leaf(NodeKind node_kind) {
        const NodeId id = open(node_kind);
        advance();
        close(id);
    }

    [[nodiscard]] Mark mark() const noexcept { return {cursor_, static_cast<std::uint32_t>(tree_.nodes_.size())}; }
    void rewind(Mark mark) {
        cursor_ = mark.token;
        tree_.nodes_.resize(mark.node_count);
    }

    [[nodiscard]] Tree take() && { return std::move(tree_); }

private:
    Tree tree_;
    std::uint32_t cursor_ = 0;
};

}  // namespace lamina::schema::syntax
