#include <lamina/base/hash.hpp>
#include <lamina/plan/shape.hpp>

#include "plan/shape_walk.hpp"

namespace lamina::plan {
namespace {

constexpr std::uint32_t bit(bool set, unsigned position) { return static_cast<std::uint32_t>(set) << position; }

std::uint32_t kind(const Value& value) { return static_cast<std::uint32_t>(value.kind()); }

/// IsEmpty: which of both it asks for.
bool asks_for_true(const query::Filter& filter) {
    return filter.value.kind() == Value::Kind::Boolean && filter.comparison == query::Comparison::IsEmpty &&
           filter.value.as_boolean();
}

std::int64_t magnitude(std::int64_t number) { return number == INT64_MIN ? INT64_MAX : number < 0 ? -number : number; }

void length(ShapeParts& parts, std::size_t length) { parts.key.push_back(static_cast<std::uint32_t>(length)); }

/// Null and unset belong to the shape; everything else is an argument.
void argument(ShapeParts& parts, const Value& value) {
    if (value.kind() > Value::Kind::Null) parts.arguments.push_back({&value, 0, nullptr});
}

void walk_fields(ShapeParts& parts, const std::vector<query::FieldId>& fields) {
    length(parts, fields.size());
    for (const query::FieldId field : fields) parts.key.push_back(field);
}

void walk_order(ShapeParts& parts, const std::vector<query::OrderBy>& order_by) {
    length(parts, order_by.size());
    for (const query::OrderBy& item : order_by) {
        parts.key.push_back(static_cast<std::uint32_t>(item.direction) | static_cast<std::uint32_t>(item.nulls) << 4 |
                            bit(item.count, 8) | bit(!item.relevance.empty(), 9) |
                            static_cast<std::uint32_t>(item.aggregate) << 10 |
                            static_cast<std::uint32_t>(item.field) << 16);
        walk_fields(parts, item.path);
        if (item.relevance.empty()) continue;
        walk_fields(parts, item.relevance);
        parts.key.push_back(kind(item.search));
        argument(parts, item.search);
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
    if (!arguments.distinct.empty()) walk_fields(parts, arguments.distinct);
    if (take) parts.arguments.push_back({nullptr, magnitude(*arguments.take), &arguments.take});
    if (arguments.skip != 0) parts.arguments.push_back({nullptr, arguments.skip, &arguments.skip});
}

void walk_selection(ShapeParts& parts, const query::Selection& selection, const query::Arguments& arguments) {
    parts.key.push_back(bit(selection.all_scalars, 0) | bit(!selection.counts.empty(), 1) |
                        static_cast<std::uint32_t>(selection.fields.size()) << 2);
    for (const query::FieldId field : selection.fields) parts.key.push_back(field);
    if (!selection.counts.empty()) {
        length(parts, selection.counts.size());
        parts.key.push_back(bit(takes_few(arguments), 0));
        for (const query::CountSelection& count : selection.counts) {
            parts.key.push_back(count.field);
            walk_filter(parts, count.where);
        }
    }
    length(parts, selection.relations.size());
    for (const query::RelationSelection& relation : selection.relations) {
        parts.key.push_back(relation.field);
        walk_arguments(parts, relation.arguments);
        walk_selection(parts, relation.selection, relation.arguments);
    }
}

void walk_aggregates(ShapeParts& parts, const query::Operation& operation) {
    length(parts, operation.aggregates.size());
    for (const query::AggregateValue& value : operation.aggregates) {
        parts.key.push_back(static_cast<std::uint32_t>(value.aggregate) | static_cast<std::uint32_t>(value.field)
                                                                              << 16);
    }
    walk_fields(parts, operation.by);
    walk_filter(parts, operation.having);
}

}  // namespace

// Every list comes after its length, so that what the words say can be read in one way only.

void walk_filter(ShapeParts& parts, const query::Filter& filter) {
    const bool more =
        filter.other != meta::kNone || !filter.path.is_null() || filter.aggregate != query::Aggregate::None;
    parts.key.push_back(static_cast<std::uint32_t>(filter.kind) | static_cast<std::uint32_t>(filter.comparison) << 4 |
                        bit(filter.insensitive, 9) | kind(filter.value) << 10 | bit(more, 14) |
                        bit(asks_for_true(filter), 15) | static_cast<std::uint32_t>(filter.field) << 16);
    if (more) {
        parts.key.push_back(kind(filter.path) | static_cast<std::uint32_t>(filter.aggregate) << 4 |
                            static_cast<std::uint32_t>(filter.other) << 16);
        argument(parts, filter.path);
    }
    if (filter.kind == query::Filter::Kind::Compare) return argument(parts, filter.value);
    length(parts, filter.children.size());
    for (const query::Filter& child : filter.children) walk_filter(parts, child);
}

Shape::Shape(const query::Operation& operation) : operation_(operation) {
    ShapeParts parts{key_, arguments_, tables_, lists_, false};
    const bool keys = operation.action <= query::Action::FindUniqueOrThrow && !operation.rows.fields.empty();
    const bool loads = !operation.selection.relations.empty();
    key_.push_back(static_cast<std::uint32_t>(operation.action) | static_cast<std::uint32_t>(operation.lock) << 8 |
                   static_cast<std::uint32_t>(operation.lock_wait) << 11 |
                   static_cast<std::uint32_t>(loads ? operation.load : query::Load::Batch) << 13 | bit(keys, 14) |
                   static_cast<std::uint32_t>(operation.model) << 16);
    walk_arguments(parts, operation.arguments);
    walk_selection(parts, operation.selection, operation.arguments);
    if (keys) walk_fields(parts, operation.rows.fields);
    if (operation.action == query::Action::Aggregate || operation.action == query::Action::GroupBy) {
        walk_aggregates(parts, operation);
    }
    if (operation.action >= query::Action::Create) walk_writes(parts, operation);
    hash_ = base::hash_bytes(key_.data(), key_.size() * sizeof(std::uint32_t));
}

}  // namespace lamina::plan
