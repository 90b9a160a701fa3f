#include "schema/analyze/rules/validation.hpp"

namespace lamina::schema::rules {
namespace {

bool has_single_id(const Model& model) {
    const auto key = model.primary_key();
    return key && key->is_single();
}

void check_singular_id(const Validation& v, const Field& field) {
    const Model related{&v.schema, field.data().target};
    const std::string word = field.model().is_view() ? "view" : "model";
    if (!has_single_id(related)) {
        v.field_error(field,
                      "The relation field `" + std::string{field.name()} + "` on " + word + " `" +
                          std::string{field.model().name()} + "` references `" + std::string{related.name()} +
                          "` which does not have an `@id` field. Models without `@id` cannot be part of a many to many "
                          "relation. Use an explicit intermediate Model to represent this relationship.");
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
    for (const Field& field : sides) check_singular_id(v, field);
    for (const Field& field : sides) {
        const RelationSource& source = v.source(field);
        if (!source.on_delete && !source.on_update) continue;
        v.push(messages::validation("Referential actions on implicit many-to-many relations are not supported",
                                    field.data().span));
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
