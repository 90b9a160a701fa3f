#include "schema/format/format.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <lamina/base/utf8.hpp>

#include "cli/commands.hpp"
#include "cli/schema_option.hpp"
#include "support/files.hpp"

namespace lamina::cli {

namespace {

using support::FileId;
using support::Outcome;
using support::Problem;
using support::SourceMap;

struct Arguments {
    std::string schema;
    bool check = false;
    bool from_stdin = false;
};

// Only text is formatted: whatever is wrong with its bytes would be kept, but nobody means to format it.
Outcome<> check_text(const std::string& path, std::string_view text) {
    if (base::find_nul(text) != base::kNotFound) {
        return Problem{path + " is not text: it has a NUL byte at offset " + std::to_string(base::find_nul(text))};
    }
    return check_utf8(path, text);
}

// The formatted texts, one for each file of `loaded`.
Outcome<std::vector<std::string>> formatted(const SourceMap& sources) {
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const FileId file = SourceMap::at(i);
        if (auto text = check_text(std::string{sources.path(file)}, sources.text(file)); !text) return text.error();
    }
    return schema::format::format_files(sources, connectors());
}

// Says what is wrong with the schema as it is now written.
bool check_formatted(LoadedSchema& loaded, std::vector<std::string> texts) {
    SourceMap now;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        now.add(std::string{loaded.sources.path(SourceMap::at(i))}, std::move(texts[i]));
    }
    loaded.sources = std::move(now);
    return check_schema(loaded);
}

int format_stdin() {
    std::string text;
    char buffer[65536];
    while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, stdin)) text.append(buffer, size);
    if (std::ferror(stdin) != 0) return fail("cannot read standard input");
    LoadedSchema loaded;
    loaded.sources.add("<stdin>", std::move(text));
    auto texts = formatted(loaded.sources);
    if (!texts) return fail(texts.error().message);
    const std::string& out = texts->front();
    if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0)
        return fail("cannot write standard output");
    static_cast<void>(check_formatted(loaded, std::move(*texts)));
    return 0;
}

int report_differences(const SourceMap& sources, const std::vector<std::string>& texts) {
    bool any = false;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const FileId file = SourceMap::at(i);
        if (sources.text(file) == texts[i]) continue;
        any = true;
        std::printf("%s is not formatted.\n", std::string{sources.path(file)}.c_str());
    }
    return any ? 1 : 0;
}

Outcome<> write_differences(const SourceMap& sources, const std::vector<std::string>& texts) {
    bool any = false;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const FileId file = SourceMap::at(i);
        const std::string path{sources.path(file)};
        if (sources.text(file) == texts[i]) continue;
        any = true;
        if (auto written = support::replace_file(path, texts[i]); !written) return written.error();
        std::printf("Formatted %s.\n", path.c_str());
    }
    if (!any) std::printf("Everything is formatted.\n");
    return {};
}

int format_schema(const Arguments& arguments) {
    if (arguments.from_stdin) return format_stdin();
    auto loaded = read_schema(arguments.schema);
    if (!loaded) return 1;
    auto texts = formatted(loaded->sources);
    if (!texts) return fail(texts.error().message);
    if (arguments.check) return report_differences(loaded->sources, *texts);
    if (auto written = write_differences(loaded->sources, *texts); !written) return fail(written.error().message);
    return check_formatted(*loaded, std::move(*texts)) ? 0 : 1;
}

}  // namespace

void add_format(CLI::App& app, int& exit_code) {
    CLI::App* command = app.add_subcommand("format",
                                           "Lay the schema out as Prisma does, and add what its relations lack. A "
                                           "schema with mistakes is formatted as far "
                                           "as it is understood; the mistakes are printed, and the exit code is 1.");
    auto arguments = std::make_shared<Arguments>();
    CLI::Option* schema =
        command->add_option("--schema", arguments->schema, "The schema: a .prisma file, or a folder of them")
            ->type_name("PATH");
    CLI::Option* check = command->add_flag(
        "--check", arguments->check, "Change nothing: name the files that would change; exit code 1 if there are any");
    command
        ->add_flag(
            "--stdin", arguments->from_stdin,
            "Read one schema from standard input and write it to standard output, for editors: mistakes in it are "
            "printed, but the exit code is 0")
        ->excludes(schema)
        ->excludes(check);
    command->callback([arguments, &exit_code] { exit_code = format_schema(*arguments); });
}

}  // namespace lamina::cli
