#pragma once

#include <string>

#include "catalog/type.hpp"
#include "migrate/step.hpp"

namespace lamina::providers::postgresql {

/// The migration's SQL, byte for byte as Prisma 7 writes it.
[[nodiscard]] std::string script(const migrate::Migration& migration);

/// The text behind DEFAULT. `type` is the column's type as DDL writes it, needed for lists.
[[nodiscard]] std::string default_text(const catalog::Default& value, const std::string& type);

}  // namespace lamina::providers::postgresql
