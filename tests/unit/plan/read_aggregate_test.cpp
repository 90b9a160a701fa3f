#include <string>
#include <utility>

#include <doctest/doctest.h>

#include <lamina/plan/planner.hpp>
#include <lamina/sql/postgresql/dialect.hpp>
#include <lamina/sql/sqlite/dialect.hpp>

#include "fixture.hpp"

// The SQL of aggregate, group_by, numbers of related rows, and row locks.

using namespace fixture;
using namespace lamina::query;

namespace {

std::string sql(const Operation& operation, const lamina::dialect::Dialect& dialect) {
    const auto plan = lamina::plan::plan(operation, schema(), dialect);
    return plan ? (*plan).statements.front().text
                : std::string(plan.error().code_text()) + " " + plan.error().message();
}

std::string pg(const Operation& operation) { return sql(operation, lamina::dialect::postgresql::dialect()); }
std::string lite(const Operation& operation) { return sql(operation, lamina::dialect::sqlite::dialect()); }

Operation aggregate(std::uint16_t model, std::vector<AggregateValue> values) {
    Operation operation = find(Action::Aggregate, model);
    operation.aggregates = std::move(values);
    return operation;
}

Operation group_by(std::uint16_t model, std::vector<FieldId> by, std::vector<AggregateValue> values = {}) {
    Operation operation = find(Action::GroupBy, model);
    operation.by = std::move(by);
    operation.aggregates = std::move(values);
    return operation;
}

Filter having(Aggregate aggregate, FieldId field, Comparison comparison, Value value) {
    Filter filter = compare(field, comparison, std::move(value));
    filter.aggregate = aggregate;
    return filter;
}

Operation counting(std::vector<CountSelection> counts) {
    Operation operation = find_many(kUser);
    operation.selection = select({user::name});
    operation.selection.counts = std::move(counts);
    return operation;
}

}  // namespace

TEST_CASE("aggregates_are_calculated_by_the_database") {
    Operation operation = aggregate(kPost, {{Aggregate::Count, lamina::meta::kNone},
                                            {Aggregate::Count, post::n},
                                            {Aggregate::Sum, post::n},
                                            {Aggregate::Average, post::n},
                                            {Aggregate::Minimum, post::title}});
    CHECK(pg(operation) ==
          R"(SELECT COUNT(*), COUNT("n"), SUM("n"), AVG("n")::double precision, MIN("title") FROM "Post")");
    CHECK(lite(operation) == R"(SELECT COUNT(*), COUNT("n"), SUM("n"), AVG("n"), MIN("title") FROM "Post")");
    CHECK(pg(aggregate(kDocument, {{Aggregate::Maximum, document::code},
                                   {Aggregate::Sum, document::big},
                                   {Aggregate::Minimum, document::done}})) ==
          R"(SELECT MAX("code"::text)::uuid, SUM("big")::bigint, BOOL_AND("done") FROM "Document")");
}

TEST_CASE("where_take_skip_and_cursor_come_before_aggregates") {
    Operation operation = aggregate(kPost, {{Aggregate::Sum, post::n}});
    operation.arguments.where = eq(post::title, "x");
    CHECK(pg(operation) == R"(SELECT SUM("n") FROM "Post" WHERE "title" = $1)");
    operation.arguments.take = 2;
    operation.arguments.skip = 1;
    operation.arguments.order_by = {by(post::title)};
    CHECK(pg(operation) ==
          R"(SELECT SUM("t1"."k0") FROM (SELECT "t0"."n" AS "k0" FROM "Post" AS "t0" WHERE "t0"."title" = $1)"
          R"( ORDER BY "t0"."title" LIMIT $2 OFFSET $3) AS "t1")");
}

TEST_CASE("only_what_can_be_calculated_is") {
    CHECK(pg(aggregate(kPost, {})).starts_with("P2009"));
    CHECK(pg(aggregate(kPost, {{Aggregate::Sum, post::title}})).starts_with("P2009"));
    CHECK(pg(aggregate(kPost, {{Aggregate::Sum, lamina::meta::kNone}})).starts_with("P2009"));
    CHECK(pg(aggregate(kPost, {{Aggregate::Count, post::author}})).starts_with("P2009"));
    CHECK(pg(aggregate(kPost, {{Aggregate::Count, 99}})).starts_with("P2009"));
    CHECK(pg(aggregate(kDocument, {{Aggregate::Minimum, document::data}})).starts_with("P2009"));
    Operation operation = find_many(kPost);
    operation.arguments.where = having(Aggregate::Sum, post::n, Comparison::Equals, 1);
    CHECK(pg(operation).starts_with("P2009"));
}

TEST_CASE("groups_are_filtered_and_ordered_by_fields_and_aggregates") {
    Operation operation = group_by(kPost, {post::authorId}, {{Aggregate::Sum, post::n}});
    CHECK(pg(operation) == R"(SELECT "authorId", SUM("n") FROM "Post" GROUP BY "authorId")");
    operation.having =
        any({having(Aggregate::Average, post::n, Comparison::Greater, 1.5),
             none_of({having(Aggregate::Count, lamina::meta::kNone, Comparison::Equals, 1)}), eq(post::authorId, 3)});
    OrderBy order = down(post::n);
    order.aggregate = Aggregate::Sum;
    operation.arguments.order_by = {order, by(post::authorId)};
    operation.arguments.take = 5;
    CHECK(pg(operation) == R"(SELECT "authorId", SUM("n") FROM "Post" GROUP BY "authorId" HAVING )"
                           R"(AVG("n")::double precision > $1 OR COUNT(*) <> $2 OR "authorId" = $3 )"
                           R"(ORDER BY SUM("n") DESC, "authorId" LIMIT $4)");
    operation.arguments.take = -5;
    operation.having = {};
    CHECK(lite(operation) == R"(SELECT "authorId", SUM("n") FROM "Post" GROUP BY "authorId" )"
                             R"(ORDER BY SUM("n"), "authorId" DESC LIMIT ?1)");
}

TEST_CASE("what_is_not_grouped_by_cannot_be_asked_for") {
    Operation operation = group_by(kPost, {post::authorId});
    operation.having = eq(post::n, 1);
    CHECK(pg(operation) ==
          "P2019 Input error. Every field used in `having` filters must either be an aggregation filter "
          "or be included in the selection of the query. Missing fields: n");
    operation.having = {};
    operation.arguments.order_by = {by(post::n)};
    CHECK(pg(operation) ==
          "P2019 Input error. Every field used for orderBy must be included in the by-arguments of the "
          "query. Missing fields: n");
    operation.arguments.order_by.clear();
    operation.arguments.take = 1;
    CHECK(pg(operation).starts_with("P2019"));
    operation.arguments = {};
    operation.having = having(Aggregate::Count, lamina::meta::kNone, Comparison::Equals, Value());
    operation.having.other = post::n;
    CHECK(pg(operation).starts_with("P2009"));
    operation.having = relation(Filter::Kind::Is, post::author);
    CHECK(pg(operation).starts_with("P2009"));
    CHECK(pg(group_by(kPost, {})).starts_with("P2009"));
}

TEST_CASE("related_rows_are_counted_for_all_rows_at_once_or_for_each_of_few") {
    Operation operation = counting({{user::posts, eq(post::n, 1)}});
    CHECK(
        pg(operation) ==
        R"(SELECT "t0"."name", COALESCE("t2"."k1", 0) FROM "User" AS "t0" LEFT JOIN (SELECT "t1"."authorId" AS "k0", )"
        R"(COUNT(*) AS "k1" FROM "Post" AS "t1" WHERE "t1"."n" = $1 GROUP BY "t1"."authorId") AS "t2" )"
        R"(ON "t2"."k0" = "t0"."id")");
    operation.arguments.take = 10;
    operation.arguments.order_by = {by(user::id)};
    CHECK(
        pg(operation) ==
        R"(SELECT "t0"."name", (SELECT COUNT(*) FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id" AND "t1"."n" = $1) )"
        R"(FROM "User" AS "t0" ORDER BY "t0"."id" LIMIT $2)");
    Operation tags = counting({{user::tags, {}}});
    tags.action = Action::FindFirst;
    CHECK(lite(tags) == R"(SELECT "t0"."name", (SELECT COUNT(*) FROM "_TagToUser" AS "t1" WHERE "t1"."B" = "t0"."id") )"
                        R"(FROM "User" AS "t0" LIMIT 1)");
    CHECK(pg(counting({{user::boss, {}}})).starts_with("P2009"));
    CHECK(pg(counting({{user::name, {}}})).starts_with("P2009"));
}

TEST_CASE("rows_are_locked_where_the_database_can") {
    Operation operation = find_many(kTag);
    operation.selection = select({tag::id});
    operation.lock = Lock::ForUpdate;
    operation.lock_wait = LockWait::SkipLocked;
    CHECK(pg(operation) == R"(SELECT "id" FROM "Tag" FOR UPDATE SKIP LOCKED)");
    operation.arguments.take = -2;
    operation.lock_wait = LockWait::NoWait;
    CHECK(pg(operation).find(R"(DESC LIMIT $1 FOR UPDATE OF "t0" NOWAIT) AS "t1")") != std::string::npos);
    CHECK(lite(operation).starts_with("P2026"));
    operation.action = Action::Count;
    CHECK(pg(operation).starts_with("P2026"));
}
