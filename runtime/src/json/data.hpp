#pragma once

#include <string>
#include <vector>

#include "json/context.hpp"

namespace lamina::json {

/// Lowers what is written to the rows of one model: `data` of create, update and the rest.
class DataLowering {
public:
    /// `without`: the relation field that the write came through, kNone at the top. The row's place in that relation is
    /// given; neither the field nor a foreign key behind it can be written.
    DataLowering(const Context& context, ModelId model, FieldId without)
        : context_(context), id_(model), model_(context.model(model)), without_(without) {}

    Result<query::Data> create(JsonView json, const Place& place) const;
    Result<query::Data> update(JsonView json, const Place& place) const;
    Result<query::Data> update_many(JsonView json, const Place& place) const;
    Result<query::Rows> rows(JsonView json, const Place& place) const;

private:
    enum class Form : std::uint8_t { Create, Update, UpdateMany };
    Result<query::Data> members(JsonView json, const Place& place, Form form) const;
    /// Whether a write may name the field: not the relation that it came through, nor that relation's foreign key.
    bool writable(FieldId field) const;
    /// Whether the field is written only where foreign keys are, not relations.
    bool only_unchecked(FieldId field) const;
    Result<void> check_one_way(const query::Data& data, JsonView json, const Place& place) const;
    bool names_relation(JsonView json) const;
    Result<void> check_complete(const query::Data& data, JsonView json, const Place& place, bool keys_given) const;
    /// Whether a relation that needs a row is written by this foreign key.
    bool needs_relation_for(FieldId key) const;

    Result<Value> value_of(const meta::Field& field, JsonView json, const Place& place) const;
    Result<Value> json_of(const meta::Field& field, JsonView json, const Place& place) const;
    Result<query::FieldWrite> create_field(FieldId id, JsonView json, const Place& place) const;
    Result<query::FieldWrite> update_field(FieldId id, JsonView json, const Place& place) const;
    Result<query::FieldWrite> list_field(FieldId id, JsonView json, const Place& place, bool may_push) const;
    Result<query::FieldWrite> update_operation(FieldId id, JsonView json, const Place& place) const;

    Result<void> nested(std::vector<query::NestedWrite>& out, FieldId id, JsonView json, const Place& place,
                        bool updating) const;

    const Context& context_;
    ModelId id_;
    const meta::Model& model_;
    FieldId without_;
};

/// Lowers what is written through one relation field: {"create": …, "connect": …}.
class NestedLowering {
public:
    NestedLowering(const Context& context, ModelId model, FieldId field, bool updating)
        : context_(context),
          field_id_(field),
          field_(context.model(model).fields[field]),
          related_(context.related(model, field)),
          updating_(updating),
          data_(context, related_, context.opposite(model, field)) {}

    Result<void> lower(std::vector<query::NestedWrite>& out, JsonView json, const Place& place) const;

private:
    using Writes = std::vector<query::NestedWrite>;
    Result<void> member(Writes& out, std::string_view name, JsonView json, const Place& place) const;
    Result<void> create(Writes& out, JsonView json, const Place& place) const;
    Result<void> create_many(Writes& out, JsonView json, const Place& place) const;
    Result<void> connect_or_create(Writes& out, JsonView json, const Place& place) const;
    /// connect, disconnect and delete of rows by a unique key.
    Result<void> by_key(Writes& out, query::NestedWrite::Kind kind, JsonView json, const Place& place) const;
    /// disconnect and delete of the one related row: true, false, or a condition on it.
    Result<void> of_one(Writes& out, query::NestedWrite::Kind kind, JsonView json, const Place& place) const;
    Result<void> set(Writes& out, JsonView json, const Place& place) const;
    Result<void> update(Writes& out, JsonView json, const Place& place) const;
    Result<void> update_many(Writes& out, JsonView json, const Place& place) const;
    Result<void> upsert(Writes& out, JsonView json, const Place& place) const;
    Result<void> delete_many(Writes& out, JsonView json, const Place& place) const;
    Result<query::Filter> where_of(JsonView json, const Place& place, bool unique) const;
    query::NestedWrite make(query::NestedWrite::Kind kind) const;

    const Context& context_;
    FieldId field_id_;
    const meta::Field& field_;
    ModelId related_;
    bool updating_;
    DataLowering data_;
};

/// The member of an object that must be there.
Result<JsonView> needed(JsonView json, std::string_view name, const Place& place);
/// Checks that it is an object, and has no members but these.
Result<void> only(JsonView json, std::initializer_list<std::string_view> names, const Place& place);

}  // namespace lamina::json
