#include <set>

#include "generate/generate.hpp"
#include "generate/namer.hpp"
#include "generate/parts.hpp"
#include "generate/text.hpp"

namespace lamina::generate {

namespace {

/// Writes the header of one model.
class ModelHeader {
public:
    ModelHeader(const Tables& tables, const ClientModel& model) : tables_(tables), model_(model) {}

    std::string render() {
        text_.line(std::string(kHeader) + "#pragma once").line();
        text_.line("#include <lamina/gen/model_hpp.hpp>").line();
        text_.line("#include \"enums.hpp\"").line();
        text_.line("namespace ", tables_.name_space, " {").line();
        add_forward_declarations();
        add_row();
        add_fields();
        if (!model_.model.is_view()) {
            add_input("Create", [this](const schema::Field& field) { return create_member(field); });
            add_input("Update", [this](const schema::Field& field) { return update_member(field); });
        }
        text_.line().line("}  // namespace ", tables_.name_space).line();
        add_description();
        return text_.take();
    }

private:
    void add_forward_declarations() {
        std::set<std::string> others;
        for (const schema::Field& field : model_.fields) {
            if (field.is_relation()) others.insert(target(field).row);
        }
        others.erase(model_.row);
        for (const std::string& other : others)
            text_.line("struct ", other, ";").line("struct ", other, "Create;").line("struct ", other, "Update;");
        if (!model_.model.is_view())
            text_.line("struct ", model_.row, "Create;").line("struct ", model_.row, "Update;");
    }

    void add_row() {
        text_.line().documentation(model_.model.documentation());
        text_.line("struct ", model_.row, " {").indent();
        for (const schema::Field& field : model_.fields) {
            if (field.is_relation()) continue;
            text_.documentation(field.documentation());
            text_.line(inside_row(field), " ", namer::field(field.name()), "{};");
        }
        text_.line().line("friend bool operator==(const ", model_.row, "&, const ", model_.row, "&) = default;");
        text_.outdent().line("};");
    }

    /// In a struct a member may hide a type of the same name, so enums are named in full.
    std::string inside_row(const schema::Field& field) const {
        std::string type = member_type(field);
        if (field.is_enum()) {
            const std::string name = value_type(field);
            type.replace(type.find(name), name.size(), "::" + tables_.name_space + "::" + name);
        }
        return type;
    }

    void add_fields() {
        text_.line().line("namespace ", model_.table, " {").line("namespace field {").line();
        text_.line("// Composed rows have simple layouts, whatever the standard calls them.");
        add_offsetof_pragma(text_, "push");
        for (std::size_t i = 0; i < model_.fields.size(); ++i) add_field(model_.fields[i], i);
        add_offsetof_pragma(text_, "pop");
        text_.line().line("}  // namespace field").line();
        // Declared only, because a definition instantiates the type: client.cpp has it. Named in full, so that clang's
        // errors do so as well.
        for (const schema::Field& field : model_.fields)
            text_.line("extern const ", field_object(tables_, model_, field), ";");
        add_compound_keys();
        text_.line().line("}  // namespace ", model_.table);
    }

    /// A template only so that a program compiles those fields that it uses. No field of a schema begins with `_`.
    void add_field(const schema::Field& field, std::size_t index) {
        const std::string name = namer::field(field.name());
        const std::string type = namer::field_type(field.name());
        text_.line("template <class _lazy = void>");
        text_.line("struct ", type, " : lamina::typed::", base_of(field, type + "<_lazy>", std::to_string(index)), " {")
            .indent();
        if (field.is_relation()) {
            text_.line("template <class T>").line("struct RowMember {").line("  T ", name, "{};").line("};");
        } else {
            text_.line("template <class T = ", inside_row(field), ">").line("struct RowMember {");
            text_.line("  T ", name, "{};").line("};");
        }
        text_.line("template <class Row>");
        text_.line("static constexpr std::size_t offset_in = offsetof(Row, ", name, ");");
        text_.outdent().line("};");
    }

    std::string base_of(const schema::Field& field, const std::string& name, const std::string& index) const {
        const std::string start = "<" + name + ", " + row_name() + ", ";
        if (field.is_relation()) {
            const char* kind = field.is_list() ? "ToMany" : field.is_optional() ? "ToOneOrNone" : "ToExactlyOne";
            return kind + start + "::" + tables_.name_space + "::" + target(field).row + ", " + index + ">";
        }
        std::string type = value_type(field);
        if (field.is_enum()) type = "::" + tables_.name_space + "::" + type;
        if (field.is_list()) return "List" + start + type + ", " + index + ">";
        const std::string properties = index + ", " + properties_of(field) + ">";
        if (field.is_enum()) return "Scalar" + start + type + ", " + properties;
        switch (field.scalar_type()) {
            case schema::ScalarType::String: return "Text" + start + properties;
            case schema::ScalarType::Json: return "Document" + start + properties;
            case schema::ScalarType::Boolean:
            case schema::ScalarType::Bytes: return "Scalar" + start + type + ", " + properties;
            case schema::ScalarType::Int:
            case schema::ScalarType::BigInt:
            case schema::ScalarType::Float:
            case schema::ScalarType::Decimal:
            case schema::ScalarType::DateTime: return "Ordered" + start + type + ", " + properties;
        }
        return {};
    }

    static std::string properties_of(const schema::Field& field) {
        const bool unique = field.is_id() || field.is_unique();
        if (unique && field.is_optional()) return "lamina::typed::kUnique | lamina::typed::kNullable";
        if (unique) return "lamina::typed::kUnique";
        return field.is_optional() ? "lamina::typed::kNullable" : "lamina::typed::kPlain";
    }

    void add_compound_keys() {
        for (const schema::Index& key : model_.model.unique_criteria()) {
            if (key.is_single()) continue;
            std::string parameters;
            for (const schema::Field& field : key.fields()) {
                const std::string type =
                    field.is_enum() ? "::" + tables_.name_space + "::" + value_type(field) : value_type(field);
                parameters += (parameters.empty() ? "" : ", ") +
                              ("lamina::typed::Arg<" + type + "> " + namer::field(field.name()));
            }
            text_.line().line("/// The row with this key.");
            text_.line("lamina::Key<", row_name(), "> ", namer::field(key.client_name()), "(", parameters, ");");
        }
    }

    template <class Member>
    void add_input(const std::string& kind, Member member) {
        text_.line();
        text_.line(kind == "Create" ? "/// What a new row holds." : "/// What changes in a row.");
        text_.line("struct ", model_.row, kind, " {").indent();
        for (const schema::Field& field : model_.fields) {
            if (is_written(field)) text_.line(member(field));
        }
        text_.outdent().line("};");
    }

    std::string create_member(const schema::Field& field) const {
        const std::string name = namer::field(field.name());
        if (field.is_relation()) return relation_member(field, "Input", "");
        if (is_required_on_create(field)) {
            return "lamina::Required<" + inside_row(field) + ", " + model_.table +
                   "::field::" + namer::field_type(field.name()) + "<>> " + name + ";";
        }
        return "lamina::Given<" + inside_row(field) + "> " + name + "{};";
    }

    std::string update_member(const schema::Field& field) const {
        if (field.is_relation()) return relation_member(field, "Change", "Update");
        const char* given = field.is_list() ? "GivenList<" : is_number(field) ? "GivenNumber<" : "Given<";
        return std::string("lamina::") + given + inside_row(field) + "> " + namer::field(field.name()) + "{};";
    }

    /// `update`: the name of the other model's update input without the model's; empty: it takes no part.
    std::string relation_member(const schema::Field& field, const char* kind, const std::string& update) const {
        const std::string other = "::" + tables_.name_space + "::" + target(field).row;
        return std::string("lamina::") + (field.is_list() ? "ToMany" : "ToOne") + kind + "<" + other + ", " + other +
               "Create" + (update.empty() ? "" : ", " + other + update) + "> " + namer::field(field.name()) + "{};";
    }

    /// Model<…>: what the typed face asks about the model.
    void add_description() {
        const std::string scope = tables_.name_space + "::";
        std::string scalars;
        std::size_t columns = 0;
        for (const schema::Field& field : model_.fields) {
            if (field.is_relation()) continue;
            ++columns;
            scalars += (scalars.empty() ? "" : ", ") + scope + model_.table +
                       "::field::" + namer::field_type(field.name()) + "<>";
        }
        const bool view = model_.model.is_view();
        text_.line("template <>").line("struct lamina::typed::Model<", scope, model_.row, "> {").indent();
        if (!view) {
            text_.line("using Create = ", scope, model_.row, "Create;")
                .line("using Update = ", scope, model_.row, "Update;");
        }
        text_.line("using Scalars = Fields<", scalars, ">;");
        text_.line("static constexpr ModelId id = ", std::to_string(tables_.model_numbers.at(model_.model.id())), ";");
        text_.line("static const Slot slots[", std::to_string(columns), "];").line("static const RowLayout layout;");
        if (!view) text_.line("static const InputLayout create;").line("static const InputLayout update;");
        text_.line("struct delegate {").indent();
        text_.line("lamina::", view ? "ViewDelegate" : "Delegate", "<", scope, model_.row, "> ", model_.table, ";");
        text_.line("explicit delegate(Session& on) noexcept : ", model_.table, "(on) {}").outdent().line("};");
        text_.outdent().line("};");
    }

    std::string row_name() const { return "::" + tables_.name_space + "::" + model_.row; }
    const ClientModel& target(const schema::Field& field) const {
        return tables_.of(field.as_relation().related_model());
    }

    const Tables& tables_;
    const ClientModel& model_;
    Text text_;
};

}  // namespace

std::string field_object(const Tables& tables, const ClientModel& model, const schema::Field& field) {
    return "::" + tables.name_space + "::" + model.table + "::field::" + namer::field_type(field.name()) + "<> " +
           namer::field(field.name());
}

std::string model_header(const Tables& tables, const ClientModel& model) { return ModelHeader(tables, model).render(); }

}  // namespace lamina::generate
