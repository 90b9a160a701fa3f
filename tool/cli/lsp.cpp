#include <CLI/CLI.hpp>
#include <array>
#include <string_view>
#include <unistd.h>

#include "cli/commands.hpp"
#include "cli/schema_option.hpp"
#include "lsp/serve.hpp"

namespace lamina::cli {

void add_lsp(CLI::App& app, int& exit_code) {
    CLI::App* command = app.add_subcommand("lsp", "Run the language server for editors, on standard input and output");
    // Editors' plugins often add it; there is no other way to talk to the server.
    command->add_flag("--stdio")->description("Talk over standard input and output, as always");
    command->callback([&exit_code] {
        static constexpr std::array<std::string_view, 3> recommended{"postgresql", "mysql", "sqlite"};
        exit_code = lsp::serve({connectors(), recommended, LAMINA_VERSION}, STDIN_FILENO, STDOUT_FILENO);
    });
}

}  // namespace lamina::cli
