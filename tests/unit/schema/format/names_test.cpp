#include "schema/format/names.hpp"

#include <string_view>
#include <utility>

#include <doctest/doctest.h>

using namespace lamina::schema::format;

// As Prisma 7 calls the list of each model.
TEST_CASE("names of lists") {
    constexpr std::pair<std::string_view, std::string_view> kNames[] = {
        {"User", "users"},
        {"BlogPost", "blogPosts"},
        {"blog_post", "blogPosts"},
        {"BLOG_POST", "blogPosts"},
        {"UserID", "userIDs"},
        {"userId2x", "userId2Xs"},
        {"User2FA", "user2FAs"},
        {"Category", "categories"},
        {"Person", "people"},
        {"Sheep", "sheep"},
        {"Child", "children"},
        {"Ox", "oxen"},
        {"Bus", "buses"},
        {"Box", "boxes"},
        {"Hero", "heroes"},
        {"Leaf", "leaves"},
        {"Knife", "knives"},
        {"Analysis", "analyses"},
        {"Criterion", "criteria"},
        {"Datum", "data"},
        {"Data", "data"},
        {"Menu", "menus"},
        {"Status", "statuses"},
        {"Series", "series"},
        {"Mouse", "mice"},
        {"Index", "indices"},
        {"Monkey", "monkeys"},
        {"Toy", "toys"},
        {"Match", "matches"},
        {"Quiz", "quizzes"},
        {"Alias", "aliases"},
        {"News", "news"},
        {"Octopus", "octopi"},
        {"Children", "children"},
        {"Users", "users"},
        {"Addresses", "addresses"},
        {"Man", "men"},
        {"Salesman", "salesmans"},
        {"A", "as"},
        {"Money", "money"},
        {"HTTPServer", "httpservers"},
        {"Journey", "journeys"},
        {"Axis", "axes"},
        {"Gas", "gases"},
        {"Seraph", "seraphim"},
        {"Alga", "algae"},
        {"Photo", "photos"},
        {"Thief", "thiefs"},
        {"Chef", "chefs"},
        {"Atlas", "atlases"},
        {"Bacterium", "bacteria"},
        {"Phenomenon", "phenomena"},
    };
    for (const auto& [model, name] : kNames) CHECK(plural(camel_case(model)) == name);
}

TEST_CASE("first letters") {
    CHECK(lower_first("UserID") == "userID");
    CHECK(upper_first("user_id") == "User_id");
    CHECK(upper_first("\303\251t\303\251") == "\303\211t\303\251");
    CHECK(lower_first("").empty());
}
