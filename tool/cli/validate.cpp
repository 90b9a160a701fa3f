#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "cli/commands.hpp"
#include "cli/schema_option.hpp"

namespace lamina::cli {

void add_validate(CLI::App& app, int& exit_code) {
    CLI::App* command = app.add_subcommand("validate", "Check the schema and print all that is wrong with it");
    auto path = std::make_shared<std::string>();
    command->add_option("--schema", *path, "The schema: a .prisma file, or a folder of them")->type_name("PATH");
    command->callback([path, &exit_code] {
        const auto loaded = load_schema(*path);
        if (loaded) std::printf("The schema at %s is valid.\n", loaded->path.c_str());
        exit_code = loaded ? 0 : 1;
    });
}

}  // namespace lamina::cli
