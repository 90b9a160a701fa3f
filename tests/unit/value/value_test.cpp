#include <cmath>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/value/value.hpp>

using lamina::Bytes;
using lamina::DateTime;
using lamina::Decimal;
using lamina::Json;
using lamina::Value;
using Kind = lamina::Value::Kind;

static_assert(sizeof(Value) == 24);
static_assert(std::is_nothrow_move_constructible_v<Value> && std::is_nothrow_move_assignable_v<Value>);
static_assert(!std::is_constructible_v<Value, unsigned long long> && !std::is_constructible_v<Value, void*>);

namespace {

const std::string kLong(1'000, 'x');

/// One value of each kind and of each representation.
std::vector<Value> all_kinds() {
    return {Value(),
            Value::unset(),
            true,
            5,
            std::int64_t{1} << 40,
            1.5,
            DateTime::from_unix_seconds(5),
            Decimal("95.50"),
            Decimal("123456789012345678901234567890"),
            "short",
            kLong,
            std::string(22, 'y'),
            std::string(23, 'y'),
            "",
            Value::enumeration("ADMIN"),
            Value::enumeration(kLong),
            Json::parse("{\"a\":1}").value(),
            Bytes(5, std::byte{7}),
            Bytes(500, std::byte{7}),
            Value::List{1, "two", Value::List{3}},
            Value::List{}};
}

}  // namespace

TEST_CASE("values have the kind of what they were made of") {
    CHECK(Value().is_null());
    CHECK(Value(nullptr).is_null());
    CHECK(Value(std::nullopt).is_null());
    CHECK(Value::unset().is_unset());
    CHECK_FALSE(Value::unset().is_null());
    CHECK(Value(true).kind() == Kind::Boolean);
    CHECK(Value(std::int16_t{1}).kind() == Kind::Int);
    CHECK(Value(1).kind() == Kind::Int);
    CHECK(Value(1U).kind() == Kind::BigInt);
    CHECK(Value(1L).kind() == Kind::BigInt);
    CHECK(Value(1LL).kind() == Kind::BigInt);
    CHECK(Value(1.0).kind() == Kind::Float);
    CHECK(Value(Decimal(1)).kind() == Kind::Decimal);
    CHECK(Value(DateTime()).kind() == Kind::DateTime);
    CHECK(Value("x").kind() == Kind::String);
    CHECK(Value(std::string("x")).kind() == Kind::String);
    CHECK(Value(Json()).kind() == Kind::Json);
    CHECK(Value(Bytes()).kind() == Kind::Bytes);
    CHECK(Value(std::vector<int>{1}).kind() == Kind::List);
    CHECK(Value(std::vector<std::string>{"a"}).as_list().at(0).as_string() == "a");
    CHECK(Value(std::vector<bool>{true}).as_list().at(0).as_boolean());
    CHECK(Value(std::optional<int>()).is_null());
    CHECK(Value(std::optional<int>(3)).as_int() == 3);
    CHECK(Value(std::optional<std::string>("x")).as_string() == "x");
    CHECK(Value(std::vector<Bytes>{Bytes(2)}).as_list().at(0).kind() == Kind::Bytes);
    CHECK(Value(5).type() == lamina::Type::Int);
    CHECK_FALSE(Value().type());
    CHECK(Value::enumeration("A").type() == lamina::Type::Enum);
}

TEST_CASE("values give back what they hold") {
    CHECK(Value(INT32_MIN).as_int() == INT32_MIN);
    CHECK(Value(INT64_MAX).as_bigint() == INT64_MAX);
    CHECK(Value(-5).as_bigint() == -5);
    CHECK(Value(0.1).as_float() == 0.1);
    CHECK(Value(Decimal("95.50")).as_decimal().to_string() == "95.50");
    CHECK(Value(DateTime::from_unix_seconds(7)).as_datetime() == DateTime::from_unix_seconds(7));
    CHECK(Value(Json::parse("[1.0]").value()).as_json().text() == "[1.0]");
    CHECK(Value(Bytes{std::byte{0}, std::byte{255}}).as_bytes()[1] == std::byte{255});
    CHECK(Value(std::string_view("a\0b", 3)).as_string() == std::string_view("a\0b", 3));
    for (std::size_t size = 0; size < 60; ++size) {
        const std::string text(size, static_cast<char>('a' + size % 26));
        CHECK(Value(text).as_string() == text);
    }
}

TEST_CASE("copies are equal and independent, moves leave null") {
    for (const Value& value : all_kinds()) {
        CAPTURE(value.to_debug_string());
        Value copy = value;
        CHECK(copy == value);
        CHECK(copy.hash() == value.hash());
        Value moved = std::move(copy);
        CHECK(moved == value);
        CHECK(copy.is_null());  // NOLINT(bugprone-use-after-move): a moved-from value is null
        for (const Value& other : all_kinds()) {
            Value assigned = other;
            assigned = value;
            CHECK(assigned == value);
            Value taken = other;
            taken = Value(value);
            CHECK(taken == value);
        }
        Value& self = moved;
        moved = self;
        CHECK(moved == value);
        moved = std::move(self);
        CHECK(moved == value);
    }
}

TEST_CASE("values of different content or kind differ") {
    const std::vector<Value> values = all_kinds();
    for (std::size_t i = 0; i < values.size(); ++i) {
        for (std::size_t k = 0; k < values.size(); ++k) CHECK((values[i] == values[k]) == (i == k));
    }
    CHECK_FALSE(Value("ADMIN") == Value::enumeration("ADMIN"));
    CHECK_FALSE(Value(1) == Value(true));
    CHECK_FALSE(Value(1) == Value(1.0));
}

TEST_CASE("equal values have equal hashes whatever their form") {
    const std::pair<Value, Value> pairs[] = {
        {Value(5), Value(5LL)},
        {Value(0.0), Value(-0.0)},
        {Value(std::nan("")), Value(-std::numeric_limits<double>::quiet_NaN())},
        {Value(Decimal("1.0")), Value(Decimal("1.00"))},
        {Value(Json::unchecked("[1, 2]")), Value(Json::unchecked("[1.0,2]"))},
        {Value(Value::List{1}), Value(Value::List{1LL})},
    };
    for (const auto& [left, right] : pairs) {
        CHECK(left == right);
        CHECK(left.hash() == right.hash());
    }
}

TEST_CASE("a value may be assigned a part of itself") {
    Value list = Value::List{Value::List{"inner", kLong}, 2};
    list = Value(list.as_list()[0]);
    CHECK(list.as_list().size() == 2);
    list = std::move(list.as_list()[1]);
    CHECK(list.as_string() == kLong);
}

TEST_CASE("debug text shows kind and content") {
    CHECK(Value(Value::List{1, "a\"b", Value(), 1.5, true, Decimal("95.50"), Bytes(1, std::byte{10})})
              .to_debug_string() == R"([1, "a\"b", null, 1.5, true, 95.50, 0x0a])");
}
