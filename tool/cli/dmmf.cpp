#include "schema/dmmf/dmmf.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "cli/commands.hpp"
#include "cli/schema_option.hpp"

namespace lamina::cli {

namespace {

struct Arguments {
    std::string schema;
    bool pretty = false;
};

int print_dmmf(const Arguments& arguments) {
    const auto loaded = load_schema(arguments.schema);
    if (!loaded) return 1;
    const std::string text = schema::dmmf_text(loaded->analysis.schema, arguments.pretty) + '\n';
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    return written ? 0 : fail("the DMMF cannot be written to standard output");
}

}  // namespace

void add_dmmf(CLI::App& app, int& exit_code) {
    CLI::App* command =
        app.add_subcommand("dmmf", "Print the schema's data model as JSON (Prisma's DMMF), for tools that read it");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("--schema", arguments->schema, "The schema: a .prisma file, or a folder of them")
        ->type_name("PATH");
    command->add_flag("--pretty", arguments->pretty, "Indent it; else it is one line");
    command->callback([arguments, &exit_code] { exit_code = print_dmmf(*arguments); });
}

}  // namespace lamina::cli
