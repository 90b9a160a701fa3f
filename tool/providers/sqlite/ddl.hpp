#pragma once

#include <string>

#include "catalog/type.hpp"
#include "migrate/step.hpp"

namespace lamina::providers::sqlite {

/// The migration's SQL, byte for byte as Prisma 7 writes it, but where Prisma's SQL would store another value: see
/// default_text().
[[nodiscard]] std::string script(const migrate::Migration& migration);

/// The text behind DEFAULT. Unlike Prisma's, JSON is quoted and bytes are a blob literal: Prisma 7 writes `{"a":1}` and
/// `'6869'` bare, which is a syntax error and the text 6869.
[[nodiscard]] std::string default_text(const catalog::Default& value);

}  // namespace lamina::providers::sqlite
