#include <string>
#include <utility>

#include <lamina/base/try.hpp>

#include "plan/read_planner.hpp"
#include "plan/writes.hpp"

namespace lamina::plan {
namespace {

using query::NestedWrite;

std::string text(std::string_view before, std::string_view model, std::string_view after) {
    return std::string(before).append(model).append(after);
}

}  // namespace

Result<Knowns> Writes::parent(const Pending& pending, std::size_t run_index, bool fresh, RegisterId self) {
    const NestedRun& run = pending.runs[run_index];
    const Relation& relation = pending.relations[run_index];
    const Link& link = relation.link;
    const meta::Model& own = model(pending.model);
    if (!run.groups.empty() || run.others.size() != 1) return messages::one_row_only(own, own.fields[run.field]);
    const NestedWrite& write = pending.data->nested[run.others.front()];
    if (run.kind == NestedWrite::Kind::Create) {
        LAMINA_TRY_ASSIGN(const Knowns row, create_row(link.related, write.create, {}, link.other));
        return renamed(row, link.other, link.own);
    }

    if (relation.name.one_to_one) exclude(link.related, write.where);
    const auto together = run.kind == NestedWrite::Kind::ConnectOrCreate ? once(write) : std::nullopt;
    LAMINA_TRY_ASSIGN(const RegisterId row, select_one(link.related, link.other, write.where));
    const Knowns key = renamed(cells(link.other, row), link.other, link.own);
    if (run.kind == NestedWrite::Kind::Connect) {
        std::string needed_for;
        if (!relation.name.one_to_one) {
            needed_for = text("inline the relation on '", own.name, "' record(s)");
        } else if (fresh) {
            needed_for = text("create or connect inlined relation for '", own.name, "' record(s)");
        }
        require(row, messages::no_related_row(model(link.related), needed_for, run.kind, relation.name));
        if (relation.name.one_to_one) LAMINA_TRY(displace(pending.model, link.related, relation, key, self));
        return key;
    }
    const std::size_t missing = jump_if_empty(row);
    if (relation.name.one_to_one) LAMINA_TRY(displace(pending.model, link.related, relation, key, self));
    const std::size_t found = jump();
    land(missing);
    LAMINA_TRY(create_row(link.related, write.create, {}, link.other, row));
    land(found);
    land_once(together);
    return key;
}

Result<void> Writes::displace(ModelId child, ModelId parent, const Relation& relation, const Knowns& key,
                              RegisterId except) {
    Scope scope;
    const dialect::TableId table = scope.table();
    std::vector<FieldId> fields;
    for (const Known& known : key) fields.push_back(known.field);
    std::vector<Expression> conditions;
    conditions.push_back(matches(child, table, fields, key));
    if (except != kNoRegister) conditions.push_back(Expression{dialect::Not{matches_row(child, table, except)}});
    if (relation.key_required) {
        const RegisterId occupied = select(child, fields, scope, table, dialect::all_of(std::move(conditions)));
        const std::size_t is_free = jump_if_empty(occupied);
        fail(messages::required_relation(relation.name, model(child), model(parent)));
        land(is_free);
        return {};
    }
    dialect::Update update;
    update.table = builder_.table(child, table);
    for (const FieldId id : fields) update.set.push_back({field(child, id).column, Expression{dialect::Null{}}});
    update.where = dialect::all_of(std::move(conditions));
    builder_.add(Change{builder_.add_statement(dialect::write(update, builder_.dialect())), kNoRegister, false});
    return {};
}

/// What Prisma says of an update whose row is not there depends on what needs it first.
Error Writes::missing_row(const Pending& pending) const {
    if (pending.missing) return *pending.missing;
    const meta::Model& own = model(pending.model);
    for (std::size_t i = 0; i < pending.runs.size(); ++i) {
        const Relation& relation = pending.relations[i];
        const NestedWrite::Kind kind = pending.runs[i].kind;
        const meta::Model& related = model(relation.link.related);
        switch (kind) {
            case NestedWrite::Kind::UpdateMany:
            case NestedWrite::Kind::DeleteMany: continue;
            case NestedWrite::Kind::Disconnect:
                if (!relation.name.many_to_many) continue;
                return messages::no_row_to_disconnect(own, relation.name);
            case NestedWrite::Kind::Update: return messages::no_related_row(related, {}, kind, relation.name);
            case NestedWrite::Kind::Delete:
                if (relation.link.list) return messages::not_connected(own, related, relation.name);
                return messages::no_related_row(related, {}, kind, relation.name);
            case NestedWrite::Kind::Set:
                if (pending.runs[i].keys.empty()) continue;
                return messages::no_related_row(
                    own, relation.name.many_to_many ? "disconnect existing child records" : "", kind, relation.name);
            case NestedWrite::Kind::Upsert: {
                if (relation.name.many_to_many) break;
                const meta::Model& updated = relation.link.holds_key ? own : related;
                return messages::no_related_row(own, text("update inlined relation for '", updated.name, "' record(s)"),
                                                kind, relation.name);
            }
            case NestedWrite::Kind::Create:
            case NestedWrite::Kind::CreateMany:
            case NestedWrite::Kind::Connect:
            case NestedWrite::Kind::ConnectOrCreate: break;
        }
        if (relation.name.many_to_many) return messages::no_row_to_connect(own, relation.name);
        const bool either = kind == NestedWrite::Kind::ConnectOrCreate;
        if (relation.link.holds_key) {
            if (!relation.name.one_to_one) continue;
            const meta::Model& updated = kind == NestedWrite::Kind::Connect ? related : own;
            return messages::no_related_row(either ? related : own,
                                            text("update inlined relation for '", updated.name, "' record(s)"), kind,
                                            relation.name);
        }
        if (relation.name.one_to_one) {
            const std::string_view before =
                kind == NestedWrite::Kind::Connect ? "update inlined relation for '" : "create inlined relation for '";
            return messages::no_related_row(own, text(before, related.name, "' record(s)"), kind, relation.name);
        }
        if (either)
            return messages::no_related_row(related, text("create inlined relation for '", own.name, "' record(s)"),
                                            kind, relation.name);
        const std::string_view named = kind == NestedWrite::Kind::Create ? own.name : related.name;
        return messages::no_related_row(own, text("inline the relation on '", named, "' record(s)"), kind,
                                        relation.name);
    }
    return messages::no_row_to_update(own);
}

Result<void> Writes::require_updated(const Pending& pending, RegisterId row) {
    if (!pending.parent) return require(row, missing_row(pending)), Result<void>();
    // Either of two rows was not there; only now it matters which.
    const std::size_t missing = jump_if_empty(row);
    const std::size_t done = jump();
    land(missing);
    LAMINA_TRY_ASSIGN(const RegisterId related,
                      select_one(pending.parent->link.related, pending.parent->link.other, *pending.parent->where));
    require(related, *pending.parent->missing);
    fail(missing_row(pending));
    land(done);
    ++diagnostics_;
    return {};
}

Result<void> Writes::finish_update(const Pending& pending, const Locator& locator, std::span<const FieldId> needed,
                                   RegisterId row) {
    const std::vector<FieldId> returning = pending.with_children_keys(needed);
    LAMINA_TRY_ASSIGN(const StatementId statement, update(pending, locator, returning));
    const bool reads = pending.fields.empty() && !pending.parent;
    if (returning.empty() && !reads) {
        builder_.add(Change{statement, row, false});
    } else {
        query(pending.model, statement, returning, row);
    }
    LAMINA_TRY(require_updated(pending, row));
    return children(pending, cells(returning, row), false);
}

}  // namespace lamina::plan
