#pragma once

#include "generate/tables.hpp"
#include "generate/text.hpp"

namespace lamina::generate {

/// Adds the schema as constant data (lamina::meta::Schema) to a client.cpp: arrays in an anonymous namespace, and
/// `schema`.
void add_metadata(Text& text, const Tables& tables, const schema::Schema& schema);

/// The name of the constant that holds the labels of an enum.
[[nodiscard]] std::string labels_of(const schema::Enum& enumeration);

}  // namespace lamina::generate
