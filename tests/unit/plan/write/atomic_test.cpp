#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include <lamina/driver/run.hpp>
#include <lamina/drivers/sqlite/adapter.hpp>
#include <lamina/plan/planner.hpp>
#include <lamina/plan/shape.hpp>
#include <lamina/sql/postgresql/dialect.hpp>
#include <lamina/sql/sqlite/dialect.hpp>

#include "plan/write_shape.hpp"
#include "unit/plan/write/database.hpp"
#include "unit/plan/write/json_request.hpp"

namespace {

using namespace lamina;

std::string read_text(const std::string& name) {
    std::ifstream file(std::string(LAMINA_TEST_DIRECTORY) + "/sql/writes/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// A fresh SQLite database in memory.
struct Fixture {
    test::TinySchema schema{read_text("schema.prisma")};
    base::Owned<driver::Connector> connector = sqlite::make_connector(":memory:");
    base::Owned<driver::Connection> connection = connector->connect(Deadline::never()).value();
    test::Database database{schema, dialect::sqlite::dialect(), *connection};

    Fixture() { driver::run_script(*connection, read_text("sqlite.sql")).value(); }
    query::Operation operation(const std::string& json) {
        const JsonDocument document = JsonDocument::parse(json).value();
        return test::read_request(schema, document.root());
    }
    Result<std::string> run(const std::string& json) { return database.run(operation(json)); }
    /// Everything in the database.
    std::string dump() {
        std::string text;
        for (const char* model : {"User", "Profile", "Opt", "Post", "Tag", "Line", "Note"}) {
            const std::string include = model == std::string("Tag") ? R"(, "args": {"include": {"posts": true}})" : "";
            text += run(R"({"model": ")" + std::string(model) + R"(", "action": "findMany")" + include + "}").value() +
                    "\n";
        }
        return text;
    }
};

constexpr const char* kSeed[] = {
    R"({"model": "User", "action": "create", "args": {"data": {"email": "a", "profile": {"create": {"bio": "x"}}, "opt": {"create": {"bio": "y"}}}}})",
    R"({"model": "User", "action": "create", "args": {"data": {"email": "b", "opt": {"create": {"bio": "z"}}}}})",
    R"({"model": "Tag", "action": "createMany", "args": {"data": [{"name": "t1"}, {"name": "t2"}]}})",
    R"({"model": "Post", "action": "create", "args": {"data": {"title": "p", "authorId": 1, "tags": {"connect": {"name": "t1"}}}}})",
};

constexpr const char* kDeep[] = {
    R"({"model": "User", "action": "create", "args": {"data": {"email": "n", "boss": {"connect": {"id": 1}}, "spouse": {"create": {"email": "s"}},
        "opt": {"connect": {"id": 1}}, "staff": {"create": [{"email": "x1"}, {"email": "x2"}]},
        "posts": {"create": {"title": "q", "tags": {"create": [{"name": "u1"}, {"name": "u2"}], "connect": [{"name": "t2"}]},
                             "lines": {"create": [{"no": 1, "notes": {"create": {"id": 1}}}]}}},
        "friends": {"connectOrCreate": [{"where": {"email": "a"}, "create": {"email": "a"}}, {"where": {"email": "m"}, "create": {"email": "m"}}]}},
        "include": {"posts": true}}})",
    R"({"model": "User", "action": "update", "args": {"where": {"id": 2}, "data": {"name": "B", "opt": {"create": {"bio": "new"}},
        "posts": {"connect": {"title": "p"}, "create": [{"title": "c1"}, {"title": "c2"}]}, "boss": {"connectOrCreate":
        {"where": {"email": "k"}, "create": {"email": "k"}}}}}})",
    R"({"model": "User", "action": "upsert", "args": {"where": {"email": "b"}, "create": {"email": "b"}, "update": {"name": "U",
        "opt": {"connect": {"id": 1}}, "edits": {"connect": {"title": "p"}}}}})",
    R"({"model": "Tag", "action": "createMany", "args": {"data": [{"name": "g1"}, {"id": 50, "name": "g2"}, {"name": "g3"}]}})",
    R"({"model": "Post", "action": "create", "args": {"data": {"title": "w", "author": {"connectOrCreate": {"where": {"email": "v"},
        "create": {"email": "v"}}}, "tags": {"connectOrCreate": {"where": {"name": "t9"}, "create": {"name": "t9"}}}}}})",
};

}  // namespace

TEST_CASE("a write that fails at any step leaves nothing behind") {
    for (const char* request : kDeep) {
        CAPTURE(std::string(request));
        std::size_t steps = 0;
        for (std::size_t step = 0;; ++step) {
            Fixture fixture;
            for (const char* seed : kSeed) REQUIRE(fixture.run(seed));
            const std::string before = fixture.dump();
            fixture.database.fail_at(step);
            const Result<std::string> result = fixture.run(request);
            REQUIRE_FALSE(fixture.connection->in_transaction());
            if (result) {
                CHECK(fixture.dump() != before);
                break;
            }
            REQUIRE_MESSAGE(result.error().code() == ErrorCode::ConnectionLost, result.error().what());
            CHECK(fixture.dump() == before);
            ++steps;
        }
        CHECK(steps >= 2);
    }
}

TEST_CASE("many rows are a constant number of statements, and no part of the shape") {
    Fixture fixture;
    const auto many = [](std::size_t rows) {
        std::string json = R"({"model": "Tag", "action": "createMany", "args": {"data": [)";
        for (std::size_t i = 0; i < rows; ++i)
            json += (i == 0 ? "" : ", ") + std::string(R"({"name": "t)") + std::to_string(rows) + "-" +
                    std::to_string(i) + "\"}";
        return json + "]}}";
    };
    const query::Operation three = fixture.operation(many(3)), thousands = fixture.operation(many(40'000));
    const plan::Shape a(three), b(thousands);
    CHECK(std::equal(a.key().begin(), a.key().end(), b.key().begin(), b.key().end()));
    CHECK(a.arguments().size() == b.arguments().size());
    for (const dialect::Dialect* dialect : {&dialect::sqlite::dialect(), &dialect::postgresql::dialect()}) {
        CHECK(plan::plan(thousands, fixture.schema.schema(), *dialect)->instructions.size() == 1);
    }
    CHECK(fixture.database.run(thousands).value() == "{count: 40000}");
    CHECK(fixture.run(R"({"model": "Tag", "action": "count"})").value() == "{count: 40000}");
}

TEST_CASE("many nested leaves and connects are no part of the shape either") {
    Fixture fixture;
    const auto nested = [](std::size_t rows) {
        std::string create, connect;
        for (std::size_t i = 0; i < rows; ++i) {
            create += (i == 0 ? "" : ", ") + std::string(R"({"name": "c)") + std::to_string(i) + "\"}";
            connect += (i == 0 ? "" : ", ") + std::string(R"({"name": "t)") + std::to_string(i) + "\"}";
        }
        return R"({"model": "Post", "action": "create", "args": {"data": {"title": "p)" + std::to_string(rows) +
               R"(", "authorId": 1, "tags": {"create": [)" + create + R"(], "connect": [)" + connect + "]}}}}";
    };
    const query::Operation few = fixture.operation(nested(2)), thousands = fixture.operation(nested(5'000));
    const plan::Shape a(few), b(thousands);
    CHECK(std::equal(a.key().begin(), a.key().end(), b.key().begin(), b.key().end()));
    REQUIRE(fixture.run(R"({"model": "User", "action": "create", "args": {"data": {"email": "a"}}})"));
    std::string tags = R"({"model": "Tag", "action": "createMany", "args": {"data": [)";
    for (std::size_t i = 0; i < 5'000; ++i)
        tags += (i == 0 ? "" : ", ") + std::string(R"({"name": "t)") + std::to_string(i) + "\"}";
    REQUIRE(fixture.run(tags + "]}}"));
    const Result<std::string> result = fixture.database.run(thousands);
    REQUIRE_MESSAGE(result, result.error().what());
    CHECK(fixture
              .run(R"({"model": "Tag", "action": "count", "args": {"where": {"posts": {"some": {"title": "p5000"}}}}})")
              .value() == "{count: 10000}");
}

TEST_CASE("rows that give different columns are divided only where the database makes a value") {
    Fixture fixture;
    const auto statements = [&](const char* json) {
        return plan::plan(fixture.operation(json), fixture.schema.schema(), dialect::postgresql::dialect())
            ->statements.size();
    };
    CHECK(
        statements(
            R"({"model": "User", "action": "createMany", "args": {"data": [{"email": "a"}, {"email": "b", "name": "B", "f": 2.5}]}})") ==
        1);
    CHECK(
        statements(
            R"({"model": "User", "action": "createMany", "args": {"data": [{"email": "a"}, {"email": "b", "id": 5}]}})") ==
        2);
    CHECK(
        statements(
            R"({"model": "Note", "action": "createMany", "args": {"data": [{"id": 1}, {"id": 2, "v": 1}, {"id": 3, "lineNo": 1}]}})") ==
        1);
}

TEST_CASE("an upsert that must select first yields to a row that came in between") {
    Fixture fixture;
    const query::Operation operation = fixture.operation(
        R"({"model": "Tag", "action": "upsert", "args": {"where": {"name": "x"}, "create": {"name": "x"}, "update": {}}})");
    const plan::Plan plan = plan::plan(operation, fixture.schema.schema(), dialect::sqlite::dialect()).value();
    bool back = false;
    for (const plan::Instruction& instruction : plan.instructions) {
        const auto* jump = std::get_if<plan::JumpIfEmpty>(&instruction);
        back = back || (jump != nullptr && jump->target == 0);
    }
    CHECK(back);
    CHECK(fixture.database.run(operation).value() == "{id: 1, name: \"x\"}");
    CHECK(fixture.database.run(operation).value() == "{id: 1, name: \"x\"}");
}

TEST_CASE("create_many_and_return gives the rows in the order of the request") {
    Fixture fixture;
    std::string rows, expected;
    for (int i = 0; i < 100; ++i) {
        const bool numbered = i % 3 == 0;
        rows += (i == 0 ? "" : ", ") + std::string("{") +
                (numbered ? "\"id\": " + std::to_string(1000 + i) + ", " : "") + "\"name\": \"t" + std::to_string(i) +
                "\"}";
        expected += (i == 0 ? "{name: \"t" : ", {name: \"t") + std::to_string(i) + "\"}";
    }
    const std::string request =
        R"({"model": "Tag", "action": "createManyAndReturn", "args": {"select": {"name": true}, "data": [)" + rows +
        "]}}";
    CHECK(fixture.run(request).value() == "[" + expected + "]");
}

TEST_CASE("an upsert whose update changes the identity gives the row under its new one") {
    Fixture fixture;
    REQUIRE(fixture.run(R"({"model": "Tag", "action": "create", "args": {"data": {"id": 1, "name": "x"}}})"));
    CHECK(
        fixture
            .run(
                R"({"model": "Tag", "action": "upsert", "args": {"where": {"id": 1}, "create": {"name": "y"}, "update": {"id": 7}, "include": {"posts": true}}})")
            .value() == "{id: 7, name: \"x\", posts: []}");
}
