#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "cli/commands.hpp"
#include "cli/schema_option.hpp"
#include "cli/url_option.hpp"
#include "migrate/push.hpp"

namespace lamina::cli {

namespace {

struct Arguments {
    std::string schema;
    std::string url;
    migrate::PushOptions options;
};

int push(const Arguments& arguments) {
    auto loaded = load_schema(arguments.schema);
    if (!loaded) return 1;
    const auto target = find_target(*loaded, arguments.url);
    if (!target) return fail(target.error().message);
    migrate::PushOptions options = arguments.options;
    options.base_directory = target->base_directory;
    const auto report = migrate::push(loaded->analysis.schema, *target->provider, target->url, options);
    if (!report) return fail(report.error().what());

    if (report->database_created) std::printf("Made the %s.\n", report->database.c_str());
    if (report->reset) std::printf("Emptied the %s.\n", report->database.c_str());
    for (const std::string& step : report->steps) std::printf("  %s\n", step.c_str());
    std::printf(report->steps.empty() ? "The %s is in sync with the schema already.\n"
                                      : "The %s is now in sync with the schema.\n",
                report->database.c_str());
    return 0;
}

}  // namespace

void add_db(CLI::App& app, int& exit_code) {
    CLI::App* group = app.add_subcommand("db", "Work on the database itself");
    group->require_subcommand(1);
    CLI::App* command =
        group->add_subcommand("push", "Make the tables of the schema in an empty database, or those that are missing");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("--schema", arguments->schema, "The schema: a .prisma file, or a folder of them")
        ->type_name("PATH");
    command->add_option("--url", arguments->url, "The database: postgresql://user@host/name or file:path.db")
        ->type_name("URL");
    command->add_flag("--force-reset", arguments->options.force_reset,
                      "First drop all that is in the database: its data is lost");
    command->add_flag("--accept-data-loss", arguments->options.accept_data_loss, "Allow changes that lose data");
    command->callback([arguments, &exit_code] { exit_code = push(*arguments); });
}

}  // namespace lamina::cli
