#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/commands.hpp"
#include "cli/schema_option.hpp"
#include "schema/diagnostics/printer.hpp"
#include "support/terminal.hpp"

namespace lamina::cli {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostInJson = 1000;  // no editor shows more; the counts count all

struct Arguments {
    std::string schema;
    bool json = false;
    bool from_stdin = false;
    bool no_color = false;
};

Json one(const schema::Diagnostic& diagnostic, const support::SourceMap& sources) {
    const support::Span span = diagnostic.span;
    const support::Position begin = sources.position(span.file, span.begin);
    const support::Position end = sources.position(span.file, span.end);
    const bool is_error = diagnostic.severity == schema::Severity::Error;
    return {{"severity", is_error ? "error" : "warning"},
            {"code", is_error ? Json("P1012") : Json(nullptr)},
            {"message", diagnostic.message},
            {"hint", diagnostic.hint.empty() ? Json(nullptr) : Json(diagnostic.hint)},
            {"file", sources.path(span.file)},
            {"line", begin.line},
            {"column", begin.column},
            {"endLine", end.line},
            {"endColumn", end.column},
            {"start", span.begin},
            {"end", span.end}};
}

/// One line on standard output, for editors.
void print_json(bool ok, std::size_t errors, std::size_t warnings, Json diagnostics) {
    const Json answer{{"ok", ok}, {"errors", errors}, {"warnings", warnings}, {"diagnostics", std::move(diagnostics)}};
    std::printf("%s\n", answer.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
}

int report_json(const LoadedSchema& loaded) {
    const schema::Diagnostics& found = loaded.analysis.diagnostics;
    Json list = Json::array();
    for (const schema::Diagnostic& diagnostic : found.all()) {
        if (list.size() == kMostInJson) break;
        list.push_back(one(diagnostic, loaded.sources));
    }
    print_json(loaded.analysis.ok(), found.error_count(), found.warning_count(), std::move(list));
    return loaded.analysis.ok() ? 0 : 1;
}

int cannot_read(const std::string& message, bool json) {
    if (!json) return fail(message);
    print_json(false, 1, 0,
               Json::array({{{"severity", "error"}, {"code", nullptr}, {"message", message}, {"hint", nullptr}}}));
    return 1;
}

bool is_blank(const support::SourceMap& sources) {
    for (std::size_t i = 0; i < sources.size(); ++i) {
        if (sources.text(support::SourceMap::at(i)).find_first_not_of(" \t\r\n") != std::string_view::npos)
            return false;
    }
    return true;
}

int validate(const Arguments& arguments) {
    LoadedSchema loaded;
    if (arguments.from_stdin) {
        loaded.path = "schema.prisma";
        std::string text{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
        if (auto checked = check_utf8(loaded.path, text); !checked)
            return cannot_read(checked.error().message, arguments.json);
        loaded.sources.add(loaded.path, std::move(text));
    } else if (const auto opened = open_schema(loaded, arguments.schema); !opened) {
        return cannot_read(opened.error().message, arguments.json);
    }
    if (is_blank(loaded.sources)) return cannot_read(loaded.path + ": the schema is empty", arguments.json);
    loaded.analysis = schema::analyze(loaded.sources, connectors());
    if (arguments.json) return report_json(loaded);
    const schema::PrintOptions options{.colours = !arguments.no_color && support::wants_colours(stderr)};
    std::fputs(schema::print(loaded.analysis.diagnostics, loaded.sources, options).c_str(), stderr);
    if (loaded.analysis.ok()) std::printf("The schema at %s is valid.\n", loaded.path.c_str());
    return loaded.analysis.ok() ? 0 : 1;
}

}  // namespace

void add_validate(CLI::App& app, int& exit_code) {
    CLI::App* command = app.add_subcommand("validate", "Check the schema and print all that is wrong with it");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("--schema", arguments->schema, "The schema: a .prisma file, or a folder of them")
        ->type_name("PATH");
    command->add_flag("--stdin", arguments->from_stdin, "Read the schema from standard input");
    command->add_flag("--json", arguments->json, "Print one JSON object to standard output, for editors");
    command->add_flag("--no-color", arguments->no_color, "No colours, even on a terminal (NO_COLOR does the same)");
    command->callback([arguments, &exit_code] { exit_code = validate(*arguments); });
}

}  // namespace lamina::cli
