#pragma once

#include "migrate/provider.hpp"

namespace lamina::providers::sqlite {

/// The migration engine's view of SQLite. The reference is good for the whole run of the program.
[[nodiscard]] const migrate::Provider& migration_provider() noexcept;

}  // namespace lamina::providers::sqlite
