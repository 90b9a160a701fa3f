#include <algorithm>
#include <utility>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>

#include "plan/read_planner.hpp"
#include "plan/writes.hpp"

// relationMode = "prisma": the database knows no foreign keys; what it would do with the rows that refer to a row is
// done here, by statements over sets of rows.

namespace lamina::plan {
namespace {

bool shares(std::span<const FieldId> left, std::span<const FieldId> right) {
    return std::any_of(left.begin(), left.end(),
                       [right](FieldId field) { return std::find(right.begin(), right.end(), field) != right.end(); });
}

/// A valid schema has no circles of referential actions under this relationMode, so that they pass each model twice at
/// most: they delete rows, then change some.
Result<void> check_depth(const meta::Schema& schema, const meta::Model& model, int depth) {
    if (static_cast<std::size_t>(depth) <= 2 * schema.models.size()) return {};
    return error::internal(std::string("The referential actions of `").append(model.name).append("` never end."));
}

Error unsupported_default(const meta::Relation& relation) {
    return error::unsupported_feature(std::string("the referential action SetDefault of relation '")
                                          .append(relation.name)
                                          .append("' under relationMode = \"prisma\""));
}

/// What is written to a field; null when nothing is.
const Changed* change_of(std::span<const Changed> changes, FieldId field) {
    const auto of_field = [field](const Changed& change) { return change.field == field; };
    const auto found = std::find_if(changes.begin(), changes.end(), of_field);
    return found == changes.end() ? nullptr : &*found;
}

/// What SetNull makes of the fields that the referring rows follow.
std::vector<Changed> set_to_null(const meta::Relation& relation) {
    std::vector<Changed> nulls;
    for (const FieldId id : relation.references) nulls.push_back({id, nullptr, std::nullopt});
    return nulls;
}

}  // namespace

/// The relations whose keys refer to these fields of the model; to any when `fields` is empty.
std::vector<const meta::Relation*> Writes::referring(ModelId model_id, std::span<const FieldId> fields) const {
    std::vector<const meta::Relation*> found;
    if (!builder_.schema().relation_mode_prisma) return found;
    for (const meta::Relation& relation : builder_.schema().relations) {
        if (relation.model_b != model_id || !relation.join_table.empty()) continue;
        if (fields.empty() || shares(relation.references, fields)) found.push_back(&relation);
    }
    return found;
}

/// Reads the identity of rows that are going to be written, and all that others refer to in them.
Result<ReadRows> Writes::read_referred(ModelId model_id, Scope& scope, dialect::TableId table, Expression where) {
    LAMINA_TRY_ASSIGN(const auto identity, identity_of(model_id));
    ReadRows rows{model_id, kNoRegister, std::vector<FieldId>(identity.begin(), identity.end())};
    for (const meta::Relation* relation : referring(model_id, {})) {
        for (const FieldId id : relation->references) {
            if (std::find(rows.fields.begin(), rows.fields.end(), id) == rows.fields.end()) rows.fields.push_back(id);
        }
    }
    rows.rows = select(model_id, rows.fields, scope, table, std::move(where));
    return rows;
}

/// The fields `columns` of a table are equal to the fields `read` of one of the rows.
Expression Writes::among(const ReadRows& rows, std::span<const FieldId> read, ModelId model_id,
                         std::span<const FieldId> columns, Scope& scope, dialect::TableId table) {
    dialect::ListTable lists;
    for (const FieldId id : read) {
        const auto at = std::find(rows.fields.begin(), rows.fields.end(), id) - rows.fields.begin();
        lists.lists.push_back({builder_.bind_list(rows.rows, static_cast<std::uint16_t>(at)),
                               dialect::list_of(builder_.type_of(field(rows.model, id)))});
    }
    std::vector<Expression> all;
    all.push_back(
        Expression{dialect::InList{builder_.column(table, model_id, columns[0]), lists.lists.front(), false, false}});
    if (columns.size() == 1) return std::move(all.front());
    lists.id = scope.table();
    std::vector<Expression> pair;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        pair.push_back(dialect::compare(
            dialect::Operator::Element, builder_.column(table, model_id, columns[i]),
            dialect::column(lists.id, dialect::list_column(i), builder_.type_of(field(rows.model, read[i])))));
    }
    dialect::Select select;
    select.from = std::move(lists);
    select.where = dialect::all_of(std::move(pair));
    all.push_back(dialect::exists(std::move(select)));
    return dialect::all_of(std::move(all));
}

Expression Writes::among(const ReadRows& rows, Scope& scope, dialect::TableId table) {
    const auto fields = identity(model(rows.model));
    return among(rows, fields, rows.model, fields, scope, table);
}

/// The rows that refer to these ones; but for those to whose keys links give the values that they have.
Expression Writes::referring_to(const meta::Relation& relation, const ReadRows& rows, std::span<const Changed> changes,
                                Scope& scope, dialect::TableId table) {
    Expression all = among(rows, relation.references, relation.model_a, relation.fields, scope, table);
    std::vector<Expression> same;
    for (std::size_t i = 0; i < relation.references.size(); ++i) {
        const Changed* change = change_of(changes, relation.references[i]);
        if (change == nullptr) continue;
        if (!change->bind) return all;  // as in Prisma, a field that is written counts as changed
        same.push_back(dialect::compare(dialect::Operator::Same,
                                        builder_.column(table, relation.model_a, relation.fields[i]),
                                        value(relation.model_a, relation.fields[i], *change->bind)));
    }
    if (same.empty()) return all;
    return dialect::all_of({std::move(all), Expression{dialect::Not{dialect::all_of(std::move(same))}}});
}

/// Fails where there are such rows of the model that holds the relation's key.
void Writes::refuse(const meta::Relation& relation, const Scope& scope, dialect::TableId table, Expression where) {
    const RegisterId found = select(relation.model_a, relation.fields, scope, table, std::move(where));
    const std::size_t none = jump_if_empty(found);
    fail(error::relation_violation(relation.name, model(relation.model_a).name, model(relation.model_b).name));
    land(none);
}

void Writes::restrict_rows(const meta::Relation& relation, const ReadRows& rows, std::span<const Changed> changes) {
    Scope scope;
    const dialect::TableId table = scope.table();
    Expression where = referring_to(relation, rows, changes, scope, table);
    refuse(relation, scope, table, std::move(where));
}

Result<void> Writes::after_delete(const ReadRows& rows, int depth) {
    LAMINA_TRY(check_depth(builder_.schema(), model(rows.model), depth));
    for (const meta::Relation* relation : referring(rows.model, {})) {
        switch (relation->on_delete) {
            case meta::ReferentialAction::NoAction: break;
            case meta::ReferentialAction::SetDefault: return unsupported_default(*relation);
            case meta::ReferentialAction::Restrict: restrict_rows(*relation, rows, {}); break;
            case meta::ReferentialAction::SetNull:
                LAMINA_TRY(change_referring(*relation, rows, {}, set_to_null(*relation), depth + 1));
                break;
            case meta::ReferentialAction::Cascade: {
                Scope scope;
                const dialect::TableId table = scope.table();
                Expression where = among(rows, relation->references, relation->model_a, relation->fields, scope, table);
                if (referring(relation->model_a, {}).empty()) {
                    dialect::Delete statement;
                    statement.from = builder_.table(relation->model_a, table);
                    statement.where = std::move(where);
                    builder_.add(
                        Change{builder_.add_statement(dialect::write(statement, builder_.dialect(), scope.qualified())),
                               kNoRegister, false});
                    break;
                }
                LAMINA_TRY_ASSIGN(const ReadRows children,
                                  read_referred(relation->model_a, scope, table, std::move(where)));
                LAMINA_TRY(delete_rows(children, depth + 1));
                break;
            }
        }
    }
    return {};
}

Result<RegisterId> Writes::delete_rows(const ReadRows& rows, int depth) {
    LAMINA_TRY(after_delete(rows, depth));
    Scope scope;
    const dialect::TableId table = scope.table();
    dialect::Delete statement;
    statement.from = builder_.table(rows.model, table);
    statement.where = among(rows, scope, table);
    const RegisterId count = builder_.new_register();
    builder_.add(
        Change{builder_.add_statement(dialect::write(statement, builder_.dialect(), scope.qualified())), count, false});
    return count;
}

/// Fails where one of these rows would refer to itself by a key that it has no longer.
void Writes::refuse_own_key(const meta::Relation& relation, const ReadRows& rows, std::span<const Changed> changes) {
    if (relation.model_a != rows.model) return;
    Scope scope;
    const dialect::TableId table = scope.table();
    std::vector<Expression> all;
    all.push_back(among(rows, scope, table));
    for (std::size_t i = 0; i < relation.fields.size(); ++i) {
        const Changed* change = change_of(changes, relation.fields[i]);
        if (change == nullptr || !change->bind) return;  // no row is connected
        all.push_back(dialect::equal(builder_.column(table, rows.model, relation.references[i]),
                                     value(rows.model, relation.fields[i], *change->bind)));
    }
    refuse(relation, scope, table, dialect::all_of(std::move(all)));
}

/// What happens to rows that refer to rows whose fields `changes` are going to be written.
Result<void> Writes::before_update(const ReadRows& rows, std::span<const Changed> changes, int depth) {
    LAMINA_TRY(check_depth(builder_.schema(), model(rows.model), depth));
    std::vector<FieldId> fields;
    for (const Changed& change : changes) fields.push_back(change.field);
    if (fields.empty()) return {};
    for (const meta::Relation* relation : referring(rows.model, fields)) {
        refuse_own_key(*relation, rows, changes);
        switch (relation->on_update) {
            case meta::ReferentialAction::NoAction: break;
            case meta::ReferentialAction::SetDefault: return unsupported_default(*relation);
            case meta::ReferentialAction::Restrict: restrict_rows(*relation, rows, changes); break;
            case meta::ReferentialAction::SetNull:
                LAMINA_TRY(change_referring(*relation, rows, changes, set_to_null(*relation), depth + 1));
                break;
            case meta::ReferentialAction::Cascade:
                LAMINA_TRY(change_referring(*relation, rows, changes, changes, depth + 1));
                break;
        }
    }
    return {};
}

/// Gives the rows that refer to these ones, whose fields `changes` are going to be written, the values `given` for the
/// fields that they refer to.
Result<void> Writes::change_referring(const meta::Relation& relation, const ReadRows& rows,
                                      std::span<const Changed> changes, std::span<const Changed> given, int depth) {
    const ModelId child = relation.model_a;
    dialect::Update update;
    Scope scope;
    const dialect::TableId table = scope.table();
    std::vector<Changed> passed_on;
    for (std::size_t i = 0; i < relation.fields.size(); ++i) {
        const Changed* change = change_of(given, relation.references[i]);
        if (change == nullptr) continue;
        const FieldId key = relation.fields[i];
        const bool null = change->write == nullptr && !change->bind;
        if (null && field(child, key).required) continue;
        passed_on.push_back({key, change->write, change->bind});
        LAMINA_TRY_ASSIGN(Expression value, changed_value(child, passed_on.back()));
        update.set.push_back({field(child, key).column, std::move(value)});
    }
    if (update.set.empty()) return {};
    std::vector<FieldId> keys;
    for (const Changed& change : passed_on) keys.push_back(change.field);
    Expression where = referring_to(relation, rows, changes, scope, table);
    if (!referring(child, keys).empty()) {
        LAMINA_TRY_ASSIGN(const ReadRows children, read_referred(child, scope, table, std::move(where)));
        LAMINA_TRY(before_update(children, passed_on, depth));
        scope = Scope{};
        (void)scope.table();
        where = among(children, scope, table);
    }
    update.table = builder_.table(child, table);
    update.where = std::move(where);
    builder_.add(Change{builder_.add_statement(dialect::write(update, builder_.dialect(), scope.qualified())),
                        kNoRegister, false});
    return {};
}

Result<Expression> Writes::changed_value(ModelId model_id, const Changed& change) {
    if (change.bind) return value(model_id, change.field, *change.bind);
    if (change.write == nullptr) return Expression{dialect::Null{}};
    return written_value(model_id, change.field, *change.write);
}

/// What an update writes, as far as others may refer to it.
std::vector<Changed> Writes::changes_of(const Pending& pending) const {
    std::vector<Changed> changes;
    for (const query::FieldWrite& write : pending.data->fields) {
        if (!write.value.is_unset()) changes.push_back({write.field, &write, std::nullopt});
    }
    for (const Known& link : pending.known) changes.push_back({link.field, nullptr, link.bind});
    for (const FieldId id : pending.cleared) changes.push_back({id, nullptr, std::nullopt});
    return changes;
}

/// Whether others refer to what the update writes.
bool Writes::is_referred(const Pending& pending) const {
    if (!builder_.schema().relation_mode_prisma) return false;
    std::vector<FieldId> fields;
    for (const Changed& change : changes_of(pending)) fields.push_back(change.field);
    return !fields.empty() && !referring(pending.model, fields).empty();
}

}  // namespace lamina::plan
