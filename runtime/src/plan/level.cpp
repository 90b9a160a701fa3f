#include "plan/level.hpp"

#include <algorithm>

#include <lamina/base/try.hpp>

#include "plan/comparison.hpp"
#include "plan/messages.hpp"
#include "plan/order.hpp"
#include "plan/read_planner.hpp"

namespace lamina::plan {
namespace {

using dialect::Expression;
using dialect::Operator;
using dialect::TableId;

constexpr dialect::ValueType kNumber{Type::BigInt, false, {}, nullptr};

Expression derived_column(TableId table, std::size_t index, const Expression& original) {
    const dialect::ValueType* type = dialect::type_of(original);
    return dialect::column(table, dialect::list_column(index), type ? *type : kNumber);
}

/// The columns by which rows of the related model in `table` name their parents; joins the join table, if there is one,
/// to `select`.
std::vector<Expression> parent_columns(Builder& builder, Scope& scope, const Link& link, TableId table,
                                       dialect::Select& select) {
    std::vector<Expression> columns;
    if (!link.many_to_many) {
        for (const meta::FieldId field : link.other) columns.push_back(builder.column(table, link.related, field));
        return columns;
    }
    const TableId join = scope.table();
    const dialect::ValueType own = builder.type_of(builder.model(link.model).fields[link.own.front()]);
    const dialect::ValueType other = builder.type_of(builder.model(link.related).fields[link.other.front()]);
    select.joins.push_back({dialect::Join::Kind::Inner, dialect::Table{link.join_table, join},
                            dialect::equal(dialect::column(join, link.other_column, other),
                                           builder.column(table, link.related, link.other.front()))});
    columns.push_back(dialect::column(join, link.own_column, own));
    return columns;
}

}  // namespace

Level::Level(Builder& builder, meta::ModelId model)
    : builder_(builder), model_(model), scope_(own_scope_), table_(scope_.table()) {
    select_.from = builder_.table(model, table_);
}

Level::Level(Builder& builder, meta::ModelId model, Level& around)
    : builder_(builder), model_(model), scope_(around.scope_), table_(scope_.table()) {
    select_.from = builder_.table(model, table_);
}

void Level::attach(const Link& link, RegisterId keys) {
    link_ = &link;
    single_ = !link.list;
    links_ = parent_columns(builder_, scope_, link, table_, select_);
    if (links_.size() == 1) {
        const dialect::Parameter list{builder_.bind_list(keys, 0), dialect::list_of(*dialect::type_of(links_.front()))};
        conditions_.push_back({dialect::InList{links_.front(), list}});
        return;
    }
    dialect::ListTable lists;
    std::vector<Expression> on;
    lists.id = scope_.table();
    for (std::size_t i = 0; i < links_.size(); ++i) {
        const dialect::ValueType& type = *dialect::type_of(links_[i]);
        lists.lists.push_back({builder_.bind_list(keys, static_cast<std::uint16_t>(i)), dialect::list_of(type)});
        on.push_back(
            dialect::compare(Operator::Element, links_[i], dialect::column(lists.id, dialect::list_column(i), type)));
    }
    select_.joins.push_back({dialect::Join::Kind::Inner, std::move(lists), dialect::all_of(std::move(on))});
}

void Level::attach(const Link& link, std::vector<Expression> parents) {
    link_ = &link;
    single_ = !link.list;
    parents_ = std::move(parents);
    std::vector<Expression> links = parent_columns(builder_, scope_, link, table_, select_);
    for (std::size_t i = 0; i < links.size(); ++i)
        conditions_.push_back(dialect::equal(std::move(links[i]), parents_[i]));
}

std::uint16_t Level::output(meta::FieldId field) {
    outputs_.push_back(builder_.column(table_, model_, field));
    output_fields_.push_back(field);
    return static_cast<std::uint16_t>(outputs_.size() - 1);
}

std::vector<std::uint16_t> Level::output_links() {
    for (std::size_t i = 0; i < links_.size(); ++i) {
        const auto known = link_->many_to_many
                               ? output_fields_.end()
                               : std::find(output_fields_.begin(), output_fields_.end(), link_->other[i]);
        link_positions_.push_back(static_cast<std::uint16_t>(known - output_fields_.begin()));
        if (known != output_fields_.end()) continue;
        outputs_.push_back(links_[i]);
        output_fields_.push_back(link_->many_to_many ? meta::kNone : link_->other[i]);
    }
    return link_positions_;
}

std::vector<Expression> Level::link_expressions() const {
    std::vector<Expression> links;
    for (const std::uint16_t position : link_positions_) links.push_back(outputs_[position]);
    return links;
}

Result<void> Level::check(const query::Arguments& arguments) const {
    const meta::Model& model = builder_.model(model_);
    if (arguments.skip < 0) return messages::negative_skip(model);
    for (const meta::FieldId field : arguments.distinct) {
        if (field >= model.fields.size()) return messages::unknown_field(model, field, "distinct");
        if (model.fields[field].is_relation) return messages::not_a_scalar(model, model.fields[field], "distinct");
    }
    for (const query::FieldValue& item : arguments.cursor) {
        if (item.field >= model.fields.size()) return messages::unknown_field(model, item.field, "cursor");
        if (model.fields[item.field].is_relation)
            return messages::not_a_scalar(model, model.fields[item.field], "cursor");
    }
    return {};
}

Result<void> Level::filter(const query::Filter& where) {
    LAMINA_TRY_ASSIGN(Expression condition, plan_filter(builder_, scope_, model_, table_, where));
    if (!dialect::is_true(condition)) conditions_.push_back(std::move(condition));
    return {};
}

Result<void> Level::apply(const query::Arguments& arguments, bool first) {
    LAMINA_TRY(check(arguments));
    LAMINA_TRY(filter(arguments.where));
    if (single_) return {};

    const bool pages = (arguments.take && !first) || arguments.skip > 0;
    const bool backwards = arguments.take && *arguments.take < 0;
    const bool exact = !arguments.cursor.empty() || !arguments.distinct.empty();
    // As in Prisma: an order that was asked for is taken as it is, unless ties would decide which rows come.
    const bool stable = exact || ((pages || backwards) && arguments.order_by.empty());
    LAMINA_TRY_ASSIGN(Order order,
                      plan_order(builder_, scope_, model_, table_, arguments.order_by, stable, !parents_.empty()));
    order_ = std::move(order.terms);
    for (dialect::Join& join : order.joins) select_.joins.push_back(std::move(join));
    if (backwards) reverse(order_);

    if (!arguments.cursor.empty()) LAMINA_TRY(add_cursor(arguments, stable));
    if (!arguments.distinct.empty()) keep_distinct(arguments);
    if (is_keyed()) {
        page_per_parent(arguments);
    } else {
        page(arguments, first);
    }
    return {};
}

Result<std::vector<Expression>> Level::cursor_conditions(const query::Arguments& arguments, TableId table) {
    const meta::Model& model = builder_.model(model_);
    query::Filter filter;
    std::vector<Expression> conditions;
    for (const query::FieldValue& item : arguments.cursor) {
        query::Filter compare;
        compare.kind = query::Filter::Kind::Compare;
        compare.field = item.field;
        compare.value = item.value;
        filter.children.push_back(std::move(compare));
        if (item.value.is_null()) conditions.push_back(Expression{dialect::Boolean{false}});  // as = NULL
        if (item.value.kind() <= Value::Kind::Null) continue;
        conditions.push_back(dialect::equal(builder_.column(table, model_, item.field),
                                            builder_.argument(model.fields[item.field], item.value)));
    }
    if (auto unique = check_unique_filter(model, filter); !unique) return messages::no_unique_key(model, "The cursor");
    return conditions;
}

/// Everything from the row that the cursor names on. Without such a row there is nothing.
Result<void> Level::add_cursor(const query::Arguments& arguments, bool stable) {
    const TableId table = scope_.table();
    LAMINA_TRY_ASSIGN(std::vector<Expression> conditions, cursor_conditions(arguments, table));
    dialect::Select cursor;
    cursor.from = builder_.table(model_, table);
    // Parents among whose rows the cursor's row is not have nothing.
    if (!parents_.empty()) {
        std::vector<Expression> rows = parent_columns(builder_, scope_, *link_, table, cursor);
        for (std::size_t i = 0; i < rows.size(); ++i)
            conditions.push_back(dialect::equal(std::move(rows[i]), parents_[i]));
    }

    // The usual case, ordered by the cursor's own field: t.id >= (SELECT id …), which an index serves.
    const auto* only = order_.size() == 1 ? std::get_if<dialect::Column>(&order_.front().expression.node) : nullptr;
    if (only && !is_keyed() && !order_.front().nullable && arguments.cursor.size() == 1 && only->table == table_ &&
        only->name == builder_.model(model_).fields[arguments.cursor.front().field].column) {
        cursor.outputs.push_back({builder_.column(table, model_, arguments.cursor.front().field), {}});
        cursor.where = dialect::all_of(std::move(conditions));
        conditions_.push_back(
            at_or_after(builder_.dialect(), order_, {Expression{dialect::Subquery{std::move(cursor)}}}));
        return {};
    }

    LAMINA_TRY_ASSIGN(Order order,
                      plan_order(builder_, scope_, model_, table, arguments.order_by, stable, !parents_.empty()));
    for (dialect::Join& join : order.joins) cursor.joins.push_back(std::move(join));
    const TableId row = scope_.table();
    std::vector<Expression> place, on;
    for (const dialect::OrderTerm& term : order.terms) {
        place.push_back(derived_column(row, cursor.outputs.size(), term.expression));
        cursor.outputs.push_back({term.expression, dialect::list_column(cursor.outputs.size())});
    }
    if (is_keyed()) {
        const std::vector<Expression> parents = parent_columns(builder_, scope_, *link_, table, cursor);
        for (std::size_t i = 0; i < parents.size(); ++i) {
            on.push_back(
                dialect::equal(outputs_[link_positions_[i]], derived_column(row, cursor.outputs.size(), parents[i])));
            cursor.outputs.push_back({parents[i], dialect::list_column(cursor.outputs.size())});
        }
    }
    cursor.where = dialect::all_of(std::move(conditions));
    on.push_back(at_or_after(builder_.dialect(), order_, place));
    select_.joins.push_back(
        {dialect::Join::Kind::Inner, dialect::Derived{std::move(cursor), row}, dialect::all_of(std::move(on))});
    return {};
}

/// Of rows that are equal in the distinct fields, the first in the order.
void Level::keep_distinct(const query::Arguments& arguments) {
    dialect::RowNumber number;
    number.partition = link_expressions();
    for (const meta::FieldId field : arguments.distinct)
        number.partition.push_back(builder_.column(table_, model_, field));
    number.order = order_;
    Expression place = wrap(Expression{std::move(number)});
    conditions_.push_back(dialect::equal(std::move(place), dialect::integer(1)));
}

void Level::page(const query::Arguments& arguments, bool first) {
    const bool backwards = arguments.take && *arguments.take < 0;
    select_.order_by = order_;
    if (first) {
        select_.limit = dialect::integer(1);
    } else if (arguments.take) {
        select_.limit = dialect::parameter(builder_.bind_take(arguments), kNumber);
    }
    if (arguments.skip > 0) select_.offset = dialect::parameter(builder_.bind_skip(arguments), kNumber);
    if (!backwards || first) return;
    wrap();
    reverse(order_);
    select_.order_by = order_;
}

void Level::page_per_parent(const query::Arguments& arguments) {
    if (!arguments.take && arguments.skip == 0) {
        select_.order_by = order_;
        return;
    }
    const bool backwards = arguments.take && *arguments.take < 0;
    Expression place = wrap(Expression{dialect::RowNumber{link_expressions(), order_}});
    Expression behind_skip = place;
    if (arguments.skip > 0) {
        const Expression skip = dialect::parameter(builder_.bind_skip(arguments), kNumber);
        conditions_.push_back(dialect::compare(Operator::Greater, place, skip));
        behind_skip = {dialect::Arithmetic{dialect::Arithmetic::Kind::Subtract, place, skip, kNumber}};
    }
    if (arguments.take) {
        conditions_.push_back(dialect::compare(Operator::LessOrEqual, std::move(behind_skip),
                                               dialect::parameter(builder_.bind_take(arguments), kNumber)));
    }
    select_.order_by = {{std::move(place), backwards ? dialect::Direction::Descending : dialect::Direction::Ascending,
                         dialect::Nulls::Default, false}};
}

void Level::close(dialect::Select& select) {
    if (!conditions_.empty()) select.where = dialect::all_of(std::move(conditions_));
    conditions_.clear();
}

Expression Level::wrap(std::optional<Expression> extra) {
    dialect::Select inner = std::move(select_);
    close(inner);
    select_ = {};
    const TableId derived = scope_.table();
    const auto move_out = [&](Expression& expression) {
        Expression moved = derived_column(derived, inner.outputs.size(), expression);
        inner.outputs.push_back({std::move(expression), dialect::list_column(inner.outputs.size())});
        expression = std::move(moved);
    };
    for (Expression& output : outputs_) {
        if (!std::holds_alternative<dialect::Null>(output.node)) move_out(output);
    }
    for (dialect::OrderTerm& term : order_) move_out(term.expression);
    Expression result;
    if (extra) {
        move_out(*extra);
        result = std::move(*extra);
    }
    select_.from = dialect::Derived{std::move(inner), derived};
    return result;
}

void Level::reserve_counts(std::size_t count) {
    first_count_ = outputs_.size();
    row_outputs_ = first_count_ + count;
    for (std::size_t i = 0; i < count; ++i) {
        outputs_.push_back({dialect::Null{}});
        output_fields_.push_back(meta::kNone);
    }
}

Result<void> Level::count(const std::vector<query::CountSelection>& counts, bool each) {
    const meta::Model& model = builder_.model(model_);
    asked_outputs_ = outputs_.size();
    for (const query::CountSelection& wanted : counts) {
        LAMINA_TRY_ASSIGN(const Link link, link_of(builder_.schema(), model_, wanted.field));
        if (!link.list) return messages::wrong_relation_kind(model, model.fields[wanted.field], "_count");
        Count count;
        count.position = first_count_ + counts_.size();
        count.each = each;
        for (const meta::FieldId field : link.own) {
            const auto known = std::find(output_fields_.begin(), output_fields_.end(), field);
            const auto position = static_cast<std::uint16_t>(known - output_fields_.begin());
            count.keys.push_back(known == output_fields_.end() ? output(field) : position);
        }
        const TableId related = scope_.table();
        LAMINA_TRY_ASSIGN(Expression condition, plan_filter(builder_, scope_, link.related, related, wanted.where));
        const bool all = dialect::is_true(condition);
        if (link.many_to_many && all && !builder_.schema().relation_mode_prisma) {
            // Rows of the join table are enough: its foreign keys vouch for the others.
            count.select.from = dialect::Table{link.join_table, related};
            const dialect::ValueType type = builder_.type_of(model.fields[link.own.front()]);
            count.related_keys.push_back(dialect::column(related, link.own_column, type));
        } else {
            count.select.from = builder_.table(link.related, related);
            count.related_keys = parent_columns(builder_, scope_, link, related, count.select);
        }
        if (!all) count.select.where = std::move(condition);
        counts_.push_back(std::move(count));
    }
    return {};
}

void Level::finish_counts() {
    for (Count& count : counts_) {
        std::vector<Expression> on;
        if (count.each) {
            for (std::size_t i = 0; i < count.keys.size(); ++i)
                on.push_back(dialect::equal(std::move(count.related_keys[i]), outputs_[count.keys[i]]));
            if (count.select.where) on.push_back(std::move(*count.select.where));
            count.select.where = dialect::all_of(std::move(on));
            count.select.outputs.push_back({Expression{dialect::CountAll{}}, {}});
            outputs_[count.position] = {dialect::Subquery{std::move(count.select)}};
            continue;
        }
        const TableId totals = scope_.table();
        for (std::size_t i = 0; i < count.keys.size(); ++i) {
            const dialect::ValueType* type = dialect::type_of(count.related_keys[i]);
            on.push_back(dialect::equal(dialect::column(totals, dialect::list_column(i), type ? *type : kNumber),
                                        outputs_[count.keys[i]]));
            count.select.group_by.push_back(count.related_keys[i]);
            count.select.outputs.push_back({std::move(count.related_keys[i]), dialect::list_column(i)});
        }
        const std::string_view total = dialect::list_column(count.keys.size());
        count.select.outputs.push_back({Expression{dialect::CountAll{}}, total});
        select_.joins.push_back({dialect::Join::Kind::Left, dialect::Derived{std::move(count.select), totals},
                                 dialect::all_of(std::move(on))});
        outputs_[count.position] = {dialect::Coalesce{{dialect::column(totals, total, kNumber), dialect::integer(0)}}};
    }
    counts_.clear();
}

void Level::settle() {
    if (!select_.offset) return;
    wrap();
    select_.order_by = order_;
}

std::uint16_t Level::output_rows(Level& inside) {
    if (rows_.empty() && !is_keyed()) asked_outputs_ = row_outputs_;
    rows_.push_back({dialect::RowArray{inside.complete()}});
    return static_cast<std::uint16_t>((is_keyed() ? outputs_.size() : asked_outputs_) + rows_.size() - 1);
}

dialect::Select Level::complete() {
    const bool trimmed = !is_keyed() && !(counts_.empty() && rows_.empty() && parents_.empty());
    finish_counts();
    // Columns that only the counting and levels inside needed; link columns stand behind them.
    if (trimmed) outputs_.resize(parents_.empty() ? asked_outputs_ : row_outputs_);
    close(select_);
    for (Expression& output : outputs_) select_.outputs.push_back({std::move(output), {}});
    for (Expression& rows : rows_) select_.outputs.push_back({std::move(rows), {}});
    return std::move(select_);
}

StatementId Level::finish() {
    const dialect::Select select = complete();
    return builder_.add_statement(select, scope_);
}

Result<StatementId> Level::finish_aggregates(const std::vector<query::AggregateValue>& values) {
    close(select_);
    if (select_.limit || select_.offset) {
        order_.clear();
        wrap();
    }
    select_.order_by.clear();
    for (const query::AggregateValue& value : values) {
        const auto known = std::find(output_fields_.begin(), output_fields_.end(), value.field);
        Expression column{dialect::CountAll{}};
        if (known != output_fields_.end()) column = outputs_[static_cast<std::size_t>(known - output_fields_.begin())];
        LAMINA_TRY_ASSIGN(Expression result,
                          plan_aggregate_value(builder_, model_, value.aggregate, value.field, std::move(column)));
        select_.outputs.push_back({std::move(result), {}});
    }
    return builder_.add_statement(select_, scope_);
}

}  // namespace lamina::plan
