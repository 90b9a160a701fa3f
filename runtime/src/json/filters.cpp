#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include <lamina/base/try.hpp>

#include "json/context.hpp"
#include "json/filter_object.hpp"

namespace lamina::json {
namespace {

using query::Comparison;
using query::Filter;

Filter joined(Filter::Kind kind, std::vector<Filter> children) {
    Filter filter;
    filter.kind = kind;
    filter.children = std::move(children);
    return filter;
}

/// An And, without a shell around a single filter.
Filter all_of(std::vector<Filter> children) {
    if (children.size() == 1) return std::move(children.front());
    return joined(Filter::Kind::And, std::move(children));
}

Filter equality(FieldId field, Value value) {
    Filter filter;
    filter.kind = Filter::Kind::Compare;
    filter.field = field;
    filter.value = std::move(value);
    return filter;
}

/// The values that fields have to be equal to; false where the filter asks for something else.
bool add_equalities(const Filter& filter, std::vector<query::FieldValue>& values) {
    if (filter.kind == Filter::Kind::And) {
        return std::all_of(filter.children.begin(), filter.children.end(),
                           [&values](const Filter& child) { return add_equalities(child, values); });
    }
    if (filter.kind != Filter::Kind::Compare || filter.comparison != query::Comparison::Equals || filter.insensitive ||
        !filter.path.is_null() || filter.other != meta::kNone)
        return false;
    values.push_back({filter.field, filter.value});
    return true;
}

/// Lowers the filters of one model.
class Where {
public:
    Where(const Context& context, ModelId model, bool having)
        : context_(context), id_(model), model_(context.model(model)), having_(having) {}

    Result<Filter> lower(JsonView json, const Place& place) const {
        if (place.depth() > kMaxNesting) return problems::too_deep(place);
        if (!is_plain_object(json)) return problems::refused(place);
        std::vector<Filter> parts;
        for (auto member = json.begin(); member != json.end(); ++member) {
            const std::string name = member.name();
            LAMINA_TRY_ASSIGN(Filter part, lower_member(name, *member, place.argument(name)));
            parts.push_back(std::move(part));
        }
        return all_of(std::move(parts));
    }

    Result<Filter> lower_unique(JsonView json, const Place& place) const {
        if (place.depth() > kMaxNesting) return problems::too_deep(place);
        if (!is_plain_object(json)) return problems::refused(place);
        std::vector<Filter> parts;
        std::vector<Filter> others;
        for (auto member = json.begin(); member != json.end(); ++member) {
            const std::string name = member.name();
            const Place at = place.argument(name);
            LAMINA_TRY_ASSIGN(const bool taken, lower_key(name, *member, at, parts));
            if (taken) continue;
            LAMINA_TRY_ASSIGN(Filter part, lower_member(name, *member, at));
            others.push_back(std::move(part));
        }
        if (parts.empty()) return problems::refused(place);
        // Keys first: the planner takes the first that it finds.
        for (Filter& other : others) parts.push_back(std::move(other));
        return all_of(std::move(parts));
    }

private:
    /// Lowers `name` if it is a unique key: a field that is unique alone, or a compound key's name.
    Result<bool> lower_key(std::string_view name, JsonView json, const Place& place, std::vector<Filter>& parts) const {
        for (const meta::Key& key : model_.keys) {
            if (key.fields.size() == 1) {
                const meta::Field& field = model_.fields[key.fields[0]];
                if (field.name != name) continue;
                LAMINA_TRY_ASSIGN(Value value, key_value(field, json, place));
                parts.push_back(equality(key.fields[0], std::move(value)));
                return true;
            }
            if (key.name != name) continue;
            LAMINA_TRY(lower_compound(key, json, place, parts));
            return true;
        }
        return false;
    }

    Result<Value> key_value(const meta::Field& field, JsonView json, const Place& place) const {
        if (field.list) return lower_list(context_, field, json, place);
        return lower_scalar(context_, field, json, place);
    }

    Result<void> lower_compound(const meta::Key& key, JsonView json, const Place& place,
                                std::vector<Filter>& parts) const {
        if (!is_plain_object(json) || json.size() != key.fields.size()) return problems::refused(place);
        for (const FieldId id : key.fields) {
            const meta::Field& field = model_.fields[id];
            const Place at = place.argument(field.name);
            const auto given = json.find(field.name);
            if (!given) return problems::refused(at);
            LAMINA_TRY_ASSIGN(Value value, key_value(field, *given, at));
            parts.push_back(equality(id, std::move(value)));
        }
        return {};
    }

    Result<Filter> lower_member(std::string_view name, JsonView json, const Place& place) const {
        if (name == "AND") return lower_connective(Filter::Kind::And, json, place);
        if (name == "OR") return lower_connective(Filter::Kind::Or, json, place);
        if (name == "NOT") return lower_connective(Filter::Kind::Not, json, place);
        const auto field = Context::find_field(model_, name);
        if (!field || (having_ && model_.fields[*field].is_relation)) return problems::refused(place);
        if (model_.fields[*field].is_relation) return lower_relation(*field, json, place);
        return lower_scalar_field(*field, json, place);
    }

    Result<Filter> lower_connective(Filter::Kind kind, JsonView json, const Place& place) const {
        if (kind == Filter::Kind::Or && !json.is_array()) return problems::refused(place);
        std::vector<Filter> children;
        for (const JsonView item : one_or_many(json)) {
            if (kind == Filter::Kind::Or && says_nothing(item)) continue;
            LAMINA_TRY_ASSIGN(Filter child, lower(item, place));
            children.push_back(std::move(child));
        }
        if (kind == Filter::Kind::Not) std::erase_if(children, is_open);
        return joined(kind, std::move(children));
    }

    /// Without a condition. What sets none cannot be negated: NOT: {} matches all, as in Prisma.
    static bool is_open(const Filter& filter) {
        const bool joins = filter.kind == Filter::Kind::And || filter.kind == Filter::Kind::Not;
        return joins && std::all_of(filter.children.begin(), filter.children.end(), is_open);
    }

    /// {"name": {}}: filters that are named and left open, as programs do, choose nothing in an OR.
    static bool says_nothing(JsonView json) {
        if (!is_plain_object(json) || json.size() == 0) return false;
        for (const JsonView member : json) {
            if (!is_plain_object(member) || member.size() > 0) return false;
        }
        return true;
    }

    Result<Filter> lower_scalar_field(FieldId id, JsonView json, const Place& place) const {
        const meta::Field& field = model_.fields[id];
        if (is_plain_object(json)) return FilterObject(context_, id_, id, having_).lower(json, place);
        if (field.type == Type::Json || field.list) return problems::refused(place);
        if (json.is_null() && !field.required) return equality(id, Value());
        LAMINA_TRY_ASSIGN(Value value, lower_scalar(context_, field, json, place));
        return equality(id, std::move(value));
    }

    Result<Filter> lower_relation(FieldId id, JsonView json, const Place& place) const {
        const meta::Field& field = model_.fields[id];
        const Where related(context_, context_.related(id_, id), false);
        if (field.list) return lower_to_many(id, related, json, place);
        Filter filter;
        filter.field = id;
        filter.kind = Filter::Kind::Is;
        if (json.is_null() && !field.required) return filter;
        if (!is_plain_object(json)) return problems::refused(place);
        return lower_to_one(std::move(filter), related, json, place);
    }

    Result<Filter> lower_to_one(Filter filter, const Where& related, JsonView json, const Place& place) const {
        const FieldId id = filter.field;
        if (json.size() == 0) return Filter{};  // no condition: unlike {is: {}}, which wants a row
        if (!names_only_is(json)) {
            LAMINA_TRY_ASSIGN(Filter child, related.lower(json, place));
            filter.children.push_back(std::move(child));
            return filter;
        }
        std::vector<Filter> parts;
        for (auto member = json.begin(); member != json.end(); ++member) {
            const std::string kind = member.name();
            Filter part;
            part.field = id;
            part.kind = kind == "is" ? Filter::Kind::Is : Filter::Kind::IsNot;
            const Place at = place.argument(kind);
            if ((*member).is_null()) {
                if (model_.fields[id].required) return problems::refused(at);
            } else {
                LAMINA_TRY_ASSIGN(Filter child, related.lower(*member, at));
                part.children.push_back(std::move(child));
            }
            parts.push_back(std::move(part));
        }
        return all_of(std::move(parts));
    }

    static bool names_only_is(JsonView json) {
        for (auto member = json.begin(); member != json.end(); ++member) {
            if (!member.named("is") && !member.named("isNot")) return false;
        }
        return true;
    }

    Result<Filter> lower_to_many(FieldId id, const Where& related, JsonView json, const Place& place) const {
        if (!is_plain_object(json)) return problems::refused(place);
        std::vector<Filter> parts;
        for (auto member = json.begin(); member != json.end(); ++member) {
            const std::string kind = member.name();
            const Place at = place.argument(kind);
            Filter part;
            part.field = id;
            if (kind == "some") {
                part.kind = Filter::Kind::Some;
            } else if (kind == "every") {
                part.kind = Filter::Kind::Every;
            } else if (kind == "none") {
                part.kind = Filter::Kind::None;
            } else {
                return problems::refused(at);
            }
            LAMINA_TRY_ASSIGN(Filter child, related.lower(*member, at));
            part.children.push_back(std::move(child));
            parts.push_back(std::move(part));
        }
        return all_of(std::move(parts));
    }

    const Context& context_;
    ModelId id_;
    const meta::Model& model_;
    bool having_;
};

}  // namespace

Result<Filter> lower_where(const Context& context, ModelId model, JsonView json, const Place& place) {
    return Where(context, model, false).lower(json, place);
}

Result<Filter> lower_unique_where(const Context& context, ModelId model, JsonView json, const Place& place) {
    return Where(context, model, false).lower_unique(json, place);
}

Result<Filter> lower_having(const Context& context, ModelId model, JsonView json, const Place& place) {
    return Where(context, model, true).lower(json, place);
}

void plain_fields(const Filter& filter, std::vector<FieldId>& fields) {
    if (filter.kind == Filter::Kind::Compare && filter.aggregate == query::Aggregate::None) {
        fields.push_back(filter.field);
    }
    for (const Filter& child : filter.children) plain_fields(child, fields);
}

Result<std::vector<query::FieldValue>> lower_cursor(const Context& context, ModelId model, JsonView json,
                                                    const Place& place) {
    LAMINA_TRY_ASSIGN(const Filter filter, Where(context, model, false).lower_unique(json, place));
    std::vector<query::FieldValue> values;
    if (!add_equalities(filter, values)) return problems::not_yet("A condition in `cursor` that is no equality");
    return values;
}

}  // namespace lamina::json
