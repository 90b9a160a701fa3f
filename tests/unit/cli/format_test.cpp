#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "folder.hpp"

namespace {

using namespace lamina::cli::test;
namespace fs = std::filesystem;

constexpr std::string_view kLoose =
    "datasource db {\n provider = \"sqlite\"\n url = \"file:a.db\"\n}\nmodel User {\n  id   Int @id\n}\n";
constexpr std::string_view kTidy =
    "datasource db {\n  provider = \"sqlite\"\n  url      = \"file:a.db\"\n}\n\nmodel User {\n  id Int @id\n}\n";

}  // namespace

TEST_CASE("format rewrites the file, once, and keeps its mode") {
    const Folder folder;
    folder.write("schema.prisma", kLoose);
    fs::permissions(folder.path("schema.prisma"), fs::perms{0640});
    const Ended first = folder.run({"format"});
    CHECK(first.code == 0);
    CHECK(first.out == "Formatted schema.prisma.\n");
    CHECK(first.err.empty());
    CHECK(folder.read("schema.prisma") == kTidy);
    CHECK(fs::status(folder.path("schema.prisma")).permissions() == fs::perms{0640});
    const auto written = fs::last_write_time(folder.path("schema.prisma"));
    const Ended second = folder.run({"format"});
    CHECK(second.code == 0);
    CHECK(second.out == "Everything is formatted.\n");
    CHECK(fs::last_write_time(folder.path("schema.prisma")) == written);
}

TEST_CASE("format --check changes nothing and names what would change") {
    const Folder folder;
    folder.write("db/a.prisma", kLoose);
    folder.write("db/b.prisma", "enum Role {\n  ADMIN\n}\n");
    const Ended loose = folder.run({"format", "--check", "--schema", "db"});
    CHECK(loose.code == 1);
    CHECK(loose.out == "db/a.prisma is not formatted.\n");
    CHECK(folder.read("db/a.prisma") == kLoose);
    CHECK(folder.run({"format", "--schema", "db"}).code == 0);
    const Ended tidy = folder.run({"format", "--check", "--schema", "db"});
    CHECK(tidy.code == 0);
    CHECK(tidy.out.empty());
}

TEST_CASE("format completes relations across the files of a folder") {
    const Folder folder;
    folder.write("db/a.prisma", kTidy);
    folder.write("db/b.prisma", "model Post {\n  id Int @id\n  user User\n}\n");
    const Ended ended = folder.run({"format", "--schema", "db"});
    CHECK(ended.code == 0);
    CHECK(ended.out == "Formatted db/a.prisma.\nFormatted db/b.prisma.\n");
    CHECK(contains(folder.read("db/a.prisma"), "  id    Int    @id\n  posts Post[]\n"));
    CHECK(contains(folder.read("db/b.prisma"), "@relation(fields: [userId], references: [id])\n  userId Int\n"));
}

TEST_CASE("a schema with mistakes is formatted as far as it is understood, and the mistakes are printed") {
    const Folder folder;
    folder.write("schema.prisma", "model User {\n  id   Int @id\n  name Strng\n}\n");
    const Ended check = folder.run({"format", "--check"});
    CHECK(check.code == 1);
    CHECK(check.err.empty());
    const Ended ended = folder.run({"format"});
    CHECK(ended.code == 1);
    CHECK(folder.read("schema.prisma") == "model User {\n  id   Int   @id\n  name Strng\n}\n");
    CHECK(contains(ended.err, "schema.prisma:3:8"));
    CHECK(folder.run({"format", "--check"}).code == 0);
}

TEST_CASE("format --stdin writes the schema and nothing else") {
    const Folder folder;
    const Ended tidy = folder.run({"format", "--stdin"}, kLoose);
    CHECK(tidy.code == 0);
    CHECK(tidy.out == kTidy);
    CHECK(tidy.err.empty());
    const Ended wrong = folder.run({"format", "--stdin"}, "model A {\n id   Strng\n}");
    CHECK(wrong.code == 0);
    CHECK(wrong.out == "model A {\n  id Strng\n}\n");
    CHECK(contains(wrong.err, "<stdin>:2:6"));
    CHECK(folder.run({"format", "--stdin"}, "").out == "\n");
    CHECK(folder.run({"format", "--stdin", "--check"}, "").code == 2);
}

TEST_CASE("what is not text is refused and left alone") {
    const Folder folder;
    const std::string binary{"model A {\n\0x", 12};
    folder.write("schema.prisma", binary);
    const Ended nul = folder.run({"format"});
    CHECK(nul.code == 1);
    CHECK(contains(nul.err, "NUL byte at offset 10"));
    CHECK(folder.read("schema.prisma") == binary);
    folder.write("schema.prisma", "model A {\n  \xFF\n}\n");
    CHECK(contains(folder.run({"format"}).err, "not UTF-8: see the byte at offset 12"));
    const Ended input = folder.run({"format", "--stdin"}, binary);
    CHECK(input.code == 1);
    CHECK(input.out.empty());
}

TEST_CASE("format says what it cannot read or write") {
    const Folder folder;
    CHECK(contains(folder.run({"format"}).err, "there is no schema"));
    const Ended missing = folder.run({"format", "--schema", "nowhere.prisma"});
    CHECK(missing.code == 1);
    CHECK(contains(missing.err, "nowhere.prisma"));
}

TEST_CASE("format writes the file behind a link") {
    const Folder folder;
    folder.write("real/schema.prisma", kLoose);
    fs::create_symlink("real/schema.prisma", folder.path("schema.prisma"));
    CHECK(folder.run({"format"}).code == 0);
    CHECK(fs::is_symlink(folder.path("schema.prisma")));
    CHECK(folder.read("real/schema.prisma") == kTidy);
}
