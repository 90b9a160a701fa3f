#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/analyze/connector.hpp"
#include "support/source_map.hpp"

/// The formatter: what `prisma format` writes, byte for byte. The room's README names the few places where it is not.
namespace lamina::schema::format {

/// Lays out one text: columns, blank lines, the order of attributes. Adds and takes away nothing that means something;
/// lines that are no part of the language stay as they are. Never fails, takes linear time, any bytes will do.
[[nodiscard]] std::string layout(std::string_view text);

/// Formats all files of a schema, each as `layout` does; one result per file, in the order of the map.
///
/// When every name, type and attribute is understood, it also writes what relations lack: the field on the other side,
/// the scalar fields of the foreign key, `@relation` and its `fields` and `references`. The files are looked at
/// together, so give all of them even when only one is wanted. `connectors` are the databases that `provider` may name.
[[nodiscard]] std::vector<std::string> format_files(const support::SourceMap& sources, Connectors connectors);

}  // namespace lamina::schema::format
