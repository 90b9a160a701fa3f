#include "cli/schema_option.hpp"

#include <array>
#include <cstdio>
#include <filesystem>

#include <lamina/base/utf8.hpp>

#include "providers/cockroachdb/rules.hpp"
#include "providers/mongodb/rules.hpp"
#include "providers/mysql/rules.hpp"
#include "providers/postgresql/rules.hpp"
#include "providers/sqlite/rules.hpp"
#include "providers/sqlserver/rules.hpp"
#include "schema/diagnostics/printer.hpp"
#include "support/files.hpp"
#include "support/terminal.hpp"

namespace lamina::cli {

namespace {

using support::Outcome;
using support::Problem;

/// Messages call a file as the user would: from the current directory, if it lies below that.
std::string shown(const std::string& path, const std::string& folder) {
    const std::string relative = std::filesystem::path(path).lexically_relative(folder).string();
    return relative.empty() || relative.starts_with("..") ? path : relative;
}

Outcome<> read_sources(LoadedSchema& loaded) {
    std::vector<std::string> paths{loaded.path};
    if (support::is_folder(loaded.path)) {
        auto found = support::files_below(loaded.path, ".prisma");
        if (!found) return found.error();
        if (found->empty()) return Problem{"there is no .prisma file in " + loaded.path};
        paths = *found;
    }
    for (const std::string& path : paths) {
        auto text = support::read_file(path);
        if (!text) return text.error();
        const std::string name = shown(path, loaded.project.folder);
        if (auto checked = check_utf8(name, *text); !checked) return checked;
        loaded.sources.add(name, std::move(*text));
    }
    return {};
}

}  // namespace

schema::Connectors connectors() {
    static const std::array<const schema::Connector*, 6> all = {
        &providers::postgresql::connector(),  &providers::sqlite::connector(),    &providers::mysql::connector(),
        &providers::cockroachdb::connector(), &providers::sqlserver::connector(), &providers::mongodb::connector()};
    return all;
}

Outcome<> check_utf8(const std::string& name, std::string_view text) {
    const std::size_t at = base::find_invalid_utf8(text);
    if (at == base::kNotFound) return {};
    return Problem{name + ": not UTF-8: see the byte at offset " + std::to_string(at)};
}

support::Outcome<> open_schema(LoadedSchema& loaded, const std::string& option) {
    auto project = support::open_project(std::filesystem::current_path().string());
    if (!project) return project.error();
    loaded.project = std::move(*project);
    auto path = support::find_schema(loaded.project, option);
    if (!path) return path.error();
    loaded.path = *path;
    if (auto added = support::add_dotenv_of(loaded.project, loaded.path); !added) return added.error();
    return read_sources(loaded);
}

std::optional<LoadedSchema> load_schema(const std::string& option) {
    auto loaded = read_schema(option);
    if (loaded && !check_schema(*loaded)) return std::nullopt;
    return loaded;
}

std::optional<LoadedSchema> read_schema(const std::string& option) {
    LoadedSchema loaded;
    if (auto opened = open_schema(loaded, option); !opened) {
        fail(opened.error().message);
        return std::nullopt;
    }
    return loaded;
}

bool check_schema(LoadedSchema& loaded) {
    loaded.analysis = schema::analyze(loaded.sources, connectors());
    const schema::PrintOptions options{.colours = support::wants_colours(stderr)};
    std::fputs(schema::print(loaded.analysis.diagnostics, loaded.sources, options).c_str(), stderr);
    return loaded.analysis.ok();
}

support::Outcome<> has_run_time(const LoadedSchema& loaded) {
    const std::string_view provider = loaded.analysis.schema.provider();
    if (provider != "cockroachdb" && provider != "sqlserver") return {};
    return Problem{"the provider `" + std::string(provider) +
                   "` is not supported yet: its schemas can be validated and formatted, but there is no client and no "
                   "migration for it. Supported are postgresql and sqlite."};
}

int fail(const std::string& message) {
    std::fprintf(stderr, "error: %s\n", message.c_str());
    return 1;
}

}  // namespace lamina::cli
