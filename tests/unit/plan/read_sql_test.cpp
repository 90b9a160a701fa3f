#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/plan/planner.hpp>
#include <lamina/sql/postgresql/dialect.hpp>
#include <lamina/sql/sqlite/dialect.hpp>

#include "fixture.hpp"

// What SQL reads become. Whether it finds the right rows, read_property_test.cpp tries.

using namespace fixture;
using namespace lamina::query;
using Kind = Filter::Kind;

namespace {

/// All statements of an operation's plan, a line each; or the error.
std::string sql(const Operation& operation, const lamina::dialect::Dialect& dialect) {
    const auto plan = lamina::plan::plan(operation, schema(), dialect);
    if (!plan) return plan.error().what();
    std::string text;
    for (const auto& statement : (*plan).statements) text += (text.empty() ? "" : "\n") + statement.text;
    return text;
}

std::string pg(const Operation& operation) { return sql(operation, lamina::dialect::postgresql::dialect()); }
std::string lite(const Operation& operation) { return sql(operation, lamina::dialect::sqlite::dialect()); }

Operation filtered(std::uint16_t model, Filter filter) {
    Operation operation = find_many(model);
    operation.selection = select({0});
    operation.arguments.where = std::move(filter);
    return operation;
}

std::string condition(const std::string& text) {
    const std::size_t at = text.find(" WHERE ");
    return at == std::string::npos ? text : text.substr(at + 7);
}

std::string pg_where(std::uint16_t model, Filter filter) { return condition(pg(filtered(model, std::move(filter)))); }
std::string lite_where(std::uint16_t model, Filter filter) {
    return condition(lite(filtered(model, std::move(filter))));
}

Operation ids(std::uint16_t model) {
    Operation operation = find_many(model);
    operation.selection = select({0});
    return operation;
}

}  // namespace

/// An element of a list of texts on SQLite: one with a NUL comes as a list of its parts.
const std::string kTextOfList =
    "CASE e.type WHEN 'array' THEN (SELECT group_concat(part.value, char(0)) FROM json_each(e.value) AS part) ELSE "
    "e.value END";

TEST_CASE("a_point_read_is_what_a_person_would_write") {
    Operation operation = find(Action::FindUnique, kUser);
    operation.arguments.where = eq(user::id, 1);
    CHECK(pg(operation) == R"(SELECT "id", "email", "name", "rate", "bossId" FROM "User" WHERE "id" = $1)");
    CHECK(lite(operation) == R"(SELECT "id", "email", "name", "rate", "bossId" FROM "User" WHERE "id" = ?1)");
    operation.selection = select({user::email});
    CHECK(pg(operation) == R"(SELECT "email" FROM "User" WHERE "id" = $1)");
    operation.action = Action::FindFirst;
    CHECK(pg(operation) == R"(SELECT "email" FROM "User" WHERE "id" = $1 LIMIT 1)");
}

TEST_CASE("comparisons") {
    const auto of = [](Comparison comparison, Value value) {
        return pg_where(kUser, compare(user::name, comparison, std::move(value)));
    };
    CHECK(of(Comparison::Equals, "x") == R"("name" = $1)");
    CHECK(of(Comparison::Not, "x") == R"("name" <> $1)");
    CHECK(of(Comparison::GreaterOrEqual, "x") == R"("name" >= $1)");
    CHECK(of(Comparison::Equals, Value()) == R"("name" IS NULL)");
    CHECK(of(Comparison::In, Value()) == R"("name" IS NULL)");
    CHECK(of(Comparison::Not, Value()) == R"("name" IS NOT NULL)");
    CHECK(of(Comparison::NotIn, Value()) == R"("name" IS NOT NULL)");
    CHECK(of(Comparison::In, Value::List{"x"}) == R"("name" = ANY ($1))");
    CHECK(of(Comparison::NotIn, Value::List{"x"}) == R"("name" <> ALL ($1))");
    CHECK(of(Comparison::Contains, "x") == R"("name" LIKE $1)");
    CHECK(lite_where(kUser, compare(user::name, Comparison::NotIn, Value::List{"x"})) ==
          R"("name" NOT IN (SELECT )" + kTextOfList + " FROM json_each(?1) AS e)");
    CHECK(lite_where(kUser, compare(user::name, Comparison::StartsWith, "x")) == R"("name" LIKE ?1 ESCAPE '\')");
}

TEST_CASE("insensitive_comparisons") {
    const auto of = [](Comparison comparison, Value value) {
        return compare(user::name, comparison, std::move(value), true);
    };
    CHECK(pg_where(kUser, of(Comparison::Equals, "x")) == R"(LOWER("name") = LOWER($1))");
    CHECK(pg_where(kUser, of(Comparison::Contains, "x")) == R"("name" ILIKE $1)");
    CHECK(pg_where(kUser, of(Comparison::NotIn, Value::List{"x"})) ==
          R"(LOWER("name") <> ALL (SELECT LOWER(e) FROM unnest($1) AS e))");
    CHECK(lite_where(kUser, of(Comparison::In, Value::List{"x"})) ==
          R"(LOWER("name") IN (SELECT LOWER()" + kTextOfList + ") FROM json_each(?1) AS e)");
}

TEST_CASE("decimals_of_sqlite_are_ordered_as_numbers_whatever_their_storage") {
    CHECK(lite_where(kUser, compare(user::rate, Comparison::Greater, lamina::Decimal(1))) ==
          R"(CAST("rate" AS REAL) > CAST(?1 AS REAL))");
    CHECK(lite_where(kUser, eq(user::rate, lamina::Decimal(1))) == R"("rate" = ?1)");
    CHECK(lite_where(kUser, compare(user::rate, Comparison::In, Value::List{lamina::Decimal(1)})) ==
          R"("rate" IN (SELECT CASE type WHEN 'text' THEN CAST(value AS BLOB) ELSE value END FROM json_each(?1)))");
}

TEST_CASE("connectives_and_their_negation") {
    CHECK(pg_where(kUser, all({})) == R"(SELECT "id" FROM "User")");
    CHECK(pg_where(kUser, any({})) == "1=0");
    CHECK(pg_where(kUser, none_of({})) == R"(SELECT "id" FROM "User")");
    CHECK(pg_where(kUser, all({eq(user::id, 1), any({eq(user::id, 2), eq(user::id, 3)})})) ==
          R"("id" = $1 AND ("id" = $2 OR "id" = $3))");
    CHECK(pg_where(kUser, none_of({eq(user::id, 1),
                                   any({eq(user::name, Value()), compare(user::id, Comparison::Less, 4)})})) ==
          R"("id" <> $1 AND "name" IS NOT NULL AND "id" >= $2)");
    CHECK(pg_where(kUser, none_of({all({eq(user::id, 1), compare(user::name, Comparison::Contains, "x")})})) ==
          R"("id" <> $1 OR "name" NOT LIKE $2)");
}

TEST_CASE("to_many_relation_filters") {
    const Filter some = relation(Kind::Some, user::posts, {eq(post::n, 1)});
    CHECK(pg_where(kUser, some) ==
          R"(EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" AND "t1"."n" = $1))");
    CHECK(lite_where(kUser, some) ==
          R"("t0"."id" IN (SELECT "t1"."authorId" FROM "Post" AS "t1" WHERE "t1"."n" = ?1))");
    CHECK(
        lite_where(kUser, relation(Kind::Every, user::posts, {eq(post::n, 1)})) ==
        R"("t0"."id" NOT IN (SELECT "t1"."authorId" FROM "Post" AS "t1" WHERE "t1"."authorId" IS NOT NULL AND "t1"."n" <> ?1))");
    CHECK(pg_where(kUser, relation(Kind::Every, user::posts)) ==
          R"(NOT EXISTS (SELECT 1 FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" AND 1=0))");
    CHECK(
        pg_where(kUser, relation(Kind::None, user::tags, {eq(tag::name, "x")})) ==
        R"(NOT EXISTS (SELECT 1 FROM "_TagToUser" AS "t1" INNER JOIN "Tag" AS "t2" ON "t2"."id" = "t1"."A" WHERE "t1"."B" = "t0"."id" AND "t2"."name" = $1))");
    CHECK(pg_where(kUser, relation(Kind::Some, user::tags)) ==
          R"(EXISTS (SELECT 1 FROM "_TagToUser" AS "t1" WHERE "t1"."B" = "t0"."id"))");
    CHECK(
        pg_where(kLine, relation(Kind::Some, line::notes)) ==
        R"(EXISTS (SELECT 1 FROM "Note" AS "t1" WHERE "t1"."lineNo" = "t0"."orderNo" AND "t1"."lineSku" = "t0"."sku"))");
}

TEST_CASE("to_one_relation_filters") {
    CHECK(pg_where(kUser, relation(Kind::Is, user::boss, {eq(user::name, "x")})) ==
          R"(EXISTS (SELECT 1 FROM "User" AS "t1" WHERE "t1"."id" = "t0"."bossId" AND "t1"."name" = $1))");
    CHECK(pg_where(kUser, relation(Kind::IsNot, user::boss, {eq(user::email, "x")})) ==
          R"(NOT EXISTS (SELECT 1 FROM "User" AS "t1" WHERE "t1"."id" = "t0"."bossId" AND "t1"."email" = $1))");
    CHECK(
        pg_where(kUser, relation(Kind::IsNot, user::boss, {eq(user::name, "x")})) ==
        R"(NOT EXISTS (SELECT 1 FROM "User" AS "t1" WHERE "t1"."id" = "t0"."bossId" AND ("t1"."name" <> $1) IS NOT TRUE))");
    CHECK(pg_where(kUser, relation(Kind::Is, user::boss)) == R"("bossId" IS NULL)");
    CHECK(pg_where(kUser, relation(Kind::Is, user::boss, {all({})})) == R"("bossId" IS NOT NULL)");
    CHECK(pg_where(kNote, relation(Kind::IsNot, note::line, {all({})})) == R"("lineNo" IS NULL OR "lineSku" IS NULL)");
    CHECK(pg_where(kUser, relation(Kind::Is, user::profile)) ==
          R"(NOT EXISTS (SELECT 1 FROM "Profile" AS "t1" WHERE "t1"."userId" = "t0"."id"))");
}

TEST_CASE("paging") {
    Operation operation = ids(kUser);
    operation.arguments.take = 2;
    CHECK(pg(operation) == R"(SELECT "id" FROM "User" ORDER BY "id" LIMIT $1)");
    operation.arguments.skip = 1;
    CHECK(pg(operation) == R"(SELECT "id" FROM "User" ORDER BY "id" LIMIT $1 OFFSET $2)");
    operation.arguments.take = {};
    CHECK(lite(operation) == R"(SELECT "id" FROM "User" ORDER BY "id" LIMIT -1 OFFSET ?1)");
    operation.arguments.take = -2;
    operation.arguments.order_by = {by(user::name)};
    CHECK(
        pg(operation) ==
        R"(SELECT "t1"."k0" FROM (SELECT "t0"."id" AS "k0", "t0"."name" AS "k1" FROM "User" AS "t0" ORDER BY "t0"."name" DESC LIMIT $1 OFFSET $2) AS "t1" ORDER BY "t1"."k1")");
    operation.action = Action::FindFirst;
    CHECK(pg(operation) == R"(SELECT "id" FROM "User" ORDER BY "name" DESC LIMIT 1 OFFSET $1)");
}

TEST_CASE("cursors") {
    Operation operation = ids(kUser);
    operation.arguments.cursor = {{user::id, 3}};
    CHECK(
        pg(operation) ==
        R"(SELECT "t0"."id" FROM "User" AS "t0" WHERE "t0"."id" >= (SELECT "t1"."id" FROM "User" AS "t1" WHERE "t1"."id" = $1) ORDER BY "t0"."id")");
    operation.arguments.order_by = {down(user::email)};
    CHECK(
        pg(operation) ==
        R"(SELECT "t0"."id" FROM "User" AS "t0" INNER JOIN (SELECT "t1"."email" AS "k0" FROM "User" AS "t1" WHERE "t1"."id" = $1) AS "t2" ON "t0"."email" <= "t2"."k0" ORDER BY "t0"."email" DESC)");
    operation.arguments.order_by = {by(user::name)};
    CHECK(
        pg(operation) ==
        R"(SELECT "t0"."id" FROM "User" AS "t0" INNER JOIN (SELECT "t1"."name" AS "k0", "t1"."id" AS "k1" FROM "User" AS "t1" WHERE "t1"."id" = $1) AS "t2" ON "t0"."name" > "t2"."k0" OR ("t0"."name" IS NULL AND "t2"."k0" IS NOT NULL) OR ("t0"."name" IS NOT DISTINCT FROM "t2"."k0" AND "t0"."id" >= "t2"."k1") ORDER BY "t0"."name", "t0"."id")");
}

TEST_CASE("orders") {
    Operation operation = ids(kUser);
    operation.arguments.order_by = {by(user::name, Direction::Ascending, Nulls::Last), down(user::email)};
    CHECK(pg(operation) == R"(SELECT "id" FROM "User" ORDER BY "name", "email" DESC)");
    CHECK(lite(operation) == R"(SELECT "id" FROM "User" ORDER BY "name" NULLS LAST, "email" DESC)");
    operation.arguments.order_by = {by(user::posts), down(user::name)};
    operation.arguments.order_by[0].count = true;
    operation.arguments.order_by[1].path = {user::boss};
    CHECK(
        pg(operation) ==
        R"(SELECT "t0"."id" FROM "User" AS "t0" LEFT JOIN (SELECT "t1"."authorId" AS "k0", COUNT(*) AS "k1" FROM "Post" AS "t1" GROUP BY "t1"."authorId") AS "t2" ON "t2"."k0" = "t0"."id" LEFT JOIN "User" AS "t3" ON "t3"."id" = "t0"."bossId" ORDER BY COALESCE("t2"."k1", 0), "t3"."name" DESC)");
}

TEST_CASE("distinct_comes_before_skip") {
    Operation operation = ids(kPost);
    operation.arguments.distinct = {post::n};
    operation.arguments.skip = 1;
    CHECK(
        pg(operation) ==
        R"(SELECT "t1"."k0" FROM (SELECT "t0"."id" AS "k0", "t0"."id" AS "k1", ROW_NUMBER() OVER (PARTITION BY "t0"."n" ORDER BY "t0"."id") AS "k2" FROM "Post" AS "t0") AS "t1" WHERE "t1"."k2" = 1 ORDER BY "t1"."k1" OFFSET $1)");
}

TEST_CASE("counts") {
    Operation operation = find(Action::Count, kPost);
    CHECK(pg(operation) == R"(SELECT COUNT(*) FROM "Post")");
    operation.arguments.where = eq(post::n, 1);
    CHECK(pg(operation) == R"(SELECT COUNT(*) FROM "Post" WHERE "n" = $1)");
    operation.arguments.take = 2;
    CHECK(
        pg(operation) ==
        R"(SELECT COUNT(*) FROM (SELECT 1 FROM "Post" AS "t0" WHERE "t0"."n" = $1 ORDER BY "t0"."id" LIMIT $2) AS "t1")");
}

TEST_CASE("where_the_client_keeps_the_keys_a_join_table_vouches_for_nothing") {
    lamina::meta::Schema emulated = schema();
    emulated.relation_mode_prisma = true;
    const auto text = [&](const Operation& operation) {
        return (*lamina::plan::plan(operation, emulated, lamina::dialect::postgresql::dialect()))
            .statements.front()
            .text;
    };
    const char* join = R"(INNER JOIN "Tag" AS )";
    Operation operation = find_many(kUser);
    operation.selection = select({user::id});
    operation.arguments.where = relation(Filter::Kind::Some, user::tags);
    CHECK(pg(operation).find(join) == std::string::npos);
    CHECK(text(operation).find(join) != std::string::npos);
    operation.arguments.where = {};
    operation.selection.counts.push_back({user::tags, {}});
    CHECK(pg(operation).find(R"("Tag")") == std::string::npos);
    CHECK(text(operation).find(R"("Tag")") != std::string::npos);
    operation.selection.counts.clear();
    OrderBy order;
    order.field = user::tags;
    order.count = true;
    operation.arguments.order_by.push_back(order);
    CHECK(pg(operation).find(join) == std::string::npos);
    CHECK(text(operation).find(join) != std::string::npos);
}

TEST_CASE("relations_are_loaded_by_the_keys_of_all_parents") {
    Operation operation = find_many(kUser);
    operation.selection = select(
        {user::email}, {include(user::posts, select({post::title})), include(user::tags, select({tag::name})),
                        include(user::boss, select({user::id})), include(user::profile, select({profile::bio}))});
    CHECK(pg(operation) == R"(SELECT "email", "id", "bossId" FROM "User"
SELECT "title", "authorId" FROM "Post" WHERE "authorId" = ANY ($1)
SELECT "t0"."name", "t1"."B" FROM "Tag" AS "t0" INNER JOIN "_TagToUser" AS "t1" ON "t1"."A" = "t0"."id" WHERE "t1"."B" = ANY ($1)
SELECT "id" FROM "User" WHERE "id" = ANY ($1)
SELECT "bio", "userId" FROM "Profile" WHERE "userId" = ANY ($1))");
    CHECK(lite(operation).find(
              R"(SELECT "title", "authorId" FROM "Post" WHERE "authorId" IN (SELECT value FROM json_each(?1)))") !=
          std::string::npos);
}

TEST_CASE("compound_keys_are_parallel_lists") {
    Operation operation = find_many(kLine);
    operation.selection = select({line::sku}, {include(line::notes, select({note::text}))});
    CHECK(pg(operation) == R"(SELECT "sku", "orderNo" FROM "Line"
SELECT "t0"."text", "t0"."lineNo", "t0"."lineSku" FROM "Note" AS "t0" INNER JOIN unnest($1, $2) AS "t1"("k0", "k1") ON "t0"."lineNo" = "t1"."k0" AND "t0"."lineSku" = "t1"."k1")");
    CHECK(lite(operation) == R"(SELECT "sku", "orderNo" FROM "Line"
SELECT "t0"."text", "t0"."lineNo", "t0"."lineSku" FROM "Note" AS "t0" INNER JOIN (SELECT j0.value AS "k0", CASE j1.type WHEN 'array' THEN (SELECT group_concat(part.value, char(0)) FROM json_each(j1.value) AS part) ELSE j1.value END AS "k1" FROM json_each(?1) AS j0 INNER JOIN (SELECT key, value, type FROM json_each(?2) LIMIT -1) AS j1 ON j1.key = j0.key) AS "t1" ON "t0"."lineNo" = "t1"."k0" AND "t0"."lineSku" = "t1"."k1")");
}

TEST_CASE("rows_of_several_keys_are_read_by_lists_of_them") {
    Operation operation = find(Action::FindUnique, kUser);
    operation.selection = select({user::id});
    operation.rows = {{user::id}, {1, 2}};
    CHECK(pg(operation) == R"(SELECT "id" FROM "User" WHERE "id" = ANY ($1))");
    operation.rows = {{user::email}, {"a", "b"}};
    CHECK(lite(operation).starts_with(R"(SELECT "id", "email" FROM "User" WHERE "email" IN (SELECT )"));
    operation = find(Action::FindUnique, kLine);
    operation.selection = select({line::count});
    operation.rows = {{line::orderNo, line::sku}, {1, "a", 2, "b"}};
    CHECK(
        pg(operation) ==
        R"(SELECT "t0"."count", "t0"."orderNo", "t0"."sku" FROM "Line" AS "t0" INNER JOIN unnest($1, $2) AS "t1"("k0", "k1") ON "t0"."orderNo" = "t1"."k0" AND "t0"."sku" = "t1"."k1")");
    operation.lock = Lock::ForUpdate;
    CHECK(pg(operation).find("P2026") == 0);
    operation.lock = Lock::None;
    operation.rows = {{line::sku}, {"a"}};
    CHECK(pg(operation).find("P2009") == 0);
    operation.rows.fields = {line::notes};
    CHECK(pg(operation).find("P2009") == 0);
    operation.rows.fields = {77};
    CHECK(pg(operation).find("no field number 77") != std::string::npos);
}

TEST_CASE("paging_in_an_include_is_per_parent") {
    Arguments arguments;
    arguments.take = 5;
    arguments.order_by = {down(post::title)};
    Operation operation = find_many(kUser);
    operation.selection = select({user::id}, {include(user::posts, select({post::title}), arguments)});
    CHECK(pg(operation) == R"(SELECT "id" FROM "User"
SELECT "t1"."k0", "t1"."k1" FROM (SELECT "t0"."title" AS "k0", "t0"."authorId" AS "k1", "t0"."title" AS "k2", ROW_NUMBER() OVER (PARTITION BY "t0"."authorId" ORDER BY "t0"."title" DESC) AS "k3" FROM "Post" AS "t0" WHERE "t0"."authorId" = ANY ($1)) AS "t1" WHERE "t1"."k3" <= $2 ORDER BY "t1"."k3")");
}

TEST_CASE("parameters_have_the_types_of_their_columns") {
    Operation operation = find_many(kPost);
    operation.arguments.where =
        all({eq(post::id, 1), eq(post::title, "x"), compare(post::n, Comparison::In, Value::List{1}),
             eq(post::kind, Value::enumeration("News"))});
    operation.arguments.take = 3;
    const auto plan = lamina::plan::plan(operation, schema(), lamina::dialect::postgresql::dialect());
    REQUIRE(plan.has_value());
    CHECK((*plan).statements[0].type_codes == std::vector<std::uint32_t>{23, 25, 1007, 0, 20});
    CHECK((*plan).statements[0].binds[3].labels == &schema().enums[0].labels);
}

TEST_CASE("what_does_not_fit_the_schema_is_refused") {
    const auto error = [](const Operation& operation) {
        const auto plan = lamina::plan::plan(operation, schema(), lamina::dialect::postgresql::dialect());
        return plan ? std::string("planned") : plan.error().what();
    };
    Operation operation = find_many(kUser);
    operation.arguments.skip = -1;
    CHECK(error(operation).find("P2009") == 0);
    CHECK(error(find_many(77)).find("P2009") == 0);
    CHECK(error(filtered(kUser, eq(77, 1))).find("no field number 77") != std::string::npos);
    CHECK(error(filtered(kUser, eq(user::posts, 1))).find("`User.posts` is a relation") != std::string::npos);
    CHECK(error(filtered(kUser, eq(user::id, "x"))).find("must be Int") != std::string::npos);
    CHECK(error(filtered(kUser, compare(user::id, Comparison::Contains, 1))).find("`contains`") != std::string::npos);
    CHECK(error(filtered(kUser, compare(user::id, Comparison::Less, Value()))).find("other than null") !=
          std::string::npos);
    CHECK(error(filtered(kUser, compare(user::id, Comparison::In, 1))).find("a list") != std::string::npos);
    CHECK(error(filtered(kUser, relation(Kind::Is, user::posts))).find("`is`") != std::string::npos);
    CHECK(error(filtered(kUser, relation(Kind::Some, user::boss))).find("`some`") != std::string::npos);
    CHECK(error(filtered(kUser, relation(Kind::Some, user::name))).find("no relation") != std::string::npos);
    operation = find_many(kUser);
    operation.arguments.cursor = {{user::name, "x"}};
    CHECK(error(operation).find("(id) or (email)") != std::string::npos);
    operation = find(Action::FindUnique, kUser);
    operation.arguments.where = eq(user::name, "x");
    CHECK(error(operation).find("(id) or (email)") != std::string::npos);
    operation = find_many(kUser);
    operation.selection = select({user::posts});
    CHECK(error(operation).find("the selection takes scalar fields") != std::string::npos);
    operation = find_many(kUser);
    operation.selection.relations = {include(user::name)};
    CHECK(error(operation).find("no relation") != std::string::npos);
}
