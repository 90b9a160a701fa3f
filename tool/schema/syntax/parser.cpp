#include "schema/syntax/parser.hpp"

#include <optional>

#include "schema/syntax/builder.hpp"

// The language goes by lines: a field, attribute, enum value or setting is one line, a block ends at the first line
// that begins with `}`. So recovery is exact: a line that does not parse is an InvalidLine and nothing around it is
// harmed.
namespace lamina::schema::syntax {
namespace {

class Parser {
public:
    Parser(support::FileId file, std::string_view text) : b_{file, text} { find_last_block_end(); }

    Tree run() && {
        const NodeId file = b_.open(NodeKind::File);
        while (true) {
            skip_trivia();
            if (b_.at_end()) break;
            top_level();
        }
        b_.close(file);
        return std::move(b_).take();
    }

private:
    // ---- lines and blocks ----

    static bool is_comment(TokenKind kind) noexcept {
        return kind == TokenKind::Comment || kind == TokenKind::DocComment || kind == TokenKind::BlockComment;
    }

    void skip_trivia() {
        while (!b_.at_end() && (b_.at(TokenKind::Whitespace) || b_.at(TokenKind::Newline) || is_comment(b_.kind()))) {
            b_.advance();
        }
    }

    // A block can only be one when some later line begins with `}`; knowing the last such line keeps a file full of
    // open blocks linear.
    void find_last_block_end() {
        bool line_start = true;
        for (std::uint32_t i = 0; i < b_.token_count(); ++i) {
            const TokenKind kind = b_.kind_at(i);
            if (kind == TokenKind::CloseBrace && line_start) last_block_end_ = i;
            if (kind == TokenKind::Newline)
                line_start = true;
            else if (kind != TokenKind::Whitespace && kind != TokenKind::BlockComment)
                line_start = false;
        }
    }

    void rest_of_line() {
        while (!b_.at_end() && !b_.at(TokenKind::Newline)) b_.advance();
    }

    // The line up to its break, blanks at its end left out.
    void invalid_line() {
        const NodeId id = b_.open(NodeKind::InvalidLine);
        std::uint32_t last = b_.cursor();
        while (!b_.at_end() && !b_.at(TokenKind::Newline)) {
            const bool blank = b_.at(TokenKind::Whitespace);
            b_.advance();
            if (!blank) last = b_.cursor();
        }
        b_.rewind({last, b_.mark().node_count});
        b_.close(id);
        rest_of_line();
    }

    // Is the line over, but for one comment?
    bool line_ends() {
        b_.skip_blanks();
        if (is_comment(b_.kind())) {
            b_.advance();
            b_.skip_blanks();
        }
        return b_.at(TokenKind::Newline);
    }

    // Is a node followed by nothing more on its line? Does not move: comments belong to the line, not to the node.
    bool ends_here() {
        const auto mark = b_.mark();
        const bool ends = line_ends();
        b_.rewind(mark);
        return ends;
    }

    static std::optional<NodeKind> block_kind(std::string_view keyword) noexcept {
        if (keyword == "model") return NodeKind::Model;
        if (keyword == "enum") return NodeKind::Enum;
        if (keyword == "datasource") return NodeKind::Datasource;
        if (keyword == "generator") return NodeKind::Generator;
        if (keyword == "view") return NodeKind::View;
        if (keyword == "type") return NodeKind::CompositeType;
        return std::nullopt;
    }

    void top_level() {
        const auto start = b_.mark();
        if (is_name()) {
            if (const auto kind = block_kind(b_.text()); kind && block(*kind)) return;
            b_.rewind(start);
            if (type_alias()) return;
            b_.rewind(start);
            if (unknown_block()) return;
            b_.rewind(start);
        }
        invalid_line();
    }

    // A number can be a name that begins with a digit: reported as such, not as a broken line.
    bool is_name() const {
        if (b_.at(TokenKind::Word)) return true;
        return b_.at(TokenKind::Number) && b_.text().find_first_of(".-") == std::string_view::npos;
    }

    bool name() {
        if (!is_name()) return false;
        b_.leaf(NodeKind::Name);
        return true;
    }

    // `{`, and the rest of its line, of which only comments mean something.
    bool open_block() {
        b_.skip_blanks();
        if (!b_.accept(TokenKind::OpenBrace)) return false;
        if (!last_block_end_) return false;
        rest_of_line();
        return b_.cursor() < *last_block_end_;
    }

    bool block(NodeKind kind) {
        const NodeId id = b_.open(kind);
        b_.leaf(NodeKind::Keyword);
        b_.skip_blanks();
        if (!name() || !open_block()) return false;
        block_lines(kind);
        b_.close(id);
        return true;
    }

    void block_lines(NodeKind kind) {
        while (true) {
            skip_trivia();
            if (b_.accept(TokenKind::CloseBrace) || b_.at_end()) return;
            const auto start = b_.mark();
            if (line(kind) && ends_here()) continue;
            b_.rewind(start);
            invalid_line();
        }
    }

    bool line(NodeKind block) {
        switch (block) {
            case NodeKind::Datasource:
            case NodeKind::Generator: return key_value();
            case NodeKind::Enum: return b_.at(TokenKind::AtAt) ? attribute(NodeKind::BlockAttribute) : enum_value();
            case NodeKind::UnknownBlock: return false;
            default: return b_.at(TokenKind::AtAt) ? attribute(NodeKind::BlockAttribute) : field();
        }
    }

    bool unknown_block() {
        const NodeId id = b_.open(NodeKind::UnknownBlock);
        b_.leaf(NodeKind::Keyword);
        if (!open_block()) return false;
        while (true) {
            skip_trivia();
            if (b_.accept(TokenKind::CloseBrace) || b_.at_end()) break;
            rest_of_line();
        }
        b_.close(id);
        return true;
    }

    bool type_alias() {
        if (b_.text() != "type") return false;
        const NodeId id = b_.open(NodeKind::TypeAlias);
        b_.leaf(NodeKind::Keyword);
        b_.skip_blanks();
        if (!name()) return false;
        b_.skip_blanks();
        if (!b_.accept(TokenKind::Equals)) return false;
        b_.skip_blanks();
        if (!type()) return false;
        if (!attributes() || !ends_here()) return false;
        b_.close(id);
        return true;
    }

    // ---- lines ----

    bool field() {
        const NodeId id = b_.open(NodeKind::Field);
        if (!name()) return false;
        b_.skip_blanks();
        if (b_.accept(TokenKind::Colon)) b_.skip_blanks();
        if ((b_.at(TokenKind::Word) || b_.at(TokenKind::Number) || b_.at(TokenKind::OpenBracket)) && !type())
            return false;
        if (!attributes()) return false;
        b_.close(id);
        return true;
    }

    // Name, Name?, Name[], Name[]?, Name!, [Name], Unsupported("…") with the same endings.
    bool type() {
        const NodeId id = b_.open(NodeKind::Type);
        const bool bracketed = b_.accept(TokenKind::OpenBracket);
        if (bracketed) b_.skip_blanks();
        const bool unsupported = b_.text() == "Unsupported";
        if (!name()) return false;
        if (unsupported && b_.accept(TokenKind::OpenParen)) {
            b_.skip_blanks();
            if (!b_.at(TokenKind::String)) return false;
            b_.leaf(NodeKind::String);
            b_.skip_blanks();
            if (!b_.accept(TokenKind::CloseParen)) return false;
        }
        if (bracketed) {
            b_.skip_blanks();
            if (!b_.accept(TokenKind::CloseBracket)) return false;
        } else {
            type_ending();
        }
        b_.close(id);
        return true;
    }

    void type_ending() {
        const auto before = b_.mark();
        b_.skip_blanks();
        if (b_.accept(TokenKind::Question) || b_.accept(TokenKind::Exclamation)) return;
        if (b_.accept(TokenKind::OpenBracket) && b_.accept(TokenKind::CloseBracket)) {
            const auto list = b_.mark();
            b_.skip_blanks();
            if (!b_.accept(TokenKind::Question)) b_.rewind(list);
            return;
        }
        b_.rewind(before);
    }

    bool enum_value() {
        const NodeId id = b_.open(NodeKind::EnumValue);
        if (!name() || !attributes()) return false;
        b_.close(id);
        return true;
    }

    bool key_value() {
        const NodeId id = b_.open(NodeKind::KeyValue);
        if (!name()) return false;
        b_.skip_blanks();
        if (!b_.accept(TokenKind::Equals)) return false;
        const auto before_value = b_.mark();
        if (line_ends()) {
            b_.rewind(before_value);
        } else {
            b_.rewind(before_value);
            b_.skip_blanks();
            if (!expression(0)) return false;
        }
        b_.close(id);
        return true;
    }

    // ---- attributes and expressions ----

    // Zero or more @attributes; the cursor stays behind the last one.
    bool attributes() {
        while (true) {
            const auto before = b_.mark();
            b_.skip_blanks();
            if (!b_.at(TokenKind::At)) {
                b_.rewind(before);
                return true;
            }
            if (!attribute(NodeKind::FieldAttribute)) return false;
        }
    }

    bool attribute(NodeKind kind) {
        const NodeId id = b_.open(kind);
        b_.advance();
        b_.skip_blanks();
        if (!path()) return false;
        const auto before = b_.mark();
        b_.skip_blanks();
        if (!b_.at(TokenKind::OpenParen))
            b_.rewind(before);
        else if (!arguments(0))
            return false;
        b_.close(id);
        return true;
    }

    bool path() {
        if (!b_.at(TokenKind::Word) && !b_.at(TokenKind::Number)) return false;
        const NodeId id = b_.open(NodeKind::Path);
        b_.advance();
        while (b_.accept(TokenKind::Dot)) b_.accept(TokenKind::Word);
        b_.close(id);
        return true;
    }

    bool arguments(unsigned depth) {
        const NodeId id = b_.open(NodeKind::Arguments);
        b_.advance();
        b_.skip_blanks();
        bool more = !b_.at(TokenKind::CloseParen) && !b_.at(TokenKind::Comma);
        while (more) {
            if (!argument(depth)) return false;
            b_.skip_blanks();
            more = false;
            if (b_.at(TokenKind::Comma)) {
                const auto comma = b_.mark();
                b_.advance();
                b_.skip_blanks();
                more = !b_.at(TokenKind::CloseParen);
                if (!more) b_.rewind(comma);
            }
        }
        // A comma before `)` is kept in the tree; check_syntax complains about it.
        if (b_.accept(TokenKind::Comma)) b_.skip_blanks();
        if (!b_.accept(TokenKind::CloseParen)) return false;
        b_.close(id);
        return true;
    }

    bool argument(unsigned depth) {
        const NodeId id = b_.open(NodeKind::Argument);
        const auto start = b_.mark();
        bool named = false;
        if (name()) {
            b_.skip_blanks();
            named = b_.accept(TokenKind::Colon);
            if (!named) b_.rewind(start);
        }
        const auto before = b_.mark();
        b_.skip_blanks();
        if (named && (b_.at(TokenKind::Comma) || b_.at(TokenKind::CloseParen))) {
            b_.rewind(before);  // `name:` without a value: reported by check_syntax
        } else if (!expression(depth)) {
            return false;
        }
        b_.close(id);
        return true;
    }

    bool expression(unsigned depth) {
        if (depth > kDeepestExpression) return false;
        switch (b_.kind()) {
            case TokenKind::Number:
                // A name may begin with a digit: what is called `1()` is an unknown function.
                if (b_.kind_at(b_.cursor() + 1) == TokenKind::OpenParen && b_.text().front() != '-')
                    return constant_or_call(depth + 1);
                return b_.leaf(NodeKind::Number), true;
            case TokenKind::String: return b_.leaf(NodeKind::String), true;
            case TokenKind::OpenBracket: return array(depth + 1);
            case TokenKind::OpenBrace: return object(depth + 1);
            case TokenKind::Word: return constant_or_call(depth + 1);
            default: return false;
        }
    }

    bool constant_or_call(unsigned depth) {
        const bool digit = b_.text().front() >= '0' && b_.text().front() <= '9';
        if (digit && b_.kind_at(b_.cursor() + 1) != TokenKind::OpenParen) return false;  // 1e5, 0x10
        const auto start = b_.mark();
        const NodeId constant = b_.open(NodeKind::Constant);
        b_.advance();
        while (b_.accept(TokenKind::Dot)) b_.accept(TokenKind::Word);
        b_.close(constant);
        const auto behind = b_.mark();
        b_.skip_blanks();
        if (!b_.at(TokenKind::OpenParen)) return b_.rewind(behind), true;
        b_.rewind(start);
        const NodeId call = b_.open(NodeKind::Call);
        if (!path()) return false;
        b_.skip_blanks();
        if (!arguments(depth)) return false;
        b_.close(call);
        return true;
    }

    bool array(unsigned depth) {
        const NodeId id = b_.open(NodeKind::Array);
        b_.advance();
        b_.skip_blanks();
        if (!b_.at(TokenKind::CloseBracket)) {
            do {
                b_.skip_blanks();
                if (!expression(depth)) return false;
                b_.skip_blanks();
            } while (b_.accept(TokenKind::Comma));
        }
        if (!b_.accept(TokenKind::CloseBracket)) return false;
        b_.close(id);
        return true;
    }

    bool object(unsigned depth) {
        const NodeId id = b_.open(NodeKind::Object);
        b_.advance();
        b_.skip_blanks();
        if (!b_.at(TokenKind::CloseBrace)) {
            do {
                b_.skip_blanks();
                const NodeId member = b_.open(NodeKind::ObjectMember);
                if (!name()) return false;
                b_.skip_blanks();
                if (!b_.accept(TokenKind::Colon)) return false;
                b_.skip_blanks();
                if (!expression(depth)) return false;
                b_.close(member);
                b_.skip_blanks();
            } while (b_.accept(TokenKind::Comma));
        }
        if (!b_.accept(TokenKind::CloseBrace)) return false;
        b_.close(id);
        return true;
    }

    TreeBuilder b_;
    std::optional<std::uint32_t> last_block_end_;
};

}  // namespace

Tree parse(support::FileId file, std::string_view text) { return Parser{file, text}.run(); }

}  // namespace lamina::schema::syntax
