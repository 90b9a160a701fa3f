#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "cli/commands.hpp"
#include "cli/schema_option.hpp"
#include "support/files.hpp"

namespace lamina::cli {

namespace {

struct Arguments {
    std::string provider = "postgresql";
    std::string url;
};

std::string schema_text(const std::string& provider) {
    return "// The data of this project. See https://www.prisma.io/docs/orm/reference/prisma-schema-reference for the "
           "language.\n"
           "\n"
           "generator client {\n"
           "  provider = \"lamina\"\n"
           "  output   = \"generated\"\n"
           "}\n"
           "\n"
           "datasource db {\n"
           "  provider = \"" +
           provider +
           "\"\n"
           "  url      = env(\"DATABASE_URL\")\n"
           "}\n";
}

std::string usual_url(const std::string& provider) {
    if (provider == "sqlite") return "file:./dev.db";
    if (provider == "mysql") return "mysql://user:password@localhost:3306/mydb";
    return "postgresql://user:password@localhost:5432/mydb";
}

int init(const Arguments& arguments) {
    const std::string folder = std::filesystem::current_path().string();
    const std::string schema = support::absolute_from(folder, "prisma/schema.prisma");
    const std::string dotenv = support::absolute_from(folder, ".env");
    for (const std::string& present : {schema, support::absolute_from(folder, "schema.prisma")}) {
        if (support::is_file(present)) return fail("there is a schema already: " + present);
    }
    const auto written = support::write_if_changed(schema, schema_text(arguments.provider));
    if (!written) return fail(written.error().message);
    std::printf("Made prisma/schema.prisma.\n");

    const std::string url = arguments.url.empty() ? usual_url(arguments.provider) : arguments.url;
    if (support::is_file(dotenv)) {
        std::printf(".env is there already; make sure that it sets DATABASE_URL.\n");
    } else {
        const auto set = support::write_if_changed(
            dotenv, "# Keep this file out of version control.\nDATABASE_URL=\"" + url + "\"\n");
        if (!set) return fail(set.error().message);
        std::printf("Made .env with DATABASE_URL.\n");
    }
    std::printf(
        "\nNext: set DATABASE_URL in .env, add models to the schema, then run `lamina db push` and `lamina "
        "generate`.\n");
    return 0;
}

}  // namespace

void add_init(CLI::App& app, int& exit_code) {
    CLI::App* command = app.add_subcommand("init", "Make a first schema and .env in the current directory");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("--datasource-provider", arguments->provider, "The kind of database")
        ->check(CLI::IsMember({"postgresql", "sqlite", "mysql"}))
        ->type_name("NAME")
        ->capture_default_str();
    command->add_option("--url", arguments->url, "The database's URL, for .env")->type_name("URL");
    command->callback([arguments, &exit_code] { exit_code = init(*arguments); });
}

}  // namespace lamina::cli
