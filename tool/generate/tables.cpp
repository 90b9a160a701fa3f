#include "generate/tables.hpp"

#include <algorithm>

#include "generate/namer.hpp"
#include "schema/meta/meta.hpp"

namespace lamina::generate {

namespace {

std::string_view scalar_type(schema::ScalarType type) {
    using enum schema::ScalarType;
    switch (type) {
        case String: return "std::string";
        case Boolean: return "bool";
        case Int: return "std::int32_t";
        case BigInt: return "std::int64_t";
        case Float: return "double";
        case Decimal: return "lamina::Decimal";
        case DateTime: return "lamina::DateTime";
        case Json: return "lamina::Json";
        case Bytes: return "lamina::Bytes";
    }
    return {};
}

}  // namespace

std::size_t ClientModel::index_of(const schema::Field& field) const {
    return static_cast<std::size_t>(std::find(fields.begin(), fields.end(), field) - fields.begin());
}

Tables make_tables(const schema::Schema& schema, const std::string& name_space) {
    Tables tables;
    tables.name_space = name_space;
    for (const schema::Model model : schema.models_and_views()) {
        if (model.is_ignored()) continue;
        ClientModel known{.model = model,
                          .fields = {},
                          .row = namer::row(model.name()),
                          .table = namer::table(model.name()),
                          .file = namer::file(model.name())};
        for (const schema::Field field : model.fields()) {
            if (schema::known_to_clients(field)) known.fields.push_back(field);
        }
        tables.model_numbers[model.id()] = tables.models.size();
        tables.models.push_back(std::move(known));
    }
    for (const schema::Enum enumeration : schema.enums()) tables.enums.push_back(enumeration);
    for (const schema::Relation relation : schema.relations()) {
        if (!schema::known_to_clients(relation)) continue;
        tables.relation_numbers[relation.id()] = tables.relations.size();
        tables.relations.push_back(relation);
    }
    return tables;
}

std::string value_type(const schema::Field& field) {
    if (field.is_enum()) return namer::enumeration(field.enumeration().name());
    return std::string(scalar_type(field.scalar_type()));
}

std::string member_type(const schema::Field& field) {
    const std::string type = value_type(field);
    if (field.is_list()) return "std::vector<" + type + ">";
    return field.is_optional() ? "std::optional<" + type + ">" : type;
}

bool is_number(const schema::Field& field) {
    using enum schema::ScalarType;
    if (!field.is_scalar() || field.is_list()) return false;
    const schema::ScalarType type = field.scalar_type();
    return type == Int || type == BigInt || type == Float || type == Decimal;
}

bool is_written(const schema::Field& field) {
    return !field.is_relation() || !field.as_relation().related_model().is_view();
}

bool is_required_on_create(const schema::Field& field) {
    return !field.is_relation() && !field.may_be_omitted_on_create() && !field.is_foreign_key();
}

}  // namespace lamina::generate
