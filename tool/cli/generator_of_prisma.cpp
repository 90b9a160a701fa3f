#include "cli/generator_of_prisma.hpp"

#include <iostream>
#include <string>

#include "cli/schema_option.hpp"
#include "generate/generate.hpp"
#include "generators/serve.hpp"
#include "schema/diagnostics/printer.hpp"
#include "support/files.hpp"

namespace lamina::cli {

namespace {

using support::Outcome;
using support::Problem;

/// The text that Prisma hands over is that of all files; without it they are read.
Outcome<support::SourceMap> sources_of(const generators::Request& request) {
    support::SourceMap sources;
    if (!request.schema_text.empty()) {
        sources.add(request.schema_path.empty() ? "schema.prisma" : request.schema_path, request.schema_text);
        return sources;
    }
    std::vector<std::string> paths{request.schema_path};
    if (support::is_folder(request.schema_path)) {
        auto found = support::files_below(request.schema_path, ".prisma");
        if (!found) return found.error();
        paths = *found;
    }
    for (const std::string& path : paths) {
        auto text = support::read_file(path);
        if (!text) return text.error();
        sources.add(path, std::move(*text));
    }
    return sources;
}

Outcome<> generate_client(const generators::Request& request) {
    const auto sources = sources_of(request);
    if (!sources) return sources.error();
    const schema::Analysis analysis = schema::analyze(*sources, connectors());
    if (!analysis.ok()) return Problem{schema::print(analysis.diagnostics, *sources)};
    generate::Options options;
    if (!request.name_space.empty()) options.name_space = request.name_space;
    const auto report = generate::write(analysis.schema, options, request.output);
    if (!report) return report.error();
    return {};
}

}  // namespace

bool called_by_prisma() { return generators::called_by_prisma(); }

int serve_prisma() {
    const generators::Manifest manifest{
        .pretty_name = "Lamina (C++ client)", .version = LAMINA_VERSION, .default_output = "./generated"};
    generators::serve(std::cin, std::cerr, manifest, generate_client);
    return 0;
}

}  // namespace lamina::cli
