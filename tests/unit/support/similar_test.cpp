#include "support/similar.hpp"

#include <array>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace lamina::support;

}  // namespace

TEST_CASE("the distance counts single changes, letters' case aside") {
    CHECK(edit_distance("user", "user", 5) == 0);
    CHECK(edit_distance("User", "user", 5) == 0);
    CHECK(edit_distance("usr", "user", 5) == 1);
    CHECK(edit_distance("uesr", "user", 5) == 1);
    CHECK(edit_distance("abc", "xyz", 5) == 3);
    CHECK(edit_distance("", "abc", 5) == 3);
    CHECK(edit_distance("abc", "abcdefgh", 2) == 3);
}

TEST_CASE("the nearest candidate is suggested, if it is near") {
    constexpr std::array<std::string_view, 4> names{"User", "Post", "Comment", "Category"};
    CHECK(most_similar("Usr", names) == "User");
    CHECK(most_similar("Comnent", names) == "Comment");
    CHECK(!most_similar("Invoice", names));
    CHECK(!most_similar("", names));
    CHECK(!most_similar(std::string(10'000, 'x'), names));
}
