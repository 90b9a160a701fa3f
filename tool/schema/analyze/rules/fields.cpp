#include "schema/analyze/rules/literals.hpp"
#include "schema/analyze/rules/validation.hpp"

namespace lamina::schema::rules {

void check_scalar_field(const Validation& v, const Field& field) {
    const Connector& connector = v.connector();
    const bool is_json = field.is_scalar() && field.scalar_type() == ScalarType::Json;
    if (is_json && !connector.can(Capability::Json)) {
        v.field_error(field, "Field `" + std::string{field.name()} + "` in " +
                                 std::string{field.model().is_view() ? "view" : "model"} + " `" +
                                 std::string{field.model().name()} +
                                 "` can't be of type Json. The current connector does not support the Json type.");
    }
    if (is_json && field.is_list() && !connector.can(Capability::JsonLists)) {
        v.field_error(field,
                      "Field `" + std::string{field.name()} + "` in " +
                          std::string{field.model().is_view() ? "view" : "model"} + " `" +
                          std::string{field.model().name()} +
                          "` can't be of type Json[]. The current connector does not support the Json List type.");
    }
    if (field.is_scalar() && field.scalar_type() == ScalarType::Decimal && !connector.can(Capability::DecimalType)) {
        v.field_error(field,
                      "Field `" + std::string{field.name()} + "` in " +
                          std::string{field.model().is_view() ? "view" : "model"} + " `" +
                          std::string{field.model().name()} +
                          "` can't be of type Decimal. The current connector does not support the Decimal type.");
    }
    if (field.is_list() && field.kind() != FieldKind::Composite && !connector.can(Capability::ScalarLists)) {
        v.push(messages::plain(
            "Field \"" + std::string{field.name()} + "\" in " +
                std::string{field.model().is_view() ? "view" : "model"} + " \"" + std::string{field.model().name()} +
                "\" can't be a list. The current connector does not support lists of primitive types.",
            field.data().span));
    }
    if (field.is_unsupported()) check_unsupported_type(v, field);
    if (connector.check_field != nullptr)
        connector.check_field(connector, field, v.default_span(field), *v.context.out);
}

void check_default(const Validation& v, const Field& field) {
    const auto& value = field.default_value();
    if (!value || !field.is_scalar()) return;
    const ast::Expression& written = v.context.default_values.at(field.id());
    if (value->is(DefaultFunction::Auto)) {
        v.push(messages::attribute("The current connector does not support the `auto()` function.", "@default",
                                   written.span()));
    }
    const ScalarType type = field.scalar_type();
    const std::string_view name = type == ScalarType::Decimal || type == ScalarType::Float ? "default" : "@default";
    const auto literal = [&](const DefaultValue& part, support::Span span) {
        if (part.kind != DefaultValue::Kind::String && part.kind != DefaultValue::Kind::Number) return;
        if (const auto wrong = check_literal(type, part.text)) v.push(messages::attribute(*wrong, name, span));
    };
    literal(*value, written.span());
    if (value->kind != DefaultValue::Kind::List) return;
    const auto elements = written.elements();
    for (std::size_t i = 0; i < elements.size(); ++i) literal(value->items[i], elements[i].span());
}

}  // namespace lamina::schema::rules
