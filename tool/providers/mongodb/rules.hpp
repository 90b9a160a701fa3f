#pragma once

#include "schema/analyze/connector.hpp"

namespace lamina::providers::mongodb {

/// Known by name only: schemas for it are refused, with a word about what to do.
[[nodiscard]] const schema::Connector& connector();

}  // namespace lamina::providers::mongodb
