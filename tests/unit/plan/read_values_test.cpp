#include <string>
#include <utility>

#include <doctest/doctest.h>

#include <lamina/plan/planner.hpp>
#include <lamina/sql/postgresql/dialect.hpp>
#include <lamina/sql/sqlite/dialect.hpp>

#include "fixture.hpp"

// The SQL of filters on lists, Json and texts, and of comparisons of one field with another.

using namespace fixture;
using namespace lamina::query;
namespace d = fixture::document;

namespace {

std::string sql(const Operation& operation, const lamina::dialect::Dialect& dialect) {
    const auto plan = lamina::plan::plan(operation, schema(), dialect);
    return plan ? (*plan).statements.front().text
                : std::string(plan.error().code_text()) + " " + plan.error().message();
}

std::string where(Filter filter, const lamina::dialect::Dialect& dialect) {
    Operation operation = find_many(kDocument);
    operation.selection = select({d::id});
    operation.arguments.where = std::move(filter);
    const std::string text = sql(operation, dialect);
    const std::size_t at = text.find(" WHERE ");
    return at == std::string::npos ? text : text.substr(at + 7);
}

std::string pg(Filter filter) { return where(std::move(filter), lamina::dialect::postgresql::dialect()); }
std::string lite(Filter filter) { return where(std::move(filter), lamina::dialect::sqlite::dialect()); }

Filter refer(FieldId field, Comparison comparison, FieldId other, bool insensitive = false) {
    Filter filter = compare(field, comparison, Value(), insensitive);
    filter.other = other;
    return filter;
}

Filter at(Value path, Comparison comparison, Value value, bool insensitive = false) {
    Filter filter = compare(d::data, comparison, std::move(value), insensitive);
    filter.path = std::move(path);
    return filter;
}

const Value kSteps = Value::List{"x", "0"};

}  // namespace

TEST_CASE("a_field_is_compared_with_another_field") {
    CHECK(pg(refer(d::a, Comparison::Equals, d::b)) == R"("a" = "b")");
    CHECK(pg(refer(d::a, Comparison::Less, d::b)) == R"("a" < "b")");
    CHECK(pg(none_of({refer(d::a, Comparison::Less, d::b)})) == R"("a" >= "b")");
    CHECK(pg(refer(d::title, Comparison::Equals, d::subtitle, true)) == R"(LOWER("title") = LOWER("subtitle"))");
    CHECK(pg(refer(d::a, Comparison::In, d::numbers)) == R"("a" = ANY ("numbers"))");
    CHECK(pg(refer(d::a, Comparison::NotIn, d::numbers)) == R"("a" <> ALL ("numbers"))");
    CHECK(pg(refer(d::title, Comparison::In, d::texts, true)) ==
          R"(LOWER("title") = ANY (LOWER("texts"::text)::text[]))");
    CHECK(pg(refer(d::title, Comparison::NotIn, d::texts, true)) ==
          R"(LOWER("title") <> ALL (LOWER("texts"::text)::text[]))");
    CHECK(pg(refer(d::numbers, Comparison::Has, d::a)) == R"("a" = ANY ("numbers"))");
    CHECK(pg(refer(d::numbers, Comparison::HasEvery, d::more)) == R"("numbers" @> "more")");
    CHECK(pg(refer(d::numbers, Comparison::HasSome, d::more)) == R"("numbers" && "more")");
    CHECK(pg(refer(d::texts, Comparison::HasSome, d::codes)) == R"("texts"::text[] && "codes"::text[])");
    CHECK(pg(refer(d::title, Comparison::Equals, d::code)) == R"("title"::text = "code"::text)");
    CHECK(pg(refer(d::data, Comparison::Equals, d::raw)) == R"("data" = "raw"::jsonb)");
    CHECK(pg(refer(d::title, Comparison::Contains, d::subtitle)) == R"(STRPOS("title"::text, "subtitle"::text) > 0)");
    CHECK(pg(refer(d::title, Comparison::StartsWith, d::subtitle)) ==
          R"(LEFT("title"::text, LENGTH("subtitle"::text)) = "subtitle"::text)");
    CHECK(pg(none_of({refer(d::title, Comparison::EndsWith, d::subtitle)})) ==
          R"(RIGHT("title"::text, LENGTH("subtitle"::text)) <> "subtitle"::text)");
    CHECK(lite(refer(d::title, Comparison::Contains, d::subtitle)) ==
          R"(INSTR(LOWER("title"), LOWER("subtitle")) > 0)");
}

TEST_CASE("a_field_of_another_type_is_no_other_side") {
    CHECK(pg(refer(d::a, Comparison::Equals, d::big)) ==
          "P2019 Input error. Expected a referenced scalar field of type Int but found Document.big of type BigInt.");
    CHECK(pg(refer(d::a, Comparison::In, d::b)) ==
          "P2019 Input error. Expected a referenced scalar field of type Int[] but found Document.b of type Int.");
    CHECK(pg(refer(d::a, Comparison::Equals, 99)).starts_with("P2009"));
    CHECK(pg(refer(d::done, Comparison::Less, d::done)).starts_with("P2009"));
    CHECK(pg(refer(d::title, Comparison::Search, d::title)).starts_with("P2009"));
    CHECK(pg(refer(d::texts, Comparison::Has, d::title, true)).starts_with("P2009"));
    CHECK(pg(refer(d::texts, Comparison::Equals, d::texts, true)).starts_with("P2009"));
}

TEST_CASE("lists_are_asked_for_their_elements") {
    const Value numbers = Value::List{1, 2};
    CHECK(pg(compare(d::numbers, Comparison::Equals, numbers)) == R"("numbers" = $1)");
    CHECK(pg(none_of({compare(d::numbers, Comparison::Equals, numbers)})) == R"("numbers" <> $1)");
    CHECK(pg(compare(d::codes, Comparison::Equals, Value::List{"x"})) == R"("codes" = $1::varchar[])");
    CHECK(pg(compare(d::kinds, Comparison::Equals, Value::List{"News"})) == R"("kinds" = $1::"Kind"[])");
    CHECK(pg(compare(d::numbers, Comparison::Equals, Value())) == R"("numbers" IS NULL)");
    CHECK(pg(compare(d::numbers, Comparison::Has, 1)) == R"("numbers" @> ARRAY[$1])");
    CHECK(pg(none_of({compare(d::numbers, Comparison::Has, 1)})) == R"(NOT ("numbers" @> ARRAY[$1]))");
    CHECK(pg(compare(d::numbers, Comparison::Has, Value())) == R"(1=0)");
    CHECK(pg(none_of({compare(d::numbers, Comparison::Has, Value())})) == R"("numbers" IS NOT NULL)");
    CHECK(pg(compare(d::kinds, Comparison::Has, "News")) == R"("kinds" @> ARRAY[$1]::"Kind"[])");
    CHECK(pg(compare(d::numbers, Comparison::HasEvery, numbers)) == R"("numbers" @> $1)");
    CHECK(pg(compare(d::codes, Comparison::HasSome, Value::List{"x"})) == R"("codes" && $1::varchar[])");
    CHECK(pg(compare(d::numbers, Comparison::IsEmpty, true)) == R"("numbers" = '{}')");
    CHECK(pg(compare(d::numbers, Comparison::IsEmpty, false)) == R"("numbers" <> '{}')");
    CHECK(pg(none_of({compare(d::numbers, Comparison::IsEmpty, false)})) == R"("numbers" = '{}')");
    CHECK(pg(compare(d::numbers, Comparison::Has, "x")).starts_with("P2009"));
    CHECK(pg(compare(d::numbers, Comparison::In, numbers)).starts_with("P2009"));
    CHECK(pg(compare(d::a, Comparison::Has, 1)).starts_with("P2009"));
    CHECK(lite(compare(d::numbers, Comparison::Has, 1)).starts_with("P2026"));
}

TEST_CASE("json_is_compared_at_a_path") {
    CHECK(pg(compare(d::data, Comparison::Equals, Value::json("1"))) == R"("data" = $1)");
    CHECK(pg(compare(d::raw, Comparison::Equals, Value::json("1"))) == R"("raw"::jsonb = $1::jsonb)");
    CHECK(pg(compare(d::data, Comparison::Equals, Value())) == R"("data" IS NULL)");
    CHECK(pg(at(kSteps, Comparison::Equals, Value())) == R"(("data" #> $1) IS NULL)");
    CHECK(pg(at(kSteps, Comparison::Equals, Value::json("1"))) == R"(("data" #> $1) = $2)");
    CHECK(lite(at("$.x", Comparison::Equals, Value::json("1"))) == R"(("data" -> ?1) = json(?2))");
    CHECK(pg(at(kSteps, Comparison::Not, Value::json("\"a\""), true)) ==
          R"(LOWER(("data" #> $1)::text) <> LOWER($2::text))");
    CHECK(pg(at(kSteps, Comparison::Greater, Value::json("1"))) ==
          R"(("data" #> $1) > $2 AND JSONB_TYPEOF(("data" #> $1)) = JSONB_TYPEOF($2))");
    CHECK(pg(none_of({at(kSteps, Comparison::Contains, "a")})) ==
          R"(("data" #>> $1) NOT LIKE $2 AND JSONB_TYPEOF(("data" #> $1)) = 'string')");
    CHECK(lite(at("$.x", Comparison::StartsWith, "a")) ==
          R"(("data" ->> ?1) LIKE ?2 ESCAPE '\' AND json_type(("data" -> ?1)) = 'text')");
    CHECK(pg(at(Value(), Comparison::Contains, "a")) ==
          R"(("data" #>> '{}') LIKE $1 AND JSONB_TYPEOF("data") = 'string')");
    CHECK(pg(at(kSteps, Comparison::ArrayContains, Value::json("[1]"))) ==
          R"(("data" #> $1) @> $2 AND JSONB_TYPEOF(("data" #> $1)) = 'array')");
    CHECK(pg(none_of({at(kSteps, Comparison::ArrayStartsWith, Value::json("1"))})) ==
          R"((("data" #> $1) -> 0) <> $2 AND JSONB_TYPEOF(("data" #> $1)) = 'array')");
    CHECK(lite(at("$.x", Comparison::ArrayEndsWith, Value::json("1"))) ==
          R"((("data" -> ?1) -> '$[#-1]') = json(?2) AND json_type(("data" -> ?1)) = 'array')");
    CHECK(lite(at("$.x", Comparison::ArrayContains, Value::json("[1]"))).starts_with("P2026"));
    CHECK(lite(at(kSteps, Comparison::Equals, Value::json("1"))) == R"(("data" -> ?1) = json(?2))");
    CHECK(pg(at("$.x", Comparison::Equals, Value::json("1"))).starts_with("P2009"));
    CHECK(pg(at(kSteps, Comparison::Contains, Value::json("1"))).starts_with("P2009"));
    CHECK(pg(at(kSteps, Comparison::Equals, 1)).starts_with("P2009"));
}

TEST_CASE("texts_are_searched") {
    CHECK(pg(compare(d::title, Comparison::Search, "a & b")) ==
          R"(TO_TSVECTOR(CONCAT_WS(' ', "title")) @@ TO_TSQUERY($1))");
    CHECK(pg(none_of({compare(d::title, Comparison::Search, "a")})) ==
          R"(NOT (TO_TSVECTOR(CONCAT_WS(' ', "title")) @@ TO_TSQUERY($1)))");
    CHECK(pg(compare(d::a, Comparison::Search, "a")).starts_with("P2009"));
    CHECK(lite(compare(d::title, Comparison::Search, "a")).starts_with("P2026"));

    Operation operation = find_many(kDocument);
    operation.selection = select({d::id});
    OrderBy order;
    order.relevance = {d::title, d::subtitle};
    order.search = "a";
    order.direction = Direction::Descending;
    operation.arguments.order_by = {order};
    CHECK(sql(operation, lamina::dialect::postgresql::dialect()) ==
          R"(SELECT "id" FROM "Document" ORDER BY TS_RANK(TO_TSVECTOR(CONCAT_WS(' ', "title", "subtitle")), )"
          R"(TO_TSQUERY($1)) DESC)");
}
