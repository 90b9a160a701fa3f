#include <utility>

#include <lamina/base/try.hpp>

#include "json/checker.hpp"
#include "json/wire.hpp"

namespace lamina::json {
namespace {

using query::Aggregate;
using query::OrderBy;

Result<query::Direction> lower_direction(JsonView json, const Place& place) {
    const JsonView word = word_of(json);
    if (word.is_string("asc")) return query::Direction::Ascending;
    if (word.is_string("desc")) return query::Direction::Descending;
    return problems::refused(place);
}

/// "asc", or {"sort": "asc", "nulls": "first"}.
Result<void> lower_sort(OrderBy& order, bool nullable, JsonView json, const Place& place) {
    if (!is_plain_object(json)) {
        LAMINA_TRY_ASSIGN(order.direction, lower_direction(json, place));
        return {};
    }
    const auto sort = json.find("sort"), nulls = json.find("nulls");
    if (!nullable || !sort || json.size() != (nulls ? 2 : 1)) return problems::refused(place);
    LAMINA_TRY_ASSIGN(order.direction, lower_direction(*sort, place.argument("sort")));
    if (!nulls) return {};
    const JsonView word = word_of(*nulls);
    const bool first = word.is_string("first");
    if (!first && !word.is_string("last")) return problems::refused(place.argument("nulls"));
    order.nulls = first ? query::Nulls::First : query::Nulls::Last;
    return {};
}

class Orders {
public:
    Orders(const Context& context, bool aggregates) : context_(context), aggregates_(aggregates) {}

    Result<void> lower(std::vector<OrderBy>& out, ModelId model, const OrderBy& so_far, JsonView json,
                       const Place& place) const {
        if (place.depth() > kMaxNesting) return problems::too_deep(place);
        if (!is_plain_object(json) || json.size() > 1) return problems::refused(place);
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
        if (!field) return problems::refused(place);
        const meta::Field& meta = context_.model(model).fields[*field];
        OrderBy order = so_far;
        if (!meta.is_relation) {
            order.field = *field;
            LAMINA_TRY(lower_sort(order, !meta.required, json, place));
            out.push_back(std::move(order));
            return {};
        }
        if (aggregates_) return problems::refused(place);
        if (!meta.list) {
            order.path.push_back(*field);
            return lower(out, context_.related(model, *field), order, json, place);
        }
        const auto count = json.find("_count");
        if (!is_plain_object(json) || json.size() != 1 || !count) return problems::refused(place);
        order.field = *field;
        order.count = true;
        LAMINA_TRY_ASSIGN(order.direction, lower_direction(*count, place.argument("_count")));
        out.push_back(std::move(order));
        return {};
    }

    /// {"_sum": {"price": "asc"}} of group_by.
    Result<void> lower_aggregate(std::vector<OrderBy>& out, ModelId model, std::string_view name, JsonView json,
                                 const Place& place) const {
        OrderBy order;
        order.aggregate = aggregate_of(name);
        const bool known = order.aggregate != Aggregate::None;
        if (!known || !is_plain_object(json) || json.size() > 1) return problems::refused(place);
        for (auto member = json.begin(); member != json.end(); ++member) {
            const std::string field_name = member.name();
            const Place at = place.argument(field_name);
            const auto field = Context::find_field(context_.model(model), field_name);
            const bool all = field_name == "_all" && order.aggregate == Aggregate::Count;
            if (!all && (!field || !can_aggregate(order.aggregate, context_.model(model).fields[*field]))) {
                return problems::refused(at);
            }
            order.field = all ? meta::kNone : *field;
            LAMINA_TRY_ASSIGN(order.direction, lower_direction(*member, at));
            out.push_back(order);
        }
        return {};
    }

    Result<void> lower_relevance(std::vector<OrderBy>& out, ModelId model, const OrderBy& so_far, JsonView json,
                                 const Place& place) const {
        if (!is_plain_object(json)) return problems::refused(place);
        const auto fields = json.find("fields"), sort = json.find("sort"), search = json.find("search");
        if (!fields || !sort || !search || json.size() != 3) return problems::refused(place);
        OrderBy order = so_far;
        LAMINA_TRY_ASSIGN(order.relevance, lower_field_names(context_, model, *fields, place.argument("fields")));
        LAMINA_TRY_ASSIGN(order.direction, lower_direction(*sort, place.argument("sort")));
        LAMINA_TRY_ASSIGN(const std::string text, lower_text(*search, place.argument("search")));
        order.search = Value(text);
        out.push_back(std::move(order));
        return {};
    }

    const Context& context_;
    bool aggregates_;
};

}  // namespace

Result<std::vector<OrderBy>> lower_order(const Context& context, ModelId model, JsonView json, const Place& place,
                                         bool aggregates) {
    const Orders orders(context, aggregates);
    std::vector<OrderBy> order_by;
    for (const JsonView item : one_or_many(json)) {
        LAMINA_TRY(orders.lower(order_by, model, OrderBy{}, item, place));
    }
    return order_by;
}

Result<std::vector<FieldId>> lower_field_names(const Context& context, ModelId model, JsonView json,
                                               const Place& place) {
    const meta::Model& meta = context.model(model);
    std::vector<FieldId> fields;
    for (const JsonView item : one_or_many(json)) {
        const JsonView word = word_of(item);
        const auto field = word.is_string() ? Context::find_field(meta, word.as_string()) : std::nullopt;
        if (!field || meta.fields[*field].is_relation) return problems::refused(place);
        fields.push_back(*field);
    }
    return fields;
}

}  // namespace lamina::json
