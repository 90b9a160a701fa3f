#include "json/filter_object.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <lamina/base/try.hpp>

#include "json/checker.hpp"
#include "json/wire.hpp"

namespace lamina::json {
namespace {

using query::Aggregate;
using query::Comparison;
using query::Filter;

struct ComparisonWord {
    std::string_view name;
    Comparison comparison;
};

constexpr std::array kEquality = {std::string_view("equals"), std::string_view("not"), std::string_view("in"),
                                  std::string_view("notIn")};
constexpr std::array kOrder = {ComparisonWord{"lt", Comparison::Less}, ComparisonWord{"lte", Comparison::LessOrEqual},
                               ComparisonWord{"gt", Comparison::Greater},
                               ComparisonWord{"gte", Comparison::GreaterOrEqual}};
constexpr std::array kText = {
    ComparisonWord{"contains", Comparison::Contains}, ComparisonWord{"startsWith", Comparison::StartsWith},
    ComparisonWord{"endsWith", Comparison::EndsWith}, ComparisonWord{"search", Comparison::Search}};
constexpr std::array kJsonText = {ComparisonWord{"string_contains", Comparison::Contains},
                                  ComparisonWord{"string_starts_with", Comparison::StartsWith},
                                  ComparisonWord{"string_ends_with", Comparison::EndsWith}};
constexpr std::array kJsonArray = {ComparisonWord{"array_contains", Comparison::ArrayContains},
                                   ComparisonWord{"array_starts_with", Comparison::ArrayStartsWith},
                                   ComparisonWord{"array_ends_with", Comparison::ArrayEndsWith}};
constexpr std::array kList = {ComparisonWord{"equals", Comparison::Equals}, ComparisonWord{"has", Comparison::Has},
                              ComparisonWord{"hasEvery", Comparison::HasEvery},
                              ComparisonWord{"hasSome", Comparison::HasSome},
                              ComparisonWord{"isEmpty", Comparison::IsEmpty}};

const ComparisonWord* find_word(std::span<const ComparisonWord> words, std::string_view name) {
    const auto found =
        std::find_if(words.begin(), words.end(), [name](const ComparisonWord& word) { return word.name == name; });
    return found == words.end() ? nullptr : &*found;
}

bool has_order(Type type) {
    return type != Type::Boolean && type != Type::Bytes && type != Type::Enum && type != Type::Json;
}

Filter joined_by(Filter::Kind kind, std::vector<Filter> children) {
    Filter filter;
    filter.kind = kind;
    filter.children = std::move(children);
    return filter;
}

/// The engine negates every member of `not` by itself: {not: {gt: 1, lt: 5}} is <= 1 and >= 5.
Filter negated(Filter filter) {
    if (filter.kind == Filter::Kind::And) {
        for (Filter& child : filter.children) child = negated(std::move(child));
        return filter;
    }
    if (filter.kind == Filter::Kind::Not && filter.children.size() == 1) {
        Filter child = std::move(filter.children.front());
        return child;
    }
    std::vector<Filter> children;
    children.push_back(std::move(filter));
    return joined_by(Filter::Kind::Not, std::move(children));
}

}  // namespace

Result<Filter> FilterObject::lower(JsonView json, const Place& place) const {
    return lower_members(json, place, Setting{});
}

Result<Filter> FilterObject::lower_members(JsonView json, const Place& place, const Setting& outer) const {
    if (place.depth() > kMaxNesting) return problems::too_deep(place);
    LAMINA_TRY_ASSIGN(const Setting setting, read_setting(json, place, outer));
    if (compared().list && json.size() != 1) return problems::refused(place);
    std::vector<Filter> parts;
    for (auto member = json.begin(); member != json.end(); ++member) {
        const std::string name = member.name();
        if (name == "mode" || name == "path") continue;  // read above
        const Place at = place.argument(name);
        if (!knows(name)) return problems::refused(at);
        LAMINA_TRY_ASSIGN(Filter part, lower_member(name, *member, at, setting));
        parts.push_back(std::move(part));
    }
    if (parts.empty() && !setting.path.is_null()) {
        return problems::input("A JSON path cannot be set without a scalar filter.");
    }
    if (parts.size() == 1) return std::move(parts.front());
    return joined_by(Filter::Kind::And, std::move(parts));
}

Result<FilterObject::Setting> FilterObject::read_setting(JsonView json, const Place& place,
                                                         const Setting& outer) const {
    Setting setting = outer;
    if (const auto mode = json.find("mode")) {
        const Place at = place.argument("mode");
        const JsonView word = word_of(*mode);
        setting.insensitive = word.is_string("insensitive");
        if (!knows("mode") || (!setting.insensitive && !word.is_string("default"))) return problems::refused(at);
    }
    if (const auto path = json.find("path")) {
        const Place at = place.argument("path");
        if (!knows("path")) return problems::refused(at);
        if (path->is_array()) {
            Value::List names;
            for (const JsonView item : *path) {
                LAMINA_TRY_ASSIGN(const std::string name, lower_text(item, at));
                names.emplace_back(name);
            }
            setting.path = Value(std::move(names));
        } else {
            LAMINA_TRY_ASSIGN(const std::string steps, lower_text(*path, at));
            setting.path = Value(steps);
        }
    }
    return setting;
}

bool FilterObject::knows(std::string_view name) const {
    const meta::Field& field = compared();
    if (having_ && !aggregated_ && aggregate_of(name) != Aggregate::None) {
        return can_aggregate(aggregate_of(name), field);
    }
    if (field.list) return find_word(kList, name) != nullptr;
    if (name == "equals" || name == "not") return true;
    if (field.type == Type::Json) {
        return name == "path" || name == "mode" || find_word(kJsonText, name) != nullptr ||
               find_word(kJsonArray, name) != nullptr || find_word(kOrder, name) != nullptr;
    }
    if (std::find(kEquality.begin(), kEquality.end(), name) != kEquality.end()) return field.type != Type::Boolean;
    if (find_word(kOrder, name) != nullptr) return has_order(field.type);
    if (field.type != Type::String) return false;
    // The database stores no text there.
    return name == "mode" || (find_word(kText, name) != nullptr && field.native.name != "Uuid");
}

Filter FilterObject::make(Comparison comparison, Value value, const Setting& setting) const {
    Filter filter;
    filter.kind = Filter::Kind::Compare;
    filter.comparison = comparison;
    filter.field = id_;
    filter.aggregate = aggregate_;
    filter.insensitive = setting.insensitive && (compared().type == Type::String || compared().type == Type::Json);
    filter.value = std::move(value);
    filter.path = setting.path;
    return filter;
}

Result<Filter> FilterObject::compare(Comparison comparison, JsonView json, const Place& place,
                                     const Setting& setting) const {
    const meta::Field& field = compared();
    if (is_field_reference(json)) {
        LAMINA_TRY_ASSIGN(const FieldId other, lower_field_reference(context_, model_, field, false, json, place));
        Filter filter = make(comparison, Value(), setting);
        filter.other = other;
        return filter;
    }
    const bool nullable = !field.required && (comparison == Comparison::Equals || comparison == Comparison::Not);
    if (json.is_null() && nullable) return make(comparison, Value(), setting);
    LAMINA_TRY_ASSIGN(Value value, lower_scalar(context_, field, json, place));
    return make(comparison, std::move(value), setting);
}

Result<Filter> FilterObject::lower_member(std::string_view name, JsonView json, const Place& place,
                                          const Setting& setting) const {
    if (having_ && !aggregated_ && aggregate_of(name) != Aggregate::None) return lower_aggregate(name, json, place);
    if (compared().list) return lower_list_member(name, json, place);
    if (compared().type == Type::Json) return lower_json_member(name, json, place, setting);
    if (name == "equals") return compare(Comparison::Equals, json, place, setting);
    if (name == "not") return lower_not(json, place, setting);
    if (name == "in" || name == "notIn") return lower_in(name == "notIn", json, place, setting);
    if (const ComparisonWord* word = find_word(kOrder, name)) return compare(word->comparison, json, place, setting);
    if (const ComparisonWord* word = find_word(kText, name)) return compare(word->comparison, json, place, setting);
    return problems::refused(place);
}

Result<Filter> FilterObject::lower_not(JsonView json, const Place& place, const Setting& setting) const {
    if (!is_plain_object(json)) return compare(Comparison::Not, json, place, setting);
    LAMINA_TRY_ASSIGN(Filter inner, lower_members(json, place, setting));
    return negated(std::move(inner));
}

Result<Filter> FilterObject::lower_in(bool negated, JsonView json, const Place& place, const Setting& setting) const {
    const Comparison comparison = negated ? Comparison::NotIn : Comparison::In;
    const meta::Field& field = compared();
    if (is_field_reference(json)) {
        LAMINA_TRY_ASSIGN(const FieldId other, lower_field_reference(context_, model_, field, true, json, place));
        Filter filter = make(comparison, Value(), setting);
        filter.other = other;
        return filter;
    }
    if (json.is_null() && !field.required) {
        return make(negated ? Comparison::Not : Comparison::Equals, Value(), setting);
    }
    LAMINA_TRY_ASSIGN(Value list, lower_list(context_, field, json, place));
    return make(comparison, std::move(list), setting);
}

Result<Filter> FilterObject::lower_list_member(std::string_view name, JsonView json, const Place& place) const {
    const Comparison comparison = find_word(kList, name)->comparison;
    const Setting setting;
    if (comparison == Comparison::IsEmpty) {
        LAMINA_TRY_ASSIGN(const bool empty, lower_boolean(json, place));
        return make(comparison, Value(empty), setting);
    }
    const bool one = comparison == Comparison::Has;
    if (is_field_reference(json)) {
        LAMINA_TRY_ASSIGN(const FieldId other, lower_field_reference(context_, model_, field_, !one, json, place));
        Filter filter = make(comparison, Value(), setting);
        filter.other = other;
        return filter;
    }
    if (json.is_null() && (one || comparison == Comparison::Equals)) return make(comparison, Value(), setting);
    if (one) {
        LAMINA_TRY_ASSIGN(Value value, lower_scalar(context_, field_, json, place));
        return make(comparison, std::move(value), setting);
    }
    LAMINA_TRY_ASSIGN(Value list, lower_list(context_, field_, json, place));
    return make(comparison, std::move(list), setting);
}

Result<Filter> FilterObject::lower_json_equals(JsonView json, const Place& place, const Setting& setting) const {
    if (json.is_null()) return make(Comparison::Equals, Value::json("null"), setting);
    const auto null = json_null_name(json);
    if (!null) return compare(Comparison::Equals, json, place, setting);
    if (*null == "DbNull") return make(Comparison::Equals, Value(), setting);
    if (*null == "JsonNull") return make(Comparison::Equals, Value::json("null"), setting);
    if (*null != "AnyNull") return problems::refused(place);
    std::vector<Filter> either;
    either.push_back(make(Comparison::Equals, Value(), setting));
    either.push_back(make(Comparison::Equals, Value::json("null"), setting));
    return joined_by(Filter::Kind::Or, std::move(either));
}

Result<Filter> FilterObject::lower_json_member(std::string_view name, JsonView json, const Place& place,
                                               const Setting& setting) const {
    if (name == "equals" || name == "not") {
        LAMINA_TRY_ASSIGN(Filter filter, lower_json_equals(json, place, setting));
        if (name == "equals") return filter;
        if (filter.kind == Filter::Kind::Compare && filter.other == meta::kNone) {
            filter.comparison = Comparison::Not;
            return filter;
        }
        std::vector<Filter> children;
        children.push_back(std::move(filter));
        return joined_by(Filter::Kind::Not, std::move(children));
    }
    if (const ComparisonWord* word = find_word(kJsonText, name)) {
        if (is_field_reference(json)) {
            meta::Field text = field_;
            text.type = Type::String;
            LAMINA_TRY_ASSIGN(const FieldId other, lower_field_reference(context_, model_, text, false, json, place));
            Filter filter = make(word->comparison, Value(), setting);
            filter.other = other;
            return filter;
        }
        LAMINA_TRY_ASSIGN(const std::string text, lower_text(json, place));
        return make(word->comparison, Value(text), setting);
    }
    if (const ComparisonWord* word = find_word(kOrder, name)) {
        // A document is compared with a part of itself, never with itself.
        if (is_field_reference(json) && setting.path.is_null()) return problems::wrong_type(place, "Json", json);
        return compare(word->comparison, json, place, setting);
    }
    const ComparisonWord* word = find_word(kJsonArray, name);
    if (word == nullptr) return problems::refused(place);
    if (is_field_reference(json)) return compare(word->comparison, json, place, setting);
    if (json.is_null()) return make(word->comparison, Value::json("null"), setting);
    LAMINA_TRY_ASSIGN(Value value, lower_scalar(context_, field_, json, place));
    return make(word->comparison, std::move(value), setting);
}

Result<Filter> FilterObject::lower_aggregate(std::string_view name, JsonView json, const Place& place) const {
    if (!is_plain_object(json)) return problems::refused(place);
    FilterObject inner(context_, model_, id_, having_);
    inner.aggregate_ = aggregate_of(name);
    inner.aggregated_ = true;
    inner.result_ = field_;
    inner.result_.list = false;
    if (inner.aggregate_ == Aggregate::Count) {
        inner.result_.type = Type::Int;
    } else if (inner.aggregate_ == Aggregate::Average && field_.type != Type::Decimal) {
        inner.result_.type = Type::Float;
    }
    return inner.lower_members(json, place, Setting{});
}

}  // namespace lamina::json
