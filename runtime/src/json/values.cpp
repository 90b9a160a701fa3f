#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include <lamina/base/try.hpp>

#include "json/context.hpp"
#include "json/wire.hpp"

namespace lamina::json {
namespace {

/// A value in the request: its tag, or none, and what is inside.
struct Tagged {
    std::string tag;
    JsonView value;
};

std::optional<Tagged> untag(JsonView json) {
    if (!json.is_object()) return Tagged{{}, json};
    const auto value = json.find("value");
    if (given(json) == Given::Object || !value) return std::nullopt;
    return Tagged{json.find("$type")->as_string(), *value};
}

std::string content(JsonView json) { return json.is_string() ? json.as_string() : std::string(json.text()); }

/// Numbers of JSON may carry a point or an exponent and be whole all the same.
Result<std::int64_t> whole_number(std::string_view text, const Place& place) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !(std::fabs(number) < 9.2e18)) {
        return problems::number_too_large(place,
                                          Decimal::parse(text) ? Decimal::parse(text)->to_string() : std::string(text));
    }
    return static_cast<std::int64_t>(number);  // a fraction is cut off, as the engine does
}

Result<Value> big_integer(const Tagged& given, const Place& place) {
    if (const auto number = given.value.as_int64()) return Value(*number);
    if (!given.value.is_string()) return problems::wrong_type(place, "BigInt", given.value);
    const std::string text = given.value.as_string();
    const std::string_view digits = std::string_view(text).substr(text.starts_with('+') ? 1 : 0);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc() && end == digits.data() + digits.size()) return Value(number);
    const bool large = error == std::errc::result_out_of_range && end == digits.data() + digits.size();
    const std::string_view reason = text.empty()              ? "cannot parse integer from empty string"
                                    : large && text[0] == '-' ? "number too small to fit in target type"
                                    : large                   ? "number too large to fit in target type"
                                                              : "invalid digit found in string";
    return problems::wrong_value(place, text, "big integer String", reason);
}

Result<Value> integer(const Tagged& given, const Place& place) {
    std::int64_t number = 0;
    if (given.tag == "Decimal") {
        LAMINA_TRY_ASSIGN(number, whole_number(given.value.as_string(), place));
    } else if (const auto whole = given.value.as_int64()) {
        number = *whole;
    } else if (given.value.is_number()) {
        LAMINA_TRY_ASSIGN(number, whole_number(given.value.text(), place));
    } else {
        return problems::wrong_type(place, "Int", given.value);
    }
    const bool small =
        number >= std::numeric_limits<std::int32_t>::min() && number <= std::numeric_limits<std::int32_t>::max();
    return small ? Value(static_cast<std::int32_t>(number)) : Value(number);
}

Result<Value> floating(const Tagged& given, const Place& place) {
    if (!given.value.is_number() && given.tag != "Decimal") {
        return problems::wrong_type(place, "Float", given.value);
    }
    const std::string text = content(given.value);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end != text.data() + text.size() || text.empty() || error == std::errc::invalid_argument) {
        return problems::wrong_type(place, "Float", given.value);
    }
    // Out of range: too small is zero, too large no number.
    if (error != std::errc()) {
        const bool large = Decimal::parse(text) && Decimal::parse(text)->to_double() != 0;
        if (large) return problems::wrong_value(place, text, "Float", "number too large to fit in target type");
        number = 0;
    }
    return Value(number);
}

Result<Value> decimal(const Tagged& given, const Place& place) {
    if (!given.value.is_number() && !given.value.is_string()) {
        return problems::wrong_type(place, "Decimal", given.value);
    }
    const std::string text = content(given.value);
    auto number = Decimal::parse(text);
    if (number) return Value(*std::move(number));
    return problems::wrong_value(place, text, "decimal String",
                                 text.empty() ? "Failed to parse empty string" : "invalid digit found in string");
}

Result<Value> date_time(const Tagged& given, const Place& place) {
    if (!given.value.is_string()) return problems::wrong_type(place, "DateTime", given.value);
    const std::string text = given.value.as_string();
    // A point in time, whole: a date alone, or no offset, is not one.
    if (const std::string_view fault = moment_fault(text); !fault.empty()) {
        return problems::wrong_value(place, text, "ISO-8601 DateTime", fault);
    }
    auto moment = DateTime::parse(text);
    if (!moment) return problems::wrong_value(place, text, "ISO-8601 DateTime", "input is out of range");
    return Value(*moment);
}

Result<Value> bytes(const Tagged& given, const Place& place) {
    if (!given.value.is_string()) return problems::wrong_type(place, "Bytes", given.value);
    const std::string text = given.value.as_string();
    auto decoded = from_base64(text);
    if (!decoded || !is_base64(text)) {
        return problems::wrong_value(place, text, "base64 String",
                                     "Could not convert from `base64 encoded bytes` to `PrismaValue::Bytes`");
    }
    return Value(*decoded);
}

Result<Value> json_document(const Tagged& given, const Place& place) {
    // Tagged as Json it is a text that holds JSON; else it is the JSON value itself.
    if (given.tag == "Raw") return Value::json(compact_json(given.value.text()));
    if (!given.value.is_string()) return problems::wrong_type(place, "Json", given.value);
    auto parsed = Json::parse(given.value.as_string());
    if (parsed) return Value(*parsed);
    return problems::wrong_value(place, given.value.as_string(), "JSON String", parsed.error().message());
}

Result<Value> label(const Context& context, const meta::Field& field, const Tagged& given, const Place& place) {
    const meta::Enum& enumeration = context.schema().enums[field.enumeration];
    if (given.value.is_boolean()) return problems::wrong_value(place, given.value.text(), enumeration.name);
    if (!given.value.is_string()) return problems::wrong_type(place, enumeration.name, given.value);
    const std::string name = given.value.as_string();
    for (const std::string_view known : enumeration.labels.names) {
        if (known == name) return Value::enumeration(name);
    }
    return problems::wrong_value(place, name, enumeration.name);
}

/// Which tags a value of the type may have.
bool tag_fits(Type type, std::string_view tag) {
    if (tag.empty()) return true;
    switch (type) {
        case Type::Int:
        case Type::Float:
        case Type::Decimal: return tag == "Decimal";
        case Type::Json: return tag != "Enum" && tag != "FieldRef";
        case Type::BigInt:
        case Type::DateTime:
        case Type::Bytes:
        case Type::Enum: return tag == to_string(type);
        case Type::Boolean:
        case Type::String: return false;
    }
    return false;
}

}  // namespace

std::string compact_json(std::string_view json) {
    std::string text;
    text.reserve(json.size());
    bool quoted = false, escaped = false;
    for (const char c : json) {
        if (!quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
        text += c;
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = quoted;
        } else if (c == '"') {
            quoted = !quoted;
        }
    }
    return text;
}

std::optional<std::string> json_null_name(JsonView json) {
    const auto tag = json.find("$type");
    const auto inside = json.find("value");
    if (!tag || !tag->is_string("Enum") || !inside || !inside->is_string()) return std::nullopt;
    return inside->as_string();
}

Result<Value> lower_scalar(const Context& context, const meta::Field& field, JsonView json, const Place& place) {
    const auto wrong = [&] { return problems::wrong_type(place, context.type_name(field), json); };
    if (json.is_null()) return problems::required(place);
    if (field.type == Type::Json) {
        const Given kind = given(json);
        if (kind == Given::Enum || kind == Given::FieldRef || !is_document(json)) return wrong();
        if (kind != Given::Json && kind != Given::Raw) return Value::json(document_text(json));
    }
    const auto tagged_value = untag(json);
    if (!tagged_value || !tag_fits(field.type, tagged_value->tag)) return wrong();
    const Tagged& tagged = *tagged_value;
    switch (field.type) {
        case Type::Int: return integer(tagged, place);
        case Type::BigInt: return big_integer(tagged, place);
        case Type::Float: return floating(tagged, place);
        case Type::Decimal: return decimal(tagged, place);
        case Type::Boolean:
            if (!tagged.value.is_boolean()) return wrong();
            return Value(tagged.value.as_boolean());
        case Type::String:
            if (!tagged.value.is_string()) return wrong();
            return Value::string(tagged.value.as_string());
        case Type::DateTime: return date_time(tagged, place);
        case Type::Json: return json_document(tagged, place);
        case Type::Bytes: return bytes(tagged, place);
        case Type::Enum: return label(context, field, tagged, place);
    }
    return wrong();
}

Result<Value> lower_list(const Context& context, const meta::Field& field, JsonView json, const Place& place) {
    if (!json.is_array()) return problems::refused(place);
    Value::List list;
    list.reserve(json.size());
    for (const JsonView item : json) {
        if (field.type == Type::Json && item.is_null()) {
            list.push_back(Value::json("null"));
            continue;
        }
        LAMINA_TRY_ASSIGN(Value value, lower_scalar(context, field, item, place));
        list.push_back(std::move(value));
    }
    return Value(std::move(list));
}

Result<std::int64_t> lower_integer(JsonView json, const Place& place) {
    const auto tag = json.find("$type");
    if (tag && tag->is_string("Decimal")) return whole_number(untagged(json).as_string(), place);
    if (const auto parsed = json.as_int64()) return *parsed;
    if (!json.is_number()) return problems::refused(place);
    return whole_number(json.text(), place);
}

Result<std::string> lower_text(JsonView json, const Place& place) {
    if (!json.is_string()) return problems::refused(place);
    return json.as_string();
}

Result<bool> lower_boolean(JsonView json, const Place& place) {
    if (!json.is_boolean()) return problems::refused(place);
    return json.as_boolean();
}

bool is_field_reference(JsonView json) {
    if (!json.is_object()) return false;
    const auto tag = json.find("$type");
    return tag && tag->is_string("FieldRef");
}

Result<FieldId> lower_field_reference(const Context& context, ModelId model, const meta::Field& field, bool list,
                                      JsonView json, const Place& place) {
    const auto value = json.find("value");
    const auto name = value ? value->find("_ref") : std::nullopt;
    const auto container = value ? value->find("_container") : std::nullopt;
    if (!name || !name->is_string() || !container || !container->is_string() || value->size() != 2) {
        return problems::refused(place);
    }
    const meta::Model& own = context.model(model);
    const std::string owner = container->as_string();
    if (!context.find_model(owner)) {
        return problems::input("Model or composite type " + owner + " used for field ref " + name->as_string() +
                               " does not exist.");
    }
    if (owner != own.name) {
        return problems::input("Expected a referenced scalar field of model " + std::string(own.name) +
                               ", but found a field of model " + owner + ".");
    }
    const std::string wanted = name->as_string();
    const auto other = Context::find_field(own, wanted);
    if (!other) return problems::input("The referenced scalar field " + owner + "." + wanted + " does not exist.");
    if (own.fields[*other].is_relation) {
        return problems::input("Expected a referenced scalar field " + owner + "." + wanted +
                               " but found a relation field.");
    }
    const meta::Field& found = own.fields[*other];
    const auto written = [&](const meta::Field& of, bool many) { return context.type_name(of) + (many ? "[]" : ""); };
    const bool same = found.type == field.type && found.enumeration == field.enumeration && found.list == list;
    if (!same) {
        return problems::input("Expected a referenced scalar field of type " + written(field, list) + " but found " +
                               owner + "." + wanted + " of type " + written(found, found.list) + ".");
    }
    return *other;
}

}  // namespace lamina::json
