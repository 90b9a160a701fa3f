#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include <doctest/doctest.h>

#include <lamina/driver/run.hpp>
#include <lamina/drivers/postgresql/adapter.hpp>
#include <lamina/sql/postgresql/dialect.hpp>

#include "unit/plan/write/database.hpp"
#include "unit/plan/write/json_request.hpp"

// The requests of tests/sql/writes/*.txt on a real server: their answers are in *.postgresql.txt, for numbers differ
// where an insert failed before. LAMINA_BLESS=1 writes these files anew.

namespace {

using namespace lamina;

std::string folder() { return std::string(LAMINA_TEST_DIRECTORY) + "/sql/writes/"; }

std::string read_text(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void check_answers(const std::string& name) {
    const char* url = std::getenv("LAMINA_TEST_POSTGRESQL_URL");
    if (url == nullptr) {
        std::cout << "LAMINA_TEST_POSTGRESQL_URL is not set\n";
        return;
    }
    const test::TinySchema schema(read_text(folder() + "schema.prisma"));
    const auto connector = postgresql::make_connector(url);
    const auto connection = connector->connect(Deadline::after(Duration::seconds(10))).value();
    driver::run_script(
        *connection,
        "DROP SCHEMA IF EXISTS lamina_writes CASCADE; CREATE SCHEMA lamina_writes; SET search_path = lamina_writes")
        .value();
    driver::run_script(*connection, read_text(folder() + "postgresql.sql")).value();
    test::Database database(schema, dialect::postgresql::dialect(), *connection);

    std::istringstream lines(read_text(folder() + name + ".txt"));
    std::string actual;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line[0] != '{') continue;
        const JsonDocument document = JsonDocument::parse(line).value();
        const Result<std::string> result = database.run(test::read_request(schema, document.root()));
        actual += line + "\n-> " + (result ? *result : std::string(result.error().what())) + "\n\n";
    }
    const std::string path = folder() + name + ".postgresql.txt";
    if (std::getenv("LAMINA_BLESS") != nullptr) std::ofstream(path) << actual;
    CHECK(read_text(path) == actual);
    driver::run_script(*connection, "DROP SCHEMA lamina_writes CASCADE").value();
}

}  // namespace

TEST_CASE("lists of many rows are written row by row, in blocks") {
    const char* url = std::getenv("LAMINA_TEST_POSTGRESQL_URL");
    if (url == nullptr) return;
    const test::TinySchema schema(R"(
enum Color {
  RED
  GREEN @map("green")
}
model Item {
  id     Int      @id @default(autoincrement())
  tags   String[]
  colors Color[]
  color  Color    @default(GREEN)
  day    DateTime @db.Date
  code   String   @db.Char(4)
  nums   Int[]    @default([1, 2])
}
)");
    const auto connector = postgresql::make_connector(url);
    const auto connection = connector->connect(Deadline::after(Duration::seconds(10))).value();
    driver::run_script(
        *connection,
        R"(DROP SCHEMA IF EXISTS lamina_lists CASCADE; CREATE SCHEMA lamina_lists; SET search_path = lamina_lists;
    CREATE TYPE "Color" AS ENUM ('RED', 'green');
    CREATE TABLE "Item" ("id" SERIAL PRIMARY KEY, "tags" TEXT[], "colors" "Color"[], "color" "Color" NOT NULL, "day" DATE NOT NULL,
                         "code" CHAR(4) NOT NULL, "nums" INTEGER[]))")
        .value();
    test::Database database(schema, dialect::postgresql::dialect(), *connection);
    const auto run = [&](const std::string& json) {
        const JsonDocument document = JsonDocument::parse(json).value();
        const Result<std::string> result = database.run(test::read_request(schema, document.root()));
        return result ? *result : std::string(result.error().what());
    };
    std::string rows;
    for (int i = 0; i < 70; ++i) {
        rows +=
            (i == 0 ? "" : ", ") +
            std::string(R"({"tags": ["a", "b\", {}"], "colors": ["GREEN", "RED"], "day": "2024-02-29", "code": "x)") +
            std::to_string(i) + "\"}";
    }
    CHECK(run(R"({"model": "Item", "action": "createMany", "args": {"data": [)" + rows + "]}}") == "{count: 70}");
    CHECK(database.executed().size() == 2 + 2 + 6);  // BEGIN, two blocks, the rest, COMMIT
    CHECK(run(R"({"model": "Item", "action": "count", "args": {"where": {"color": "GREEN", "code": "x69"}}})") ==
          "{count: 1}");
    CHECK(
        run(R"({"model": "Item", "action": "createMany", "args": {"data": [{"day": "2024-02-29", "code": "q", "color": "RED"}, {"day": "2024-02-28", "code": "r"}]}})") ==
        "{count: 2}");
    CHECK(
        run(R"({"model": "Item", "action": "create", "args": {"data": {"day": "2024-02-29", "code": "z", "tags": ["t"]}, "select": {"day": true, "tags": true, "nums": true}}})") ==
        R"({day: "2024-02-29T00:00:00.000Z", tags: ["t"], nums: [1, 2]})");
    driver::run_script(*connection, "DROP SCHEMA lamina_lists CASCADE").value();
}
TEST_CASE("creates on a server") { check_answers("create"); }
TEST_CASE("updates on a server") { check_answers("update"); }
TEST_CASE("one-to-one relations on a server") { check_answers("one_to_one"); }
TEST_CASE("many rows, deletes and upserts on a server") { check_answers("many"); }
TEST_CASE("rows that are missing on a server") { check_answers("missing"); }
TEST_CASE("values, defaults and deep nesting on a server") { check_answers("values"); }
TEST_CASE("nested writes to related rows on a server") { check_answers("nested"); }
TEST_CASE("nested writes to rows of the same model on a server") { check_answers("nested_self"); }
TEST_CASE("what was written with its relations joined on a server") { check_answers("joined"); }
