#include <algorithm>

#include <lamina/base/try.hpp>

#include "plan/comparison.hpp"
#include "plan/link.hpp"
#include "plan/messages.hpp"
#include "plan/read_planner.hpp"

namespace lamina::plan {
namespace {

using dialect::Expression;
using dialect::TableId;
using query::Comparison;
using query::Filter;

std::string_view to_text(Filter::Kind kind) {
    static constexpr std::string_view kNames[] = {"AND",   "OR",   "NOT", "compare", "some",
                                                  "every", "none", "is",  "is_not"};
    return kNames[static_cast<std::size_t>(kind)];
}

/// Plans the filters of one statement. Negations are carried down to the comparisons, where SQL's three values make no
/// difference; relation filters then know whether they are negated, which they must (see is()).
class FilterPlanner {
public:
    /// `groups`: in `having`, the fields that rows are grouped by; else null.
    FilterPlanner(Builder& builder, Scope& scope, const std::span<const meta::FieldId>* groups = nullptr)
        : builder_(builder), scope_(scope), groups_(groups) {}

    Result<Expression> filter(meta::ModelId model, TableId table, const Filter& filter, bool negated) {
        switch (filter.kind) {
            case Filter::Kind::And: return connective(model, table, filter, !negated, negated);
            case Filter::Kind::Or: return connective(model, table, filter, negated, negated);
            case Filter::Kind::Not: return connective(model, table, filter, !negated, !negated);
            case Filter::Kind::Compare: return plan_comparison(builder_, {model, table, &filter, negated, groups_});
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

    Result<Expression> relation(meta::ModelId model_id, TableId table, const Filter& filter, bool negated) {
        const meta::Model& model = this->model(model_id);
        if (groups_ != nullptr) return messages::relation_in_having(model);
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
        if (inner == nullptr && link.holds_key) return has_key(model_id, table, link, !positive);
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
        // Rows of the join table are enough when there is nothing to ask about the related rows, and foreign keys vouch
        // for them.
        if (link.many_to_many && !builder_.schema().relation_mode_prisma) related.select.joins.clear();
        return exists(std::move(related), negated);
    }

    Result<Expression> condition(meta::ModelId model_id, TableId table, const Filter* inner, bool inverted) {
        if (inner == nullptr) return Expression{dialect::Boolean{!inverted}};
        if (!inverted || !wants_a_kind_of_json(model_id, *inner)) return filter(model_id, table, *inner, inverted);
        LAMINA_TRY_ASSIGN(Expression positive, filter(model_id, table, *inner, false));
        return Expression{dialect::Not{std::move(positive)}};
    }

    /// Some comparisons want Json of a certain kind, and when negated want it still (`not` an array that …). For
    /// `every` a row of another kind fails like any other that does not match.
    bool wants_a_kind_of_json(meta::ModelId model_id, const Filter& filter) const {
        if (filter.kind == Filter::Kind::Compare) {
            const auto& fields = model(model_id).fields;
            return filter.field < fields.size() && fields[filter.field].type == Type::Json &&
                   !fields[filter.field].list && filter.comparison > Comparison::NotIn;
        }
        const auto any = [&](meta::ModelId of) {
            return std::any_of(filter.children.begin(), filter.children.end(),
                               [&](const Filter& child) { return wants_a_kind_of_json(of, child); });
        };
        if (filter.kind == Filter::Kind::Is || filter.kind == Filter::Kind::IsNot) {
            const auto link = link_of(builder_.schema(), model_id, filter.field);
            return link && any((*link).related);
        }
        const bool connective =
            filter.kind == Filter::Kind::And || filter.kind == Filter::Kind::Or || filter.kind == Filter::Kind::Not;
        return connective && any(model_id);
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
        return has_key(model_id, table, link, exists);  // the foreign key vouches for the row
    }

    /// Whether the row refers to another (or to none, when not `has`); without foreign keys that may be gone.
    Expression has_key(meta::ModelId model_id, TableId table, const Link& link, bool has) {
        std::vector<Expression> parts;
        for (const meta::FieldId field : link.own)
            parts.push_back({dialect::IsNull{builder_.column(table, model_id, field), has}});
        return has ? dialect::all_of(std::move(parts)) : dialect::any_of(std::move(parts));
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
            case Filter::Kind::Compare: return plan::can_be_unknown(model(model_id), filter);
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
    const std::span<const meta::FieldId>* groups_;
};

/// Adds the fields that the filter fixes to one value.
void fixed_fields(const Filter& filter, std::vector<meta::FieldId>& fields) {
    if (filter.kind == Filter::Kind::And) {
        for (const Filter& child : filter.children) fixed_fields(child, fields);
    } else if (filter.kind == Filter::Kind::Compare && filter.comparison == Comparison::Equals && !filter.insensitive &&
               filter.path.is_null() && filter.other == meta::kNone && filter.aggregate == query::Aggregate::None &&
               filter.value.kind() > Value::Kind::Null) {
        fields.push_back(filter.field);
    }
}

}  // namespace

Result<Expression> plan_filter(Builder& builder, Scope& scope, meta::ModelId model, TableId table,
                               const Filter& filter) {
    return FilterPlanner(builder, scope).filter(model, table, filter, false);
}

Result<Expression> plan_having(Builder& builder, Scope& scope, meta::ModelId model, TableId table,
                               std::span<const meta::FieldId> by, const Filter& filter) {
    return FilterPlanner(builder, scope, &by).filter(model, table, filter, false);
}

Result<void> check_unique_filter(const meta::Model& model, const Filter& filter) {
    std::vector<meta::FieldId> fields;
    fixed_fields(filter, fields);
    return check_unique_key(model, fields);
}

Result<void> check_unique_key(const meta::Model& model, std::span<const meta::FieldId> fields) {
    for (const meta::Key& key : model.keys) {
        const bool fixed = std::all_of(key.fields.begin(), key.fields.end(), [&](meta::FieldId field) {
            return std::find(fields.begin(), fields.end(), field) != fields.end();
        });
        if (fixed) return {};
    }
    return messages::no_unique_key(model, "The filter");
}

}  // namespace lamina::plan
