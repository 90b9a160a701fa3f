#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/base/result.hpp>
#include <lamina/base/try.hpp>

namespace {

struct Problem {
    std::string text;
};
template <class T>
using R = lamina::BasicResult<T, Problem>;

R<int> half(int number) {
    if (number % 2 != 0) return Problem{"odd"};
    return number / 2;
}

R<int> quarter(int number) {
    LAMINA_TRY_ASSIGN(const int first, half(number));
    LAMINA_TRY_ASSIGN(const int second, half(first));
    return second;
}

R<void> check_quarter(int number) {
    LAMINA_TRY(quarter(number));
    return {};
}

/// Counts the objects alive, to see that each is destroyed once.
struct Counted {
    static int alive;
    Counted() { ++alive; }
    Counted(const Counted&) { ++alive; }
    Counted(Counted&&) noexcept { ++alive; }
    Counted& operator=(const Counted&) = default;
    Counted& operator=(Counted&&) = default;
    ~Counted() { --alive; }
};
int Counted::alive = 0;

}  // namespace

TEST_CASE("a result holds a value or an error") {
    CHECK(half(4).has_value());
    CHECK(*half(4) == 2);
    CHECK(half(4).value() == 2);
    CHECK_FALSE(half(3));
    CHECK(half(3).error().text == "odd");
    CHECK(half(3).value_or(7) == 7);
}

TEST_CASE("value throws the error") {
    CHECK_THROWS_AS(static_cast<void>(half(3).value()), Problem);
    CHECK_THROWS_AS(check_quarter(2).value(), Problem);
    CHECK_NOTHROW(check_quarter(8).value());
}

TEST_CASE("try returns the first error from the function") {
    CHECK(*quarter(8) == 2);
    CHECK_FALSE(quarter(6));
    CHECK_FALSE(check_quarter(2));
    CHECK(check_quarter(4));
}

TEST_CASE("values convert on the way in") {
    const auto text = []() -> R<std::string> { return "literal"; };
    const auto none = []() -> R<std::optional<int>> { return std::nullopt; };
    const auto some = []() -> R<std::optional<int>> { return 5; };
    const auto empty = []() -> R<std::vector<int>> { return {}; };
    CHECK(text()->size() == 7);
    CHECK_FALSE(none()->has_value());
    CHECK(**some() == 5);
    CHECK(empty()->empty());
}

TEST_CASE("copies and moves keep the alternative and destroy it once") {
    {
        R<Counted> value = Counted();
        R<Counted> error = Problem{"x"};
        R<Counted> copy = value;
        CHECK(Counted::alive == 2);
        copy = error;
        CHECK(Counted::alive == 1);
        CHECK(copy.error().text == "x");
        error = std::move(value);
        CHECK(error.has_value());
        error = R<Counted>(Problem{"y"});
        CHECK(error.error().text == "y");
        R<Counted>& self = copy;
        copy = self;
        CHECK(copy.error().text == "x");
    }
    CHECK(Counted::alive == 0);
}

TEST_CASE("a void result copies and moves") {
    R<void> good;
    R<void> bad = Problem{"bad"};
    good = bad;
    CHECK_FALSE(good);
    CHECK(good.error().text == "bad");
    bad = R<void>();
    CHECK(bad);
    const R<void> copy = good;
    CHECK(copy.error().text == "bad");
}
