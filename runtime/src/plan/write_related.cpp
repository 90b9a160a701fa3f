#include <string>
#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>

#include "plan/read_planner.hpp"
#include "plan/writes.hpp"

namespace lamina::plan {

using query::NestedWrite;

Expression Writes::related_to(const RelatedTo& to, Scope& scope, dialect::TableId table) {
    const Link& link = to.relation->link;
    if (!link.many_to_many) return matches(link.related, table, link.other, renamed(*to.self, link.own, link.other));
    const dialect::TableId pairs = scope.table();
    const dialect::ValueType own_type = builder_.type_of(field(to.own, link.own.front()));
    const dialect::ValueType other_type = builder_.type_of(field(link.related, link.other.front()));
    dialect::Select select;
    select.outputs.push_back({dialect::column(pairs, link.other_column, other_type), {}});
    select.from = dialect::Table{link.join_table, pairs};
    select.where = dialect::equal(dialect::column(pairs, link.own_column, own_type),
                                  value(to.own, link.own.front(), bind_of(*to.self, link.own.front())));
    return Expression{
        dialect::InSelect{builder_.column(table, link.related, link.other.front()), std::move(select), false}};
}

Result<std::vector<FieldId>> Writes::nullable_key(const Relation& relation, ModelId own) const {
    const Link& link = relation.link;
    const ModelId holder = link.holds_key ? own : link.related;
    const ModelId referenced = link.holds_key ? link.related : own;
    std::vector<FieldId> fields;
    for (const FieldId id : link.holds_key ? link.own : link.other) {
        if (!field(holder, id).required) fields.push_back(id);
    }
    if (fields.empty()) return messages::required_relation(relation.name, model(holder), model(referenced));
    return fields;
}

void Writes::clear_links(ModelId model_id, std::span<const FieldId> key, Scope& scope, dialect::TableId table,
                         Expression where, RegisterId count) {
    dialect::Update update;
    update.table = builder_.table(model_id, table);
    for (const FieldId id : key) update.set.push_back({field(model_id, id).column, Expression{dialect::Null{}}});
    update.where = std::move(where);
    builder_.add(
        Change{builder_.add_statement(dialect::write(update, builder_.dialect(), scope.qualified())), count, false});
}

Result<RegisterId> Writes::remove(ModelId model_id, Scope& scope, dialect::TableId table, Expression where) {
    if (!referring(model_id, {}).empty()) {
        LAMINA_TRY_ASSIGN(const ReadRows rows, read_referred(model_id, scope, table, std::move(where)));
        return delete_rows(rows);
    }
    dialect::Delete statement;
    statement.from = builder_.table(model_id, table);
    statement.where = std::move(where);
    const RegisterId count = builder_.new_register();
    builder_.add(
        Change{builder_.add_statement(dialect::write(statement, builder_.dialect(), scope.qualified())), count, false});
    return count;
}

Result<Expression> Writes::related_condition(const Pending& pending, std::size_t run_index, const RelatedTo& to,
                                             Scope& scope, dialect::TableId table, Require& require) {
    const NestedRun& run = pending.runs[run_index];
    const ModelId related = to.relation->link.related;
    std::vector<Expression> both;
    if (to.relation->link.list) {
        LAMINA_TRY_ASSIGN(Expression named, run_condition(pending, run, related, scope, table, require));
        both.push_back(std::move(named));
    } else {
        const meta::Model& own = model(pending.model);
        if (run.others.size() != 1) return messages::one_row_only(own, own.fields[run.field]);
        const query::Filter& where = filter_of(pending.data->nested, run, run.others.front());
        LAMINA_TRY_ASSIGN(Expression condition, plan_filter(builder_, scope, related, table, where));
        both.push_back(std::move(condition));
    }
    both.push_back(related_to(to, scope, table));
    return dialect::all_of(std::move(both));
}

Result<void> Writes::change_related(const Pending& pending, std::size_t run_index, const Knowns& self) {
    const NestedRun& run = pending.runs[run_index];
    const Relation& relation = pending.relations[run_index];
    const RelatedTo to{&relation, pending.model, &self};
    const meta::Model& own = model(pending.model);
    const bool many = run.kind == NestedWrite::Kind::Set || run.kind == NestedWrite::Kind::UpdateMany ||
                      run.kind == NestedWrite::Kind::DeleteMany;
    if (many && !relation.link.list) return messages::not_for_relation(own, own.fields[run.field], run.kind);
    switch (run.kind) {
        case NestedWrite::Kind::Set:
            return relation.link.many_to_many ? set_joined(pending, run_index, to)
                                              : set_related(pending, run_index, to);
        case NestedWrite::Kind::Disconnect: return disconnect(pending, run_index, to);
        case NestedWrite::Kind::Delete: return delete_related(pending, run_index, to);
        case NestedWrite::Kind::DeleteMany: return delete_many_related(pending, run_index, to);
        case NestedWrite::Kind::Update:
            for (const std::uint32_t other : run.others) LAMINA_TRY(update_related(pending.data->nested[other], to));
            return each_of(pending, run_index, [&](const NestedWrite& write) { return update_related(write, to); });
        case NestedWrite::Kind::UpdateMany:
            for (const std::uint32_t other : run.others)
                LAMINA_TRY(update_many_related(pending.data->nested[other], to));
            return each_of(pending, run_index,
                           [&](const NestedWrite& write) { return update_many_related(write, to); });
        case NestedWrite::Kind::Upsert:
            for (const std::uint32_t other : run.others) LAMINA_TRY(upsert_related(pending.data->nested[other], to));
            return each_of(pending, run_index, [&](const NestedWrite& write) { return upsert_related(write, to); });
        case NestedWrite::Kind::Create:
        case NestedWrite::Kind::Connect:
        case NestedWrite::Kind::ConnectOrCreate:
        case NestedWrite::Kind::CreateMany: break;
    }
    return error::internal("a nested write was planned in the wrong place");
}

Result<void> Writes::create_many_children(const NestedWrite& write, const Relation& relation, const Knowns& links) {
    if (write.rows.values.empty()) return {};
    const Table table = table_of(write.rows);
    Bulk bulk{relation.link.related, &table, builder_.table_number(table.owner()), write.rows.fields, &links, {},
              write.skip_duplicates};
    LAMINA_TRY_ASSIGN(const std::vector<StatementId> statements, insert_rows(bulk));
    for (const StatementId statement : statements) builder_.add(Change{statement, kNoRegister, false});
    return {};
}

/// The rows named are related afterwards, and no others. Filters may be unknown for rows with NULLs: those are others.
Result<void> Writes::set_related(const Pending& pending, std::size_t run_index, const RelatedTo& to) {
    const NestedRun& run = pending.runs[run_index];
    const Link& link = to.relation->link;
    Require unused;
    Scope scope;
    const dialect::TableId table = scope.table();
    LAMINA_TRY_ASSIGN(Expression named, run_condition(pending, run, link.related, scope, table, unused));
    std::vector<Expression> others;
    others.push_back(related_to(to, scope, table));
    others.push_back(Expression{dialect::IsNotTrue{std::move(named)}});
    const Result<std::vector<FieldId>> key = nullable_key(*to.relation, pending.model);
    if (key) {
        clear_links(link.related, *key, scope, table, dialect::all_of(std::move(others)));
    } else {
        const RegisterId left_over = select(link.related, link.other, scope, table, dialect::all_of(std::move(others)));
        const std::size_t none = jump_if_empty(left_over);
        fail(key.error());
        land(none);
    }
    if (run.keys.empty()) return {};
    Scope second;
    const dialect::TableId row = second.table();
    std::vector<Expression> fresh;
    LAMINA_TRY_ASSIGN(Expression again, run_condition(pending, run, link.related, second, row, unused));
    fresh.push_back(std::move(again));
    fresh.push_back(Expression{dialect::IsNotTrue{related_to(to, second, row)}});
    set_links(link.related, renamed(*to.self, link.own, link.other), second, row, dialect::all_of(std::move(fresh)));
    return {};
}

void Writes::unjoin(const RelatedTo& to, Scope& scope, dialect::TableId related, Expression where, bool negated) {
    const Link& link = to.relation->link;
    const dialect::TableId pairs = scope.table();
    const dialect::ValueType own_type = builder_.type_of(field(to.own, link.own.front()));
    const dialect::ValueType other_type = builder_.type_of(field(link.related, link.other.front()));
    std::vector<Expression> both;
    both.push_back(dialect::equal(dialect::column(pairs, link.own_column, own_type),
                                  value(to.own, link.own.front(), bind_of(*to.self, link.own.front()))));
    dialect::Select select;
    select.outputs.push_back({builder_.column(related, link.related, link.other.front()), {}});
    select.from = builder_.table(link.related, related);
    select.where = std::move(where);
    both.push_back(Expression{
        dialect::InSelect{dialect::column(pairs, link.other_column, other_type), std::move(select), negated}});
    dialect::Delete statement;
    statement.from = {link.join_table, pairs};
    statement.where = dialect::all_of(std::move(both));
    builder_.add(Change{builder_.add_statement(dialect::write(statement, builder_.dialect(), scope.qualified())),
                        kNoRegister, false});
}

Result<void> Writes::set_joined(const Pending& pending, std::size_t run_index, const RelatedTo& to) {
    const NestedRun& run = pending.runs[run_index];
    const Link& link = to.relation->link;
    Require unused;
    Scope scope;
    const dialect::TableId table = scope.table();
    LAMINA_TRY_ASSIGN(Expression named, run_condition(pending, run, link.related, scope, table, unused));
    unjoin(to, scope, table, std::move(named), true);
    if (run.keys.empty()) return {};
    return connect_joined(pending, run_index, bind_of(*to.self, link.own.front()), false);
}

/// What is not connected is left alone.
Result<void> Writes::disconnect(const Pending& pending, std::size_t run_index, const RelatedTo& to) {
    const Link& link = to.relation->link;
    Require unused;
    Scope scope;
    const dialect::TableId table = scope.table();
    if (link.many_to_many) {
        LAMINA_TRY_ASSIGN(Expression named,
                          run_condition(pending, pending.runs[run_index], link.related, scope, table, unused));
        unjoin(to, scope, table, std::move(named), false);
        return {};
    }
    LAMINA_TRY_ASSIGN(const std::vector<FieldId> key, nullable_key(*to.relation, pending.model));
    if (link.holds_key) {
        LAMINA_TRY_ASSIGN(const auto own, identity_of(to.own));
        const dialect::TableId related = scope.table();
        dialect::Select select;
        select.from = builder_.table(link.related, related);
        LAMINA_TRY_ASSIGN(select.where, related_condition(pending, run_index, to, scope, related, unused));
        std::vector<Expression> both;
        both.push_back(matches(to.own, table, own, *to.self));
        both.push_back(dialect::exists(std::move(select)));
        clear_links(to.own, key, scope, table, dialect::all_of(std::move(both)));
        return {};
    }
    LAMINA_TRY_ASSIGN(Expression where, related_condition(pending, run_index, to, scope, table, unused));
    clear_links(link.related, key, scope, table, std::move(where));
    return {};
}

Result<void> Writes::delete_related(const Pending& pending, std::size_t run_index, const RelatedTo& to) {
    const NestedRun& run = pending.runs[run_index];
    const Link& link = to.relation->link;
    const meta::Model& own = model(pending.model);
    const meta::Model& related = model(link.related);
    if (link.holds_key && to.relation->key_required)
        return messages::required_relation(to.relation->name, own, related);
    Require require = make_require(link.list ? messages::not_connected(own, related, to.relation->name)
                                             : messages::no_related_row(related, {}, run.kind, to.relation->name));
    Scope scope;
    const dialect::TableId table = scope.table();
    LAMINA_TRY_ASSIGN(Expression where, related_condition(pending, run_index, to, scope, table, require));
    // A row that is named twice is deleted once: one is missing then, as in Prisma.
    require.all = true;
    if (!link.list) require.at_least = 1;
    LAMINA_TRY_ASSIGN(require.source, remove(link.related, scope, table, std::move(where)));
    builder_.add(std::move(require));
    return {};
}

Result<void> Writes::delete_many_related(const Pending& pending, std::size_t run_index, const RelatedTo& to) {
    const NestedRun& run = pending.runs[run_index];
    const ModelId related = to.relation->link.related;
    Scope scope;
    const dialect::TableId table = scope.table();
    std::vector<Expression> any;
    for (const std::uint32_t other : run.others) {
        LAMINA_TRY_ASSIGN(Expression condition,
                          plan_filter(builder_, scope, related, table, pending.data->nested[other].where));
        any.push_back(std::move(condition));
    }
    std::vector<Expression> both;
    both.push_back(dialect::any_of(std::move(any)));
    both.push_back(related_to(to, scope, table));
    LAMINA_TRY(remove(related, scope, table, dialect::all_of(std::move(both))));
    return {};
}

Result<void> Writes::update_related(const NestedWrite& write, const RelatedTo& to) {
    const Link& link = to.relation->link;
    if (link.list) LAMINA_TRY(check_unique_filter(model(link.related), write.where));
    if (write.update.fields.empty() && write.update.nested.empty())
        return {};  // nothing to do: nobody looks, as in Prisma
    Locator locator{&write.where, kNoRegister, &to};
    LAMINA_TRY_ASSIGN(const Pending pending,
                      begin_update(link.related, write.update, locator,
                                   messages::no_related_row(model(link.related), {}, write.kind, to.relation->name)));
    return finish_update(pending, locator, {}, builder_.new_register());
}

Result<void> Writes::update_many_related(const NestedWrite& write, const RelatedTo& to) {
    const ModelId related = to.relation->link.related;
    Pending pending;
    LAMINA_TRY(begin(pending, related, write.update));
    if (!pending.runs.empty())
        return messages::no_relations_in_many(model(related), field(related, pending.runs.front().field));
    LAMINA_TRY(add_assignments(pending));
    if (pending.fields.empty()) return {};
    Scope scope;
    dialect::Update update;
    const dialect::TableId table = scope.table();
    update.table = builder_.table(related, table);
    for (std::size_t i = 0; i < pending.fields.size(); ++i)
        update.set.push_back({field(related, pending.fields[i]).column, pending.values[i]});
    std::vector<Expression> both;
    LAMINA_TRY_ASSIGN(Expression condition, plan_filter(builder_, scope, related, table, write.where));
    both.push_back(std::move(condition));
    both.push_back(related_to(to, scope, table));
    update.where = dialect::all_of(std::move(both));
    if (is_referred(pending)) {
        LAMINA_TRY_ASSIGN(const ReadRows rows, read_referred(related, scope, table, std::move(*update.where)));
        LAMINA_TRY(before_update(rows, changes_of(pending)));
        scope = Scope{};
        (void)scope.table();
        update.where = among(rows, scope, table);
    }
    builder_.add(Change{builder_.add_statement(dialect::write(update, builder_.dialect(), scope.qualified())),
                        kNoRegister, false});
    return {};
}

Result<void> Writes::upsert_related(const NestedWrite& write, const RelatedTo& to) {
    const Link& link = to.relation->link;
    if (link.list) LAMINA_TRY(check_unique_filter(model(link.related), write.where));
    LAMINA_TRY_ASSIGN(const auto identity, identity_of(link.related));
    LAMINA_TRY_ASSIGN(const RegisterId row,
                      select_located(link.related, identity, Locator{&write.where, kNoRegister, &to}));
    const std::size_t missing = jump_if_empty(row);
    Locator locator{nullptr, row, nullptr};
    LAMINA_TRY_ASSIGN(const Pending pending, begin_update(link.related, write.update, locator));
    if (!pending.fields.empty() || pending.parent || pending.has_children())
        LAMINA_TRY(finish_update(pending, locator, {}, builder_.new_register()));
    const std::size_t updated = jump();
    land(missing);
    if (link.many_to_many) {
        LAMINA_TRY_ASSIGN(const Knowns made, create_row(link.related, write.create, {}, link.other));
        join(*to.relation, to.own, bind_of(*to.self, link.own.front()), bind_of(made, link.other.front()), false);
    } else if (link.holds_key) {
        LAMINA_TRY_ASSIGN(const Knowns made, create_row(link.related, write.create, {}, link.other));
        LAMINA_TRY_ASSIGN(const auto own_identity, identity_of(to.own));
        Scope scope;
        const dialect::TableId table = scope.table();
        set_links(to.own, renamed(made, link.other, link.own), scope, table,
                  matches(to.own, table, own_identity, *to.self));
    } else {
        LAMINA_TRY(create_row(link.related, write.create, renamed(*to.self, link.own, link.other), {}));
    }
    land(updated);
    return {};
}

}  // namespace lamina::plan
