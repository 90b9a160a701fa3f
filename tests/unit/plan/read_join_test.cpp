#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/plan/planner.hpp>
#include <lamina/sql/postgresql/dialect.hpp>
#include <lamina/sql/sqlite/dialect.hpp>

#include "fixture.hpp"

// What SQL reads become whose relations are loaded by a join. That they find what a batch finds, read_pgtest.cpp tries.

using namespace fixture;
using namespace lamina::query;

namespace {

std::string sql(const Operation& operation, const lamina::dialect::Dialect& dialect) {
    const auto plan = lamina::plan::plan(operation, schema(), dialect);
    if (!plan) return plan.error().what();
    std::string text;
    for (const auto& statement : (*plan).statements) text += (text.empty() ? "" : "\n") + statement.text;
    return text;
}

Operation joined(std::uint16_t model, Selection selection) {
    Operation operation = find_many(model);
    operation.load = Load::Join;
    operation.selection = std::move(selection);
    return operation;
}

std::string pg(const Operation& operation) { return sql(operation, lamina::dialect::postgresql::dialect()); }

/// What stands in the column of posts of all users, read with these arguments.
std::string posts(Arguments arguments, Selection selection = select({post::title})) {
    const std::string text =
        pg(joined(kUser, select({user::id}, {include(user::posts, std::move(selection), std::move(arguments))})));
    const std::string begin = R"(SELECT "t0"."id", ARRAY()", end = R"() FROM "User" AS "t0")";
    if (!text.starts_with(begin) || !text.ends_with(end)) return text;
    return text.substr(begin.size(), text.size() - begin.size() - end.size());
}

}  // namespace

TEST_CASE("joined_relations_of_every_kind_are_columns") {
    Operation operation = joined(
        kUser, select({user::email},
                      {include(user::posts, select({post::title})), include(user::tags, select({tag::name})),
                       include(user::boss, select({user::id})), include(user::profile, select({profile::bio}))}));
    CHECK(
        pg(operation) ==
        R"(SELECT "t0"."email", )"
        R"(ARRAY(SELECT ROW("t1"."title") FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id"), )"
        R"(ARRAY(SELECT ROW("t2"."name") FROM "Tag" AS "t2" INNER JOIN "_TagToUser" AS "t3" ON "t3"."A" = "t2"."id" )"
        R"(WHERE "t3"."B" = "t0"."id"), )"
        R"(ARRAY(SELECT ROW("t4"."id") FROM "User" AS "t4" WHERE "t4"."id" = "t0"."bossId"), )"
        R"(ARRAY(SELECT ROW("t5"."bio") FROM "Profile" AS "t5" WHERE "t5"."userId" = "t0"."id") FROM "User" AS "t0")");
    operation.load = Load::Batch;
    const std::string batch = sql(operation, lamina::dialect::sqlite::dialect());
    operation.load = Load::Join;
    CHECK(sql(operation, lamina::dialect::sqlite::dialect()) == batch);
}

TEST_CASE("joined_relations_nest_and_compound_keys_are_compared_field_by_field") {
    CHECK(pg(joined(kNote,
                    select({note::text}, {include(note::line, select({line::count},
                                                                     {include(line::notes, select({note::id}))}))}))) ==
          R"(SELECT "t0"."text", ARRAY(SELECT ROW("t1"."count", ARRAY(SELECT ROW("t2"."id") FROM "Note" AS "t2" )"
          R"(WHERE "t2"."lineNo" = "t1"."orderNo" AND "t2"."lineSku" = "t1"."sku")) FROM "Line" AS "t1" )"
          R"(WHERE "t1"."orderNo" = "t0"."lineNo" AND "t1"."sku" = "t0"."lineSku") FROM "Note" AS "t0")");
    CHECK(pg(joined(kUser, select({}, {include(user::boss, select({}))}))) ==
          R"(SELECT ARRAY(SELECT ROW() FROM "User" AS "t1" WHERE "t1"."id" = "t0"."bossId") FROM "User" AS "t0")");
}

TEST_CASE("joined_rows_are_paged_like_those_of_a_root") {
    Arguments arguments;
    arguments.take = 5;
    arguments.skip = 1;
    arguments.order_by = {down(post::title)};
    arguments.where = eq(post::n, 3);
    CHECK(posts(arguments) ==
          R"(SELECT ROW("t1"."title") FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" AND "t1"."n" = $1 )"
          R"(ORDER BY "t1"."title" DESC LIMIT $2 OFFSET $3)");
    arguments = {};
    arguments.take = -2;
    CHECK(posts(arguments) ==
          R"(SELECT ROW("t2"."k0") FROM (SELECT "t1"."title" AS "k0", "t1"."id" AS "k1" FROM "Post" AS "t1" )"
          R"(WHERE "t1"."authorId" = "t0"."id" ORDER BY "t1"."id" DESC LIMIT $1) AS "t2" ORDER BY "t2"."k1")");
    arguments = {};
    arguments.distinct = {post::n};
    CHECK(
        posts(arguments) ==
        R"(SELECT ROW("t2"."k0") FROM (SELECT "t1"."title" AS "k0", "t1"."id" AS "k1", ROW_NUMBER() OVER )"
        R"((PARTITION BY "t1"."n" ORDER BY "t1"."id") AS "k2" FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id") )"
        R"(AS "t2" WHERE "t2"."k2" = 1 ORDER BY "t2"."k1")");
}

TEST_CASE("a_cursor_of_joined_rows_names_one_of_the_parents_own") {
    Arguments arguments;
    arguments.cursor = {{post::id, 3}};
    CHECK(posts(arguments) ==
          R"(SELECT ROW("t1"."title") FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" AND "t1"."id" >= )"
          R"((SELECT "t2"."id" FROM "Post" AS "t2" WHERE "t2"."id" = $1 AND "t2"."authorId" = "t0"."id") )"
          R"(ORDER BY "t1"."id")");
    arguments.order_by = {by(post::title), by(post::id)};
    CHECK(posts(arguments).find(
              R"(FROM "Post" AS "t2" WHERE "t2"."id" = $1 AND "t2"."authorId" = "t0"."id") AS "t3" ON)") !=
          std::string::npos);
}

TEST_CASE("related_rows_of_joined_rows_are_counted_for_each") {
    Selection boss = select({user::id});
    boss.counts = {{user::posts, eq(post::n, 1)}};
    Arguments arguments;
    arguments.order_by = {by(user::posts)};
    arguments.order_by[0].count = true;
    CHECK(pg(joined(kUser, select({user::id}, {include(user::team, boss, arguments)}))) ==
          R"(SELECT "t0"."id", ARRAY(SELECT ROW("t1"."id", (SELECT COUNT(*) FROM "Post" AS "t2" WHERE )"
          R"("t2"."authorId" = "t1"."id" AND "t2"."n" = $1)) FROM "User" AS "t1" WHERE "t1"."bossId" = "t0"."id" )"
          R"(ORDER BY (SELECT COUNT(*) FROM "Post" AS "t3" WHERE "t3"."authorId" = "t1"."id")) FROM "User" AS "t0")");
}

TEST_CASE("rows_that_are_skipped_are_not_given_related_rows") {
    Operation operation = joined(kUser, select({user::email}, {include(user::posts, select({post::title}))}));
    operation.arguments.skip = 2;
    operation.arguments.order_by = {by(user::name)};
    CHECK(pg(operation) ==
          R"(SELECT "t1"."k0", ARRAY(SELECT ROW("t2"."title") FROM "Post" AS "t2" WHERE "t2"."authorId" = "t1"."k1") )"
          R"(FROM (SELECT "t0"."email" AS "k0", "t0"."id" AS "k1", "t0"."name" AS "k2" FROM "User" AS "t0" )"
          R"(ORDER BY "t0"."name" OFFSET $1) AS "t1" ORDER BY "t1"."k2")");
}

TEST_CASE("what_does_not_fit_is_refused_in_joined_relations_too") {
    Arguments arguments;
    arguments.skip = -1;
    CHECK(posts(arguments).starts_with("P2009"));
    CHECK(pg(joined(kUser, select({user::id}, {include(user::name)}))).starts_with("P2009"));
    CHECK(posts({}, select({post::author})).starts_with("P2009"));
}
