#pragma once

#include "migrate/provider.hpp"

namespace lamina::providers::postgresql {

/// The migration engine's view of PostgreSQL. The reference is good for the whole run of the program.
[[nodiscard]] const migrate::Provider& migration_provider() noexcept;

}  // namespace lamina::providers::postgresql
