#pragma once

#include "schema/analyze/connector.hpp"

namespace lamina::providers::postgresql {

/// Which types can be in which kind of index, and which operator class fits which type.
void check_index(const schema::Connector& connector, const schema::Index& index, support::Span span,
                 schema::Diagnostics& out);

/// The operator classes that fit a field in an index of that kind.
std::vector<std::string_view> operator_classes(schema::IndexAlgorithm algorithm, const schema::IndexedType& type);

}  // namespace lamina::providers::postgresql
