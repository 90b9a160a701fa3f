#include "plan/order.hpp"

#include <algorithm>
#include <utility>

#include <lamina/base/try.hpp>

#include "plan/comparison.hpp"
#include "plan/link.hpp"
#include "plan/messages.hpp"

namespace lamina::plan {
namespace {

using dialect::Expression;
using dialect::Operator;
using dialect::OrderTerm;
using dialect::TableId;

OrderTerm order_term(const query::OrderBy& item) {
    OrderTerm term;
    term.direction =
        item.direction == query::Direction::Descending ? dialect::Direction::Descending : dialect::Direction::Ascending;
    term.nulls = item.nulls == query::Nulls::First  ? dialect::Nulls::First
                 : item.nulls == query::Nulls::Last ? dialect::Nulls::Last
                                                    : dialect::Nulls::Default;
    return term;
}

class OrderPlanner {
public:
    OrderPlanner(Builder& builder, Scope& scope, meta::ModelId model, TableId table, bool few)
        : builder_(builder), scope_(scope), model_(model), table_(table), few_(few) {}

    Result<Order> plan(const std::vector<query::OrderBy>& order_by, bool stable) {
        for (const query::OrderBy& item : order_by) LAMINA_TRY(term(item));
        if (stable && !unique_) LAMINA_TRY(append_identity());
        return std::move(order_);
    }

private:
    struct Step {
        meta::ModelId model;
        TableId table;
    };

    Result<void> term(const query::OrderBy& item) {
        LAMINA_TRY_ASSIGN(const Step end, follow(item.path));
        const meta::Model& model = builder_.model(end.model);
        OrderTerm term = order_term(item);
        if (!item.relevance.empty()) {
            LAMINA_TRY_ASSIGN(term.expression,
                              plan_search(builder_, end.model, end.table, item.relevance, item.search, true));
            term.nullable = false;
            order_.terms.push_back(std::move(term));
            return {};
        }
        if (item.field >= model.fields.size()) return messages::unknown_field(model, item.field, "order_by");
        if (item.aggregate != query::Aggregate::None)
            return messages::unsuitable_filter(model, model.fields[item.field], "order by an aggregate");
        if (item.count) {
            LAMINA_TRY_ASSIGN(term.expression, count(end, item.field));
            term.nullable = false;
        } else {
            const meta::Field& field = model.fields[item.field];
            if (field.is_relation) return messages::not_a_scalar(model, field, "order_by");
            term.expression = builder_.column(end.table, end.model, item.field);
            term.nullable = !item.path.empty() || !field.required;
            if (item.path.empty()) {
                plain_.push_back(item.field);
                unique_ = unique_ || (field.unique && field.required);
            }
        }
        order_.terms.push_back(std::move(term));
        return {};
    }

    /// Joins the related rows along to-one relations; a path that was followed before is not joined again.
    Result<Step> follow(const std::vector<meta::FieldId>& path) {
        Step step{model_, table_};
        std::vector<meta::FieldId> done;
        for (const meta::FieldId field : path) {
            done.push_back(field);
            const auto known =
                std::find_if(joined_.begin(), joined_.end(), [&](const auto& item) { return item.first == done; });
            if (known != joined_.end()) {
                step = known->second;
                continue;
            }
            LAMINA_TRY_ASSIGN(const Link link, link_of(builder_.schema(), step.model, field));
            const meta::Model& model = builder_.model(step.model);
            if (link.list) return messages::wrong_relation_kind(model, model.fields[field], "order_by");
            const Step next{link.related, scope_.table()};
            std::vector<Expression> on;
            for (std::size_t i = 0; i < link.own.size(); ++i) {
                on.push_back(dialect::equal(builder_.column(next.table, next.model, link.other[i]),
                                            builder_.column(step.table, step.model, link.own[i])));
            }
            order_.joins.push_back(
                {dialect::Join::Kind::Left, builder_.table(next.model, next.table), dialect::all_of(std::move(on))});
            step = next;
            joined_.emplace_back(done, step);
        }
        return step;
    }

    /// The number of related rows: of many rows counted in one pass over their table, not once per row, which would
    /// need an index to be fast.
    Result<Expression> count(const Step& step, meta::FieldId field) {
        LAMINA_TRY_ASSIGN(const Link link, link_of(builder_.schema(), step.model, field));
        const meta::Model& model = builder_.model(step.model);
        if (!link.list) return messages::wrong_relation_kind(model, model.fields[field], "_count");
        const TableId counted = scope_.table(), counts = few_ ? dialect::kNoTable : scope_.table();
        dialect::Select select;
        std::vector<Expression> on;
        for (std::size_t i = 0; i < link.own.size(); ++i) {
            const dialect::ValueType type = builder_.type_of(model.fields[link.own[i]]);
            Expression key = link.many_to_many ? dialect::column(counted, link.own_column, type)
                                               : builder_.column(counted, link.related, link.other[i]);
            if (few_) {
                on.push_back(dialect::equal(std::move(key), builder_.column(step.table, step.model, link.own[i])));
                continue;
            }
            select.group_by.push_back(key);
            select.outputs.push_back({std::move(key), dialect::list_column(i)});
            on.push_back(dialect::equal(dialect::column(counts, dialect::list_column(i), type),
                                        builder_.column(step.table, step.model, link.own[i])));
        }
        if (link.many_to_many) {
            select.from = dialect::Table{link.join_table, counted};
            if (builder_.schema().relation_mode_prisma) join_counted(link, counted, select);
        } else {
            select.from = builder_.table(link.related, counted);
        }
        if (few_) {
            select.outputs.push_back({Expression{dialect::CountAll{}}, {}});
            select.where = dialect::all_of(std::move(on));
            return Expression{dialect::Subquery{std::move(select)}};
        }
        const std::string_view total = dialect::list_column(link.own.size());
        select.outputs.push_back({Expression{dialect::CountAll{}}, total});
        order_.joins.push_back(
            {dialect::Join::Kind::Left, dialect::Derived{std::move(select), counts}, dialect::all_of(std::move(on))});
        const dialect::ValueType number{Type::BigInt, false, {}, nullptr};
        return Expression{dialect::Coalesce{{dialect::column(counts, total, number), dialect::integer(0)}}};
    }

    /// Without foreign keys a row of the join table may refer to none.
    void join_counted(const Link& link, TableId counted, dialect::Select& select) {
        const TableId related = scope_.table();
        const meta::FieldId id = link.other.front();
        const dialect::ValueType type = builder_.type_of(builder_.model(link.related).fields[id]);
        select.joins.push_back({dialect::Join::Kind::Inner, builder_.table(link.related, related),
                                dialect::equal(dialect::column(counted, link.other_column, type),
                                               builder_.column(related, link.related, id))});
    }

    Result<void> append_identity() {
        const meta::Model& model = builder_.model(model_);
        const auto fields = identity(model);
        if (fields.empty()) return messages::no_identity(model, "take, skip, cursor and distinct");
        for (const meta::FieldId field : fields) {
            if (std::find(plain_.begin(), plain_.end(), field) != plain_.end()) continue;
            order_.terms.push_back({builder_.column(table_, model_, field), dialect::Direction::Ascending,
                                    dialect::Nulls::Default, !model.fields[field].required});
        }
        return {};
    }

    Builder& builder_;
    Scope& scope_;
    meta::ModelId model_;
    TableId table_;
    bool few_;
    Order order_;
    std::vector<std::pair<std::vector<meta::FieldId>, Step>> joined_;
    std::vector<meta::FieldId> plain_;  ///< the model's own fields among the terms
    bool unique_ = false;               ///< one of them tells all rows apart
};

bool is_decimal(const Expression& expression) {
    const dialect::ValueType* type = dialect::type_of(expression);
    return type && type->type == Type::Decimal;
}

/// Whether two values have the same place in the order.
Expression same_place(const OrderTerm& term, const Expression& cursor) {
    Expression same;
    if (is_decimal(term.expression)) {
        // A database may order Decimals more coarsely than it compares them; the order decides here.
        same = dialect::all_of({dialect::compare(Operator::GreaterOrEqual, term.expression, cursor),
                                dialect::compare(Operator::LessOrEqual, term.expression, cursor)});
    } else {
        return dialect::compare(term.nullable ? Operator::Same : Operator::Equal, term.expression, cursor);
    }
    if (!term.nullable) return same;
    return dialect::any_of(
        {std::move(same), dialect::all_of({dialect::is_null(term.expression), dialect::is_null(cursor)})});
}

Expression after(const dialect::Dialect& dialect, const OrderTerm& term, const Expression& cursor, bool or_same) {
    const bool descending = term.direction == dialect::Direction::Descending;
    const Operator op = descending ? (or_same ? Operator::LessOrEqual : Operator::Less)
                                   : (or_same ? Operator::GreaterOrEqual : Operator::Greater);
    Expression compared = dialect::compare(op, term.expression, cursor);
    if (!term.nullable) return compared;
    const bool nulls_last = term.nulls == dialect::Nulls::Default ? dialect.nulls_are_greatest() != descending
                                                                  : term.nulls == dialect::Nulls::Last;
    std::vector<Expression> ways{std::move(compared)};
    if (nulls_last) {
        ways.push_back(or_same ? dialect::is_null(term.expression)
                               : dialect::all_of({dialect::is_null(term.expression), dialect::is_not_null(cursor)}));
    } else {
        ways.push_back(or_same ? dialect::is_null(cursor)
                               : dialect::all_of({dialect::is_not_null(term.expression), dialect::is_null(cursor)}));
    }
    return dialect::any_of(std::move(ways));
}

}  // namespace

Result<Order> plan_order(Builder& builder, Scope& scope, meta::ModelId model, TableId table,
                         const std::vector<query::OrderBy>& order_by, bool stable, bool few) {
    return OrderPlanner(builder, scope, model, table, few).plan(order_by, stable);
}

Result<Order> plan_group_order(Builder& builder, meta::ModelId model_id, TableId table,
                               const std::vector<query::OrderBy>& order_by, std::span<const meta::FieldId> by) {
    const meta::Model& model = builder.model(model_id);
    Order order;
    std::string missing;
    for (const query::OrderBy& item : order_by) {
        const bool rows = item.aggregate == query::Aggregate::Count && item.field == meta::kNone;
        if (!rows && item.field >= model.fields.size()) return messages::unknown_field(model, item.field, "order_by");
        OrderTerm term = order_term(item);
        if (item.aggregate != query::Aggregate::None) {
            Expression column = rows ? Expression{dialect::CountAll{}} : builder.column(table, model_id, item.field);
            LAMINA_TRY_ASSIGN(term.expression,
                              plan_aggregate_value(builder, model_id, item.aggregate, item.field, std::move(column)));
            term.nullable = item.aggregate != query::Aggregate::Count;
        } else {
            const meta::Field& field = model.fields[item.field];
            if (field.is_relation || item.count || !item.path.empty() || !item.relevance.empty())
                return messages::not_a_scalar(model, field, "order_by of groups");
            if (std::find(by.begin(), by.end(), item.field) == by.end()) {
                missing += (missing.empty() ? "" : ", ") + std::string(field.name);
                continue;
            }
            term.expression = builder.column(table, model_id, item.field);
            term.nullable = !field.required;
        }
        order.terms.push_back(std::move(term));
    }
    if (!missing.empty()) return messages::order_not_grouped(model, missing);
    return order;
}

void reverse(std::vector<OrderTerm>& terms) {
    for (OrderTerm& term : terms) {
        term.direction = term.direction == dialect::Direction::Ascending ? dialect::Direction::Descending
                                                                         : dialect::Direction::Ascending;
        if (term.nulls != dialect::Nulls::Default) {
            term.nulls = term.nulls == dialect::Nulls::First ? dialect::Nulls::Last : dialect::Nulls::First;
        }
    }
}

Expression at_or_after(const dialect::Dialect& dialect, const std::vector<OrderTerm>& row,
                       const std::vector<Expression>& cursor) {
    // From the last term to the first: behind it by this term, or at the same place and behind it by the terms that
    // follow.
    Expression result = after(dialect, row.back(), cursor.back(), true);
    for (std::size_t i = row.size() - 1; i-- > 0;) {
        result = dialect::any_of({after(dialect, row[i], cursor[i], false),
                                  dialect::all_of({same_place(row[i], cursor[i]), std::move(result)})});
    }
    // Said once more in a form that an index can serve.
    if (row.size() > 1 && !row.front().nullable) {
        result = dialect::all_of({after(dialect, row.front(), cursor.front(), true), std::move(result)});
    }
    return result;
}

}  // namespace lamina::plan
