#include "plan/comparison.hpp"

#include <algorithm>
#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>

#include "plan/comparison_parts.hpp"
#include "plan/messages.hpp"

namespace lamina::plan {

using dialect::Expression;
using query::Comparison;
using query::Filter;

std::string_view to_text(Comparison comparison) {
    static constexpr std::string_view kNames[] = {"equals",
                                                  "not",
                                                  "in",
                                                  "not_in",
                                                  "lt",
                                                  "lte",
                                                  "gt",
                                                  "gte",
                                                  "contains",
                                                  "starts_with",
                                                  "ends_with",
                                                  "has",
                                                  "has_every",
                                                  "has_some",
                                                  "is_empty",
                                                  "array_contains",
                                                  "array_starts_with",
                                                  "array_ends_with",
                                                  "search"};
    return kNames[static_cast<std::size_t>(comparison)];
}

bool fits(Type type, Value::Kind kind) {
    switch (type) {
        // What is beyond an Int matches nothing, or the database says so.
        case Type::Int:
        case Type::BigInt: return kind == Value::Kind::BigInt || kind == Value::Kind::Int;
        case Type::Float: return kind == Value::Kind::Float;
        case Type::Decimal: return kind == Value::Kind::Decimal;
        case Type::Boolean: return kind == Value::Kind::Boolean;
        case Type::String: return kind == Value::Kind::String;
        case Type::DateTime: return kind == Value::Kind::DateTime;
        case Type::Json: return kind == Value::Kind::Json;
        case Type::Bytes: return kind == Value::Kind::Bytes;
        case Type::Enum: return kind == Value::Kind::Enum || kind == Value::Kind::String;
    }
    return false;
}

bool is_list_comparison(Comparison comparison) {
    return comparison == Comparison::In || comparison == Comparison::NotIn;
}

bool is_pattern(Comparison comparison) {
    return comparison >= Comparison::Contains && comparison <= Comparison::EndsWith;
}

bool is_ordering(Comparison comparison) {
    return comparison >= Comparison::Less && comparison <= Comparison::GreaterOrEqual;
}

Comparison negation(Comparison comparison) {
    // By number, as Comparison orders them; from Contains on a comparison is no other's opposite.
    static constexpr Comparison kOpposites[] = {
        Comparison::Not,     Comparison::Equals,      Comparison::NotIn, Comparison::In, Comparison::GreaterOrEqual,
        Comparison::Greater, Comparison::LessOrEqual, Comparison::Less};
    return comparison < Comparison::Contains ? kOpposites[static_cast<std::size_t>(comparison)] : comparison;
}

dialect::Operator to_operator(Comparison comparison) {
    if (comparison == Comparison::Not) return dialect::Operator::NotEqual;
    if (comparison == Comparison::Less) return dialect::Operator::Less;
    if (comparison == Comparison::LessOrEqual) return dialect::Operator::LessOrEqual;
    if (comparison == Comparison::Greater) return dialect::Operator::Greater;
    if (comparison == Comparison::GreaterOrEqual) return dialect::Operator::GreaterOrEqual;
    return dialect::Operator::Equal;
}

Bind::Transform transform_of(Comparison comparison) {
    if (comparison == Comparison::Contains) return Bind::Transform::Contains;
    if (comparison == Comparison::StartsWith) return Bind::Transform::StartsWith;
    if (comparison == Comparison::EndsWith) return Bind::Transform::EndsWith;
    return Bind::Transform::None;
}

namespace {

constexpr dialect::ValueType kText{Type::String, false, {}, nullptr};

bool is_number(Type type) {
    return type == Type::Int || type == Type::BigInt || type == Type::Float || type == Type::Decimal;
}

/// Whether the field has such a filter, and the value is one for it.
Result<void> check_scalar(const meta::Model& model, const meta::Field& field, Type type, const Filter& filter) {
    const Value& value = filter.value;
    const bool string = type == Type::String;
    const bool ordered = type != Type::Boolean && type != Type::Json && type != Type::Bytes;
    if (filter.comparison > Comparison::EndsWith || (is_pattern(filter.comparison) && !string) ||
        (is_ordering(filter.comparison) && !ordered)) {
        return messages::unsuitable_filter(model, field, to_text(filter.comparison));
    }
    if (filter.insensitive && !string) return messages::unsuitable_filter(model, field, "mode: insensitive");
    // What an aggregate is compared with may be any number: an average is a Float, whatever the field is.
    const auto suits = [&](const Value& item) {
        return fits(type, item.kind()) || (filter.aggregate != query::Aggregate::None && is_number(type) &&
                                           item.type() && is_number(*item.type()));
    };
    if (!is_list_comparison(filter.comparison)) {
        if (!suits(value)) return messages::wrong_value(model, field, to_string(type));
        return {};
    }
    if (!value.is_list()) return messages::wrong_value(model, field, "a list");
    for (const Value& item : value.as_list()) {
        if (!suits(item)) return messages::wrong_value(model, field, "a list of " + std::string(to_string(type)));
    }
    return {};
}

Expression null_test(Expression left, Comparison comparison) {
    const bool positive = comparison == Comparison::Equals || comparison == Comparison::In;
    return {dialect::IsNull{std::move(left), !positive}};
}

/// A comparison with a value, of a column that is no list or of an aggregate.
Result<Expression> compare_scalar(Builder& builder, const Compared& compared, const meta::Field& field,
                                  dialect::ValueType type, Expression left) {
    const Filter& filter = *compared.filter;
    const meta::Model& model = builder.model(compared.model);
    const Comparison comparison = compared.negated ? negation(filter.comparison) : filter.comparison;
    if (filter.value.is_null()) {
        if (is_ordering(comparison) || comparison >= Comparison::Contains)
            return messages::wrong_value(model, field, "a value other than null");
        return null_test(std::move(left), comparison);
    }
    LAMINA_TRY(check_scalar(model, field, type.type, filter));
    if (is_pattern(comparison)) {
        const std::uint32_t bind = builder.bind_argument(filter.value, transform_of(comparison));
        return Expression{
            dialect::Like{std::move(left), dialect::parameter(bind, kText), filter.insensitive, compared.negated}};
    }
    const std::uint32_t bind = builder.bind_argument(filter.value, Bind::Transform::None, builder.labels(field));
    if (is_list_comparison(comparison)) {
        const dialect::Parameter list{bind, dialect::list_of(type)};
        return Expression{dialect::InList{std::move(left), list, filter.insensitive, comparison == Comparison::NotIn}};
    }
    return Expression{
        dialect::Compare{to_operator(comparison), std::move(left), dialect::parameter(bind, type), filter.insensitive}};
}

Result<Expression> compare_aggregate(Builder& builder, const Compared& compared) {
    const Filter& filter = *compared.filter;
    const meta::Model& model = builder.model(compared.model);
    if (compared.groups == nullptr) return messages::aggregate_outside_having(model);
    const bool rows = filter.aggregate == query::Aggregate::Count && filter.field == meta::kNone;
    if (!rows && filter.field >= model.fields.size()) return messages::unknown_field(model, filter.field, "having");
    Expression column =
        rows ? Expression{dialect::CountAll{}} : builder.column(compared.table, compared.model, filter.field);
    static constexpr dialect::ValueType kNumber{Type::BigInt, false, {}, nullptr};
    LAMINA_TRY_ASSIGN(Expression left,
                      plan_aggregate_value(builder, compared.model, filter.aggregate, filter.field, std::move(column)));
    const dialect::ValueType* found = dialect::type_of(left);
    const dialect::ValueType type = found ? *found : kNumber;
    meta::Field all;
    all.name = "_all";
    const meta::Field& field = rows ? all : model.fields[filter.field];
    if (!filter.path.is_null()) return messages::unsuitable_filter(model, field, "path");
    if (filter.other == meta::kNone) return compare_scalar(builder, compared, field, type, std::move(left));
    if (rows || filter.comparison > Comparison::EndsWith)
        return messages::unsuitable_filter(model, field, to_text(filter.comparison));
    return plan_reference(builder, compared, std::move(left));
}

}  // namespace

Result<Expression> plan_aggregate_value(Builder& builder, meta::ModelId model_id, query::Aggregate aggregate,
                                        meta::FieldId field_id, Expression column) {
    static constexpr dialect::ValueType kNumber{Type::BigInt, false, {}, nullptr};
    const meta::Model& model = builder.model(model_id);
    if (field_id == meta::kNone) {
        if (aggregate != query::Aggregate::Count) return messages::unknown_field(model, field_id, "an aggregate");
        return Expression{dialect::CountAll{}};
    }
    if (field_id >= model.fields.size()) return messages::unknown_field(model, field_id, "an aggregate");
    const meta::Field& field = model.fields[field_id];
    if (field.is_relation) return messages::not_a_scalar(model, field, "an aggregate");
    dialect::Aggregate result;
    result.operand = std::move(column);
    result.type = builder.type_of(field);
    const bool number = is_number(field.type) && !field.list;
    switch (aggregate) {
        case query::Aggregate::None:
        case query::Aggregate::Count:
            result.kind = dialect::Aggregate::Kind::Count;
            result.type = kNumber;
            break;
        case query::Aggregate::Sum:
            if (!number) return messages::unsuitable_filter(model, field, "_sum");
            result.kind = dialect::Aggregate::Kind::Sum;
            if (field.type == Type::Int || field.type == Type::BigInt) result.type = kNumber;
            break;
        case query::Aggregate::Average:
            if (!number) return messages::unsuitable_filter(model, field, "_avg");
            result.kind = dialect::Aggregate::Kind::Average;
            result.type = {field.type == Type::Decimal ? Type::Decimal : Type::Float, false, {}, nullptr};
            break;
        case query::Aggregate::Minimum:
        case query::Aggregate::Maximum:
            if (field.list || field.type == Type::Json) {
                return messages::unsuitable_filter(model, field,
                                                   aggregate == query::Aggregate::Minimum ? "_min" : "_max");
            }
            result.kind = aggregate == query::Aggregate::Minimum ? dialect::Aggregate::Kind::Minimum
                                                                 : dialect::Aggregate::Kind::Maximum;
            break;
    }
    return Expression{std::move(result)};
}

Result<Expression> plan_search(Builder& builder, meta::ModelId model_id, dialect::TableId table,
                               std::span<const meta::FieldId> fields, const Value& query, bool rank) {
    const meta::Model& model = builder.model(model_id);
    dialect::Search search;
    search.rank = rank;
    for (const meta::FieldId id : fields) {
        if (id >= model.fields.size()) return messages::unknown_field(model, id, "a text search");
        const meta::Field& field = model.fields[id];
        if (field.is_relation || field.list || field.type != Type::String)
            return messages::unsuitable_filter(model, field, "search");
        if (query.kind() != Value::Kind::String) return messages::wrong_value(model, field, "a search text");
        search.texts.push_back(builder.column(table, model_id, id));
    }
    if (!builder.dialect().has_text_search()) {
        return error::unsupported_feature("full text search on " + std::string(builder.dialect().name()));
    }
    search.query = {builder.bind_argument(query), kText};
    return Expression{std::move(search)};
}

Result<Expression> plan_comparison(Builder& builder, const Compared& compared) {
    const Filter& filter = *compared.filter;
    const meta::Model& model = builder.model(compared.model);
    const bool of_rows = filter.aggregate == query::Aggregate::Count && filter.field == meta::kNone;
    if (compared.groups != nullptr && !of_rows && filter.other < model.fields.size() &&
        std::find(compared.groups->begin(), compared.groups->end(), filter.other) == compared.groups->end()) {
        return messages::having_not_grouped(model, model.fields[filter.other]);
    }
    if (filter.aggregate != query::Aggregate::None) return compare_aggregate(builder, compared);
    if (filter.field >= model.fields.size()) return messages::unknown_field(model, filter.field, "a filter");
    const meta::Field& field = model.fields[filter.field];
    if (field.is_relation) return messages::not_a_scalar(model, field, "a comparison");
    if (compared.groups != nullptr &&
        std::find(compared.groups->begin(), compared.groups->end(), filter.field) == compared.groups->end()) {
        return messages::having_not_grouped(model, field);
    }
    if (!filter.path.is_null() && (field.type != Type::Json || field.list))
        return messages::unsuitable_filter(model, field, "path");
    Expression left = builder.column(compared.table, compared.model, filter.field);
    if (filter.other != meta::kNone) return plan_reference(builder, compared, std::move(left));
    if (field.list) return plan_list_comparison(builder, compared);
    if (filter.comparison == Comparison::Search) {
        LAMINA_TRY_ASSIGN(Expression search, plan_search(builder, compared.model, compared.table, {&filter.field, 1},
                                                         filter.value, false));
        std::get<dialect::Search>(search.node).negated = compared.negated;
        return search;
    }
    const bool plain = filter.path.is_null() && filter.comparison <= Comparison::NotIn && !filter.insensitive;
    if (field.type == Type::Json && !plain) return plan_json_comparison(builder, compared);
    return compare_scalar(builder, compared, field, builder.type_of(field), std::move(left));
}

bool can_be_unknown(const meta::Model& model, const Filter& filter) {
    if (filter.field >= model.fields.size()) return false;
    const meta::Field& field = model.fields[filter.field];
    if (filter.comparison == Comparison::Search) return false;
    if (filter.other != meta::kNone) {
        const bool other = filter.other < model.fields.size() && model.fields[filter.other].required;
        return !field.required || !other || field.list || field.type == Type::Json;
    }
    if (filter.value.is_null()) return false;
    return !field.required || field.list || field.type == Type::Json;
}

}  // namespace lamina::plan
