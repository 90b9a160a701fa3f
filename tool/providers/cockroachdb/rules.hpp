#pragma once

#include "schema/analyze/connector.hpp"

namespace lamina::providers::cockroachdb {

/// What schemas for this database may say.
[[nodiscard]] const schema::Connector& connector();

}  // namespace lamina::providers::cockroachdb
