#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/analyze/connector.hpp"
#include "support/source_map.hpp"

namespace lamina::schema::format {

/// Text to put into a file before the byte `at`.
struct Insertion {
    std::uint32_t at = 0;
    std::string text;
};

/// What the relations of a schema lack, per file and in the order of the text: fields on the other side, scalar fields
/// of foreign keys, @relation and its arguments. Nothing when some name, type or attribute is not understood.
[[nodiscard]] std::vector<std::vector<Insertion>> missing_parts(const support::SourceMap& sources,
                                                                Connectors connectors);

}  // namespace lamina::schema::format
