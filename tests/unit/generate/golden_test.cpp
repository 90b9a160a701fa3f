#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "generate/generate.hpp"
#include "providers/postgresql/rules.hpp"
#include "providers/sqlite/rules.hpp"
#include "schema/analyze/analyze.hpp"

// tests/generate/<case>: schema.prisma, and in generated/ what the generator makes of it. LAMINA_BLESS=1 writes it
// anew.

namespace {

namespace fs = std::filesystem;
using namespace lamina;

const fs::path kCases = fs::path(LAMINA_TEST_DIRECTORY) / "generate";

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

schema::Schema load(const std::string& text) {
    support::SourceMap sources;
    sources.add("schema.prisma", text);
    const std::array<const schema::Connector*, 2> connectors = {&providers::postgresql::connector(),
                                                                &providers::sqlite::connector()};
    schema::Analysis analysis = schema::analyze(sources, connectors);
    REQUIRE_MESSAGE(analysis.ok(), analysis.diagnostics.all().front().message);
    return std::move(analysis.schema);
}

std::map<std::string, std::string> render(const std::string& text) {
    const schema::Schema schema = load(text);
    auto files = generate::render(schema, {});
    REQUIRE_MESSAGE(files.has_value(), files.error().message);
    std::map<std::string, std::string> by_name;
    for (generate::File& file : *files) by_name[file.name] = std::move(file.text);
    return by_name;
}

std::string problem_of(const std::string& text) {
    const schema::Schema schema = load(text);
    auto files = generate::render(schema, {});
    return files ? std::string() : files.error().message;
}

constexpr const char* kHead = "datasource db {\n  provider = \"sqlite\"\n}\n";

TEST_CASE("generated clients are as expected") {
    const bool bless = std::getenv("LAMINA_BLESS") != nullptr;
    for (const fs::directory_entry& entry : fs::directory_iterator(kCases)) {
        if (!fs::exists(entry.path() / "schema.prisma")) continue;
        CAPTURE(entry.path().filename().string());
        const auto files = render(read(entry.path() / "schema.prisma"));
        const fs::path folder = entry.path() / "generated";
        if (bless) {
            fs::remove_all(folder);
            fs::create_directories(folder);
            for (const auto& [name, text] : files) std::ofstream(folder / name, std::ios::binary) << text;
        }
        std::size_t present = 0;
        for ([[maybe_unused]] const fs::directory_entry& file : fs::directory_iterator(folder)) ++present;
        CHECK(present == files.size());
        for (const auto& [name, text] : files) {
            CAPTURE(name);
            CHECK_MESSAGE(read(folder / name) == text, "differs from the expectation; LAMINA_BLESS=1 writes it anew");
        }
    }
}

TEST_CASE("generating twice gives the same texts") {
    const std::string text = read(kCases / "types" / "schema.prisma");
    CHECK(render(text) == render(text));
}

TEST_CASE("generated clients compile without warnings") {
    const std::string include = (fs::path(LAMINA_TEST_DIRECTORY).parent_path() / "runtime" / "include").string();
    for (const char* compiler : {"g++", "clang++"}) {
        if (std::system((std::string("command -v ") + compiler + " > /dev/null").c_str()) != 0) continue;
        for (const fs::directory_entry& entry : fs::directory_iterator(kCases)) {
            if (!fs::exists(entry.path() / "generated")) continue;
            const std::string source = (entry.path() / "generated" / "client.cpp").string();
            CAPTURE(compiler);
            CAPTURE(source);
            CHECK(std::system(
                      (std::string(compiler) +
                       " -std=c++20 -fsyntax-only -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion"
                       " -Wno-missing-field-initializers -Werror -I'" +
                       include + "' '" + source + "'")
                          .c_str()) == 0);
        }
    }
}

TEST_CASE("models that differ in the case of the first letter only are told apart") {
    const std::string text = std::string(kHead) + "model Order {\n  id Int @id\n}\nmodel order {\n  id Int @id\n}\n";
    CHECK(problem_of(text).find("`Order`") != std::string::npos);
}

TEST_CASE("a model that takes the name of another's input is named") {
    const std::string text =
        std::string(kHead) + "model Order {\n  id Int @id\n}\nmodel OrderCreate {\n  id Int @id\n}\n";
    CHECK(problem_of(text).find("`OrderCreate`") != std::string::npos);
}

TEST_CASE("fields whose escaped names meet are named") {
    const std::string text = std::string(kHead) + "model Order {\n  id Int @id\n  class Int\n  class_ Int\n}\n";
    CHECK(problem_of(text).find("class_") != std::string::npos);
}

TEST_CASE("only changed files are written, and stale ones of ours removed") {
    const fs::path folder = fs::temp_directory_path() / "lamina_generate_test";
    fs::remove_all(folder);
    const auto one = load(std::string(kHead) + "model One {\n  id Int @id\n}\nmodel Two {\n  id Int @id\n}\n");
    const auto other = load(std::string(kHead) + "model One {\n  id Int @id\n}\n");
    auto first = generate::write(one, {}, folder.string());
    REQUIRE_MESSAGE(first.has_value(), first.error().message);
    CHECK(first->written == first->files);
    CHECK(generate::write(one, {}, folder.string())->written == 0);
    std::ofstream(folder / "mine.hpp") << "// by hand\n";
    CHECK(generate::write(other, {}, folder.string())->removed == 1);
    CHECK(fs::exists(folder / "mine.hpp"));
    CHECK(fs::exists(folder / "one.hpp"));
    CHECK_FALSE(fs::exists(folder / "two.hpp"));
    fs::remove_all(folder);
}

}  // namespace
