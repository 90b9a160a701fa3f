#include <algorithm>
#include <array>

#include "schema/analyze/rules/attribute_rules.hpp"
#include "schema/analyze/values.hpp"

namespace lamina::schema::rules {
namespace {

constexpr std::array kOperatorClasses = std::to_array<std::string_view>({"InetOps",
                                                                         "JsonbOps",
                                                                         "JsonbPathOps",
                                                                         "ArrayOps",
                                                                         "TextOps",
                                                                         "BitMinMaxOps",
                                                                         "VarBitMinMaxOps",
                                                                         "BpcharBloomOps",
                                                                         "BpcharMinMaxOps",
                                                                         "ByteaBloomOps",
                                                                         "ByteaMinMaxOps",
                                                                         "DateBloomOps",
                                                                         "DateMinMaxOps",
                                                                         "DateMinMaxMultiOps",
                                                                         "Float4BloomOps",
                                                                         "Float4MinMaxOps",
                                                                         "Float4MinMaxMultiOps",
                                                                         "Float8BloomOps",
                                                                         "Float8MinMaxOps",
                                                                         "Float8MinMaxMultiOps",
                                                                         "InetInclusionOps",
                                                                         "InetBloomOps",
                                                                         "InetMinMaxOps",
                                                                         "InetMinMaxMultiOps",
                                                                         "Int2BloomOps",
                                                                         "Int2MinMaxOps",
                                                                         "Int2MinMaxMultiOps",
                                                                         "Int4BloomOps",
                                                                         "Int4MinMaxOps",
                                                                         "Int4MinMaxMultiOps",
                                                                         "Int8BloomOps",
                                                                         "Int8MinMaxOps",
                                                                         "Int8MinMaxMultiOps",
                                                                         "NumericBloomOps",
                                                                         "NumericMinMaxOps",
                                                                         "NumericMinMaxMultiOps",
                                                                         "OidBloomOps",
                                                                         "OidMinMaxOps",
                                                                         "OidMinMaxMultiOps",
                                                                         "TextBloomOps",
                                                                         "TextMinMaxOps",
                                                                         "TimestampBloomOps",
                                                                         "TimestampMinMaxOps",
                                                                         "TimestampMinMaxMultiOps",
                                                                         "TimestampTzBloomOps",
                                                                         "TimestampTzMinMaxOps",
                                                                         "TimestampTzMinMaxMultiOps",
                                                                         "TimeBloomOps",
                                                                         "TimeMinMaxOps",
                                                                         "TimeMinMaxMultiOps",
                                                                         "TimeTzBloomOps",
                                                                         "TimeTzMinMaxOps",
                                                                         "TimeTzMinMaxMultiOps",
                                                                         "UuidBloomOps",
                                                                         "UuidMinMaxOps",
                                                                         "UuidMinMaxMultiOps"});

bool is_operator_class(std::string_view name) {
    return std::find(kOperatorClasses.begin(), kOperatorClasses.end(), name) != kOperatorClasses.end();
}

void unexpected_token(Context& context, std::string_view expected, support::Span span) {
    context.push(messages::plain("Unexpected token. Expected one of: " + std::string{expected}, span));
}

void read_operator_class(Context& context, const ast::Expression& value, IndexField& part) {
    if (value.is_call()) {
        const auto arguments = ast::arguments_of(value);
        if (value.function_name() == "raw" && arguments.size() == 1 && arguments[0].value()) {
            part.operator_class = as_string(*arguments[0].value(), *context.out);
            part.operator_class_is_raw = true;
            return;
        }
        return unexpected_token(context, "Invalid operator class: " + value.display(), value.span());
    }
    if (!value.is_constant()) return unexpected_token(context, "operator class", value.span());
    const std::string name{value.text()};
    if (!is_operator_class(name)) return unexpected_token(context, "Invalid operator class: " + name, value.span());
    part.operator_class = name;
}

void read_part_arguments(Context& context, const ast::Expression& call, IndexField& part) {
    for (const ast::Argument& argument : ast::arguments_of(call)) {
        const auto value = argument.value();
        if (!value) continue;
        if (argument.name() == "sort") {
            const auto order = as_constant(*value, *context.out);
            if (order == "Asc")
                part.sort = SortOrder::Asc;
            else if (order == "Desc")
                part.sort = SortOrder::Desc;
            else if (order)
                unexpected_token(context, "Asc, Desc", argument.span());
        } else if (argument.name() == "length") {
            const auto length = as_integer(*value, *context.out);
            if (length && *length >= 0 && *length <= 0xFFFF'FFFFLL) part.length = static_cast<std::uint32_t>(*length);
        } else if (argument.name() == "ops") {
            read_operator_class(context, *value, part);
        }
    }
}

// The name of an element: a constant, or what is called in `a(sort: Desc)`.
std::optional<std::string> element_name(Context& context, const ast::Expression& element) {
    if (element.is_call()) return std::string{element.function_name()};
    if (element.is_constant()) return std::string{element.text()};
    context.push(messages::type_mismatch("constant literal", element.kind_name(), element.display(), element.span()));
    return std::nullopt;
}

bool has_field(const KeyFields& fields, FieldId id) {
    return std::any_of(fields.parts.begin(), fields.parts.end(),
                       [&](const IndexField& other) { return other.field == id; });
}

void field_twice(Context& context, ModelId model, const std::string& name, KeyFields& out, support::Span span) {
    context.push(messages::model("The unique index definition refers to the field " + name + " multiple times.",
                                 "model", context.model(model).name, span));
    out.reported = true;
}

}  // namespace

KeyFields read_key_fields(Context& context, ModelId model, const ast::Expression& list,
                          const ast::Attribute& attribute) {
    KeyFields out;
    for (const ast::Expression& element : as_array(list)) {
        const auto name = element_name(context, element);
        if (!name) {
            out.reported = true;
            continue;
        }
        IndexField part;
        if (element.is_call()) read_part_arguments(context, element, part);
        const auto field = context.find_field(model, *name);
        if (!field) {
            out.unknown.push_back(*name);
            continue;
        }
        if (context.field(*field).kind == FieldKind::Relation) {
            out.relations.push_back(*name);
            continue;
        }
        if (has_field(out, *field)) {
            field_twice(context, model, *name, out, attribute.span());
            return out;
        }
        part.field = *field;
        out.parts.push_back(std::move(part));
    }
    return out;
}

KeyFields read_plain_fields(Context& context, ModelId model, const ast::Expression& list, support::Span span) {
    KeyFields out;
    for (const ast::Expression& element : as_array(list)) {
        const auto name = as_constant(element, *context.out);
        if (!name) {
            out.reported = true;
            continue;
        }
        const auto field = context.find_field(model, *name);
        if (!field)
            out.unknown.push_back(*name);
        else if (context.field(*field).kind == FieldKind::Relation)
            out.relations.push_back(*name);
        else if (has_field(out, *field))
            return field_twice(context, model, *name, out, span), out;
        else
            out.parts.push_back({*field, {}, {}, {}, false});
    }
    return out;
}

IndexId add_index(Context& context, IndexData data, const ast::Attribute& attribute) {
    const IndexId id{static_cast<std::uint32_t>(context.data.indexes.size())};
    data.span = attribute.span();
    ModelData& model = context.model(data.model);
    if (data.kind == IndexKind::PrimaryKey)
        model.primary_key = id;
    else
        model.indexes.push_back(id);
    if (data.fields.size() == 1) {
        FieldData& field = context.field(data.fields.front().field);
        if (data.kind == IndexKind::PrimaryKey) field.id_index = id;
        if (data.kind == IndexKind::Unique && field.unique_index == kNone<IndexId>) field.unique_index = id;
    }
    context.data.indexes.push_back(std::move(data));
    context.index_nodes.push_back(attribute);
    return id;
}

std::string quoted_list(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out.append(out.empty() ? "`" : ", `").append(name).append("`");
    return out;
}

std::string plain_list(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out.append(out.empty() ? "" : ", ").append(name);
    return out;
}

}  // namespace lamina::schema::rules
