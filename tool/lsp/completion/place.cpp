#include "lsp/completion/place.hpp"

namespace lamina::lsp {
namespace {

bool is_comment(TokenKind kind) noexcept {
    return kind == TokenKind::Comment || kind == TokenKind::DocComment || kind == TokenKind::BlockComment;
}

NodeKind block_kind(std::string_view keyword) noexcept {
    if (keyword == "model") return NodeKind::Model;
    if (keyword == "enum") return NodeKind::Enum;
    if (keyword == "datasource") return NodeKind::Datasource;
    if (keyword == "generator") return NodeKind::Generator;
    if (keyword == "view") return NodeKind::View;
    if (keyword == "type") return NodeKind::CompositeType;
    return NodeKind::UnknownBlock;
}

class Finder {
public:
    Finder(const Tree& tree, std::size_t offset) : tree_{tree}, offset_{offset} {}

    Place run() {
        find_line();
        read_line();
        open_brackets();
        return std::move(place_);
    }

private:
    [[nodiscard]] const std::vector<Token>& tokens() const { return tree_.tokens(); }

    // Follows the lines up to the cursor's: `keyword name {` opens a block, a line that begins with `}` closes it.
    void find_line() {
        std::vector<Token> line;
        for (std::size_t i = 0; i < tokens().size() && tokens()[i].end <= offset_; ++i) {
            const Token& token = tokens()[i];
            if (token.kind == TokenKind::Newline) {
                end_line(line);
                line.clear();
                first_ = i + 1;
            } else if (token.kind != TokenKind::Whitespace && !is_comment(token.kind) && line.size() < 3) {
                line.push_back(token);
            }
        }
    }

    void end_line(const std::vector<Token>& line) {
        if (line.empty()) return;
        if (line.front().kind == TokenKind::CloseBrace) {
            place_.block = NodeKind::File;
            place_.block_name = {};
        } else if (line.size() == 3 && line[0].kind == TokenKind::Word && line[1].kind == TokenKind::Word &&
                   line[2].kind == TokenKind::OpenBrace) {
            place_.block = block_kind(tree_.text(line[0]));
            place_.block_name = tree_.text(line[1]);
        }
    }

    void read_line() {
        const auto here = static_cast<std::uint32_t>(offset_);
        place_.typed_span = {tree_.file(), here, here};
        for (std::size_t i = first_; i < tokens().size() && tokens()[i].kind != TokenKind::Newline; ++i) {
            const Token& token = tokens()[i];
            if (token.kind == TokenKind::Whitespace) continue;
            if (is_comment(token.kind)) {
                place_.in_comment = place_.in_comment || (token.begin < offset_ && offset_ <= token.end);
                continue;
            }
            place_.line.push_back(token);
            if (token.begin >= offset_) continue;
            if (!at_cursor(token)) place_.before.push_back(token);
        }
    }

    // Is it the word or string that the cursor is at?
    bool at_cursor(const Token& token) {
        const std::string_view text = tree_.text(token);
        const bool word = token.kind == TokenKind::Word || token.kind == TokenKind::Number;
        const bool unterminated = token.kind == TokenKind::Unknown && text.starts_with('"');
        const bool string = token.kind == TokenKind::String || unterminated;
        const bool inside = offset_ < token.end || (offset_ == token.end && (word || unterminated));
        if (!inside || (!word && !string)) return false;
        place_.in_string = string;
        place_.typed_span.begin = token.begin + (string ? 1 : 0);
        place_.typed = tree_.text().substr(place_.typed_span.begin, offset_ - place_.typed_span.begin);
        return true;
    }

    // What stands before an opening parenthesis: `name` or `a.b`, with @ or @@ before it.
    OpenBracket call(std::size_t paren) const {
        OpenBracket out;
        std::size_t first = paren;
        while (first > 0 &&
               (place_.before[first - 1].kind == TokenKind::Word || place_.before[first - 1].kind == TokenKind::Dot)) {
            const bool joined = first == paren || place_.before[first - 1].end == place_.before[first].begin;
            if (!joined) break;
            --first;
        }
        if (first == paren) return out;
        const std::uint32_t begin = place_.before[first].begin;
        out.callee = tree_.text().substr(begin, place_.before[paren - 1].end - begin);
        out.callee_sign = first > 0 ? place_.before[first - 1].kind : TokenKind::Word;
        return out;
    }

    void open_brackets() {
        auto& open = place_.open;
        for (std::size_t i = 0; i < place_.before.size(); ++i) {
            const Token& token = place_.before[i];
            switch (token.kind) {
                case TokenKind::OpenParen:
                case TokenKind::OpenBracket:
                case TokenKind::OpenBrace: {
                    if (!open.empty()) open.back().fresh = false;
                    OpenBracket next = token.kind == TokenKind::OpenParen ? call(i) : OpenBracket{};
                    next.kind = token.kind;
                    open.push_back(next);
                    break;
                }
                case TokenKind::CloseParen:
                case TokenKind::CloseBracket:
                case TokenKind::CloseBrace:
                    if (!open.empty()) open.pop_back();
                    break;
                case TokenKind::Comma:
                    if (open.empty()) break;
                    open.back().argument = {};
                    open.back().first = false;
                    open.back().fresh = true;
                    break;
                case TokenKind::Colon:
                    if (open.empty() || i == 0) break;
                    open.back().argument = tree_.text(place_.before[i - 1]);
                    open.back().fresh = true;
                    break;
                default:
                    if (!open.empty()) open.back().fresh = false;
                    break;
            }
        }
    }

    const Tree& tree_;
    std::size_t offset_;
    std::size_t first_ = 0;  // the first token of the cursor's line
    Place place_;
};

}  // namespace

Place place_at(const Tree& tree, std::size_t offset) { return Finder{tree, offset}.run(); }

}  // namespace lamina::lsp
