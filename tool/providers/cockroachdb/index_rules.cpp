#include "providers/cockroachdb/index_rules.hpp"

#include <string>

#include "schema/analyze/context.hpp"

namespace lamina::providers::cockroachdb {
namespace {

using schema::Field;
using schema::ScalarType;

// An inverted index goes into JSON documents and arrays.
bool can_be_inverted(const Field& field) {
    if (field.is_list() || field.is_unsupported()) return true;
    if (const auto& type = field.native_type()) return type->name == "JsonB";
    return field.is_scalar() && field.scalar_type() == ScalarType::Json;
}

}  // namespace

void check_index(const schema::Connector&, const schema::Index& index, support::Span span, schema::Diagnostics& out) {
    if (index.kind() != schema::IndexKind::Normal || index.algorithm() != schema::IndexAlgorithm::Gin) return;
    const auto fields = index.fields();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        std::string text;
        if (index.index_fields()[i].operator_class)
            text = "Custom operator classes are not supported with the current connector.";
        else if (!can_be_inverted(fields[i]))
            text = "The Gin index type does not support the type of the field `" + std::string{fields[i].name()} + "`.";
        if (!text.empty()) out.push(schema::messages::attribute(text, schema::attribute_name(index.data()), span));
    }
}

}  // namespace lamina::providers::cockroachdb
