#pragma once

#include "schema/analyze/connector.hpp"

namespace lamina::providers::sqlserver {

/// What schemas for this database may say.
[[nodiscard]] const schema::Connector& connector();

}  // namespace lamina::providers::sqlserver
