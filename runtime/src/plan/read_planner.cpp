#include "plan/read_planner.hpp"

#include <algorithm>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>

#include "plan/comparison.hpp"
#include "plan/level.hpp"
#include "plan/link.hpp"
#include "plan/messages.hpp"
#include "plan/order.hpp"
#include "plan/shape_walk.hpp"

namespace lamina::plan {
namespace {

using dialect::Expression;

void add_once(std::vector<meta::FieldId>& fields, meta::FieldId field) {
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
}

/// Where each of these fields stands in a statement that gives row_columns().
std::uint16_t position_of(const RowColumns& columns, meta::FieldId field) {
    const auto found = std::find(columns.fields.begin(), columns.fields.end(), field);
    if (found != columns.fields.end()) return static_cast<std::uint16_t>(found - columns.fields.begin());
    const auto key = std::find(columns.keys.begin(), columns.keys.end(), field);
    return static_cast<std::uint16_t>(columns.fields.size() + columns.counts +
                                      static_cast<std::size_t>(key - columns.keys.begin()));
}

/// `few`: so few rows will come that each may count its related rows alone.
Result<void> output_columns(Level& level, const RowColumns& columns, const query::Selection& selection, bool few) {
    for (const meta::FieldId field : columns.fields) level.output(field);
    level.reserve_counts(columns.counts);
    for (const meta::FieldId field : columns.keys) level.output(field);
    return level.count(selection.counts, few);
}

Result<ReadNode> read_children(Builder& builder, meta::ModelId model_id, const query::Selection& selection,
                               StatementId statement);

/// The relations of a selection, and those inside of them, as columns of the level that reads its rows.
Result<std::vector<ReadNode::Child>> join_children(Builder& builder, Level& level, meta::ModelId model_id,
                                                   const query::Selection& selection, const RowColumns& columns) {
    std::vector<ReadNode::Child> children;
    if (selection.relations.empty()) return children;
    level.settle();
    for (const query::RelationSelection& relation : selection.relations) {
        LAMINA_TRY_ASSIGN(const Link link, link_of(builder.schema(), model_id, relation.field));
        LAMINA_TRY_ASSIGN(const RowColumns inside, row_columns(builder, link.related, relation.selection));
        std::vector<Expression> parents;
        for (const meta::FieldId field : link.own) parents.push_back(level.value(position_of(columns, field)));
        Level related(builder, link.related, level);
        related.attach(link, std::move(parents));
        LAMINA_TRY(output_columns(related, inside, relation.selection, true));
        LAMINA_TRY(related.apply(relation.arguments));
        ReadNode::Child child;
        child.node.fields = static_cast<std::uint16_t>(inside.fields.size() + inside.counts);
        LAMINA_TRY_ASSIGN(child.node.children,
                          join_children(builder, related, link.related, relation.selection, inside));
        child.column = level.output_rows(related);
        children.push_back(std::move(child));
    }
    return children;
}

/// The select is complete but for the relations of its rows: reads them.
Result<ReadNode> finish_rows(Builder& builder, Level& level, meta::ModelId model_id,
                             const query::Selection& selection) {
    if (!builder.joins() || selection.relations.empty())
        return read_children(builder, model_id, selection, level.finish());
    LAMINA_TRY_ASSIGN(const RowColumns columns, row_columns(builder, model_id, selection));
    ReadNode node;
    node.fields = static_cast<std::uint16_t>(columns.fields.size() + columns.counts);
    LAMINA_TRY_ASSIGN(node.children, join_children(builder, level, model_id, selection, columns));
    node.statement = level.finish();
    return node;
}

/// Reads the rows that a relation leads to, for keys in a register.
Result<ReadNode> read_related(Builder& builder, const Link& link, const query::RelationSelection& relation,
                              RegisterId keys) {
    LAMINA_TRY_ASSIGN(const RowColumns columns, row_columns(builder, link.related, relation.selection));
    Level level(builder, link.related);
    level.attach(link, keys);
    LAMINA_TRY(output_columns(level, columns, relation.selection, false));
    const std::vector<std::uint16_t> positions = level.output_links();
    LAMINA_TRY(level.apply(relation.arguments));
    LAMINA_TRY_ASSIGN(ReadNode node, finish_rows(builder, level, link.related, relation.selection));
    for (std::size_t i = 0; i < positions.size(); ++i) {
        const meta::Field& field = link.many_to_many ? builder.model(link.model).fields[link.own[i]]
                                                     : builder.model(link.related).fields[link.other[i]];
        node.links.push_back({positions[i], field.type});
    }
    return node;
}

Result<void> lock_rows(Builder& builder, Level& level, const query::Operation& operation) {
    using dialect::RowLock;
    RowLock::Strength strength{};
    switch (operation.lock) {
        case query::Lock::None: return {};
        case query::Lock::ForUpdate: strength = RowLock::Strength::Update; break;
        case query::Lock::ForNoKeyUpdate: strength = RowLock::Strength::NoKeyUpdate; break;
        case query::Lock::ForShare: strength = RowLock::Strength::Share; break;
        case query::Lock::ForKeyShare: strength = RowLock::Strength::KeyShare; break;
    }
    const std::string database(builder.dialect().name());
    if (!builder.dialect().has_row_locks()) {
        return error::unsupported_feature("lock() on " + database +
                                          ", where a transaction that writes is alone anyway");
    }
    if (!operation.arguments.distinct.empty()) return error::unsupported_feature("lock() with distinct on " + database);
    const RowLock::Wait waits[] = {RowLock::Wait::Wait, RowLock::Wait::NoWait, RowLock::Wait::SkipLocked};
    level.lock(strength, waits[static_cast<std::size_t>(operation.lock_wait)]);
    builder.plan().read_only = false;
    return {};
}

/// find_unique with several keys: by lists of them, as related rows are read.
Result<void> plan_find_by_keys(Builder& builder, const query::Operation& operation) {
    const meta::Model& model = builder.model(operation.model);
    const std::vector<meta::FieldId>& key = operation.rows.fields;
    for (const meta::FieldId field : key) {
        if (field >= model.fields.size()) return messages::unknown_field(model, field, "the keys");
        if (model.fields[field].is_relation) return messages::not_a_scalar(model, model.fields[field], "the keys");
    }
    LAMINA_TRY(check_unique_key(model, key));
    if (operation.lock != query::Lock::None) return error::unsupported_feature("lock() of rows by several keys");

    LAMINA_TRY_ASSIGN(const RowColumns columns, row_columns(builder, operation.model, operation.selection));
    Link link;
    link.related = operation.model;
    link.other = key;
    Read read;
    read.keys = builder.new_register();
    read.required = operation.action == query::Action::FindUniqueOrThrow;
    read.model = model.name;
    Level level(builder, operation.model);
    level.attach(link, read.keys);
    LAMINA_TRY(output_columns(level, columns, operation.selection, true));
    const std::vector<std::uint16_t> positions = level.output_links();
    LAMINA_TRY(level.apply(operation.arguments));
    LAMINA_TRY_ASSIGN(read.root, finish_rows(builder, level, operation.model, operation.selection));
    for (std::size_t i = 0; i < key.size(); ++i) {
        read.root.links.push_back({positions[i], model.fields[key[i]].type});
        read.key_columns.push_back(static_cast<std::uint16_t>(i));
    }
    builder.add(std::move(read));
    return {};
}

Result<void> plan_find(Builder& builder, const query::Operation& operation) {
    using query::Action;
    const bool unique = operation.action == Action::FindUnique || operation.action == Action::FindUniqueOrThrow;
    const bool first = operation.action == Action::FindFirst || operation.action == Action::FindFirstOrThrow;
    const bool or_throw = operation.action == Action::FindUniqueOrThrow || operation.action == Action::FindFirstOrThrow;
    const meta::Model& model = builder.model(operation.model);
    if (unique && !operation.rows.fields.empty()) return plan_find_by_keys(builder, operation);
    if (unique) LAMINA_TRY(check_unique_filter(model, operation.arguments.where));

    LAMINA_TRY_ASSIGN(const RowColumns columns, row_columns(builder, operation.model, operation.selection));
    Level level(builder, operation.model);
    LAMINA_TRY(lock_rows(builder, level, operation));
    LAMINA_TRY(output_columns(level, columns, operation.selection, unique || first || takes_few(operation.arguments)));
    LAMINA_TRY(level.apply(operation.arguments, first));
    Read read;
    LAMINA_TRY_ASSIGN(read.root, finish_rows(builder, level, operation.model, operation.selection));
    builder.plan().single_row = unique || first;
    builder.plan().statements[read.root.statement].single_row = unique || first;
    if (!or_throw) {
        builder.add(std::move(read));
        return {};
    }
    read.into = builder.new_register();
    Require require;
    require.source = read.into;
    const Error missing = messages::nothing_found(model.name);
    require.code = missing.code();
    require.message = missing.message();
    require.model = model.name;
    builder.add(std::move(read));
    builder.add(std::move(require));
    return {};
}

Result<void> plan_count(Builder& builder, const query::Operation& operation) {
    Level level(builder, operation.model);
    LAMINA_TRY(level.apply(operation.arguments));
    LAMINA_TRY_ASSIGN(const StatementId statement, level.finish_aggregates({{query::Aggregate::Count, meta::kNone}}));
    builder.add(Number{statement});
    return {};
}

/// A read of columns that are no fields.
void read_values(Builder& builder, StatementId statement, std::size_t columns, bool single) {
    Read read;
    read.root.statement = statement;
    read.root.fields = static_cast<std::uint16_t>(columns);
    builder.plan().single_row = single;
    builder.plan().statements[statement].single_row = single;
    builder.add(std::move(read));
}

Result<void> plan_aggregate(Builder& builder, const query::Operation& operation) {
    const meta::Model& model = builder.model(operation.model);
    if (operation.aggregates.empty()) return messages::nothing_to_aggregate(model);
    Level level(builder, operation.model);
    std::vector<meta::FieldId> fields;
    for (const query::AggregateValue& value : operation.aggregates) {
        if (value.field == meta::kNone) continue;
        if (value.field >= model.fields.size()) return messages::unknown_field(model, value.field, "an aggregate");
        if (model.fields[value.field].is_relation)
            return messages::not_a_scalar(model, model.fields[value.field], "an aggregate");
        add_once(fields, value.field);
    }
    for (const meta::FieldId field : fields) level.output(field);
    LAMINA_TRY(level.apply(operation.arguments));
    LAMINA_TRY_ASSIGN(const StatementId statement, level.finish_aggregates(operation.aggregates));
    read_values(builder, statement, operation.aggregates.size(), true);
    return {};
}

Result<void> check_groups(const meta::Model& model, const query::Operation& operation) {
    if (operation.by.empty()) return messages::nothing_to_aggregate(model);
    for (const meta::FieldId field : operation.by) {
        if (field >= model.fields.size()) return messages::unknown_field(model, field, "`by`");
        if (model.fields[field].is_relation) return messages::not_a_scalar(model, model.fields[field], "`by`");
    }
    const query::Arguments& arguments = operation.arguments;
    if (arguments.skip < 0) return messages::negative_skip(model);
    if (!arguments.cursor.empty() || !arguments.distinct.empty())
        return error::unsupported_feature("cursor and distinct in group_by");
    // Without an order it is left to chance which groups come: as in Prisma, whose order of rows is no order of groups.
    if ((arguments.take || arguments.skip > 0) && arguments.order_by.empty()) {
        const auto fields = identity(model);
        return messages::order_not_grouped(model,
                                           fields.empty() ? std::string_view("id") : model.fields[fields.front()].name);
    }
    return {};
}

bool groups_by_a_function_name(const meta::Model& model, std::span<const meta::FieldId> by) {
    static constexpr std::string_view kFunctions[] = {"count", "sum", "avg", "min", "max"};
    return std::any_of(by.begin(), by.end(), [&](meta::FieldId field) {
        return std::find(std::begin(kFunctions), std::end(kFunctions), model.fields[field].column) !=
               std::end(kFunctions);
    });
}

Result<void> plan_group_by(Builder& builder, const query::Operation& operation) {
    static constexpr dialect::ValueType kNumber{Type::BigInt, false, {}, nullptr};
    const query::Arguments& arguments = operation.arguments;
    LAMINA_TRY(check_groups(builder.model(operation.model), operation));
    Scope scope;
    const dialect::TableId table = scope.table();
    dialect::Select select;
    select.from = builder.table(operation.model, table);
    LAMINA_TRY_ASSIGN(select.where, plan_filter(builder, scope, operation.model, table, arguments.where));
    for (const meta::FieldId field : operation.by) {
        select.outputs.push_back({builder.column(table, operation.model, field), {}});
        select.group_by.push_back(builder.column(table, operation.model, field));
    }
    // PostgreSQL calls a result after its function: a field of that name would be ambiguous in ORDER BY.
    const std::string_view alias = groups_by_a_function_name(builder.model(operation.model), operation.by) ? "$" : "";
    for (const query::AggregateValue& value : operation.aggregates) {
        Expression column{dialect::CountAll{}};
        if (value.field < builder.model(operation.model).fields.size())
            column = builder.column(table, operation.model, value.field);
        LAMINA_TRY_ASSIGN(Expression result, plan_aggregate_value(builder, operation.model, value.aggregate,
                                                                  value.field, std::move(column)));
        select.outputs.push_back({std::move(result), alias});
    }
    LAMINA_TRY_ASSIGN(select.having,
                      plan_having(builder, scope, operation.model, table, operation.by, operation.having));
    LAMINA_TRY_ASSIGN(Order order, plan_group_order(builder, operation.model, table, arguments.order_by, operation.by));
    select.order_by = std::move(order.terms);
    // The last groups come last one first, as in Prisma.
    if (arguments.take && *arguments.take < 0) reverse(select.order_by);
    if (arguments.take) select.limit = dialect::parameter(builder.bind_take(arguments), kNumber);
    if (arguments.skip > 0) select.offset = dialect::parameter(builder.bind_skip(arguments), kNumber);
    const StatementId statement = builder.add_statement(select, scope);
    read_values(builder, statement, operation.by.size() + operation.aggregates.size(), false);
    return {};
}

Result<ReadNode> read_children(Builder& builder, meta::ModelId model_id, const query::Selection& selection,
                               StatementId statement) {
    const meta::Model& model = builder.model(model_id);
    LAMINA_TRY_ASSIGN(const RowColumns columns, row_columns(builder, model_id, selection));
    ReadNode node;
    node.statement = statement;
    node.fields = static_cast<std::uint16_t>(columns.fields.size() + columns.counts);
    std::vector<meta::FieldId> keys;
    for (const query::RelationSelection& relation : selection.relations) {
        LAMINA_TRY_ASSIGN(const Link link, link_of(builder.schema(), model_id, relation.field));
        ReadNode::Child child;
        for (const meta::FieldId field : link.own) {
            add_once(keys, field);
            child.key_columns.push_back(
                static_cast<std::uint16_t>(std::find(keys.begin(), keys.end(), field) - keys.begin()));
        }
        child.keys = builder.new_register();
        LAMINA_TRY_ASSIGN(child.node, read_related(builder, link, relation, child.keys));
        node.children.push_back(std::move(child));
    }
    for (const meta::FieldId field : keys) node.keys.push_back({position_of(columns, field), model.fields[field].type});
    return node;
}

}  // namespace

Result<RowColumns> row_columns(const Builder& builder, meta::ModelId model_id, const query::Selection& selection) {
    const meta::Model& model = builder.model(model_id);
    RowColumns columns;
    columns.counts = selection.counts.size();
    if (selection.fields.empty() && selection.all_scalars) {
        for (std::size_t i = 0; i < model.fields.size(); ++i) {
            if (!model.fields[i].is_relation) columns.fields.push_back(static_cast<meta::FieldId>(i));
        }
    } else {
        for (const meta::FieldId field : selection.fields) {
            if (field >= model.fields.size()) return messages::unknown_field(model, field, "the selection");
            if (model.fields[field].is_relation)
                return messages::not_a_scalar(model, model.fields[field], "the selection");
            columns.fields.push_back(field);
        }
    }
    for (const query::RelationSelection& relation : selection.relations) {
        LAMINA_TRY_ASSIGN(const Link link, link_of(builder.schema(), model_id, relation.field));
        for (const meta::FieldId field : link.own) {
            if (std::find(columns.fields.begin(), columns.fields.end(), field) == columns.fields.end())
                add_once(columns.keys, field);
        }
    }
    return columns;
}

Result<ReadNode> read_rows(Builder& builder, meta::ModelId model_id, const query::Selection& selection,
                           StatementId statement) {
    if (!selection.counts.empty()) return error::unsupported_feature("_count in the result of this write");
    return read_children(builder, model_id, selection, statement);
}

Result<ReadNode> read_by_filter(Builder& builder, meta::ModelId model_id, const query::Selection& selection,
                                const query::Filter& where) {
    LAMINA_TRY_ASSIGN(const RowColumns columns, row_columns(builder, model_id, selection));
    Level level(builder, model_id);
    LAMINA_TRY(output_columns(level, columns, selection, true));
    LAMINA_TRY(level.filter(where));
    return finish_rows(builder, level, model_id, selection);
}

Result<ReadNode> read_by_key(Builder& builder, meta::ModelId model_id, const query::Selection& selection,
                             std::span<const meta::FieldId> key, RegisterId source, bool many) {
    LAMINA_TRY_ASSIGN(const RowColumns columns, row_columns(builder, model_id, selection));
    Level level(builder, model_id);
    if (many) {
        Link link;
        link.related = model_id;
        link.list = true;
        link.other.assign(key.begin(), key.end());
        level.attach(link, source);
        LAMINA_TRY(output_columns(level, columns, selection, false));
        return finish_rows(builder, level, model_id, selection);
    }
    LAMINA_TRY(output_columns(level, columns, selection, true));
    for (std::size_t i = 0; i < key.size(); ++i) {
        Expression column = builder.column(level.table(), model_id, key[i]);
        const dialect::ValueType type = builder.type_of(builder.model(model_id).fields[key[i]]);
        level.require(dialect::equal(
            std::move(column), dialect::parameter(builder.bind_cell(source, static_cast<std::uint16_t>(i)), type)));
    }
    return finish_rows(builder, level, model_id, selection);
}

Result<void> plan_read(Builder& builder, const query::Operation& operation) {
    using query::Action;
    const bool calculates = operation.action == Action::Count || operation.action == Action::Aggregate ||
                            operation.action == Action::GroupBy;
    if (!calculates) return plan_find(builder, operation);
    if (operation.lock != query::Lock::None) return error::unsupported_feature("lock() of rows that are not read");
    if (operation.action == Action::Count) return plan_count(builder, operation);
    if (operation.action == Action::Aggregate) return plan_aggregate(builder, operation);
    return plan_group_by(builder, operation);
}

}  // namespace lamina::plan
