#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

#include <doctest/doctest.h>

#include "support/config.hpp"
#include "support/files.hpp"

namespace {

namespace fs = std::filesystem;
using namespace lamina::support;

// A folder that is gone again at the end of the test.
class Folder {
public:
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "lamina-support-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    const std::string& path() const noexcept { return path_; }
    void write(const std::string& name, std::string_view text) const {
        fs::create_directories(fs::path(path_ + "/" + name).parent_path());
        std::ofstream(path_ + "/" + name, std::ios::binary) << text;
    }

private:
    std::string path_;
};

std::string message(const Outcome<ConfigFile>& outcome) { return outcome ? "" : outcome.error().message; }

}  // namespace

TEST_CASE("lamina.toml names the schema and the database") {
    const auto config = parse_config("schema = \"db/a.prisma\"\n[datasource]\nurl = \"file:a.db\"\n", "/x/lamina.toml");
    REQUIRE(config);
    CHECK(config->folder == "/x");
    CHECK(config->schema == "db/a.prisma");
    CHECK(config->url == "file:a.db");
    CHECK(parse_config("", "lamina.toml"));
}

TEST_CASE("a mistake in lamina.toml is told with its line") {
    CHECK(message(parse_config("a = \n", "lamina.toml")).starts_with("lamina.toml:1: "));
    CHECK(message(parse_config("\nschem = \"x\"\n", "lamina.toml")) ==
          "lamina.toml:2: unknown key `schem`; known are: schema, datasource.url");
    CHECK(message(parse_config("schema = 1\n", "lamina.toml")) == "lamina.toml:1: `schema` must be a string");
    CHECK(message(parse_config("datasource = 1\n", "lamina.toml")) ==
          "lamina.toml: `datasource` must be a table: [datasource]");
}

TEST_CASE("the environment comes before .env") {
    const Folder folder;
    folder.write(".env", "LAMINA_TEST_A=file\nLAMINA_TEST_B=file\n");
    ::setenv("LAMINA_TEST_A", "environment", 1);
    ::unsetenv("LAMINA_TEST_B");
    const auto project = open_project(folder.path());
    REQUIRE(project);
    CHECK(project->variable("LAMINA_TEST_A") == "environment");
    CHECK(project->variable("LAMINA_TEST_B") == "file");
    CHECK(!project->variable("LAMINA_TEST_C"));
    CHECK(*project->resolve("env(\"LAMINA_TEST_B\")") == "file");
    CHECK(*project->resolve("file:a.db") == "file:a.db");
    CHECK(!project->resolve("env('LAMINA_TEST_C')"));
}

TEST_CASE("the schema is looked for where people keep it") {
    const Folder folder;
    auto project = open_project(folder.path());
    REQUIRE(project);
    CHECK(find_schema(*project, "").error().message.starts_with("there is no schema: looked for"));
    folder.write("prisma/schema/a.prisma", "");
    CHECK(*find_schema(*project, "") == folder.path() + "/prisma/schema");
    folder.write("prisma/schema.prisma", "");
    CHECK(*find_schema(*project, "") == folder.path() + "/prisma/schema.prisma");
    folder.write("schema.prisma", "");
    CHECK(*find_schema(*project, "") == folder.path() + "/schema.prisma");
    folder.write("other.prisma", "");
    folder.write("lamina.toml", "schema = \"other.prisma\"\n");
    project = open_project(folder.path());
    CHECK(*find_schema(*project, "") == folder.path() + "/other.prisma");
    CHECK(*find_schema(*project, "prisma") == folder.path() + "/prisma");
    CHECK(!find_schema(*project, "missing.prisma"));
}

TEST_CASE("files are written only when they change") {
    const Folder folder;
    const std::string path = folder.path() + "/a/b.txt";
    CHECK(*write_if_changed(path, "one"));
    CHECK(!*write_if_changed(path, "one"));
    CHECK(*write_if_changed(path, "two"));
    CHECK(*read_file(path) == "two");
    CHECK(!write_if_changed(folder.path() + "/a/b.txt/c", "x"));
    CHECK(!read_file(folder.path()));
    CHECK(read_file(folder.path() + "/none").error().message.find("No such file") != std::string::npos);
}

TEST_CASE("schema files are found below a folder, in order, broken links left out") {
    const Folder folder;
    folder.write("b.prisma", "");
    folder.write("a/z.prisma", "");
    folder.write("a/x.txt", "");
    fs::create_symlink("loop.prisma", folder.path() + "/loop.prisma");
    fs::create_symlink("..", folder.path() + "/a/up");
    const auto files = files_below(folder.path(), ".prisma");
    REQUIRE(files);
    CHECK(*files == std::vector<std::string>{folder.path() + "/a/z.prisma", folder.path() + "/b.prisma"});
    CHECK(!files_below(folder.path() + "/none", ".prisma"));
}
