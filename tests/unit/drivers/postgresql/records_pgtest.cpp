#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/base/try.hpp>

#include "unit/drivers/postgresql/support.hpp"

using namespace lamina;
using namespace lamina::postgresql::test;
using namespace lamina::literals;

// Rows in a column, as a server sends them.

namespace {

/// The values of the rows in a statement's first column, as the database types them; rows in these behind their own
/// values, to the depth that is asked for.
struct Nested final : RowSink {
    explicit Nested(int deep) : depth(deep) {}
    Result<void> row(RowReader& reader) override {
        if (!inside) {
            inside = true;
            return reader.rows(0, *this);
        }
        auto& cells = rows.emplace_back();
        for (std::size_t i = 0; i < reader.columns(); ++i) {
            if (reader.column_type(i).name != "_record") {
                LAMINA_TRY(reader.read_value(i, cells.emplace_back()));
                continue;
            }
            Nested deeper(depth - 1);
            deeper.inside = true;
            LAMINA_TRY(reader.rows(i, deeper));
            Value::List list;
            for (auto& found : deeper.rows) list.push_back(Value(Value::List(found.begin(), found.end())));
            rows.back().push_back(Value(std::move(list)));
        }
        return {};
    }
    int depth;
    bool inside = false;
    std::vector<std::vector<Value>> rows;
};

std::vector<std::vector<Value>> nested(driver::Connection& connection, const std::string& select) {
    Nested sink(4);
    Request request;
    const std::string sql = "SELECT ARRAY(" + select + ")";
    request.sql = sql;
    request.sink = &sink;
    execute(connection, request).value();
    return sink.rows;
}

/// Reads the only column of the only nested row into a T.
template <class T>
struct Member final : RowSink {
    explicit Member(Slot with) : slot(with) {}
    Result<void> row(RowReader& reader) override {
        if (!inside) {
            inside = true;
            return reader.rows(0, *this);
        }
        return reader.read({&slot, 1}, 0, &value);
    }
    Slot slot;
    bool inside = false;
    T value{};
};

template <class T>
Result<T> member(driver::Connection& connection, const std::string& expression, Slot slot) {
    Member<T> sink(slot);
    Request request;
    const std::string sql = "SELECT ARRAY(SELECT ROW(" + expression + "))";
    request.sql = sql;
    request.sink = &sink;
    auto done = execute(connection, request);
    if (!done) return std::move(done).error();
    return sink.value;
}

Slot slot_of(Type type, bool optional = false, bool list = false) {
    Slot slot;
    slot.type = type;
    slot.optional = optional;
    slot.list = list;
    return slot;
}

}  // namespace

TEST_CASE("every type keeps its values inside of a row") {
    auto connection = open();
    for (const char* expression : {"true",
                                   "(-32768)::int2",
                                   "2147483647",
                                   "9223372036854775807",
                                   "0.1::float4",
                                   "5e-324::float8",
                                   "-0.10",
                                   "12345678901234567890.123456789000",
                                   "'NaN'::numeric",
                                   "'héllo \"q\" \\ {}(),'::text",
                                   "''::text",
                                   "'v'::varchar(9)",
                                   "'x  '::char(3)",
                                   "'{\"a\": [1, 1.50, 12345678901234567890]}'::jsonb",
                                   "'{ \"a\":1 }'::json",
                                   "'\\x00ff80'::bytea",
                                   "''::bytea",
                                   "'6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid",
                                   "'2024-02-29 12:34:56.789012'::timestamp",
                                   "'infinity'::timestamptz",
                                   "'2024-02-29'::date",
                                   "'23:59:59'::time",
                                   "'192.168.0.1'::inet",
                                   "B'101'",
                                   "'12.34'::money",
                                   "NULL::int",
                                   "NULL::text",
                                   "ARRAY[1,2,NULL]",
                                   "'{}'::int[]",
                                   "ARRAY['a','b,c','']",
                                   "ARRAY[1.50,2]",
                                   "ARRAY['\\x00'::bytea]",
                                   "ARRAY['{}'::jsonb]"}) {
        CAPTURE(expression);
        const std::string outside = "SELECT " + std::string(expression);
        const std::vector<Value> expected = query(*connection, {outside}).at(0);
        CHECK(nested(*connection, "SELECT ROW(" + std::string(expression) + ")").at(0) == expected);
        const auto deep =
            nested(*connection, "SELECT ROW(7, ARRAY(SELECT ROW(" + std::string(expression) + ")))").at(0);
        REQUIRE(deep.size() == 2);
        CHECK(deep[1] == Value(Value::List{Value(Value::List(expected.begin(), expected.end()))}));
    }
}

TEST_CASE("types made by users are texts inside of a row") {
    auto connection = open();
    execute(*connection, {"DROP TYPE IF EXISTS record_mood"}).value();
    execute(*connection, {"CREATE TYPE record_mood AS ENUM ('happy', 'so so')"}).value();
    const auto rows = nested(
        *connection, "SELECT ROW('so so'::record_mood, ARRAY['happy','so so']::record_mood[], NULL::record_mood)");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0] == std::vector<Value>{"so so", Value(Value::List{"happy", "so so"}), Value()});
    static constexpr std::string_view kNames[] = {"Happy", "SoSo"}, kDbNames[] = {"happy", "so so"};
    static constexpr EnumLabels kLabels{kNames, kDbNames};
    Slot slot = slot_of(Type::Enum);
    slot.labels = &kLabels;
    CHECK(member<std::int32_t>(*connection, "'so so'::record_mood", slot).value() == 1);
    slot.list = true;
    CHECK(member<std::vector<std::int32_t>>(*connection, "ARRAY['so so','happy']::record_mood[]", slot).value() ==
          std::vector<std::int32_t>{1, 0});
    execute(*connection, {"DROP TYPE record_mood"}).value();
}

TEST_CASE("rows, none, and rows without columns") {
    auto connection = open();
    CHECK(nested(*connection, "SELECT ROW(1) WHERE false").empty());
    CHECK(nested(*connection, "SELECT ROW() FROM generate_series(1, 3)") == std::vector<std::vector<Value>>(3));
    const auto rows = nested(*connection,
                             "SELECT ROW(n, ARRAY(SELECT ROW(m) FROM generate_series(1, n - 1) m ORDER BY m "
                             "DESC)) FROM generate_series(1, 3) n ORDER BY n");
    REQUIRE(rows.size() == 3);
    CHECK(rows[0][1] == Value(Value::List{}));
    CHECK(rows[2][1] == Value(Value::List{Value(Value::List{2}), Value(Value::List{1})}));
    CHECK(nested(*connection, "SELECT ROW(n, repeat('x', 1000)) FROM generate_series(1, 5000) n").size() == 5000);
}

TEST_CASE("members are decoded from a row as from a statement") {
    auto connection = open();
    CHECK(member<std::int32_t>(*connection, "7", slot_of(Type::Int)).value() == 7);
    CHECK(!member<std::optional<std::string>>(*connection, "NULL::text", slot_of(Type::String, true)).value());
    CHECK(member<std::vector<Decimal>>(*connection, "ARRAY[1.50,2]", slot_of(Type::Decimal, false, true)).value() ==
          std::vector<Decimal>{"1.50"_dec, "2"_dec});
    const auto null = member<std::int32_t>(*connection, "NULL::int", slot_of(Type::Int));
    REQUIRE_FALSE(null.has_value());
    CHECK(null.error().code() == ErrorCode::InconsistentColumnData);
    CHECK_FALSE(member<std::int32_t>(*connection, "5000000000", slot_of(Type::Int)).has_value());
    // The connection stays usable, and a column without rows is told.
    Nested sink(1);
    Request request;
    request.sql = "SELECT 1";
    request.sink = &sink;
    const auto none = execute(*connection, request);
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().code() == ErrorCode::InconsistentColumnData);
    CHECK(query(*connection, {"SELECT 1"}).at(0).at(0) == Value(1));
}
