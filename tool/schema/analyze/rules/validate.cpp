#include "schema/analyze/rules/validation.hpp"

namespace lamina::schema::rules {
namespace {

void check_model(const Validation& v, const Model& model, const ConstraintNames& constraint_names,
                 const RelationNames& relation_names) {
    check_unique_criteria(v, model);
    check_view(v, model);
    if (const auto key = model.primary_key()) {
        constraint_names.check(v, *key);
        check_primary_key(v, model);
    }
    check_schema_attribute(v, model);
    check_autoincrement(v, model);
    if (const auto key = model.primary_key()) check_lengths(v, *key);
    check_native_types(v, model);
    for (const Field field : model.fields()) {
        if (field.is_relation()) {
            if (relation_names.check(v, field)) check_relation_field(v, field);
        } else {
            check_scalar_field(v, field);
        }
    }
    check_client_names(v, model);
    for (const Index index : model.indexes()) {
        constraint_names.check(v, index);
        check_index(v, index);
    }
}

}  // namespace

void validate(Context& context, const Schema& schema) {
    const Validation v{context, schema};
    const ConstraintNames constraint_names{v};
    const RelationNames relation_names{schema, context};

    check_composites(v);
    check_table_names(v);
    for (const Model model : schema.models_and_views()) check_model(v, model, constraint_names, relation_names);
    check_enums(v);
    for (const Relation relation : schema.relations()) {
        const RelationData& data = relation.data();
        const auto ambiguous = [&](FieldId id) {
            return id != kNone<FieldId> && relation_names.is_ambiguous(v, Field{&schema, id});
        };
        if (ambiguous(data.owning) || ambiguous(data.opposite)) continue;
        if (relation.is_many_to_many())
            check_many_to_many(v, relation);
        else
            check_foreign_key(v, relation, constraint_names);
    }
    if (context.connector->check_schema != nullptr)
        context.connector->check_schema(*context.connector, schema, *context.out);
}

}  // namespace lamina::schema::rules
