#pragma once

#include "generate/text.hpp"
#include "schema/model/schema.hpp"

namespace lamina::generate {

/// Adds the schema as constant data (lamina::meta::Schema) to a client.cpp: arrays in an anonymous namespace, and
/// `schema`.
void add_metadata(Text& text, const schema::Schema& schema);

}  // namespace lamina::generate
