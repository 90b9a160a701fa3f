#include <charconv>
#include <utility>

#include <lamina/base/try.hpp>

#include "json/request.hpp"

namespace lamina::json {
namespace {

/// A parameter is taken as what JSON says it is; a tag says more: {"prisma__type": "decimal", "prisma__value": "1.5"},
/// or as everywhere else, {"$type": "Decimal", "value": "1.5"}.
class Parameter {
public:
    explicit Parameter(const Place& place) : place_(place) {}

    Result<Value> lower(JsonView json, std::size_t depth = 0) const {
        if (depth > kMaxNesting) return problems::too_deep(place_);
        switch (json.kind()) {
            case JsonView::Kind::Null: return Value();
            case JsonView::Kind::False: return Value(false);
            case JsonView::Kind::True: return Value(true);
            case JsonView::Kind::Number: return number(json);
            case JsonView::Kind::String: return Value(json.as_string());
            case JsonView::Kind::Array: {
                Value::List list;
                for (const JsonView item : json) {
                    LAMINA_TRY_ASSIGN(Value value, lower(item, depth + 1));
                    list.push_back(std::move(value));
                }
                return Value(alike(std::move(list)));
            }
            case JsonView::Kind::Object: return tagged(json, depth);
        }
        return problems::wrong_type(place_, "parameter", json);
    }

private:
    static Value number(JsonView json) {
        if (const auto whole = json.as_int64()) {
            if (*whole >= INT32_MIN && *whole <= INT32_MAX) return Value(static_cast<std::int32_t>(*whole));
            return Value(*whole);
        }
        double value = 0;
        const std::string_view text = json.text();
        std::from_chars(text.data(), text.data() + text.size(), value);
        return Value(value);
    }

    /// The numbers of a list are of one kind.
    static Value::List alike(Value::List list) {
        bool wide = false, fraction = false;
        for (const Value& value : list) {
            wide = wide || value.kind() == Value::Kind::BigInt;
            fraction = fraction || value.kind() == Value::Kind::Float;
        }
        if (!wide && !fraction) return list;
        for (Value& value : list) {
            const bool whole = value.kind() == Value::Kind::Int || value.kind() == Value::Kind::BigInt;
            if (!whole) continue;
            if (fraction) {
                value = Value(static_cast<double>(value.as_bigint()));
            } else {
                value = Value(value.as_bigint());
            }
        }
        return list;
    }

    Result<Value> tagged(JsonView json, std::size_t depth) const {
        auto tag = json.find("prisma__type");
        auto inside = json.find("prisma__value");
        if (!tag) {
            tag = json.find("$type");
            inside = json.find("value");
        }
        // An object without a tag is a document.
        if (!tag || !tag->is_string() || !inside) return Value::json(json.text());
        const std::string type = tag->as_string();
        if (type == "array" || inside->is_null()) return lower(*inside, depth + 1);
        const std::string text = inside->is_string() ? inside->as_string() : std::string(inside->text());
        const auto is = [&type](std::string_view one, std::string_view other) { return type == one || type == other; };
        if (is("bigint", "BigInt")) {
            std::int64_t number = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (error == std::errc() && end == text.data() + text.size()) return Value(number);
        } else if (is("decimal", "Decimal")) {
            if (auto number = Decimal::parse(text)) return Value(*std::move(number));
        } else if (is("date", "DateTime") || type == "datetime") {
            if (auto moment = DateTime::parse(text)) return Value(*moment);
        } else if (is("bytes", "Bytes")) {
            if (auto bytes = from_base64(text)) return Value(*bytes);
        } else if (is("json", "Json") || type == "Raw") {
            if (auto document = Json::parse(text)) return Value(*document);
        } else if (type == "int" || type == "float" || type == "double" || type == "bool") {
            return lower(*inside, depth + 1);
        } else {
            return Value(text);  // string, char, time, uuid, xml …: the database reads them
        }
        return problems::wrong_value(place_, text, type);
    }

    const Place& place_;
};

}  // namespace

Result<void> lower_raw(JsonView json, const Place& place, Request& request) {
    for (auto member = json.begin(); member != json.end(); ++member) {
        if (!member.named("query") && !member.named("parameters") && !member.named("type")) {
            return problems::unknown_argument(place.argument(member.name()));
        }
    }
    const auto text = json.find("query");
    if (!text || text->is_null()) return problems::required(place.argument("query"));
    if (!text->is_string()) return problems::wrong_type(place.argument("query"), "String", *text);
    request.sql = text->as_string();
    const auto parameters = json.find("parameters");
    if (!parameters || parameters->is_null()) return {};
    const Place at = place.argument("parameters");
    // A text that holds JSON, or JSON itself.
    std::string list(parameters->text());
    if (parameters->is_string()) list = parameters->as_string();
    if (parameters->is_object() && parameters->find("value") && parameters->find("value")->is_string()) {
        list = parameters->find("value")->as_string();
    }
    auto document = JsonDocument::parse(std::move(list));
    if (!document || !document->root().is_array()) return problems::wrong_type(at, "Json", *parameters);
    for (const JsonView item : document->root()) {
        LAMINA_TRY_ASSIGN(Value value, Parameter(at).lower(item));
        request.parameters.push_back(std::move(value));
    }
    return {};
}

}  // namespace lamina::json
