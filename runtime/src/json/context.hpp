#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lamina/meta/meta.hpp>
#include <lamina/query/operation.hpp>
#include <lamina/value/json_document.hpp>
#include <lamina/value/value.hpp>

#include "json/place.hpp"

// Inner header: what lowers the parts of a request to the parts of an operation.

namespace lamina::json {

using meta::FieldId;
using meta::ModelId;

/// The schema, with the questions that lowering asks it.
class Context {
public:
    /// `has_lists`: whether the database has lists of scalars.
    explicit Context(const meta::Schema& schema, bool has_lists = true) noexcept
        : schema_(schema), has_lists_(has_lists) {}

    bool has_lists() const noexcept { return has_lists_; }
    const meta::Schema& schema() const noexcept { return schema_; }
    const meta::Model& model(ModelId id) const noexcept { return schema_.models[id]; }
    std::optional<ModelId> find_model(std::string_view name) const noexcept;
    static std::optional<FieldId> find_field(const meta::Model& model, std::string_view name) noexcept;
    /// The model that a relation field leads to.
    ModelId related(ModelId model, FieldId field) const noexcept;
    /// The relation field on the other side.
    FieldId opposite(ModelId model, FieldId field) const noexcept;
    const meta::Relation& relation(const meta::Field& field) const noexcept {
        return schema_.relations[field.relation];
    }
    /// Whether the field's own model holds the foreign key.
    bool holds_key(ModelId model, FieldId field) const noexcept;
    /// Whether `field` is the relation field `relation`, or of the foreign key that it holds.
    bool belongs_to(ModelId model, FieldId field, FieldId relation) const noexcept;
    /// Whether the field is of a foreign key.
    bool is_foreign_key(ModelId model, FieldId field) const noexcept;
    /// The name of the field's type: "Int", "Role".
    std::string type_name(const meta::Field& field) const;

private:
    const meta::Schema& schema_;
    bool has_lists_;
};

/// Whether one can calculate with values of the type.
bool is_number(Type type) noexcept;
/// Whether a new row needs a value for the field: it is no relation, and nothing else gives it one.
bool must_be_given(const meta::Field& field) noexcept;

/// An object that is not a tagged value.
bool is_plain_object(JsonView json);
/// JSON without white space around its parts.
std::string compact_json(std::string_view json);
/// The name in {"$type":"Enum","value":"DbNull"}: DbNull, JsonNull, AnyNull or another; else nothing.
std::optional<std::string> json_null_name(JsonView json);

/// A reference to a field, {"$type":"FieldRef","value":{"_ref":"name","_container":"Model"}}.
bool is_field_reference(JsonView json);
/// Its field. Fails with P2019 when it is of another model, or of another type than `field` (a list of it, if `list`).
Result<FieldId> lower_field_reference(const Context& context, ModelId model, const meta::Field& field, bool list,
                                      JsonView json, const Place& place);

/// A value of the field's type, tagged or not; not null, and not a list.
Result<Value> lower_scalar(const Context& context, const meta::Field& field, JsonView json, const Place& place);
/// A list of such values.
Result<Value> lower_list(const Context& context, const meta::Field& field, JsonView json, const Place& place);
/// An integer of take, skip, limit.
Result<std::int64_t> lower_integer(JsonView json, const Place& place);
/// A text.
Result<std::string> lower_text(JsonView json, const Place& place);
/// true or false.
Result<bool> lower_boolean(JsonView json, const Place& place);
/// A list's elements, or the one value that stands for a list of one.
std::vector<JsonView> one_or_many(JsonView json);

/// `where` of a model.
Result<query::Filter> lower_where(const Context& context, ModelId model, JsonView json, const Place& place);
/// `where` of find_unique and the like: at least one unique key, and what else a filter may say.
Result<query::Filter> lower_unique_where(const Context& context, ModelId model, JsonView json, const Place& place);
/// `having`.
Result<query::Filter> lower_having(const Context& context, ModelId model, JsonView json, const Place& place);
/// The fields that `having` compares outside of aggregates, in their order.
void plain_fields(const query::Filter& filter, std::vector<FieldId>& fields);
/// The values of `cursor`.
Result<std::vector<query::FieldValue>> lower_cursor(const Context& context, ModelId model, JsonView json,
                                                    const Place& place);

/// `orderBy`, one or many. `aggregates`: of group_by.
Result<std::vector<query::OrderBy>> lower_order(const Context& context, ModelId model, JsonView json,
                                                const Place& place, bool aggregates = false);
/// Names of scalar fields (distinct, by), one or many.
Result<std::vector<FieldId>> lower_field_names(const Context& context, ModelId model, JsonView json,
                                               const Place& place);

/// `data` of create. `without` is the relation field of the model that the write came through, kNone at the top.
Result<query::Data> lower_create(const Context& context, ModelId model, JsonView json, const Place& place,
                                 FieldId without = meta::kNone);
/// `data` of update.
Result<query::Data> lower_update(const Context& context, ModelId model, JsonView json, const Place& place,
                                 FieldId without = meta::kNone);
/// `data` of update_many: no relations.
Result<query::Data> lower_update_many(const Context& context, ModelId model, JsonView json, const Place& place,
                                      FieldId without = meta::kNone);
/// `data` of create_many.
Result<query::Rows> lower_rows(const Context& context, ModelId model, JsonView json, const Place& place,
                               FieldId without = meta::kNone);

}  // namespace lamina::json
