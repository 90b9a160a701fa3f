#include <cmath>
#include <limits>

#include "world.hpp"

namespace behaviour {

namespace {

lamina::Bytes bytes(std::string_view text) {
    lamina::Bytes result;
    for (const char c : text) result.push_back(static_cast<std::byte>(c));
    return result;
}

lamina::DateTime at(std::string_view text) { return lamina::DateTime::parse(text).value(); }
lamina::Json json(std::string_view text) { return lamina::Json::parse(std::string(text)).value(); }

ScalarsCreate plain(std::int32_t id) {
    return {.id = id,
            .int_ = 1,
            .bigInt = 2,
            .float_ = 0.5,
            .decimal = "1.50"_dec,
            .boolean = true,
            .string = "text",
            .dateTime = at("2024-02-29T12:34:56.789Z"),
            .json = json(R"({"a": 1})"),
            .bytes = bytes("ab"),
            .role = Role::USER};
}

/// Writes a row and reads it back alone, in a list, and through an include: all must be equal to what was written.
template <class Get>
void round_trip(World& w, ScalarsCreate input, Get check) {
    w.db.scalars.delete_many();
    w.db.holder.delete_many();
    w.db.holder.create({.id = 1});
    input.holderId = 1;
    check(w.db.scalars.create(input));
    check(*w.db.scalars.find_unique(scalars::id == 1));
    check(w.db.scalars.find_many(where(scalars::id > 0)).at(0));
    check(w.db.holder.find_unique(holder::id == 1, include(holder::scalars()))->scalars.at(0));
    w.db.scalars.delete_many();
    CHECK(w.db.scalars.create_many({input}) == 1);
    check(*w.db.scalars.find_first());
}

}  // namespace

TEST_CASE("every scalar type makes the round trip") {
    World w;
    round_trip(w, plain(1), [](const Scalars& row) {
        CHECK(row.int_ == 1);
        CHECK(row.bigInt == 2);
        CHECK(row.float_ == 0.5);
        CHECK(row.decimal == "1.5"_dec);
        CHECK(row.boolean);
        CHECK(row.string == "text");
        CHECK(row.dateTime == at("2024-02-29T12:34:56.789Z"));
        CHECK(row.json == json(R"({"a": 1})"));
        CHECK(row.bytes == bytes("ab"));
        CHECK(row.role == Role::USER);
        CHECK(!row.maybeInt);
        CHECK(!row.maybeBigInt);
        CHECK(!row.maybeFloat);
        CHECK(!row.maybeDecimal);
        CHECK(!row.maybeBoolean);
        CHECK(!row.maybeString);
        CHECK(!row.maybeDateTime);
        CHECK(!row.maybeJson);
        CHECK(!row.maybeBytes);
        CHECK(!row.maybeRole);
    });
}

TEST_CASE("extreme numbers") {
    World w;
    auto input = plain(1);
    const std::string digits =
        "1234567890123456789012345678901234567890123456789012345678901234567890.123456789012345678901234567891";
    const auto decimal = lamina::Decimal::parse(digits).value();
    const auto tiny = lamina::Decimal::parse("-0.000000000000000000000000000000000000000000000000000000000001").value();
    input.int_ = std::numeric_limits<std::int32_t>::min();
    input.maybeInt = std::numeric_limits<std::int32_t>::max();
    input.bigInt = std::numeric_limits<std::int64_t>::min();
    input.maybeBigInt = std::numeric_limits<std::int64_t>::max();
    input.float_ = std::numeric_limits<double>::denorm_min();
    input.maybeFloat = -std::numeric_limits<double>::max();
    input.decimal = decimal;
    input.maybeDecimal = tiny;
    round_trip(w, input, [&](const Scalars& row) {
        CHECK(row.int_ == std::numeric_limits<std::int32_t>::min());
        CHECK(row.maybeInt == std::numeric_limits<std::int32_t>::max());
        CHECK(row.bigInt == std::numeric_limits<std::int64_t>::min());
        CHECK(row.maybeBigInt == std::numeric_limits<std::int64_t>::max());
        CHECK(row.float_ == std::numeric_limits<double>::denorm_min());
        CHECK(row.maybeFloat == -std::numeric_limits<double>::max());
        CHECK(row.decimal == decimal);
        CHECK(row.maybeDecimal == tiny);
    });
    CHECK(w.db.scalars.count(where(scalars::decimal == decimal && scalars::maybeDecimal == tiny)) == 1);
    CHECK(w.db.scalars.count(where(scalars::decimal > "5"_dec)) == 1);
    CHECK(w.db.scalars.count(where(scalars::maybeDecimal < "0"_dec)) == 1);
}

TEST_CASE("decimals of many shapes keep their value") {
    World w;
    for (const char* text : {"0", "0.1", "-0.1", "1e20", "99999999999999999.99", "0.30000000000000004",
                             "123456789012345", "1234567890123456", "9223372036854775807", "9223372036854775808",
                             "18446744073709551616.5", "0.00000000000000000001", "100", "-7.00"}) {
        CAPTURE(text);
        const auto value = lamina::Decimal::parse(text).value();
        auto input = plain(1);
        input.decimal = value;
        w.db.scalars.delete_many();
        w.db.scalars.create(input);
        CHECK(w.db.scalars.find_first_or_throw().decimal == value);
        CHECK(w.db.scalars.count(where(scalars::decimal == value)) == 1);
        CHECK(w.db.scalars.count(where(scalars::decimal.in({value}))) == 1);
    }
}

TEST_CASE("points in time from year 1 to year 9999, to the microsecond") {
    World w;
    auto input = plain(1);
    input.dateTime = at("0001-01-01T00:00:00Z");
    input.maybeDateTime = at("9999-12-31T23:59:59.999999Z");
    round_trip(w, input, [](const Scalars& row) {
        CHECK(row.dateTime == at("0001-01-01T00:00:00Z"));
        CHECK(row.maybeDateTime == at("9999-12-31T23:59:59.999999Z"));
    });
    for (const char* text : {"1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z", "2024-02-29T00:00:00.1Z",
                             "2000-01-01T00:00:00+05:30"}) {
        w.db.scalars.update(scalars::id == 1, {.dateTime = at(text)});
        CHECK(w.db.scalars.find_first_or_throw().dateTime == at(text));
        CHECK(w.db.scalars.count(where(scalars::dateTime == at(text))) == 1);
    }
}

TEST_CASE("texts and bytes, empty and of a megabyte, with every kind of character") {
    World w;
    std::string large;
    while (large.size() < (1U << 20U)) large += "a'\"\\%_\n\t;--/*\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\x7F\x01 ";
    lamina::Bytes blob((1U << 20U) + 3);
    for (std::size_t i = 0; i < blob.size(); ++i) blob[i] = static_cast<std::byte>(i * 31 >> 3U);
    auto input = plain(1);
    input.string = "";
    input.maybeString = large;
    input.bytes = lamina::Bytes{};
    input.maybeBytes = blob;
    round_trip(w, input, [&](const Scalars& row) {
        CHECK(row.string.empty());
        CHECK((row.maybeString == large));
        CHECK(row.bytes.empty());
        CHECK((row.maybeBytes == blob));
    });
    CHECK(w.db.scalars.count(where(scalars::maybeString == large)) == 1);
}

TEST_CASE("json keeps numbers and structure") {
    World w;
    const auto nested = json(
        R"({"list": [1, 2.50, "x", null, true, {"deep": [[[[]]]]}], "big": 123456789012345678901234567890, "u": "\u00e9\ud83d\ude00"})");
    auto input = plain(1);
    input.json = nested;
    input.maybeJson = json("[]");
    round_trip(w, input, [&](const Scalars& row) {
        CHECK(row.json == nested);
        CHECK(row.maybeJson == json("[]"));
    });
    for (const char* text : {"null", "0", "1.0", "1e400", "-12345678901234567890.125", "\"text\"", "true", "{}"}) {
        CAPTURE(text);
        w.db.scalars.update(scalars::id == 1, {.json = json(text)});
        CHECK(w.db.scalars.find_first_or_throw().json == json(text));
    }
}

TEST_CASE("floats that are not numbers come back or are refused") {
    World w;
    auto input = plain(1);
    input.float_ = std::numeric_limits<double>::infinity();
    w.db.scalars.create(input);
    CHECK(w.db.scalars.find_first_or_throw().float_ == std::numeric_limits<double>::infinity());
    auto nan = w.db.scalars.try_update(scalars::id == 1, {.float_ = std::numeric_limits<double>::quiet_NaN()});
    if (nan) {
        CHECK(std::isnan(w.db.scalars.find_first_or_throw().float_));
    } else {
        CHECK(w.db.scalars.find_first_or_throw().float_ == std::numeric_limits<double>::infinity());
    }
}

TEST_CASE("optional values are set and unset") {
    World w;
    auto input = plain(1);
    input.maybeInt = 1;
    input.maybeDecimal = "2.5"_dec;
    input.maybeString = "x";
    input.maybeRole = Role::ADMIN;
    input.maybeJson = json("{}");
    input.maybeBytes = bytes("x");
    input.maybeBoolean = false;
    w.db.scalars.create(input);
    auto row = w.db.scalars.find_first_or_throw();
    CHECK(row.maybeRole == Role::ADMIN);
    CHECK(row.maybeBoolean == false);
    row = w.db.scalars.update(scalars::id == 1, {.maybeInt = lamina::null,
                                                 .maybeDecimal = lamina::null,
                                                 .maybeString = std::nullopt,
                                                 .maybeBytes = lamina::null,
                                                 .maybeRole = lamina::null});
    CHECK(!row.maybeInt);
    CHECK(!row.maybeDecimal);
    CHECK(!row.maybeString);
    CHECK(!row.maybeBytes);
    CHECK(!row.maybeRole);
    CHECK(row.maybeBoolean == false);
}

}  // namespace behaviour
