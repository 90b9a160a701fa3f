#include <algorithm>
#include <utility>

#include <lamina/base/assert.hpp>
#include <lamina/base/try.hpp>

#include "plan/messages.hpp"
#include "plan/read_planner.hpp"
#include "plan/writes.hpp"

namespace lamina::plan {

bool knows(const Knowns& knowns, FieldId field) {
    return std::any_of(knowns.begin(), knowns.end(), [field](const Known& known) { return known.field == field; });
}

std::uint32_t bind_of(const Knowns& knowns, FieldId field) {
    const auto found =
        std::find_if(knowns.begin(), knowns.end(), [field](const Known& known) { return known.field == field; });
    LAMINA_ASSERT(found != knowns.end());
    return found->bind;
}

Knowns renamed(const Knowns& values, std::span<const FieldId> from, std::span<const FieldId> to) {
    Knowns result;
    for (std::size_t i = 0; i < from.size(); ++i) result.push_back({to[i], bind_of(values, from[i])});
    return result;
}

Expression Writes::value(ModelId model_id, FieldId id, std::uint32_t bind) const {
    return dialect::parameter(bind, builder_.type_of(field(model_id, id)));
}

Expression Writes::matches(ModelId model_id, dialect::TableId table, std::span<const FieldId> fields,
                           const Knowns& values) const {
    std::vector<Expression> all;
    for (const FieldId id : fields) {
        all.push_back(dialect::equal(builder_.column(table, model_id, id), value(model_id, id, bind_of(values, id))));
    }
    return dialect::all_of(std::move(all));
}

Expression Writes::matches_row(ModelId model_id, dialect::TableId table, RegisterId row) {
    const auto fields = identity(model(model_id));
    return matches(model_id, table, fields, cells(fields, row));
}

Result<Expression> Writes::located(ModelId model_id, const Locator& locator, Scope& scope, dialect::TableId table) {
    if (locator.filter == nullptr) return matches_row(model_id, table, locator.row);
    if (locator.related == nullptr) return plan_filter(builder_, scope, model_id, table, *locator.filter);
    std::vector<Expression> both;
    LAMINA_TRY_ASSIGN(Expression filter, plan_filter(builder_, scope, model_id, table, *locator.filter));
    both.push_back(std::move(filter));
    both.push_back(related_to(*locator.related, scope, table));
    return dialect::all_of(std::move(both));
}

RegisterId Writes::select(ModelId model_id, std::span<const FieldId> fields, const Scope& scope, dialect::TableId table,
                          Expression where, RegisterId into) {
    dialect::Select select;
    for (const FieldId id : fields) select.outputs.push_back({builder_.column(table, model_id, id), {}});
    select.from = builder_.table(model_id, table);
    select.where = std::move(where);
    if (into == kNoRegister) into = builder_.new_register();
    query(model_id, builder_.add_statement(select, scope), fields, into);
    return into;
}

Result<RegisterId> Writes::select_one(ModelId model_id, std::span<const FieldId> fields, const query::Filter& where) {
    LAMINA_TRY(check_unique_filter(model(model_id), where));
    Scope scope;
    const dialect::TableId table = scope.table();
    LAMINA_TRY_ASSIGN(Expression condition, plan_filter(builder_, scope, model_id, table, where));
    return select(model_id, fields, scope, table, std::move(condition));
}

Result<RegisterId> Writes::select_located(ModelId model_id, std::span<const FieldId> fields, const Locator& locator) {
    Scope scope;
    const dialect::TableId table = scope.table();
    LAMINA_TRY_ASSIGN(Expression condition, located(model_id, locator, scope, table));
    return select(model_id, fields, scope, table, std::move(condition));
}

void Writes::query(ModelId model_id, StatementId statement, std::span<const FieldId> fields, RegisterId into) {
    Query instruction{statement, into, {}};
    for (const FieldId id : fields) instruction.types.push_back(field(model_id, id).type);
    builder_.add(std::move(instruction));
}

std::vector<std::string_view> Writes::column_names(ModelId model_id, std::span<const FieldId> fields) const {
    std::vector<std::string_view> names;
    for (const FieldId id : fields) names.push_back(field(model_id, id).column);
    return names;
}

Result<std::span<const FieldId>> Writes::identity_of(ModelId model_id) const {
    const auto fields = identity(model(model_id));
    if (fields.empty()) return messages::no_identity(model(model_id), "this write");
    return fields;
}

Knowns Writes::cells(std::span<const FieldId> fields, RegisterId row) {
    Knowns knowns;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        knowns.push_back({fields[i], builder_.bind_cell(row, static_cast<std::uint16_t>(i))});
    }
    return knowns;
}

Require Writes::make_require(const Error& error) {
    Require require;
    require.code = error.code();
    require.message = error.message();
    require.model = error.model();
    return require;
}

void Writes::require(RegisterId source, const Error& error) {
    Require require = make_require(error);
    require.source = source;
    builder_.add(std::move(require));
}

void Writes::fail(const Error& error) { builder_.add(Fail{error.code(), error.message(), error.model()}); }

std::size_t Writes::jump_if_empty(RegisterId source) {
    builder_.add(JumpIfEmpty{source, 0});
    return here() - 1;
}

std::size_t Writes::jump() {
    builder_.add(Jump{0});
    return here() - 1;
}

void Writes::jump_to(std::size_t jump, std::size_t target) {
    Instruction& instruction = builder_.plan().instructions[jump];
    if (auto* always = std::get_if<Jump>(&instruction)) always->target = static_cast<std::uint32_t>(target);
    if (auto* empty = std::get_if<JumpIfEmpty>(&instruction)) empty->target = static_cast<std::uint32_t>(target);
}

Expression Writes::typed(Expression parameter) const {
    const auto* found = std::get_if<dialect::Parameter>(&parameter.node);
    if (found == nullptr || !builder_.dialect().has_typed_lists() || builder_.dialect().type_code(found->type) != 0)
        return parameter;
    const dialect::ValueType type = found->type;
    return Expression{dialect::Cast{std::move(parameter), type}};
}

void Writes::add_updated_at(ModelId model_id, std::vector<dialect::Assignment>& set) {
    const auto& fields = model(model_id).fields;
    for (FieldId id = 0; id < fields.size(); ++id) {
        if (!fields[id].updated_at) continue;
        set.push_back({fields[id].column, value(model_id, id, builder_.bind_generated({meta::DefaultKind::Now, 0}))});
    }
}

}  // namespace lamina::plan
