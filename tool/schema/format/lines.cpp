#include "schema/format/lines.hpp"

namespace lamina::schema::format {
namespace {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::TokenKind;
using syntax::Tree;

bool is_comment(TokenKind kind) noexcept {
    return kind == TokenKind::Comment || kind == TokenKind::DocComment || kind == TokenKind::BlockComment;
}

// Goes over the tokens from `at` to `end` and cuts them into lines at the children of a node.
class Cutter {
public:
    Cutter(const Tree& tree, NodeId parent, std::uint32_t at, std::uint32_t end)
        : tree_{tree}, at_{at}, end_{end}, child_{tree.children(parent).begin()}, last_{tree.children(parent).end()} {
        while (child_ != last_ && tree_[*child_].first_token < at_) ++child_;
    }

    std::vector<Line> run() && {
        while (at_ < end_) {
            const TokenKind kind = tree_.tokens()[at_].kind;
            if (child_ != last_ && tree_[*child_].first_token == at_) {
                node(*child_);
                ++child_;
            } else if (is_comment(kind)) {
                comments();
            } else {
                if (kind == TokenKind::Newline) blank_ = true;
                ++at_;
            }
        }
        return std::move(lines_);
    }

private:
    bool at(TokenKind kind) const { return at_ < end_ && tree_.tokens()[at_].kind == kind; }
    void skip_blanks() {
        while (at(TokenKind::Whitespace)) ++at_;
    }

    Line& add() {
        Line& line = lines_.emplace_back();
        line.first_token = at_;
        line.blank_before = blank_;
        blank_ = false;
        return line;
    }

    // Comments that follow each other without an empty line are one element. Blanks behind a /* comment */ separate it
    // from its line break, which then counts as an empty line; Prisma sees it so.
    void comments() {
        Line& line = add();
        while (true) {
            line.last_token = ++at_;
            if (at(TokenKind::Newline)) ++at_;
            const std::uint32_t before = at_;
            skip_blanks();
            const bool more = at_ < end_ && is_comment(tree_.tokens()[at_].kind) &&
                              (child_ == last_ || tree_[*child_].first_token > at_);
            if (!more) {
                at_ = before;
                return;
            }
        }
    }

    static bool fills_its_line(NodeKind kind) noexcept {
        switch (kind) {
            case NodeKind::Field:
            case NodeKind::EnumValue:
            case NodeKind::KeyValue:
            case NodeKind::BlockAttribute:
            case NodeKind::InvalidLine: return true;
            default: return false;
        }
    }

    void node(NodeId id) {
        Line& line = add();
        line.node = id;
        at_ = line.last_token = tree_[id].last_token;
        if (!fills_its_line(tree_.kind(id))) return;
        skip_blanks();
        if (at_ < end_ && is_comment(tree_.tokens()[at_].kind)) {
            line.trailing_comment = at_++;
            skip_blanks();
        }
        if (at(TokenKind::Newline)) ++at_;
    }

    const Tree& tree_;
    std::uint32_t at_, end_;
    Tree::Children::Iterator child_, last_;
    std::vector<Line> lines_;
    bool blank_ = false;
};

}  // namespace

std::vector<Line> lines_of_block(const Tree& tree, NodeId block) {
    const auto& tokens = tree.tokens();
    std::uint32_t at = tree[block].first_token;
    std::uint32_t end = tree[block].last_token;
    if (end > at && tokens[end - 1].kind == TokenKind::CloseBrace) --end;
    while (at < end && tokens[at].kind != TokenKind::OpenBrace) ++at;
    while (at < end && tokens[at].kind != TokenKind::Newline) ++at;
    std::vector<Line> lines = Cutter{tree, block, at < end ? at + 1 : end, end}.run();
    if (!lines.empty()) lines.front().blank_before = false;
    return lines;
}

std::vector<Line> lines_of_file(const Tree& tree) {
    std::vector<Line> lines = Cutter{tree, Tree::root(), 0, static_cast<std::uint32_t>(tree.tokens().size())}.run();
    if (!lines.empty()) lines.front().blank_before = false;
    return lines;
}

}  // namespace lamina::schema::format
