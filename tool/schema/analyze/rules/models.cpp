#include <algorithm>
#include <map>

#include "schema/analyze/rules/validation.hpp"

namespace lamina::schema::rules {
namespace {

std::string joined(const std::vector<Field>& fields, std::string_view separator) {
    std::string out;
    for (const Field& field : fields) {
        if (!out.empty()) out += separator;
        out += field.name();
    }
    return out;
}

bool leads_an_index(const Model& model, const Field& field) {
    const auto leads = [&](const Index& index) {
        return !index.index_fields().empty() && index.index_fields().front().field == field.id();
    };
    if (const auto key = model.primary_key(); key && leads(*key)) return true;
    for (const Index index : model.indexes()) {
        if (leads(index)) return true;
    }
    return false;
}

}  // namespace

void check_table_names(const Validation& v) {
    std::map<std::pair<std::string, std::string_view>, Model> seen;
    for (const Model model : v.schema.models_and_views()) {
        const auto [at, fresh] = seen.try_emplace({model.schema().value_or(""), model.database_name()}, model);
        if (fresh) continue;
        // The complaint belongs to the one that was renamed.
        const bool this_is_mapped = model.data().mapped_name.has_value();
        const Model& wrong = this_is_mapped ? model : at->second;
        const Model& holder = this_is_mapped ? at->second : model;
        const std::string word = wrong.is_view() ? "view" : "model";
        v.push(messages::plain("The " + word + " with database name \"" + std::string{model.database_name()} +
                                   "\" could not be defined because another model or view with this name exists: \"" +
                                   std::string{holder.name()} + "\"",
                               v.context.model_map_spans[static_cast<std::size_t>(wrong.id())]));
    }
}

void check_unique_criteria(const Validation& v, const Model& model) {
    if (model.is_ignored() || model.is_view() || model.required_unique()) return;
    std::string text =
        "Each model must have at least one unique criteria that has only required fields. Either mark a single field "
        "with "
        "`@id`, `@unique` or add a multi field criterion with `@@id([])` or `@@unique([])` to the model.";
    std::string loose;
    for (const Index index : model.unique_criteria()) {
        if (!index.index_fields().empty()) loose += "\n- " + joined(index.fields(), ", ");
    }
    if (!loose.empty()) {
        text +=
            " The following unique criterias were not considered as they contain fields that are not required:" + loose;
    }
    v.model_error(model, text, model.data().span);
}

void check_schema_attribute(const Validation& v, const Model& model) {
    const auto& source = v.schema.datasource();
    if (!model.schema()) {
        if (source && !source->schemas.empty()) {
            v.model_error(
                model,
                "This " + std::string{model.is_view() ? "view" : "model"} + " is missing an `@@schema` attribute.",
                model.data().span);
        }
        return;
    }
    if (!v.connector().can(Capability::MultiSchema)) {
        v.push(messages::plain("@@schema is not supported on the current datasource provider",
                               v.context.model_schema_spans[static_cast<std::size_t>(model.id())]));
    } else if (source &&
               std::find(source->schemas.begin(), source->schemas.end(), *model.schema()) == source->schemas.end()) {
        Diagnostic diagnostic = messages::plain(
            "This schema is not defined in the datasource. Read more on `@@schema` at https://pris.ly/d/multi-schema",
            v.context.model_schema_spans[static_cast<std::size_t>(model.id())]);
        const std::vector<std::string_view> known{source->schemas.begin(), source->schemas.end()};
        diagnostic.hint = messages::did_you_mean(*model.schema(), known);
        v.push(std::move(diagnostic));
    }
}

void check_primary_key(const Validation& v, const Model& model) {
    const Index key = *model.primary_key();
    if (key.index_fields().empty()) {
        return v.index_error(
            key, "The list of fields in an `@@id()` attribute cannot be empty. Please specify at least one field.");
    }
    if (key.data().mapped_name && !v.connector().can(Capability::NamedPrimaryKeys)) {
        v.model_error(
            model,
            "You defined a database name for the primary key on the model. This is not supported by the provider.",
            model.data().span);
    }
    const auto& parts = key.index_fields();
    const bool length = std::any_of(parts.begin(), parts.end(), [](const IndexField& part) { return part.length; });
    const bool sort = std::any_of(parts.begin(), parts.end(), [](const IndexField& part) { return part.sort; });
    if (length && !v.connector().can(Capability::IndexLengthPrefix)) {
        v.index_error(key, "The length argument is not supported in the primary key with the current connector");
    }
    if (sort && !v.connector().can(Capability::SortInPrimaryKey)) {
        v.index_error(key, "The sort argument is not supported in the primary key with the current connector");
    }
    if (key.clustered() && !v.connector().can(Capability::Clustering)) {
        v.index_error(key, "Defining clustering is not supported in the current connector.");
    }
}

void check_autoincrement(const Validation& v, const Model& model) {
    std::vector<Field> fields;
    for (const Field field : model.fields()) {
        if (!field.is_relation() && field.is_autoincrement()) fields.push_back(field);
    }
    if (fields.empty()) return;
    const auto error = [&](const Field& field, std::string_view text) {
        v.push(messages::attribute(text, "@default", v.default_span(field)));
    };
    if (fields.size() > 1 && !v.connector().can(Capability::AutoIncrementMultiple)) {
        v.push(
            messages::attribute("The `autoincrement()` default value is used multiple times on this model even though "
                                "the underlying datasource only "
                                "supports one instance per table.",
                                "@default", model.data().span));
    }
    for (const Field& field : fields) {
        if (!field.is_id() && !v.connector().can(Capability::AutoIncrementOnNonId)) {
            error(field,
                  "The `autoincrement()` default value is used on a non-id field even though the datasource does not "
                  "support "
                  "this.");
        }
        if (!v.connector().can(Capability::AutoIncrementNonIndexed) && !leads_an_index(model, field)) {
            error(field,
                  "The `autoincrement()` default value is used on a non-indexed field even though the datasource does "
                  "not "
                  "support this.");
        }
    }
}

ClientNames::ClientNames(const Model& model) {
    for (const Index index : model.unique_criteria()) {
        if (index.name()) custom_[*index.name()].push_back(index);
    }
}

void ClientNames::check(const Validation& v, const Index& index) const {
    const Model model = index.model();
    const std::string attribute = attribute_name(index.data());
    if (index.name()) {
        const auto same = custom_.find(*index.name());
        if (same == custom_.end() || same->second.size() < 2) return;
        return v.index_error(index,
                             "The given custom name `" + *index.name() +
                                 "` has to be unique on the model. Please provide a different name for the `name` "
                                 "argument.");
    }
    if (!index.is_unique() || index.index_fields().size() < 2) return;
    const auto field = v.context.find_field(model.id(), index.client_name());
    if (!field) return;
    const std::string kind = index.kind() == IndexKind::PrimaryKey ? "attribute's name" : "name";
    v.model_error(model,
                  "The field `" + std::string{Field{&v.schema, *field}.name()} + "` clashes with the `" + attribute +
                      "` " + kind + ". Please resolve the conflict by providing a custom id name: `" + attribute +
                      "([...], name: \"custom_name\")`",
                  index.data().span);
}

void ClientNames::check(const Validation& v, const Field& field) const {
    const auto same = custom_.find(std::string{field.name()});
    if (same == custom_.end()) return;
    for (const Index& index : same->second) {
        v.model_error(field.model(),
                      "The custom name `" + *index.name() + "` specified for the `" + attribute_name(index.data()) +
                          "` attribute is already used as a name for a field. Please choose a different name.",
                      field.model().data().span);
    }
}

// The primary key is clustered unless it says otherwise.
void check_clustering(const Validation& v, const Model& model) {
    if (!v.connector().can(Capability::Clustering)) return;
    const Index key = *model.primary_key();
    if (key.clustered() == false) return;
    for (const Index index : model.indexes()) {
        if (index.clustered() == true) return v.index_error(key, "A model can only hold one clustered index or id.");
    }
}

}  // namespace lamina::schema::rules
