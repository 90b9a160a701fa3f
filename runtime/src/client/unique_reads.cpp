#include "client/unique_reads.hpp"

#include <algorithm>
#include <vector>

#include <lamina/plan/shape.hpp>

namespace lamina::client {
namespace {

using query::Filter;
using query::Operation;

/// The equalities that a filter consists of, at most as many as a key has fields. False when it is something else.
bool equalities(const Filter& filter, std::vector<const Filter*>& found) {
    if (filter.kind == Filter::Kind::And)
        return std::all_of(filter.children.begin(), filter.children.end(),
                           [&found](const Filter& child) { return equalities(child, found); });
    found.push_back(&filter);
    return filter.kind == Filter::Kind::Compare && filter.comparison == query::Comparison::Equals &&
           !filter.insensitive && filter.aggregate == query::Aggregate::None && filter.other == meta::kNone &&
           filter.path.is_null() && filter.value.kind() > Value::Kind::Null;
}

/// Whether a value comes back from the database as it was sent.
bool comes_back(const meta::Field& field, const Value& value) {
    if (field.list || field.is_relation) return false;
    if (field.type == Type::Int || field.type == Type::BigInt)
        return value.kind() == Value::Kind::Int || value.kind() == Value::Kind::BigInt;
    return field.type == Type::String && value.kind() == Value::Kind::String &&
           (field.native.name.empty() || field.native.name == "Text" || field.native.name == "VarChar");
}

/// Whether exactly the fields of a unique key are compared.
bool is_key(const meta::Model& model, const std::vector<const Filter*>& parts) {
    const auto compared = [&parts](meta::FieldId field) {
        return std::count_if(parts.begin(), parts.end(),
                             [field](const Filter* part) { return part->field == field; }) == 1;
    };
    return std::any_of(model.keys.begin(), model.keys.end(), [&](const meta::Key& key) {
        return key.fields.size() == parts.size() && std::all_of(key.fields.begin(), key.fields.end(), compared);
    });
}

/// The key of a read that others may join; empty when it is no such read.
std::vector<const Filter*> key_of(const meta::Schema& schema, const Operation& operation) {
    std::vector<const Filter*> parts;
    if (operation.action > query::Action::FindUniqueOrThrow || operation.lock != query::Lock::None ||
        !operation.rows.fields.empty() || operation.model >= schema.models.size())
        return parts;
    const meta::Model& model = schema.models[operation.model];
    const auto serves = [&model](const Filter* part) {
        return part->field < model.fields.size() && comes_back(model.fields[part->field], part->value);
    };
    if (!equalities(operation.arguments.where, parts) || !std::all_of(parts.begin(), parts.end(), serves) ||
        !is_key(model, parts))
        parts.clear();
    return parts;
}

/// Whether requests differ in the values of their keys only, which are the first `key` arguments of each.
bool alike(const plan::Shape& left, const plan::Shape& right, std::size_t key) {
    const auto same = [](const plan::Argument& a, const plan::Argument& b) {
        if ((a.value == nullptr) != (b.value == nullptr)) return false;
        return a.value == nullptr ? a.number == b.number : *a.value == *b.value;
    };
    const auto a = left.key(), b = right.key();
    const auto c = left.arguments().subspan(key), d = right.arguments().subspan(key);
    return left.hash() == right.hash() && std::equal(a.begin(), a.end(), b.begin(), b.end()) &&
           std::equal(c.begin(), c.end(), d.begin(), d.end(), same);
}

}  // namespace

std::size_t unique_reads_together(const meta::Schema& schema, std::span<const Operation* const> operations) {
    if (operations.size() < 2) return 1;
    const Operation& first = *operations[0];
    const auto may_join = [&](const Operation& other) {
        return other.action == first.action && other.model == first.model;
    };
    if (!may_join(*operations[1])) return 1;
    const std::size_t parts = key_of(schema, first).size();
    if (parts == 0) return 1;
    const plan::Shape shape(first);
    std::size_t count = 1;
    while (count < operations.size() && may_join(*operations[count]) &&
           key_of(schema, *operations[count]).size() == parts && alike(shape, plan::Shape(*operations[count]), parts))
        ++count;
    return count;
}

Operation join_unique_reads(std::span<const Operation* const> operations) {
    Operation joined = *operations.front();
    std::vector<const Filter*> parts;
    equalities(joined.arguments.where, parts);
    for (const Filter* part : parts) joined.rows.fields.push_back(part->field);
    joined.rows.values.reserve(operations.size() * parts.size());
    for (const Operation* operation : operations) {
        parts.clear();
        equalities(operation->arguments.where, parts);
        for (const Filter* part : parts) joined.rows.values.push_back(part->value);
    }
    joined.arguments.where = {};
    return joined;
}

}  // namespace lamina::client
