#include "plan/builder.hpp"

#include <algorithm>
#include <atomic>

#include <lamina/base/assert.hpp>
#include <lamina/plan/shape.hpp>

namespace lamina::plan {
namespace {

std::uint64_t next_statement_id() {
    static std::atomic<std::uint64_t> last{0};
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

}  // namespace

Builder::Builder(const query::Operation& operation, const meta::Schema& schema, const dialect::Dialect& dialect)
    : schema_(schema), dialect_(dialect) {
    const Shape shape(operation);
    std::uint32_t index = 0;
    for (const Argument& argument : shape.arguments()) {
        addresses_.emplace_back(argument.value ? static_cast<const void*>(argument.value) : argument.address, index++);
    }
    std::sort(addresses_.begin(), addresses_.end());
    for (const Table& table : shape.tables()) tables_.push_back(table.owner());
}

std::uint32_t Builder::index_of(const void* address) const {
    const auto found = std::lower_bound(addresses_.begin(), addresses_.end(), std::pair{address, std::uint32_t{0}});
    LAMINA_ASSERT(found != addresses_.end() && found->first == address);
    return found->second;
}

std::uint32_t Builder::add_bind(Bind bind) {
    const auto same = [&](const Bind& other) {
        return other.source == bind.source && other.transform == bind.transform && other.column == bind.column &&
               other.index == bind.index && other.labels == bind.labels;
    };
    const auto found = std::find_if(binds_.begin(), binds_.end(), same);
    if (found != binds_.end()) return static_cast<std::uint32_t>(found - binds_.begin());
    binds_.push_back(bind);
    return static_cast<std::uint32_t>(binds_.size() - 1);
}

std::uint32_t Builder::bind_argument(const Value& value, Bind::Transform transform, const EnumLabels* labels) {
    return add_bind({Bind::Source::Argument, transform, 0, index_of(&value), labels});
}

std::uint32_t Builder::bind_take(const query::Arguments& arguments) {
    return add_bind({Bind::Source::Argument, Bind::Transform::None, 0, index_of(&arguments.take)});
}

std::uint32_t Builder::bind_skip(const query::Arguments& arguments) {
    return add_bind({Bind::Source::Argument, Bind::Transform::None, 0, index_of(&arguments.skip)});
}

std::uint32_t Builder::bind_limit(const query::Operation& operation) {
    return add_bind({Bind::Source::Argument, Bind::Transform::None, 0, index_of(&operation.limit)});
}

std::uint32_t Builder::bind_constant(Value value) {
    plan_.constants.push_back(std::move(value));
    return add_bind(
        {Bind::Source::Constant, Bind::Transform::None, 0, static_cast<std::uint32_t>(plan_.constants.size() - 1)});
}

std::uint32_t Builder::bind_cell(RegisterId source, std::uint16_t column) {
    return add_bind({Bind::Source::RegisterCell, Bind::Transform::None, column, source});
}

std::uint32_t Builder::bind_list(RegisterId source, std::uint16_t column) {
    return add_bind({Bind::Source::RegisterList, Bind::Transform::None, column, source});
}

std::uint32_t Builder::bind_generated(Generator generator) {
    return add_bind({Bind::Source::Generated, Bind::Transform::None, 0, add_generator(generator)});
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
    const auto found = std::find(tables_.begin(), tables_.end(), owner);
    LAMINA_ASSERT(found != tables_.end());
    return static_cast<std::uint16_t>(found - tables_.begin());
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
