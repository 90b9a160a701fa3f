#include <cstdint>
#include <limits>
#include <optional>

#include <doctest/doctest.h>

#include "drivers/sqlite/encode.hpp"
#include "unit/drivers/sqlite/support.hpp"

using namespace lamina;
using namespace lamina::sqlite::test;
using namespace lamina::literals;

namespace {

Slot slot(Type type) {
    Slot slot;
    slot.type = type;
    return slot;
}

/// Stores a value in a column of that declared type and reads it back.
template <class T>
T round_trip(driver::Connection& connection, const char* declared, const Value& value, Type type) {
    const std::string table = "DROP TABLE IF EXISTS v; CREATE TABLE v (x " + std::string(declared) + ")";
    REQUIRE(driver::run_script(connection, table));
    REQUIRE(execute(connection, "INSERT INTO v VALUES (?)", {value}));
    Typed<T> sink(slot(type));
    const auto read = execute(connection, "SELECT x FROM v", {}, &sink);
    REQUIRE(read);
    return sink.rows.at(0);
}

std::string stored(driver::Connection& connection) {
    const auto rows = query(connection, "SELECT CAST(typeof(x) || ':' || CAST(x AS TEXT) AS TEXT) FROM v");
    return std::string(rows[0][0].as_string());
}

}  // namespace

TEST_CASE("every scalar comes back as it was") {
    auto connection = open(":memory:");
    for (const std::int64_t n : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{0},
                                 std::numeric_limits<std::int64_t>::max()}) {
        CHECK(round_trip<std::int64_t>(*connection, "BIGINT", Value(n), Type::BigInt) == n);
    }
    for (const std::int32_t n : {INT32_MIN, -1, 0, INT32_MAX}) {
        CHECK(round_trip<std::int32_t>(*connection, "INTEGER", Value(n), Type::Int) == n);
    }
    for (const double n : {0.0, -0.1, 1e300, 5e-324, 3.0})
        CHECK(round_trip<double>(*connection, "REAL", Value(n), Type::Float) == n);
    CHECK(round_trip<bool>(*connection, "BOOLEAN", Value(true), Type::Boolean));
    for (const std::string& text :
         {std::string(), std::string("a\0b", 3), std::string("héllo – 🦉"), std::string(1 << 20, 'x')}) {
        CHECK(round_trip<std::string>(*connection, "TEXT", Value(text), Type::String) == text);
        CHECK(round_trip<Bytes>(*connection, "BLOB", Value::bytes(text), Type::Bytes) == to_bytes(text));
    }
    for (const char* json : {"1.50", "-0", "null", "\"x\"", "[1, 2]", "{\"a\": 1e400}", " 12 ", "true"}) {
        CHECK(round_trip<Json>(*connection, "JSONB", Value::json(json), Type::Json).text() == json);
    }
}

TEST_CASE("Json that is a number is stored as Prisma stores it, unless its text would change") {
    auto connection = open(":memory:");
    const auto check = [&](const char* json, std::string_view how) {
        CHECK(round_trip<Json>(*connection, "JSONB", Value::json(json), Type::Json).text() == json);
        CHECK(stored(*connection).substr(0, how.size()) == how);
    };
    check("0", "integer:0");
    check("-17", "integer:-17");
    check("-1.5", "real:-1.5");
    check("0.001", "real:0.001");
    for (const char* json : {"1.50", "-0", "1.0", "1e5", "0.00001", "12345678901234567", "1.234567890123456789"})
        check(json, "blob:");
    check("[0]", "text:[0]");
}

TEST_CASE("decimals are exact: short ones as numbers, long ones as text in a blob") {
    auto connection = open(":memory:");
    const auto check = [&](std::string_view text, std::string_view how) {
        const Decimal decimal(text);
        CHECK(round_trip<Decimal>(*connection, "DECIMAL", Value(decimal), Type::Decimal) == decimal);
        CHECK(stored(*connection).substr(0, how.size()) == how);
    };
    check("0", "integer:0");
    check("95.50", "real:95.5");
    check("-0.1", "real:-0.1");
    check("100", "integer:100");
    check("123456789012345", "integer:123456789012345");
    check("0.000001", "real:1.0e-06");
    check("1234567890123456789.5", "blob:1234567890123456789.5");
    check("0.12345678901234567890", "blob:0.1234567890123456789");
    check(std::string(100, '9'), "blob:999");
    CHECK(round_trip<Decimal>(*connection, "DECIMAL", Value("12.50"), Type::Decimal) == "12.5"_dec);
    CHECK_FALSE(execute(*connection, "SELECT ?", {Value(Decimal::nan())}));
}

TEST_CASE("dates are stored as Prisma stores them and read in every form") {
    auto connection = open(":memory:");
    const auto time = [](std::string_view text) { return DateTime::parse(text).value(); };
    const auto check = [&](std::string_view text, std::string_view stored_text) {
        CHECK(round_trip<DateTime>(*connection, "DATETIME", Value(time(text)), Type::DateTime) == time(text));
        CHECK(query(*connection, "SELECT CAST(x AS TEXT) FROM v")[0][0] == Value(stored_text));
    };
    check("2024-02-29T12:34:56.789Z", "2024-02-29T12:34:56.789+00:00");
    check("2024-02-29T12:34:56Z", "2024-02-29T12:34:56.000+00:00");
    check("2024-02-29T12:34:56.789012Z", "2024-02-29T12:34:56.789012+00:00");
    check("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000+00:00");
    check("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999+00:00");
    const auto read = [&](const Value& raw) {
        return round_trip<DateTime>(*connection, "DATETIME", raw, Type::DateTime);
    };
    CHECK(read(Value("2024-02-29 12:34:56")) == time("2024-02-29T12:34:56Z"));
    CHECK(read(Value("2024-02-29 12:34:56.5")) == time("2024-02-29T12:34:56.5Z"));
    CHECK(read(Value("2024-02-29")) == time("2024-02-29T00:00:00Z"));
    CHECK(read(Value(std::int64_t{1709210096789})) == time("2024-02-29T12:34:56.789Z"));
}

TEST_CASE("what does not fit its member is P2023 and names the column") {
    auto connection = open(":memory:");
    const auto problem = [&](const char* sql, Type type) {
        struct One final : RowSink {
            explicit One(Slot with) : slot(with) {}
            Result<void> row(RowReader& reader) override {
                switch (slot.type) {
                    case Type::Int: return reader.read({&slot, 1}, 0, &integer);
                    case Type::String: return reader.read({&slot, 1}, 0, &text);
                    case Type::Boolean: return reader.read({&slot, 1}, 0, &boolean);
                    case Type::DateTime: return reader.read({&slot, 1}, 0, &time);
                    case Type::Decimal: return reader.read({&slot, 1}, 0, &decimal);
                    default: return {};
                }
            }
            Slot slot;
            std::int32_t integer = 0;
            std::string text;
            bool boolean = false;
            DateTime time;
            Decimal decimal;
        } sink(slot(type));
        const auto read = execute(*connection, sql, {}, &sink);
        REQUIRE_FALSE(read);
        CHECK(read.error().code() == ErrorCode::InconsistentColumnData);
        CHECK(read.error().message().find("col") != std::string::npos);
        return read.error().message();
    };
    problem("SELECT NULL AS col", Type::Int);
    problem("SELECT 2147483648 AS col", Type::Int);
    problem("SELECT 1.5 AS col", Type::Int);
    problem("SELECT 'x' AS col", Type::Int);
    problem("SELECT CAST(x'ff41' AS TEXT) AS col", Type::String);
    problem("SELECT 2 AS col", Type::Boolean);
    problem("SELECT 'yesterday' AS col", Type::DateTime);
    problem("SELECT '12,5' AS col", Type::Decimal);
    CHECK(query(*connection, "SELECT 1")[0][0] == Value(1));
    CHECK(execute(*connection, "SELECT ?", {Value(std::string_view("\xff", 1))}).error().code() ==
          ErrorCode::DataValidation);
}

TEST_CASE("optional members, enums and values of any type") {
    auto connection = open(":memory:");
    Slot optional = slot(Type::Int);
    optional.optional = true;
    Typed<std::optional<std::int32_t>> numbers(optional);
    REQUIRE(execute(*connection, "SELECT 5 UNION ALL SELECT NULL", {}, &numbers));
    CHECK(numbers.rows == std::vector<std::optional<std::int32_t>>{5, std::nullopt});

    const std::string_view names[] = {"RED", "GREEN"}, stored_names[] = {"red", "green"};
    const EnumLabels labels{names, stored_names};
    Slot color = slot(Type::Enum);
    color.labels = &labels;
    Typed<std::int32_t> colors(color);
    REQUIRE(execute(*connection, "SELECT 'green'", {}, &colors));
    CHECK(colors.rows.at(0) == 1);
    const auto unknown = execute(*connection, "SELECT 'blue' AS color", {}, &colors);
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().message().find("blue") == std::string::npos);

    Slot dynamic = slot(Type::Decimal);
    dynamic.dynamic = true;
    Typed<Value> values(dynamic);
    REQUIRE(execute(*connection, "SELECT 1.5 UNION ALL SELECT NULL", {}, &values));
    CHECK(values.rows.at(0) == Value("1.5"_dec));
    CHECK(values.rows.at(1).is_null());
}

TEST_CASE("raw rows follow the declared type where the cell allows it") {
    auto connection = open(":memory:");
    REQUIRE(driver::run_script(*connection,
                               "CREATE TABLE t (d DECIMAL, b BOOLEAN, t DATETIME, j JSONB, n INTEGER, x BLOB)"));
    REQUIRE(execute(*connection, "INSERT INTO t VALUES (1.5, 1, '2024-01-01', '[1]', 7, x'00ff')"));
    REQUIRE(execute(*connection, "INSERT INTO t VALUES ('odd', 7, 'never', NULL, 'text', 1)"));
    const auto rows = query(*connection, "SELECT * FROM t");
    CHECK(rows[0][0] == Value("1.5"_dec));
    CHECK(rows[0][1] == Value(true));
    CHECK(rows[0][2] == Value(DateTime::from_date(2024, 1, 1).value()));
    CHECK(rows[0][3] == Value::json("[1]"));
    CHECK(rows[0][4] == Value(std::int64_t{7}));
    CHECK(rows[0][5] == Value::bytes(std::string_view("\0\xff", 2)));
    CHECK(rows[1][0] == Value("odd"));
    CHECK(rows[1][1] == Value(std::int64_t{7}));
    CHECK(rows[1][2] == Value("never"));
}

TEST_CASE("lists are bound as JSON") {
    const auto text = [](Value::List list) {
        std::string out;
        REQUIRE(sqlite::format_list(list, out));
        return out;
    };
    CHECK(text({}) == "[]");
    CHECK(text({Value(1), Value(std::int64_t{-5}), Value(true), Value()}) == "[1,-5,1,null]");
    CHECK(text({Value(1.0), Value(0.5)}) == "[1.0,0.5]");
    CHECK(text({Value("a\"b\\\n")}) == "[\"a\\\"b\\\\\\u000a\"]");
    CHECK(text({Value("1.50"_dec), Value(Decimal("12345678901234567890.5"))}) == "[1.50,\"12345678901234567890.5\"]");
    CHECK(text({Value::bytes("\x0a\xff")}) == "[\"0AFF\"]");
    CHECK(text({Value(DateTime())}) == "[\"1970-01-01T00:00:00.000+00:00\"]");
    auto connection = open(":memory:");
    CHECK(query(*connection, "SELECT value FROM json_each(?) ORDER BY value",
                {Value(Value::List{Value("b"), Value("a\"")})})[0][0] == Value("a\""));
}
