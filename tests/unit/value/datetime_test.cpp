#include <chrono>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include <lamina/value/chrono.hpp>
#include <lamina/value/datetime.hpp>

using lamina::CivilTime;
using lamina::DateTime;
using lamina::ErrorCode;

namespace {

std::string reread(const char* text) { return DateTime::parse(text).value().to_string(); }

constexpr std::int64_t kDay = 86'400'000'000;

}  // namespace

TEST_CASE("every day from the year -400 to 3200 has its date") {
    // Counted by hand, one day after the other, from a day that is known: 1970-01-01.
    const auto leap = [](int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); };
    const auto walk = [&leap](int step, int stop_year) {
        CivilTime date;
        std::int64_t day = 0;
        while (date.year != stop_year) {
            REQUIRE(DateTime::from_unix_microseconds(day * kDay).civil() == date);
            REQUIRE(DateTime::from_civil(date)->unix_microseconds() == day * kDay);
            const int lengths[] = {31, leap(date.year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
            date.day += step;
            if (date.day > lengths[date.month - 1]) {
                date.day = 1;
                if (++date.month > 12) {
                    date.month = 1;
                    ++date.year;
                }
            } else if (date.day == 0) {
                if (--date.month == 0) {
                    date.month = 12;
                    --date.year;
                }
                const int before[] = {31, leap(date.year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
                date.day = before[date.month - 1];
            }
            day += step;
        }
    };
    walk(1, 3200);
    walk(-1, -400);
}

TEST_CASE("times are read in every form that databases write") {
    const std::pair<const char*, const char*> cases[] = {
        {"2024-02-29T12:34:56.789Z", "2024-02-29T12:34:56.789Z"},
        {"2009-01-01 00:00:00", "2009-01-01T00:00:00.000Z"},
        {"2009-01-01", "2009-01-01T00:00:00.000Z"},
        {"2009-01-01 12:30", "2009-01-01T12:30:00.000Z"},
        {"2009-01-01 00:00:00.5", "2009-01-01T00:00:00.500Z"},
        {"2009-01-01T00:00:00.123456", "2009-01-01T00:00:00.123456Z"},
        {"2009-01-01T00:00:00.123456789Z", "2009-01-01T00:00:00.123456Z"},
        {"2024-02-29T12:34:56.789+00:00", "2024-02-29T12:34:56.789Z"},
        {"2024-03-01T01:00:00+02:00", "2024-02-29T23:00:00.000Z"},
        {"2024-02-29 23:30:00-05:30", "2024-03-01T05:00:00.000Z"},
        {"2024-02-29 23:30:00+02", "2024-02-29T21:30:00.000Z"},
        {"2024-02-29 23:30:00+0215", "2024-02-29T21:15:00.000Z"},
        {"1880-01-01 00:00:00+00:53:28", "1879-12-31T23:06:32.000Z"},
        {"2024-02-29t12:34:56z", "2024-02-29T12:34:56.000Z"},
        {"2024-02-29 12:34:56 +00:00", "2024-02-29T12:34:56.000Z"},
        {" 2024-02-29 ", "2024-02-29T00:00:00.000Z"},
        {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"},
        {"9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"},
        {"+010000-01-01T00:00:00Z", "+010000-01-01T00:00:00.000Z"},
        {"294246-12-31 00:00:00", "+294246-12-31T00:00:00.000Z"},
        {"-000001-06-15", "-000001-06-15T00:00:00.000Z"},
        {"0001-06-15 BC", "0000-06-15T00:00:00.000Z"},
        {"4713-11-24 00:00:00 BC", "-004712-11-24T00:00:00.000Z"},
        {"infinity", "infinity"},
        {"-infinity", "-infinity"},
    };
    for (const auto& [text, expected] : cases) {
        const std::string shown = text;
        CAPTURE(shown);
        CHECK(reread(text) == expected);
        CHECK(reread(reread(text).c_str()) == expected);
    }
}

TEST_CASE("what is no time is refused") {
    for (const char* text : {"",
                             "2024",
                             "2024-02",
                             "2024-02-30",
                             "2023-02-29",
                             "2024-13-01",
                             "2024-00-01",
                             "2024-01-00",
                             "2024-1-1",
                             "24-01-01",
                             "2024-01-01T",
                             "2024-01-01T25:00",
                             "2024-01-01T12:60",
                             "2024-01-01T12:00:60",
                             "2024-01-01T12:00:00.",
                             "2024-01-01T12:00:00+24:00",
                             "2024-01-01T12:00:00Zx",
                             "2024-01-01T12:00:00+1",
                             "2024-01-01X12:00:00",
                             "2024-01-01 12",
                             "2024/01/01",
                             "now",
                             "1900-02-29",
                             "0000-01-01 BC",
                             "2024-01-01 BCE",
                             "12:00:00"}) {
        CAPTURE(text);
        const auto result = DateTime::parse(text);
        REQUIRE_FALSE(result);
        CHECK(result.error().code() == ErrorCode::DataValidation);
    }
    // The form that programs write has a way of its own: no byte of it may be another.
    const std::string form = "2024-02-29T12:34:56.789+00:00";
    CHECK(DateTime::parse(form)->to_string() == "2024-02-29T12:34:56.789Z");
    CHECK(DateTime::parse("2024-02-29T12:34:56.789Z").value() == DateTime::parse(form).value());
    for (std::size_t at = 0; at < form.size(); ++at) {
        for (const char other : {'/', ':', 'x', '\0', '\xb0'}) {
            std::string wrong = form;
            wrong[at] = other;
            if (wrong != form) CHECK_FALSE(DateTime::parse(wrong));
        }
    }
    CHECK_FALSE(DateTime::parse("2023-02-29T12:34:56.789Z"));
    CHECK_FALSE(DateTime::parse("2024-02-29T24:34:56.789Z"));
    CHECK(DateTime::parse("999999-01-01").error().code() == ErrorCode::ValueOutOfRange);
    CHECK_FALSE(DateTime::parse(std::string_view("2024-01-01\0", 11)));
}

TEST_CASE("known moments have their count") {
    CHECK(DateTime::parse("1970-01-01")->unix_microseconds() == 0);
    CHECK(DateTime::parse("2000-01-01")->unix_seconds() == 946'684'800);
    CHECK(DateTime::parse("2038-01-19T03:14:08Z")->unix_seconds() == 2'147'483'648);
    CHECK(DateTime::parse("0001-01-01")->unix_seconds() == -62'135'596'800);
    CHECK(DateTime::parse("9999-12-31T23:59:59Z")->unix_seconds() == 253'402'300'799);
    CHECK(DateTime::parse("1969-12-31T23:59:59.999999Z")->unix_microseconds() == -1);
    CHECK(DateTime::from_unix_microseconds(-1).unix_milliseconds() == -1);
    CHECK(DateTime::from_unix_microseconds(-1).unix_seconds() == -1);
    CHECK(DateTime::from_unix_microseconds(-1'000).unix_milliseconds() == -1);
    CHECK(DateTime::from_unix_milliseconds(1'500).unix_microseconds() == 1'500'000);
}

TEST_CASE("the ends of the range print and read") {
    for (const std::int64_t count : {INT64_MIN + 1, INT64_MAX - 1}) {
        const DateTime end = DateTime::from_unix_microseconds(count);
        CAPTURE(end.to_string());
        CHECK(end.is_finite());
        const CivilTime civil = end.civil();
        CHECK(civil.year == (count < 0 ? -290'308 : 294'247));
        CHECK(civil.hour < 24);
        CHECK(civil.microsecond >= 0);
        CHECK(DateTime::from_civil(civil).value() == end);
        CHECK(DateTime::parse(end.to_string()).value() == end);
    }
    CHECK(reread("-290307-01-01T00:00:00Z") == "-290307-01-01T00:00:00.000Z");
    CHECK(reread("+294246-12-31T23:59:59.999999Z") == "+294246-12-31T23:59:59.999999Z");
    CHECK(reread("294246-12-31 23:59:59.999999-23:59") == "+294247-01-01T23:58:59.999999Z");
    for (const char* text : {"294247-01-10 04:00:54.775807", "294247-01-10 04:00:54.775806-00:01", "294247-12-31",
                             "-290308-12-21 19:59:05.224192", "-290308-12-21 19:59:05.224193+01", "-290308-01-01"})
        CHECK(DateTime::parse(text).error().code() == ErrorCode::ValueOutOfRange);
    static_cast<void>(DateTime::infinity().civil());
    static_cast<void>(DateTime::negative_infinity().civil());
}

TEST_CASE("arithmetic moves the time and stops at the ends") {
    using namespace std::chrono_literals;
    const DateTime start = *DateTime::parse("2024-02-28T23:59:30Z");
    CHECK((start + 45s).to_string() == "2024-02-29T00:00:15.000Z");
    CHECK((start - 1h).to_string() == "2024-02-28T22:59:30.000Z");
    CHECK(start.plus_days(2).to_string() == "2024-03-01T23:59:30.000Z");
    CHECK((start + 90s).seconds_since(start) == 90);
    CHECK(start.microseconds_since(start + 1us) == -1);
    CHECK(start < start + 1us);
    CHECK(DateTime::infinity().plus_days(-1) == DateTime::infinity());
    CHECK(DateTime::infinity() > start);
    CHECK(DateTime::negative_infinity() < start);
    CHECK_THROWS_AS(static_cast<void>(start.plus_days(INT64_MAX)), lamina::Error);
    CHECK_THROWS_AS(static_cast<void>(start.plus_seconds(INT64_MAX / 1'000'000)), lamina::Error);
    CHECK(DateTime::infinity().microseconds_since(DateTime::negative_infinity()) == INT64_MAX);
    CHECK(DateTime::from_unix_seconds(INT64_MIN) == DateTime::negative_infinity());
    CHECK(DateTime::from_unix_milliseconds(INT64_MAX) == DateTime::infinity());
}

TEST_CASE("times are printed to streams") {
    std::ostringstream out;
    out << DateTime();
    CHECK(out.str() == "1970-01-01T00:00:00.000Z");
}

TEST_CASE("chrono converts both ways") {
    const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    CHECK(lamina::to_chrono(lamina::from_chrono(now)) == now);
    const std::chrono::sys_days day = std::chrono::year(2024) / 2 / 29;
    CHECK(lamina::from_chrono(day).to_string() == "2024-02-29T00:00:00.000Z");
    const std::chrono::sys_time<std::chrono::nanoseconds> before(std::chrono::nanoseconds(-1));
    CHECK(lamina::from_chrono(before).unix_microseconds() == -1);
    const std::int64_t difference = DateTime::now().microseconds_since(lamina::from_chrono(now));
    CHECK(difference >= 0);
    CHECK(difference < 5'000'000);
}
