#pragma once

#include <string>

#include "schema/analyze/connector.hpp"

namespace lamina::schema::format::test {

/// The databases that the tests know.
[[nodiscard]] Connectors connectors();

/// Formats a schema of one file.
[[nodiscard]] std::string format_one(std::string text);

}  // namespace lamina::schema::format::test
