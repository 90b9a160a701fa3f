#include <array>

#include "schema/analyze/rules/rules.hpp"

namespace lamina::schema::rules {
namespace {

using ast::NodeKind;

class SyntaxCheck {
public:
    SyntaxCheck(Context& context, const syntax::Tree& tree) : context_{context}, tree_{tree} {}

    void run() {
        for (const syntax::NodeId id : tree_.children(syntax::Tree::root())) top_level(ast::Block{&tree_, id});
    }

private:
    void top_level(const ast::Block& block) {
        switch (block.kind()) {
            case NodeKind::Model:
            case NodeKind::View:
            case NodeKind::CompositeType:
            case NodeKind::Enum:
            case NodeKind::Datasource:
            case NodeKind::Generator: return lines(block);
            case NodeKind::UnknownBlock:
                return context_.push(
                    messages::validation("This block is invalid. It does not start with any known Prisma schema "
                                         "keyword. Valid keywords include "
                                         "'model', 'enum', 'type', 'datasource' and 'generator'.",
                                         block.span()));
            case NodeKind::TypeAlias:
                return context_.push(messages::validation(
                    "Invalid type definition. Please check the documentation in https://pris.ly/d/composite-types",
                    block.span()));
            default: {
                Diagnostic diagnostic = messages::validation(
                    "This line is invalid. It does not start with any known Prisma schema keyword.", block.span());
                diagnostic.hint = invalid_top_level_hint(block.text());
                return context_.push(std::move(diagnostic));
            }
        }
    }

    static std::string invalid_top_level_hint(std::string_view line) {
        static constexpr std::array<std::string_view, 6> kKeywords{"model",     "enum", "datasource",
                                                                   "generator", "view", "type"};
        const std::size_t end = line.find_first_of(" \t{");
        const std::string_view word = line.substr(0, end);
        for (const std::string_view keyword : kKeywords) {
            if (word == keyword)
                return "a block looks like `" + std::string{keyword} + " Name {`, with `}` on a later line of its own";
        }
        return messages::did_you_mean(word, kKeywords);
    }

    void lines(const ast::Block& block) {
        for (const ast::Node& child : block.children()) {
            switch (child.kind()) {
                case NodeKind::Field: field(ast::Field{child}, block); break;
                case NodeKind::InvalidLine: invalid_line(child, block); break;
                case NodeKind::BlockAttribute:
                    if (block.kind() == NodeKind::CompositeType) composite_attribute(ast::Attribute{child}, block);
                    break;
                default: break;
            }
            escapes(child);
        }
    }

    static std::string_view block_word(const ast::Block& block) {
        switch (block.kind()) {
            case NodeKind::View: return "view";
            case NodeKind::CompositeType: return "composite type";
            case NodeKind::Datasource: return "datasource";
            case NodeKind::Generator: return "generator";
            default: return "model";
        }
    }

    void invalid_line(const ast::Node& line, const ast::Block& block) {
        std::string text;
        switch (block.kind()) {
            case NodeKind::Enum: text = "This line is not an enum value definition."; break;
            case NodeKind::Datasource:
            case NodeKind::Generator:
                text = "This line is not a valid definition within a " + std::string{block_word(block)} + ".";
                break;
            default: text = "This line is not a valid field or attribute definition."; break;
        }
        context_.push(messages::validation(text, line.span()));
    }

    void field(const ast::Field& field, const ast::Block& block) {
        if (const auto colon = field.legacy_colon()) {
            return context_.push(messages::plain("Field declarations don't require a `:`.", *colon));
        }
        const auto type = field.type();
        if (!type) {
            return context_.push(
                messages::model("This field declaration is invalid. It is either missing a name or a type.",
                                block_word(block), block.name(), field.span()));
        }
        switch (type->ending()) {
            case ast::Type::Ending::OptionalList:
                return context_.push(
                    messages::plain("Optional lists are not supported. Use either `Type[]` or `Type?`.", type->span()));
            case ast::Type::Ending::LegacyRequired:
                return context_.push(
                    messages::plain("Fields are required by default, `!` is no longer required.", type->span()));
            case ast::Type::Ending::LegacyList:
                return context_.push(
                    messages::plain("To specify a list, please use `Type[]` instead of `[Type]`.", type->span()));
            case ast::Type::Ending::None:
            case ast::Type::Ending::Optional:
            case ast::Type::Ending::List: return;
        }
    }

    void composite_attribute(const ast::Attribute& attribute, const ast::Block& block) {
        std::string text;
        if (attribute.name() == "map")
            text =
                "The name of a composite type is not persisted in the database, therefore it does not need a mapped "
                "database name.";
        else if (attribute.name() == "unique")
            text = "A unique constraint should be defined in the model containing the embed.";
        else if (attribute.name() == "index")
            text = "An index should be defined in the model containing the embed.";
        else if (attribute.name() == "fulltext")
            text = "A fulltext index should be defined in the model containing the embed.";
        else if (attribute.name() == "id")
            text = "A composite type cannot define an id.";
        else
            text = "Composite types cannot have block attributes.";
        context_.push(messages::validation(text, attribute.span()));
        static_cast<void>(block);
    }

    // All string literals below a node: a subtree is a range of nodes.
    void escapes(const ast::Node& top) {
        const auto first = static_cast<std::uint32_t>(top.id());
        for (std::uint32_t i = first; i < tree_[top.id()].subtree_end; ++i) {
            const ast::Node node{&tree_, syntax::NodeId{i}};
            if (node.kind() != NodeKind::String || node.text().find('\\') == std::string_view::npos) continue;
            std::vector<ast::BadEscape> bad;
            static_cast<void>(ast::unescape(node.text(), &bad));
            for (const ast::BadEscape& escape : bad) {
                const support::Span span{tree_.file(), node.span().begin + escape.begin,
                                         node.span().begin + escape.end};
                context_.push(messages::plain(escape.unicode ? "Invalid unicode escape sequence."
                                                             : "Unknown escape sequence. If the value is a "
                                                               "windows-style path, `\\` must be escaped as `\\\\`.",
                                              span));
            }
        }
    }

    Context& context_;
    const syntax::Tree& tree_;
};

}  // namespace

void check_syntax(Context& context, const syntax::Tree& tree) { SyntaxCheck{context, tree}.run(); }

}  // namespace lamina::schema::rules
