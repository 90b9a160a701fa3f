#include <array>

#include "schema/analyze/rules/rules.hpp"

namespace lamina::schema::rules {
namespace {

using ast::NodeKind;

// Words of JavaScript and TypeScript, which Prisma's generated code cannot use as names.
constexpr std::array<std::string_view, 48> kReserved{
    "PrismaClient", "async",      "await",     "break",  "case",     "catch", "class",      "const",
    "continue",     "debugger",   "default",   "delete", "do",       "else",  "enum",       "export",
    "extends",      "false",      "finally",   "for",    "function", "if",    "implements", "import",
    "in",           "instanceof", "interface", "let",    "new",      "null",  "package",    "private",
    "protected",    "public",     "return",    "super",  "switch",   "this",  "throw",      "true",
    "try",          "typeof",     "using",     "var",    "void",     "while", "with",       "yield"};
bool is_reserved(std::string_view name) {
    for (const std::string_view word : kReserved) {
        if (word == name) return true;
    }
    return false;
}

std::string quoted(std::string_view name) { return "\"" + std::string{name} + "\""; }

class Declarer {
public:
    explicit Declarer(Context& context) : context_{context} {}

    void run() {
        for (const syntax::Tree& tree : context_.trees) {
            for (const ast::Block& block : ast::blocks(tree)) declare(block);
        }
    }

private:
    void declare(const ast::Block& block) {
        switch (block.kind()) {
            case NodeKind::Model:
            case NodeKind::View: return model(block);
            case NodeKind::CompositeType: return composite(block);
            case NodeKind::Enum: return enumeration(block);
            case NodeKind::Datasource: return configuration(block, "source", sources_);
            default: return configuration(block, "generator", generators_);
        }
    }

    void check_identifier(std::string_view name, support::Span span, std::string_view what) {
        if (!name.empty() && name.front() >= '0' && name.front() <= '9') {
            context_.push(
                messages::validation("The name of a " + std::string{what} + " must not start with a number.", span));
        } else if (name.find('-') != std::string_view::npos) {
            context_.push(
                messages::validation("The character `-` is not allowed in " + std::string{what} + " names.", span));
        }
    }

    void check_scalar_name(const ast::Block& block) {
        if (!scalar_type(block.name())) return;
        context_.push(messages::plain(quoted(block.name()) + " is a reserved scalar type name and cannot be used.",
                                      block.name_span()));
    }

    void check_attributes(const ast::Item& item) {
        for (const ast::Attribute& attribute : item.attributes())
            check_identifier(attribute.name(), attribute.name_span(), "Attribute");
    }

    // Enters the name of a model, view, type or enum, or says who has it already.
    void take_name(const ast::Block& block, std::string_view word) {
        check_scalar_name(block);
        const auto [at, fresh] = taken_.emplace(block.name(), word);
        if (!fresh) duplicate(block, word, at->second);
    }

    void duplicate(const ast::Block& block, std::string_view word, std::string_view holder) {
        context_.push(messages::plain("The " + std::string{word} + " " + quoted(block.name()) +
                                          " cannot be defined because a " + std::string{holder} +
                                          " with that name already exists.",
                                      block.name_span()));
    }

    void model(const ast::Block& block) {
        const bool is_view = block.kind() == NodeKind::View;
        const std::string_view word = is_view ? "view" : "model";
        check_identifier(block.name(), block.name_span(), is_view ? "view" : "Model");
        if (is_reserved(block.name())) {
            context_.push(messages::model("The " + std::string{word} + " name `" + std::string{block.name()} +
                                              "` is invalid. It is a reserved name. Please change it. Read more at "
                                              "https://pris.ly/d/naming-models",
                                          word, block.name(), block.span()));
        }
        take_name(block, word);
        const ModelId id{static_cast<std::uint32_t>(context_.data.models.size())};
        context_.models.insert_or_assign(block.name(), id);

        ModelData data;
        data.name = block.name();
        data.documentation = block.documentation();
        data.is_view = is_view;
        data.span = block.span();
        data.name_span = block.name_span();
        data.first_field = static_cast<std::uint32_t>(context_.data.fields.size());
        auto& names = context_.model_fields.emplace_back();
        for (const ast::Field& field : block.fields()) {
            check_identifier(field.name(), field.name_span(), is_view ? "field" : "Field");
            check_attributes(field);
            if (!is_usable(field)) continue;
            const FieldId field_id{static_cast<std::uint32_t>(context_.data.fields.size())};
            if (!names.insert_or_assign(field.name(), field_id).second) {
                context_.push(messages::field_twice(word, block.name(), field.name(), field.name_span()));
            }
            context_.data.fields.push_back(field_data(field, id));
            context_.field_nodes.push_back(field);
        }
        check_attributes(block);
        data.field_count = static_cast<std::uint32_t>(context_.data.fields.size()) - data.first_field;
        context_.blocks.emplace_back(id);
        context_.data.models.push_back(std::move(data));
        context_.model_nodes.push_back(block);
        context_.model_map_spans.push_back(block.span());
        context_.model_schema_spans.push_back(block.span());
    }

    // Fields whose type is missing or in an old spelling have been reported, and are no fields.
    static bool is_usable(const ast::Field& field) {
        if (field.legacy_colon()) return false;
        const auto type = field.type();
        if (!type) return false;
        const ast::Type::Ending ending = type->ending();
        return ending == ast::Type::Ending::None || ending == ast::Type::Ending::Optional ||
               ending == ast::Type::Ending::List;
    }

    static FieldData field_data(const ast::Field& field, ModelId model) {
        FieldData data;
        data.name = field.name();
        data.documentation = field.documentation();
        data.model = model;
        data.span = field.span();
        data.name_span = field.name_span();
        data.type_span = field.type()->span();
        return data;
    }

    void composite(const ast::Block& block) {
        check_identifier(block.name(), block.name_span(), "Composite type");
        if (is_reserved(block.name())) {
            context_.push(
                messages::validation("The composite type name `" + std::string{block.name()} +
                                         "` is invalid. It is a reserved name. Please change it. Read more at "
                                         "https://pris.ly/d/naming-models",
                                     block.span()));
        }
        const CompositeId id{static_cast<std::uint32_t>(context_.data.composites.size())};
        take_name(block, "composite type");
        context_.composites.insert_or_assign(block.name(), id);
        CompositeData data;
        data.name = block.name();
        data.documentation = block.documentation();
        data.span = block.span();
        data.name_span = block.name_span();
        std::unordered_map<std::string_view, bool> names;
        for (const ast::Field& field : block.fields()) {
            if (!is_usable(field)) continue;
            if (!names.emplace(field.name(), true).second) {
                context_.push(messages::field_twice("composite type", block.name(), field.name(), field.name_span()));
            }
            data.fields.push_back(field_data(field, kNone<ModelId>));
        }
        context_.blocks.emplace_back(id);
        context_.data.composites.push_back(std::move(data));
        context_.composite_nodes.push_back(block);
    }

    void enumeration(const ast::Block& block) {
        check_identifier(block.name(), block.name_span(), "Enum");
        if (is_reserved(block.name())) {
            context_.push(messages::enumeration(
                "The enum name `" + std::string{block.name()} +
                    "` is invalid. It is a reserved name. Please change it. Read more at "
                    "https://www.prisma.io/docs/reference/tools-and-interfaces/prisma-schema/data-model#naming-enums",
                block.name(), block.span()));
        }
        const EnumId id{static_cast<std::uint32_t>(context_.data.enums.size())};
        take_name(block, "enum");
        if (block.enum_values().empty()) {
            context_.push(messages::validation("An enum must have at least one value.", block.span()));
        }
        context_.enums.insert_or_assign(block.name(), id);
        EnumData data;
        data.name = block.name();
        data.documentation = block.documentation();
        data.span = block.span();
        data.name_span = block.name_span();
        data.first_value = static_cast<std::uint32_t>(context_.data.enum_values.size());
        std::unordered_map<std::string_view, bool> names;
        for (const ast::Item& value : block.enum_values()) {
            check_identifier(value.name(), value.name_span(), "Enum Value");
            if (!names.emplace(value.name(), true).second) {
                context_.push(messages::plain(
                    "Value " + quoted(value.name()) + " is already defined on enum " + quoted(block.name()) + ".",
                    value.span()));
            }
            EnumValueData value_data;
            value_data.name = value.name();
            value_data.documentation = value.documentation();
            value_data.owner = id;
            value_data.span = value.span();
            context_.data.enum_values.push_back(std::move(value_data));
            context_.enum_value_nodes.push_back(value);
        }
        data.value_count = static_cast<std::uint32_t>(context_.data.enum_values.size()) - data.first_value;
        context_.blocks.emplace_back(id);
        context_.data.enums.push_back(std::move(data));
        context_.enum_nodes.push_back(block);

        context_.enum_schema_spans.push_back(block.span());
    }

    void configuration(const ast::Block& block, std::string_view word,
                       std::unordered_map<std::string_view, std::string_view>& taken) {
        std::unordered_map<std::string_view, bool> keys;
        for (const ast::KeyValue& setting : block.settings()) {
            if (keys.emplace(setting.name(), true).second) continue;
            context_.push(messages::plain("Key " + quoted(setting.name()) + " is already defined in " +
                                              std::string{word} + " " + quoted(block.name()) + ".",
                                          setting.span()));
        }
        check_scalar_name(block);
        if (!taken.emplace(block.name(), word).second) duplicate(block, word, word);
    }

    Context& context_;
    std::unordered_map<std::string_view, std::string_view> taken_, sources_, generators_;
};

}  // namespace

void declare(Context& context) { Declarer{context}.run(); }

}  // namespace lamina::schema::rules
