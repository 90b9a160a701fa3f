#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "folder.hpp"

namespace {

using namespace lamina::cli::test;
namespace fs = std::filesystem;

constexpr std::string_view kValid =
    "generator client {\n  provider = \"lamina\"\n  output = \"generated\"\n}\n"
    "datasource db {\n  provider = \"sqlite\"\n  url = \"file:app.db\"\n}\n"
    "model User {\n  id Int @id @default(autoincrement())\n  email String @unique\n}\n";

}  // namespace

TEST_CASE("validate says that a schema is valid") {
    const Folder folder;
    folder.write("schema.prisma", kValid);
    const Ended ended = folder.run({"validate"});
    CHECK(ended.code == 0);
    CHECK(contains(ended.out, "is valid"));
    CHECK(ended.err.empty());
}

TEST_CASE("validate prints every mistake with file, line, column and caret, and ends with 1") {
    const Folder folder;
    folder.write("prisma/schema.prisma", "model User {\n  id Int @idd\n  name Strng\n}\n");
    const Ended ended = folder.run({"validate"});
    CHECK(ended.code == 1);
    CHECK(ended.out.empty());
    CHECK(contains(ended.err, "error: Type \"Strng\" is neither a built-in type"));
    CHECK(contains(ended.err, " --> prisma/schema.prisma:3:8\n"));
    CHECK(contains(ended.err, "3 |   name Strng\n  |        ^^^^^\n  = help: did you mean `String`?\n"));
    CHECK(!contains(ended.err, "\x1b["));
}

TEST_CASE("a schema may be a folder of files") {
    const Folder folder;
    folder.write("db/a.prisma", kValid);
    folder.write("db/deep/b.prisma", "model Post {\n  id Int @id\n  userId Int\n}\n");
    CHECK(folder.run({"validate", "--schema", "db"}).code == 0);
    folder.write("db/deep/b.prisma", "model Post {\n  id Int\n}\n");
    const Ended ended = folder.run({"validate", "--schema=db"});
    CHECK(ended.code == 1);
    CHECK(contains(ended.err, "db/deep/b.prisma:1:1"));
}

TEST_CASE("what cannot be read is said, never a crash") {
    const Folder folder;
    const Ended nothing = folder.run({"validate"});
    CHECK(nothing.code == 1);
    CHECK(contains(nothing.err, "there is no schema"));
    const Ended missing = folder.run({"validate", "--schema", "nowhere.prisma"});
    CHECK(missing.code == 1);
    CHECK(contains(missing.err, "nowhere.prisma"));
    fs::create_directory(folder.path("empty"));
    CHECK(contains(folder.run({"validate", "--schema", "empty"}).err, "no .prisma file"));
    folder.write("binary.prisma", std::string("\x7F"
                                              "ELF\0\0\xFF\xFE",
                                              8));
    CHECK(folder.run({"validate", "--schema", "binary.prisma"}).code == 1);
    folder.write("empty.prisma", "");
    const Ended empty = folder.run({"validate", "--schema", "empty.prisma"});
    CHECK(empty.code == 1);
    CHECK(contains(empty.err, "the schema is empty"));
    folder.write("deep.prisma", "model A {\n  id Int @default(" + std::string(100'000, '[') + "\n}\n");
    CHECK(folder.run({"validate", "--schema", "deep.prisma"}).code == 1);
    folder.write("lamina.toml", "schema = \n");
    CHECK(contains(folder.run({"validate"}).err, "lamina.toml:1"));
}

TEST_CASE("generate refuses an invalid schema with what validate says") {
    const Folder folder;
    folder.write("schema.prisma", std::string(kValid) + "model Post {\n  id Int\n}\n");
    const Ended ended = folder.run({"generate"});
    CHECK(ended.code == 1);
    CHECK(ended.err == folder.run({"validate"}).err);
    CHECK(!fs::exists(folder.path("generated")));
}

TEST_CASE("generate writes the client, and nothing when nothing changed") {
    const Folder folder;
    folder.write("schema.prisma", kValid);
    const Ended first = folder.run({"generate"});
    CHECK(first.code == 0);
    CHECK(fs::exists(folder.path("generated/client.hpp")));
    const auto written = fs::last_write_time(folder.path("generated/client.hpp"));
    CHECK(folder.run({"generate"}).code == 0);
    CHECK(fs::last_write_time(folder.path("generated/client.hpp")) == written);
}

TEST_CASE("db push makes the database that the schema, an option or .env names") {
    const Folder folder;
    folder.write("schema.prisma", kValid);
    CHECK(folder.run({"db", "push"}).code == 0);
    CHECK(fs::exists(folder.path("app.db")));
    CHECK(contains(folder.run({"db", "push"}).out, "in sync"));
    CHECK(folder.run({"db", "push", "--url", "file:other.db"}).code == 0);
    CHECK(fs::exists(folder.path("other.db")));

    folder.write("env.prisma",
                 "datasource db {\n  provider = \"sqlite\"\n  url = env(\"LAMINA_TEST_DB\")\n}\n"
                 "model User {\n  id Int @id\n}\n");
    const Ended unset = folder.run({"db", "push", "--schema", "env.prisma"});
    CHECK(unset.code == 1);
    CHECK(contains(unset.err, "Environment variable not found: LAMINA_TEST_DB"));
    folder.write(".env", "LAMINA_TEST_DB=file:from-env.db\n");
    CHECK(folder.run({"db", "push", "--schema", "env.prisma"}).code == 0);
    CHECK(fs::exists(folder.path("from-env.db")));
}

TEST_CASE("a database that is not supported yet is called that") {
    const Folder folder;
    folder.write("schema.prisma",
                 "datasource db {\n  provider = \"mysql\"\n  url = \"mysql://x\"\n}\nmodel A {\n  id Int @id\n}\n");
    const Ended ended = folder.run({"db", "push"});
    CHECK(ended.code == 1);
    CHECK(contains(ended.err, "not supported yet"));
}

TEST_CASE("init makes a first schema and .env, and overwrites nothing") {
    const Folder folder;
    CHECK(folder.run({"init", "--datasource-provider", "sqlite"}).code == 0);
    CHECK(contains(read(folder.path("prisma/schema.prisma")), "provider = \"sqlite\""));
    CHECK(contains(read(folder.path(".env")), "DATABASE_URL=\"file:./dev.db\""));
    CHECK(folder.run({"validate"}).code == 0);
    const Ended again = folder.run({"init"});
    CHECK(again.code == 1);
    CHECK(contains(again.err, "there is a schema already"));
    CHECK(folder.run({"init", "--datasource-provider", "oracle"}).code == 2);
}

TEST_CASE("a word that is not understood is answered with the nearest one, and ends with 2") {
    const Folder folder;
    const Ended command = folder.run({"valdate"});
    CHECK(command.code == 2);
    CHECK(contains(command.err, "unknown command `valdate`. Did you mean `validate`?"));
    const Ended option = folder.run({"validate", "--schem", "x"});
    CHECK(option.code == 2);
    CHECK(contains(option.err, "Did you mean `--schema`?"));
    CHECK(folder.run({"db", "psh"}).code == 2);
    CHECK(folder.run({"validate", "--schema"}).code == 2);
    CHECK(folder.run({}).code == 2);
}

TEST_CASE("help and version") {
    const Folder folder;
    for (const auto& arguments : {std::initializer_list<const char*>{"--help"},
                                  {"help"},
                                  {"validate", "--help"},
                                  {"db", "push", "-h"},
                                  {"version"},
                                  {"--version"}}) {
        const Ended ended = folder.run(arguments);
        CHECK(ended.code == 0);
        CHECK(!ended.out.empty());
    }
    CHECK(contains(folder.run({"--help"}).out, "generate"));
    CHECK(contains(folder.run({"validate", "--help"}).out, "--schema"));
}
