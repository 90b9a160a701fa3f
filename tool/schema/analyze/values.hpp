#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/diagnostics/diagnostic.hpp"
#include "schema/syntax/ast.hpp"

/// Expressions read as what an attribute wants; anything else is reported and gives nothing.
namespace lamina::schema {

[[nodiscard]] std::optional<std::string> as_string(const ast::Expression& value, Diagnostics& out);
/// The text of a constant (`Cascade`).
[[nodiscard]] std::optional<std::string> as_constant(const ast::Expression& value, Diagnostics& out);
[[nodiscard]] std::optional<bool> as_boolean(const ast::Expression& value, Diagnostics& out);
[[nodiscard]] std::optional<std::int64_t> as_integer(const ast::Expression& value, Diagnostics& out);
/// An array's elements; a single value is an array of one.
[[nodiscard]] std::vector<ast::Expression> as_array(const ast::Expression& value);

}  // namespace lamina::schema
