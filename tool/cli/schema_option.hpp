#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/analyze/analyze.hpp"
#include "support/config.hpp"
#include "support/problem.hpp"
#include "support/source_map.hpp"

namespace lamina::cli {

/// A project and its schema, read and checked.
struct LoadedSchema {
    support::Project project;
    std::string path;  ///< of the schema file or folder
    support::SourceMap sources;
    schema::Analysis analysis;
};

/// The databases whose schemas the command understands.
[[nodiscard]] schema::Connectors connectors();

/// Finds, reads and checks the schema that `option` (--schema) or the project names. Prints every error and warning to
/// standard error; nothing when it cannot be read or is not valid.
[[nodiscard]] std::optional<LoadedSchema> load_schema(const std::string& option);

/// Finds and reads the schema as `load_schema` does, but does not look at what it says. Nothing when it cannot be read,
/// which is printed.
[[nodiscard]] std::optional<LoadedSchema> read_schema(const std::string& option);

/// Whether a schema's text is UTF-8; else says where it is not. Other bytes would be shown as what they are not.
[[nodiscard]] support::Outcome<> check_utf8(const std::string& name, std::string_view text);

/// The same without printing: the problem when it cannot be read.
[[nodiscard]] support::Outcome<> open_schema(LoadedSchema& loaded, const std::string& option);

/// A problem when the schema is for a database whose schemas are only checked and formatted.
[[nodiscard]] support::Outcome<> has_run_time(const LoadedSchema& loaded);

/// Checks `loaded.sources` anew and prints every error and warning. False when there is an error.
bool check_schema(LoadedSchema& loaded);

/// Prints `error: message` to standard error. Always 1, the exit code.
int fail(const std::string& message);

}  // namespace lamina::cli
