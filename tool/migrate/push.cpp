#include "migrate/push.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

#include <lamina/base/try.hpp>

#include "migrate/diff.hpp"
#include "migrate/from_schema.hpp"

namespace lamina::migrate {
namespace {

/// P3005, with the first few differences.
Error not_empty(const std::vector<std::string>& differences, const std::string& database) {
    constexpr std::size_t kShown = 20;
    std::string message =
        "The " + database + " is not empty, and reaching the schema needs changes that are not supported yet:\n";
    for (std::size_t at = 0; at < std::min(differences.size(), kShown); ++at)
        message += "  - " + differences[at] + "\n";
    if (differences.size() > kShown) message += "  - and " + std::to_string(differences.size() - kShown) + " more\n";
    message +=
        "Nothing was changed. With --force-reset everything in it is dropped and made anew; all data is then lost.";
    return Error{ErrorCode::DatabaseNotEmpty, std::move(message)};
}

/// The namespaces to look at: the datasource's, and those that the schema uses.
Scope scope_of(const schema::Schema& schema, const catalog::Catalog& wanted) {
    Scope scope;
    if (schema.datasource()) scope.namespaces = schema.datasource()->schemas;
    for (const catalog::Namespace& used : wanted.namespaces()) {
        if (std::find(scope.namespaces.begin(), scope.namespaces.end(), used.name) == scope.namespaces.end()) {
            scope.namespaces.push_back(used.name);
        }
    }
    return scope;
}

}  // namespace

Result<PushReport> push(const schema::Schema& schema, const Provider& provider, std::string_view url,
                        const PushOptions& options) {
    Migration migration;
    migration.to = from_schema(schema, provider, provider.default_namespace(url));
    const Scope scope = scope_of(schema, migration.to);

    OpenOptions open_options;
    open_options.base_directory = options.base_directory;
    LAMINA_TRY_ASSIGN(const std::unique_ptr<Database> database, provider.open(url, open_options));
    PushReport report;
    report.database = database->label();
    report.database_created = database->was_created();
    if (options.force_reset && !report.database_created) {
        LAMINA_TRY(database->reset(scope));
        report.reset = true;
    }

    LAMINA_TRY_ASSIGN(migration.from, database->describe(scope));
    Difference difference = diff(migration.from, migration.to, provider);
    if (!difference.unsupported.empty()) return not_empty(difference.unsupported, report.database);
    migration.steps = std::move(difference.steps);
    if (migration.steps.empty()) return report;
    report.script = provider.script(migration);
    LAMINA_TRY(database->apply(report.script));
    for (const Step& step : migration.steps) report.steps.push_back(summary(step, migration));
    return report;
}

std::string create_script(const schema::Schema& schema, const Provider& provider) {
    Migration migration;
    migration.to = from_schema(schema, provider);
    migration.from.set_default_namespace(migration.to.default_namespace());
    migration.steps = diff(migration.from, migration.to, provider).steps;
    return provider.script(migration);
}

}  // namespace lamina::migrate
