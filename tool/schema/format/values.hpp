#pragma once

#include <string>

#include "schema/syntax/ast.hpp"

/// Attributes and what stands in their parentheses, as the formatter spells them.
namespace lamina::schema::format {

/// Appends `@name(…)` or `@@name(…)`; parentheses only when they were written.
void write_attribute(std::string& out, const ast::Attribute& attribute);

/// Appends a value: `[a, b]`, `f(x, y: 1)`, `{ a: 1 }`, or a word, number or string as it was written.
void write_value(std::string& out, const ast::Node& value);

}  // namespace lamina::schema::format
