#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>

#include "plan/comparison_parts.hpp"
#include "plan/messages.hpp"

// Comparisons of lists, of Json documents, and of two fields.

namespace lamina::plan {

using dialect::Expression;
using query::Comparison;
using query::Filter;

namespace {

constexpr dialect::ValueType kString{Type::String, false, {}, nullptr};
/// What all Json values are calculated as.
constexpr dialect::ValueType kDocument{Type::Json, false, {"JsonB", {}}, nullptr};

dialect::ListTest::Kind list_test(Comparison comparison) {
    if (comparison == Comparison::HasEvery) return dialect::ListTest::Kind::HasEvery;
    if (comparison == Comparison::HasSome) return dialect::ListTest::Kind::HasSome;
    if (comparison == Comparison::IsEmpty) return dialect::ListTest::Kind::IsEmpty;
    return dialect::ListTest::Kind::Has;
}

dialect::TextMatch::Kind text_match(Comparison comparison) {
    if (comparison == Comparison::StartsWith) return dialect::TextMatch::Kind::StartsWith;
    if (comparison == Comparison::EndsWith) return dialect::TextMatch::Kind::EndsWith;
    return dialect::TextMatch::Kind::Contains;
}

Expression json_parameter(Builder& builder, const Value& value) {
    return {dialect::JsonAt{dialect::parameter(builder.bind_argument(value), kDocument), {}, false, kDocument}};
}

Expression json_is(dialect::JsonTest::Kind kind, Expression value, Expression other = {dialect::Null{}}) {
    return {dialect::JsonTest{kind, std::move(value), std::move(other), false}};
}

Expression as_text(Expression value) { return {dialect::Cast{std::move(value), kString}}; }

/// A comparison of a Json value with another one (for patterns: with a pattern or text), after all checks.
/// A test that Json of another kind does not pass, does not pass for it when negated either.
Expression compare_json(Builder& builder, const Compared& compared, Expression right, bool reference) {
    const Filter& filter = *compared.filter;
    const Comparison comparison = compared.negated ? negation(filter.comparison) : filter.comparison;
    Expression value = json_value(builder, compared, false);
    if (is_pattern(comparison)) {
        Expression text = json_value(builder, compared, true);
        Expression match;
        if (reference) {
            match = {dialect::TextMatch{text_match(comparison), std::move(text), std::move(right), filter.insensitive,
                                        compared.negated}};
        } else {
            match = {dialect::Like{std::move(text), std::move(right), filter.insensitive, compared.negated}};
        }
        return dialect::all_of({std::move(match), json_is(dialect::JsonTest::Kind::IsString, std::move(value))});
    }
    if (comparison == Comparison::ArrayContains) {
        Expression contains{
            dialect::JsonTest{dialect::JsonTest::Kind::Contains, value, std::move(right), compared.negated}};
        return dialect::all_of({std::move(contains), json_is(dialect::JsonTest::Kind::IsArray, std::move(value))});
    }
    if (comparison == Comparison::ArrayStartsWith || comparison == Comparison::ArrayEndsWith) {
        Expression element{dialect::JsonElement{value, comparison == Comparison::ArrayEndsWith, kDocument}};
        const auto op = compared.negated ? dialect::Operator::NotEqual : dialect::Operator::Equal;
        return dialect::all_of({dialect::compare(op, std::move(element), std::move(right)),
                                json_is(dialect::JsonTest::Kind::IsArray, std::move(value))});
    }
    if (is_ordering(comparison)) {
        Expression test = dialect::compare(to_operator(comparison), value, right);
        return dialect::all_of(
            {std::move(test), json_is(dialect::JsonTest::Kind::SameKind, std::move(value), std::move(right))});
    }
    if (filter.insensitive) {
        value = as_text(std::move(value));
        right = as_text(std::move(right));
    }
    return {dialect::Compare{to_operator(comparison), std::move(value), std::move(right), filter.insensitive}};
}

Result<void> check_json(Builder& builder, const Compared& compared) {
    const Filter& filter = *compared.filter;
    const meta::Model& model = builder.model(compared.model);
    const meta::Field& field = model.fields[filter.field];
    const Comparison comparison = filter.comparison;
    LAMINA_TRY(check_path(builder, compared));
    const bool list = comparison >= Comparison::Has && comparison <= Comparison::IsEmpty;
    if (list || is_list_comparison(comparison) || comparison == Comparison::Search)
        return messages::unsuitable_filter(model, field, to_text(comparison));
    const bool needs_operators = is_ordering(comparison) || comparison == Comparison::ArrayContains;
    if (needs_operators && !builder.dialect().has_json_operators()) {
        return error::unsupported_feature("the filter `" + std::string(to_text(comparison)) + "` for Json on " +
                                          std::string(builder.dialect().name()));
    }
    const bool may_be_insensitive =
        is_pattern(comparison) || comparison == Comparison::Equals || comparison == Comparison::Not;
    if (filter.insensitive && !may_be_insensitive)
        return messages::unsuitable_filter(model, field, "mode: insensitive");
    return {};
}

/// A field that a filter refers to has to be of the type that a value would be of.
Result<void> check_reference(Builder& builder, const Compared& compared) {
    const Filter& filter = *compared.filter;
    const meta::Model& model = builder.model(compared.model);
    const meta::Field& field = model.fields[filter.field];
    if (filter.other >= model.fields.size()) return messages::unknown_field(model, filter.other, "a filter");
    const meta::Field& other = model.fields[filter.other];
    if (other.is_relation) return messages::not_a_scalar(model, other, "a comparison");
    const Comparison comparison = filter.comparison;
    bool list = field.list;
    if (is_list_comparison(comparison)) list = true;
    if (comparison == Comparison::Has) list = false;
    Type type = field.type;
    if (type == Type::Json && is_pattern(comparison)) type = Type::String;
    if (filter.aggregate == query::Aggregate::Average) type = other.type;
    if (filter.aggregate == query::Aggregate::Count) type = Type::Int;
    const bool same_enum = type != Type::Enum || field.enumeration == other.enumeration;
    if (other.type != type || other.list != list || !same_enum)
        return messages::wrong_reference(model, type, list, other);

    const bool of_list = comparison >= Comparison::Has && comparison <= Comparison::HasSome;
    const bool of_json = comparison >= Comparison::ArrayContains && comparison <= Comparison::ArrayEndsWith;
    const bool of_text = is_pattern(comparison);
    const bool ordered = type != Type::Boolean && type != Type::Bytes && !list;
    const bool fine = comparison <= Comparison::NotIn || (is_ordering(comparison) && ordered) ||
                      (of_text && type == Type::String && !list) || (of_list && field.list) ||
                      (of_json && field.type == Type::Json);
    if (!fine || (field.list && is_list_comparison(comparison)))
        return messages::unsuitable_filter(model, field, to_text(comparison));
    if (filter.insensitive && ((type != Type::String && field.type != Type::Json) || field.list))
        return messages::unsuitable_filter(model, field, "mode: insensitive");
    return {};
}

/// Types of texts that no operator crosses.
bool is_foreign_text(const dialect::ValueType& type) {
    const std::string_view name = type.native.name;
    return type.type == Type::String && !name.empty() && name != "Text" && name != "VarChar" && name != "Char";
}

}  // namespace

Result<void> check_path(Builder& builder, const Compared& compared) {
    const Value& path = compared.filter->path;
    if (path.is_null()) return {};
    const meta::Model& model = builder.model(compared.model);
    const meta::Field& field = model.fields[compared.filter->field];
    if (!builder.dialect().has_lists() && path.kind() == Value::Kind::String) return {};
    if (!path.is_list()) return messages::wrong_value(model, field, "at a path that is a list of texts");
    for (const Value& step : path.as_list()) {
        if (step.kind() != Value::Kind::String)
            return messages::wrong_value(model, field, "at a path that is a list of texts");
    }
    return {};
}

Expression json_value(Builder& builder, const Compared& compared, bool text) {
    const Filter& filter = *compared.filter;
    dialect::JsonAt at{
        builder.column(compared.table, compared.model, filter.field), {}, text, text ? kString : kDocument};
    if (!filter.path.is_null()) {
        const bool steps = filter.path.is_list(), lists = builder.dialect().has_lists();
        const auto transform = steps && !lists ? Bind::Transform::JsonPath : Bind::Transform::None;
        at.path = dialect::Parameter{builder.bind_argument(filter.path, transform),
                                     steps && lists ? dialect::list_of(kString) : kString};
    }
    return {std::move(at)};
}

Result<Expression> plan_json_comparison(Builder& builder, const Compared& compared) {
    const Filter& filter = *compared.filter;
    const meta::Model& model = builder.model(compared.model);
    const meta::Field& field = model.fields[filter.field];
    LAMINA_TRY(check_json(builder, compared));
    if (filter.value.is_null()) {
        const Comparison comparison = compared.negated ? negation(filter.comparison) : filter.comparison;
        if (comparison != Comparison::Equals && comparison != Comparison::Not)
            return messages::wrong_value(model, field, "a value other than null");
        return Expression{dialect::IsNull{json_value(builder, compared, false), comparison == Comparison::Not}};
    }
    if (is_pattern(filter.comparison)) {
        if (filter.value.kind() != Value::Kind::String) return messages::wrong_value(model, field, "a text");
        const std::uint32_t bind = builder.bind_argument(filter.value, transform_of(filter.comparison));
        return compare_json(builder, compared, dialect::parameter(bind, kString), false);
    }
    if (filter.value.kind() != Value::Kind::Json) return messages::wrong_value(model, field, to_string(Type::Json));
    return compare_json(builder, compared, json_parameter(builder, filter.value), false);
}

Result<Expression> plan_list_comparison(Builder& builder, const Compared& compared) {
    const Filter& filter = *compared.filter;
    const meta::Model& model = builder.model(compared.model);
    const meta::Field& field = model.fields[filter.field];
    if (!builder.dialect().has_lists()) {
        return error::unsupported_feature("lists of scalars on " + std::string(builder.dialect().name()));
    }
    const Comparison comparison = compared.negated ? negation(filter.comparison) : filter.comparison;
    const bool equality = comparison == Comparison::Equals || comparison == Comparison::Not;
    const bool test = comparison >= Comparison::Has && comparison <= Comparison::IsEmpty;
    if ((!equality && !test) || filter.insensitive)
        return messages::unsuitable_filter(model, field, to_text(filter.comparison));
    Expression list = builder.column(compared.table, compared.model, filter.field);
    if (filter.value.is_null()) {
        if (equality) return Expression{dialect::IsNull{std::move(list), comparison == Comparison::Not}};
        if (comparison != Comparison::Has) return messages::wrong_value(model, field, "a value other than null");
        // No list holds a null as far as filters go; of a list that is NULL nobody knows.
        if (compared.negated) return dialect::is_not_null(std::move(list));
        return Expression{dialect::Boolean{false}};
    }
    if (comparison == Comparison::IsEmpty) {
        if (filter.value.kind() != Value::Kind::Boolean) return messages::wrong_value(model, field, "a Boolean");
        return Expression{dialect::ListTest{dialect::ListTest::Kind::IsEmpty, std::move(list),
                                            Expression{dialect::Null{}},
                                            compared.negated == filter.value.as_boolean()}};
    }
    dialect::ValueType element = builder.type_of(field);
    element.list = false;
    const std::uint32_t bind = builder.bind_argument(filter.value, Bind::Transform::None, builder.labels(field));
    if (comparison == Comparison::Has) {
        if (!fits(field.type, filter.value.kind())) return messages::wrong_value(model, field, to_string(field.type));
        return Expression{dialect::ListTest{dialect::ListTest::Kind::Has, std::move(list),
                                            dialect::parameter(bind, element), compared.negated}};
    }
    if (!filter.value.is_list()) return messages::wrong_value(model, field, "a list");
    for (const Value& item : filter.value.as_list()) {
        if (!fits(field.type, item.kind()))
            return messages::wrong_value(model, field, "a list of " + std::string(to_string(field.type)));
    }
    Expression other = dialect::parameter(bind, dialect::list_of(element));
    if (equality) return dialect::compare(to_operator(comparison), std::move(list), std::move(other));
    return Expression{dialect::ListTest{list_test(comparison), std::move(list), std::move(other), compared.negated}};
}

Result<Expression> plan_reference(Builder& builder, const Compared& compared, Expression left) {
    const Filter& filter = *compared.filter;
    const meta::Model& model = builder.model(compared.model);
    LAMINA_TRY(check_reference(builder, compared));
    const meta::Field& field = model.fields[filter.field];
    const Comparison comparison = compared.negated ? negation(filter.comparison) : filter.comparison;
    Expression right = builder.column(compared.table, compared.model, filter.other);
    const dialect::ValueType left_type = builder.type_of(field), right_type = *dialect::type_of(right);
    if (field.type == Type::Json && !field.list && filter.aggregate == query::Aggregate::None) {
        LAMINA_TRY(check_json(builder, compared));
        if (right_type.type == Type::Json) right = {dialect::JsonAt{std::move(right), {}, false, kDocument}};
        return compare_json(builder, compared, std::move(right), true);
    }
    if (left_type.native.name != right_type.native.name && filter.aggregate == query::Aggregate::None &&
        (is_foreign_text(left_type) || is_foreign_text(right_type) || (left_type.list && right_type.list))) {
        const auto cast = [](Expression operand, bool list) {
            return Expression{dialect::Cast{std::move(operand), list ? dialect::list_of(kString) : kString}};
        };
        if (field.type == Type::String) left = cast(std::move(left), left_type.list);
        right = field.type == Type::String ? cast(std::move(right), right_type.list)
                                           : Expression{dialect::Cast{std::move(right), left_type}};
    }
    if (is_pattern(comparison)) {
        return Expression{dialect::TextMatch{text_match(comparison), std::move(left), std::move(right),
                                             filter.insensitive, compared.negated}};
    }
    if (is_list_comparison(comparison)) {
        return Expression{dialect::ListTest{dialect::ListTest::Kind::ElementOf, std::move(right), std::move(left),
                                            comparison == Comparison::NotIn, filter.insensitive}};
    }
    if (comparison == Comparison::Has) {
        return Expression{
            dialect::ListTest{dialect::ListTest::Kind::ElementOf, std::move(left), std::move(right), compared.negated}};
    }
    if (comparison == Comparison::HasEvery || comparison == Comparison::HasSome) {
        return Expression{
            dialect::ListTest{list_test(comparison), std::move(left), std::move(right), compared.negated}};
    }
    return Expression{dialect::Compare{to_operator(comparison), std::move(left), std::move(right), filter.insensitive}};
}

}  // namespace lamina::plan
