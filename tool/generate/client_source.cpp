#include <algorithm>
#include <vector>

#include "generate/generate.hpp"
#include "generate/metadata.hpp"
#include "generate/namer.hpp"
#include "generate/parts.hpp"
#include "generate/text.hpp"

namespace lamina::generate {

namespace {

/// Writes client.cpp: the metadata, and the definitions of what the headers declare.
class ClientSource {
public:
    ClientSource(const Tables& tables, const schema::Schema& schema) : tables_(tables), schema_(schema) {}

    std::string render() {
        text_.line(std::string(kHeader) + "#include \"client.hpp\"").line();
        text_.line("#include <lamina/gen/bundle_cpp.hpp>").line().line("#include <cstddef>").line();
        text_.line(
            "// Rows and inputs have simple layouts on all supported compilers, whatever the standard calls them.");
        text_.line("#if defined(__GNUC__)")
            .line("#pragma GCC diagnostic ignored \"-Winvalid-offsetof\"")
            .line("#pragma GCC diagnostic ignored \"-Wmissing-field-initializers\"")
            .line("#endif")
            .line();
        text_.line("namespace ", tables_.name_space, " {").line();
        add_metadata(text_, schema_);
        add_to_strings();
        for (const ClientModel& model : tables_.models) add_fields(model);
        for (const ClientModel& model : tables_.models) add_compound_keys(model);
        text_.line().line("}  // namespace ", tables_.name_space).line();
        text_.line("namespace lamina::typed {").line();
        add_enumerations();
        for (const ClientModel& model : tables_.models) add_layouts(model);
        text_.line("}  // namespace lamina::typed");
        return text_.take();
    }

private:
    std::string scope() const { return tables_.name_space + "::"; }

    void add_to_strings() {
        for (const schema::Enum& enumeration : tables_.enums) {
            const std::string name = namer::enumeration(enumeration.name());
            text_.line().line("std::string_view to_string(", name, " value) noexcept {");
            text_.line("  return kNamesOf", enumeration.name(), "[static_cast<std::size_t>(value)];").line("}");
        }
    }

    void add_fields(const ClientModel& model) {
        text_.line().line("namespace ", model.table, " {");
        for (const schema::Field& field : model.fields)
            text_.line("const ", field_object(tables_, model, field), "{};");
        text_.line("}  // namespace ", model.table);
    }

    void add_compound_keys(const ClientModel& model) {
        for (const schema::Index& key : model.model.unique_criteria()) {
            if (key.is_single()) continue;
            text_.line().line("namespace ", model.table, " {");
            std::string parameters;
            std::size_t number = 0;  // the fields' own names would hide the field objects
            for (const schema::Field& field : key.fields()) {
                const std::string type = field.is_enum() ? "::" + scope() + value_type(field) : value_type(field);
                parameters += (parameters.empty() ? "" : ", ") +
                              ("lamina::typed::Arg<" + type + "> value" + std::to_string(++number));
            }
            const std::string name = namer::field(key.client_name());
            text_.line("lamina::Key<::", scope(), model.row, "> ", name, "(", parameters, ") {").indent();
            text_.line("lamina::Key<::", scope(), model.row, "> key;");
            number = 0;
            for (const schema::Field& field : key.fields()) {
                text_.line("key.and_with({lamina::typed::FieldId{", std::to_string(model.index_of(field)),
                           "}, lamina::typed::Comparison::Equals, std::move(value", std::to_string(++number), ")});");
            }
            text_.line("return key;").outdent().line("}").line("}  // namespace ", model.table);
        }
    }

    void add_enumerations() {
        for (const schema::Enum& enumeration : tables_.enums) {
            const std::string name(enumeration.name());
            text_.line("const EnumLabels Enumeration<", scope(), namer::enumeration(name), ">::labels{", scope(),
                       "kNamesOf", name, ", ", scope(), "kDbNamesOf", name, "};");
        }
        if (!tables_.enums.empty()) text_.line();
    }

    void add_layouts(const ClientModel& model) {
        const std::string row = scope() + model.row;
        text_.line("const Slot Model<", row, ">::slots[] = {").indent();
        for (const schema::Field& field : model.fields) {
            if (field.is_relation()) continue;
            const std::string name = namer::field(field.name());
            text_.line("SlotFor<decltype(", row, "::", name, ")>::at(offsetof(", row, ", ", name, ")),");
        }
        text_.outdent().line("};");
        text_.line("const RowLayout Model<", row, ">::layout{slots, {}, sizeof(", row, "), RowFunctions<", row,
                   ">::append, RowFunctions<", row, ">::data, RowFunctions<", row, ">::emplace};");
        if (!model.model.is_view()) {
            add_input(model, "Create", "create");
            add_input(model, "Update", "update");
        }
        text_.line();
    }

    void add_input(const ClientModel& model, const std::string& kind, const std::string& member) {
        const std::string input = scope() + model.row + kind;
        const std::string prefix = "k" + model.row + kind;
        const auto relations = static_cast<std::size_t>(
            std::count_if(model.fields.begin(), model.fields.end(),
                          [](const schema::Field& field) { return field.is_relation() && is_written(field); }));
        const auto scalars = static_cast<std::size_t>(std::count_if(
            model.fields.begin(), model.fields.end(), [](const schema::Field& field) { return !field.is_relation(); }));
        add_input_fields(model, kind, prefix, input);
        if (relations > 0) add_input_relations(model, prefix, input);
        text_.line("const InputLayout Model<", scope(), model.row, ">::", member, "{", literal(model.model.name()),
                   ", sizeof(", input, "), ", prefix, "Fields, ", std::to_string(scalars), ", ",
                   relations > 0 ? prefix + "Relations" : "nullptr", ", ", std::to_string(relations), "};");
    }

    void add_input_fields(const ClientModel& model, const std::string& kind, const std::string& prefix,
                          const std::string& input) {
        text_.line("static constexpr InputField ", prefix, "Fields[] = {").indent();
        for (std::size_t i = 0; i < model.fields.size(); ++i) {
            const schema::Field& field = model.fields[i];
            if (field.is_relation()) continue;
            text_.line("{offsetof(", input, ", ", namer::field(field.name()), "), ", std::to_string(i),
                       kind == "Update" && (is_number(field) || field.is_list()) ? ", true}," : "},");
        }
        text_.outdent().line("};");
    }

    void add_input_relations(const ClientModel& model, const std::string& prefix, const std::string& input) {
        for (std::size_t i = 0; i < model.fields.size(); ++i) {
            const schema::Field& field = model.fields[i];
            if (!field.is_relation() || !is_written(field) || !field.as_relation().holds_foreign_key()) continue;
            text_.line("static constexpr FieldId ", prefix, "Keys", std::to_string(i), "[] = {",
                       key_indexes(model, field), "};");
        }
        text_.line("static constexpr InputRelation ", prefix, "Relations[] = {").indent();
        for (std::size_t i = 0; i < model.fields.size(); ++i) {
            const schema::Field& field = model.fields[i];
            if (field.is_relation() && is_written(field))
                text_.line("{", input_relation(field, i, prefix, input), "},");
        }
        text_.outdent().line("};");
    }

    std::string key_indexes(const ClientModel& model, const schema::Field& field) const {
        std::string indexes;
        for (const schema::Field& key : field.as_relation().relation().fields()) {
            indexes += (indexes.empty() ? "" : ", ") + std::to_string(model.index_of(key));
        }
        return indexes;
    }

    std::string input_relation(const schema::Field& field, std::size_t index, const std::string& prefix,
                               const std::string& input) const {
        const schema::RelationField side = field.as_relation();
        const ClientModel& target = tables_.of(side.related_model());
        std::string text = ".offset = offsetof(" + input + ", " + namer::field(field.name()) +
                           "), .field = " + std::to_string(index) +
                           ", .opposite = " + std::to_string(target.index_of(side.opposite().field()));
        std::string names;
        if (side.holds_foreign_key()) {
            bool omissible = false;
            for (const schema::Field& key : side.relation().fields()) {
                names += (names.empty() ? "" : ", ") + std::string(key.name());
                omissible = omissible || key.may_be_omitted_on_create();
            }
            if (field.is_required() && !omissible) text += ", .required = true";
            text += ", .keys = " + prefix + "Keys" + std::to_string(index) +
                    ", .key_count = " + std::to_string(side.relation().fields().size());
        }
        text += ", .name = " + literal(field.name()) + ", .key_names = " + literal(names) + ", .target = &Model<" +
                scope() + target.row + ">::create";
        if (input.ends_with("Update")) {
            text += ", .target_update = &Model<" + scope() + target.row +
                    ">::update, .kind = InputKind::" + (field.is_list() ? "ToManyChange" : "ToOneChange");
        } else if (field.is_list()) {
            text += ", .kind = InputKind::ToManyInput";
        }
        return text;
    }

    const Tables& tables_;
    const schema::Schema& schema_;
    Text text_;
};

}  // namespace

std::string client_source(const Tables& tables, const schema::Schema& schema) {
    return ClientSource(tables, schema).render();
}

}  // namespace lamina::generate
