#pragma once

#include "schema/analyze/connector.hpp"

namespace lamina::providers::cockroachdb {

/// Which types can be in which kind of key and index.
void check_index(const schema::Connector& connector, const schema::Index& index, support::Span span,
                 schema::Diagnostics& out);

}  // namespace lamina::providers::cockroachdb
