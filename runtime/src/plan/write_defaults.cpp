#include "plan/write_defaults.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include <lamina/base/try.hpp>
#include <lamina/value/json_document.hpp>

#include "plan/write_messages.hpp"

namespace lamina::plan {
namespace {

template <class Number>
bool read_number(std::string_view text, Number& number) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc() && end == text.data() + text.size();
}

Value enum_label(const meta::Schema& schema, const meta::Field& field, std::string_view text) {
    if (field.enumeration < schema.enums.size()) {
        const EnumLabels& labels = schema.enums[field.enumeration].labels;
        const auto found = std::find(labels.names.begin(), labels.names.end(), text);
        if (found != labels.names.end())
            return Value::enumeration(labels.db_names[static_cast<std::size_t>(found - labels.names.begin())]);
    }
    return Value::enumeration(text);
}

Result<Value> scalar(const meta::Schema& schema, const meta::Model& model, const meta::Field& field,
                     std::string_view text) {
    switch (field.type) {
        case Type::Int: {
            std::int32_t number = 0;
            if (!read_number(text, number)) return messages::bad_default(model, field, "not a 32-bit integer");
            return Value(number);
        }
        case Type::BigInt: {
            std::int64_t number = 0;
            if (!read_number(text, number)) return messages::bad_default(model, field, "not a 64-bit integer");
            return Value(number);
        }
        case Type::Float: {
            double number = 0;
            if (!read_number(text, number)) return messages::bad_default(model, field, "not a number");
            return Value(number);
        }
        case Type::Decimal: {
            LAMINA_TRY_ASSIGN(Decimal number, Decimal::parse(text));
            return Value(std::move(number));
        }
        case Type::Boolean:
            if (text != "true" && text != "false") return messages::bad_default(model, field, "not a Boolean");
            return Value(text == "true");
        case Type::String: return Value(text);
        case Type::DateTime: {
            LAMINA_TRY_ASSIGN(const DateTime time, DateTime::parse(text));
            return Value(time);
        }
        case Type::Json: return Value::json(text);
        case Type::Bytes: {
            LAMINA_TRY_ASSIGN(const Bytes bytes, from_base64(text));
            return Value(bytes);
        }
        case Type::Enum: return enum_label(schema, field, text);
    }
    return Value();
}

}  // namespace

Result<Value> literal_default(const meta::Schema& schema, const meta::Model& model, const meta::Field& field) {
    const std::string_view text = field.default_value.text;
    if (!field.list) return scalar(schema, model, field, text);
    LAMINA_TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(std::string(text)));
    if (!document.root().is_array()) return messages::bad_default(model, field, "not a list");
    Value::List list;
    for (const JsonView item : document.root()) {
        const std::string element = item.is_string() ? item.as_string() : std::string(item.text());
        LAMINA_TRY_ASSIGN(Value value, scalar(schema, model, field, element));
        list.push_back(std::move(value));
    }
    return Value(std::move(list));
}

bool made_by_database(const meta::Field& field) noexcept {
    return field.default_value.kind == meta::DefaultKind::Autoincrement ||
           field.default_value.kind == meta::DefaultKind::Database;
}

bool made_by_client(const meta::Field& field) noexcept {
    return field.updated_at || (field.default_value.kind != meta::DefaultKind::None && !made_by_database(field));
}

}  // namespace lamina::plan
