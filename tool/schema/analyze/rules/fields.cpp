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
    const auto& value = field.default_value();
    if (value && value->map && v.context.default_attributes.contains(field.id())) {
        const support::Span span = v.context.default_attributes.at(field.id()).span();
        if (field.is_autoincrement()) {
            v.push(messages::attribute("Naming an autoincrement default value is not allowed.", "@default", span));
        }
    }
    if (connector.check_field != nullptr) connector.check_field(connector, field, *v.context.out);
}

}  // namespace lamina::schema::rules
