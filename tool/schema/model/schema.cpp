#include "schema/model/schema.hpp"

#include <algorithm>

namespace lamina::schema {
namespace {

template <class Id>
std::size_t index_of(Id id) noexcept {
    return static_cast<std::size_t>(id);
}

}  // namespace

std::string_view Schema::provider() const noexcept {
    return data_.datasource ? std::string_view{data_.datasource->provider} : std::string_view{};
}

std::vector<Model> Schema::models() const {
    std::vector<Model> out;
    for (const Model model : models_and_views()) {
        if (!model.is_view()) out.push_back(model);
    }
    return out;
}

std::vector<Model> Schema::views() const {
    std::vector<Model> out;
    for (const Model model : models_and_views()) {
        if (model.is_view()) out.push_back(model);
    }
    return out;
}

ViewRange<Model> Schema::models_and_views() const { return {this, 0, data_.models.size()}; }
ViewRange<Enum> Schema::enums() const { return {this, 0, data_.enums.size()}; }
ViewRange<Relation> Schema::relations() const { return {this, 0, data_.relations.size()}; }
ViewRange<Index> Schema::indexes() const { return {this, 0, data_.indexes.size()}; }

std::optional<Model> Schema::find_model(std::string_view name) const {
    for (const Model model : models_and_views()) {
        if (model.name() == name) return model;
    }
    return std::nullopt;
}

std::optional<Enum> Schema::find_enum(std::string_view name) const {
    for (const Enum enumeration : enums()) {
        if (enumeration.name() == name) return enumeration;
    }
    return std::nullopt;
}

const EnumValueData& EnumValue::data() const { return schema_->data().enum_values[index_of(id_)]; }
std::string_view EnumValue::name() const { return data().name; }
std::string_view EnumValue::database_name() const { return data().mapped_name ? *data().mapped_name : data().name; }
std::string_view EnumValue::documentation() const { return data().documentation; }
Enum EnumValue::owner() const { return {schema_, data().owner}; }

const EnumData& Enum::data() const { return schema_->data().enums[index_of(id_)]; }
std::string_view Enum::name() const { return data().name; }
std::string_view Enum::database_name() const { return data().mapped_name ? *data().mapped_name : data().name; }
const std::optional<std::string>& Enum::schema() const { return data().schema; }
std::string_view Enum::documentation() const { return data().documentation; }
ViewRange<EnumValue> Enum::values() const {
    return {schema_, data().first_value, data().first_value + data().value_count};
}
std::optional<EnumValue> Enum::find_value(std::string_view name) const {
    for (const EnumValue value : values()) {
        if (value.name() == name) return value;
    }
    return std::nullopt;
}

const IndexData& Index::data() const { return schema_->data().indexes[index_of(id_)]; }
IndexKind Index::kind() const { return data().kind; }
Model Index::model() const { return {schema_, data().model}; }
std::vector<Field> Index::fields() const {
    std::vector<Field> out;
    for (const IndexField& part : data().fields) out.emplace_back(schema_, part.field);
    return out;
}
const std::vector<IndexField>& Index::index_fields() const { return data().fields; }
std::string Index::client_name() const {
    if (data().name) return *data().name;
    std::string out;
    for (const Field field : fields()) {
        if (!out.empty()) out += '_';
        out += field.name();
    }
    return out;
}
const std::optional<std::string>& Index::name() const { return data().name; }
std::string_view Index::database_name() const { return data().database_name; }
std::optional<IndexAlgorithm> Index::algorithm() const { return data().algorithm; }
std::optional<bool> Index::clustered() const { return data().clustered; }
const std::optional<std::string>& Index::where() const { return data().where; }

const RelationData& Relation::data() const { return schema_->data().relations[index_of(id_)]; }
std::string_view Relation::name() const { return data().name; }
bool Relation::is_named() const { return data().is_named; }
RelationKind Relation::kind() const { return data().kind; }
bool Relation::is_self_relation() const { return owning_side().model() == opposite_side().model(); }
RelationField Relation::owning_side() const { return {schema_, data().owning}; }
RelationField Relation::opposite_side() const { return {schema_, data().opposite}; }
std::vector<Field> Relation::fields() const {
    std::vector<Field> out;
    for (const FieldId id : data().fields) out.emplace_back(schema_, id);
    return out;
}
std::vector<Field> Relation::references() const {
    std::vector<Field> out;
    for (const FieldId id : data().references) out.emplace_back(schema_, id);
    return out;
}
ReferentialAction Relation::on_delete() const { return data().effective_on_delete; }
ReferentialAction Relation::on_update() const { return data().effective_on_update; }
std::string_view Relation::constraint_name() const { return data().constraint_name; }
std::string_view Relation::join_table() const { return data().join_table; }

Model RelationField::model() const { return field().model(); }
Model RelationField::related_model() const { return {schema_, field().data().target}; }
Relation RelationField::relation() const { return {schema_, field().data().relation}; }
RelationField RelationField::opposite() const {
    const RelationData& data = relation().data();
    return {schema_, data.owning == id_ ? data.opposite : data.owning};
}
bool RelationField::holds_foreign_key() const {
    return !relation().is_many_to_many() && relation().data().owning == id_;
}
bool RelationField::is_side_a() const { return relation().is_many_to_many() && relation().data().owning == id_; }

const ModelData& Model::data() const { return schema_->data().models[index_of(id_)]; }
std::string_view Model::name() const { return data().name; }
std::string_view Model::database_name() const { return data().mapped_name ? *data().mapped_name : data().name; }
const std::optional<std::string>& Model::schema() const { return data().schema; }
std::string_view Model::documentation() const { return data().documentation; }
bool Model::is_view() const { return data().is_view; }
bool Model::is_ignored() const { return data().is_ignored; }
ViewRange<Field> Model::fields() const {
    return {schema_, data().first_field, data().first_field + data().field_count};
}
std::vector<Field> Model::scalar_fields() const {
    std::vector<Field> out;
    for (const Field field : fields()) {
        if (field.has_column()) out.push_back(field);
    }
    return out;
}
std::vector<RelationField> Model::relation_fields() const {
    std::vector<RelationField> out;
    for (const Field field : fields()) {
        if (field.is_relation()) out.push_back(field.as_relation());
    }
    return out;
}
std::optional<Field> Model::find_field(std::string_view name) const {
    for (const Field field : fields()) {
        if (field.name() == name) return field;
    }
    return std::nullopt;
}
std::optional<Index> Model::primary_key() const {
    if (data().primary_key == kNone<IndexId>) return std::nullopt;
    return Index{schema_, data().primary_key};
}
ViewList<Index> Model::indexes() const { return {schema_, data().indexes}; }
std::vector<Index> Model::uniques() const {
    std::vector<Index> out;
    for (const Index index : indexes()) {
        if (index.kind() == IndexKind::Unique) out.push_back(index);
    }
    return out;
}
std::vector<Index> Model::unique_criteria() const {
    std::vector<Index> out = uniques();
    if (const auto key = primary_key()) out.insert(out.begin(), *key);
    return out;
}
std::optional<Index> Model::required_unique() const {
    for (const Index index : unique_criteria()) {
        const auto fields_of_index = index.fields();
        const bool usable = std::all_of(fields_of_index.begin(), fields_of_index.end(), [](const Field& field) {
            return !field.is_optional() && !field.is_unsupported();
        });
        if (usable) return index;
    }
    return std::nullopt;
}

}  // namespace lamina::schema
