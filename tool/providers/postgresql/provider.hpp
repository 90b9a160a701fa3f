#pragma once

#include "migrate/provider.hpp"

namespace lamina::postgresql_provider {

/// The migration engine's view of PostgreSQL. The reference is good for the whole run of the program.
[[nodiscard]] const migrate::Provider& migration_provider() noexcept;

}  // namespace lamina::postgresql_provider
