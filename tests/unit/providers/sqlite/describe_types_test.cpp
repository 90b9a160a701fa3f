#include "providers/sqlite/describe_types.hpp"

#include <doctest/doctest.h>

#include "providers/sqlite/ddl.hpp"

namespace {

using namespace lamina::providers::sqlite;
using lamina::catalog::ColumnType;
using lamina::catalog::Default;
using lamina::catalog::Family;

ColumnType column(Family family) {
    ColumnType type;
    type.family = family;
    return type;
}

Default wanted(Default::Kind kind, const char* text) { return {.kind = kind, .text = text, .items = {}, .source = {}}; }

TEST_CASE("declared_types_have_families") {
    CHECK(family_of("integer") == Family::Int);
    CHECK(family_of("VARCHAR (255)") == Family::String);
    CHECK(family_of("NUMERIC(10,2)") == Family::Decimal);
    CHECK(family_of("double precision") == Family::Float);
    CHECK(family_of("datetime") == Family::DateTime);
    CHECK(family_of("JSONB") == Family::Json);
    CHECK(family_of("point") == Family::Unsupported);
    CHECK(family_of("") == Family::Unsupported);
}

TEST_CASE("types_of_one_family_are_the_same") {
    CHECK(same_type({"TEXT", {}}, {"NVARCHAR(160)", {}}));
    CHECK(same_type({"point", {}}, {"POINT", {}}));
    CHECK_FALSE(same_type({"INTEGER", {}}, {"BIGINT", {}}));
    CHECK_FALSE(same_type({"point", {}}, {"circle", {}}));
}

TEST_CASE("defaults_compare_by_meaning") {
    const auto same = [](Family family, Default::Kind kind, const char* text, const char* present) {
        return same_default(column(family), wanted(kind, text), described_default(family, present));
    };
    CHECK(same(Family::String, Default::Kind::Text, "it's", "'it''s'"));
    CHECK_FALSE(same(Family::String, Default::Kind::Text, "a", "'b'"));
    CHECK(same(Family::Int, Default::Kind::Number, "5", "5"));
    CHECK(same(Family::Decimal, Default::Kind::Number, "1.50", "1.5"));
    CHECK(same(Family::Boolean, Default::Kind::Boolean, "true", "1"));
    CHECK(same(Family::Boolean, Default::Kind::Boolean, "true", "TRUE"));
    CHECK(same(Family::DateTime, Default::Kind::Now, "", "current_timestamp"));
    CHECK(same(Family::Bytes, Default::Kind::Bytes, "68ff", "X'68FF'"));
    CHECK(same(Family::Json, Default::Kind::Text, R"({"a": 1})", R"('{"a":1}')"));
    CHECK(same(Family::Json, Default::Kind::Text, "null", "null"));
    CHECK(same(Family::String, Default::Kind::Expression, "(lower('A'))", "lower('A')"));
    CHECK_FALSE(same(Family::DateTime, Default::Kind::Now, "", "'2020-01-01'"));
}

TEST_CASE("bytes_and_json_defaults_are_values_not_their_spelling") {
    CHECK(default_text(wanted(Default::Kind::Bytes, "6869")) == "X'6869'");
    CHECK(default_text(wanted(Default::Kind::Text, R"({"a":"it's"})")) == R"('{"a":"it''s"}')");
}

}  // namespace
