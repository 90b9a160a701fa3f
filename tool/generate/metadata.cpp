#include "generate/metadata.hpp"

#include <span>
#include <vector>

#include "generate/namer.hpp"

namespace lamina::generate {

namespace {

std::string joined(std::span<const std::string> items) {
    std::string result;
    for (const std::string& item : items) result += (result.empty() ? "" : ", ") + item;
    return result;
}

std::string type_of(const schema::Field& field) {
    return "lamina::Type::" +
           (field.is_enum() ? std::string("Enum") : std::string(schema::to_string(field.scalar_type())));
}

/// A JSON string, for the items of a list's default.
std::string json_string(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            (result += '\\') += c;
        } else if (byte < 0x20) {
            constexpr std::string_view kDigits = "0123456789abcdef";
            result += "\\u00";
            (result += kDigits[byte >> 4U]) += kDigits[byte & 15U];
        } else {
            result += c;
        }
    }
    return result + '"';
}

std::string literal_default(const schema::DefaultValue& value) {
    std::string text = value.text;
    if (value.kind == schema::DefaultValue::Kind::List) {
        text = "[";
        for (const schema::DefaultValue& item : value.items)
            text += (text.size() > 1 ? "," : "") + json_string(item.text);
        text += "]";
    }
    return "{lamina::meta::DefaultKind::Literal, " + literal(text) + "}";
}

/// The number in uuid(7), cuid(2), nanoid(8), or what stands for none.
std::string argument_of(const schema::DefaultValue& value, std::string_view otherwise) {
    return value.items.empty() ? std::string(otherwise) : value.items.front().text;
}

std::string default_of(const schema::DefaultValue& value) {
    using enum schema::DefaultFunction;
    if (value.kind != schema::DefaultValue::Kind::Function) return literal_default(value);
    const std::string kind = "{lamina::meta::DefaultKind::";
    switch (value.function) {
        case Autoincrement: return kind + "Autoincrement}";
        case Sequence:
        case DbGenerated:
        case Auto: return kind + "Database}";
        case Now: return kind + "Now}";
        case Uuid: return kind + (argument_of(value, "4") == "7" ? "Uuid7}" : "Uuid4}");
        case Cuid: return kind + (argument_of(value, "1") == "2" ? "Cuid2}" : "Cuid}");
        case Ulid: return kind + "Ulid}";
        case Nanoid: return kind + "Nanoid, {}, " + argument_of(value, "21") + "}";
    }
    return kind + "None}";
}

/// Writes the arrays of the metadata, innermost first.
class Metadata {
public:
    Metadata(Text& text, const Tables& tables, const schema::Schema& schema)
        : text_(text), tables_(tables), schema_(schema) {}

    void add() {
        text_.line("namespace {").line();
        for (const schema::Enum& enumeration : tables_.enums) add_labels(enumeration);
        for (std::size_t i = 0; i < tables_.models.size(); ++i) add_model(tables_.models[i], std::to_string(i));
        for (std::size_t i = 0; i < tables_.relations.size(); ++i)
            add_relation_fields(tables_.relations[i], std::to_string(i));
        add_models();
        add_enums();
        add_relations();
        text_.line("}  // namespace").line();
        add_schema();
    }

private:
    void add_labels(const schema::Enum& enumeration) {
        std::vector<std::string> names, db_names;
        for (const schema::EnumValue value : enumeration.values()) {
            names.push_back(literal(value.name()));
            db_names.push_back(literal(value.database_name()));
        }
        const std::string name(enumeration.name());
        text_.line("constexpr std::string_view kNamesOf", name, "[] = {", joined(names), "};");
        text_.line("constexpr std::string_view kDbNamesOf", name, "[] = {", joined(db_names), "};").line();
    }

    void add_model(const ClientModel& model, const std::string& number) {
        text_.line("constexpr lamina::meta::Field kFields", number, "[] = {  // ", model.model.name()).indent();
        for (const schema::Field& field : model.fields) text_.line("{", field_of(field), "},");
        text_.outdent().line("};");
        std::vector<std::string> keys;
        for (const schema::Index& key : known_keys(model)) {
            const std::string fields = "kKey" + number + "_" + std::to_string(keys.size());
            std::vector<std::string> indexes;
            for (const schema::Field& field : key.fields()) indexes.push_back(std::to_string(model.index_of(field)));
            text_.line("constexpr lamina::meta::FieldId ", fields, "[] = {", joined(indexes), "};");
            keys.push_back("{" + literal(key.client_name()) + ", " + fields +
                           (key.kind() == schema::IndexKind::PrimaryKey ? ", true}" : "}"));
        }
        if (!keys.empty()) text_.line("constexpr lamina::meta::Key kKeys", number, "[] = {", joined(keys), "};");
        text_.line();
    }

    /// Keys all of whose fields the client knows.
    static std::vector<schema::Index> known_keys(const ClientModel& model) {
        std::vector<schema::Index> keys;
        for (const schema::Index& key : model.model.unique_criteria()) {
            bool known = true;
            for (const schema::Field& field : key.fields())
                known = known && model.index_of(field) < model.fields.size();
            if (known) keys.push_back(key);
        }
        return keys;
    }

    std::string field_of(const schema::Field& field) const {
        std::string text = ".name = " + literal(field.name());
        if (field.is_relation()) {
            text += ", .is_relation = true";
        } else {
            text += ", .column = " + literal(field.column_name()) + ", .type = " + type_of(field);
        }
        if (field.is_optional()) text += ", .required = false";
        if (field.is_list()) text += ", .list = true";
        if (field.is_part_of_id()) text += ", .id = true";
        if (field.is_id() || field.is_unique()) text += ", .unique = true";
        if (field.is_updated_at()) text += ", .updated_at = true";
        if (field.is_enum())
            text += ", .enumeration = " + std::to_string(static_cast<unsigned>(field.enumeration().id()));
        if (field.is_relation()) {
            text += ", .relation = " + std::to_string(tables_.relation_numbers.at(field.as_relation().relation().id()));
        }
        if (field.default_value()) text += ", .default_value = " + default_of(*field.default_value());
        if (field.native_type()) {
            text += ", .native = {" + literal(field.native_type()->name) + ", " +
                    literal(joined(field.native_type()->args)) + "}";
        }
        return text;
    }

    std::string indexes_of(const std::vector<schema::Field>& fields) const {
        std::vector<std::string> indexes;
        for (const schema::Field& field : fields)
            indexes.push_back(std::to_string(tables_.of(field.model()).index_of(field)));
        return joined(indexes);
    }

    void add_relation_fields(const schema::Relation& relation, const std::string& number) {
        if (relation.is_many_to_many()) return;
        text_.line("constexpr lamina::meta::FieldId kForeignKey", number, "[] = {", indexes_of(relation.fields()),
                   "};");
        text_.line("constexpr lamina::meta::FieldId kReferences", number, "[] = {", indexes_of(relation.references()),
                   "};");
    }

    void add_models() {
        if (tables_.models.empty()) return;
        text_.line().line("constexpr lamina::meta::Model kModels[] = {").indent();
        for (std::size_t i = 0; i < tables_.models.size(); ++i) {
            const schema::Model& model = tables_.models[i].model;
            const std::string number = std::to_string(i);
            text_.line("{", literal(model.name()), ", ", literal(model.database_name()), ", ",
                       literal(model.schema().value_or("")), ", kFields", number,
                       known_keys(tables_.models[i]).empty() ? ", {}" : ", kKeys" + number,
                       model.is_view() ? ", true" : "", "},");
        }
        text_.outdent().line("};");
    }

    void add_enums() {
        if (tables_.enums.empty()) return;
        text_.line().line("constexpr lamina::meta::Enum kEnums[] = {").indent();
        for (const schema::Enum& enumeration : tables_.enums) {
            text_.line("{", literal(enumeration.name()), ", ", literal(enumeration.database_name()), ", ",
                       literal(enumeration.schema().value_or("")), ", ", labels_of(enumeration), "},");
        }
        text_.outdent().line("};");
    }

    void add_relations() {
        if (tables_.relations.empty()) return;
        text_.line().line("constexpr lamina::meta::Relation kRelations[] = {").indent();
        for (std::size_t i = 0; i < tables_.relations.size(); ++i)
            text_.line("{", relation_of(tables_.relations[i], std::to_string(i)), "},");
        text_.outdent().line("};").line();
    }

    std::string relation_of(const schema::Relation& relation, const std::string& number) const {
        const schema::RelationField a = relation.owning_side();
        const schema::RelationField b = relation.opposite_side();
        std::string text = literal(relation.name()) + ", " + std::to_string(tables_.model_numbers.at(a.model().id())) +
                           ", " + std::to_string(tables_.model_numbers.at(b.model().id())) + ", " +
                           std::to_string(tables_.of(a.model()).index_of(a.field())) + ", " +
                           std::to_string(tables_.of(b.model()).index_of(b.field()));
        if (!relation.is_many_to_many()) return text + ", kForeignKey" + number + ", kReferences" + number + ", {}, {}";
        return text + ", {}, {}, " + literal(relation.join_table()) + ", " + literal(a.model().schema().value_or(""));
    }

    void add_schema() {
        const auto& datasource = schema_.datasource();
        text_.line("const lamina::meta::Schema schema{").indent();
        text_.line(tables_.models.empty() ? "{}," : "kModels,").line(tables_.enums.empty() ? "{}," : "kEnums,");
        text_.line(tables_.relations.empty() ? "{}," : "kRelations,").line(literal(schema_.provider()), ",");
        text_.line(datasource && datasource->relation_mode == schema::RelationMode::Prisma ? "true" : "false");
        text_.outdent().line("};");
    }

    Text& text_;
    const Tables& tables_;
    const schema::Schema& schema_;
};

}  // namespace

std::string labels_of(const schema::Enum& enumeration) {
    const std::string name(enumeration.name());
    return "{kNamesOf" + name + ", kDbNamesOf" + name + "}";
}

void add_metadata(Text& text, const Tables& tables, const schema::Schema& schema) {
    Metadata(text, tables, schema).add();
}

}  // namespace lamina::generate
