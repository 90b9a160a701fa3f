#include "lsp/occurrences.hpp"

#include "schema/model/types.hpp"

namespace lamina::lsp {
namespace {

// One name in a schema: what kind of thing it names there, and whose.
struct Mention {
    SymbolKind kind = SymbolKind::Type;
    std::string_view name;
    std::string_view owner;  // Field, EnumValue: the type that declares it
    Occurrence where;
};

// Calls `see` for every name that a block writes.
template <class See>
class Walk {
public:
    Walk(const Snapshot& snapshot, const ast::Block& block, See& see) : snapshot_{snapshot}, block_{block}, see_{see} {}

    void run() {
        const std::string_view name = block_.name();
        switch (block_.kind()) {
            case NodeKind::Datasource: see({SymbolKind::Datasource, name, {}, {block_.name_span()}}); break;
            case NodeKind::Model:
            case NodeKind::View:
            case NodeKind::CompositeType:
            case NodeKind::Enum: see({SymbolKind::Type, name, {}, {block_.name_span()}}); break;
            default: return;
        }
        for (const auto id : block_.child_ids()) {
            const ast::Node child{&block_.tree(), id};
            if (child.kind() == NodeKind::Field) field(ast::Field{child});
            if (child.kind() == NodeKind::EnumValue) enum_value(ast::Item{child});
            if (child.kind() == NodeKind::BlockAttribute) block_attribute(ast::Attribute{child});
        }
    }

private:
    void see(const Mention& mention) { see_(block_, mention); }

    void enum_value(const ast::Item& value) {
        see({SymbolKind::EnumValue, value.name(), block_.name(), {value.name_span()}});
    }

    void field(const ast::Field& field) {
        see({SymbolKind::Field, field.name(), block_.name(), {field.name_span()}});
        const auto type = field.type();
        if (type && !type->unsupported()) {
            const bool scalar = schema::scalar_type(type->name()).has_value() && !snapshot_.type(type->name());
            const SymbolKind kind = scalar ? SymbolKind::ScalarType : SymbolKind::Type;
            see({kind, type->name(), {}, {type->name_span(), Role::FieldType}});
        }
        for (const ast::Attribute& attribute : field.attributes()) field_attribute(field, attribute);
    }

    void field_attribute(const ast::Field& field, const ast::Attribute& attribute) {
        const std::string_view name = attribute.name();
        if (name == "relation") {
            fields(argument(attribute, "fields"), block_.name(), Role::RelationField, Role::RelationField);
            fields(argument(attribute, "references"), type_name(field), Role::RelationReference,
                   Role::RelationReference);
        } else if (name == "default") {
            for (const ast::Expression& value : elements_of(default_argument(attribute, "value"))) {
                if (!value.is_constant()) continue;
                see({SymbolKind::EnumValue, value.text(), type_name(field), {value.span(), Role::DefaultValue}});
            }
        } else if (const std::size_t dot = name.find('.'); dot != std::string_view::npos) {
            const Span path = attribute.name_span();
            see({SymbolKind::Datasource, name.substr(0, dot), {}, {path, Role::NativeType}});
        }
    }

    void block_attribute(const ast::Attribute& attribute) {
        if (!lists_fields(attribute)) return;
        fields(default_argument(attribute, "fields"), block_.name(), Role::IndexField, Role::IndexFieldCall);
    }

    void fields(const std::optional<ast::Expression>& list, std::string_view owner, Role plain, Role call) {
        for (const ast::Expression& element : elements_of(list)) {
            const auto span = field_name_in(element);
            if (!span) continue;
            see({SymbolKind::Field, snapshot_.text(*span), owner, {*span, element.is_call() ? call : plain}});
        }
    }

    const Snapshot& snapshot_;
    const ast::Block& block_;
    See& see_;
};

template <class See>
void walk(const Snapshot& snapshot, const ast::Block& block, See see) {
    Walk<See>{snapshot, block, see}.run();
}

// A native type is meant from its `@` on.
bool touches_mention(const Mention& mention, std::size_t offset) {
    Span span = mention.where.span;
    if (mention.where.role == Role::NativeType) span.begin -= 1;
    return touches(span, offset);
}

std::optional<Symbol> resolve(const Snapshot& snapshot, const ast::Block& block, const Mention& mention) {
    Symbol symbol{mention.kind, mention.name, std::nullopt, std::nullopt, mention.where};
    switch (mention.kind) {
        case SymbolKind::ScalarType: return symbol;
        case SymbolKind::Datasource:
            symbol.block = snapshot.datasource();
            if (!symbol.block || symbol.block->name() != mention.name) return std::nullopt;
            symbol.declaration = symbol.block->name_span();
            return symbol;
        case SymbolKind::Type:
            symbol.block = mention.where.role == Role::Declaration ? block : snapshot.type(mention.name);
            if (symbol.block) symbol.declaration = symbol.block->name_span();  // else a type that is yet to be written
            return symbol;
        case SymbolKind::Field:
        case SymbolKind::EnumValue: break;
    }
    symbol.block = mention.owner == block.name() ? block : snapshot.type(mention.owner);
    if (!symbol.block) return std::nullopt;
    if (mention.where.role == Role::Declaration) {
        symbol.declaration = mention.where.span;
    } else if (mention.kind == SymbolKind::Field) {
        const auto field = find_field(*symbol.block, mention.name);
        if (!field) return std::nullopt;
        symbol.declaration = field->name_span();
    } else {
        for (const ast::Item& value : symbol.block->enum_values()) {
            if (value.name() == mention.name) symbol.declaration = value.name_span();
        }
        if (!symbol.declaration) return std::nullopt;
    }
    return symbol;
}

}  // namespace

std::optional<Symbol> symbol_at(const Snapshot& snapshot, FileId file, std::size_t offset) {
    const auto block = block_at(snapshot, file, offset);
    if (!block) return std::nullopt;
    std::optional<Mention> found;
    walk(snapshot, *block, [&](const ast::Block&, const Mention& mention) {
        if (!found && touches_mention(mention, offset)) found = mention;
    });
    return found ? resolve(snapshot, *block, *found) : std::nullopt;
}

std::vector<Occurrence> occurrences(const Snapshot& snapshot, const Symbol& symbol) {
    std::vector<Occurrence> out;
    if (symbol.declaration) out.push_back({*symbol.declaration, Role::Declaration});
    const bool owned = symbol.kind == SymbolKind::Field || symbol.kind == SymbolKind::EnumValue;
    const std::string_view owner = owned && symbol.block ? symbol.block->name() : std::string_view{};
    for (const ast::Block& block : snapshot.blocks()) {
        walk(snapshot, block, [&](const ast::Block&, const Mention& mention) {
            if (mention.kind != symbol.kind || mention.name != symbol.name || mention.owner != owner) return;
            if (mention.where.role != Role::Declaration) out.push_back(mention.where);
        });
    }
    return out;
}

}  // namespace lamina::lsp
