#pragma once

#include "schema/analyze/connector.hpp"
#include "schema/diagnostics/diagnostic.hpp"
#include "schema/model/schema.hpp"
#include "support/source_map.hpp"

namespace lamina::schema {

/// What came of an analysis. `schema` says all that is true of the sources when there are no errors, and is of no use
/// when there are.
struct Analysis {
    Schema schema;
    Diagnostics diagnostics;

    [[nodiscard]] bool ok() const noexcept { return !diagnostics.has_errors(); }
};

/// Parses and checks all files of a schema (the order of the files is the order of models). Never throws for bad input
/// and never stops at the first mistake; takes linear time. `connectors` are the databases that `provider` may name.
[[nodiscard]] Analysis analyze(const support::SourceMap& sources, Connectors connectors);

}  // namespace lamina::schema
