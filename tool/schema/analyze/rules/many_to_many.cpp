#include "schema/analyze/rules/validation.hpp"

namespace lamina::schema::rules {
namespace {

bool has_single_id(const Model& model) {
    const auto key = model.primary_key();
    return key && key->is_single();
}

void check_singular_id(const Validation& v, const Field& field, std::string_view word) {
    const Model related{&v.schema, field.data().target};
    if (!has_single_id(related)) {
        v.push(messages::field(
            "The relation field `" + std::string{field.name()} + "` on " + std::string{word} + " `" +
                std::string{field.model().name()} + "` references `" + std::string{related.name()} +
                "` which does not have an `@id` field. Models without `@id` cannot be part of a many to many "
                "relation. Use an explicit intermediate Model to represent this relationship.",
            word, field.model().name(), field.name(), field.data().span));
        return;
    }
    const auto& references = v.source(field).references;
    if (!references) return;
    const FieldId id = related.primary_key()->index_fields().front().field;
    if (references->size() == 1 && references->front() == id) return;
    std::string names;
    for (const FieldId one : *references) names.append(names.empty() ? "" : ", ").append(Field{&v.schema, one}.name());
    v.push(messages::validation(
        "Implicit many-to-many relations must always reference the id field of the related model. Change the argument "
        "`references` to use the id field of the related model `" +
            std::string{related.name()} + "`. But it is referencing the following fields that are not the id: " + names,
        field.data().span));
}

}  // namespace

void check_many_to_many(const Validation& v, const Relation& relation) {
    const Field sides[] = {relation.owning_side().field(), relation.opposite_side().field()};
    if (v.source(sides[0]).fields || v.source(sides[1]).fields) {
        for (const Field& field : sides) {
            v.push(messages::validation("Embedded many-to-many relations are not supported on " +
                                            std::string{v.connector().display_name} +
                                            ". Please use the syntax defined in "
                                            "https://pris.ly/d/relational-database-many-to-many",
                                        field.data().span));
        }
        return;
    }
    for (const Field& field : sides) {
        if (!field.model().is_view() && !Model{&v.schema, field.data().target}.is_view()) continue;
        v.push(messages::validation("Implicit many-to-many relations are not supported for views.", field.data().span));
    }
    const std::string_view word = sides[0].model().is_view() ? "view" : "model";
    for (const Field& field : sides) check_singular_id(v, field, word);
    for (const Field& field : sides) {
        const RelationSource& source = v.source(field);
        const std::string_view text = "Referential actions on implicit many-to-many relations are not supported";
        if (source.on_delete) v.push(messages::validation(text, source.on_delete_span));
        if (source.on_update) v.push(messages::validation(text, source.on_update_span));
    }
    for (const Field& field : sides) {
        if (!v.source(field).references) continue;
        v.relation_error(
            field,
            "Implicit many-to-many relation should not have references argument defined. Either remove it, or change "
            "the relation to one-to-many.");
    }
}

}  // namespace lamina::schema::rules
