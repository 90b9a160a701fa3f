#include "support.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "providers/postgresql/rules.hpp"
#include "schema/diagnostics/printer.hpp"

namespace lamina::generators::test {

namespace fs = std::filesystem;

Folder::Folder() {
    std::string pattern = (fs::temp_directory_path() / "lamina-generators-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = fs::canonical(pattern).string();
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void Folder::write(std::string_view name, std::string_view text) const {
    fs::create_directories(fs::path{path(name)}.parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
    fs::permissions(path(name), fs::perms::owner_all);
}

std::string Folder::read(std::string_view name) const {
    std::ifstream file{path(name), std::ios::binary};
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

World::World(std::string_view generator_blocks)
    : origin{analysis.schema, sources, project, folder.path("schema.prisma")} {
    static const std::array<const schema::Connector*, 1> connectors{&providers::postgresql::connector()};
    project.folder = folder.path();
    sources.add("schema.prisma",
                std::string{generator_blocks} +
                    "datasource db {\n  provider = \"postgres\"\n  url = env(\"DATABASE_URL\")\n  schemas = "
                    "[\"b\", \"a\"]\n}\nmodel A {\n  id Int @id\n  @@schema(\"a\")\n}\n");
    analysis = schema::analyze(sources, connectors);
    INFO(schema::print(analysis.diagnostics, sources));
    REQUIRE(analysis.ok());
}

std::string fake_generator(std::string_view manifest, std::string_view generating) {
    return "#!/bin/sh\n"
           "cd \"$(dirname \"$0\")\"\n"
           "while read -r line; do\n"
           "  id=$(printf '%s' \"$line\" | sed 's/.*\"id\":\\([0-9]*\\)}$/\\1/')\n"
           "  case $line in\n"
           "  *'\"method\":\"getManifest\"'*) printf '%s\\n' '{\"jsonrpc\":\"2.0\",\"result\":{\"manifest\":" +
           std::string{manifest} +
           "},\"id\":'$id'}' >&2 ;;\n"
           "  *) printf '%s\\n' \"$line\" >request.json\n" +
           std::string{generating} +
           "\n"
           "     printf '%s\\n' '{\"jsonrpc\":\"2.0\",\"result\":null,\"id\":'$id'}' >&2 ;;\n"
           "  esac\n"
           "done\n";
}

bool is_alive(int process) { return ::kill(process, 0) == 0; }

}  // namespace lamina::generators::test
