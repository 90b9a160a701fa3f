#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include <doctest/doctest.h>

#include "drivers/postgresql/oids.hpp"
#include "unit/drivers/postgresql/support.hpp"

using namespace lamina;
using namespace lamina::postgresql::test;
using namespace lamina::literals;
namespace oid = lamina::postgresql::oid;

namespace {

/// Sends a value as a parameter of a type and gets it back as the server has understood it; also as text.
Value echo(driver::Connection& connection, const char* type, std::uint32_t code, const Value& value) {
    const std::string sql = "SELECT $1::" + std::string(type);
    return query(connection, {sql, {value}, {code}}).at(0).at(0);
}

std::string text(driver::Connection& connection, const char* type, std::uint32_t code, const Value& value) {
    const std::string sql = "SELECT ($1::" + std::string(type) + ")::text";
    return std::string(query(connection, {sql, {value}, {code}}).at(0).at(0).as_string());
}

DateTime time(std::string_view text) { return DateTime::parse(text).value(); }

}  // namespace

TEST_CASE("every type goes to the server and comes back, in binary and as text") {
    auto connection = open();
    const auto both = [&](const char* type, std::uint32_t code, const Value& value, const Value& expected) {
        CAPTURE(type);
        CAPTURE(value.to_debug_string());
        CHECK(echo(*connection, type, code, value) == expected);
        CHECK(echo(*connection, type, 0, value) == expected);
    };
    const auto same = [&](const char* type, std::uint32_t code, const Value& value) { both(type, code, value, value); };
    same("bool", oid::kBool, Value(true));
    same("bool", oid::kBool, Value(false));
    for (const int n : {-32768, 0, 32767}) same("int2", oid::kInt2, Value(n));
    for (const int n : {INT32_MIN, -1, 0, INT32_MAX}) same("int4", oid::kInt4, Value(n));
    for (const std::int64_t n : {INT64_MIN, std::int64_t{0}, INT64_MAX}) same("int8", oid::kInt8, Value(n));
    for (const double n : {0.0, -0.1, 1e300, 5e-324, HUGE_VAL, -HUGE_VAL}) same("float8", oid::kFloat8, Value(n));
    CHECK(std::isnan(echo(*connection, "float8", oid::kFloat8, Value(std::nan(""))).as_float()));
    same("float4", oid::kFloat4, Value(0.1));
    for (const char* number :
         {"0", "0.00", "95.50", "-0.0001", "1e20", "12345678901234567890.123456789", "10000", "100000000", "0.00001",
          "-9999.9999", "9223372036854775807", "9223372036854775808", "NaN", "Infinity", "-Infinity"}) {
        const Decimal decimal(number);
        same("numeric", oid::kNumeric, Value(decimal));
        if (decimal.is_finite()) {
            CHECK(echo(*connection, "numeric", oid::kNumeric, Value(decimal)).as_decimal().to_string() ==
                  decimal.to_string());
            CHECK(text(*connection, "numeric", oid::kNumeric, Value(decimal)) == decimal.to_string());
        }
    }
    same("numeric", oid::kNumeric, Value(Decimal(std::string(100, '9') + "." + std::string(100, '1'))));
    for (const std::string& content :
         {std::string(), std::string("héllo – 🦉 'quoted' \\ \""), std::string(1 << 20, 'x')}) {
        same("text", oid::kText, Value(content));
        same("varchar", oid::kVarchar, Value(content));
        same("bytea", oid::kBytea, Value::bytes(content));
    }
    same("bytea", oid::kBytea, Value::bytes(std::string_view("\0\xff\x80", 3)));
    same("jsonb", oid::kJsonb, Value::json("{\"a\": [1, 1.50, 12345678901234567890]}"));
    same("json", oid::kJson, Value::json("{ \"a\":1 , \"a\":2}"));
    both("uuid", oid::kUuid, Value("6BA7B810-9dad-11d1-80b4-00c04fd430c8"),
         Value("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
    for (const char* moment :
         {"1970-01-01T00:00:00Z", "2024-02-29T12:34:56.789012Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z",
          "1969-12-31T23:59:59.999999Z", "-000100-03-01T00:00:00Z", "+012345-01-01T00:00:00Z"}) {
        same("timestamp", oid::kTimestamp, Value(time(moment)));
        same("timestamptz", oid::kTimestamptz, Value(time(moment)));
    }
    same("timestamp", oid::kTimestamp, Value(DateTime::infinity()));
    same("timestamptz", oid::kTimestamptz, Value(DateTime::negative_infinity()));
    both("date", oid::kDate, Value(time("2024-02-29T12:34:56Z")), Value(time("2024-02-29")));
    both("date", oid::kDate, Value(time("1969-12-31T23:59:59Z")), Value(time("1969-12-31")));
    both("time", oid::kTime, Value(time("2024-02-29T12:34:56.5Z")), Value(time("1970-01-01T12:34:56.5Z")));
    both("timetz", oid::kTimetz, Value(time("2024-02-29T12:34:56.5Z")), Value(time("1970-01-01T12:34:56.5Z")));
    both("money", 0, Value("12.34"_dec), Value("12.34"_dec));
    both("int8", oid::kInt8, Value(), Value());
}

TEST_CASE("types that are read as texts") {
    auto connection = open();
    const auto cell = [&](const char* sql) { return query(*connection, {sql}).at(0).at(0); };
    for (const char* address : {"192.168.0.1", "192.168.0.0/24", "::1", "2001:db8::/32", "fe80::1:0:0:1", "0.0.0.0",
                                "::", "1:2:3:4:5:6:7:8"}) {
        const std::string sql = "SELECT '" + std::string(address) + "'::inet";
        CHECK(cell(sql.c_str()) == Value(address));
    }
    CHECK(cell("SELECT '10.0.0.0/8'::cidr") == Value("10.0.0.0/8"));
    CHECK(cell("SELECT B'10110'::bit(5)") == Value("10110"));
    CHECK(cell("SELECT B''::varbit") == Value(""));
    CHECK(cell("SELECT 'x'::\"char\"") == Value("x"));
    CHECK(cell("SELECT '<a/>'::xml") == Value("<a/>"));
    CHECK(cell("SELECT 'abc'::char(5)") == Value("abc  "));
    CHECK(cell("SELECT 'pg_class'::name") == Value("pg_class"));
    CHECK(cell("SELECT '08:00:2b:01:02:03'::macaddr") == Value("08:00:2b:01:02:03"));
    CHECK(cell("SELECT 'x'") == Value("x"));
    CHECK(cell("SELECT 26::oid") == Value(std::int64_t{26}));
    CHECK(cell("SELECT pg_sleep(0)").is_null());
    Cells cells;
    const auto interval = execute(*connection, {"SELECT '1 day'::interval", {}, {}, 0, &cells});
    REQUIRE_FALSE(interval);
    CHECK(interval.error().code() == ErrorCode::InconsistentColumnData);
    CHECK(cell("SELECT 1") == Value(1));
}

TEST_CASE("lists are arrays") {
    auto connection = open();
    const auto same = [&](const char* type, std::uint32_t code, const Value::List& list) {
        CAPTURE(type);
        CHECK(echo(*connection, type, code, Value(list)) == Value(list));
        CHECK(echo(*connection, type, 0, Value(list)) == Value(list));
    };
    same("int4[]", 1007, {});
    same("int4[]", 1007, {Value(1), Value(), Value(-3)});
    same("int8[]", 1016, {Value(INT64_MAX), Value(INT64_MIN)});
    same("text[]", 1009, {Value("a"), Value(""), Value("NULL"), Value(), Value("q\"\\,{}"), Value("🦉")});
    same("bool[]", 1000, {Value(true), Value(false)});
    same("float8[]", 1022, {Value(0.5), Value(HUGE_VAL)});
    same("numeric[]", 1231, {Value("1.50"_dec), Value(Decimal(std::string(50, '7')))});
    same("timestamp[]", 1115, {Value(time("2024-02-29T12:34:56.789Z"))});
    same("uuid[]", 2951, {Value("6ba7b810-9dad-11d1-80b4-00c04fd430c8")});
    same("jsonb[]", 3807, {Value::json("{\"a\": 1}"), Value::json("null")});
    same("bytea[]", 1001, {Value::bytes("\x01\xff"), Value::bytes("")});
    Value::List many;
    for (int i = 0; i < 100000; ++i) many.emplace_back(i);
    CHECK(query(*connection, {"SELECT count(*) FROM unnest($1::int4[])", {Value(many)}, {1007}})[0][0] ==
          Value(std::int64_t{100000}));

    Slot slot;
    slot.type = Type::String;
    slot.list = true;
    Typed<std::vector<std::string>> lists(slot);
    REQUIRE(execute(*connection, {"SELECT '{a,b}'::text[] UNION ALL SELECT NULL", {}, {}, 0, &lists}));
    CHECK(lists.rows.at(0) == std::vector<std::string>{"a", "b"});
    CHECK(lists.rows.at(1).empty());
    for (const char* sql :
         {"SELECT '{a,NULL}'::text[]", "SELECT '{{a},{b}}'::text[]", "SELECT '{1}'::int4[]", "SELECT 'a'"}) {
        const auto read = execute(*connection, {sql, {}, {}, 0, &lists});
        REQUIRE_FALSE(read);
        CHECK(read.error().code() == ErrorCode::InconsistentColumnData);
    }
}

TEST_CASE("enums and types of extensions travel as texts") {
    auto connection = open();
    REQUIRE(
        driver::run_script(*connection, "DROP TYPE IF EXISTS mood CASCADE; CREATE TYPE mood AS ENUM ('sad', 'so so')"));
    CHECK(echo(*connection, "mood", 0, Value::enumeration("so so")) == Value("so so"));
    CHECK(echo(*connection, "mood[]", 0, Value(Value::List{Value("sad"), Value("so so")})) ==
          Value(Value::List{Value("sad"), Value("so so")}));
    const std::string_view names[] = {"SAD", "SO_SO"}, stored[] = {"sad", "so so"};
    const EnumLabels labels{names, stored};
    Slot slot;
    slot.type = Type::Enum;
    slot.labels = &labels;
    Typed<std::int32_t> moods(slot);
    REQUIRE(execute(*connection, {"SELECT 'so so'::mood", {}, {}, 0, &moods}));
    CHECK(moods.rows.at(0) == 1);
    slot.list = true;
    Typed<std::vector<std::int32_t>> lists(slot);
    REQUIRE(execute(*connection, {"SELECT '{so so,sad}'::mood[]", {}, {}, 0, &lists}));
    CHECK(lists.rows.at(0) == std::vector<std::int32_t>{1, 0});
    const auto unknown = execute(*connection, {"SELECT $1::mood", {Value("glad")}});
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code() == ErrorCode::DataValidation);
    CHECK(unknown.error().message().find("glad") == std::string::npos);
}

TEST_CASE("what does not fit is refused before it is sent, or when it is read") {
    auto connection = open();
    const auto sent = [&](std::uint32_t code, const Value& value) {
        auto result = execute(*connection, {"SELECT $1", {value}, {code}});
        REQUIRE_FALSE(result);
        return result.error().code();
    };
    CHECK(sent(oid::kInt4, Value(std::int64_t{2147483648})) == ErrorCode::ValueOutOfRange);
    CHECK(sent(oid::kInt2, Value(40000)) == ErrorCode::ValueOutOfRange);
    CHECK(sent(oid::kUuid, Value("not a uuid")) == ErrorCode::DataValidation);
    CHECK(sent(oid::kText, Value(std::string_view("a\0b", 3))) == ErrorCode::DataValidation);
    CHECK(sent(0, Value(std::string_view("a\0b", 3))) == ErrorCode::DataValidation);
    CHECK(sent(oid::kText, Value(std::string_view("\xff", 1))) == ErrorCode::DataValidation);
    CHECK(sent(oid::kBool, Value("true")) == ErrorCode::DataValidation);
    const auto read = [&](const char* sql, auto type_of, Type type) {
        Slot slot;
        slot.type = type;
        Typed<decltype(type_of)> sink(slot);
        auto result = execute(*connection, {sql, {}, {}, 0, &sink});
        REQUIRE_FALSE(result);
        CHECK(result.error().code() == ErrorCode::InconsistentColumnData);
        CHECK(result.error().message().find("col") != std::string::npos);
    };
    read("SELECT NULL::int4 AS col", std::int32_t{}, Type::Int);
    read("SELECT 2147483648 AS col", std::int32_t{}, Type::Int);
    read("SELECT 1.5 AS col", std::int64_t{}, Type::BigInt);
    read("SELECT 'x'::text AS col", std::int32_t{}, Type::Int);
    read("SELECT '5874897-12-31'::date AS col", DateTime{}, Type::DateTime);
    read("SELECT 1 AS col", std::string{}, Type::String);
    CHECK(query(*connection, {"SELECT 1"})[0][0] == Value(1));
}

TEST_CASE("numbers are read across their widths") {
    auto connection = open();
    Slot slot;
    slot.type = Type::BigInt;
    Typed<std::int64_t> integers(slot);
    for (const char* sql : {"SELECT 7::int2", "SELECT 7::int4", "SELECT 7::numeric", "SELECT 7.00::numeric",
                            "SELECT 7::float8", "SELECT 7::oid"}) {
        REQUIRE(execute(*connection, {sql, {}, {}, 0, &integers}));
    }
    CHECK(integers.rows == std::vector<std::int64_t>(6, 7));
    slot.type = Type::Float;
    Typed<double> floats(slot);
    for (const char* sql : {"SELECT 0.1::float4", "SELECT 0.1::float8", "SELECT 0.1::numeric"})
        REQUIRE(execute(*connection, {sql, {}, {}, 0, &floats}));
    CHECK(floats.rows == std::vector<double>(3, 0.1));
    slot.type = Type::Decimal;
    Typed<Decimal> decimals(slot);
    for (const char* sql : {"SELECT 0.1::float4", "SELECT 0.1::float8", "SELECT 0.1::numeric"})
        REQUIRE(execute(*connection, {sql, {}, {}, 0, &decimals}));
    CHECK(decimals.rows == std::vector<Decimal>(3, "0.1"_dec));
}
