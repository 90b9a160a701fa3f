#include "generate/generate.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/schema_option.hpp"
#include "generators/interrupts.hpp"
#include "generators/run.hpp"
#include "support/files.hpp"

namespace lamina::cli {

namespace {

using generators::Maker;

struct Arguments {
    std::string schema;
    std::string output;
    std::string name_space;
    std::vector<std::string> names;
    unsigned timeout = 600;
};

/// The schema's generators that this run is about, and who makes what they ask for.
struct Job {
    const schema::Generator* generator = nullptr;
    Maker maker = Maker::Lamina;
};

Maker maker_of(const LoadedSchema& loaded, const schema::Generator& generator) {
    const auto provider = generators::text_of(loaded.project, generator.provider);
    return provider ? generators::maker_of(*provider) : Maker::Program;  // which then says what is missing
}

generators::Origin origin_of(const LoadedSchema& loaded) {
    return {loaded.analysis.schema, loaded.sources, loaded.project, loaded.path};
}

support::Outcome<std::vector<Job>> jobs(const LoadedSchema& loaded, const Arguments& arguments) {
    const auto& all = loaded.analysis.schema.generators();
    for (const std::string& name : arguments.names) {
        const bool known = std::any_of(all.begin(), all.end(), [&name](const auto& one) { return one.name == name; });
        if (!known) return support::Problem{"there is no generator `" + name + "` in the schema"};
    }
    std::vector<Job> out;
    for (const schema::Generator& generator : all) {
        const bool named = std::count(arguments.names.begin(), arguments.names.end(), generator.name) != 0;
        if (named || arguments.names.empty()) out.push_back({&generator, maker_of(loaded, generator)});
    }
    return out;
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

int generate_client(const LoadedSchema& loaded, const schema::Generator* generator, const std::string& folder,
                    const Arguments& arguments) {
    if (const auto supported = has_run_time(loaded); !supported) return fail(supported.error().message);
    const auto report =
        generate::write(loaded.analysis.schema, {.name_space = namespace_of(generator, arguments)}, folder);
    if (!report) return fail(report.error().message);
    std::printf("Generated the client of %zu models into %s (%zu of %zu files changed).\n", report->models,
                folder.c_str(), report->written, report->files);
    return 0;
}

/// Our client, where the generator block says.
int generate_client(const LoadedSchema& loaded, const schema::Generator* generator, const Arguments& arguments) {
    if (generator == nullptr || !generator->output) {
        return fail(
            "where should the client go? Give --output, or a generator with provider = \"lamina\" and output = "
            "\"generated\" in the schema.");
    }
    const auto folder = generators::text_of(loaded.project, *generator->output);
    if (!folder) return fail(folder.error().message);
    const std::string base = support::folder_of(generators::file_of(origin_of(loaded), generator->span));
    return generate_client(loaded, generator, support::absolute_from(base, *folder), arguments);
}

int run_program(const LoadedSchema& loaded, const schema::Generator& generator, const Arguments& arguments) {
    const generators::RunOptions options{.limit = std::chrono::seconds{arguments.timeout},
                                         .log = [](std::string_view line) {
                                             std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
                                         }};
    std::fflush(stdout);  // the program writes to it as well
    const auto ran = generators::run(origin_of(loaded), generator, options);
    if (!ran) return fail("generator `" + generator.name + "`: " + ran.error().message);
    const std::string version = ran->version.empty() ? "" : " (" + ran->version + ")";
    std::printf("Generated %s%s into %s.\n", ran->pretty_name.c_str(), version.c_str(), ran->output.c_str());
    return 0;
}

int generate_all(const LoadedSchema& loaded, const std::vector<Job>& all, const Arguments& arguments) {
    const generators::Interrupts interrupts;
    int exit_code = 0;
    bool said = false, made = false;
    for (const Job& job : all) {
        if (generators::Interrupts::wanted()) return 1;
        switch (job.maker) {
            case Maker::Prisma:
                if (!said)
                    std::printf("Skipped `%s`: the JavaScript client is generated by prisma.\n",
                                job.generator->name.c_str());
                said = true;
                continue;
            case Maker::Lamina: exit_code |= generate_client(loaded, job.generator, arguments); break;
            case Maker::Program: exit_code |= run_program(loaded, *job.generator, arguments); break;
        }
        made = true;
    }
    if (made) return exit_code;
    if (!arguments.names.empty()) return fail("only `prisma generate` makes what is asked for");
    return generate_client(loaded, nullptr, arguments);
}

int generate(const Arguments& arguments) {
    const auto loaded = load_schema(arguments.schema);
    if (!loaded) return 1;
    const auto all = jobs(*loaded, arguments);
    if (!all) return fail(all.error().message);
    if (arguments.output.empty()) return generate_all(*loaded, *all, arguments);
    const auto ours = std::find_if(all->begin(), all->end(), [](const Job& job) { return job.maker == Maker::Lamina; });
    return generate_client(*loaded, ours == all->end() ? nullptr : ours->generator,
                           support::absolute_from(loaded->project.folder, arguments.output), arguments);
}

}  // namespace

void add_generate(CLI::App& app, int& exit_code) {
    CLI::App* command = app.add_subcommand(
        "generate", "Generate the typed C++ client of the schema, and what its other generators make");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("--schema", arguments->schema, "The schema: a .prisma file, or a folder of them")
        ->type_name("PATH");
    command
        ->add_option("--output", arguments->output,
                     "Generate the C++ client alone, into this folder; else the generator's `output` in the schema")
        ->type_name("FOLDER");
    command
        ->add_option("--namespace", arguments->name_space,
                     "The C++ namespace; else the generator's `namespace`, else db")
        ->type_name("NAME");
    command->add_option("--generator", arguments->names, "Run this generator of the schema only; may be repeated")
        ->type_name("NAME")
        ->excludes("--output");
    command
        ->add_option("--generator-timeout", arguments->timeout,
                     "How long a generator's program may take for an answer, in seconds")
        ->type_name("SECONDS")
        ->check(CLI::Range(1U, 86400U))
        ->capture_default_str();
    command->callback([arguments, &exit_code] { exit_code = generate(*arguments); });
}

}  // namespace lamina::cli
