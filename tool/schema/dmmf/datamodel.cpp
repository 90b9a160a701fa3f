#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "schema/dmmf/default_values.hpp"
#include "schema/dmmf/dmmf.hpp"

namespace lamina::schema {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

Json names_of(const std::vector<Field>& fields) {
    Json out = Json::array();
    for (const Field field : fields) out.push_back(field.name());
    return out;
}

void add_documentation(Json& out, std::string_view documentation) {
    if (!documentation.empty()) out["documentation"] = documentation;
}

// ---- enums ----

Json enum_of(const Schema& schema, const Enum& enumeration) {
    Json values = Json::array();
    for (const EnumValue value : enumeration.values()) {
        const EnumValueData& data = schema.data().enum_values[static_cast<std::size_t>(value.id())];
        Json item{{"name", data.name}, {"dbName", or_null(data.mapped_name)}};
        add_documentation(item, data.documentation);
        values.push_back(std::move(item));
    }
    Json out{{"name", enumeration.name()}, {"values", std::move(values)}};
    out["dbName"] = or_null(enumeration.data().mapped_name);
    add_documentation(out, enumeration.documentation());
    return out;
}

// ---- fields ----

// Left out of the client, and so of the DMMF.
bool is_hidden(const Field& field) { return field.is_ignored() || field.is_unsupported(); }

std::string_view kind_of(const Field& field) {
    switch (field.kind()) {
        case FieldKind::Scalar: return "scalar";
        case FieldKind::Enum: return "enum";
        case FieldKind::Relation:
        case FieldKind::Composite: return "object";
        case FieldKind::Unsupported: break;
    }
    return "unsupported";
}

Json native_type_of(const Field& field) {
    if (!field.native_type()) return nullptr;
    return Json::array({field.native_type()->name, field.native_type()->args});
}

void add_relation(Json& out, const Field& field) {
    const RelationField side = field.as_relation();
    const Relation relation = side.relation();
    const bool owning = side.holds_foreign_key();
    out["relationName"] = relation.name();
    out["relationFromFields"] = owning ? names_of(relation.fields()) : Json::array();
    out["relationToFields"] = owning ? names_of(relation.references()) : Json::array();
    if (!owning) return;
    if (relation.data().on_delete) out["relationOnDelete"] = to_string(*relation.data().on_delete);
    if (relation.data().on_update) out["relationOnUpdate"] = to_string(*relation.data().on_update);
}

Json field_of(const Field& field) {
    Json out;
    out["name"] = field.name();
    if (field.data().mapped_name) out["dbName"] = *field.data().mapped_name;
    out["kind"] = kind_of(field);
    out["isList"] = field.is_list();
    out["isRequired"] = !field.is_optional();
    out["isUnique"] = field.is_unique() && !field.is_id();
    out["isId"] = field.is_id();
    out["isReadOnly"] = field.is_foreign_key();
    out["hasDefaultValue"] = field.default_value().has_value();
    out["type"] = field.type_name();
    out["nativeType"] = native_type_of(field);
    if (field.default_value()) out["default"] = dmmf::default_value(field);
    if (field.is_relation()) add_relation(out, field);
    out["isGenerated"] = false;
    out["isUpdatedAt"] = field.is_updated_at();
    add_documentation(out, field.documentation());
    return out;
}

// ---- models ----

Json model_of(const Model& model) {
    Json fields = Json::array();
    for (const Field field : model.fields()) {
        if (!is_hidden(field)) fields.push_back(field_of(field));
    }
    Json unique_fields = Json::array(), unique_indexes = Json::array();
    for (const Index index : model.uniques()) {
        if (index.data().on_field) continue;
        unique_fields.push_back(names_of(index.fields()));
        unique_indexes.push_back({{"name", or_null(index.name())}, {"fields", names_of(index.fields())}});
    }
    Json out;
    out["name"] = model.name();
    out["dbName"] = or_null(model.data().mapped_name);
    out["schema"] = or_null(model.schema());
    out["fields"] = std::move(fields);
    const auto key = model.primary_key();
    out["primaryKey"] = key && !key->data().on_field
                            ? Json{{"name", or_null(key->name())}, {"fields", names_of(key->fields())}}
                            : Json(nullptr);
    out["uniqueFields"] = std::move(unique_fields);
    out["uniqueIndexes"] = std::move(unique_indexes);
    out["isGenerated"] = false;
    add_documentation(out, model.documentation());
    return out;
}

// ---- indexes ----

std::string_view type_of(IndexKind kind) {
    switch (kind) {
        case IndexKind::PrimaryKey: return "id";
        case IndexKind::Unique: return "unique";
        case IndexKind::Normal: return "normal";
        case IndexKind::Fulltext: break;
    }
    return "fulltext";
}

Json index_of(const Schema& schema, const Index& index) {
    const IndexData& data = index.data();
    Json out{{"model", index.model().name()}, {"type", type_of(data.kind)}, {"isDefinedOnField", data.on_field}};
    if (data.name) out["name"] = *data.name;
    if (data.mapped_name) out["dbName"] = *data.mapped_name;
    if (data.algorithm) out["algorithm"] = to_string(*data.algorithm);
    if (data.clustered) out["clustered"] = *data.clustered;
    out["fields"] = Json::array();
    for (const IndexField& part : data.fields) {
        Json item{{"name", Field{&schema, part.field}.name()}};
        if (part.sort) item["sortOrder"] = *part.sort == SortOrder::Desc ? "desc" : "asc";
        if (part.length) item["length"] = *part.length;
        if (part.operator_class) item["operatorClass"] = *part.operator_class;
        out["fields"].push_back(std::move(item));
    }
    return out;
}

// Those of fields come first, then those of the block by kind, whatever the order of the lines.
int rank(const Index& index) {
    if (index.data().on_field) return 0;
    switch (index.kind()) {
        case IndexKind::PrimaryKey: return 0;
        case IndexKind::Normal: return 1;
        case IndexKind::Unique: return 2;
        case IndexKind::Fulltext: break;
    }
    return 3;
}

void add_indexes(Json& out, const Schema& schema, const Model& model) {
    if (const auto key = model.primary_key()) out.push_back(index_of(schema, *key));
    std::vector<Index> indexes;
    for (const Index index : model.indexes()) indexes.push_back(index);
    std::stable_sort(indexes.begin(), indexes.end(), [](const Index& a, const Index& b) { return rank(a) < rank(b); });
    for (const Index& index : indexes) out.push_back(index_of(schema, index));
}

}  // namespace

Json datamodel(const Schema& schema) {
    std::vector<Model> all = schema.models();
    for (const Model view : schema.views()) all.push_back(view);
    Json enums = Json::array(), models = Json::array(), indexes = Json::array();
    for (const Enum enumeration : schema.enums()) enums.push_back(enum_of(schema, enumeration));
    for (const Model& model : all) {
        if (model.is_ignored()) continue;
        models.push_back(model_of(model));
        add_indexes(indexes, schema, model);
    }
    // Composite types belong to a database that no connector is for: a valid schema has none.
    return {{"enums", std::move(enums)},
            {"models", std::move(models)},
            {"types", Json::array()},
            {"indexes", std::move(indexes)}};
}

Json dmmf_document(const Schema& schema) {
    Json document;
    document["datamodel"] = datamodel(schema);
    return document;
}

std::string dmmf_text(const Schema& schema, bool pretty) {
    return dmmf_document(schema).dump(pretty ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace lamina::schema
