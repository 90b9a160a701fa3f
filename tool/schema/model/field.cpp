#include "schema/model/schema.hpp"

namespace lamina::schema {

const FieldData& Field::data() const { return schema_->data().fields[static_cast<std::size_t>(id_)]; }
std::string_view Field::name() const { return data().name; }
std::string_view Field::column_name() const { return data().mapped_name ? *data().mapped_name : data().name; }
std::string_view Field::documentation() const { return data().documentation; }
Model Field::model() const { return {schema_, data().model}; }
Arity Field::arity() const { return data().arity; }
FieldKind Field::kind() const { return data().kind; }
ScalarType Field::scalar_type() const { return data().scalar; }
Enum Field::enumeration() const { return {schema_, data().enumeration}; }
std::string_view Field::unsupported_type() const { return data().unsupported; }
const std::optional<NativeType>& Field::native_type() const { return data().native_type; }
const std::optional<DefaultValue>& Field::default_value() const { return data().default_value; }
bool Field::is_autoincrement() const {
    return data().default_value && data().default_value->is(DefaultFunction::Autoincrement);
}
bool Field::is_updated_at() const { return data().is_updated_at; }
bool Field::is_id() const { return data().id_index != kNone<IndexId>; }
bool Field::is_unique() const { return data().unique_index != kNone<IndexId>; }
bool Field::is_ignored() const { return data().is_ignored; }
bool Field::is_foreign_key() const { return data().is_foreign_key; }
RelationField Field::as_relation() const { return {schema_, id_}; }

bool Field::is_part_of_id() const {
    const auto key = model().primary_key();
    if (!key) return false;
    for (const IndexField& part : key->index_fields()) {
        if (part.field == id_) return true;
    }
    return false;
}

bool Field::may_be_omitted_on_create() const {
    return !is_required() || is_updated_at() || default_value().has_value();
}

std::string Field::type_name() const {
    switch (kind()) {
        case FieldKind::Scalar: return std::string{to_string(scalar_type())};
        case FieldKind::Enum: return std::string{enumeration().name()};
        case FieldKind::Relation: return std::string{as_relation().related_model().name()};
        case FieldKind::Composite: return schema_->data().composites[static_cast<std::size_t>(data().composite)].name;
        case FieldKind::Unsupported: return "Unsupported(\"" + data().unsupported + "\")";
    }
    return {};
}

}  // namespace lamina::schema
