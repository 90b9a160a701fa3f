#include "schema/syntax/ast.hpp"

#include <algorithm>

namespace lamina::schema::ast {
namespace {

using syntax::Token;
using syntax::TokenKind;

bool is_expression(NodeKind kind) noexcept { return kind >= NodeKind::Constant && kind <= NodeKind::Object; }

std::optional<Expression> first_expression(const Node& node) {
    for (const NodeId id : node.child_ids()) {
        if (is_expression(node.tree().kind(id))) return Expression{&node.tree(), id};
    }
    return std::nullopt;
}

std::string_view name_of(const Node& node) {
    const auto name = node.child(NodeKind::Name);
    return name ? name->text() : std::string_view{};
}

support::Span name_span_of(const Node& node) {
    const auto name = node.child(NodeKind::Name);
    return name ? name->span() : node.span();
}

// The first own token of that kind (the children's are not looked at).
const Token* own_token(const Node& node, TokenKind kind) {
    const Tree& tree = node.tree();
    const syntax::Node& self = tree[node.id()];
    std::uint32_t at = self.first_token;
    const auto search = [&](std::uint32_t end) -> const Token* {
        for (; at < end; ++at) {
            if (tree.tokens()[at].kind == kind) return &tree.tokens()[at];
        }
        return nullptr;
    };
    for (const NodeId child : node.child_ids()) {
        if (const Token* found = search(tree[child].first_token)) return found;
        at = tree[child].last_token;
    }
    return search(self.last_token);
}

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// Adds what a comment says, if it documents: `/// text`, and `/* text */` as well.
void add_doc_text(const Tree& tree, const Token& token, std::vector<std::string_view>& lines) {
    const std::string_view text = tree.text(token);
    if (token.kind == TokenKind::DocComment) {
        const std::size_t first = text.find_first_not_of(" \t", 3);
        lines.push_back(first == std::string_view::npos ? std::string_view{} : text.substr(first));
    } else if (token.kind == TokenKind::BlockComment && text.size() >= 4) {
        lines.push_back(trim(text.substr(2, text.size() - 4)));
    }
}

void append_utf8(std::string& out, std::uint32_t c) {
    const auto push = [&](std::uint32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (c < 0x80) {
        push(c);
    } else if (c < 0x800) {
        push(0xC0U | (c >> 6U));
        push(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        push(0xE0U | (c >> 12U));
        push(0x80U | ((c >> 6U) & 0x3FU));
        push(0x80U | (c & 0x3FU));
    } else {
        push(0xF0U | (c >> 18U));
        push(0x80U | ((c >> 12U) & 0x3FU));
        push(0x80U | ((c >> 6U) & 0x3FU));
        push(0x80U | (c & 0x3FU));
    }
}

// The four hex digits of a \uXXXX at `at`, if they are there.
std::optional<std::uint32_t> unicode_escape(std::string_view text, std::size_t at) {
    if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        const char c = text[i];
        const bool digit = c >= '0' && c <= '9';
        const bool lower = c >= 'a' && c <= 'f';
        const bool upper = c >= 'A' && c <= 'F';
        if (!digit && !lower && !upper) return std::nullopt;
        value = value * 16 + static_cast<std::uint32_t>(digit ? c - '0' : lower ? c - 'a' + 10 : c - 'A' + 10);
    }
    return value;
}

// Decodes \uXXXX, or a surrogate pair of them; returns the bytes consumed, 0 when it is broken.
std::size_t decode_unicode(std::string_view text, std::size_t at, std::string& out) {
    const auto high = unicode_escape(text, at);
    if (!high || (*high >= 0xDC00 && *high < 0xE000)) return 0;
    if (*high < 0xD800 || *high >= 0xE000) return append_utf8(out, *high), 6;
    const auto low = unicode_escape(text, at + 6);
    if (!low || *low < 0xDC00 || *low >= 0xE000) return 0;
    append_utf8(out, 0x10000 + ((*high - 0xD800) << 10U) + (*low - 0xDC00));
    return 12;
}

std::optional<char> simple_escape(char c) {
    switch (c) {
        case '"': return '"';
        case '\\': return '\\';
        case '/': return '/';
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        default: return std::nullopt;
    }
}

}  // namespace

std::optional<Node> Node::child(NodeKind kind) const {
    for (const NodeId id : child_ids()) {
        if (tree_->kind(id) == kind) return Node{tree_, id};
    }
    return std::nullopt;
}

std::vector<Node> Node::children(NodeKind kind) const {
    std::vector<Node> out;
    for (const NodeId id : child_ids()) {
        if (tree_->kind(id) == kind) out.emplace_back(tree_, id);
    }
    return out;
}

std::vector<Node> Node::children() const {
    std::vector<Node> out;
    for (const NodeId id : child_ids()) out.emplace_back(tree_, id);
    return out;
}

bool Node::has_token(TokenKind kind) const { return own_token(*this, kind) != nullptr; }

std::string Expression::string_value() const { return unescape(text(), nullptr); }

std::vector<Expression> Expression::elements() const {
    std::vector<Expression> out;
    for (const NodeId id : child_ids()) {
        if (is_expression(tree_->kind(id))) out.emplace_back(tree_, id);
    }
    return out;
}

std::string_view Expression::function_name() const {
    const auto path = child(NodeKind::Path);
    return path ? path->text() : std::string_view{};
}

std::string Expression::display() const {
    if (is_array()) {
        std::string out = "[";
        for (const Expression& element : elements()) {
            if (out.size() > 1) out += ",";
            out += element.display();
        }
        return out + "]";
    }
    if (is_call()) {
        std::string out;
        for (const Argument& argument : arguments_of(*this)) {
            if (!out.empty()) out += ",";
            if (!argument.name().empty()) out.append(argument.name()).append(": ");
            if (const auto value = argument.value()) out += value->display();
        }
        return std::string{function_name()} + "(" + out + ")";
    }
    if (is_object()) {
        std::string out;
        for (const Node& member : children(NodeKind::ObjectMember)) {
            if (!out.empty()) out += ", ";
            const auto value = first_expression(member);
            out.append(name_of(member)).append(": ").append(value ? value->display() : "");
        }
        return out.empty() ? "{}" : "{ " + out + " }";
    }
    if (is_string()) return '"' + string_value() + '"';
    return std::string{text()};
}

std::string_view Expression::kind_name() const {
    switch (kind()) {
        case NodeKind::Number: return "numeric";
        case NodeKind::String: return "string";
        case NodeKind::Array: return "array";
        case NodeKind::Call: return "functional";
        case NodeKind::Object: return "object";
        default: return "literal";
    }
}

std::string_view Argument::name() const { return name_of(*this); }
std::optional<Expression> Argument::value() const { return first_expression(*this); }

std::vector<Argument> arguments_of(const Node& call_or_attribute) {
    std::vector<Argument> out;
    if (const auto list = call_or_attribute.child(NodeKind::Arguments)) {
        for (const NodeId id : list->child_ids()) out.emplace_back(&list->tree(), id);
    }
    return out;
}

std::optional<support::Span> trailing_comma(const Node& call_or_attribute) {
    const auto list = call_or_attribute.child(NodeKind::Arguments);
    if (!list) return std::nullopt;
    const Tree& tree = list->tree();
    for (std::uint32_t i = tree[list->id()].last_token - 1; i-- > tree[list->id()].first_token;) {
        const Token& token = tree.tokens()[i];
        if (token.kind == TokenKind::Comma) return support::Span{tree.file(), token.begin, token.end};
        if (token.kind != TokenKind::Whitespace) return std::nullopt;
    }
    return std::nullopt;
}

std::string_view Attribute::name() const {
    const auto path = child(NodeKind::Path);
    return path ? path->text() : std::string_view{};
}

support::Span Attribute::name_span() const {
    const auto path = child(NodeKind::Path);
    return path ? path->span() : span();
}

std::string_view Item::name() const { return name_of(*this); }
support::Span Item::name_span() const { return name_span_of(*this); }

std::vector<Attribute> Item::attributes() const {
    std::vector<Attribute> out;
    for (const NodeId child : child_ids()) {
        const NodeKind child_kind = tree_->kind(child);
        if (child_kind == NodeKind::FieldAttribute || child_kind == NodeKind::BlockAttribute)
            out.emplace_back(tree_, child);
    }
    return out;
}

namespace {

bool is_comment(TokenKind kind) noexcept {
    return kind == TokenKind::Comment || kind == TokenKind::DocComment || kind == TokenKind::BlockComment;
}

bool is_blank_line_part(TokenKind kind) noexcept { return kind == TokenKind::Whitespace || is_comment(kind); }

/// Reads the comments above an item, upwards from its first token.
class CommentsAbove {
public:
    CommentsAbove(const Tree& tree, std::uint32_t first_token, bool in_block)
        : tree_{tree}, tokens_{tree.tokens()}, at_{first_token}, in_block_{in_block} {}

    /// The texts of those that document it, the first line first.
    std::vector<std::string_view> read() {
        std::uint32_t line_breaks = 0;
        for (; at_ > 0; --at_) {
            const TokenKind kind = tokens_[at_ - 1].kind;
            if (kind == TokenKind::Newline) {
                ++line_breaks;
            } else if (is_comment(kind)) {
                // An empty line ends a comment, and parts it from a block, though not from a field.
                if (line_breaks > 1 && (found_ || !in_block_)) break;
                if (line_breaks > 0 && is_behind_another()) {
                    if (skip_block_attribute()) continue;
                    break;
                }
                add_doc_text(tree_, tokens_[at_ - 1], lines_);
                found_ = true;
                line_breaks = 0;
            } else if (kind != TokenKind::Whitespace && !skip_block_attribute()) {
                break;
            }
        }
        std::reverse(lines_.begin(), lines_.end());
        return std::move(lines_);
    }

private:
    /// The token that the line of `at_` begins with, blanks aside.
    std::uint32_t line_start() const {
        std::uint32_t first = at_;
        while (first > 0 && tokens_[first - 1].kind != TokenKind::Newline) --first;
        while (tokens_[first].kind == TokenKind::Whitespace) ++first;
        return first;
    }
    /// Does the comment before `at_` stand behind something on its line? It belongs to that, unless that is a `}`.
    bool is_behind_another() const {
        std::uint32_t before = at_;
        while (before > 0 && is_blank_line_part(tokens_[before - 1].kind)) --before;
        if (before == 0 || tokens_[before - 1].kind == TokenKind::Newline) return false;
        return in_block_ || tokens_[before - 1].kind != TokenKind::CloseBrace;
    }
    /// A comment above a `@@` line is of the field below. Goes to the line's start.
    bool skip_block_attribute() {
        if (!in_block_ || found_) return false;
        const std::uint32_t first = line_start();
        if (!tree_.text(tokens_[first]).starts_with('@')) return false;
        at_ = first + 1;  // which the loop counts down
        return true;
    }

    const Tree& tree_;
    const std::vector<Token>& tokens_;
    std::uint32_t at_;
    bool in_block_;
    bool found_ = false;
    std::vector<std::string_view> lines_;
};

}  // namespace

std::string Item::documentation() const {
    const auto& tokens = tree_->tokens();
    const bool is_line = kind() == NodeKind::Field || kind() == NodeKind::EnumValue;
    std::vector<std::string_view> lines = CommentsAbove{*tree_, (*tree_)[id_].first_token, is_line}.read();
    // Behind it, on the same line; a block's last line has none.
    std::uint32_t at = (*tree_)[id_].last_token;
    for (; is_line && at < tokens.size() && tokens[at].kind != TokenKind::Newline; ++at)
        add_doc_text(*tree_, tokens[at], lines);
    std::string out;
    for (const std::string_view& line : lines) {
        if (&line != &lines.front()) out += '\n';
        out += line;
    }
    return out;
}

std::string_view Type::name() const { return name_of(*this); }
support::Span Type::name_span() const { return name_span_of(*this); }

Type::Ending Type::ending() const {
    if (text().front() == '[') return Ending::LegacyList;
    const bool question = has_token(TokenKind::Question);
    if (has_token(TokenKind::OpenBracket)) return question ? Ending::OptionalList : Ending::List;
    if (has_token(TokenKind::Exclamation)) return Ending::LegacyRequired;
    return question ? Ending::Optional : Ending::None;
}

std::optional<std::string> Type::unsupported() const {
    const auto literal = child(NodeKind::String);
    if (!literal) return std::nullopt;
    return unescape(literal->text(), nullptr);
}

std::optional<Type> Field::type() const {
    const auto found = child(NodeKind::Type);
    if (!found) return std::nullopt;
    return Type{*found};
}

std::optional<support::Span> Field::legacy_colon() const {
    const Token* colon = own_token(*this, TokenKind::Colon);
    if (colon == nullptr) return std::nullopt;
    return support::Span{tree_->file(), colon->begin, colon->end};
}

std::optional<Expression> KeyValue::value() const { return first_expression(*this); }

std::vector<Field> Block::fields() const {
    std::vector<Field> out;
    for (const NodeId child : child_ids()) {
        if (tree_->kind(child) == NodeKind::Field) out.emplace_back(tree_, child);
    }
    return out;
}

std::vector<Item> Block::enum_values() const {
    std::vector<Item> out;
    for (const NodeId child : child_ids()) {
        if (tree_->kind(child) == NodeKind::EnumValue) out.emplace_back(tree_, child);
    }
    return out;
}

std::vector<KeyValue> Block::settings() const {
    std::vector<KeyValue> out;
    for (const NodeId child : child_ids()) {
        if (tree_->kind(child) == NodeKind::KeyValue) out.emplace_back(tree_, child);
    }
    return out;
}

std::vector<Block> blocks(const Tree& tree) {
    std::vector<Block> out;
    for (const NodeId child : tree.children(Tree::root())) {
        const NodeKind kind = tree.kind(child);
        if (kind >= NodeKind::Model && kind <= NodeKind::Generator) out.emplace_back(&tree, child);
    }
    return out;
}

std::string unescape(std::string_view literal, std::vector<BadEscape>* bad) {
    std::string out;
    if (literal.size() < 2) return out;
    const std::string_view text = literal.substr(1, literal.size() - 2);
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] != '\\' || i + 1 >= text.size()) {
            out += text[i++];
            continue;
        }
        std::size_t consumed = 2;
        if (text[i + 1] == 'u') {
            consumed = decode_unicode(text, i, out);
        } else if (const auto c = simple_escape(text[i + 1])) {
            out += *c;
        } else {
            consumed = 0;
        }
        if (consumed == 0) {
            const bool unicode = text[i + 1] == 'u';
            if (bad != nullptr)
                bad->push_back({static_cast<std::uint32_t>(i + 1), static_cast<std::uint32_t>(i + 3), unicode});
            out += text.substr(i, 2);
            consumed = 2;
        }
        i += consumed;
    }
    return out;
}

}  // namespace lamina::schema::ast
