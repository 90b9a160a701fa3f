#include "plan/builder.hpp"

#include <algorithm>
#include <atomic>

#include <lamina/base/assert.hpp>
#include <lamina/error/messages.hpp>
#include <lamina/plan/shape.hpp>

namespace lamina::plan {
namespace {

std::uint64_t next_statement_id() {
    static std::atomic<std::uint64_t> last{0};
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

}  // namespace

Builder::Builder(const query::Operation& operation, const meta::Schema& schema, const dialect::Dialect& dialect)
    : schema_(schema), dialect_(dialect), joins_(operation.load == query::Load::Join && dialect.has_row_arrays()) {
    const Shape shape(operation);
    number(shape.arguments(), shape.tables(), shape.lists(), 0);
    std::sort(addresses_.begin(), addresses_.end(),
              [](const Numbered& a, const Numbered& b) { return a.address < b.address; });
}

/// Of lists, only the first element is planned.
void Builder::number(std::span<const Argument> arguments, std::span<const Table> tables, std::span<const Lanes> lists,
                     std::uint8_t level) {
    std::uint32_t index = 0;
    for (const Argument& argument : arguments) {
        addresses_.push_back(
            {argument.value ? static_cast<const void*>(argument.value) : argument.address, index++, level});
    }
    index = 0;
    for (const Table& table : tables) tables_.push_back({table.owner(), index++, level});
    index = 0;
    for (const Lanes& list : lists) {
        lists_.push_back({list.owner, index++, level});
        const Lane& first = list.lanes.front();
        number({first.arguments.data(), first.arguments.size()}, {first.tables.data(), first.tables.size()},
               first.lists, static_cast<std::uint8_t>(level + 1));
    }
}

Bind Builder::bind_address(const void* address, Bind::Transform transform, const EnumLabels* labels) const {
    const auto found = std::lower_bound(addresses_.begin(), addresses_.end(), address,
                                        [](const Numbered& a, const void* b) { return a.address < b; });
    LAMINA_ASSERT(found != addresses_.end() && found->address == address);
    return {Bind::Source::Argument, transform, found->level, 0, found->index, labels};
}

std::uint32_t Builder::add_bind(Bind bind) {
    const auto same = [&](const Bind& other) {
        return other.source == bind.source && other.transform == bind.transform && other.level == bind.level &&
               other.column == bind.column && other.index == bind.index && other.labels == bind.labels &&
               other.all == bind.all && other.rows == bind.rows;
    };
    const auto found = std::find_if(binds_.begin(), binds_.end(), same);
    if (found != binds_.end()) return static_cast<std::uint32_t>(found - binds_.begin());
    binds_.push_back(bind);
    return static_cast<std::uint32_t>(binds_.size() - 1);
}

std::uint32_t Builder::bind_argument(const Value& value, Bind::Transform transform, const EnumLabels* labels) {
    return add_bind(bind_address(&value, transform, labels));
}

std::uint32_t Builder::bind_take(const query::Arguments& arguments) {
    return add_bind(bind_address(&arguments.take, Bind::Transform::None, nullptr));
}

std::uint32_t Builder::bind_skip(const query::Arguments& arguments) {
    return add_bind(bind_address(&arguments.skip, Bind::Transform::None, nullptr));
}

std::uint32_t Builder::bind_limit(const query::Operation& operation) {
    return add_bind(bind_address(&operation.limit, Bind::Transform::None, nullptr));
}

std::uint32_t Builder::bind_constant(Value value) {
    plan_.constants.push_back(std::move(value));
    return add_bind({Bind::Source::Constant, Bind::Transform::None, 0, 0,
                     static_cast<std::uint32_t>(plan_.constants.size() - 1), nullptr});
}

std::uint32_t Builder::bind_cell(RegisterId source, std::uint16_t column) {
    return add_bind(
        {Bind::Source::RegisterCell, Bind::Transform::None, register_levels_[source], column, source, nullptr});
}

std::uint32_t Builder::bind_list(RegisterId source, std::uint16_t column) {
    return add_bind(
        {Bind::Source::RegisterList, Bind::Transform::None, register_levels_[source], column, source, nullptr});
}

std::uint32_t Builder::bind_generated(Generator generator) {
    const std::uint8_t level = generator.kind == meta::DefaultKind::Now ? std::uint8_t{0} : level_;
    return add_bind({Bind::Source::Generated, Bind::Transform::None, level, 0, add_generator(generator), nullptr});
}

std::uint32_t Builder::add_generator(Generator generator) {
    // All that is `now` in one request is one moment.
    auto& generators = plan_.generators;
    if (generator.kind == meta::DefaultKind::Now) {
        for (std::size_t i = 0; i < generators.size(); ++i) {
            if (generators[i].kind == generator.kind) return static_cast<std::uint32_t>(i);
        }
    }
    generators.push_back(generator);
    return static_cast<std::uint32_t>(generators.size() - 1);
}

std::uint16_t Builder::table_number(const void* owner) const {
    const auto found =
        std::find_if(tables_.begin(), tables_.end(), [owner](const Numbered& table) { return table.address == owner; });
    LAMINA_ASSERT(found != tables_.end() && found->level == level_);
    return static_cast<std::uint16_t>(found->index);
}

Result<void> Builder::begin_each(const void* owner) {
    const auto found =
        std::find_if(lists_.begin(), lists_.end(), [owner](const Numbered& list) { return list.address == owner; });
    LAMINA_ASSERT(found != lists_.end() && found->level == level_);
    if (level_ == 0xff) return error::invalid_query("the data of a write is nested too deeply");
    Each each;
    each.list = static_cast<std::uint16_t>(found->index);
    each.first_register = plan_.registers;
    each_.push_back(plan_.instructions.size());
    add(std::move(each));
    ++level_;
    return {};
}

void Builder::end_each() {
    auto& each = std::get<Each>(plan_.instructions[each_.back()]);
    each.end = static_cast<std::uint32_t>(plan_.instructions.size());
    each.registers = static_cast<std::uint16_t>(plan_.registers - each.first_register);
    each_.pop_back();
    --level_;
}

void Builder::add_exclusive(const std::vector<std::uint32_t>& binds) {
    if (each_.empty()) return;
    std::vector<Bind> key;
    for (const std::uint32_t number : binds) key.push_back(binds_[number]);
    std::get<Each>(plan_.instructions[each_.back()]).exclusive.push_back(std::move(key));
}

StatementId Builder::add_statement(dialect::Text text) {
    Statement statement;
    statement.id = next_statement_id();
    statement.text = std::move(text.sql);
    statement.type_codes = std::move(text.type_codes);
    statement.binds.reserve(text.binds.size());
    for (const std::uint32_t bind : text.binds) statement.binds.push_back(binds_[bind]);
    plan_.statements.push_back(std::move(statement));
    return static_cast<StatementId>(plan_.statements.size() - 1);
}

StatementId Builder::add_statement(const dialect::Select& select, const Scope& scope) {
    return add_statement(dialect::write(select, dialect_, scope.qualified()));
}

dialect::Expression Builder::column(dialect::TableId table, meta::ModelId model_id, meta::FieldId field) const {
    const meta::Field& found = model(model_id).fields[field];
    return dialect::column(table, found.column, type_of(found));
}

dialect::Table Builder::table(meta::ModelId model_id, dialect::TableId id) const {
    const meta::Model& found = model(model_id);
    return {{found.schema, found.table}, id};
}

dialect::Expression Builder::argument(const meta::Field& field, const Value& value) {
    return dialect::parameter(bind_argument(value, Bind::Transform::None, labels(field)), type_of(field));
}

const EnumLabels* Builder::labels(const meta::Field& field) const {
    if (field.type != Type::Enum || field.enumeration >= schema_.enums.size()) return nullptr;
    const EnumLabels& labels = schema_.enums[field.enumeration].labels;
    const bool mapped =
        !std::equal(labels.names.begin(), labels.names.end(), labels.db_names.begin(), labels.db_names.end());
    return mapped ? &labels : nullptr;
}

}  // namespace lamina::plan
