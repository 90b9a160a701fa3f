#include "generate/generate.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "cli/commands.hpp"
#include "cli/schema_option.hpp"
#include "support/files.hpp"

namespace lamina::cli {

namespace {

struct Arguments {
    std::string schema;
    std::string output;
    std::string name_space;
};

/// The generator block whose provider is lamina, or null.
const schema::Generator* our_generator(const schema::Schema& schema) {
    for (const schema::Generator& generator : schema.generators()) {
        if (generator.provider.value == "lamina") return &generator;
    }
    return nullptr;
}

support::Outcome<std::string> output_folder(const LoadedSchema& loaded, const schema::Generator* generator,
                                            const Arguments& arguments) {
    const support::Project& project = loaded.project;
    if (!arguments.output.empty()) return support::absolute_from(project.folder, arguments.output);
    if (generator == nullptr || !generator->output) {
        return support::Problem{
            "where should the client go? Give --output, or a generator with provider = \"lamina\" and output = "
            "\"generated\" in the schema."};
    }
    std::string folder = generator->output->value;
    if (generator->output->env) {
        auto value = project.variable(*generator->output->env);
        if (!value) return support::Problem{"Environment variable not found: " + *generator->output->env};
        folder = *value;
    }
    return support::absolute_from(support::is_folder(loaded.path) ? loaded.path : support::folder_of(loaded.path),
                                  folder);
}

std::string namespace_of(const schema::Generator* generator, const Arguments& arguments) {
    if (!arguments.name_space.empty()) return arguments.name_space;
    if (generator != nullptr) {
        for (const auto& [key, value] : generator->config) {
            if (key == "namespace" && !value.values.empty()) return value.values.front();
        }
    }
    return generate::Options{}.name_space;
}

int generate_client(const Arguments& arguments) {
    const auto loaded = load_schema(arguments.schema);
    if (!loaded) return 1;
    const schema::Schema& schema = loaded->analysis.schema;
    const schema::Generator* generator = our_generator(schema);
    const auto folder = output_folder(*loaded, generator, arguments);
    if (!folder) return fail(folder.error().message);
    const auto report = generate::write(schema, {.name_space = namespace_of(generator, arguments)}, *folder);
    if (!report) return fail(report.error().message);
    std::printf("Generated the client of %zu models into %s (%zu of %zu files changed).\n", report->models,
                folder->c_str(), report->written, report->files);
    return 0;
}

}  // namespace

void add_generate(CLI::App& app, int& exit_code) {
    CLI::App* command = app.add_subcommand("generate", "Generate the typed C++ client of the schema");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("--schema", arguments->schema, "The schema: a .prisma file, or a folder of them")
        ->type_name("PATH");
    command
        ->add_option("--output", arguments->output,
                     "The folder to generate into; else the generator's `output` in the schema")
        ->type_name("FOLDER");
    command
        ->add_option("--namespace", arguments->name_space,
                     "The C++ namespace; else the generator's `namespace`, else db")
        ->type_name("NAME");
    command->callback([arguments, &exit_code] { exit_code = generate_client(*arguments); });
}

}  // namespace lamina::cli
