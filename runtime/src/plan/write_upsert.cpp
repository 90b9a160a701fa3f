#include <algorithm>
#include <utility>

#include <lamina/base/try.hpp>

#include "plan/read_planner.hpp"
#include "plan/writes.hpp"

namespace lamina::plan {
namespace {

/// The columns of the unique key that has exactly these fields; empty if there is none.
std::vector<std::string_view> key_columns(const meta::Model& model, std::span<const FieldId> fields) {
    for (const meta::Key& key : model.keys) {
        const auto is_asked = [&fields](FieldId field) {
            return std::find(fields.begin(), fields.end(), field) != fields.end();
        };
        if (key.fields.size() != fields.size() || !std::all_of(key.fields.begin(), key.fields.end(), is_asked))
            continue;
        std::vector<std::string_view> columns;
        for (const FieldId field : key.fields) columns.push_back(model.fields[field].column);
        return columns;
    }
    return {};
}

}  // namespace

/// Where the filter is one unique key, which the create gives the same value, and nothing else is written or read, the
/// database decides: INSERT … ON CONFLICT … DO UPDATE.
Result<void> Writes::plan_native_upsert(const query::Operation& operation, std::vector<std::string_view> key) {
    LAMINA_TRY_ASSIGN(const Pending created, begin_create(operation.model, operation.data, {}));
    Pending updated;
    LAMINA_TRY(begin(updated, operation.model, operation.update));
    LAMINA_TRY(add_assignments(updated));
    dialect::Conflict conflict;
    conflict.target = std::move(key);
    for (std::size_t i = 0; i < updated.fields.size(); ++i) {
        conflict.set.push_back({field(operation.model, updated.fields[i]).column, updated.values[i]});
    }
    LAMINA_TRY_ASSIGN(const std::vector<FieldId> columns, result_columns(operation));
    LAMINA_TRY_ASSIGN(const StatementId statement, insert(created, columns, std::move(conflict)));
    LAMINA_TRY(read_returned(operation, statement));
    return {};
}

Result<void> Writes::plan_upsert(const query::Operation& operation) {
    const meta::Model& own = model(operation.model);
    const query::Filter& where = operation.arguments.where;
    LAMINA_TRY(check_unique_filter(own, where));
    std::vector<std::string_view> key = key_columns(own, upsert_key(operation));
    const auto is_set = [](const query::FieldWrite& write) { return !write.value.is_unset(); };
    const bool updates = std::any_of(operation.update.fields.begin(), operation.update.fields.end(), is_set);
    if (!key.empty() && updates && operation.data.nested.empty() && operation.update.nested.empty() &&
        operation.selection.relations.empty() && operation.selection.counts.empty() &&
        !builder_.schema().relation_mode_prisma) {
        return plan_native_upsert(operation, std::move(key));
    }

    LAMINA_TRY_ASSIGN(const auto identity, identity_of(operation.model));
    const std::size_t begin = here();
    LAMINA_TRY_ASSIGN(const RegisterId row, select_one(operation.model, identity, where));
    const std::size_t missing = jump_if_empty(row);
    // The update may change the identity, and reads the old one while it gives the new one.
    RegisterId result = row;
    if (updates || !operation.update.nested.empty()) {
        Locator locator{nullptr, row};
        LAMINA_TRY_ASSIGN(const Pending pending, begin_update(operation.model, operation.update, locator));
        const bool only_children = pending.fields.empty() && !pending.parent;
        if (only_children && pending.with_children_keys(identity).size() == identity.size()) {
            LAMINA_TRY(children(pending, cells(identity, row), false));
        } else {
            result = builder_.new_register();
            LAMINA_TRY(finish_update(pending, locator, identity, result));
        }
    }
    const std::size_t updated = jump();
    land(missing);
    LAMINA_TRY_ASSIGN(const Pending created, begin_create(operation.model, operation.data, {}));
    const auto refers = [](const Relation& relation) { return relation.link.holds_key; };
    if (key.empty() || std::any_of(created.relations.begin(), created.relations.end(), refers)) {
        LAMINA_TRY(finish_create(created, identity, result));
    } else {
        // Another client may have created the row since: then it is there to be updated.
        dialect::Conflict conflict;
        conflict.target = std::move(key);
        const std::vector<FieldId> returning = created.with_children_keys(identity);
        LAMINA_TRY_ASSIGN(const StatementId statement, insert(created, returning, std::move(conflict)));
        query(operation.model, statement, returning, result);
        jump_to(jump_if_empty(result), begin);
        Knowns known = cells(returning, result);
        known.insert(known.end(), created.known.begin(), created.known.end());
        LAMINA_TRY(children(created, known, true));
    }
    land(updated);
    return read_result(operation, result);
}

}  // namespace lamina::plan
