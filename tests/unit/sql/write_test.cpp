#include <doctest/doctest.h>

#include <lamina/sql/postgresql/dialect.hpp>
#include <lamina/sql/sqlite/dialect.hpp>
#include <lamina/sql/write.hpp>

namespace {

using namespace lamina::dialect;

ValueType type(lamina::Type scalar) {
    ValueType type;
    type.type = scalar;
    return type;
}
const ValueType kInt = type(lamina::Type::Int);
const ValueType kText = type(lamina::Type::String);

Insert insert() {
    Insert insert;
    insert.into = {{{}, "User"}, 0};
    insert.columns = {"id", "name"};
    insert.values = {parameter(7, kInt), parameter(8, kText)};
    return insert;
}

}  // namespace

TEST_CASE("an insert of one row, of several, and of defaults") {
    Insert one = insert();
    CHECK(write(one, sqlite::dialect()).sql == R"(INSERT INTO "User" ("id", "name") VALUES (?1, ?2))");
    one.returning = {"id"};
    const Text text = write(one, postgresql::dialect());
    CHECK(text.sql == R"(INSERT INTO "User" ("id", "name") VALUES ($1, $2) RETURNING "id")");
    CHECK(text.binds == std::vector<std::uint32_t>{7, 8});
    CHECK(text.type_codes == std::vector<std::uint32_t>{23, 25});

    Insert two = insert();
    two.values.push_back(parameter(9, kInt));
    two.values.push_back(parameter(8, kText));
    CHECK(write(two, sqlite::dialect()).sql == R"(INSERT INTO "User" ("id", "name") VALUES (?1, ?2), (?3, ?2))");

    Insert none;
    none.into = {{"app", "User"}, 0};
    CHECK(write(none, postgresql::dialect()).sql == R"(INSERT INTO "app"."User" DEFAULT VALUES)");
}

TEST_CASE("conflicts are left out, or update the row that is there") {
    Insert nothing = insert();
    nothing.conflict.emplace();
    CHECK(write(nothing, sqlite::dialect()).sql ==
          R"(INSERT INTO "User" ("id", "name") VALUES (?1, ?2) ON CONFLICT DO NOTHING)");

    Insert upsert = insert();
    upsert.conflict.emplace();
    upsert.conflict->target = {"id"};
    Arithmetic sum{Arithmetic::Kind::Add, column(0, "n", kInt), parameter(9, kInt), kInt};
    upsert.conflict->set.push_back({"n", Expression{std::move(sum)}});
    CHECK(
        write(upsert, postgresql::dialect(), true).sql ==
        R"(INSERT INTO "User" AS "t0" ("id", "name") VALUES ($1, $2) ON CONFLICT ("id") DO UPDATE SET "n" = ("t0"."n" + $3))");
}

TEST_CASE("an insert of a select") {
    Insert copy = insert();
    copy.values.clear();
    Select select;
    select.outputs = {{column(kNoTable, list_column(0), kInt), {}}, {parameter(8, kText), {}}};
    select.from = ListTable{{{7, list_of(kInt)}}, 0};
    copy.source = std::move(select);
    CHECK(write(copy, postgresql::dialect()).sql ==
          R"(INSERT INTO "User" ("id", "name") SELECT "k0", $1 FROM unnest($2) AS "t0"("k0"))");
}

TEST_CASE("updates and deletes") {
    Update update;
    update.table = {{{}, "User"}, 0};
    update.set = {{"name", parameter(1, kText)}, {"n", Expression{Null{}}}};
    CHECK(write(update, sqlite::dialect()).sql == R"(UPDATE "User" SET "name" = ?1, "n" = NULL)");
    update.where = equal(column(0, "id", kInt), parameter(2, kInt));
    update.returning = {"id", "name"};
    CHECK(write(update, postgresql::dialect()).sql ==
          R"(UPDATE "User" SET "name" = $1, "n" = NULL WHERE "id" = $2 RETURNING "id", "name")");
    Select inner;
    inner.outputs = {{column(1, "id", kInt), list_column(0)}};
    inner.from = Table{{{}, "Boss"}, 1};
    update.from = Derived{std::move(inner), 2};
    update.set = {{"bossId", column(2, list_column(0), kInt)}};
    CHECK(
        write(update, sqlite::dialect(), true).sql ==
        R"(UPDATE "User" AS "t0" SET "bossId" = "t2"."k0" FROM (SELECT "t1"."id" AS "k0" FROM "Boss" AS "t1") AS "t2" WHERE "t0"."id" = ?1 RETURNING "id", "name")");

    Delete statement;
    statement.from = {{{}, "User"}, 0};
    CHECK(write(statement, sqlite::dialect()).sql == R"(DELETE FROM "User")");
    statement.where = is_null(column(0, "name", kText));
    statement.returning = {"id"};
    CHECK(write(statement, postgresql::dialect()).sql == R"(DELETE FROM "User" WHERE "name" IS NULL RETURNING "id")");
}
