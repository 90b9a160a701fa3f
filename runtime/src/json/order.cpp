#include <utility>

#include <lamina/base/try.hpp>

#include "json/checker.hpp"
#include "json/wire.hpp"

namespace lamina::json {
namespace {

using query::Aggregate;
using query::OrderBy;

Result<query::Direction> lower_direction(JsonView json, const Place& place) {
    if (json.is_null()) return problems::required(place);
    const JsonView word = word_of(json);
    if (word.is_string("asc")) return query::Direction::Ascending;
    if (word.is_string("desc")) return query::Direction::Descending;
    if (word.is_string()) return problems::wrong_value(place, word.as_string(), "SortOrder");
    return problems::wrong_type(place, "SortOrder", json);
}

/// "asc", or {"sort": "asc", "nulls": "first"}.
Result<void> lower_sort(OrderBy& order, bool nullable, JsonView json, const Place& place) {
    if (!is_plain_object(json)) {
        LAMINA_TRY_ASSIGN(order.direction, lower_direction(json, place));
        return {};
    }
    if (!nullable) {
        return problems::wrong_type(place, "SortOrder", json);
    }
    for (auto member = json.begin(); member != json.end(); ++member) {
        const std::string name = member.name();
        if (name != "sort" && name != "nulls") return problems::unknown_field(place.argument(name));
    }
    const auto sort = json.find("sort");
    const Place at = place.argument("sort");
    if (!sort) return problems::required(at);
    LAMINA_TRY_ASSIGN(order.direction, lower_direction(*sort, at));
    if (const auto nulls = json.find("nulls")) {
        const Place there = place.argument("nulls");
        const JsonView word = word_of(*nulls);
        if (!word.is_string("first") && !word.is_string("last")) {
            return word.is_string() ? problems::wrong_value(there, word.as_string(), "NullsOrder")
                                    : problems::wrong_type(there, "NullsOrder", *nulls);
        }
        order.nulls = word.is_string("first") ? query::Nulls::First : query::Nulls::Last;
    }
    return {};
}

class Orders {
public:
    Orders(const Context& context, bool aggregates) : context_(context), aggregates_(aggregates) {}

    Result<void> lower(std::vector<OrderBy>& out, ModelId model, const OrderBy& so_far, JsonView json,
                       const Place& place) const {
        if (place.depth() > kMaxNesting) return problems::too_deep(place);
        if (json.is_null()) return problems::required(place);
        if (!is_plain_object(json)) {
            return problems::wrong_type(place, std::string(context_.model(model).name) + "OrderByWithRelationInput",
                                        json);
        }
        if (json.size() > 1) return problems::more_than_one(place, json.size());
        for (auto member = json.begin(); member != json.end(); ++member) {
            const std::string name = member.name();
            const Place at = place.argument(name);
            if (name == "_relevance") {
                LAMINA_TRY(lower_relevance(out, model, so_far, *member, at));
            } else if (aggregates_ && name.starts_with('_')) {
                LAMINA_TRY(lower_aggregate(out, model, name, *member, at));
            } else {
                LAMINA_TRY(lower_field(out, model, so_far, name, *member, at));
            }
        }
        return {};
    }

private:
    Result<void> lower_field(std::vector<OrderBy>& out, ModelId model, const OrderBy& so_far, std::string_view name,
                             JsonView json, const Place& place) const {
        const auto field = Context::find_field(context_.model(model), name);
        if (!field) return problems::unknown_field(place);
        const meta::Field& meta = context_.model(model).fields[*field];
        OrderBy order = so_far;
        if (!meta.is_relation) {
            order.field = *field;
            LAMINA_TRY(lower_sort(order, !meta.required, json, place));
            out.push_back(std::move(order));
            return {};
        }
        if (aggregates_) return problems::unknown_field(place);
        if (!meta.list) {
            order.path.push_back(*field);
            return lower(out, context_.related(model, *field), order, json, place);
        }
        if (json.is_null()) return problems::required(place);
        if (!is_plain_object(json)) {
            return problems::wrong_type(
                place,
                std::string(context_.model(context_.related(model, *field)).name) + "OrderByRelationAggregateInput",
                json);
        }
        if (json.size() != 1) return problems::not_exactly_one(place, json.size());
        const auto count = json.find("_count");
        const std::string given = json.begin().name();
        if (!count) return problems::unknown_field(place.argument(given));
        order.field = *field;
        order.count = true;
        const Place at = place.argument("_count");
        LAMINA_TRY_ASSIGN(order.direction, lower_direction(*count, at));
        out.push_back(std::move(order));
        return {};
    }

    /// {"_sum": {"price": "asc"}} of group_by.
    Result<void> lower_aggregate(std::vector<OrderBy>& out, ModelId model, std::string_view name, JsonView json,
                                 const Place& place) const {
        OrderBy order;
        if (name == "_count") {
            order.aggregate = Aggregate::Count;
        } else if (name == "_sum") {
            order.aggregate = Aggregate::Sum;
        } else if (name == "_avg") {
            order.aggregate = Aggregate::Average;
        } else if (name == "_min") {
            order.aggregate = Aggregate::Minimum;
        } else if (name == "_max") {
            order.aggregate = Aggregate::Maximum;
        } else {
            return problems::unknown_field(place);
        }
        if (json.is_null()) return problems::required(place);
        if (!is_plain_object(json)) {
            return problems::wrong_type(place, std::string(context_.model(model).name) + "OrderByAggregateInput", json);
        }
        if (json.size() > 1) return problems::more_than_one(place, json.size());
        for (auto member = json.begin(); member != json.end(); ++member) {
            const std::string field_name = member.name();
            const Place at = place.argument(field_name);
            const auto field = Context::find_field(context_.model(model), field_name);
            const bool all = field_name == "_all" && order.aggregate == Aggregate::Count;
            if (!all && (!field || !can_aggregate(order.aggregate, context_.model(model).fields[*field])))
                return problems::unknown_field(at);
            order.field = all ? meta::kNone : *field;
            LAMINA_TRY_ASSIGN(order.direction, lower_direction(*member, at));
            out.push_back(order);
        }
        return {};
    }

    Result<void> lower_relevance(std::vector<OrderBy>& out, ModelId model, const OrderBy& so_far, JsonView json,
                                 const Place& place) const {
        if (json.is_null()) return problems::required(place);
        if (!is_plain_object(json)) {
            return problems::wrong_type(place, std::string(context_.model(model).name) + "OrderByRelevanceInput", json);
        }
        for (const std::string_view needed : {"fields", "sort", "search"}) {
            if (!json.find(needed)) return problems::required(place.argument(needed));
        }
        OrderBy order = so_far;
        LAMINA_TRY_ASSIGN(order.relevance,
                          lower_field_names(context_, model, *json.find("fields"), place.argument("fields")));
        LAMINA_TRY_ASSIGN(order.direction, lower_direction(*json.find("sort"), place.argument("sort")));
        LAMINA_TRY_ASSIGN(const std::string search, lower_text(*json.find("search"), place.argument("search")));
        order.search = Value(search);
        out.push_back(std::move(order));
        return {};
    }

    const Context& context_;
    bool aggregates_;
};

}  // namespace

Result<std::vector<OrderBy>> lower_order(const Context& context, ModelId model, JsonView json, const Place& place,
                                         bool aggregates) {
    if (json.is_null()) return problems::required(place);
    const Orders orders(context, aggregates);
    std::vector<OrderBy> order_by;
    const std::string type = std::string(context.model(model).name) +
                             (aggregates ? "OrderByWithAggregationInput" : "OrderByWithRelationInput");
    for (const JsonView item : one_or_many(json)) {
        auto lowered = orders.lower(order_by, model, OrderBy{}, item, place);
        if (lowered) continue;
        Error reason = std::move(lowered).error();
        if (json.is_array()) return problems::none_fits({std::move(reason), problems::wrong_type(place, type, json)});
        return problems::none_fits({problems::wrong_type(place, type + "[]", json), std::move(reason)});
    }
    return order_by;
}

Result<std::vector<FieldId>> lower_field_names(const Context& context, ModelId model, JsonView json,
                                               const Place& place) {
    if (json.is_null()) return problems::required(place);
    const meta::Model& meta = context.model(model);
    const std::string type = std::string(meta.name) + "ScalarFieldEnum";
    std::vector<FieldId> fields;
    for (const JsonView item : one_or_many(json)) {
        const JsonView word = word_of(item);
        if (!word.is_string()) {
            return problems::none_fits(
                {problems::wrong_type(place, type, json), problems::wrong_type(place, type + "[]", json)});
        }
        const std::string name = word.as_string();
        const auto field = Context::find_field(meta, name);
        if (!field || meta.fields[*field].is_relation) {
            Error wrong = problems::wrong_value(place, name, type);
            return problems::none_fits(
                {problems::wrong_type(place, type + (json.is_array() ? "" : "[]"), json), std::move(wrong)});
        }
        fields.push_back(*field);
    }
    return fields;
}

}  // namespace lamina::json
