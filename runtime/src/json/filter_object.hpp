#pragma once

#include "json/context.hpp"

namespace lamina::json {

/// Lowers the filter object of one scalar field: {"gt": 1, "not": {"in": [2, 3]}}. In `having`, aggregates are members
/// too: {"_sum": {"gt": 1}}.
class FilterObject {
public:
    FilterObject(const Context& context, ModelId model, FieldId field, bool having)
        : context_(context), model_(model), id_(field), field_(context.model(model).fields[field]), having_(having) {}

    Result<query::Filter> lower(JsonView json, const Place& place) const;

private:
    /// What the members of one object have in common.
    struct Setting {
        bool insensitive = false;
        Value path;
    };

    Result<query::Filter> lower_members(JsonView json, const Place& place, const Setting& outer) const;
    Result<Setting> read_setting(JsonView json, const Place& place, const Setting& outer) const;
    bool knows(std::string_view name) const;
    Result<query::Filter> lower_member(std::string_view name, JsonView json, const Place& place,
                                       const Setting& setting) const;
    Result<query::Filter> lower_json_member(std::string_view name, JsonView json, const Place& place,
                                            const Setting& setting) const;
    Result<query::Filter> lower_json_equals(JsonView json, const Place& place, const Setting& setting) const;
    Result<query::Filter> lower_list_member(std::string_view name, JsonView json, const Place& place) const;
    Result<query::Filter> lower_not(JsonView json, const Place& place, const Setting& setting) const;
    Result<query::Filter> lower_in(bool negated, JsonView json, const Place& place, const Setting& setting) const;
    Result<query::Filter> lower_aggregate(std::string_view name, JsonView json, const Place& place) const;
    /// A comparison with a scalar or a field reference.
    Result<query::Filter> compare(query::Comparison comparison, JsonView json, const Place& place,
                                  const Setting& setting) const;
    query::Filter make(query::Comparison comparison, Value value, const Setting& setting) const;

    const Context& context_;
    ModelId model_;
    FieldId id_;
    const meta::Field& field_;
    bool having_;
    query::Aggregate aggregate_ = query::Aggregate::None;
    /// Under an aggregate: a field of the type that the aggregate has.
    meta::Field result_{};
    bool aggregated_ = false;
    const meta::Field& compared() const noexcept { return aggregated_ ? result_ : field_; }
};

}  // namespace lamina::json
