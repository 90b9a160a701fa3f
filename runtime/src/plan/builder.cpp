#include "plan/builder.hpp"

#include <algorithm>
#include <atomic>

#include <lamina/base/assert.hpp>

#include "plan/shape_walk.hpp"

namespace lamina::plan {
namespace {

/// Numbers the arguments by their addresses, in the order of the walk, which is that of Shape::arguments().
struct AddressSink {
  std::vector<std::pair<const void*, std::uint32_t>>& addresses;

  void word(std::uint32_t) {}
  void value(const Value& value) { add(&value); }
  void number(const void* address, std::int64_t) { add(address); }
  void add(const void* address) { addresses.emplace_back(address, static_cast<std::uint32_t>(addresses.size())); }
};

std::uint64_t next_statement_id() {
  static std::atomic<std::uint64_t> last{0};
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

}  // namespace

Builder::Builder(const query::Operation& operation, const meta::Schema& schema, const sql::Dialect& dialect)
    : schema_(schema), dialect_(dialect) {
  AddressSink sink{addresses_};
  ShapeWalk walk(sink);
  walk.operation(operation);
  std::sort(addresses_.begin(), addresses_.end());
}

std::uint32_t Builder::index_of(const void* address) const {
  const auto found = std::lower_bound(addresses_.begin(), addresses_.end(), std::pair{address, std::uint32_t{0}});
  LAMINA_ASSERT(found != addresses_.end() && found->first == address);
  return found->second;
}

std::uint32_t Builder::add_bind(Bind bind) {
  const auto same = [&](const Bind& other) {
    return other.source == bind.source && other.transform == bind.transform && other.column == bind.column &&
           other.index == bind.index;
  };
  const auto found = std::find_if(binds_.begin(), binds_.end(), same);
  if (found != binds_.end()) return static_cast<std::uint32_t>(found - binds_.begin());
  binds_.push_back(bind);
  return static_cast<std::uint32_t>(binds_.size() - 1);
}

std::uint32_t Builder::bind_argument(const Value& value, Bind::Transform transform) {
  return add_bind({Bind::Source::Argument, transform, 0, index_of(&value)});
}

std::uint32_t Builder::bind_take(const query::Arguments& arguments) {
  return add_bind({Bind::Source::Argument, Bind::Transform::None, 0, index_of(&arguments.take)});
}

std::uint32_t Builder::bind_skip(const query::Arguments& arguments) {
  return add_bind({Bind::Source::Argument, Bind::Transform::None, 0, index_of(&arguments.skip)});
}

std::uint32_t Builder::bind_constant(Value value) {
  plan_.constants.push_back(std::move(value));
  return add_bind({Bind::Source::Constant, Bind::Transform::None, 0, static_cast<std::uint32_t>(plan_.constants.size() - 1)});
}

std::uint32_t Builder::bind_cell(RegisterId source, std::uint16_t column) {
  return add_bind({Bind::Source::RegisterCell, Bind::Transform::None, column, source});
}

std::uint32_t Builder::bind_list(RegisterId source, std::uint16_t column) {
  return add_bind({Bind::Source::RegisterList, Bind::Transform::None, column, source});
}

std::uint32_t Builder::bind_generated(Generator generator) {
  plan_.generators.push_back(generator);
  return add_bind({Bind::Source::Generated, Bind::Transform::None, 0, static_cast<std::uint32_t>(plan_.generators.size() - 1)});
}

std::uint32_t Builder::bind_row_column(std::uint32_t index) {
  return add_bind({Bind::Source::ArgumentColumn, Bind::Transform::None, 0, index});
}

StatementId Builder::add_statement(sql::Text text) {
  Statement statement;
  statement.id = next_statement_id();
  statement.text = std::move(text.sql);
  statement.type_codes = std::move(text.type_codes);
  statement.binds.reserve(text.binds.size());
  for (const std::uint32_t bind : text.binds) statement.binds.push_back(binds_[bind]);
  plan_.statements.push_back(std::move(statement));
  return static_cast<StatementId>(plan_.statements.size() - 1);
}

StatementId Builder::add_statement(const sql::Select& select, const Scope& scope) {
  return add_statement(sql::write(select, dialect_, scope.qualified()));
}

sql::Expression Builder::column(sql::TableId table, meta::ModelId model_id, meta::FieldId field) const {
  const meta::Field& found = model(model_id).fields[field];
  return sql::column(table, found.column, type_of(found));
}

sql::Table Builder::table(meta::ModelId model_id, sql::TableId id) const {
  const meta::Model& found = model(model_id);
  return {{found.schema, found.table}, id};
}

sql::Expression Builder::argument(const meta::Field& field, const Value& value) {
  return sql::parameter(bind_argument(value), type_of(field));
}

}  // namespace lamina::plan
