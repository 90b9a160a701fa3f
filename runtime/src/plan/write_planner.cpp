#include "plan/write_planner.hpp"

#include <algorithm>
#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>

#include "plan/messages.hpp"
#include "plan/read_planner.hpp"
#include "plan/writes.hpp"

namespace lamina::plan {

Result<void> plan_write(Builder& builder, const query::Operation& operation) { return Writes(builder).plan(operation); }

Result<void> Writes::plan(const query::Operation& operation) {
    using query::Action;
    const auto dispatch = [&]() -> Result<void> {
        switch (operation.action) {
            case Action::Create: return plan_create(operation);
            case Action::CreateMany:
            case Action::CreateManyAndReturn: return plan_create_many(operation);
            case Action::Update: return plan_update(operation);
            case Action::UpdateMany:
            case Action::UpdateManyAndReturn: return plan_update_many(operation);
            case Action::Upsert: return plan_upsert(operation);
            case Action::UpsertMany: return plan_upsert_many(operation);
            case Action::Delete: return plan_delete(operation);
            case Action::DeleteMany: return plan_delete_many(operation);
            case Action::FindUnique:
            case Action::FindUniqueOrThrow:
            case Action::FindFirst:
            case Action::FindFirstOrThrow:
            case Action::FindMany:
            case Action::Count:
            case Action::Aggregate:
            case Action::GroupBy: break;
        }
        return error::internal("a read was planned as a write");
    };
    LAMINA_TRY(dispatch());
    Plan& plan = builder_.plan();
    const auto repeated = [](const Statement& statement) { return statement.each != kNoRows; };
    const auto is_list = [](const Instruction& instruction) { return std::holds_alternative<Each>(instruction); };
    plan.read_only = false;
    plan.single_row = operation.action == Action::Create || operation.action == Action::Update ||
                      operation.action == Action::Upsert || operation.action == Action::Delete;
    plan.transactional = plan.statements.size() > 1 + diagnostics_ ||
                         std::any_of(plan.statements.begin(), plan.statements.end(), repeated) ||
                         std::any_of(plan.instructions.begin(), plan.instructions.end(), is_list);
    return {};
}

Result<void> Writes::read_result(const query::Operation& operation, RegisterId row) {
    Read read;
    LAMINA_TRY_ASSIGN(
        read.root, read_by_key(builder_, operation.model, operation.selection, identity(model(operation.model)), row));
    builder_.add(std::move(read));
    return {};
}

Result<std::vector<FieldId>> Writes::result_columns(const query::Operation& operation) const {
    LAMINA_TRY_ASSIGN(RowColumns columns, row_columns(builder_, operation.model, operation.selection));
    columns.fields.insert(columns.fields.end(), columns.keys.begin(), columns.keys.end());
    return std::move(columns.fields);
}

Result<RegisterId> Writes::read_returned(const query::Operation& operation, StatementId statement) {
    Read read;
    LAMINA_TRY_ASSIGN(read.root, read_rows(builder_, operation.model, operation.selection, statement));
    read.into = builder_.new_register();
    const RegisterId count = read.into;
    builder_.add(std::move(read));
    return count;
}

Result<void> Writes::plan_create(const query::Operation& operation) {
    LAMINA_TRY_ASSIGN(const Pending pending, begin_create(operation.model, operation.data, {}));
    if (!pending.has_children() && operation.selection.counts.empty()) {
        LAMINA_TRY_ASSIGN(const std::vector<FieldId> columns, result_columns(operation));
        LAMINA_TRY_ASSIGN(const StatementId statement, insert(pending, columns));
        LAMINA_TRY_ASSIGN(const RegisterId count, read_returned(operation, statement));
        if (pending.parent) require(count, *pending.parent->missing);
        return {};
    }
    LAMINA_TRY_ASSIGN(const auto key, identity_of(operation.model));
    const RegisterId row = builder_.new_register();
    LAMINA_TRY(finish_create(pending, key, row));
    return read_result(operation, row);
}

Result<void> Writes::plan_update(const query::Operation& operation) {
    LAMINA_TRY(check_unique_filter(model(operation.model), operation.arguments.where));
    Locator locator{&operation.arguments.where, kNoRegister};
    LAMINA_TRY_ASSIGN(const Pending pending, begin_update(operation.model, operation.data, locator));
    if (!pending.has_children() && operation.selection.counts.empty()) {
        LAMINA_TRY_ASSIGN(const std::vector<FieldId> columns, result_columns(operation));
        LAMINA_TRY_ASSIGN(const StatementId statement, update(pending, locator, columns));
        LAMINA_TRY_ASSIGN(const RegisterId count, read_returned(operation, statement));
        return require_updated(pending, count);
    }
    LAMINA_TRY_ASSIGN(const auto key, identity_of(operation.model));
    const RegisterId row = builder_.new_register();
    LAMINA_TRY(finish_update(pending, locator, key, row));
    return read_result(operation, row);
}

Result<Expression> Writes::many_condition(const query::Operation& operation, Scope& scope, dialect::TableId table) {
    const query::Filter& where = operation.arguments.where;
    if (!operation.limit) return plan_filter(builder_, scope, operation.model, table, where);
    LAMINA_TRY_ASSIGN(const auto key, identity_of(operation.model));
    const dialect::TableId inner = scope.table();
    dialect::Select select;
    select.from = builder_.table(operation.model, inner);
    LAMINA_TRY_ASSIGN(select.where, plan_filter(builder_, scope, operation.model, inner, where));
    dialect::ValueType number;
    number.type = Type::BigInt;
    select.limit = dialect::parameter(builder_.bind_limit(operation), number);
    if (key.size() == 1) {
        select.outputs.push_back({builder_.column(inner, operation.model, key.front()), {}});
        return Expression{
            dialect::InSelect{builder_.column(table, operation.model, key.front()), std::move(select), false}};
    }
    // The chosen rows as a table of their own, of which this row has to be one.
    const dialect::TableId chosen = scope.table();
    std::vector<Expression> same;
    for (std::size_t i = 0; i < key.size(); ++i) {
        select.outputs.push_back({builder_.column(inner, operation.model, key[i]), dialect::list_column(i)});
        const dialect::ValueType type = builder_.type_of(field(operation.model, key[i]));
        same.push_back(dialect::equal(builder_.column(table, operation.model, key[i]),
                                      dialect::column(chosen, dialect::list_column(i), type)));
    }
    dialect::Select exists;
    exists.from = dialect::Derived{std::move(select), chosen};
    exists.where = dialect::all_of(std::move(same));
    return dialect::exists(std::move(exists));
}

Result<void> Writes::plan_update_many(const query::Operation& operation) {
    const bool returns = operation.action == query::Action::UpdateManyAndReturn;
    Pending pending;
    LAMINA_TRY(begin(pending, operation.model, operation.data));
    if (!pending.runs.empty()) {
        return messages::no_relations_in_many(model(operation.model),
                                              field(operation.model, pending.runs.front().field));
    }
    LAMINA_TRY(add_assignments(pending));
    Scope scope;
    const dialect::TableId table = scope.table();
    LAMINA_TRY_ASSIGN(Expression where, many_condition(operation, scope, table));
    if (pending.fields.empty() && !returns) {
        // Nothing to set: the rows that would have been updated are counted.
        dialect::Select select;
        select.outputs.push_back({Expression{dialect::CountAll{}}, {}});
        select.from = builder_.table(operation.model, table);
        select.where = std::move(where);
        builder_.add(Number{builder_.add_statement(select, scope)});
        return {};
    }
    std::vector<FieldId> columns;
    if (returns) {
        LAMINA_TRY_ASSIGN(columns, result_columns(operation));
    }
    if (pending.fields.empty()) {
        dialect::Select select;
        for (const FieldId id : columns) select.outputs.push_back({builder_.column(table, operation.model, id), {}});
        select.from = builder_.table(operation.model, table);
        select.where = std::move(where);
        LAMINA_TRY(read_returned(operation, builder_.add_statement(select, scope)));
        return {};
    }
    if (is_referred(pending)) {
        LAMINA_TRY_ASSIGN(const ReadRows rows, read_referred(operation.model, scope, table, std::move(where)));
        LAMINA_TRY(before_update(rows, changes_of(pending)));
        scope = Scope{};
        (void)scope.table();
        where = among(rows, scope, table);
    }
    dialect::Update update;
    update.table = builder_.table(operation.model, table);
    for (std::size_t i = 0; i < pending.fields.size(); ++i) {
        update.set.push_back({field(operation.model, pending.fields[i]).column, pending.values[i]});
    }
    update.where = std::move(where);
    update.returning = column_names(operation.model, columns);
    const StatementId statement = builder_.add_statement(dialect::write(update, builder_.dialect(), scope.qualified()));
    if (returns) {
        LAMINA_TRY(read_returned(operation, statement));
    } else {
        builder_.add(Change{statement, kNoRegister, true});
    }
    return {};
}

Result<void> Writes::plan_delete(const query::Operation& operation) {
    const meta::Model& own = model(operation.model);
    LAMINA_TRY(check_unique_filter(own, operation.arguments.where));
    LAMINA_TRY_ASSIGN(const std::vector<FieldId> columns, result_columns(operation));
    // What is related may go with the row: it is read before.
    const bool referred = !referring(operation.model, {}).empty();
    const query::Selection& selection = operation.selection;
    const bool reads_first = !selection.relations.empty() || !selection.counts.empty() || referred;
    if (reads_first) {
        Read read;
        LAMINA_TRY_ASSIGN(read.root, read_by_filter(builder_, operation.model, selection, operation.arguments.where));
        read.into = builder_.new_register();
        const RegisterId count = read.into;
        builder_.add(std::move(read));
        require(count, messages::no_row_to_delete(own));
    }
    Scope scope;
    const dialect::TableId table = scope.table();
    if (referred) {
        LAMINA_TRY_ASSIGN(Expression where,
                          plan_filter(builder_, scope, operation.model, table, operation.arguments.where));
        LAMINA_TRY(remove(operation.model, scope, table, std::move(where)));
        return {};
    }
    dialect::Delete statement;
    statement.from = builder_.table(operation.model, table);
    LAMINA_TRY_ASSIGN(statement.where, plan_filter(builder_, scope, operation.model, table, operation.arguments.where));
    if (!reads_first) statement.returning = column_names(operation.model, columns);
    const StatementId id = builder_.add_statement(dialect::write(statement, builder_.dialect(), scope.qualified()));
    if (reads_first) {
        builder_.add(Change{id, kNoRegister, false});
        return {};
    }
    LAMINA_TRY_ASSIGN(const RegisterId count, read_returned(operation, id));
    require(count, messages::no_row_to_delete(own));
    return {};
}

Result<void> Writes::plan_delete_many(const query::Operation& operation) {
    Scope scope;
    const dialect::TableId table = scope.table();
    if (!referring(operation.model, {}).empty()) {
        LAMINA_TRY_ASSIGN(Expression where, many_condition(operation, scope, table));
        LAMINA_TRY(remove(operation.model, scope, table, std::move(where)));
        std::get<Change>(builder_.plan().instructions.back()).counted = true;
        return {};
    }
    dialect::Delete statement;
    statement.from = builder_.table(operation.model, table);
    LAMINA_TRY_ASSIGN(statement.where, many_condition(operation, scope, table));
    builder_.add(Change{builder_.add_statement(dialect::write(statement, builder_.dialect(), scope.qualified())),
                        kNoRegister, true});
    return {};
}

}  // namespace lamina::plan
