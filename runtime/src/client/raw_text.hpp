#pragma once

#include <string>

#include <lamina/client/raw.hpp>
#include <lamina/error/error.hpp>
#include <lamina/sql/dialect.hpp>

namespace lamina::client {

/// A raw statement's text with the dialect's placeholders and quoted identifiers. Fails with P1016 when the numbers of
/// `{}` and arguments differ.
Result<void> render(const Sql& statement, const dialect::Dialect& dialect, std::string& out);

}  // namespace lamina::client
