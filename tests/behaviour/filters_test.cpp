#include "world.hpp"

namespace behaviour {

namespace {

std::string posts(World& w, const lamina::Filter<Post>& filter) {
    return titles(w.db.post.find_many(where(filter), order_by(post::title.asc())));
}

std::string users(World& w, const lamina::Filter<User>& filter) {
    return emails(w.db.user.find_many(where(filter), order_by(user::email.asc())));
}

}  // namespace

TEST_CASE("scalar comparisons") {
    People w;
    CHECK(posts(w, post::views == 10) == "Alpha");
    CHECK(posts(w, post::views.equals(10)) == "Alpha");
    CHECK(posts(w, post::views != 10) == "Beta Delta Gamma");
    CHECK(posts(w, post::views < 10) == "Delta");
    CHECK(posts(w, post::views <= 10) == "Alpha Delta");
    CHECK(posts(w, post::views > 20) == "Gamma");
    CHECK(posts(w, post::views >= 20) == "Beta Gamma");
    CHECK(posts(w, post::views.lt(10)) == "Delta");
    CHECK(posts(w, post::published == true) == "Alpha Delta Gamma");
    CHECK(users(w, user::role == Role::ADMIN) == "ann@x.org");
    CHECK(users(w, user::role.in({Role::USER, Role::AUDITOR})) == "bob@x.org cleo@x.org");
    CHECK(users(w, user::balance >= "100.5"_dec) == "ann@x.org");
    CHECK(users(w, user::balance == "100.500"_dec) == "ann@x.org");
    CHECK(users(w, user::createdAt <= lamina::DateTime::now()) == "ann@x.org bob@x.org cleo@x.org");
    CHECK(users(w, user::createdAt == w.bob.createdAt && user::id == w.bob.id) == "bob@x.org");
}

TEST_CASE("lists of any length") {
    People w;
    CHECK(posts(w, post::views.in({10, 30, 99})) == "Alpha Gamma");
    CHECK(posts(w, post::views.not_in({10, 30})) == "Beta Delta");
    CHECK(posts(w, post::title.in(std::vector<std::string>{})) == "");
    CHECK(posts(w, post::title.not_in(std::vector<std::string>{})) == "Alpha Beta Delta Gamma");
    std::vector<std::int64_t> many;
    for (std::int64_t i = 6; i < 50'000; ++i) many.push_back(i);
    CHECK(posts(w, post::views.in(many)) == "Alpha Beta Gamma");
    CHECK(users(w, user::balance.in({"100.5"_dec, "7"_dec})) == "ann@x.org");
    CHECK(users(w, user::createdAt.in({w.ann.createdAt, w.bob.createdAt}) && user::name != lamina::null) ==
          "ann@x.org bob@x.org");
}

TEST_CASE("texts: contains, starts_with, ends_with, letter case, wildcards") {
    People w;
    w.db.post.create({.title = "50%_\\off", .authorId = w.cleo.id});
    CHECK(posts(w, post::title.contains("lt")) == "Delta");
    CHECK(posts(w, post::title.starts_with("Be")) == "Beta");
    CHECK(posts(w, post::title.ends_with("mma")) == "Gamma");
    CHECK(posts(w, post::title.contains("LT", lamina::insensitive)) == "Delta");
    CHECK(posts(w, post::title.equals("aLPHA", lamina::insensitive)) == "Alpha");
    CHECK(posts(w, post::title.starts_with("g", lamina::insensitive)) == "Gamma");
    CHECK(posts(w, post::title.contains("%")) == "50%_\\off");
    CHECK(posts(w, post::title.contains("_")) == "50%_\\off");
    CHECK(posts(w, post::title.contains("\\")) == "50%_\\off");
    CHECK(posts(w, post::title.starts_with("5%")) == "");
    CHECK(posts(w, post::title == "x' OR '1'='1") == "");
}

TEST_CASE("null is asked for, and never matched by other comparisons") {
    People w;
    CHECK(users(w, user::name == lamina::null) == "cleo@x.org");
    CHECK(users(w, user::name == std::nullopt) == "cleo@x.org");
    CHECK(users(w, user::name != lamina::null) == "ann@x.org bob@x.org");
    CHECK(users(w, user::name != "Ann") == "bob@x.org");
    CHECK(users(w, user::age > 0) == "ann@x.org bob@x.org");
    CHECK(users(w, !(user::age > 30)) == "bob@x.org");
    CHECK(users(w, user::age.not_in({25})) == "ann@x.org");
}

TEST_CASE("and, or, not, and filters built at run time") {
    People w;
    CHECK(users(w, user::age == 31 || user::name == lamina::null) == "ann@x.org cleo@x.org");
    CHECK(users(w, user::active == true && (user::age == 31 || user::age == 25)) == "ann@x.org bob@x.org");
    CHECK(users(w, !(user::email == "ann@x.org" || user::email == "bob@x.org")) == "cleo@x.org");
    CHECK(users(w, !(user::email == "ann@x.org") && !(user::email == "bob@x.org")) == "cleo@x.org");
    lamina::Filter<User> filter;
    CHECK(users(w, filter) == "ann@x.org bob@x.org cleo@x.org");
    filter &= user::active == true;
    filter &= user::email.contains("o@x");
    CHECK(users(w, filter) == "cleo@x.org");
    filter |= user::age == 31;
    CHECK(users(w, filter) == "ann@x.org cleo@x.org");
}

TEST_CASE("some, every and none of a to-many relation") {
    People w;
    CHECK(users(w, user::posts.some()) == "ann@x.org bob@x.org");
    CHECK(users(w, user::posts.none()) == "cleo@x.org");
    CHECK(users(w, user::posts.some(post::views > 25)) == "ann@x.org");
    CHECK(users(w, user::posts.every(post::published == true)) == "bob@x.org cleo@x.org");
    CHECK(users(w, user::posts.none(post::views > 25)) == "bob@x.org cleo@x.org");
    CHECK(users(w, user::posts.some(post::views == 10) && user::posts.some(post::views == 20)) == "ann@x.org");
    CHECK(users(w, user::posts.some(post::views == 10 && post::views == 20)) == "");
    CHECK(users(w, !user::posts.some(post::published == false)) == "bob@x.org cleo@x.org");
}

TEST_CASE("is and is_not of a to-one relation") {
    People w;
    CHECK(users(w, user::manager.is(user::name == "Ann")) == "bob@x.org cleo@x.org");
    CHECK(users(w, user::manager.is(lamina::null)) == "ann@x.org");
    CHECK(users(w, user::manager.is_not(lamina::null)) == "bob@x.org cleo@x.org");
    CHECK(users(w, user::manager.is_not(user::name == "Ann")) == "ann@x.org");
    CHECK(posts(w, post::author.is(user::staff.some(user::age == 25))) == "Alpha Beta Gamma");
    CHECK(posts(w, post::author.is_not(user::role == Role::ADMIN)) == "Delta");
    CHECK(posts(w, post::reviewer.is(user::email == "ann@x.org")) == "Delta");
}

TEST_CASE("relation filters across many-to-many, one-to-one and compound keys") {
    People w;
    w.db.post.update(post::authorId_title(w.ann.id, "Alpha"),
                     {.tags = {.create = {{.name = "red"}, {.name = "blue"}}}});
    w.db.post.update(post::authorId_title(w.bob.id, "Delta"), {.tags = {.connect = {tag::name == "red"}}});
    w.db.profile.create({.bio = "hi", .user = {.connect = user::id == w.bob.id}});
    w.db.team.create(
        {.name = "core", .members = {.create = {{.level = 3, .user = {.connect = user::id == w.ann.id}}}}});
    auto member = w.db.membership.find_first_or_throw();
    w.db.comment.create({.text = "ok",
                         .post = {.connect = post::authorId_title(w.bob.id, "Delta")},
                         .member = {.connect = membership::userId_teamId(member.userId, member.teamId)}});

    CHECK(posts(w, post::tags.some(tag::name == "red")) == "Alpha Delta");
    CHECK(posts(w, post::tags.some(tag::name == "blue")) == "Alpha");
    CHECK(posts(w, post::tags.every(tag::name == "red")) == "Beta Delta Gamma");
    CHECK(posts(w, post::tags.none()) == "Beta Gamma");
    CHECK(users(w, user::profile.is(profile::bio == "hi")) == "bob@x.org");
    CHECK(users(w, user::profile.is(lamina::null)) == "ann@x.org cleo@x.org");
    CHECK(users(w, user::teams.some(membership::team.is(team::name == "core") && membership::level > 2)) ==
          "ann@x.org");
    CHECK(posts(w, post::comments.some(comment::member.is(membership::level == 3))) == "Delta");
    CHECK(posts(w, post::comments.some(comment::member.is(membership::user.is(user::id == w.bob.id)))) == "");
}

}  // namespace behaviour
