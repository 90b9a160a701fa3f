#include <algorithm>
#include <utility>

#include <lamina/base/try.hpp>

#include "plan/messages.hpp"
#include "plan/read_planner.hpp"
#include "plan/write_defaults.hpp"
#include "plan/writes.hpp"

namespace lamina::plan {
namespace {

using dialect::Assignment;
using query::FieldWrite;

/// Whether a value that is sent comes back from RETURNING as it was: not so where the database rounds or pads.
bool is_kept_exactly(const meta::Field& field) {
    if (field.list) return false;
    switch (field.type) {
        case Type::Int:
        case Type::BigInt:
        case Type::String:
        case Type::Enum:
        case Type::Bytes: return true;
        case Type::Float:
        case Type::Decimal:
        case Type::Boolean:
        case Type::DateTime:
        case Type::Json: return false;
    }
    return false;
}

const FieldWrite* given(const query::Data& data, FieldId field) {
    for (const FieldWrite& write : data.fields) {
        if (write.field == field && !write.value.is_unset()) return &write;
    }
    return nullptr;
}

bool contains(std::span<const FieldId> fields, FieldId field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

/// Whether a to-one relation is disconnected only from a row that meets a condition.
bool is_conditional(const query::Data& data, const NestedRun& run) {
    if (run.kind != query::NestedWrite::Kind::Disconnect || run.others.empty()) return false;
    const query::Filter& where = data.nested[run.others.front()].where;
    return where.kind != query::Filter::Kind::And || !where.children.empty();
}

/// Whether a nested write is about rows that are related already, so that there are none for a new row.
bool needs_row(query::NestedWrite::Kind kind) {
    using Kind = query::NestedWrite::Kind;
    switch (kind) {
        case Kind::Create:
        case Kind::Connect:
        case Kind::ConnectOrCreate:
        case Kind::CreateMany: return false;
        case Kind::Set:
        case Kind::Disconnect:
        case Kind::Delete:
        case Kind::Update:
        case Kind::UpdateMany:
        case Kind::Upsert:
        case Kind::DeleteMany: return true;
    }
    return true;
}

}  // namespace

bool Pending::has_children() const {
    return std::any_of(relations.begin(), relations.end(), [](const Relation& relation) { return !relation.before; });
}

std::vector<FieldId> Pending::with_children_keys(std::span<const FieldId> needed) const {
    std::vector<FieldId> all(needed.begin(), needed.end());
    for (const Relation& relation : relations) {
        for (const FieldId field : relation.own_needs) {
            if (!contains(all, field)) all.push_back(field);
        }
    }
    return all;
}

Result<void> Writes::check_scalar(const meta::Model& model, const FieldWrite& write) const {
    if (write.field >= model.fields.size()) return messages::unknown_field(model, write.field, "the data of a write");
    const meta::Field& field = model.fields[write.field];
    if (field.is_relation) return messages::not_a_scalar(model, field, "the data of a write");
    return {};
}

Result<void> Writes::begin(Pending& pending, ModelId model_id, const query::Data& data) {
    pending.model = model_id;
    pending.data = &data;
    const meta::Model& own = model(model_id);
    for (const FieldWrite& write : data.fields) {
        LAMINA_TRY(check_scalar(own, write));
        if (!write.value.is_unset() && given(data, write.field) != &write) {
            return messages::field_written_twice(own, own.fields[write.field]);
        }
    }
    pending.runs = nested_runs(data.nested, builder_.in_each());
    for (const NestedRun& run : pending.runs) {
        Relation relation;
        LAMINA_TRY_ASSIGN(relation.link, link_of(builder_.schema(), model_id, run.field));
        const meta::Relation& found = builder_.schema().relations[own.fields[run.field].relation];
        const auto is_list = [this](ModelId of, FieldId id) { return field(of, id).list; };
        relation.name.name = found.name;
        relation.name.many_to_many = relation.link.many_to_many;
        relation.name.one_to_one = !is_list(found.model_a, found.field_a) && !is_list(found.model_b, found.field_b);
        for (const FieldId key : found.fields)
            relation.key_required = relation.key_required || field(found.model_a, key).required;
        using Kind = query::NestedWrite::Kind;
        const bool gives_key = run.kind == Kind::Create || run.kind == Kind::Connect ||
                               run.kind == Kind::ConnectOrCreate || run.kind == Kind::Disconnect;
        relation.before = relation.link.holds_key && gives_key && !is_conditional(data, run);
        if (!relation.before) relation.own_needs = relation.link.own;
        const bool writes_key = run.kind == Kind::Upsert || run.kind == Kind::Disconnect;
        if (!relation.before && relation.link.holds_key && writes_key) {
            for (const FieldId id : identity(own)) {
                if (!contains(relation.own_needs, id)) relation.own_needs.push_back(id);
            }
        }
        pending.relations.push_back(std::move(relation));
    }
    return {};
}

/// A row that refers to one other row by a plain connect reads its key in the INSERT or UPDATE itself: no row there, no
/// row here.
std::optional<InlineParent> Writes::inline_parent(const Pending& pending) const {
    std::optional<InlineParent> found;
    if (builder_.schema().relation_mode_prisma) return found;  // what others may refer to has to be known
    for (std::size_t i = 0; i < pending.runs.size(); ++i) {
        const Relation& relation = pending.relations[i];
        if (!relation.before) continue;
        const NestedRun& run = pending.runs[i];
        const bool plain =
            run.kind == query::NestedWrite::Kind::Connect && run.others.size() == 1 && run.groups.empty();
        if (found || !plain || relation.name.one_to_one) return std::nullopt;
        found = InlineParent{&pending.data->nested[run.others.front()].where, relation.link,
                             messages::no_related_row(model(relation.link.related),
                                                      std::string("inline the relation on '") +
                                                          std::string(model(pending.model).name) + "' record(s)",
                                                      run.kind, relation.name)};
    }
    return found;
}

Result<Pending> Writes::begin_create(ModelId model_id, const query::Data& data, const Knowns& links) {
    Pending pending;
    LAMINA_TRY(begin(pending, model_id, data));
    for (const NestedRun& run : pending.runs) {
        if (needs_row(run.kind))
            return messages::not_in_create(model(model_id), model(model_id).fields[run.field], run.kind);
    }
    pending.known = links;
    pending.parent = inline_parent(pending);
    if (pending.parent) {
        LAMINA_TRY(check_unique_filter(model(pending.parent->link.related), *pending.parent->where));
    } else {
        // The last one first, as in Prisma.
        for (std::size_t i = pending.runs.size(); i-- > 0;) {
            if (!pending.relations[i].before) continue;
            LAMINA_TRY_ASSIGN(const Knowns values, parent(pending, i, true, kNoRegister));
            pending.known.insert(pending.known.end(), values.begin(), values.end());
        }
    }

    const meta::Model& own = model(model_id);
    const auto add = [&pending](FieldId id, Expression expression) {
        pending.fields.push_back(id);
        pending.values.push_back(std::move(expression));
    };
    const auto add_known = [&](FieldId id, std::uint32_t bind) {
        add(id, value(model_id, id, bind));
        if (is_kept_exactly(own.fields[id])) pending.known.push_back({id, bind});
    };
    for (FieldId id = 0; id < own.fields.size(); ++id) {
        const meta::Field& column = own.fields[id];
        if (column.is_relation) continue;
        const FieldWrite* write = given(data, id);
        if (write != nullptr && write->kind != FieldWrite::Kind::Set)
            return messages::arithmetic_in_create(own, column);
        const bool linked = knows(pending.known, id);
        const bool from_parent = pending.parent && contains(pending.parent->link.own, id);
        if (linked || from_parent) {
            if (write != nullptr) return messages::field_written_twice(own, column);
            if (linked) add(id, value(model_id, id, bind_of(pending.known, id)));
            if (from_parent) add(id, Expression{dialect::Null{}});  // insert() puts the parent's column here
        } else if (write != nullptr) {
            add_known(id, builder_.bind_argument(write->value, Bind::Transform::None, builder_.labels(column)));
        } else if (column.default_value.kind == meta::DefaultKind::Literal) {
            LAMINA_TRY_ASSIGN(Value literal, literal_default(builder_.schema(), own, column));
            add_known(id, builder_.bind_constant(std::move(literal)));
        } else if (made_by_client(column)) {
            const meta::DefaultKind kind = column.default_value.kind == meta::DefaultKind::None
                                               ? meta::DefaultKind::Now
                                               : column.default_value.kind;
            add_known(id, builder_.bind_generated({kind, column.default_value.length}));
        } else if (!made_by_database(column) && column.required && !column.list) {
            return messages::required_field_missing(own, column);
        }
    }
    return pending;
}

Result<StatementId> Writes::insert(const Pending& pending, std::span<const FieldId> returning,
                                   std::optional<dialect::Conflict> conflict) {
    dialect::Insert insert;
    Scope scope;
    bool qualified = false;
    insert.columns = column_names(pending.model, pending.fields);
    insert.returning = column_names(pending.model, returning);
    insert.conflict = std::move(conflict);
    if (pending.parent) {
        insert.into = builder_.table(pending.model, dialect::kNoTable);
        const Link& link = pending.parent->link;
        const dialect::TableId table = scope.table();
        dialect::Select select;
        for (std::size_t i = 0; i < pending.fields.size(); ++i) {
            const auto at = std::find(link.own.begin(), link.own.end(), pending.fields[i]);
            Expression output =
                at == link.own.end()
                    ? typed(pending.values[i])
                    : builder_.column(table, link.related, link.other[static_cast<std::size_t>(at - link.own.begin())]);
            select.outputs.push_back({std::move(output), {}});
        }
        select.from = builder_.table(link.related, table);
        LAMINA_TRY_ASSIGN(select.where, plan_filter(builder_, scope, link.related, table, *pending.parent->where));
        insert.source = std::move(select);
        qualified = scope.qualified();
    } else {
        insert.into = builder_.table(pending.model, scope.table());
        insert.values = pending.values;
        // A conflict's assignments may read the row that is there.
        qualified = insert.conflict && !insert.conflict->set.empty();
    }
    const StatementId statement = builder_.add_statement(dialect::write(insert, builder_.dialect(), qualified));
    insert_together(statement, std::move(insert));
    return statement;
}

Result<Knowns> Writes::finish_create(const Pending& pending, std::span<const FieldId> needed, RegisterId into) {
    std::vector<FieldId> returning = pending.with_children_keys(needed);
    if (into == kNoRegister) std::erase_if(returning, [&pending](FieldId id) { return knows(pending.known, id); });
    LAMINA_TRY_ASSIGN(const StatementId statement, insert(pending, returning));
    Knowns known = pending.known;
    RegisterId row = into;
    if (returning.empty()) {
        if (pending.parent) row = builder_.new_register();
        builder_.add(Change{statement, row, false});
    } else {
        if (row == kNoRegister) row = builder_.new_register();
        query(pending.model, statement, returning, row);
        const Knowns read = cells(returning, row);
        known.insert(known.begin(), read.begin(), read.end());
    }
    if (pending.parent) require(row, *pending.parent->missing);
    LAMINA_TRY(children(pending, known, true));
    return known;
}

Result<Knowns> Writes::create_row(ModelId model_id, const query::Data& data, const Knowns& links,
                                  std::span<const FieldId> needed, RegisterId into) {
    LAMINA_TRY_ASSIGN(const Pending pending, begin_create(model_id, data, links));
    return finish_create(pending, needed, into);
}

Result<Expression> Writes::written_value(ModelId model_id, FieldId id, const FieldWrite& write) {
    const meta::Model& own = model(model_id);
    const meta::Field& column = own.fields[id];
    if (write.kind == FieldWrite::Kind::Push) return pushed(model_id, id, write.value);
    Expression operand = builder_.argument(column, write.value);
    if (write.kind == FieldWrite::Kind::Set) return operand;
    const bool number = column.type == Type::Int || column.type == Type::BigInt || column.type == Type::Float ||
                        column.type == Type::Decimal;
    if (!number || column.list) return messages::not_a_number(own, column);
    static constexpr dialect::Arithmetic::Kind kKinds[] = {
        dialect::Arithmetic::Kind::Add, dialect::Arithmetic::Kind::Add, dialect::Arithmetic::Kind::Subtract,
        dialect::Arithmetic::Kind::Multiply, dialect::Arithmetic::Kind::Divide};
    return Expression{dialect::Arithmetic{kKinds[static_cast<std::size_t>(write.kind)],
                                          builder_.column(0, model_id, id), std::move(operand),
                                          builder_.type_of(column)}};
}

/// A list with an element, or the elements of another list, behind its own. NULL counts as empty.
Result<Expression> Writes::pushed(ModelId model_id, FieldId id, const Value& value) {
    const meta::Model& own = model(model_id);
    const meta::Field& column = own.fields[id];
    if (!column.list) return messages::not_a_list(own, column);
    dialect::ValueType type = builder_.type_of(column);
    type.list = value.is_list();
    Expression operand =
        dialect::parameter(builder_.bind_argument(value, Bind::Transform::None, builder_.labels(column)), type);
    return Expression{dialect::Arithmetic{dialect::Arithmetic::Kind::Concatenate, builder_.column(0, model_id, id),
                                          Expression{dialect::Cast{std::move(operand), type}},
                                          builder_.type_of(column)}};
}

Result<void> Writes::add_assignments(Pending& pending) {
    const meta::Model& own = model(pending.model);
    for (const FieldWrite& write : pending.data->fields) {
        LAMINA_TRY(check_scalar(own, write));
        if (write.value.is_unset()) continue;
        const meta::Field& column = own.fields[write.field];
        const bool from_parent = pending.parent && contains(pending.parent->link.own, write.field);
        if (knows(pending.known, write.field) || from_parent) return messages::field_written_twice(own, column);
        LAMINA_TRY_ASSIGN(Expression written, written_value(pending.model, write.field, write));
        pending.fields.push_back(write.field);
        pending.values.push_back(std::move(written));
    }
    for (const Known& link : pending.known) {
        pending.fields.push_back(link.field);
        pending.values.push_back(value(pending.model, link.field, link.bind));
    }
    const bool touched = !pending.fields.empty() || pending.parent;
    for (FieldId id = 0; touched && id < own.fields.size(); ++id) {
        if (!own.fields[id].updated_at || contains(pending.fields, id)) continue;
        pending.fields.push_back(id);
        pending.values.push_back(value(pending.model, id, builder_.bind_generated({meta::DefaultKind::Now, 0})));
    }
    for (const FieldId id : pending.cleared) {
        if (contains(pending.fields, id)) return messages::field_written_twice(own, own.fields[id]);
        pending.fields.push_back(id);
        pending.values.push_back(Expression{dialect::Null{}});
    }
    return {};
}

Result<Pending> Writes::begin_update(ModelId model_id, const query::Data& data, Locator& locator,
                                     std::optional<Error> missing) {
    using Kind = query::NestedWrite::Kind;
    Pending pending;
    LAMINA_TRY(begin(pending, model_id, data));
    pending.missing = std::move(missing);
    pending.parent = inline_parent(pending);
    if (pending.parent) {
        LAMINA_TRY(check_unique_filter(model(pending.parent->link.related), *pending.parent->where));
    } else {
        // The last one first, as in Prisma.
        for (std::size_t i = pending.runs.size(); i-- > 0;) {
            const Relation& relation = pending.relations[i];
            const Kind kind = pending.runs[i].kind;
            if (!relation.before) continue;
            if (kind == Kind::Disconnect) {
                LAMINA_TRY_ASSIGN(const std::vector<FieldId> key, nullable_key(relation, model_id));
                for (const FieldId id : key) {
                    if (!contains(pending.cleared, id)) pending.cleared.push_back(id);
                }
                continue;
            }
            if (relation.name.one_to_one && locator.filter != nullptr && kind != Kind::Create) {
                // Whose place is taken depends on which row this is.
                LAMINA_TRY_ASSIGN(const auto identity, identity_of(model_id));
                LAMINA_TRY_ASSIGN(locator.row, select_located(model_id, identity, locator));
                locator.filter = nullptr;
                require(locator.row, missing_row(pending));
            }
            LAMINA_TRY_ASSIGN(const Knowns values, parent(pending, i, false, locator.row));
            pending.known.insert(pending.known.end(), values.begin(), values.end());
        }
    }
    LAMINA_TRY(add_assignments(pending));
    if (is_referred(pending)) {
        Scope scope;
        const dialect::TableId table = scope.table();
        LAMINA_TRY_ASSIGN(Expression where, located(model_id, locator, scope, table));
        LAMINA_TRY_ASSIGN(const ReadRows rows, read_referred(model_id, scope, table, std::move(where)));
        LAMINA_TRY(before_update(rows, changes_of(pending)));
        locator = Locator{nullptr, rows.rows, nullptr};
    }
    return pending;
}

Result<StatementId> Writes::update(const Pending& pending, const Locator& locator, std::span<const FieldId> returning) {
    Scope scope;
    const dialect::TableId table = scope.table();
    if (pending.fields.empty() && !pending.parent) {
        dialect::Select select;
        for (const FieldId id : returning) select.outputs.push_back({builder_.column(table, pending.model, id), {}});
        select.from = builder_.table(pending.model, table);
        LAMINA_TRY_ASSIGN(select.where, located(pending.model, locator, scope, table));
        return builder_.add_statement(select, scope);
    }
    dialect::Update update;
    update.table = builder_.table(pending.model, table);
    for (std::size_t i = 0; i < pending.fields.size(); ++i) {
        update.set.push_back({field(pending.model, pending.fields[i]).column, pending.values[i]});
    }
    LAMINA_TRY_ASSIGN(Expression where, located(pending.model, locator, scope, table));
    if (pending.parent) {
        // As a table of its own, so that its columns do not bear the names of this one's.
        const Link& link = pending.parent->link;
        Scope inner = scope;
        const dialect::TableId related = inner.table();
        dialect::Select select;
        select.from = builder_.table(link.related, related);
        LAMINA_TRY_ASSIGN(select.where, plan_filter(builder_, inner, link.related, related, *pending.parent->where));
        scope.next = inner.next;
        const dialect::TableId derived = scope.table();
        for (std::size_t i = 0; i < link.own.size(); ++i) {
            select.outputs.push_back({builder_.column(related, link.related, link.other[i]), dialect::list_column(i)});
            update.set.push_back({field(pending.model, link.own[i]).column,
                                  dialect::column(derived, dialect::list_column(i),
                                                  builder_.type_of(field(link.related, link.other[i])))});
        }
        update.from = dialect::Derived{std::move(select), derived};
    }
    update.where = std::move(where);
    update.returning = column_names(pending.model, returning);
    return builder_.add_statement(dialect::write(update, builder_.dialect(), scope.qualified()));
}

}  // namespace lamina::plan
