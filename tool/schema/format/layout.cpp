#include <algorithm>
#include <array>
#include <utility>

#include <lamina/base/utf8.hpp>

#include "schema/format/format.hpp"
#include "schema/format/lines.hpp"
#include "schema/format/table.hpp"
#include "schema/format/values.hpp"
#include "schema/syntax/parser.hpp"

namespace lamina::schema::format {
namespace {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::TokenKind;
using syntax::Tree;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view trim_start(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n\v\f");
    return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

std::string_view trim(std::string_view text) {
    text = trim_start(text);
    return text.substr(0, text.find_last_not_of(" \t\r\n\v\f") + 1);
}

// Attributes stand in this order; others follow, in the order in which they were written.
std::size_t rank(const ast::Attribute& attribute) {
    static constexpr std::array<std::string_view, 9> kOrder{"id",       "unique", "default",  "updatedAt", "index",
                                                            "fulltext", "map",    "relation", "ignore"};
    return static_cast<std::size_t>(std::find(kOrder.begin(), kOrder.end(), attribute.name()) - kOrder.begin());
}

bool is_known_block(NodeKind kind) noexcept { return kind >= NodeKind::Model && kind <= NodeKind::Generator; }

class Layout {
public:
    explicit Layout(const Tree& tree) : tree_{tree} {}

    std::string run() && {
        bool behind_block = false;
        for (const Line& line : lines_of_file(tree_)) {
            if (line.blank_before || behind_block) out_.end_line();
            top_level(line);
            behind_block = line.node && is_known_block(tree_.kind(*line.node));
        }
        if (!out_.at_line_start()) out_.end_line();
        std::string text = std::move(out_).take();
        return text.empty() ? "\n" : text;
    }

private:
    ast::Node node(const Line& line) const { return {&tree_, *line.node}; }
    std::string_view text(std::uint32_t token) const { return tree_.text(tree_.tokens()[token]); }

    // The bytes from the first token of a line to `end`, a token.
    std::string_view text(const Line& line, std::uint32_t end) const {
        const std::uint32_t begin = tree_.tokens()[line.first_token].begin;
        return tree_.text().substr(begin, tree_.tokens()[end - 1].end - begin);
    }

    std::uint32_t skip(std::uint32_t token, TokenKind kind) const {
        while (token < tree_.tokens().size() && tree_.tokens()[token].kind == kind) ++token;
        return token;
    }

    // ---- the file ----

    void top_level(const Line& line) {
        if (!line.node) {
            Table table;
            comments(line, table);
            return table.flush(out_);
        }
        if (is_known_block(tree_.kind(*line.node))) return block(line);
        switch (node(line).kind()) {
            case NodeKind::InvalidLine: {
                // With its line break, as it was written.
                std::uint32_t end = skip(line.last_token, TokenKind::Whitespace);
                if (end < tree_.tokens().size() && tree_.tokens()[end].kind == TokenKind::Newline) ++end;
                return out_.write(text(line, end));
            }
            case NodeKind::TypeAlias: return out_.write(text(line, type_alias_end(line)));
            default: return out_.write(text(line, line.last_token));
        }
    }

    // Blanks behind an alias belong to it, unless it ends with a parenthesis.
    std::uint32_t type_alias_end(const Line& line) const {
        if (tree_.tokens()[line.last_token - 1].kind == TokenKind::CloseParen) return line.last_token;
        return skip(line.last_token, TokenKind::Whitespace);
    }

    // ---- blocks ----

    // A comment without an end may get the end of another that is moved behind it: such a block stays as it is.
    bool leaves_comment_open(const Line& line) const {
        for (std::uint32_t i = line.first_token; i + 1 < line.last_token; ++i) {
            if (tree_.tokens()[i].kind == TokenKind::Unknown && text(i) == "/" && text(i + 1).starts_with('*'))
                return true;
        }
        return false;
    }

    void block(const Line& line) {
        if (leaves_comment_open(line)) {
            out_.write(text(line, line.last_token));
            return out_.end_line();
        }
        const ast::Block block{node(line)};
        out_.write(block.child(NodeKind::Keyword)->text());
        out_.write(" ");
        out_.write(block.name());
        out_.write(" {");
        if (const std::string_view rest = behind_brace(block); !rest.empty()) {
            out_.write(" ");
            out_.write(rest);
        }
        out_.end_line();
        out_.indent();
        body(block);
        out_.outdent();
        out_.write("}");
        out_.end_line();
    }

    // What follows `{` on its line means nothing to the language. Prisma drops it; so do we with comments and signs,
    // but not with words: somebody who writes a block on one line must not lose its fields. Nor with bytes that are no
    // text: a file with them is left alone but for its layout, and would not be the next time.
    std::string_view behind_brace(const ast::Block& block) const {
        const std::uint32_t end = tree_[block.id()].last_token;
        std::uint32_t at = tree_[block.child(NodeKind::Name)->id()].last_token;
        while (at < end && tree_.tokens()[at].kind != TokenKind::OpenBrace) ++at;
        const std::uint32_t first = skip(at + 1, TokenKind::Whitespace);
        std::uint32_t last = first;
        bool words = false;
        for (; last < end && tree_.tokens()[last].kind != TokenKind::Newline; ++last) {
            words = words || tree_.tokens()[last].kind == TokenKind::Word;
        }
        if (last == first) return {};
        const std::uint32_t begin = tree_.tokens()[first].begin;
        const std::string_view rest = trim(tree_.text().substr(begin, tree_.tokens()[last - 1].end - begin));
        return words || !base::is_utf8(rest) ? rest : std::string_view{};
    }

    struct KeptForLater {
        const Line* comment;  // stands right above the attribute; may be null
        const Line* attribute;
    };

    bool is_block_attribute(const Line& line) const {
        return line.node && tree_.kind(*line.node) == NodeKind::BlockAttribute;
    }

    // Lines up to an empty one form a table; block attributes go to the end, each with the comment above it.
    void body(const ast::Block& block) {
        const std::vector<Line> lines = lines_of_block(tree_, block.id());
        std::vector<KeptForLater> attributes;
        Table table;
        bool any = false;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const Line& line = lines[i];
            if (is_block_attribute(line)) {
                attributes.push_back({nullptr, &line});
                continue;
            }
            const bool belongs_to_next =
                !line.node && i + 1 < lines.size() && is_block_attribute(lines[i + 1]) && !lines[i + 1].blank_before;
            if (belongs_to_next) {
                attributes.push_back({&line, &lines[++i]});
                continue;
            }
            if (line.blank_before && any) {
                table.flush(out_);
                table.add();
            }
            any = true;
            this->line(line, block.kind(), table);
        }
        table.flush(out_);
        block_attributes(attributes, table);
    }

    void block_attributes(std::vector<KeptForLater>& attributes, Table& table) {
        if (attributes.empty()) return;
        std::stable_sort(attributes.begin(), attributes.end(), [this](const KeptForLater& a, const KeptForLater& b) {
            return rank(ast::Attribute{node(*a.attribute)}) < rank(ast::Attribute{node(*b.attribute)});
        });
        table.add();
        for (const KeptForLater& kept : attributes) {
            if (kept.comment != nullptr) comments(*kept.comment, table);
            Table::Row& row = table.add();
            write_attribute(row.cells[0], ast::Attribute{node(*kept.attribute)});
            tail(*kept.attribute, row);
        }
        table.flush(out_);
    }

    // ---- lines ----

    void line(const Line& line, NodeKind block, Table& table) {
        if (!line.node) return comments(line, table);
        if (node(line).kind() == NodeKind::InvalidLine) return broken(line, block, table);
        Table::Row& row = table.add();
        tail(line, row);
        switch (node(line).kind()) {
            case NodeKind::Field: return field(ast::Field{node(line)}, row);
            case NodeKind::EnumValue: return enum_value(ast::Item{node(line)}, row);
            case NodeKind::KeyValue: return key_value(ast::KeyValue{node(line)}, table);
            default: row.tail = text(line, line.last_token); return;
        }
    }

    void tail(const Line& line, Table::Row& row) const {
        if (line.trailing_comment) row.tail = text(*line.trailing_comment);
    }

    void field(const ast::Field& field, Table::Row& row) const {
        row.cells[0] = field.name();
        if (const auto type = field.type()) row.cells[1] = type_text(*type);
        std::vector<ast::Attribute> attributes = field.attributes();
        std::stable_sort(attributes.begin(), attributes.end(),
                         [](const ast::Attribute& a, const ast::Attribute& b) { return rank(a) < rank(b); });
        for (const ast::Attribute& attribute : attributes) {
            if (!row.cells[2].empty()) row.cells[2] += ' ';
            write_attribute(row.cells[2], attribute);
        }
    }

    // Old spellings become new ones; `Unsupported( "x" )` stays as it was written.
    std::string type_text(const ast::Type& type) const {
        const auto& tokens = tree_.tokens();
        std::uint32_t last = tree_[type.child(NodeKind::Name)->id()].last_token;
        if (const auto literal = type.child(NodeKind::String)) {
            last = tree_[literal->id()].last_token;
            while (tokens[last - 1].kind != TokenKind::CloseParen) ++last;
        }
        const std::uint32_t begin = type.name_span().begin;
        std::string out{tree_.text().substr(begin, tokens[last - 1].end - begin)};
        switch (type.ending()) {
            case ast::Type::Ending::None:
            case ast::Type::Ending::LegacyRequired: break;
            case ast::Type::Ending::Optional: out += '?'; break;
            case ast::Type::Ending::List:
            case ast::Type::Ending::LegacyList: out += "[]"; break;
            case ast::Type::Ending::OptionalList: out += "[]?"; break;
        }
        return out;
    }

    // Prisma puts nothing between two attributes of a value.
    void enum_value(const ast::Item& value, Table::Row& row) const {
        row.cells[0] = value.name();
        for (const ast::Attribute& attribute : value.attributes()) write_attribute(row.cells[1], attribute);
    }

    // A forgotten value takes its `=` with it, as in Prisma. What is left is a broken line the next time.
    void key_value(const ast::KeyValue& setting, Table& table) const {
        Table::Row& row = table.last();
        row.cells[0] = setting.name();
        const auto value = setting.value();
        if (!value) return rest_of_broken(std::exchange(row.tail, {}), table);
        row.cells[1] = "= ";
        write_value(row.cells[1], *value);
        const std::uint32_t equals = skip(tree_[setting.id()].first_token + 1, TokenKind::Whitespace);
        row.second_at = tree_.tokens()[equals].begin - setting.span().begin;
    }

    // As it was written, up to the line's end.
    void broken(const Line& line, NodeKind block, Table& table) const {
        const std::uint32_t end = skip(line.last_token, TokenKind::Whitespace);
        const std::size_t claim = block == NodeKind::Datasource || block == NodeKind::Generator ? lone_word(line) : 0;
        table.add();
        rest_of_broken(text(line, end), table);
        Table::Row& row = table.last();
        row.claim = claim;
        // Prisma cuts at the line feed only.
        if (end < tree_.tokens().size() && text(end) == "\r\n") row.tail += '\r';
    }

    // The tail of the last row; where a comment in it reaches over several lines, each is a row, indented.
    static void rest_of_broken(std::string_view rest, Table& table) {
        for (std::size_t cut = rest.find('\n'); cut != std::string_view::npos; cut = rest.find('\n')) {
            table.last().tail = rest.substr(0, cut);
            rest = trim_start(rest.substr(cut + 1));
            table.add();
        }
        table.last().tail = rest;
    }

    // A setting that has lost its `=` (see key_value) keeps its place among the others when they are formatted again:
    // the bytes of the word that is all of a line, comments aside.
    std::size_t lone_word(const Line& line) const {
        const std::uint32_t next = skip(line.first_token + 1, TokenKind::Whitespace);
        const bool alone = next >= line.last_token || text(next).starts_with("/");
        if (tree_.tokens()[line.first_token].kind != TokenKind::Word || !alone) return 0;
        return text(line.first_token).size();
    }

    void comments(const Line& line, Table& table) const {
        for (std::uint32_t i = line.first_token; i < line.last_token; ++i) {
            const TokenKind kind = tree_.tokens()[i].kind;
            if (kind == TokenKind::BlockComment)
                block_comment(text(i), table);
            else if (kind == TokenKind::Comment || kind == TokenKind::DocComment)
                table.add().tail = text(i);
        }
    }

    // One line each for the marks at begin and end and for every line of text, with a star before it.
    static void block_comment(std::string_view comment, Table& table) {
        table.add().tail = "/**";
        std::string_view rest = comment.substr(2, comment.size() - 4);
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            std::string_view text = trim(rest.substr(0, end));
            if (text.starts_with('*')) text = trim_start(text.substr(1));
            if (!text.empty()) table.add().tail = " * " + std::string{text};
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        table.add().tail = " */";
    }

    const Tree& tree_;
    Writer out_;
};

}  // namespace

std::string layout(std::string_view text) {
    bool marked = false;
    for (std::string_view rest = text; (rest = trim_start(rest)).starts_with(kByteOrderMark); marked = true) {
        rest.remove_prefix(kByteOrderMark.size());
        text = rest;
    }
    const Tree tree = syntax::parse(support::FileId{}, text);
    std::string out = Layout{tree}.run();
    return marked ? std::string{kByteOrderMark} + out : out;
}

}  // namespace lamina::schema::format
