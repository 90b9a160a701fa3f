#pragma once

#include "schema/analyze/connector.hpp"

namespace lamina::providers::mysql {

/// What schemas for this database may say.
[[nodiscard]] const schema::Connector& connector();

}  // namespace lamina::providers::mysql
