#include "generate/metadata.hpp"

#include <span>
#include <vector>

#include "schema/meta/meta.hpp"

namespace lamina::generate {

namespace {

std::string joined(const std::vector<std::string>& items) {
    std::string result;
    for (const std::string& item : items) result += (result.empty() ? "" : ", ") + item;
    return result;
}

std::string joined(std::span<const meta::FieldId> numbers) {
    std::vector<std::string> items;
    for (const meta::FieldId number : numbers) items.push_back(std::to_string(number));
    return joined(items);
}

std::string default_of(const meta::Default& value) {
    const std::string kind = "{lamina::meta::DefaultKind::";
    switch (value.kind) {
        case meta::DefaultKind::None: return kind + "None}";
        case meta::DefaultKind::Literal: return kind + "Literal, " + literal(value.text) + "}";
        case meta::DefaultKind::Now: return kind + "Now}";
        case meta::DefaultKind::Autoincrement: return kind + "Autoincrement}";
        case meta::DefaultKind::Database: return kind + "Database}";
        case meta::DefaultKind::Cuid: return kind + "Cuid}";
        case meta::DefaultKind::Cuid2: return kind + "Cuid2}";
        case meta::DefaultKind::Uuid4: return kind + "Uuid4}";
        case meta::DefaultKind::Uuid7: return kind + "Uuid7}";
        case meta::DefaultKind::Ulid: return kind + "Ulid}";
        case meta::DefaultKind::Nanoid: return kind + "Nanoid, {}, " + std::to_string(value.length) + "}";
    }
    return kind + "None}";
}

std::string field_of(const meta::Field& field) {
    std::string text = ".name = " + literal(field.name);
    if (field.is_relation) {
        text += ", .is_relation = true";
    } else {
        text +=
            ", .column = " + literal(field.column) + ", .type = lamina::Type::" + std::string(to_string(field.type));
    }
    if (!field.required) text += ", .required = false";
    if (field.list) text += ", .list = true";
    if (field.id) text += ", .id = true";
    if (field.unique) text += ", .unique = true";
    if (field.updated_at) text += ", .updated_at = true";
    if (field.enumeration != meta::kNone) text += ", .enumeration = " + std::to_string(field.enumeration);
    if (field.relation != meta::kNone) text += ", .relation = " + std::to_string(field.relation);
    if (field.default_value.kind != meta::DefaultKind::None) {
        text += ", .default_value = " + default_of(field.default_value);
    }
    if (!field.native.name.empty()) {
        text += ", .native = {" + literal(field.native.name) + ", " + literal(field.native.arguments) + "}";
    }
    return text;
}

std::string labels_of(std::string_view enumeration) {
    const std::string name(enumeration);
    return "{kNamesOf" + name + ", kDbNamesOf" + name + "}";
}

std::string action_of(meta::ReferentialAction action) {
    static constexpr std::string_view kNames[] = {"Cascade", "Restrict", "NoAction", "SetNull", "SetDefault"};
    return ", lamina::meta::ReferentialAction::" + std::string(kNames[static_cast<std::size_t>(action)]);
}

/// The referential actions are told where the client carries them out.
std::string relation_of(const meta::Relation& relation, const std::string& number, bool with_actions) {
    const std::string text = literal(relation.name) + ", " + std::to_string(relation.model_a) + ", " +
                             std::to_string(relation.model_b) + ", " + std::to_string(relation.field_a) + ", " +
                             std::to_string(relation.field_b);
    if (relation.join_table.empty()) {
        return text + ", kForeignKey" + number + ", kReferences" + number + ", {}, {}" +
               (with_actions ? action_of(relation.on_delete) + action_of(relation.on_update) : std::string());
    }
    return text + ", {}, {}, " + literal(relation.join_table) + ", " + literal(relation.join_schema);
}

/// Writes the arrays of the metadata, innermost first.
class Metadata {
public:
    Metadata(Text& text, const meta::Schema& schema) : text_(text), schema_(schema) {}

    void add() {
        text_.line("namespace {").line();
        for (const meta::Enum& enumeration : schema_.enums) add_labels(enumeration);
        for (std::size_t i = 0; i < schema_.models.size(); ++i) add_model(schema_.models[i], std::to_string(i));
        for (std::size_t i = 0; i < schema_.relations.size(); ++i)
            add_relation_fields(schema_.relations[i], std::to_string(i));
        add_models();
        add_enums();
        add_relations();
        text_.line("}  // namespace").line();
        add_schema();
    }

private:
    void add_labels(const meta::Enum& enumeration) {
        std::vector<std::string> names, db_names;
        for (const std::string_view name : enumeration.labels.names) names.push_back(literal(name));
        for (const std::string_view name : enumeration.labels.db_names) db_names.push_back(literal(name));
        text_.line("constexpr std::string_view kNamesOf", enumeration.name, "[] = {", joined(names), "};");
        text_.line("constexpr std::string_view kDbNamesOf", enumeration.name, "[] = {", joined(db_names), "};").line();
    }

    void add_model(const meta::Model& model, const std::string& number) {
        text_.line("constexpr lamina::meta::Field kFields", number, "[] = {  // ", model.name).indent();
        for (const meta::Field& field : model.fields) text_.line("{", field_of(field), "},");
        text_.outdent().line("};");
        std::vector<std::string> keys;
        for (const meta::Key& key : model.keys) {
            const std::string fields = "kKey" + number + "_" + std::to_string(keys.size());
            text_.line("constexpr lamina::meta::FieldId ", fields, "[] = {", joined(key.fields), "};");
            keys.push_back("{" + literal(key.name) + ", " + fields + (key.primary ? ", true}" : "}"));
        }
        if (!keys.empty()) text_.line("constexpr lamina::meta::Key kKeys", number, "[] = {", joined(keys), "};");
        text_.line();
    }

    void add_relation_fields(const meta::Relation& relation, const std::string& number) {
        if (!relation.join_table.empty()) return;
        text_.line("constexpr lamina::meta::FieldId kForeignKey", number, "[] = {", joined(relation.fields), "};");
        text_.line("constexpr lamina::meta::FieldId kReferences", number, "[] = {", joined(relation.references), "};");
    }

    void add_models() {
        if (schema_.models.empty()) return;
        text_.line().line("constexpr lamina::meta::Model kModels[] = {").indent();
        for (std::size_t i = 0; i < schema_.models.size(); ++i) {
            const meta::Model& model = schema_.models[i];
            const std::string number = std::to_string(i);
            text_.line("{", literal(model.name), ", ", literal(model.table), ", ", literal(model.schema), ", kFields",
                       number, model.keys.empty() ? ", {}" : ", kKeys" + number, model.view ? ", true" : "", "},");
        }
        text_.outdent().line("};");
    }

    void add_enums() {
        if (schema_.enums.empty()) return;
        text_.line().line("constexpr lamina::meta::Enum kEnums[] = {").indent();
        for (const meta::Enum& enumeration : schema_.enums) {
            text_.line("{", literal(enumeration.name), ", ", literal(enumeration.type), ", ",
                       literal(enumeration.schema), ", ", labels_of(enumeration.name), "},");
        }
        text_.outdent().line("};");
    }

    void add_relations() {
        if (schema_.relations.empty()) return;
        text_.line().line("constexpr lamina::meta::Relation kRelations[] = {").indent();
        for (std::size_t i = 0; i < schema_.relations.size(); ++i)
            text_.line("{", relation_of(schema_.relations[i], std::to_string(i), schema_.relation_mode_prisma), "},");
        text_.outdent().line("};").line();
    }

    void add_schema() {
        text_.line("const lamina::meta::Schema schema{").indent();
        text_.line(schema_.models.empty() ? "{}," : "kModels,").line(schema_.enums.empty() ? "{}," : "kEnums,");
        text_.line(schema_.relations.empty() ? "{}," : "kRelations,").line(literal(schema_.provider), ",");
        text_.line(schema_.relation_mode_prisma ? "true" : "false");
        text_.outdent().line("};");
    }

    Text& text_;
    const meta::Schema& schema_;
};

}  // namespace

void add_metadata(Text& text, const schema::Schema& schema) {
    const schema::OwnedMeta made(schema);
    Metadata(text, made.schema()).add();
}

}  // namespace lamina::generate
