#include "support/config.hpp"

#include <cstdlib>
#include <initializer_list>
#include <string>
#include <toml++/toml.h>

#include "support/files.hpp"

namespace lamina::support {

namespace {

/// The variable's name in env("NAME"); nothing for any other text.
std::optional<std::string> variable_in(const std::string& setting) {
    std::string_view text = setting;
    if (!text.starts_with("env(") || !text.ends_with(")")) return std::nullopt;
    text = text.substr(4, text.size() - 5);
    if (text.size() < 2 || (text.front() != '"' && text.front() != '\'') || text.back() != text.front())
        return std::nullopt;
    return std::string(text.substr(1, text.size() - 2));
}

Outcome<> only_known_keys(const toml::table& table, std::initializer_list<std::string_view> known,
                          const std::string& where) {
    for (const auto& [key, value] : table) {
        bool found = false;
        for (const std::string_view name : known) found = found || key.str() == name;
        if (!found) {
            return Problem{where + ":" + std::to_string(value.source().begin.line) + ": unknown key `" +
                           std::string(key.str()) + "`; known are: schema, datasource.url"};
        }
    }
    return {};
}

Outcome<std::optional<std::string>> text_at(const toml::table& table, std::string_view key, const std::string& where) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::optional<std::string>();
    if (!node->is_string()) {
        return Problem{where + ":" + std::to_string(node->source().begin.line) + ": `" + std::string(key) +
                       "` must be a string"};
    }
    return std::optional<std::string>(node->value<std::string>());
}

Outcome<ConfigFile> read_table(const toml::table& table, const std::string& path) {
    ConfigFile config{.folder = folder_of(path), .schema = {}, .url = {}};
    if (auto known = only_known_keys(table, {"schema", "datasource"}, path); !known) return known.error();
    auto schema = text_at(table, "schema", path);
    if (!schema) return schema.error();
    config.schema = *schema;
    if (const toml::node* datasource = table.get("datasource")) {
        if (!datasource->is_table()) return Problem{path + ": `datasource` must be a table: [datasource]"};
        if (auto known = only_known_keys(*datasource->as_table(), {"url"}, path); !known) return known.error();
        auto url = text_at(*datasource->as_table(), "url", path);
        if (!url) return url.error();
        config.url = *url;
    }
    return config;
}

Outcome<Variables> dotenv_of(const std::string& folder) {
    const std::string path = absolute_from(folder, ".env");
    if (!is_file(path)) return Variables{};
    auto text = read_file(path);
    if (!text) return text.error();
    return parse_dotenv(*text);
}

}  // namespace

Outcome<ConfigFile> parse_config(std::string_view text, const std::string& path) {
    try {
        return read_table(toml::parse(text, path), path);
    } catch (const toml::parse_error& error) {
        return Problem{path + ":" + std::to_string(error.source().begin.line) + ": " +
                       std::string(error.description())};
    }
}

std::optional<std::string> Project::variable(const std::string& name) const {
    if (const char* value = std::getenv(name.c_str())) return value;
    const auto found = dotenv.find(name);
    return found == dotenv.end() ? std::nullopt : std::optional(found->second);
}

Outcome<std::string> Project::resolve(const std::string& setting) const {
    const auto name = variable_in(setting);
    if (!name) return setting;
    if (auto value = variable(*name)) return *value;
    return Problem{"Environment variable not found: " + *name + ". Set it, or write it into a .env file."};
}

Outcome<Project> open_project(const std::string& folder) {
    Project project{.folder = folder, .config = {}, .dotenv = {}};
    if (const std::string path = absolute_from(folder, "lamina.toml"); is_file(path)) {
        auto text = read_file(path);
        if (!text) return text.error();
        auto config = parse_config(*text, path);
        if (!config) return config.error();
        project.config = *config;
    }
    auto variables = dotenv_of(folder);
    if (!variables) return variables.error();
    project.dotenv = *variables;
    return project;
}

Outcome<> add_dotenv_of(Project& project, const std::string& schema_path) {
    auto variables = dotenv_of(is_folder(schema_path) ? schema_path : folder_of(schema_path));
    if (!variables) return variables.error();
    project.dotenv.merge(*variables);
    return {};
}

Outcome<std::string> find_schema(const Project& project, const std::string& option) {
    const auto existing = [](const std::string& path, const std::string& said_by) -> Outcome<std::string> {
        if (is_file(path) || is_folder(path)) return path;
        return Problem{"there is no schema at " + path + " (" + said_by + ")"};
    };
    if (!option.empty()) return existing(absolute_from(project.folder, option), "from --schema");
    if (project.config.schema) {
        return existing(absolute_from(project.config.folder, *project.config.schema), "from lamina.toml");
    }
    for (const char* usual : {"schema.prisma", "prisma/schema.prisma", "prisma/schema"}) {
        const std::string path = absolute_from(project.folder, usual);
        if (is_file(path) || is_folder(path)) return path;
    }
    return Problem{
        "there is no schema: looked for schema.prisma, prisma/schema.prisma and the folder prisma/schema.\n"
        "Name it with --schema or in lamina.toml, or make one with `lamina init`."};
}

}  // namespace lamina::support
