#include "providers/postgresql/describe_types.hpp"

#include <doctest/doctest.h>

#include "providers/postgresql/column_types.hpp"
#include "providers/postgresql/ddl.hpp"

namespace {

using namespace lamina::providers::postgresql;
using lamina::catalog::Arity;
using lamina::catalog::ColumnType;
using lamina::catalog::Default;
using lamina::catalog::Family;
using lamina::catalog::NativeType;

std::string described(const char* formatted) { return to_string(described_type(formatted)); }

ColumnType column(Family family, Arity arity = Arity::Required) {
    ColumnType type;
    type.family = family;
    type.arity = arity;
    return type;
}

TEST_CASE("formatted_types_get_the_spelling_of_the_ddl") {
    CHECK(described("character varying(255)") == "VARCHAR(255)");
    CHECK(described("timestamp(3) without time zone") == "TIMESTAMP(3)");
    CHECK(described("timestamp with time zone") == "TIMESTAMPTZ");
    CHECK(described("numeric(65,30)") == "DECIMAL(65,30)");
    CHECK(described("bit varying(5)") == "VARBIT(5)");
    CHECK(described("double precision") == "DOUBLE PRECISION");
    CHECK(described("vector(3)") == "vector(3)");
    CHECK(described("interval(3)") == "interval(3)");
    CHECK(family_of(described_type("citext")) == Family::String);
    CHECK(family_of(described_type("tsvector")) == Family::Unsupported);
}

TEST_CASE("usual_arguments_may_be_left_out") {
    CHECK(same_type({"TIMESTAMP", {}}, {"TIMESTAMP", {6}}));
    CHECK(same_type({"DECIMAL", {10}}, {"DECIMAL", {10, 0}}));
    CHECK(same_type({"CHAR", {}}, {"CHAR", {1}}));
    CHECK(same_type({"Circle", {}}, {"circle", {}}));
    CHECK_FALSE(same_type({"TIMESTAMP", {3}}, {"TIMESTAMP", {6}}));
    CHECK_FALSE(same_type({"VARCHAR", {}}, {"VARCHAR", {6}}));
    CHECK_FALSE(same_type({"TEXT", {}}, {"VARCHAR", {}}));
}

TEST_CASE("defaults_are_read_through_their_casts") {
    const auto text = described_default(column(Family::String), "'it''s'::character varying");
    CHECK(text.kind == Default::Kind::Text);
    CHECK(text.text == "it's");
    const auto number = described_default(column(Family::Int), "'-5'::integer");
    CHECK(number.kind == Default::Kind::Number);
    CHECK(number.text == "-5");
    CHECK(described_default(column(Family::Float), "(-3.5)").text == "-3.5");
    CHECK(described_default(column(Family::Boolean), "true").kind == Default::Kind::Boolean);
    CHECK(described_default(column(Family::DateTime), "now()").kind == Default::Kind::Now);
    CHECK(described_default(column(Family::Bytes), "'\\x6869'::bytea").text == "6869");
    CHECK(described_default(column(Family::String), "gen_random_uuid()").kind == Default::Kind::Expression);
    CHECK(described_default(column(Family::String), "('a'::text || 'b'::text)").kind == Default::Kind::Expression);
    CHECK(described_default(column(Family::String), "'a'::text || 'b'::text").kind == Default::Kind::Expression);
}

TEST_CASE("list_defaults_are_read_item_by_item") {
    const auto texts = described_default(column(Family::String, Arity::List), "ARRAY['a,b'::text, 'c]'::text]");
    REQUIRE(texts.kind == Default::Kind::List);
    REQUIRE(texts.items.size() == 2);
    CHECK(texts.items[0].text == "a,b");
    CHECK(texts.items[1].text == "c]");
    const auto enums = described_default(column(Family::Enum, Arity::List), "ARRAY['A'::\"Role\", 'B'::\"Role\"]");
    CHECK(enums.items.size() == 2);
    CHECK(described_default(column(Family::Int, Arity::List), "ARRAY[]::integer[]").kind == Default::Kind::List);
    CHECK(described_default(column(Family::Int, Arity::List), "'{}'::integer[]").kind == Default::Kind::List);
    CHECK(described_default(column(Family::Int, Arity::List), "array_fill(1, 2)").kind == Default::Kind::Expression);
}

TEST_CASE("defaults_compare_by_meaning") {
    const ColumnType decimal = column(Family::Decimal);
    const Default wanted{.kind = Default::Kind::Number, .text = "1.50", .items = {}, .source = {}};
    CHECK(same_default(decimal, wanted, described_default(decimal, "1.5")));
    CHECK_FALSE(same_default(decimal, wanted, described_default(decimal, "1.51")));
    const ColumnType json = column(Family::Json);
    const Default object{.kind = Default::Kind::Text, .text = R"({"b":1, "a": [2]})", .items = {}, .source = {}};
    CHECK(same_default(json, object, described_default(json, R"('{"a": [2], "b": 1}'::jsonb)")));
    const ColumnType text = column(Family::String);
    const Default expression{.kind = Default::Kind::Expression, .text = "'x'::text", .items = {}, .source = {}};
    CHECK(same_default(text, expression, described_default(text, "'x'::text")));
}

TEST_CASE("expressions_compare_without_what_the_server_adds") {
    const ColumnType text = column(Family::String);
    const auto same = [&text](const char* wanted, const char* shown) {
        return same_default(text, {.kind = Default::Kind::Expression, .text = wanted, .items = {}, .source = {}},
                            described_default(text, shown));
    };
    CHECK(same("(lower('A'))", "lower('A'::text)"));
    CHECK(same("now() + interval '1 day'", "(now() + '1 day'::interval)") ==
          false);  // another spelling: not known to be the same
    CHECK(same("GEN_RANDOM_UUID()", "gen_random_uuid()"));
    CHECK(same("('a' || 'b')", "('a'::text || 'b'::text)"));
    CHECK(same("(a) + (b)", "((a) + (b))"));
    CHECK(same("left('a', 3)", "\"left\"('a'::character varying(30), 3)") == false);
    CHECK_FALSE(same("lower('A')", "lower('a'::text)"));
    CHECK_FALSE(same("lower('A')", "upper('A'::text)"));
}

TEST_CASE("operator_classes_have_prismas_names") {
    CHECK(operator_class("JsonbPathOps") == "jsonb_path_ops");
    CHECK(operator_class("Float4MinMaxMultiOps") == "float4_minmax_multi_ops");
    CHECK(operator_class("TimestampTzMinMaxOps") == "timestamptz_minmax_ops");
    CHECK(operator_class("TimeTzBloomOps") == "timetz_bloom_ops");
    CHECK(operator_class("VarBitMinMaxOps") == "varbit_minmax_ops");
    CHECK(operator_class("TsVectorOps") == "tsvector_ops");
}

TEST_CASE("default_texts_are_escaped") {
    const Default text{.kind = Default::Kind::Text, .text = "it's \\", .items = {}, .source = {}};
    CHECK(default_text(text, "TEXT") == "'it''s \\'");
    const Default list{.kind = Default::Kind::List, .text = {}, .items = {text, text}, .source = {}};
    CHECK(default_text(list, "TEXT[]") == "ARRAY['it''s \\', 'it''s \\']::TEXT[]");
}

}  // namespace
