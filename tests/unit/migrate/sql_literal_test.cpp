#include "migrate/sql_literal.hpp"

#include <doctest/doctest.h>

namespace {

using namespace lamina::migrate;

TEST_CASE("quoted_text_ends_at_its_single_quote") {
    const auto found = read_quoted("'it''s'::text");
    REQUIRE(found);
    CHECK(found->value == "it's");
    CHECK(found->rest == "::text");
    CHECK(read_quoted("''")->value.empty());
    CHECK_FALSE(read_quoted("'open"));
    CHECK_FALSE(read_quoted("'open''"));
    CHECK_FALSE(read_quoted("name"));
    CHECK_FALSE(read_quoted(""));
}

TEST_CASE("numbers_are_equal_by_value") {
    CHECK(same_number("1.50", "1.5"));
    CHECK(same_number("1e3", "1000"));
    CHECK(same_number("-0.010", "-1E-2"));
    CHECK(same_number("0", "-0.0"));
    CHECK(same_number("100000000000000000000000000000.1", "1000000000000000000000000000001e-1"));
    CHECK_FALSE(same_number("1", "-1"));
    CHECK_FALSE(same_number("1.5", "1.51"));
    CHECK_FALSE(same_number("x", "x"));
    CHECK_FALSE(same_number("", ""));
}

TEST_CASE("what_is_a_number") {
    for (const char* number : {"0", "-1", "+1", "1.", ".5", "1e+20", "12.5E-3"})
        CHECK_MESSAGE(is_number(number), number);
    for (const char* other : {"", "-", ".", "1e", "1e+", "0x1", "1.2.3", "now()", "1 "})
        CHECK_MESSAGE(!is_number(other), other);
}

TEST_CASE("sql_is_compared_without_spaces_and_case_outside_of_quotes") {
    CHECK(same_sql("gen_random_uuid()", "GEN_RANDOM_UUID( )"));
    CHECK_FALSE(same_sql("lower('A')", "lower('a')"));
    CHECK_FALSE(same_sql("'a b'", "'ab'"));
    CHECK_FALSE(same_sql("nextval('\"S\"')", "nextval('\"s\"')"));
}

}  // namespace
