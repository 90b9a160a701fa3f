#include "json/checker.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <lamina/base/try.hpp>

#include "json/wire.hpp"

namespace lamina::json {
namespace {

std::optional<InputField> find_field(std::span<const InputField> fields, std::string_view name) {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const InputField& f) { return f.name == name; });
    if (found == fields.end()) return std::nullopt;
    return *found;
}

/// A field of the type, for what reads values by fields.
meta::Field field_of(const InputScalar& scalar) {
    meta::Field field;
    field.type = scalar.type;
    field.enumeration = scalar.enumeration;
    return field;
}

bool is_create(const InputField& field) {
    return field.types[0].kind == InputType::Kind::Object && field.types[0].object.form == InputForm::Create;
}

InputObject about(InputForm form, ModelId model) {
    InputObject object;
    object.form = form;
    object.model = model;
    return object;
}

}  // namespace

Result<void> Checker::arguments(std::span<const InputField> fields, JsonView json, const Place& place) {
    const bool any = json.is_object();
    if (any) {
        for (auto member = json.begin(); member != json.end(); ++member) {
            const std::string name = member.name();
            if (!find_field(fields, name)) return problems::unknown_argument(place.argument(name));
        }
    }
    for (const InputField& field : fields) {
        const Place at = place.argument(field.name);
        const auto given_value = any ? json.find(field.name) : std::nullopt;
        if (given_value) {
            LAMINA_TRY(value(field.alternatives(), *given_value, at));
        } else if (field.required && field.name == "data" && is_create(field)) {
            // No data at all is the same as none in it.
            static const Result<JsonDocument> nothing = JsonDocument::parse("{}");
            LAMINA_TRY(value(field.alternatives(), nothing->root(), at));
        } else if (field.required) {
            return problems::required(at);
        }
    }
    return {};
}

Result<void> Checker::value(std::span<const InputType> types, JsonView json, const Place& place) {
    std::vector<Error> reasons;
    for (const InputType& type : types) {
        auto fits = value_of(type, json, place);
        if (fits || exhausted()) return {};
        reasons.push_back(std::move(fits).error());
    }
    return problems::none_fits(std::move(reasons));
}

Result<void> Checker::value_of(const InputType& type, JsonView json, const Place& place) {
    ++steps_;
    if (place.depth() > kMaxNesting) return problems::too_deep(place);
    const Given kind = given(json);
    const bool document = type.kind == InputType::Kind::Scalar && type.object.scalar.type == Type::Json && !type.list;
    if (document && is_document(json)) return kind == Given::Json ? scalar(type, json, place) : Result<void>();
    const auto wrong = [&] { return problems::wrong_type(place, input_name(context_, type), json); };
    if (type.kind == InputType::Kind::Null) return kind == Given::Null ? Result<void>() : wrong();
    if (kind == Given::Null) return problems::required(place);
    if (type.list) {
        if (kind != Given::List) return wrong();
        InputType element = type;
        element.list = false;
        for (const JsonView item : json) LAMINA_TRY(value(std::span(&element, 1), item, place));
        return {};
    }
    switch (type.kind) {
        case InputType::Kind::Null: break;
        case InputType::Kind::Scalar: return document ? wrong() : scalar(type, json, place);
        case InputType::Kind::Words: return word(type, json, place);
        case InputType::Kind::Object:
            if (kind == Given::Object) return object(type.object, json, place);
            if (kind == Given::FieldRef) return object(type.object, untagged(json), place);
            break;
    }
    return wrong();
}

Result<void> Checker::scalar(const InputType& type, JsonView json, const Place& place) {
    const meta::Field field = field_of(type.object.scalar);
    auto lowered = lower_scalar(context_, field, json, place);
    if (!lowered) return std::move(lowered).error();
    return {};
}

Result<void> Checker::word(const InputType& type, JsonView json, const Place& place) {
    const Given kind = given(json);
    const std::string name = input_name(context_, type);
    if (kind == Given::Boolean) return problems::wrong_value(place, json.text(), name);
    if (kind != Given::String && kind != Given::Enum) return problems::wrong_type(place, name, json);
    const std::string text = untagged(json).as_string();
    // A text is never one of JSON's nulls.
    const bool nulls = type.words == InputWords::JsonNullValueInput ||
                       type.words == InputWords::NullableJsonNullValueInput ||
                       type.words == InputWords::JsonNullValueFilter;
    if (nulls && kind == Given::String) return problems::wrong_value(place, text, name);
    if (!takes_word(context_, type, text)) return problems::wrong_value(place, text, name);
    return {};
}

Result<void> Checker::missing(const InputObject& object, JsonView json, const Place& place) const {
    std::optional<Error> first;
    const auto look = [&](const InputField& field) {
        if (first || !field.required || json.find(field.name)) return;
        const Place at = place.argument(field.name);
        first = problems::required(at);
    };
    InputFields(context_, object, look).tell();
    if (first) return *std::move(first);
    return {};
}

Result<void> Checker::limits(const InputObject& object, JsonView json, const Place& place) const {
    if (object.form == InputForm::WhereUnique) {
        std::vector<std::string> keys;
        for (const meta::Key& key : context_.model(object.model).keys) {
            keys.emplace_back(key.fields.size() == 1 ? context_.model(object.model).fields[key.fields[0]].name
                                                     : key.name);
            if (json.find(keys.back())) return {};
        }
        return problems::none_of(place, keys);
    }
    const InputLimits limits = input_limits(object);
    const std::size_t size = json.size();
    if (size >= limits.least && size <= limits.most) return {};
    return limits.least == 1 ? problems::not_exactly_one(place, size) : problems::more_than_one(place, size);
}

Result<void> Checker::object(const InputObject& object, JsonView json, const Place& place) {
    LAMINA_TRY(missing(object, json, place));
    for (auto member = json.begin(); member != json.end(); ++member) {
        const std::string name = member.name();
        const Place at = place.argument(name);
        std::optional<InputField> found;
        const auto look = [&](const InputField& field) {
            if (!found && field.name == name) found = field;
        };
        InputFields(context_, object, look).tell();
        if (!found) return problems::unknown_field(at);
        LAMINA_TRY(value(found->alternatives(), *member, at));
    }
    return limits(object, json, place);
}

std::vector<InputField> arguments_of_relation(const Context& context, ModelId model, FieldId id) {
    const meta::Field& field = context.model(model).fields[id];
    const ModelId related = context.related(model, id);
    const InputField where("where", {InputType::of(about(InputForm::Where, related))});
    if (!field.list) return field.required ? std::vector<InputField>{} : std::vector{where};
    const InputType order = InputType::of(about(InputForm::Order, related));
    const InputType name = InputType::of(InputWords::ScalarFields, related), number = InputType::of(Type::Int);
    std::vector fields = {where, InputField("orderBy", {order.many(), order})};
    if (!context.model(related).keys.empty()) {
        fields.push_back(InputField("cursor", {InputType::of(about(InputForm::WhereUnique, related))}));
    }
    fields.push_back(InputField("take", {number}));
    fields.push_back(InputField("skip", {number}));
    fields.push_back(InputField("distinct", {name, name.many()}));
    return fields;
}

std::vector<InputField> arguments_of(const Context& context, ModelId model, query::Action action) {
    using query::Action;
    const auto form = [model](InputForm of, bool unchecked = false) {
        InputObject object = about(of, model);
        object.unchecked = unchecked;
        return InputType::of(object);
    };
    const auto either = [&](std::string_view name, InputForm of) {
        return InputField(name, {form(of), form(of, true)}, true);
    };
    const InputType name = InputType::of(InputWords::ScalarFields, model), number = InputType::of(Type::Int);
    const InputField unique("where", {form(InputForm::WhereUnique)}, true), where("where", {form(InputForm::Where)});
    const InputField load("relationLoadStrategy", {InputType::of(InputWords::RelationLoadStrategy)});
    const InputField limit("limit", {number}), take("take", {number}), skip("skip", {number});
    const InputType row = form(InputForm::CreateMany, true), order = form(InputForm::Order);
    const InputField order_by("orderBy", {order.many(), order});
    switch (action) {
        case Action::FindUnique:
        case Action::FindUniqueOrThrow:
        case Action::Delete: return {unique, load};
        case Action::FindFirst:
        case Action::FindFirstOrThrow:
        case Action::FindMany:
        case Action::Aggregate: {
            std::vector fields = {where, order_by};
            if (!context.model(model).keys.empty()) {
                fields.push_back(InputField("cursor", {form(InputForm::WhereUnique)}));
            }
            fields.push_back(take);
            fields.push_back(skip);
            if (action == Action::Aggregate) return fields;
            fields.push_back(InputField("distinct", {name, name.many()}));
            fields.push_back(load);
            return fields;
        }
        case Action::GroupBy: {
            const InputType groups = form(InputForm::GroupOrder);
            return {where,
                    InputField("orderBy", {groups.many(), groups}),
                    InputField("by", {name.many(), name}, true),
                    InputField("having", {form(InputForm::Having)}),
                    take,
                    skip};
        }
        case Action::Create: return {either("data", InputForm::Create), load};
        case Action::CreateMany:
        case Action::CreateManyAndReturn:
            return {InputField("data", {row, row.many()}, true),
                    InputField("skipDuplicates", {InputType::of(Type::Boolean)})};
        case Action::UpsertMany:  // nobody else has it; `conflict` is a key's name or those of its fields
            return {InputField("data", {row, row.many()}, true),
                    InputField("conflict", {InputType::of(Type::String), name, name.many()}, true)};
        case Action::Count: break;  // no action of the protocol
        case Action::Update: return {either("data", InputForm::Update), unique, load};
        case Action::UpdateMany:
        case Action::UpdateManyAndReturn: return {either("data", InputForm::UpdateMany), where, limit};
        case Action::Upsert:
            return {unique, either("create", InputForm::Create), either("update", InputForm::Update), load};
        case Action::DeleteMany: return {where, limit};
    }
    return {};
}

}  // namespace lamina::json
