#include "schema/analyze/rules/validation.hpp"

namespace lamina::schema::rules {
namespace {

// What the database says about the types of keys and indexes.
void check_keys_by_database(const Validation& v, const Model& model) {
    const Connector& connector = v.connector();
    if (connector.check_index == nullptr) return;
    for (const Index index : model.indexes())
        connector.check_index(connector, index, index.data().span, *v.context.out);
    if (const auto key = model.primary_key()) connector.check_index(connector, *key, key->data().span, *v.context.out);
}

// False when a relation is ambiguous: what else would be said about relations is noise then.
bool check_fields(const Validation& v, const Model& model, const ConstraintNames& constraint_names,
                  const RelationNames& relation_names, const ClientNames& client_names) {
    for (const Field field : model.fields()) {
        if (field.is_relation()) continue;
        client_names.check(v, field);
        check_scalar_field(v, field);
        constraint_names.check_default(v, field);
        check_native_type(v, field);
        check_default_name(v, field);
        check_default(v, field);
    }
    for (const Field field : model.fields()) {
        if (!field.is_relation()) continue;
        client_names.check(v, field);
        if (!relation_names.check(v, field)) return false;
        check_relation_field(v, field);
    }
    return true;
}

bool check_model(const Validation& v, const Model& model, const ConstraintNames& constraint_names,
                 const RelationNames& relation_names) {
    const ClientNames client_names{model};
    check_unique_criteria(v, model);
    if (const auto key = model.primary_key()) {
        constraint_names.check(v, *key);
        client_names.check(v, *key);
        check_primary_key(v, model);
        check_clustering(v, model);
    }
    check_schema_attribute(v, model);
    check_shard_keys(v, model);
    check_keys_by_database(v, model);
    check_autoincrement(v, model);
    if (const auto key = model.primary_key()) check_lengths(v, *key);
    if (!check_fields(v, model, constraint_names, relation_names, client_names)) return false;
    for (const Index index : model.indexes()) {
        constraint_names.check(v, index);
        client_names.check(v, index);
        check_index(v, index);
    }
    return true;
}

}  // namespace

void validate(Context& context, const Schema& schema) {
    const Validation v{context, schema};
    const ConstraintNames constraint_names{v};
    const RelationNames relation_names{schema, context};

    check_default_functions(v);
    check_extensions(v);
    check_composites(v);
    check_table_names(v);
    for (const Model model : schema.models_and_views()) {
        if (!model.is_view() && !check_model(v, model, constraint_names, relation_names)) return;
    }
    for (const Model view : schema.models_and_views()) {
        if (!view.is_view()) continue;
        check_view(v, view);
        check_schema_attribute(v, view);
        if (!check_fields(v, view, constraint_names, relation_names, ClientNames{view})) return;
    }
    check_enums(v);
    for (const Relation relation : schema.relations()) {
        if (relation.is_many_to_many())
            check_many_to_many(v, relation);
        else
            check_foreign_key(v, relation, constraint_names);
    }
}

}  // namespace lamina::schema::rules
