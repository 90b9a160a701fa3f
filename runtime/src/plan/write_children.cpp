#include <string>
#include <utility>

#include <lamina/base/try.hpp>

#include "plan/read_planner.hpp"
#include "plan/writes.hpp"

namespace lamina::plan {

using query::NestedWrite;

Result<void> Writes::children(const Pending& pending, const Knowns& self, bool fresh) {
    for (std::size_t i = 0; i < pending.runs.size(); ++i) {
        const Relation& relation = pending.relations[i];
        if (relation.before) continue;
        if (pending.runs[i].kind > NestedWrite::Kind::CreateMany) {
            LAMINA_TRY(change_related(pending, i, self));
            continue;
        }
        if (relation.link.many_to_many) {
            LAMINA_TRY(joined_rows(pending, i, self, fresh));
            continue;
        }
        const Knowns links = renamed(self, relation.link.own, relation.link.other);
        if (relation.name.one_to_one) {
            LAMINA_TRY(only_child(pending, i, links, fresh));
        } else {
            LAMINA_TRY(many_children(pending, i, links));
        }
    }
    return {};
}

RegisterId Writes::set_links(ModelId model_id, const Knowns& links, Scope& scope, dialect::TableId table,
                             Expression where) {
    dialect::Update update;
    update.table = builder_.table(model_id, table);
    for (const Known& link : links) {
        update.set.push_back({field(model_id, link.field).column, value(model_id, link.field, link.bind)});
    }
    add_updated_at(model_id, update.set);
    update.where = std::move(where);
    const RegisterId count = builder_.new_register();
    builder_.add(
        Change{builder_.add_statement(dialect::write(update, builder_.dialect(), scope.qualified())), count, false});
    return count;
}

Result<RegisterId> Writes::set_links(ModelId model_id, const Knowns& links, const query::Filter& where) {
    LAMINA_TRY(check_unique_filter(model(model_id), where));
    Scope scope;
    const dialect::TableId table = scope.table();
    LAMINA_TRY_ASSIGN(Expression condition, plan_filter(builder_, scope, model_id, table, where));
    return set_links(model_id, links, scope, table, std::move(condition));
}

Result<void> Writes::connect_or_create(const NestedWrite& write, const Relation& relation, const Knowns& links) {
    const auto together = once(write);
    LAMINA_TRY_ASSIGN(const RegisterId connected, set_links(relation.link.related, links, write.where));
    const std::size_t missing = jump_if_empty(connected);
    const std::size_t done = jump();
    land(missing);
    LAMINA_TRY(create_row(relation.link.related, write.create, links, {}));
    land(done);
    land_once(together);
    return {};
}

Result<void> Writes::many_children(const Pending& pending, std::size_t run_index, const Knowns& links) {
    const NestedRun& run = pending.runs[run_index];
    const Relation& relation = pending.relations[run_index];
    const ModelId related = relation.link.related;
    const auto& nested = pending.data->nested;
    switch (run.kind) {
        case NestedWrite::Kind::Create:
            for (const NestedRun::Group& group : run.groups) {
                const Table table = table_of(nested, run, group);
                Bulk bulk{related, &table, builder_.table_number(table.owner()), group.fields, &links, {}, false};
                LAMINA_TRY_ASSIGN(const std::vector<StatementId> statements, insert_rows(bulk));
                for (const StatementId statement : statements) builder_.add(Change{statement, kNoRegister, false});
            }
            for (const std::uint32_t other : run.others)
                LAMINA_TRY(create_row(related, nested[other].create, links, {}));
            return each_of(pending, run_index, [&](const NestedWrite& write) -> Result<void> {
                LAMINA_TRY(create_row(related, write.create, links, {}));
                return {};
            });
        case NestedWrite::Kind::Connect: {
            Scope scope;
            const dialect::TableId table = scope.table();
            Require require = make_require(messages::too_few_children_to_connect(model(related), relation.name));
            LAMINA_TRY_ASSIGN(Expression where, run_condition(pending, run, related, scope, table, require));
            require.source = set_links(related, links, scope, table, std::move(where));
            builder_.add(std::move(require));
            return {};
        }
        case NestedWrite::Kind::ConnectOrCreate:
            for (const std::uint32_t other : run.others) LAMINA_TRY(connect_or_create(nested[other], relation, links));
            return each_of(pending, run_index,
                           [&](const NestedWrite& write) { return connect_or_create(write, relation, links); });
        case NestedWrite::Kind::CreateMany:
            for (const std::uint32_t other : run.others)
                LAMINA_TRY(create_many_children(nested[other], relation, links));
            return {};
        case NestedWrite::Kind::Set:
        case NestedWrite::Kind::Disconnect:
        case NestedWrite::Kind::Delete:
        case NestedWrite::Kind::Update:
        case NestedWrite::Kind::UpdateMany:
        case NestedWrite::Kind::Upsert:
        case NestedWrite::Kind::DeleteMany: break;  // change_related() does these
    }
    return {};
}

Result<void> Writes::only_child(const Pending& pending, std::size_t run_index, const Knowns& links, bool fresh) {
    const NestedRun& run = pending.runs[run_index];
    const Relation& relation = pending.relations[run_index];
    const ModelId related = relation.link.related;
    const meta::Model& own = model(pending.model);
    if (!run.groups.empty() || run.others.size() != 1) return messages::one_row_only(own, own.fields[run.field]);
    const NestedWrite& write = pending.data->nested[run.others.front()];
    if (run.kind == NestedWrite::Kind::CreateMany)
        return messages::not_for_relation(own, own.fields[run.field], run.kind);
    if (run.kind != NestedWrite::Kind::Create) exclude(related, write.where);
    if (run.kind == NestedWrite::Kind::Create) {
        if (!fresh) LAMINA_TRY(displace(related, pending.model, relation, links, kNoRegister));
        LAMINA_TRY(create_row(related, write.create, links, {}));
        return {};
    }
    if (fresh) {
        if (run.kind == NestedWrite::Kind::ConnectOrCreate) return connect_or_create(write, relation, links);
        LAMINA_TRY_ASSIGN(const RegisterId connected, set_links(related, links, write.where));
        const std::string needed_for =
            std::string("create or connect inlined relation for '").append(own.name).append("' record(s)");
        require(connected, messages::no_related_row(model(related), needed_for, run.kind, relation.name));
        return {};
    }

    LAMINA_TRY_ASSIGN(const auto identity, identity_of(related));
    LAMINA_TRY_ASSIGN(const RegisterId row, select_one(related, identity, write.where));
    const bool either = run.kind == NestedWrite::Kind::ConnectOrCreate;
    std::size_t missing = 0;
    if (either) {
        missing = jump_if_empty(row);
    } else {
        require(row, messages::no_related_row(model(related), {}, run.kind, relation.name));
    }
    LAMINA_TRY(displace(related, pending.model, relation, links, row));
    Scope scope;
    const dialect::TableId table = scope.table();
    set_links(related, links, scope, table, matches_row(related, table, row));
    if (!either) return {};
    const std::size_t done = jump();
    land(missing);
    LAMINA_TRY(displace(related, pending.model, relation, links, kNoRegister));
    LAMINA_TRY(create_row(related, write.create, links, {}));
    land(done);
    return {};
}

/// `other` is one value, or a list of them. A pair that is there already is left alone.
void Writes::join(const Relation& relation, ModelId own_model, std::uint32_t own, std::uint32_t other, bool list) {
    const Link& link = relation.link;
    const dialect::ValueType other_type = builder_.type_of(field(link.related, link.other.front()));
    Expression own_value = value(own_model, link.own.front(), own);
    dialect::Insert insert;
    insert.into = {link.join_table, dialect::kNoTable};
    insert.columns = {link.own_column, link.other_column};
    insert.conflict.emplace();
    if (list) {
        const Expression element = dialect::column(dialect::kNoTable, dialect::list_column(0), other_type);
        dialect::Select select;
        select.outputs.push_back({typed(std::move(own_value)), {}});
        select.outputs.push_back({element, {}});
        select.from = dialect::ListTable{{dialect::Parameter{other, dialect::list_of(other_type)}}, 0};
        // A condition, so that ON CONFLICT cannot be read as the ON of a join.
        select.where = dialect::is_not_null(element);
        insert.source = std::move(select);
    } else {
        insert.values.push_back(std::move(own_value));
        insert.values.push_back(dialect::parameter(other, other_type));
    }
    const StatementId statement = builder_.add_statement(dialect::write(insert, builder_.dialect()));
    insert_together(statement, std::move(insert));
    builder_.add(Change{statement, kNoRegister, false});
}

Result<void> Writes::joined_rows(const Pending& pending, std::size_t run_index, const Knowns& self, bool fresh) {
    const NestedRun& run = pending.runs[run_index];
    const Relation& relation = pending.relations[run_index];
    const Link& link = relation.link;
    const auto& nested = pending.data->nested;
    const std::uint32_t own = bind_of(self, link.own.front());
    const auto join_with = [&](std::uint32_t other, bool list) { join(relation, pending.model, own, other, list); };

    // The first to give a new row pairs of this relation: none can be there already.
    bool first = fresh;
    for (std::size_t i = 0; i < run_index; ++i) first = first && pending.runs[i].field != run.field;
    if (run.kind == NestedWrite::Kind::Connect) return connect_joined(pending, run_index, own, first);
    if (run.kind == NestedWrite::Kind::CreateMany)
        return messages::not_for_relation(model(pending.model), field(pending.model, run.field), run.kind);
    for (const NestedRun::Group& group : run.groups) {
        const Table table = table_of(nested, run, group);
        const Knowns none;
        Bulk bulk{link.related, &table, builder_.table_number(table.owner()), group.fields, &none, link.other, false};
        LAMINA_TRY_ASSIGN(const std::vector<StatementId> statements, insert_rows(bulk));
        for (const StatementId statement : statements) {
            const RegisterId rows = builder_.new_register();
            query(link.related, statement, link.other, rows);
            join_with(builder_.bind_list(rows, 0), true);
        }
    }
    const auto joined_row = [&](const NestedWrite& write) -> Result<void> {
        if (run.kind == NestedWrite::Kind::Create) {
            LAMINA_TRY_ASSIGN(const Knowns row, create_row(link.related, write.create, {}, link.other));
            join_with(bind_of(row, link.other.front()), false);
            return {};
        }
        const auto together = once(write);
        LAMINA_TRY_ASSIGN(const RegisterId row, select_one(link.related, link.other, write.where));
        const std::size_t missing = jump_if_empty(row);
        const std::size_t found = jump();
        land(missing);
        LAMINA_TRY(create_row(link.related, write.create, {}, link.other, row));
        land(found);
        land_once(together);
        join_with(builder_.bind_cell(row, 0), false);
        return {};
    };
    for (const std::uint32_t other : run.others) LAMINA_TRY(joined_row(nested[other]));
    return each_of(pending, run_index, joined_row);
}

Result<void> Writes::connect_joined(const Pending& pending, std::size_t run_index, std::uint32_t own, bool fresh) {
    const NestedRun& run = pending.runs[run_index];
    const Relation& relation = pending.relations[run_index];
    const Link& link = relation.link;
    Scope scope;
    const dialect::TableId table = scope.table();
    Require require = make_require(messages::too_few_rows_to_connect(model(link.related)));
    LAMINA_TRY_ASSIGN(Expression where, run_condition(pending, run, link.related, scope, table, require));
    if (!fresh) {
        require.source = select(link.related, link.other, scope, table, std::move(where));
        const std::uint32_t others = builder_.bind_list(require.source, 0);
        builder_.add(std::move(require));
        join(relation, pending.model, own, others, true);
        return {};
    }
    // Each row that is found is a row that is inserted.
    dialect::Select select;
    select.outputs.push_back({typed(value(pending.model, link.own.front(), own)), {}});
    select.outputs.push_back({builder_.column(table, link.related, link.other.front()), {}});
    select.from = builder_.table(link.related, table);
    select.where = std::move(where);
    dialect::Insert insert;
    insert.into = {link.join_table, dialect::kNoTable};
    insert.columns = {link.own_column, link.other_column};
    insert.source = std::move(select);
    require.source = builder_.new_register();
    builder_.add(Change{builder_.add_statement(dialect::write(insert, builder_.dialect(), scope.qualified())),
                        require.source, false});
    builder_.add(std::move(require));
    return {};
}

Result<Expression> Writes::run_condition(const Pending& pending, const NestedRun& run, ModelId related, Scope& scope,
                                         dialect::TableId table, Require& require) {
    std::vector<Expression> any;
    require.at_least = static_cast<std::uint32_t>(run.others.size());
    for (const NestedRun::Group& group : run.groups) {
        LAMINA_TRY_ASSIGN(Expression condition, group_condition(pending, run, group, related, scope, table, require));
        any.push_back(std::move(condition));
    }
    for (const std::uint32_t other : run.others) {
        const query::Filter& where = filter_of(pending.data->nested, run, other);
        LAMINA_TRY(check_unique_filter(model(related), where));
        LAMINA_TRY_ASSIGN(Expression condition, plan_filter(builder_, scope, related, table, where));
        any.push_back(std::move(condition));
    }
    return dialect::any_of(std::move(any));
}

Result<Expression> Writes::group_condition(const Pending& pending, const NestedRun& run, const NestedRun::Group& group,
                                           ModelId related, Scope& scope, dialect::TableId table, Require& require) {
    const query::Filter& first = filter_of(pending.data->nested, run, group.members.front());
    LAMINA_TRY(check_unique_filter(model(related), first));
    const std::uint16_t number = builder_.table_number(&first);
    require.distinct.push_back(number);
    const RowSetId rows = row_set({number, {}, {}});
    dialect::ListTable lists;
    std::vector<Expression> columns;
    for (std::size_t i = 0; i < group.fields.size(); ++i) {
        const meta::Field& found = field(related, group.fields[i]);
        InputColumn input;
        input.rows = rows;
        input.column = static_cast<std::uint16_t>(i);
        lists.lists.push_back({bind_list(input, builder_.labels(found)), dialect::list_of(builder_.type_of(found))});
        columns.push_back(builder_.column(table, related, group.fields[i]));
    }
    if (columns.size() == 1)
        return Expression{dialect::InList{std::move(columns.front()), lists.lists.front(), false, false}};
    // An index on the key serves the list of its first column; the pairs are checked behind it.
    std::vector<Expression> both;
    both.push_back(Expression{dialect::InList{columns.front(), lists.lists.front(), false, false}});
    lists.id = scope.table();
    std::vector<Expression> all;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const dialect::ValueType type = builder_.type_of(field(related, group.fields[i]));
        all.push_back(dialect::compare(dialect::Operator::Element, std::move(columns[i]),
                                       dialect::column(lists.id, dialect::list_column(i), type)));
    }
    dialect::Select select;
    select.from = std::move(lists);
    select.where = dialect::all_of(std::move(all));
    both.push_back(dialect::exists(std::move(select)));
    return dialect::all_of(std::move(both));
}

}  // namespace lamina::plan
