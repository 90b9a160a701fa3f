#include "cli/cli.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.hpp"
#include "cli/generator_of_prisma.hpp"
#include "support/similar.hpp"

namespace lamina::cli {

namespace {

/// The command that is being typed: the deepest one that was recognised.
const CLI::App& deepest(const CLI::App& app) {
    const CLI::App* current = &app;
    while (true) {
        const auto chosen = current->get_subcommands();
        if (chosen.empty()) return *current;
        current = chosen.front();
    }
}

/// What the first word that was not understood may have meant: a command or an option of `app`.
std::string guess(const CLI::App& app, const std::string& word) {
    std::vector<std::string> names;
    if (word.starts_with("-")) {
        for (const CLI::Option* option : app.get_options()) names.push_back(option->get_name(false, true));
        for (std::string& name : names) name = name.substr(name.rfind(',') + 1);
    } else {
        for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
            names.push_back(command->get_name());
    }
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    const auto similar = support::most_similar(word, candidates);
    return similar ? " Did you mean `" + std::string(*similar) + "`?" : "";
}

/// Explains why the command line was not understood. Gives the exit code.
int refuse(const CLI::App& app, const std::string& reason) {
    const CLI::App& command = deepest(app);
    const std::vector<std::string> extras = command.remaining();
    std::string message = reason;
    if (!extras.empty()) {
        const std::string kind = extras.front().starts_with("-")       ? "option"
                                 : command.get_subcommands({}).empty() ? "argument"
                                                                       : "command";
        message = "unknown " + kind + " `" + extras.front() + "`." + guess(command, extras.front());
    }
    std::string name = command.get_name();
    for (const CLI::App* parent = command.get_parent(); parent != nullptr; parent = parent->get_parent()) {
        name = parent->get_name() + " " + name;
    }
    std::fprintf(stderr, "error: %s\nRun `%s --help` for what there is.\n", message.c_str(), name.c_str());
    return 2;
}

}  // namespace

int run(int count, const char* const* arguments) {
    int exit_code = 0;
    CLI::App app(
        "Lamina, the database toolkit for C++: works on Prisma schemas. For development; programs do not need it.",
        "lamina");
    app.set_help_flag("-h,--help", "Explain a command and its options");
    add_init(app, exit_code);
    add_validate(app, exit_code);
    add_format(app, exit_code);
    add_generate(app, exit_code);
    add_dmmf(app, exit_code);
    add_db(app, exit_code);
    add_query(app, exit_code);
    add_lsp(app, exit_code);
    add_version(app, exit_code);
    app.add_subcommand("help", "Print this help")->callback([&app] { std::fputs(app.help().c_str(), stdout); });
    app.set_version_flag("-v,--version", LAMINA_VERSION, "Print the version");
    try {
        app.parse(count, arguments);
    } catch (const CLI::Success& wanted) {
        return app.exit(wanted);
    } catch (const CLI::ParseError& error) {
        return refuse(app, error.what());
    }
    if (app.get_subcommands().empty()) {
        if (count == 1 && called_by_prisma()) return serve_prisma();
        std::fputs(app.help().c_str(), stdout);
        return 2;
    }
    return exit_code;
}

}  // namespace lamina::cli
