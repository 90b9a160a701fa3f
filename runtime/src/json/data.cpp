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

bool can_calculate(const meta::Field& field) {
    return field.type == Type::Int || field.type == Type::BigInt || field.type == Type::Float ||
           field.type == Type::Decimal;
}

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
    if (!given || given->is_null()) return problems::required(place.argument(name));
    return *given;
}

Result<void> only(JsonView json, std::initializer_list<std::string_view> names, const Place& place) {
    for (auto member = json.begin(); member != json.end(); ++member) {
        const std::string name = member.name();
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            return problems::unknown_field(place.argument(name));
        }
    }
    return {};
}

std::string DataLowering::type_name(Form form) const {
    const std::string name(model_.name);
    switch (form) {
        case Form::Create: return name + "CreateInput";
        case Form::Update: return name + "UpdateInput";
        case Form::UpdateMany: return name + "UpdateManyMutationInput";
    }
    return name;
}

bool DataLowering::is_foreign_key(FieldId field) const {
    for (std::size_t i = 0; i < model_.fields.size(); ++i) {
        const meta::Field& other = model_.fields[i];
        if (!other.is_relation || !context_.holds_key(id_, static_cast<FieldId>(i))) continue;
        const auto keys = context_.relation(other).fields;
        if (std::find(keys.begin(), keys.end(), field) != keys.end()) return true;
    }
    return false;
}

bool DataLowering::only_unchecked(FieldId field) const {
    return is_foreign_key(field) || model_.fields[field].default_value.kind == meta::DefaultKind::Autoincrement;
}

bool DataLowering::writable(FieldId field) const {
    if (without_ == meta::kNone) return true;
    if (field == without_) return false;
    if (!context_.holds_key(id_, without_)) return true;
    const auto keys = context_.relation(model_.fields[without_]).fields;
    return std::find(keys.begin(), keys.end(), field) == keys.end();
}

// There are two of them, with relations and with foreign keys.
Error DataLowering::refused(Error reason) const { return problems::none_fits({reason, reason}); }

Result<query::Data> DataLowering::members(JsonView json, const Place& place, Form form) const {
    if (place.depth() > kMaxNesting) return problems::too_deep(place);
    if (!is_plain_object(json)) return problems::wrong_type(place, type_name(form), json);
    query::Data data;
    for (auto member = json.begin(); member != json.end(); ++member) {
        const std::string name = member.name();
        const Place at = place.argument(name);
        const auto id = Context::find_field(model_, name);
        if (!id || !writable(*id)) return problems::unknown_field(at);
        if (model_.fields[*id].is_relation) {
            if (form == Form::UpdateMany) return problems::unknown_field(at);
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
    auto data = members(json, place, Form::Create);
    if (!data) return refused(std::move(data).error());
    if (auto checked = check_one_way(*data, json, place); !checked) return std::move(checked).error();
    if (auto checked = check_complete(*data, json, place, false); !checked) {
        // A foreign key is missing in each form under another name.
        Error missing = std::move(checked).error();
        return missing.code() == ErrorCode::RequiredValueMissing ? refused(std::move(missing)) : missing;
    }
    return data;
}

Result<query::Data> DataLowering::update(JsonView json, const Place& place) const {
    auto data = members(json, place, Form::Update);
    if (!data) return refused(std::move(data).error());
    if (auto checked = check_one_way(*data, json, place); !checked) return std::move(checked).error();
    return data;
}

Result<query::Data> DataLowering::update_many(JsonView json, const Place& place) const {
    auto data = members(json, place, Form::UpdateMany);
    if (!data) return refused(std::move(data).error());
    return data;
}

/// A relation that holds a key and is named, though perhaps nothing is done with it.
std::optional<FieldId> DataLowering::given_relation(JsonView json) const {
    for (auto member = json.begin(); member != json.end(); ++member) {
        const auto id = Context::find_field(model_, member.name());
        if (id && model_.fields[*id].is_relation && context_.holds_key(id_, *id)) return id;
    }
    return std::nullopt;
}

/// Relations are written by their fields or by their foreign keys, not by both at once; where they are written by their
/// fields, numbers that the database counts cannot be given.
Result<void> DataLowering::check_one_way(const query::Data& data, JsonView json, const Place& place) const {
    const auto relation = given_relation(json);
    if (!relation) return {};
    for (const FieldWrite& write : data.fields) {
        if (!only_unchecked(write.field)) continue;
        return problems::none_fits({problems::unknown_field(place.argument(model_.fields[write.field].name)),
                                    problems::unknown_field(place.argument(model_.fields[*relation].name))});
    }
    return {};
}

bool DataLowering::must_be_given(const meta::Field& field) const {
    return !field.is_relation && field.required && !field.list && !field.updated_at &&
           field.default_value.kind == meta::DefaultKind::None;
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
        if (!keys_given && is_foreign_key(id) && !needs_relation_for(id)) continue;
        return problems::required(place.argument(model_.fields[i].name));
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
    const std::string type = field.required ? "JsonNullValueInput" : "NullableJsonNullValueInput";
    if (const auto null = json_null_name(json)) {
        if (*null == "JsonNull") return Value::json("null");
        if (*null == "DbNull" && !field.required) return Value();
        return problems::none_fits(
            {problems::wrong_value(place, *null, type), problems::wrong_type(place, "Json", json)});
    }
    if (json.is_null()) return Value::json("null");
    auto value = lower_scalar(context_, field, json, place);
    if (value) return value;
    return problems::none_fits({problems::wrong_type(place, type, json), std::move(value).error()});
}

Result<Value> DataLowering::value_of(const meta::Field& field, JsonView json, const Place& place) const {
    if (field.type == Type::Json) return json_of(field, json, place);
    if (json.is_null() && !field.required) return Value();
    return lower_scalar(context_, field, json, place);
}

Result<FieldWrite> DataLowering::create_field(FieldId id, JsonView json, const Place& place) const {
    const meta::Field& field = model_.fields[id];
    if (field.list) return list_field(id, json, place, false);
    auto value = value_of(field, json, place);
    if (value) return FieldWrite{id, FieldWrite::Kind::Set, *std::move(value)};
    if (field.required || field.type == Type::Json || json.is_null()) return std::move(value).error();
    return problems::none_fits({std::move(value).error(), problems::wrong_type(place, "Null", json)});
}

Result<FieldWrite> DataLowering::list_field(FieldId id, JsonView json, const Place& place, bool may_push) const {
    const meta::Field& field = model_.fields[id];
    if (json.is_null()) return problems::required(place);
    if (!is_plain_object(json)) {
        auto list = lower_list(context_, field, json, place);
        if (list) return FieldWrite{id, FieldWrite::Kind::Set, *std::move(list)};
        const std::string type =
            std::string(model_.name) + (may_push ? "Update" : "Create") + std::string(field.name) + "Input";
        return problems::none_fits({problems::wrong_type(place, type, json), std::move(list).error()});
    }
    for (auto member = json.begin(); member != json.end(); ++member) {
        if (!member.named("set") && !(may_push && member.named("push"))) {
            return problems::unknown_field(place.argument(member.name()));
        }
    }
    if (json.size() != 1) return problems::not_exactly_one(place, json.size());
    if (const auto set = json.find("set")) {
        LAMINA_TRY_ASSIGN(Value list, lower_list(context_, field, *set, place.argument("set")));
        return FieldWrite{id, FieldWrite::Kind::Set, std::move(list)};
    }
    const JsonView push = *json.find("push");
    const Place at = place.argument("push");
    // An array is several elements, but of a list of Json it is one, unless each of its elements is tagged as Json.
    const bool several = push.is_array() && (field.type != Type::Json || holds_tagged(push));
    LAMINA_TRY_ASSIGN(Value pushed,
                      several ? lower_list(context_, field, push, at) : lower_scalar(context_, field, push, at));
    return FieldWrite{id, FieldWrite::Kind::Push, std::move(pushed)};
}

Result<FieldWrite> DataLowering::update_field(FieldId id, JsonView json, const Place& place) const {
    const meta::Field& field = model_.fields[id];
    if (field.list) return list_field(id, json, place, true);
    if (is_plain_object(json) && field.type != Type::Json) {
        auto write = update_operation(id, json, place);
        if (write) return write;
        std::vector<Error> reasons{problems::wrong_type(place, context_.type_name(field), json),
                                   std::move(write).error()};
        if (!field.required) reasons.push_back(problems::wrong_type(place, "Null", json));
        return problems::none_fits(std::move(reasons));
    }
    auto value = value_of(field, json, place);
    if (value) return FieldWrite{id, FieldWrite::Kind::Set, *std::move(value)};
    if (field.type == Type::Json || json.is_null()) return std::move(value).error();
    const std::string operations = (field.required ? "" : "Nullable") +
                                   std::string(field.type == Type::Enum ? "Enum" : "") + context_.type_name(field) +
                                   "FieldUpdateOperationsInput";
    std::vector<Error> reasons{std::move(value).error(), problems::wrong_type(place, operations, json)};
    if (!field.required) reasons.push_back(problems::wrong_type(place, "Null", json));
    return problems::none_fits(std::move(reasons));
}

Result<FieldWrite> DataLowering::update_operation(FieldId id, JsonView json, const Place& place) const {
    const meta::Field& field = model_.fields[id];
    for (auto member = json.begin(); member != json.end(); ++member) {
        const bool known =
            member.named("set") ||
            (can_calculate(field) && std::any_of(kCalculations.begin(), kCalculations.end(),
                                                 [&](const Calculation& word) { return member.named(word.name); }));
        if (!known) return problems::unknown_field(place.argument(member.name()));
    }
    if (json.size() != 1) return problems::not_exactly_one(place, json.size());
    if (const auto set = json.find("set")) {
        LAMINA_TRY_ASSIGN(Value value, value_of(field, *set, place.argument("set")));
        return FieldWrite{id, FieldWrite::Kind::Set, std::move(value)};
    }
    for (const Calculation& word : kCalculations) {
        const auto operand = json.find(word.name);
        if (!operand) continue;
        LAMINA_TRY_ASSIGN(Value value, lower_scalar(context_, field, *operand, place.argument(word.name)));
        return FieldWrite{id, word.kind, std::move(value)};
    }
    return problems::not_exactly_one(place, 0);
}

Result<query::Rows> DataLowering::rows(JsonView json, const Place& place) const {
    if (json.is_null()) return problems::required(place);
    const std::vector<JsonView> items = one_or_many(json);
    std::vector<query::Data> data;
    query::Rows rows;
    std::vector<std::size_t> column(model_.fields.size(), SIZE_MAX);
    for (const JsonView item : items) {
        auto row = members(item, place, Form::Create);
        if (row && !row->nested.empty()) {
            row = problems::unknown_field(place.argument(model_.fields[row->nested.front().field].name));
        }
        if (row) {
            if (auto checked = check_complete(*row, item, place, true); !checked) row = std::move(checked).error();
        }
        if (!row) {
            const Error other = problems::wrong_type(
                place, std::string(model_.name) + "CreateManyInput" + (json.is_array() ? "" : "[]"), json);
            return problems::none_fits({other, std::move(row).error()});
        }
        for (const FieldWrite& write : row->fields) {
            if (column[write.field] != SIZE_MAX) continue;
            column[write.field] = rows.fields.size();
            rows.fields.push_back(write.field);
        }
        data.push_back(*std::move(row));
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
