#include "json/context.hpp"

#include <algorithm>

#include "json/wire.hpp"

namespace lamina::json {

std::optional<ModelId> Context::find_model(std::string_view name) const noexcept {
    for (std::size_t i = 0; i < schema_.models.size(); ++i) {
        if (schema_.models[i].name == name) return static_cast<ModelId>(i);
    }
    return std::nullopt;
}

std::optional<FieldId> Context::find_field(const meta::Model& model, std::string_view name) noexcept {
    for (std::size_t i = 0; i < model.fields.size(); ++i) {
        if (model.fields[i].name == name) return static_cast<FieldId>(i);
    }
    return std::nullopt;
}

ModelId Context::related(ModelId model, FieldId field) const noexcept {
    const meta::Relation& relation = this->relation(this->model(model).fields[field]);
    return relation.model_a == model && relation.field_a == field ? relation.model_b : relation.model_a;
}

FieldId Context::opposite(ModelId model, FieldId field) const noexcept {
    const meta::Relation& relation = this->relation(this->model(model).fields[field]);
    return relation.model_a == model && relation.field_a == field ? relation.field_b : relation.field_a;
}

bool Context::holds_key(ModelId model, FieldId field) const noexcept {
    const meta::Relation& relation = this->relation(this->model(model).fields[field]);
    return relation.join_table.empty() && relation.model_a == model && relation.field_a == field;
}

bool Context::belongs_to(ModelId model, FieldId field, FieldId relation) const noexcept {
    if (field == relation) return true;
    if (!holds_key(model, relation)) return false;
    const auto keys = this->relation(this->model(model).fields[relation]).fields;
    return std::find(keys.begin(), keys.end(), field) != keys.end();
}

bool Context::is_foreign_key(ModelId model, FieldId field) const noexcept {
    const auto fields = this->model(model).fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto other = static_cast<FieldId>(i);
        if (fields[i].is_relation && other != field && belongs_to(model, field, other)) return true;
    }
    return false;
}

std::string Context::type_name(const meta::Field& field) const {
    if (field.type == Type::Enum && field.enumeration < schema_.enums.size()) {
        return std::string(schema_.enums[field.enumeration].name);
    }
    return std::string(to_string(field.type));
}

bool is_number(Type type) noexcept {
    return type == Type::Int || type == Type::BigInt || type == Type::Float || type == Type::Decimal;
}

bool must_be_given(const meta::Field& field) noexcept {
    return !field.is_relation && field.required && !field.list && !field.updated_at &&
           field.default_value.kind == meta::DefaultKind::None;
}

bool is_plain_object(JsonView json) { return json.is_object() && given(json) == Given::Object; }

std::vector<JsonView> one_or_many(JsonView json) {
    std::vector<JsonView> items;
    if (!json.is_array()) return {json};
    for (const JsonView item : json) items.push_back(item);
    return items;
}

}  // namespace lamina::json
