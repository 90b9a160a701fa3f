#include "json/data.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <lamina/base/try.hpp>

namespace lamina::json {
namespace {

using query::FieldWrite;

struct Calculation {
    std::string_view name;
    FieldWrite::Kind kind;
};

constexpr std::array kCalculations = {
    Calculation{"increment", FieldWrite::Kind::Increment}, Calculation{"decrement", FieldWrite::Kind::Decrement},
    Calculation{"multiply", FieldWrite::Kind::Multiply}, Calculation{"divide", FieldWrite::Kind::Divide}};

/// Is that an array whose elements are all tagged, {"$type":"Json","value":"1"}?
bool holds_tagged(JsonView array) {
    bool any = false;
    for (const JsonView element : array) {
        if (!element.is_object() || !element.find("$type")) return false;
        any = true;
    }
    return any;
}

}  // namespace

Result<JsonView> needed(JsonView json, std::string_view name, const Place& place) {
    const auto given = json.find(name);
    if (!given || given->is_null()) return problems::refused(place.argument(name));
    return *given;
}

Result<void> only(JsonView json, std::initializer_list<std::string_view> names, const Place& place) {
    if (!is_plain_object(json)) return problems::refused(place);
    for (auto member = json.begin(); member != json.end(); ++member) {
        const std::string name = member.name();
        if (std::find(names.begin(), names.end(), name) == names.end()) return problems::refused(place.argument(name));
    }
    return {};
}

bool DataLowering::only_unchecked(FieldId field) const {
    return context_.is_foreign_key(id_, field) ||
           model_.fields[field].default_value.kind == meta::DefaultKind::Autoincrement;
}

bool DataLowering::writable(FieldId field) const {
    return without_ == meta::kNone || !context_.belongs_to(id_, field, without_);
}

Result<query::Data> DataLowering::members(JsonView json, const Place& place, Form form) const {
    if (place.depth() > kMaxNesting) return problems::too_deep(place);
    if (!is_plain_object(json)) return problems::refused(place);
    query::Data data;
    for (auto member = json.begin(); member != json.end(); ++member) {
        const std::string name = member.name();
        const Place at = place.argument(name);
        const auto id = Context::find_field(model_, name);
        if (!id || !writable(*id)) return problems::refused(at);
        if (model_.fields[*id].is_relation) {
            if (form == Form::UpdateMany) return problems::refused(at);
            LAMINA_TRY(nested(data.nested, *id, *member, at, form == Form::Update));
            continue;
        }
        LAMINA_TRY_ASSIGN(FieldWrite write,
                          form == Form::Create ? create_field(*id, *member, at) : update_field(*id, *member, at));
        data.fields.push_back(std::move(write));
    }
    return data;
}

Result<query::Data> DataLowering::create(JsonView json, const Place& place) const {
    LAMINA_TRY_ASSIGN(query::Data data, members(json, place, Form::Create));
    LAMINA_TRY(check_one_way(data, json, place));
    LAMINA_TRY(check_complete(data, json, place, false));
    return data;
}

Result<query::Data> DataLowering::update(JsonView json, const Place& place) const {
    LAMINA_TRY_ASSIGN(query::Data data, members(json, place, Form::Update));
    LAMINA_TRY(check_one_way(data, json, place));
    return data;
}

Result<query::Data> DataLowering::update_many(JsonView json, const Place& place) const {
    return members(json, place, Form::UpdateMany);
}

/// Whether a relation that holds a key is named, though perhaps nothing is done with it.
bool DataLowering::names_relation(JsonView json) const {
    for (auto member = json.begin(); member != json.end(); ++member) {
        const auto id = Context::find_field(model_, member.name());
        if (id && model_.fields[*id].is_relation && context_.holds_key(id_, *id)) return true;
    }
    return false;
}

/// Relations are written by their fields or by their foreign keys, not by both at once; where they are written by their
/// fields, numbers that the database counts cannot be given.
Result<void> DataLowering::check_one_way(const query::Data& data, JsonView json, const Place& place) const {
    const bool mixed = std::any_of(data.fields.begin(), data.fields.end(),
                                   [this](const FieldWrite& write) { return only_unchecked(write.field); });
    return mixed && names_relation(json) ? problems::refused(place) : Result<void>();
}

/// What a row lacks. With relations instead of foreign keys, a relation that needs a row and whose key has no default
/// must be given; else, and where keys are what one gives, the foreign key itself.
Result<void> DataLowering::check_complete(const query::Data& data, JsonView json, const Place& place,
                                          bool keys_given) const {
    std::vector<bool> settled(model_.fields.size());
    const auto settle = [&](FieldId relation) {
        settled[relation] = true;
        if (!context_.holds_key(id_, relation)) return;
        for (const FieldId key : context_.relation(model_.fields[relation]).fields) settled[key] = true;
    };
    for (const FieldWrite& write : data.fields) {
        settled[write.field] = true;
        keys_given = keys_given || only_unchecked(write.field);
    }
    if (without_ != meta::kNone) settle(without_);
    for (std::size_t i = 0; i < model_.fields.size(); ++i) {
        if (model_.fields[i].is_relation && json.find(model_.fields[i].name)) settle(static_cast<FieldId>(i));
    }
    for (std::size_t i = 0; i < model_.fields.size(); ++i) {
        const auto id = static_cast<FieldId>(i);
        if (settled[i] || !must_be_given(model_.fields[i])) continue;
        if (!keys_given && context_.is_foreign_key(id_, id) && !needs_relation_for(id)) continue;
        return problems::refused(place.argument(model_.fields[i].name));
    }
    return {};
}

bool DataLowering::needs_relation_for(FieldId key) const {
    for (std::size_t i = 0; i < model_.fields.size(); ++i) {
        const meta::Field& field = model_.fields[i];
        if (!field.is_relation || !field.required || !context_.holds_key(id_, static_cast<FieldId>(i))) continue;
        const auto keys = context_.relation(field).fields;
        if (std::find(keys.begin(), keys.end(), key) != keys.end()) return true;
    }
    return false;
}

Result<Value> DataLowering::json_of(const meta::Field& field, JsonView json, const Place& place) const {
    const auto null = json_null_name(json);
    if (json.is_null() || null == "JsonNull") return Value::json("null");
    if (null == "DbNull" && !field.required) return Value();
    return lower_scalar(context_, field, json, place);
}

Result<Value> DataLowering::value_of(const meta::Field& field, JsonView json, const Place& place) const {
    if (field.type == Type::Json) return json_of(field, json, place);
    if (json.is_null() && !field.required) return Value();
    return lower_scalar(context_, field, json, place);
}

Result<FieldWrite> DataLowering::create_field(FieldId id, JsonView json, const Place& place) const {
    const meta::Field& field = model_.fields[id];
    if (field.list) return list_field(id, json, place, false);
    LAMINA_TRY_ASSIGN(Value value, value_of(field, json, place));
    return FieldWrite{id, FieldWrite::Kind::Set, std::move(value)};
}

Result<FieldWrite> DataLowering::list_field(FieldId id, JsonView json, const Place& place, bool may_push) const {
    const meta::Field& field = model_.fields[id];
    if (is_plain_object(json) && json.size() != 1) return problems::refused(place);
    const auto set = is_plain_object(json) ? json.find("set") : json;
    if (set) {
        LAMINA_TRY_ASSIGN(Value list, lower_list(context_, field, *set, place));
        return FieldWrite{id, FieldWrite::Kind::Set, std::move(list)};
    }
    const auto push = json.find("push");
    if (!push || !may_push) return problems::refused(place);
    // An array is several elements, but of a list of Json it is one, unless each of its elements is tagged as Json.
    const bool several = push->is_array() && (field.type != Type::Json || holds_tagged(*push));
    LAMINA_TRY_ASSIGN(Value pushed, several ? lower_list(context_, field, *push, place)
                                            : lower_scalar(context_, field, *push, place));
    return FieldWrite{id, FieldWrite::Kind::Push, std::move(pushed)};
}

Result<FieldWrite> DataLowering::update_field(FieldId id, JsonView json, const Place& place) const {
    const meta::Field& field = model_.fields[id];
    if (field.list) return list_field(id, json, place, true);
    if (is_plain_object(json) && field.type != Type::Json) return update_operation(id, json, place);
    LAMINA_TRY_ASSIGN(Value value, value_of(field, json, place));
    return FieldWrite{id, FieldWrite::Kind::Set, std::move(value)};
}

Result<FieldWrite> DataLowering::update_operation(FieldId id, JsonView json, const Place& place) const {
    const meta::Field& field = model_.fields[id];
    if (json.size() != 1) return problems::refused(place);
    if (const auto set = json.find("set")) {
        LAMINA_TRY_ASSIGN(Value value, value_of(field, *set, place.argument("set")));
        return FieldWrite{id, FieldWrite::Kind::Set, std::move(value)};
    }
    for (const Calculation& word : kCalculations) {
        const auto operand = json.find(word.name);
        if (!operand || !is_number(field.type)) continue;
        LAMINA_TRY_ASSIGN(Value value, lower_scalar(context_, field, *operand, place.argument(word.name)));
        return FieldWrite{id, word.kind, std::move(value)};
    }
    return problems::refused(place);
}

Result<query::Rows> DataLowering::rows(JsonView json, const Place& place) const {
    std::vector<query::Data> data;
    query::Rows rows;
    std::vector<std::size_t> column(model_.fields.size(), SIZE_MAX);
    for (const JsonView item : one_or_many(json)) {
        LAMINA_TRY_ASSIGN(query::Data row, members(item, place, Form::Create));
        if (!row.nested.empty()) return problems::refused(place);
        LAMINA_TRY(check_complete(row, item, place, true));
        for (const FieldWrite& write : row.fields) {
            if (column[write.field] != SIZE_MAX) continue;
            column[write.field] = rows.fields.size();
            rows.fields.push_back(write.field);
        }
        data.push_back(std::move(row));
    }
    if (rows.fields.empty() && !data.empty()) {
        // Rows that give nothing: how many there are is said by a column in which every row stands back.
        const auto scalar = std::find_if(model_.fields.begin(), model_.fields.end(),
                                         [](const meta::Field& field) { return !field.is_relation; });
        rows.fields.push_back(static_cast<FieldId>(scalar - model_.fields.begin()));
    }
    rows.values.assign(rows.fields.size() * data.size(), Value::unset());
    for (std::size_t i = 0; i < data.size(); ++i) {
        for (FieldWrite& write : data[i].fields) {
            rows.values[i * rows.fields.size() + column[write.field]] = std::move(write.value);
        }
    }
    return rows;
}

Result<void> DataLowering::nested(std::vector<query::NestedWrite>& out, FieldId id, JsonView json, const Place& place,
                                  bool updating) const {
    return NestedLowering(context_, id_, id, updating).lower(out, json, place);
}

Result<query::Data> lower_create(const Context& context, ModelId model, JsonView json, const Place& place,
                                 FieldId without) {
    return DataLowering(context, model, without).create(json, place);
}

Result<query::Data> lower_update(const Context& context, ModelId model, JsonView json, const Place& place,
                                 FieldId without) {
    return DataLowering(context, model, without).update(json, place);
}

Result<query::Data> lower_update_many(const Context& context, ModelId model, JsonView json, const Place& place,
                                      FieldId without) {
    return DataLowering(context, model, without).update_many(json, place);
}

Result<query::Rows> lower_rows(const Context& context, ModelId model, JsonView json, const Place& place,
                               FieldId without) {
    return DataLowering(context, model, without).rows(json, place);
}

}  // namespace lamina::json
