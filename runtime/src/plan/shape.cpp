#include <lamina/base/hash.hpp>
#include <lamina/plan/shape.hpp>

#include "plan/shape_walk.hpp"

namespace lamina::plan {
namespace {

constexpr std::uint32_t bit(bool set, unsigned position) { return static_cast<std::uint32_t>(set) << position; }

std::uint32_t kind(const Value& value) { return static_cast<std::uint32_t>(value.kind()); }

std::int64_t magnitude(std::int64_t number) { return number == INT64_MIN ? INT64_MAX : number < 0 ? -number : number; }

void length(ShapeParts& parts, std::size_t length) { parts.key.push_back(static_cast<std::uint32_t>(length)); }

/// Null and unset belong to the shape; everything else is an argument.
void argument(ShapeParts& parts, const Value& value) {
    if (value.kind() > Value::Kind::Null) parts.arguments.push_back({&value, 0, nullptr});
}

void walk_order(ShapeParts& parts, const std::vector<query::OrderBy>& order_by) {
    length(parts, order_by.size());
    for (const query::OrderBy& item : order_by) {
        parts.key.push_back(static_cast<std::uint32_t>(item.direction) | static_cast<std::uint32_t>(item.nulls) << 4 |
                            bit(item.count, 8) | static_cast<std::uint32_t>(item.field) << 16);
        length(parts, item.path.size());
        for (const query::FieldId field : item.path) parts.key.push_back(field);
    }
}

void walk_arguments(ShapeParts& parts, const query::Arguments& arguments) {
    walk_filter(parts, arguments.where);
    const bool take = arguments.take.has_value();
    const bool negative = take && *arguments.take < 0;
    parts.key.push_back(bit(take, 0) | bit(negative, 1) | bit(arguments.skip != 0, 2) | bit(arguments.skip < 0, 3) |
                        bit(!arguments.order_by.empty(), 4) | bit(!arguments.cursor.empty(), 5) |
                        bit(!arguments.distinct.empty(), 6));
    if (!arguments.order_by.empty()) walk_order(parts, arguments.order_by);
    if (!arguments.cursor.empty()) {
        length(parts, arguments.cursor.size());
        for (const query::FieldValue& item : arguments.cursor) {
            parts.key.push_back(item.field | kind(item.value) << 16);
            argument(parts, item.value);
        }
    }
    if (!arguments.distinct.empty()) {
        length(parts, arguments.distinct.size());
        for (const query::FieldId field : arguments.distinct) parts.key.push_back(field);
    }
    if (take) parts.arguments.push_back({nullptr, magnitude(*arguments.take), &arguments.take});
    if (arguments.skip != 0) parts.arguments.push_back({nullptr, arguments.skip, &arguments.skip});
}

void walk_selection(ShapeParts& parts, const query::Selection& selection) {
    parts.key.push_back(bit(selection.all_scalars, 0) | static_cast<std::uint32_t>(selection.fields.size()) << 1);
    for (const query::FieldId field : selection.fields) parts.key.push_back(field);
    length(parts, selection.relations.size());
    for (const query::RelationSelection& relation : selection.relations) {
        parts.key.push_back(relation.field);
        walk_arguments(parts, relation.arguments);
        walk_selection(parts, relation.selection);
    }
}

}  // namespace

// Every list comes after its length, so that what the words say can be read in one way only.

void walk_filter(ShapeParts& parts, const query::Filter& filter) {
    parts.key.push_back(static_cast<std::uint32_t>(filter.kind) | static_cast<std::uint32_t>(filter.comparison) << 4 |
                        bit(filter.insensitive, 8) | kind(filter.value) << 9 |
                        static_cast<std::uint32_t>(filter.field) << 16);
    if (filter.kind == query::Filter::Kind::Compare) return argument(parts, filter.value);
    length(parts, filter.children.size());
    for (const query::Filter& child : filter.children) walk_filter(parts, child);
}

Shape::Shape(const query::Operation& operation) : operation_(operation) {
    ShapeParts parts{key_, arguments_, tables_};
    key_.push_back(static_cast<std::uint32_t>(operation.action) | static_cast<std::uint32_t>(operation.model) << 16);
    walk_arguments(parts, operation.arguments);
    walk_selection(parts, operation.selection);
    if (operation.action >= query::Action::Create) walk_writes(parts, operation);
    hash_ = base::hash_bytes(key_.data(), key_.size() * sizeof(std::uint32_t));
}

}  // namespace lamina::plan
