#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include <doctest/doctest.h>

#include "folder.hpp"

// `lamina validate` as editors and people with broken files meet it.
namespace {

using lamina::cli::test::contains;
using lamina::cli::test::Ended;
using lamina::cli::test::Folder;

nlohmann::json parsed(const Ended& ended) {
    const auto answer = nlohmann::json::parse(ended.out, nullptr, false);
    REQUIRE(answer.is_object());
    return answer;
}

std::size_t lines(const std::string& text) {
    std::size_t count = 0;
    for (const char c : text) count += c == '\n' ? 1U : 0U;
    return count;
}

constexpr std::string_view kShop = "datasource db {\n  provider = \"sqlserver\"\n}\nmodel A {\n  id Int @id\n}\n";

}  // namespace

TEST_CASE("validate --json says that a schema is valid") {
    const Folder folder;
    folder.write("schema.prisma", kShop);
    const Ended ended = folder.run({"validate", "--json"});
    CHECK(ended.code == 0);
    CHECK(ended.err.empty());
    const auto answer = parsed(ended);
    CHECK(answer["ok"] == true);
    CHECK(answer["errors"] == 0);
    CHECK(answer["diagnostics"].empty());
}

TEST_CASE("validate --json names every mistake with its place") {
    const Folder folder;
    folder.write("schema.prisma", "model A {\n  id Int @idd\n  ä  Strng\n}\n");
    const Ended ended = folder.run({"validate", "--json"});
    CHECK(ended.code == 1);
    CHECK(ended.err.empty());
    const auto answer = parsed(ended);
    CHECK(answer["ok"] == false);
    CHECK(answer["errors"] == 2);
    REQUIRE(answer["diagnostics"].size() == 2);
    const auto& first = answer["diagnostics"][0];
    CHECK(first["severity"] == "error");
    CHECK(first["code"] == "P1012");
    CHECK(first["file"] == "schema.prisma");
    CHECK(first["line"] == 3);
    CHECK(first["column"] == 6);  // code points, not bytes
    CHECK(first["endLine"] == 3);
    CHECK(first["endColumn"] == 11);
    CHECK(first["hint"] == "did you mean `String`?");
    CHECK(answer["diagnostics"][1]["hint"] == "did you mean `@id`?");
}

TEST_CASE("validate --stdin reads what an editor holds") {
    const Folder folder;
    CHECK(folder.run({"validate", "--stdin"}, kShop).code == 0);
    const Ended ended = folder.run({"validate", "--stdin", "--json"}, "model A {\n}\n");
    CHECK(ended.code == 1);
    CHECK(parsed(ended)["diagnostics"][0]["line"] == 1);
}

TEST_CASE("validate --json keeps to JSON when nothing can be read, and for bytes that are no text") {
    const Folder folder;
    const Ended missing = folder.run({"validate", "--json", "--schema", "nowhere.prisma"});
    CHECK(missing.code == 1);
    CHECK(parsed(missing)["ok"] == false);
    folder.write("schema.prisma", "model A {\n  id Int @id\n  \xFF\xFE Int\n}\n");
    const Ended broken = folder.run({"validate", "--json"});
    CHECK(broken.code == 1);
    CHECK(parsed(broken)["errors"] == 1);
}

TEST_CASE("bad files end with 1 and a clear error, never with a crash") {
    const Folder folder;
    for (const std::string& text :
         {std::string("\0\0\0\0", 4),
          std::string("\x7F"
                      "ELF\x02\x01\x01\0\0",
                      9),
          std::string("\xFF\xFE\xC0"), std::string("model A {\n  id Int @id\n"), std::string("}\n}\n}\n"),
          std::string(100'000, '['), "model A {\n  id Int @default(" + std::string(100'000, '(') + "\n}\n"}) {
        folder.write("schema.prisma", text);
        const Ended ended = folder.run({"validate"});
        CHECK(ended.code == 1);
        CHECK(contains(ended.err, "error: "));
        CHECK(contains(ended.err, "schema.prisma:"));
    }
    folder.write("schema.prisma", " \n");
    const Ended empty = folder.run({"validate"});
    CHECK(empty.code == 1);
    CHECK(contains(empty.err, "the schema is empty"));
    folder.write("schema.prisma", "model A {\n  id Int @id // \xFF\n}\n");
    CHECK(contains(folder.run({"validate"}).err, "schema.prisma: not UTF-8: see the byte at offset 26"));
}

TEST_CASE("what cannot be opened is named") {
    const Folder folder;
    const Ended missing = folder.run({"validate", "--schema", "nowhere.prisma"});
    CHECK(missing.code == 1);
    CHECK(contains(missing.err, "nowhere.prisma"));
    std::filesystem::create_directories(folder.path("empty"));
    const Ended empty = folder.run({"validate", "--schema", "empty"});
    CHECK(empty.code == 1);
    CHECK(contains(empty.err, "no .prisma file"));
}

TEST_CASE("what may not be read is named") {
    using std::filesystem::perms;
    const Folder folder;
    folder.write("schema/a.prisma", kShop);
    for (const char* const command : {"validate", "format", "dmmf", "generate"}) {
        std::filesystem::permissions(folder.path("schema"), perms::none);
        const Ended closed = folder.run_as_nobody({command, "--schema", "schema"});
        CHECK(closed.code == 1);
        CHECK(contains(closed.err, "cannot read the folder"));
        CHECK(contains(closed.err, "Permission denied"));
        std::filesystem::permissions(folder.path("schema"), perms::owner_all | perms::others_read | perms::others_exec);
        std::filesystem::permissions(folder.path("schema/a.prisma"), perms::none);
        const Ended hidden = folder.run_as_nobody({command, "--schema", "schema"});
        CHECK(hidden.code == 1);
        CHECK(contains(hidden.err, "a.prisma: Permission denied"));
        std::filesystem::permissions(folder.path("schema/a.prisma"), perms::owner_read);
    }
}

TEST_CASE("ten megabytes of nothing but mistakes are counted, not printed") {
    const Folder folder;
    std::string text;
    while (text.size() < 10'000'000) text += "? this line is broken\n";
    folder.write("schema.prisma", text);
    const Ended ended = folder.run({"validate"});
    CHECK(ended.code == 1);
    CHECK(lines(ended.err) < 1000);
    CHECK(contains(ended.err, "more\n"));
    const auto answer = parsed(folder.run({"validate", "--json"}));
    CHECK(answer["errors"] == lines(text));
    CHECK(answer["diagnostics"].size() == 1000);
}

TEST_CASE("colours are for terminals") {
    const Folder folder;
    folder.write("schema.prisma", "model A {\n  id Int @idd\n}\n");
    CHECK(!contains(folder.run({"validate"}).err, "\x1b["));
    CHECK(!contains(folder.run({"validate", "--no-color"}).err, "\x1b["));
    CHECK(contains(folder.run_on_terminal({"validate"}), "\x1b[1;31merror"));
    CHECK(!contains(folder.run_on_terminal({"validate", "--no-color"}), "\x1b["));
}

TEST_CASE("lamina.toml says where the schema is, and .env may be there") {
    const Folder folder;
    folder.write("lamina.toml", "schema = \"db/shop.prisma\"\n");
    folder.write("db/shop.prisma", "datasource db {\n  provider = \"postgresql\"\n  url = env(\"SHOP\")\n}\n");
    folder.write(".env", "SHOP=postgresql://localhost/shop\n");
    const Ended ended = folder.run({"validate"});
    CHECK(ended.code == 0);
    CHECK(contains(ended.out, "db/shop.prisma is valid"));
}

TEST_CASE("databases without a run time are validated, and refused by generate and db push") {
    const Folder folder;
    folder.write("schema.prisma", kShop);
    CHECK(folder.run({"validate"}).code == 0);
    const Ended push = folder.run({"db", "push", "--url", "file:x.db"});
    CHECK(push.code == 1);
    CHECK(contains(push.err, "`sqlserver` is not supported yet"));
    const Ended generate = folder.run({"generate", "--output", "generated"});
    CHECK(generate.code == 1);
    CHECK(contains(generate.err, "`sqlserver` is not supported yet"));
    folder.write("schema.prisma", "datasource db {\n  provider = \"mongodb\"\n}\nmodel A {\n  x Int\n}\n");
    const Ended mongodb = folder.run({"validate"});
    CHECK(mongodb.code == 1);
    CHECK(contains(mongodb.err, "error: The provider \"mongodb\" is not supported"));
    CHECK(lines(mongodb.err) == 5);  // that one error alone
}
