#include "plan/link.hpp"

#include "plan/messages.hpp"

namespace lamina::plan {

std::span<const meta::FieldId> identity(const meta::Model& model) {
    for (const meta::Key& key : model.keys) {
        if (key.primary) return key.fields;
    }
    if (model.keys.empty()) return {};
    return model.keys.front().fields;
}

Result<Link> link_of(const meta::Schema& schema, meta::ModelId model_id, meta::FieldId field_id) {
    const meta::Model& model = schema.models[model_id];
    if (field_id >= model.fields.size()) return messages::unknown_field(model, field_id, "a relation");
    const meta::Field& field = model.fields[field_id];
    if (!field.is_relation || field.relation >= schema.relations.size()) {
        return messages::not_a_relation(model, field, "this place");
    }
    const meta::Relation& relation = schema.relations[field.relation];
    const bool side_a = relation.model_a == model_id && relation.field_a == field_id;

    Link link;
    link.model = model_id;
    link.related = side_a ? relation.model_b : relation.model_a;
    link.list = field.list;
    if (!relation.join_table.empty()) {
        const auto own = identity(model), other = identity(schema.models[link.related]);
        link.many_to_many = true;
        link.own.assign(own.begin(), own.end());
        link.other.assign(other.begin(), other.end());
        link.join_table = {relation.join_schema, relation.join_table};
        link.own_column = side_a ? "A" : "B";
        link.other_column = side_a ? "B" : "A";
        return link;
    }
    const auto& own = side_a ? relation.fields : relation.references;
    const auto& other = side_a ? relation.references : relation.fields;
    link.holds_key = side_a;
    link.own.assign(own.begin(), own.end());
    link.other.assign(other.begin(), other.end());
    return link;
}

}  // namespace lamina::plan
