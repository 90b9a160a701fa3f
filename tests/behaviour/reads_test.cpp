#include "world.hpp"

namespace behaviour {

TEST_CASE("find_unique gives the row or nothing") {
    People w;
    auto found = w.db.user.find_unique(user::id == w.ann.id);
    REQUIRE(found);
    CHECK(found->email == "ann@x.org");
    CHECK(found->name == "Ann");
    CHECK(found->role == Role::ADMIN);
    CHECK(found->balance == "100.50"_dec);
    CHECK(found->createdAt == w.ann.createdAt);
    CHECK(!w.db.user.find_unique(user::email == "nobody@x.org"));
}

TEST_CASE("find_unique takes compound keys and further conditions") {
    People w;
    CHECK(w.db.user.find_unique(user::name_age("Ann", 31))->id == w.ann.id);
    CHECK(!w.db.user.find_unique(user::name_age("Ann", 32)));
    CHECK(w.db.user.find_unique(user::id == w.ann.id && user::active == true));
    CHECK(!w.db.user.find_unique(user::id == w.ann.id && user::active == false));
    CHECK(w.db.post.find_unique(post::authorId_title(w.bob.id, "Delta"))->views == 5);
}

TEST_CASE("or_throw names the model of the missing row") {
    People w;
    CHECK(w.db.user.find_unique_or_throw(user::id == w.bob.id).email == "bob@x.org");
    CHECK(w.db.user.find_first_or_throw(where(user::email.starts_with("c"))).id == w.cleo.id);
    CHECK(code_of([&] { w.db.user.find_unique_or_throw(user::id == -1); }) == "P2025");
    try {
        w.db.user.find_first_or_throw(where(user::age > 99));
        FAIL("no error");
    } catch (const lamina::Error& error) {
        CHECK(error.code() == lamina::ErrorCode::RecordMissing);
        CHECK(error.model() == "User");
    }
}

TEST_CASE("try twins give a Result instead of throwing") {
    People w;
    auto found = w.db.user.try_find_unique(user::id == w.ann.id);
    REQUIRE(found);
    CHECK((*found)->email == "ann@x.org");
    auto missing = w.db.user.try_find_unique_or_throw(user::id == -1);
    REQUIRE(!missing);
    CHECK(missing.error().code() == lamina::ErrorCode::RecordMissing);
    CHECK(w.db.user.try_count().value() == 3);
    auto refused = w.db.user.try_create({.email = "ann@x.org"});
    REQUIRE(!refused);
    CHECK(refused.error().code() == lamina::ErrorCode::UniqueViolation);
}

TEST_CASE("find_first keeps to order, skip and filter") {
    People w;
    CHECK(w.db.post.find_first(order_by(post::views.desc()))->title == "Gamma");
    CHECK(w.db.post.find_first(order_by(post::views.desc()), skip(1))->title == "Beta");
    CHECK(w.db.post.find_first(where(post::published == true), order_by(post::views.asc()))->title == "Delta");
    CHECK(!w.db.post.find_first(where(post::views > 1000)));
}

TEST_CASE("count counts what the filter and the page leave") {
    People w;
    CHECK(w.db.post.count() == 4);
    CHECK(w.db.post.count(where(post::published == true)) == 3);
    CHECK(w.db.post.count(where(post::published == true), skip(1)) == 2);
    CHECK(w.db.post.count(take(3)) == 3);
    CHECK(w.db.post.count(where(post::author.is(user::name == "Bob"))) == 1);
}

TEST_CASE("select composes the row of what was selected") {
    People w;
    auto rows = w.db.user.find_many(
        select(user::email, user::posts(select(post::title, post::views), order_by(post::views.desc()))),
        order_by(user::email.asc()));
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].email == "ann@x.org");
    CHECK(titles(rows[0].posts) == "Gamma Beta Alpha");
    CHECK(rows[0].posts[0].views == 30);
    CHECK(titles(rows[1].posts) == "Delta");
    CHECK(rows[2].posts.empty());
}

TEST_CASE("omit leaves members out, include adds relations") {
    People w;
    auto rows = w.db.user.find_many(omit(user::email, user::balance), include(user::manager(select(user::name))),
                                    order_by(user::id.asc()));
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].name == "Ann");
    CHECK(!rows[0].manager);
    REQUIRE(rows[1].manager);
    CHECK(rows[1].manager->name == "Ann");
    CHECK(rows[2].manager->name == "Ann");
}

TEST_CASE("a row type can be named") {
    People w;
    using WithPosts = lamina::row_of<User, decltype(include(user::posts()))>;
    std::vector<WithPosts> rows = w.db.user.find_many(include(user::posts()), where(user::id == w.bob.id));
    REQUIRE(rows.size() == 1);
    CHECK(titles(rows.front().posts) == "Delta");
    const User& plain = rows.front();
    CHECK(plain.email == "bob@x.org");
}

TEST_CASE("names that are keywords and names that need quoting work") {
    World w;
    w.db.keyword.create({.id = 1, .class_ = "a", .template_ = "t", .operator_ = 1.5});
    auto found = w.db.keyword.find_unique(keyword::template_ == "t");
    REQUIRE(found);
    CHECK(found->class_ == "a");
    CHECK(!found->default_);
    CHECK(found->operator_ == 1.5);
    CHECK(w.db.keyword.find_many(where(keyword::class_.in({"a", "b"})), order_by(keyword::operator_.desc())).size() ==
          1);
}

TEST_CASE("sql shows the statements of a query") {
    World w;
    const std::vector<std::string> statements = w.db.user.sql().find_many(where(user::posts.some(post::views > 3)),
                                                                          include(user::posts(include(post::tags()))));
    REQUIRE(statements.size() == 3);
    CHECK(statements[0].find("\"Post\"") != std::string::npos);
    CHECK(statements[0].find('3') == std::string::npos);
}

}  // namespace behaviour
