#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "support/dotenv.hpp"
#include "support/problem.hpp"

namespace lamina::support {

/// What a lamina.toml says; every key may be absent.
///
///     schema = "db/schema.prisma"          # a file or a folder
///     [datasource]
///     url = "postgresql://localhost/app"   # or env("DATABASE_URL")
struct ConfigFile {
    std::string folder;  ///< the folder that the file lies in: relative paths start there
    std::optional<std::string> schema;
    std::optional<std::string> url;
};

/// Reads the text of a lamina.toml. Unknown keys are a problem, so that a slip of the pen does not pass unnoticed.
[[nodiscard]] Outcome<ConfigFile> parse_config(std::string_view text, const std::string& path);

/// The project that a command works on: its folder, lamina.toml and variables.
struct Project {
    std::string folder;
    ConfigFile config;
    Variables dotenv;  ///< of .env in the folder, or beside the schema

    /// The variable of the environment, else of .env; nothing when neither has it.
    [[nodiscard]] std::optional<std::string> variable(const std::string& name) const;
    /// A setting: env("NAME") stands for that variable. A variable that is not set is a problem.
    [[nodiscard]] Outcome<std::string> resolve(const std::string& setting) const;
};

/// Reads lamina.toml and .env of a folder, as far as they exist.
[[nodiscard]] Outcome<Project> open_project(const std::string& folder);

/// Reads the .env beside the schema as well, if it is in another folder; what is set already stays.
Outcome<> add_dotenv_of(Project& project, const std::string& schema_path);

/// The schema's path: `option` (--schema), else lamina.toml's, else schema.prisma, prisma/schema.prisma or the folder
/// prisma/schema, whichever is there. The problem tells where it was looked for.
[[nodiscard]] Outcome<std::string> find_schema(const Project& project, const std::string& option);

}  // namespace lamina::support
