#pragma once

#include <lamina/query/operation.hpp>

#include <cstdint>

namespace lamina::plan {

/// The one walk over an operation. A sink takes `word(std::uint32_t)` for everything that the plan depends on,
/// `value(const Value&)` for every argument that is a value, and `number(const void* address, std::int64_t)` for rows to take or skip.
/// What the words say can be read only one way: every list comes after its length.
template <class Sink>
class ShapeWalk {
 public:
  explicit ShapeWalk(Sink& sink) : sink_(sink) {}

  void operation(const query::Operation& operation) {
    const bool data = !empty(operation.data), update = !empty(operation.update), rows = !operation.rows.fields.empty();
    word(static_cast<std::uint32_t>(operation.action) | bit(operation.skip_duplicates, 8) | bit(data, 9) | bit(update, 10) |
         bit(rows, 11) | static_cast<std::uint32_t>(operation.model) << 16);
    arguments(operation.arguments);
    selection(operation.selection);
    if (data) this->data(operation.data);
    if (update) this->data(operation.update);
    if (rows) this->rows(operation.rows);
  }

 private:
  static constexpr std::uint32_t bit(bool set, unsigned position) { return static_cast<std::uint32_t>(set) << position; }
  static bool empty(const query::Data& data) { return data.fields.empty() && data.nested.empty(); }
  void word(std::uint32_t word) { sink_.word(word); }
  void length(std::size_t length) { sink_.word(static_cast<std::uint32_t>(length)); }
  static std::uint32_t kind(const Value& value) { return static_cast<std::uint32_t>(value.kind()); }
  /// Null and unset are part of the shape; everything else is an argument.
  void argument(const Value& value) {
    if (value.kind() > Value::Kind::Null) sink_.value(value);
  }

  void filter(const query::Filter& filter) {
    word(static_cast<std::uint32_t>(filter.kind) | static_cast<std::uint32_t>(filter.comparison) << 4 |
         bit(filter.insensitive, 8) | kind(filter.value) << 9 | static_cast<std::uint32_t>(filter.field) << 16);
    if (filter.kind == query::Filter::Kind::Compare) return argument(filter.value);
    length(filter.children.size());
    for (const query::Filter& child : filter.children) this->filter(child);
  }

  void arguments(const query::Arguments& arguments) {
    filter(arguments.where);
    const bool take = arguments.take.has_value();
    const bool negative = take && *arguments.take < 0;
    word(bit(take, 0) | bit(negative, 1) | bit(arguments.skip != 0, 2) | bit(arguments.skip < 0, 3) |
         bit(!arguments.order_by.empty(), 4) | bit(!arguments.cursor.empty(), 5) | bit(!arguments.distinct.empty(), 6));
    if (!arguments.order_by.empty()) order_by(arguments.order_by);
    if (!arguments.cursor.empty()) {
      length(arguments.cursor.size());
      for (const query::FieldValue& item : arguments.cursor) {
        word(item.field | kind(item.value) << 16);
        argument(item.value);
      }
    }
    if (!arguments.distinct.empty()) {
      length(arguments.distinct.size());
      for (const query::FieldId field : arguments.distinct) word(field);
    }
    if (take) sink_.number(&arguments.take, magnitude(*arguments.take));
    if (arguments.skip != 0) sink_.number(&arguments.skip, arguments.skip);
  }
  static std::int64_t magnitude(std::int64_t number) {
    return number == INT64_MIN ? INT64_MAX : number < 0 ? -number : number;
  }

  void order_by(const std::vector<query::OrderBy>& order_by) {
    length(order_by.size());
    for (const query::OrderBy& item : order_by) {
      word(static_cast<std::uint32_t>(item.direction) | static_cast<std::uint32_t>(item.nulls) << 4 | bit(item.count, 8) |
           static_cast<std::uint32_t>(item.field) << 16);
      length(item.path.size());
      for (const query::FieldId field : item.path) word(field);
    }
  }

  void selection(const query::Selection& selection) {
    word(bit(selection.all_scalars, 0) | static_cast<std::uint32_t>(selection.fields.size()) << 1);
    for (const query::FieldId field : selection.fields) word(field);
    length(selection.relations.size());
    for (const query::RelationSelection& relation : selection.relations) {
      word(relation.field);
      arguments(relation.arguments);
      this->selection(relation.selection);
    }
  }

  void data(const query::Data& data) {
    length(data.fields.size());
    for (const query::FieldWrite& write : data.fields) {
      word(static_cast<std::uint32_t>(write.kind) | kind(write.value) << 8 | static_cast<std::uint32_t>(write.field) << 16);
      argument(write.value);
    }
    length(data.nested.size());
    for (const query::NestedWrite& nested : data.nested) {
      word(static_cast<std::uint32_t>(nested.kind) | static_cast<std::uint32_t>(nested.field) << 16);
      filter(nested.where);
      this->data(nested.create);
    }
  }

  /// The values of the rows are no arguments of their own. Which of them are not given decides about defaults, so it is said,
  /// if any are missing, for every row.
  void rows(const query::Rows& rows) {
    length(rows.fields.size());
    for (const query::FieldId field : rows.fields) word(field);
    bool unset = false;
    for (const Value& value : rows.values) unset = unset || value.is_unset();
    word(bit(unset, 0));
    if (!unset) return;
    length(rows.values.size());
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const Value& value : rows.values) {
      bits |= bit(value.is_unset(), count);
      if (++count == 32) {
        word(bits);
        bits = 0;
        count = 0;
      }
    }
    if (count > 0) word(bits);
  }

  Sink& sink_;
};

}  // namespace lamina::plan
