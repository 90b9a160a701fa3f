// tests/migrate/<database>/*.prisma with the SQL that creates it beside it, as Prisma 7.10 writes it.
// LAMINA_BLESS=1 rewrites the SQL files.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "migrate/push.hpp"
#include "migrate/support.hpp"

namespace {

namespace fs = std::filesystem;
using lamina::migrate_tests::read_file;

std::vector<fs::path> schemas_of(const std::string& database) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator{fs::path{LAMINA_TEST_DIRECTORY} / "migrate" / database}) {
        if (entry.path().extension() == ".prisma") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

void check(const std::string& database) {
    const lamina::migrate::Provider* provider = lamina::migrate_tests::find_provider(database);
    REQUIRE(provider != nullptr);
    const auto files = schemas_of(database);
    CHECK_FALSE(files.empty());
    for (const fs::path& file : files) {
        CAPTURE(file.string());
        const std::string script =
            create_script(lamina::migrate_tests::valid_schema(read_file(file.string())), *provider);
        const std::string expected = fs::path{file}.replace_extension(".sql").string();
        if (std::getenv("LAMINA_BLESS") != nullptr) std::ofstream{expected} << script;
        CHECK(script == read_file(expected));
    }
}

TEST_CASE("create_scripts_are_as_the_golden_files_say") {
    SUBCASE("postgresql") { check("postgresql"); }
    SUBCASE("sqlite") { check("sqlite"); }
}

}  // namespace
