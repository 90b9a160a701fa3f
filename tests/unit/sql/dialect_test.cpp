#include <string>

#include <doctest/doctest.h>

#include <lamina/sql/postgresql/dialect.hpp>
#include <lamina/sql/sqlite/dialect.hpp>
#include <lamina/sql/writer.hpp>

using namespace lamina::dialect;
using lamina::Type;

namespace {

const Dialect& pg() { return lamina::dialect::postgresql::dialect(); }
const Dialect& lite() { return lamina::dialect::sqlite::dialect(); }

ValueType type(Type type, std::string_view native = {}, bool list = false) {
    return {type, list, {native, {}}, nullptr};
}

std::string text(const Expression& expression, const Dialect& dialect) {
    Writer writer(dialect, false);
    writer.expression(expression);
    return std::move(writer).take().sql;
}

constexpr lamina::meta::Enum kRole{"Role", "role", "app", {}};
constexpr lamina::meta::Enum kPlainRole{"Role", "Role", "", {}};

}  // namespace

TEST_CASE("identifiers_are_quoted_and_tables_qualified") {
    std::string out;
    pg().identifier(out, R"(a"b)");
    CHECK(out == R"("a""b")");
    out.clear();
    pg().table(out, {"app", "User"});
    CHECK(out == R"("app"."User")");
}

TEST_CASE("postgresql_type_codes_are_oids") {
    CHECK(pg().type_code(type(Type::Int)) == 23);
    CHECK(pg().type_code(type(Type::BigInt)) == 20);
    CHECK(pg().type_code(type(Type::Float)) == 701);
    CHECK(pg().type_code(type(Type::Decimal)) == 1700);
    CHECK(pg().type_code(type(Type::Boolean)) == 16);
    CHECK(pg().type_code(type(Type::String)) == 25);
    CHECK(pg().type_code(type(Type::DateTime)) == 1114);
    CHECK(pg().type_code(type(Type::Json)) == 3802);
    CHECK(pg().type_code(type(Type::Bytes)) == 17);
    CHECK(pg().type_code(type(Type::Enum)) == 0);
    CHECK(pg().type_code(type(Type::String, "VarChar")) == 25);
    CHECK(pg().type_code(type(Type::String, "Uuid")) == 2950);
    CHECK(pg().type_code(type(Type::String, "Citext")) == 0);
    CHECK(pg().type_code(type(Type::String, "Char")) == 0);
    CHECK(pg().type_code(type(Type::Int, "SmallInt")) == 23);
    CHECK(pg().type_code(type(Type::DateTime, "Timestamptz")) == 1184);
    CHECK(pg().type_code(type(Type::DateTime, "Date")) == 0);
    CHECK(pg().type_code(type(Type::Json, "Json")) == 114);
    CHECK(pg().type_code(type(Type::Int, {}, true)) == 1007);
    CHECK(pg().type_code(type(Type::String, {}, true)) == 1009);
    CHECK(pg().type_code(type(Type::Decimal, {}, true)) == 1231);
    CHECK(pg().type_code(type(Type::Enum, {}, true)) == 0);
    CHECK(lite().type_code(type(Type::Decimal, {}, true)) == 0);
}

TEST_CASE("type_names") {
    const auto name = [](ValueType value, const Dialect& dialect) {
        std::string out;
        dialect.type_name(out, value);
        return out;
    };
    CHECK(name(type(Type::Int), pg()) == "integer");
    CHECK(name(type(Type::String, "Char", true), pg()) == "bpchar[]");
    CHECK(name({Type::Enum, true, {}, &kRole}, pg()) == R"("app"."role"[])");
    CHECK(name({Type::Enum, false, {}, &kPlainRole}, pg()) == R"("Role")");
    CHECK(name(type(Type::Decimal), lite()) == "NUMERIC");
}

TEST_CASE("a_parameter_used_twice_has_one_placeholder") {
    Select select;
    select.from = Table{{"", "T"}, 0};
    select.where = all_of({equal(column(0, "a", type(Type::Int)), parameter(3, type(Type::Int))),
                           equal(column(0, "b", type(Type::Int)), parameter(1, type(Type::Int))),
                           equal(column(0, "c", type(Type::Int)), parameter(3, type(Type::Int))),
                           equal(column(0, "d", type(Type::BigInt)), parameter(3, type(Type::BigInt)))});
    const Text written = write(select, pg(), false);
    CHECK(written.sql == R"(SELECT 1 FROM "T" WHERE "a" = $1 AND "b" = $2 AND "c" = $1 AND "d" = $3)");
    CHECK(written.binds == std::vector<std::uint32_t>{3, 1, 3});
    CHECK(written.type_codes == std::vector<std::uint32_t>{23, 23, 20});
}

TEST_CASE("types_without_equality_are_compared_through_another") {
    const auto equality = [](std::string_view native, Type of) {
        return text(equal(column(kNoTable, "a", type(of, native)), parameter(0, type(of, native))), pg());
    };
    CHECK(equality("Json", Type::Json) == R"("a"::jsonb = $1::jsonb)");
    CHECK(equality("", Type::Json) == R"("a" = $1)");
    CHECK(equality("Xml", Type::String) == R"("a"::text = $1::text)");
}

TEST_CASE("patterns_need_text") {
    const auto like = [](std::string_view native) {
        return text(
            {Like{column(kNoTable, "a", type(Type::String, native)), parameter(0, type(Type::String)), true, true}},
            pg());
    };
    CHECK(like("") == R"("a" NOT ILIKE $1)");
    CHECK(like("VarChar") == R"("a" NOT ILIKE $1)");
    CHECK(like("Uuid") == R"("a"::text NOT ILIKE $1)");
    CHECK(like("Citext") == R"("a" NOT ILIKE $1)");
    CHECK(like("Char") == R"("a" NOT ILIKE $1)");
}

TEST_CASE("lists_of_types_without_a_code_say_what_they_are_where_nothing_else_does") {
    Select select;
    const ValueType roles{Type::Enum, true, {}, &kRole};
    select.from = ListTable{{{0, type(Type::Int, {}, true)}, {1, roles}}, 0};
    select.outputs = {{column(0, "k0"), {}}};
    CHECK(write(select, pg()).sql == R"(SELECT "t0"."k0" FROM unnest($1, $2::"app"."role"[]) AS "t0"("k0", "k1"))");
    CHECK(text({InList{column(kNoTable, "r", {Type::Enum, false, {}, &kRole}), {0, roles}}}, pg()) ==
          R"("r" = ANY ($1))");
}

TEST_CASE("bytes_travel_in_sqlites_lists_as_hex") {
    const ValueType bytes = type(Type::Bytes);
    CHECK(text({InList{column(kNoTable, "b", bytes), {0, list_of(bytes)}}}, lite()) ==
          R"(CASE WHEN "b" IS NOT NULL THEN hex("b") END IN (SELECT value FROM json_each(?1)))");
    CHECK(text(compare(Operator::Element, column(kNoTable, "b", bytes), column(kNoTable, "k0", bytes)), lite()) ==
          R"(CASE WHEN "b" IS NOT NULL THEN hex("b") END = "k0")");
}

TEST_CASE("calculations") {
    const auto calculate = [](Type of, const Dialect& dialect) {
        return text(
            {Arithmetic{Arithmetic::Kind::Divide, column(kNoTable, "a", type(of)), parameter(0, type(of)), type(of)}},
            dialect);
    };
    CHECK(calculate(Type::Decimal, pg()) == R"(("a" / $1))");
    CHECK(calculate(Type::Int, lite()) == R"(("a" / ?1))");
    CHECK(
        calculate(Type::Decimal, lite()) ==
        R"(CASE WHEN CAST("a" AS REAL) / CAST(?1 AS REAL) IS NOT NULL THEN CAST(printf('%.15g', CAST("a" AS REAL) / CAST(?1 AS REAL)) AS NUMERIC) END)");
}

TEST_CASE("connectives_keep_their_precedence") {
    const auto flag = [](std::string_view name) { return column(kNoTable, name); };
    CHECK(text(all_of({any_of({flag("a"), flag("b")}), all_of({flag("c"), flag("d")})}), pg()) ==
          R"(("a" OR "b") AND "c" AND "d")");
    CHECK(text(any_of({flag("a"), all_of({flag("b"), flag("c")})}), pg()) == R"("a" OR ("b" AND "c"))");
    CHECK(text(any_of({}), pg()) == "1=0");
    CHECK(text(all_of({}), pg()) == "1=1");
    CHECK(is_true(all_of({})));
    CHECK(text({Not{any_of({flag("a"), flag("b")})}}, pg()) == R"(NOT ("a" OR "b"))");
}

TEST_CASE("nulls_are_spoken_of_only_when_they_are_not_where_the_database_puts_them") {
    const auto order = [](Direction direction, Nulls nulls, const Dialect& dialect, bool nullable = true) {
        Writer writer(dialect, false);
        writer.order({{column(kNoTable, "a"), direction, nulls, nullable}});
        return std::move(writer).take().sql;
    };
    CHECK(order(Direction::Ascending, Nulls::Last, pg()) == R"("a")");
    CHECK(order(Direction::Ascending, Nulls::First, pg()) == R"("a" NULLS FIRST)");
    CHECK(order(Direction::Descending, Nulls::Last, pg()) == R"("a" DESC NULLS LAST)");
    CHECK(order(Direction::Ascending, Nulls::First, lite()) == R"("a")");
    CHECK(order(Direction::Descending, Nulls::First, lite()) == R"("a" DESC NULLS FIRST)");
    CHECK(order(Direction::Descending, Nulls::First, lite(), false) == R"("a" DESC)");
}

TEST_CASE("names_of_list_columns") {
    CHECK(list_column(0) == "k0");
    CHECK(list_column(31) == "k31");
    CHECK(list_column(32) == "k32");
    CHECK(list_column(1234) == "k1234");
}
