#include <cstdlib>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include <lamina/driver/run.hpp>
#include <lamina/drivers/sqlite/adapter.hpp>
#include <lamina/plan/planner.hpp>
#include <lamina/sql/postgresql/dialect.hpp>
#include <lamina/sql/sqlite/dialect.hpp>

#include "unit/plan/write/database.hpp"
#include "unit/plan/write/json_request.hpp"

// tests/sql/writes/*.txt: a request a line, as Prisma's client takes it, and what it becomes on both databases;
// requests run on one SQLite database, in order. LAMINA_BLESS=1 writes the files anew.

namespace {

using namespace lamina;

std::string folder() { return std::string(LAMINA_TEST_DIRECTORY) + "/sql/writes/"; }

std::string read_text(const std::string& path) {
    std::ifstream file(path);
    REQUIRE_MESSAGE(file.good(), path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string planned(const query::Operation& operation, const meta::Schema& schema, const dialect::Dialect& dialect) {
    const Result<plan::Plan> plan = plan::plan(operation, schema, dialect);
    std::string text = std::string(dialect.name()) + (plan && plan->transactional ? ": in a transaction\n" : ":\n");
    if (!plan) return text + "    " + plan.error().what() + "\n";
    for (std::size_t i = 0; i < plan->statements.size(); ++i) {
        const plan::Statement& statement = plan->statements[i];
        const bool repeated = statement.each != plan::kNoRows;
        text += "    " + statement.text +
                (repeated ? "   -- for each row, " + std::to_string(statement.block_rows) + " at once" : "") + "\n";
        if (statement.block != plan::kNoStatement) ++i;  // the block follows
    }
    return text;
}

/// Dates of the statement itself, and what cannot be told from run to run, are replaced by Database.
std::string answer(const test::TinySchema& schema, test::Database& database, const std::string& line) {
    const JsonDocument document = JsonDocument::parse(line).value();
    const query::Operation operation = test::read_request(schema, document.root());
    std::string text = line + "\n";
    text += planned(operation, schema.schema(), dialect::sqlite::dialect());
    text += planned(operation, schema.schema(), dialect::postgresql::dialect());
    const Result<std::string> result = database.run(operation);
    return text + "-> " + (result ? *result : std::string(result.error().what())) + "\n";
}

void check_file(const std::string& name) {
    const test::TinySchema schema(read_text(folder() + "schema.prisma"));
    const auto connector = sqlite::make_connector(":memory:");
    const auto connection = connector->connect(Deadline::never()).value();
    driver::run_script(*connection, read_text(folder() + "sqlite.sql")).value();
    test::Database database(schema, dialect::sqlite::dialect(), *connection);

    const std::string expected = read_text(folder() + name);
    std::istringstream lines(expected);
    std::string actual;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line[0] == '#') actual += line + "\n";
        if (!line.empty() && line[0] == '{') actual += answer(schema, database, line);
    }
    if (std::getenv("LAMINA_BLESS") != nullptr) std::ofstream(folder() + name) << actual;
    std::istringstream left(expected), right(actual);
    std::string wanted, got, context;
    while (std::getline(right, got)) {
        if (!got.empty() && got[0] == '{') context = got;
        std::getline(left, wanted);
        if (wanted == got) continue;
        CHECK_MESSAGE(wanted == got, context);
        return;
    }
    CHECK(expected.size() == actual.size());
}

}  // namespace

TEST_CASE("creates") { check_file("create.txt"); }
TEST_CASE("updates") { check_file("update.txt"); }
TEST_CASE("one-to-one relations") { check_file("one_to_one.txt"); }
TEST_CASE("many rows, deletes and upserts") { check_file("many.txt"); }
TEST_CASE("rows that are missing") { check_file("missing.txt"); }
TEST_CASE("values, defaults and deep nesting") { check_file("values.txt"); }
TEST_CASE("nested writes to related rows") { check_file("nested.txt"); }
TEST_CASE("nested writes to rows of the same model") { check_file("nested_self.txt"); }
TEST_CASE("what was written with its relations joined") { check_file("joined.txt"); }
