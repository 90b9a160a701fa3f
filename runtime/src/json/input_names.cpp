#include <algorithm>
#include <array>

#include "json/input_types.hpp"

// What the engine calls its input types.

namespace lamina::json {
namespace {

std::string capitalized(std::string_view name) {
    std::string text(name);
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::string scalar_name(const Context& context, const InputScalar& scalar) {
    if (scalar.type == Type::Enum) return std::string(context.schema().enums[scalar.enumeration].name);
    return std::string(to_string(scalar.type));
}

std::string filter_name(const Context& context, const InputScalar& scalar) {
    std::string name = scalar.type == Type::Enum ? "Enum" : "";
    if (scalar.uuid) {
        name += "Uuid";
    } else {
        name += scalar.type == Type::Boolean && !scalar.list ? "Bool" : scalar_name(context, scalar);
    }
    if (scalar.list) return name + "NullableListFilter";
    return (scalar.nested ? "Nested" : "") + name + (scalar.nullable ? "Nullable" : "") +
           (scalar.aggregates ? "WithAggregatesFilter" : "Filter");
}

std::string_view aggregate_name(query::Aggregate aggregate) {
    switch (aggregate) {
        case query::Aggregate::Count: return "Count";
        case query::Aggregate::Sum: return "Sum";
        case query::Aggregate::Average: return "Avg";
        case query::Aggregate::Minimum: return "Min";
        case query::Aggregate::Maximum: return "Max";
        case query::Aggregate::None: break;
    }
    return "";
}

std::string compound_name(const meta::Model& model, const meta::Key& key) {
    std::string joined, names;
    for (const FieldId id : key.fields) {
        joined += (joined.empty() ? "" : "_") + std::string(model.fields[id].name);
        names += capitalized(model.fields[id].name);
    }
    return (key.name == joined ? names : capitalized(key.name)) + "CompoundUniqueInput";
}

std::string operations_name(const Context& context, const meta::Field& field) {
    InputScalar scalar;
    scalar.type = field.type;
    scalar.enumeration = field.enumeration;
    return std::string(field.required ? "" : "Nullable") + (field.type == Type::Enum ? "Enum" : "") +
           (field.type == Type::Boolean ? "Bool" : scalar_name(context, scalar)) + "FieldUpdateOperationsInput";
}

std::string nested_name(const Context& context, const InputObject& object) {
    const meta::Field& field = context.model(object.model).fields[object.field];
    const ModelId related = context.related(object.model, object.field);
    const FieldId opposite = context.opposite(object.model, object.field);
    const std::string without = "Without" + capitalized(context.model(related).fields[opposite].name);
    const std::string start = std::string(context.model(related).name) + (object.unchecked ? "Unchecked" : "");
    if (object.form == InputForm::NestedCreate) {
        return start + "CreateNested" + (field.list ? "Many" : "One") + without + "Input";
    }
    return start + "Update" + (field.list ? "Many" : field.required ? "OneRequired" : "One") + without + "NestedInput";
}

std::string object_name(const Context& context, const InputObject& object) {
    const auto own = [&] { return std::string(context.model(object.model).name); };
    const auto opposite = [&] { return capitalized(context.model(object.model).fields[object.without].name); };
    const bool nested = object.without != meta::kNone;
    const auto data = [&](std::string_view verb) {
        return own() + (object.unchecked ? "Unchecked" : "") + std::string(verb) +
               (nested ? "Without" + opposite() : "") + "Input";
    };
    const auto related = [&] { return std::string(context.model(context.related(object.model, object.field)).name); };
    const auto field = [&]() -> const meta::Field& { return context.model(object.model).fields[object.field]; };
    switch (object.form) {
        case InputForm::Where: return own() + "WhereInput";
        case InputForm::ScalarWhere: return own() + "ScalarWhereInput";
        case InputForm::Having: return own() + "ScalarWhereWithAggregatesInput";
        case InputForm::WhereUnique: return own() + "WhereUniqueInput";
        case InputForm::CompoundUnique:
            return own() + compound_name(context.model(object.model), context.model(object.model).keys[object.field]);
        case InputForm::ManyFilter: return capitalized(related()) + "ListRelationFilter";
        case InputForm::OneFilter:
            return capitalized(related()) +
                   (field().required ? "ScalarRelationFilter" : "NullableScalarRelationFilter");
        case InputForm::ScalarFilter: return filter_name(context, object.scalar);
        case InputForm::Reference:
            return std::string(object.scalar.list ? "List" : "") + (object.scalar.type == Type::Enum ? "Enum" : "") +
                   scalar_name(context, object.scalar) + "FieldRefInput";
        case InputForm::Order: return own() + "OrderByWithRelationInput";
        case InputForm::GroupOrder: return own() + "OrderByWithAggregationInput";
        case InputForm::AggregateOrder:
            return own() + std::string(aggregate_name(object.aggregate)) + "OrderByAggregateInput";
        case InputForm::CountOrder: return own() + "OrderByRelationAggregateInput";
        case InputForm::SortAndNulls: return "SortOrderInput";
        case InputForm::Relevance: return own() + "OrderByRelevanceInput";
        case InputForm::Create: return data("Create");
        case InputForm::CreateMany: return own() + "CreateMany" + (nested ? opposite() : "") + "Input";
        case InputForm::Update: return data("Update");
        case InputForm::UpdateMany: return object.unchecked ? data("UpdateMany") : own() + "UpdateManyMutationInput";
        case InputForm::CreateList: return own() + "Create" + std::string(field().name) + "Input";
        case InputForm::UpdateList: return own() + "Update" + std::string(field().name) + "Input";
        case InputForm::UpdateOperations: return operations_name(context, field());
        case InputForm::NestedCreate:
        case InputForm::NestedUpdate: return nested_name(context, object);
        case InputForm::CreateOrConnect: return own() + "CreateOrConnectWithout" + opposite() + "Input";
        case InputForm::CreateManyEnvelope: return own() + "CreateMany" + opposite() + "InputEnvelope";
        case InputForm::Upsert:
            return own() + (object.field != 0 ? "UpsertWithWhereUniqueWithout" : "UpsertWithout") + opposite() +
                   "Input";
        case InputForm::UpdateWithWhere:
            return own() + (object.field != 0 ? "UpdateWithWhereUniqueWithout" : "UpdateToOneWithWhereWithout") +
                   opposite() + "Input";
        case InputForm::UpdateManyWithWhere: return own() + "UpdateManyWithWhereWithout" + opposite() + "Input";
    }
    return {};
}

std::string words_name(const Context& context, const InputType& type) {
    switch (type.words) {
        case InputWords::SortOrder: return "SortOrder";
        case InputWords::NullsOrder: return "NullsOrder";
        case InputWords::QueryMode: return "QueryMode";
        case InputWords::JsonNullValueInput: return "JsonNullValueInput";
        case InputWords::NullableJsonNullValueInput: return "NullableJsonNullValueInput";
        case InputWords::JsonNullValueFilter: return "JsonNullValueFilter";
        case InputWords::ScalarFields: return std::string(context.model(type.object.model).name) + "ScalarFieldEnum";
        case InputWords::RelevanceFields:
            return std::string(context.model(type.object.model).name) + "OrderByRelevanceFieldEnum";
        case InputWords::RelationLoadStrategy: return "RelationLoadStrategy";
    }
    return {};
}

}  // namespace

std::string input_name(const Context& context, const InputType& type) {
    std::string name;
    switch (type.kind) {
        case InputType::Kind::Null: name = "Null"; break;
        case InputType::Kind::Scalar: name = scalar_name(context, type.object.scalar); break;
        case InputType::Kind::Words: name = words_name(context, type); break;
        case InputType::Kind::Object: name = object_name(context, type.object); break;
    }
    return type.list ? name + "[]" : name;
}

bool takes_word(const Context& context, const InputType& type, std::string_view word) {
    const auto among = [word](auto... words) { return ((word == words) || ...); };
    switch (type.words) {
        case InputWords::SortOrder: return among("asc", "desc");
        case InputWords::NullsOrder: return among("first", "last");
        case InputWords::QueryMode: return among("default", "insensitive");
        case InputWords::JsonNullValueInput: return among("JsonNull");
        case InputWords::NullableJsonNullValueInput: return among("DbNull", "JsonNull");
        case InputWords::JsonNullValueFilter: return among("DbNull", "JsonNull", "AnyNull");
        case InputWords::RelationLoadStrategy: return among("query", "join");
        case InputWords::ScalarFields:
        case InputWords::RelevanceFields: break;
    }
    const auto fields = context.model(type.object.model).fields;
    return std::any_of(fields.begin(), fields.end(), [&](const meta::Field& field) {
        const bool text = type.words != InputWords::RelevanceFields || (field.type == Type::String && !field.list);
        return !field.is_relation && text && field.name == word;
    });
}

}  // namespace lamina::json
