#include "cli/url_option.hpp"

#include <string_view>

#include "providers/postgresql/provider.hpp"
#include "providers/sqlite/provider.hpp"
#include "support/files.hpp"

namespace lamina::cli {

namespace {

using support::Outcome;
using support::Problem;

std::string_view provider_of_url(std::string_view url) {
    if (url.starts_with("postgres://") || url.starts_with("postgresql://")) return "postgresql";
    if (url.starts_with("mysql://") || url.starts_with("mariadb://")) return "mysql";
    if (url.starts_with("file:") || url.find("://") == std::string_view::npos) return "sqlite";
    return {};
}

const migrate::Provider* migration_provider(std::string_view name) {
    if (name == "postgresql") return &providers::postgresql::migration_provider();
    if (name == "sqlite") return &providers::sqlite::migration_provider();
    return nullptr;
}

/// The files of a schema with another provider written into the datasource.
support::SourceMap with_provider(const LoadedSchema& loaded, std::string_view provider) {
    const support::Span datasource = loaded.analysis.schema.datasource()->span;
    support::SourceMap changed;
    for (std::size_t i = 0; i < loaded.sources.size(); ++i) {
        const support::FileId file = support::SourceMap::at(i);
        std::string text(loaded.sources.text(file));
        if (file == datasource.file) {
            const std::string quoted = '"' + loaded.analysis.schema.datasource()->provider_as_written + '"';
            const std::size_t at = text.find(quoted, datasource.begin);
            if (at < datasource.end) text.replace(at, quoted.size(), '"' + std::string(provider) + '"');
        }
        changed.add(std::string(loaded.sources.path(file)), std::move(text));
    }
    return changed;
}

/// The URL as somebody wrote it, and the folder that its relative path starts in.
Outcome<Target> find_url(const LoadedSchema& loaded, const std::string& option) {
    const support::Project& project = loaded.project;
    if (!option.empty()) return Target{.url = option, .base_directory = project.folder};
    const auto& datasource = loaded.analysis.schema.datasource();
    if (datasource && datasource->url) {
        const std::string folder = support::is_folder(loaded.path) ? loaded.path : support::folder_of(loaded.path);
        if (!datasource->url->env) return Target{.url = datasource->url->value, .base_directory = folder};
        if (auto value = project.variable(*datasource->url->env))
            return Target{.url = *value, .base_directory = folder};
        return Problem{"Environment variable not found: " + *datasource->url->env +
                       ". Set it, or write it into a .env file."};
    }
    if (project.config.url) {
        auto url = project.resolve(*project.config.url);
        if (!url) return url.error();
        return Target{.url = *url, .base_directory = project.config.folder};
    }
    if (auto value = project.variable("DATABASE_URL")) return Target{.url = *value, .base_directory = project.folder};
    return Problem{
        "there is no database URL. Give --url, or url in lamina.toml's [datasource], or set DATABASE_URL in the "
        "environment or in .env."};
}

}  // namespace

Outcome<Target> find_target(LoadedSchema& loaded, const std::string& option) {
    if (const auto supported = has_run_time(loaded); !supported) return supported.error();
    auto target = find_url(loaded, option);
    if (!target) return target;
    const std::string own_provider(loaded.analysis.schema.provider());
    if (!loaded.analysis.schema.datasource())
        return Problem{"the schema has no datasource: its provider says what kind of database it is for"};
    std::string_view provider = provider_of_url(target->url);
    if (provider.empty()) provider = own_provider;
    target->provider = migration_provider(provider);
    if (target->provider == nullptr) {
        return Problem{"databases of the provider `" + std::string(provider) +
                       "` are not supported yet; supported are postgresql and sqlite"};
    }
    if (provider != own_provider) {
        loaded.sources = with_provider(loaded, provider);
        if (!check_schema(loaded)) {
            return Problem{"the schema is for " + own_provider + " and says what " + std::string(provider) +
                           ", which the URL names, does not have"};
        }
    }
    return target;
}

}  // namespace lamina::cli
