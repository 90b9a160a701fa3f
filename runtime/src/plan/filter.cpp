#include <algorithm>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>

#include "plan/link.hpp"
#include "plan/messages.hpp"
#include "plan/read_planner.hpp"

namespace lamina::plan {
namespace {

using dialect::Expression;
using dialect::TableId;
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

std::string_view to_text(Filter::Kind kind) {
    static constexpr std::string_view kNames[] = {"AND",   "OR",   "NOT", "compare", "some",
                                                  "every", "none", "is",  "is_not"};
    return kNames[static_cast<std::size_t>(kind)];
}

/// Whether a value of this kind can be compared with a column of this type.
bool fits(Type type, Value::Kind kind) {
    switch (type) {
        case Type::Int: return kind == Value::Kind::Int;
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

/// Comparisons are true, false or unknown in pairs, so that a negated one is the other of the pair.
Comparison negation(Comparison comparison) {
    switch (comparison) {
        case Comparison::Equals: return Comparison::Not;
        case Comparison::Not: return Comparison::Equals;
        case Comparison::In: return Comparison::NotIn;
        case Comparison::NotIn: return Comparison::In;
        case Comparison::Less: return Comparison::GreaterOrEqual;
        case Comparison::LessOrEqual: return Comparison::Greater;
        case Comparison::Greater: return Comparison::LessOrEqual;
        case Comparison::GreaterOrEqual: return Comparison::Less;
        case Comparison::Contains:
        case Comparison::StartsWith:
        case Comparison::EndsWith:
        case Comparison::Has:
        case Comparison::HasEvery:
        case Comparison::HasSome:
        case Comparison::IsEmpty:
        case Comparison::ArrayContains:
        case Comparison::ArrayStartsWith:
        case Comparison::ArrayEndsWith:
        case Comparison::Search: return comparison;
    }
    return comparison;
}

dialect::Operator to_operator(Comparison comparison) {
    switch (comparison) {
        case Comparison::Not: return dialect::Operator::NotEqual;
        case Comparison::Less: return dialect::Operator::Less;
        case Comparison::LessOrEqual: return dialect::Operator::LessOrEqual;
        case Comparison::Greater: return dialect::Operator::Greater;
        case Comparison::GreaterOrEqual: return dialect::Operator::GreaterOrEqual;
        case Comparison::Equals:
        case Comparison::In:
        case Comparison::NotIn:
        case Comparison::Contains:
        case Comparison::StartsWith:
        case Comparison::EndsWith:
        case Comparison::Has:
        case Comparison::HasEvery:
        case Comparison::HasSome:
        case Comparison::IsEmpty:
        case Comparison::ArrayContains:
        case Comparison::ArrayStartsWith:
        case Comparison::ArrayEndsWith:
        case Comparison::Search: return dialect::Operator::Equal;
    }
    return dialect::Operator::Equal;
}

Bind::Transform transform_of(Comparison comparison) {
    switch (comparison) {
        case Comparison::Contains: return Bind::Transform::Contains;
        case Comparison::StartsWith: return Bind::Transform::StartsWith;
        case Comparison::EndsWith: return Bind::Transform::EndsWith;
        case Comparison::Equals:
        case Comparison::Not:
        case Comparison::In:
        case Comparison::NotIn:
        case Comparison::Less:
        case Comparison::LessOrEqual:
        case Comparison::Greater:
        case Comparison::GreaterOrEqual:
        case Comparison::Has:
        case Comparison::HasEvery:
        case Comparison::HasSome:
        case Comparison::IsEmpty:
        case Comparison::ArrayContains:
        case Comparison::ArrayStartsWith:
        case Comparison::ArrayEndsWith:
        case Comparison::Search: return Bind::Transform::None;
    }
    return Bind::Transform::None;
}

/// Plans the filters of one statement. Negations are carried down to the comparisons, where SQL's three values make no
/// difference; relation filters then know whether they are negated, which they must (see is()).
class FilterPlanner {
public:
    FilterPlanner(Builder& builder, Scope& scope) : builder_(builder), scope_(scope) {}

    Result<Expression> filter(meta::ModelId model, TableId table, const Filter& filter, bool negated) {
        switch (filter.kind) {
            case Filter::Kind::And: return connective(model, table, filter, !negated, negated);
            case Filter::Kind::Or: return connective(model, table, filter, negated, negated);
            case Filter::Kind::Not: return connective(model, table, filter, !negated, !negated);
            case Filter::Kind::Compare: return compare(model, table, filter, negated);
            case Filter::Kind::Some:
            case Filter::Kind::Every:
            case Filter::Kind::None:
            case Filter::Kind::Is:
            case Filter::Kind::IsNot: return relation(model, table, filter, negated);
        }
        return Expression{dialect::Boolean{true}};
    }

private:
    const meta::Model& model(meta::ModelId id) const { return builder_.model(id); }

    Result<Expression> connective(meta::ModelId model, TableId table, const Filter& filter, bool all, bool negated) {
        std::vector<Expression> operands;
        operands.reserve(filter.children.size());
        for (const Filter& child : filter.children) {
            LAMINA_TRY_ASSIGN(Expression operand, this->filter(model, table, child, negated));
            if (all && dialect::is_true(operand)) continue;
            operands.push_back(std::move(operand));
        }
        return all ? dialect::all_of(std::move(operands)) : dialect::any_of(std::move(operands));
    }

    Result<Expression> compare(meta::ModelId model_id, TableId table, const Filter& filter, bool negated) {
        const meta::Model& model = this->model(model_id);
        if (filter.field >= model.fields.size()) return messages::unknown_field(model, filter.field, "a filter");
        const meta::Field& field = model.fields[filter.field];
        if (field.is_relation) return messages::not_a_scalar(model, field, "a comparison");

        if (filter.comparison > Comparison::EndsWith || filter.other != meta::kNone || !filter.path.is_null() ||
            filter.aggregate != query::Aggregate::None) {
            return error::unsupported_feature("this filter");
        }
        Expression column = builder_.column(table, model_id, filter.field);
        const Comparison comparison = negated ? negation(filter.comparison) : filter.comparison;
        if (filter.value.is_null()) {
            if (is_ordering(comparison) || is_pattern(comparison)) {
                return messages::wrong_value(model, field, "a value other than null");
            }
            const bool positive = comparison == Comparison::Equals || comparison == Comparison::In;
            return Expression{dialect::IsNull{std::move(column), !positive}};
        }
        LAMINA_TRY(check(model, field, filter));
        if (is_pattern(comparison)) {
            const dialect::ValueType text{Type::String, false, {}, nullptr};
            const std::uint32_t bind = builder_.bind_argument(filter.value, transform_of(comparison));
            return Expression{
                dialect::Like{std::move(column), dialect::parameter(bind, text), filter.insensitive, negated}};
        }
        const std::uint32_t bind = builder_.bind_argument(filter.value, Bind::Transform::None, builder_.labels(field));
        if (is_list_comparison(comparison)) {
            const dialect::Parameter list{bind, dialect::list_of(builder_.type_of(field))};
            return Expression{
                dialect::InList{std::move(column), list, filter.insensitive, comparison == Comparison::NotIn}};
        }
        return Expression{dialect::Compare{to_operator(comparison), std::move(column),
                                           dialect::parameter(bind, builder_.type_of(field)), filter.insensitive}};
    }

    /// Whether the field has such a filter, and the value is one for it.
    static Result<void> check(const meta::Model& model, const meta::Field& field, const Filter& filter) {
        const Value& value = filter.value;
        const bool string = field.type == Type::String && !field.list;
        const bool ordered =
            field.type != Type::Boolean && field.type != Type::Json && field.type != Type::Bytes && !field.list;
        if ((is_pattern(filter.comparison) && !string) || (is_ordering(filter.comparison) && !ordered) ||
            (is_list_comparison(filter.comparison) && field.list)) {
            return messages::unsuitable_filter(model, field, to_text(filter.comparison));
        }
        if (filter.insensitive && !string) return messages::unsuitable_filter(model, field, "mode: insensitive");
        if (!is_list_comparison(filter.comparison) && !field.list) {
            if (!fits(field.type, value.kind())) return messages::wrong_value(model, field, to_string(field.type));
            return {};
        }
        if (!value.is_list()) return messages::wrong_value(model, field, "a list");
        for (const Value& item : value.as_list()) {
            if (!fits(field.type, item.kind())) {
                return messages::wrong_value(model, field, "a list of " + std::string(to_string(field.type)));
            }
        }
        return {};
    }

    Result<Expression> relation(meta::ModelId model_id, TableId table, const Filter& filter, bool negated) {
        const meta::Model& model = this->model(model_id);
        LAMINA_TRY_ASSIGN(const Link link, link_of(builder_.schema(), model_id, filter.field));
        const bool to_one = filter.kind == Filter::Kind::Is || filter.kind == Filter::Kind::IsNot;
        if (to_one == link.list)
            return messages::wrong_relation_kind(model, model.fields[filter.field], to_text(filter.kind));
        if (filter.children.size() > 1) {
            return messages::wrong_value(model, model.fields[filter.field], "at most one filter");
        }
        const Filter* inner = filter.children.empty() ? nullptr : &filter.children.front();
        switch (filter.kind) {
            case Filter::Kind::Some: return some(model_id, table, link, inner, false, negated);
            case Filter::Kind::None: return some(model_id, table, link, inner, false, !negated);
            case Filter::Kind::Every: return some(model_id, table, link, inner, true, !negated);
            case Filter::Kind::Is:
            case Filter::Kind::IsNot:
            case Filter::Kind::And:
            case Filter::Kind::Or:
            case Filter::Kind::Not:
            case Filter::Kind::Compare: break;
        }
        const bool positive = (filter.kind == Filter::Kind::Is) != negated;
        if (inner == nullptr) return related_exists(model_id, table, link, !positive);
        return is(model_id, table, link, *inner, positive);
    }

    /// A select of the related rows of the row in `table`: its FROM and the condition that they are related.
    struct Related {
        dialect::Select select;
        TableId table = 0;
        std::vector<Expression> conditions;
    };

    Related related_rows(meta::ModelId model_id, TableId table, const Link& link) {
        Related related;
        if (link.many_to_many) {
            const TableId join = scope_.table();
            related.table = scope_.table();
            related.select.from = dialect::Table{link.join_table, join};
            related.select.joins.push_back(
                {dialect::Join::Kind::Inner, builder_.table(link.related, related.table),
                 dialect::equal(builder_.column(related.table, link.related, link.other.front()),
                                join_column(link, join, link.other_column, link.related, link.other.front()))});
            related.conditions.push_back(
                dialect::equal(join_column(link, join, link.own_column, model_id, link.own.front()),
                               builder_.column(table, model_id, link.own.front())));
            return related;
        }
        related.table = scope_.table();
        related.select.from = builder_.table(link.related, related.table);
        for (std::size_t i = 0; i < link.own.size(); ++i) {
            related.conditions.push_back(dialect::equal(builder_.column(related.table, link.related, link.other[i]),
                                                        builder_.column(table, model_id, link.own[i])));
        }
        return related;
    }

    /// A column of a join table has the type of the id that it refers to.
    Expression join_column(const Link&, TableId join, std::string_view name, meta::ModelId model_id,
                           meta::FieldId id) const {
        return dialect::column(join, name, builder_.type_of(model(model_id).fields[id]));
    }

    static Expression exists(Related related, bool negated) {
        related.select.where = dialect::all_of(std::move(related.conditions));
        return dialect::exists(std::move(related.select), negated);
    }

    /// Whether some related row matches (or, when `inverted`, fails) the filter; or, when `negated`, none does.
    Result<Expression> some(meta::ModelId model_id, TableId table, const Link& link, const Filter* inner, bool inverted,
                            bool negated) {
        const bool optional_key = !model(model_id).fields[link.own.front()].required;
        if (builder_.dialect().prefers_in_select() && !link.many_to_many && link.own.size() == 1 &&
            !(negated && optional_key)) {
            return some_in_select(model_id, table, link, inner, inverted, negated);
        }
        Related related = related_rows(model_id, table, link);
        if (inner != nullptr || inverted) {
            LAMINA_TRY_ASSIGN(Expression condition, this->condition(link.related, related.table, inner, inverted));
            if (!dialect::is_true(condition)) {
                related.conditions.push_back(std::move(condition));
                return exists(std::move(related), negated);
            }
        }
        // Rows of the join table are enough when there is nothing to ask about the related rows.
        if (link.many_to_many) related.select.joins.clear();
        return exists(std::move(related), negated);
    }

    Result<Expression> condition(meta::ModelId model_id, TableId table, const Filter* inner, bool inverted) {
        if (inner != nullptr) return filter(model_id, table, *inner, inverted);
        return Expression{dialect::Boolean{!inverted}};
    }

    Result<Expression> some_in_select(meta::ModelId model_id, TableId table, const Link& link, const Filter* inner,
                                      bool inverted, bool negated) {
        const TableId related = scope_.table();
        Expression key = builder_.column(related, link.related, link.other.front());
        std::vector<Expression> conditions;
        // NOT IN knows nothing about anything as soon as there is a NULL in the list.
        if (negated && !model(link.related).fields[link.other.front()].required)
            conditions.push_back(dialect::is_not_null(key));
        LAMINA_TRY_ASSIGN(Expression condition, this->condition(link.related, related, inner, inverted));
        if (!dialect::is_true(condition)) conditions.push_back(std::move(condition));
        dialect::Select select;
        select.outputs.push_back({std::move(key), {}});
        select.from = builder_.table(link.related, related);
        select.where = dialect::all_of(std::move(conditions));
        return Expression{
            dialect::InSelect{builder_.column(table, model_id, link.own.front()), std::move(select), negated}};
    }

    /// Whether there is a related row at all (or none, when `negated`).
    Result<Expression> related_exists(meta::ModelId model_id, TableId table, const Link& link, bool exists) {
        if (!link.holds_key || builder_.schema().relation_mode_prisma) {
            return this->exists(related_rows(model_id, table, link), !exists);
        }
        // The foreign key vouches for the row.
        std::vector<Expression> parts;
        for (const meta::FieldId field : link.own) {
            parts.push_back({dialect::IsNull{builder_.column(table, model_id, field), exists}});
        }
        return exists ? dialect::all_of(std::move(parts)) : dialect::any_of(std::move(parts));
    }

    /// Whether the related row matches; or, when not `positive`, does not: there is none, or one that the filter is
    /// false for. Where the filter is unknown (it compares a NULL) neither is the case, as for a negated filter of the
    /// row itself.
    Result<Expression> is(meta::ModelId model_id, TableId table, const Link& link, const Filter& inner, bool positive) {
        if (inner.kind == Filter::Kind::And && inner.children.empty())
            return related_exists(model_id, table, link, positive);
        const bool unknown = !positive && can_be_unknown(link.related, inner);
        Related related = related_rows(model_id, table, link);
        LAMINA_TRY_ASSIGN(Expression condition, filter(link.related, related.table, inner, unknown));
        if (unknown) condition = {dialect::IsNotTrue{std::move(condition)}};
        related.conditions.push_back(std::move(condition));
        return exists(std::move(related), !positive);
    }

    bool can_be_unknown(meta::ModelId model_id, const Filter& filter) const {
        switch (filter.kind) {
            case Filter::Kind::Compare:
                return filter.field < model(model_id).fields.size() && !model(model_id).fields[filter.field].required &&
                       !filter.value.is_null();
            case Filter::Kind::And:
            case Filter::Kind::Or:
            case Filter::Kind::Not:
                return std::any_of(filter.children.begin(), filter.children.end(),
                                   [&](const Filter& child) { return can_be_unknown(model_id, child); });
            case Filter::Kind::Is:
            case Filter::Kind::IsNot: {
                const auto link = link_of(builder_.schema(), model_id, filter.field);
                return link && !filter.children.empty() && can_be_unknown((*link).related, filter.children.front());
            }
            case Filter::Kind::Some:
            case Filter::Kind::Every:
            case Filter::Kind::None: return false;
        }
        return false;
    }

    Builder& builder_;
    Scope& scope_;
};

/// Adds the fields that the filter fixes to one value.
void fixed_fields(const Filter& filter, std::vector<meta::FieldId>& fields) {
    if (filter.kind == Filter::Kind::And) {
        for (const Filter& child : filter.children) fixed_fields(child, fields);
    } else if (filter.kind == Filter::Kind::Compare && filter.comparison == Comparison::Equals && !filter.insensitive &&
               filter.value.kind() > Value::Kind::Null) {
        fields.push_back(filter.field);
    }
}

}  // namespace

Result<Expression> plan_filter(Builder& builder, Scope& scope, meta::ModelId model, TableId table,
                               const Filter& filter) {
    return FilterPlanner(builder, scope).filter(model, table, filter, false);
}

Result<void> check_unique_filter(const meta::Model& model, const Filter& filter) {
    std::vector<meta::FieldId> fields;
    fixed_fields(filter, fields);
    for (const meta::Key& key : model.keys) {
        const bool fixed = std::all_of(key.fields.begin(), key.fields.end(), [&](meta::FieldId field) {
            return std::find(fields.begin(), fields.end(), field) != fields.end();
        });
        if (fixed) return {};
    }
    return messages::no_unique_key(model, "The filter");
}

}  // namespace lamina::plan
