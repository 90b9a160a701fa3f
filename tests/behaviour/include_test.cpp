#include "world.hpp"

namespace behaviour {

TEST_CASE("order, page and filter of an include hold for each parent") {
    People w;
    for (int i = 0; i < 4; ++i)
        w.db.post.create({.title = "bob" + std::to_string(i), .views = 100 + i, .authorId = w.bob.id});
    auto rows =
        w.db.user.find_many(include(user::posts(order_by(post::views.desc()), take(2))), order_by(user::id.asc()));
    CHECK(titles(rows[0].posts) == "Gamma Beta");
    CHECK(titles(rows[1].posts) == "bob3 bob2");
    CHECK(rows[2].posts.empty());
    rows = w.db.user.find_many(include(user::posts(order_by(post::views.desc()), skip(1), take(2))),
                               order_by(user::id.asc()));
    CHECK(titles(rows[0].posts) == "Beta Alpha");
    CHECK(titles(rows[1].posts) == "bob2 bob1");
    rows = w.db.user.find_many(include(user::posts(order_by(post::views.asc()), take(-2))), order_by(user::id.asc()));
    CHECK(titles(rows[0].posts) == "Beta Gamma");
    CHECK(titles(rows[1].posts) == "bob2 bob3");
    rows = w.db.user.find_many(include(user::posts(where(post::published == true), order_by(post::title.asc()))),
                               order_by(user::id.asc()));
    CHECK(titles(rows[0].posts) == "Alpha Gamma");
    CHECK(titles(rows[1].posts) == "Delta");
}

TEST_CASE("a cursor inside an include starts at its row") {
    People w;
    auto beta = w.db.post.find_unique_or_throw(post::authorId_title(w.ann.id, "Beta"));
    auto rows =
        w.db.user.find_many(include(user::posts(order_by(post::title.asc()), cursor(post::id == beta.id), take(2))),
                            order_by(user::id.asc()));
    CHECK(titles(rows[0].posts) == "Beta Gamma");
    CHECK(rows[1].posts.size() <= 1);
}

TEST_CASE("distinct inside an include") {
    People w;
    w.db.post.create({.title = "Alpha2", .views = 10, .authorId = w.ann.id});
    auto ann = w.db.user.find_unique_or_throw(user::id == w.ann.id,
                                              include(user::posts(distinct(post::views), order_by(post::title.asc()))));
    CHECK(titles(ann.posts) == "Alpha Beta Gamma");
}

TEST_CASE("includes go to any depth and along every kind of relation") {
    People w;
    auto delta = w.db.post.update(
        post::authorId_title(w.bob.id, "Delta"),
        {.replies = {.create = {{.title = "Re 1", .authorId = w.ann.id}, {.title = "Re 2", .authorId = w.cleo.id}}},
         .tags = {.create = {{.name = "red"}, {.name = "blue"}}}});
    w.db.profile.create({.bio = "manager", .userId = w.ann.id});
    auto rows = w.db.post.find_many(
        where(post::id == delta.id),
        include(
            post::author(include(user::manager(include(user::profile(), user::staff(order_by(user::email.asc())))))),
            post::reviewer(select(user::email)), post::parent(),
            post::replies(include(post::author(select(user::email)), post::parent(select(post::title))),
                          order_by(post::title.asc())),
            post::tags(select(tag::name, tag::posts(select(post::title))), order_by(tag::name.asc()))));
    REQUIRE(rows.size() == 1);
    const auto& row = rows[0];
    CHECK(row.author.email == "bob@x.org");
    REQUIRE(row.author.manager);
    REQUIRE(row.author.manager->profile);
    CHECK(row.author.manager->profile->bio == "manager");
    CHECK(emails(row.author.manager->staff) == "bob@x.org cleo@x.org");
    CHECK(row.reviewer->email == "ann@x.org");
    CHECK(!row.parent);
    CHECK(titles(row.replies) == "Re 1 Re 2");
    CHECK(row.replies[0].author.email == "ann@x.org");
    CHECK(row.replies[1].parent->title == "Delta");
    REQUIRE(row.tags.size() == 2);
    CHECK(row.tags[0].name == "blue");
    CHECK(titles(row.tags[1].posts) == "Delta");
}

TEST_CASE("parents that share a row each get it") {
    People w;
    auto posts = w.db.post.find_many(include(post::author(include(user::posts(order_by(post::title.asc()))))),
                                     order_by(post::title.asc()));
    REQUIRE(posts.size() == 4);
    CHECK(posts[0].author.id == w.ann.id);
    CHECK(posts[1].author.id == w.ann.id);
    CHECK(titles(posts[0].author.posts) == "Alpha Beta Gamma");
    CHECK(titles(posts[1].author.posts) == "Alpha Beta Gamma");
    CHECK(titles(posts[2].author.posts) == "Delta");
}

TEST_CASE("many-to-many to the own model, from both sides") {
    People w;
    w.db.user.update(user::id == w.ann.id, {.friends = {.connect = {user::id == w.bob.id, user::id == w.cleo.id}}});
    w.db.user.update(user::id == w.bob.id, {.friends = {.connect = {user::id == w.cleo.id}}});
    auto rows = w.db.user.find_many(
        include(user::friends(order_by(user::email.asc())), user::friendOf(order_by(user::email.asc()), take(1))),
        order_by(user::email.asc()));
    CHECK(emails(rows[0].friends) == "bob@x.org cleo@x.org");
    CHECK(emails(rows[0].friendOf) == "");
    CHECK(emails(rows[1].friends) == "cleo@x.org");
    CHECK(emails(rows[1].friendOf) == "ann@x.org");
    CHECK(emails(rows[2].friendOf) == "ann@x.org");
}

TEST_CASE("compound keys load from both sides") {
    People w;
    auto team = w.db.team.create({.name = "core",
                                  .members = {.create = {{.level = 2, .user = {.connect = user::id == w.ann.id}},
                                                         {.level = 5, .user = {.connect = user::id == w.bob.id}}}}});
    w.db.comment.create(
        {.text = "one", .postId = w.db.post.find_first_or_throw().id, .memberUser = w.bob.id, .memberTeam = team.id});
    w.db.comment.create({.text = "none", .postId = w.db.post.find_first_or_throw().id});
    auto comments = w.db.comment.find_many(include(comment::member(include(membership::user(select(user::email))))),
                                           order_by(comment::id.asc()));
    REQUIRE(comments.size() == 2);
    REQUIRE(comments[0].member);
    CHECK(comments[0].member->level == 5);
    CHECK(comments[0].member->user.email == "bob@x.org");
    CHECK(!comments[1].member);
    auto members = w.db.membership.find_many(include(membership::comments(select(comment::text))),
                                             order_by(membership::level.asc()));
    CHECK(members[0].comments.empty());
    REQUIRE(members[1].comments.size() == 1);
    CHECK(members[1].comments[0].text == "one");
}

TEST_CASE("statements grow with the levels, not with the rows") {
    World w;
    CHECK(w.db.user.sql().find_many(include(user::posts(include(post::comments())), user::manager())).size() == 4);
}

TEST_CASE("an include over many parents") {
    World w;
    std::vector<UserCreate> people;
    for (int i = 0; i < 4'000; ++i) people.push_back({.email = std::to_string(i) + "@x.org"});
    auto made = w.db.user.create_many_and_return(people, select(user::id));
    std::vector<PostCreate> posts;
    for (const auto& user : made) posts.push_back({.title = "t", .views = user.id, .authorId = user.id});
    CHECK(w.db.post.create_many(posts) == 4'000);
    auto rows = w.db.user.find_many(select(user::id, user::posts(select(post::views))));
    REQUIRE(rows.size() == 4'000);
    bool all_match = true;
    for (const auto& row : rows) all_match = all_match && row.posts.size() == 1 && row.posts[0].views == row.id;
    CHECK(all_match);
}

}  // namespace behaviour
