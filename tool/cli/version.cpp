#include <CLI/CLI.hpp>
#include <cstdio>

#include "cli/commands.hpp"
#include "cli/schema_option.hpp"
#include "schema/analyze/connector.hpp"

namespace lamina::cli {

void add_version(CLI::App& app, int& exit_code) {
    app.add_subcommand("version", "Print the version of lamina and of what it works with")->callback([&exit_code] {
        std::printf("lamina     %s\n", LAMINA_VERSION);
        std::printf("compiler   %s\n", __VERSION__);
        std::printf("schemas   ");
        for (const schema::Connector* connector : connectors())
            if (connector->refusal.empty()) std::printf(" %s", std::string(connector->provider).c_str());
        std::printf("\n");
        exit_code = 0;
    });
}

}  // namespace lamina::cli
