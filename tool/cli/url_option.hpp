#pragma once

#include <string>

#include "cli/schema_option.hpp"
#include "migrate/provider.hpp"
#include "support/problem.hpp"

namespace lamina::cli {

/// Which database a command works on.
struct Target {
    std::string url;
    std::string base_directory;                   ///< what a relative file path in the URL is relative to
    const migrate::Provider* provider = nullptr;  ///< by the URL; else the schema's
};

/// The URL: `option` (--url), else the schema's datasource, else lamina.toml's, else DATABASE_URL of the environment or
/// .env.
///
/// A URL of another database than the schema's provider is welcome if the schema uses only what both have: the tests of
/// a PostgreSQL project can run on SQLite. `loaded` is then the schema for that database; what it lacks is printed and
/// a problem.
[[nodiscard]] support::Outcome<Target> find_target(LoadedSchema& loaded, const std::string& option);

}  // namespace lamina::cli
