#include "world.hpp"

namespace behaviour {

namespace {

/// The titles of a user's posts, in their order.
std::string posts_of(World& w, const User& author) {
    return titles(w.db.post.find_many(where(post::authorId == author.id), order_by(post::title.asc())));
}

std::string staff_of(World& w, const User& manager) {
    return emails(w.db.user.find_many(where(user::managerId == manager.id), order_by(user::email.asc())));
}

std::string tags_of(World& w, const lamina::Unique<Post>& key) {
    auto found = w.db.post.find_unique_or_throw(key, select(post::tags(order_by(tag::name.asc()))));
    return joined(found.tags, [](const auto& row) { return row.name; });
}

}  // namespace

TEST_CASE("create_many in a create and in an update, with rows to leave out") {
    World w;
    auto dan = w.db.user.create(
        {.email = "dan@x.org",
         .posts = {.create = {{.title = "A"}}, .create_many = {.data = {{.title = "B", .views = 7}, {.title = "C"}}}},
         .staff = {.create_many = {.data = {{.email = "s@x.org"}, {.email = "t@x.org"}}}}});
    CHECK(posts_of(w, dan) == "A B C");
    CHECK(staff_of(w, dan) == "s@x.org t@x.org");
    CHECK(w.db.post.find_unique(post::authorId_title(dan.id, "B"))->views == 7);

    w.db.user.update(
        user::id == dan.id,
        {.posts = {.create_many = {.data = {{.title = "C", .views = 9}, {.title = "D"}}, .skip_duplicates = true}}});
    CHECK(posts_of(w, dan) == "A B C D");
    CHECK(w.db.post.find_unique(post::authorId_title(dan.id, "C"))->views == 0);
    CHECK(code_of([&] {
              w.db.user.update(user::id == dan.id, {.posts = {.create_many = {.data = {{.title = "D"}}}}});
          }) == "P2002");

    // Rows of a create_many have no related rows of their own.
    CHECK(code_of([&] {
              w.db.user.create(
                  {.email = "e@x.org",
                   .posts = {.create_many = {.data = {{.title = "X", .tags = {.create = {{.name = "t"}}}}}}}});
          }) == "P2009");
    std::vector<PostCreate> many;
    for (int i = 0; i < 1000; ++i) many.push_back({.title = std::to_string(i)});
    auto eve = w.db.user.create({.email = "eve@x.org", .posts = {.create_many = {.data = many}}});
    CHECK(w.db.post.count(where(post::authorId == eve.id)) == 1000);
    CHECK(w.db.user.count(where(user::email == "e@x.org")) == 0);
}

TEST_CASE("connect, set and disconnect rows of a to-many relation") {
    People w;
    w.db.user.update(user::id == w.bob.id, {.staff = {.connect = {user::id == w.cleo.id, user::email == "ann@x.org"}}});
    CHECK(staff_of(w, w.bob) == "ann@x.org cleo@x.org");
    CHECK(staff_of(w, w.ann) == "bob@x.org");
    w.db.user.update(user::id == w.bob.id, {.staff = {.disconnect = {user::id == w.cleo.id}}});
    CHECK(staff_of(w, w.bob) == "ann@x.org");
    w.db.user.update(user::id == w.bob.id, {.staff = {.set = {user::id == w.cleo.id}}});
    CHECK(staff_of(w, w.bob) == "cleo@x.org");
    w.db.user.update(user::id == w.bob.id, {.staff = {.set = lamina::nothing}});
    CHECK(staff_of(w, w.bob) == "");
    CHECK(w.db.user.count() == 3);
    // A key may come with a further condition, which the row has to meet as well.
    CHECK(code_of([&] {
              w.db.user.update(user::id == w.bob.id,
                               {.staff = {.connect = {user::id == w.cleo.id && user::age == 99}}});
          }) == "P2018");

    const auto alpha = post::authorId_title(w.ann.id, "Alpha");
    w.db.post.update(alpha, {.tags = {.create = {{.name = "a"}, {.name = "b"}, {.name = "c"}}}});
    w.db.post.update(alpha, {.tags = {.disconnect = {tag::name == "b"}}});
    CHECK(tags_of(w, alpha) == "a c");
    w.db.post.update(alpha, {.tags = {.set = {tag::name == "b", tag::name == "c"}}});
    CHECK(tags_of(w, alpha) == "b c");
    w.db.post.update(alpha, {.tags = {.set = lamina::nothing}});
    CHECK(tags_of(w, alpha) == "");
    CHECK(w.db.tag.count() == 3);
}

TEST_CASE("connect_or_create finds or makes rows of a to-many relation") {
    People w;
    const auto alpha = post::authorId_title(w.ann.id, "Alpha");
    w.db.tag.create({.name = "old"});
    w.db.post.update(alpha,
                     {.tags = {.connect_or_create = {{.where = tag::name == "old", .create = {.name = "never"}},
                                                     {.where = tag::name == "new", .create = {.name = "new"}}}}});
    CHECK(tags_of(w, alpha) == "new old");
    CHECK(w.db.tag.count() == 2);
    w.db.user.update(user::id == w.bob.id,
                     {.posts = {.connect_or_create = {
                                    {.where = alpha, .create = {.title = "never"}},
                                    {.where = post::authorId_title(w.bob.id, "Made"), .create = {.title = "Made"}}}}});
    CHECK(posts_of(w, w.bob) == "Alpha Delta Made");
}

TEST_CASE("update, update_many and upsert rows of a to-many relation") {
    People w;
    w.db.user.update(
        user::id == w.ann.id,
        {.posts = {.update = {{.where = post::authorId_title(w.ann.id, "Alpha"), .data = {.views = increment(1)}},
                              {.where = post::authorId_title(w.ann.id, "Beta"), .data = {.title = "Bravo"}}}}});
    CHECK(posts_of(w, w.ann) == "Alpha Bravo Gamma");
    CHECK(w.db.post.find_unique(post::authorId_title(w.ann.id, "Alpha"))->views == 11);
    // A row of somebody else is none of hers.
    CHECK(code_of([&] {
              w.db.user.update(
                  user::id == w.ann.id,
                  {.posts = {.update = {{.where = post::authorId_title(w.bob.id, "Delta"), .data = {.views = 0}}}}});
          }) == "P2025");

    w.db.user.update(user::id == w.ann.id,
                     {.posts = {.update_many = {{.where = post::views > 15, .data = {.published = false}},
                                                {.where = post::title == "Alpha", .data = {.views = 0}}}}});
    CHECK(w.db.post.count(where(post::published == true)) == 2);
    CHECK(w.db.post.find_unique(post::authorId_title(w.bob.id, "Delta"))->views == 5);

    w.db.user.update(user::id == w.ann.id,
                     {.posts = {.upsert = {{.where = post::authorId_title(w.ann.id, "Alpha"),
                                            .create = {.title = "never"},
                                            .update = {.title = "Aleph"}},
                                           {.where = post::authorId_title(w.ann.id, "Omega"),
                                            .create = {.title = "Omega", .tags = {.create = {{.name = "last"}}}},
                                            .update = {.title = "never"}}}}});
    CHECK(posts_of(w, w.ann) == "Aleph Bravo Gamma Omega");
    CHECK(tags_of(w, post::authorId_title(w.ann.id, "Omega")) == "last");
}

TEST_CASE("delete and delete_many rows of a to-many relation") {
    People w;
    w.db.user.update(user::id == w.ann.id, {.posts = {.delete_ = {post::authorId_title(w.ann.id, "Alpha")}}});
    CHECK(posts_of(w, w.ann) == "Beta Gamma");
    CHECK(code_of([&] {
              w.db.user.update(user::id == w.ann.id, {.posts = {.delete_ = {post::authorId_title(w.bob.id, "Delta")}}});
          }) == "P2017");
    w.db.user.update(user::id == w.ann.id, {.posts = {.delete_many = {post::views > 25, post::title == "Delta"}}});
    CHECK(posts_of(w, w.ann) == "Beta");
    CHECK(posts_of(w, w.bob) == "Delta");
    w.db.user.update(user::id == w.ann.id, {.posts = {.delete_many = lamina::Filter<Post>{}}});
    CHECK(posts_of(w, w.ann) == "");
}

TEST_CASE("every write through a to-one relation that this row refers by") {
    People w;
    const auto delta = post::authorId_title(w.bob.id, "Delta");
    const auto reviewer = [&] {
        auto found = w.db.post.find_first_or_throw(where(post::title == "Delta"), select(post::reviewer));
        return found.reviewer ? found.reviewer->email : "nobody";
    };
    CHECK(reviewer() == "ann@x.org");
    w.db.post.update(delta, {.reviewer = {.update = {{.name = "Anna"}}}});
    CHECK(w.db.user.find_unique(user::id == w.ann.id)->name == "Anna");
    CHECK(code_of([&] {
              w.db.post.update(delta, {.reviewer = {.update = {user::name == "x", {.age = 1}}}});
          }) == "P2025");
    w.db.post.update(delta, {.reviewer = {.disconnect = true}});
    CHECK(reviewer() == "nobody");
    w.db.post.update(delta, {.reviewer = {.create = {{.email = "r@x.org"}}}});
    CHECK(reviewer() == "r@x.org");
    w.db.post.update(delta, {.reviewer = {.connect = user::id == w.cleo.id}});
    CHECK(reviewer() == "cleo@x.org");
    w.db.post.update(
        delta,
        {.reviewer = {.connect_or_create = {{.where = user::email == "s@x.org", .create = {.email = "s@x.org"}}}}});
    CHECK(reviewer() == "s@x.org");
    w.db.post.update(delta, {.reviewer = {.upsert = {{.create = {.email = "never"}, .update = {.email = "t@x.org"}}}}});
    CHECK(reviewer() == "t@x.org");
    w.db.post.update(delta, {.reviewer = {.disconnect = user::email == "other"}});
    CHECK(reviewer() == "t@x.org");
    w.db.post.update(delta, {.reviewer = {.delete_ = true}});
    CHECK(reviewer() == "nobody");
    CHECK(w.db.user.count(where(user::email == "t@x.org")) == 0);
    w.db.post.update(delta, {.reviewer = {.upsert = {{.create = {.email = "u@x.org"}, .update = {.email = "never"}}}}});
    CHECK(reviewer() == "u@x.org");
}

TEST_CASE("rows that a row refers to are made in Prisma's order, from the last relation to the first") {
    People w;
    auto made = w.db.post.create(
        {.title = "New", .author = {.create = {{.email = "a@x.org"}}}, .reviewer = {.create = {{.email = "b@x.org"}}}});
    CHECK(made.authorId == *made.reviewerId + 1);
    auto changed = w.db.post.update(post::id == made.id, {.author = {.create = {{.email = "c@x.org"}}},
                                                          .reviewer = {.create = {{.email = "d@x.org"}}}});
    CHECK(changed.authorId == *changed.reviewerId + 1);
}

TEST_CASE("several to-one relations are disconnected in one update") {
    People w;
    const auto delta = post::authorId_title(w.bob.id, "Delta");
    const auto alpha = post::authorId_title(w.ann.id, "Alpha");
    w.db.post.update(delta, {.reviewer = {.connect = user::id == w.ann.id}, .parent = {.connect = alpha}});
    const auto before = w.db.post.find_unique(delta);
    REQUIRE((before && before->reviewerId && before->parentId));
    w.db.post.update(delta, {.reviewer = {.disconnect = true}, .parent = {.disconnect = true}});
    const auto after = w.db.post.find_unique(delta);
    REQUIRE(after);
    CHECK(!after->reviewerId);
    CHECK(!after->parentId);
}

TEST_CASE("every write through a to-one relation that the other row refers by") {
    People w;
    const auto bio = [&] {
        auto found = w.db.user.find_unique_or_throw(user::id == w.bob.id, select(user::profile));
        return found.profile ? found.profile->bio.value_or("empty") : "none";
    };
    w.db.user.update(user::id == w.bob.id, {.profile = {.create = {{.bio = "first"}}}});
    CHECK(bio() == "first");
    w.db.user.update(user::id == w.bob.id, {.profile = {.update = {{.bio = "second"}}}});
    CHECK(bio() == "second");
    w.db.user.update(user::id == w.bob.id, {.profile = {.update = {profile::bio == "second", {.bio = "third"}}}});
    CHECK(bio() == "third");
    w.db.user.update(user::id == w.bob.id,
                     {.profile = {.upsert = {{.create = {.bio = "never"}, .update = {.bio = "4"}}}}});
    CHECK(bio() == "4");
    w.db.user.update(
        user::id == w.bob.id,
        {.profile = {.upsert = {{.where = profile::bio == "4", .create = {.bio = "never"}, .update = {.bio = "5"}}}}});
    CHECK(bio() == "5");
    CHECK(code_of([&] { w.db.user.update(user::id == w.bob.id, {.profile = {.delete_ = profile::bio == "x"}}); }) ==
          "P2025");
    w.db.user.update(user::id == w.bob.id, {.profile = {.delete_ = profile::bio == "5"}});
    CHECK(bio() == "none");
    CHECK(code_of([&] { w.db.user.update(user::id == w.bob.id, {.profile = {.delete_ = true}}); }) == "P2025");
    w.db.user.update(user::id == w.bob.id,
                     {.profile = {.upsert = {{.create = {.bio = "new"}, .update = {.bio = "x"}}}}});
    CHECK(bio() == "new");
    auto other = w.db.profile.create({.bio = "other", .user = {.connect = user::id == w.cleo.id}});
    w.db.user.update(
        user::id == w.cleo.id,
        {.profile = {.connect_or_create = {{.where = profile::id == other.id, .create = {.bio = "never"}}}}});
    CHECK(w.db.profile.count() == 2);
    // The other row cannot be without a user.
    CHECK(code_of([&] { w.db.user.update(user::id == w.bob.id, {.profile = {.disconnect = true}}); }) == "P2014");
}

TEST_CASE("nested writes of two levels, and all in one call") {
    People w;
    auto ann = w.db.user.update(
        user::id == w.ann.id,
        {.posts = {.create = {{.title = "New",
                               .tags = {.connect_or_create = {{.where = tag::name == "t", .create = {.name = "t"}}}},
                               .comments = {.create = {{.text = "c1"}}, .create_many = {.data = {{.text = "c2"}}}}}},
                   .update = {{.where = post::authorId_title(w.ann.id, "Alpha"),
                               .data = {.tags = {.create = {{.name = "u"}}},
                                        .comments = {.create = {{.text = "c3"}}}}}},
                   .delete_many = post::title == "Beta"},
         .staff = {.update = {{.where = user::id == w.bob.id,
                               .data = {.posts = {.update_many = {{.where = post::views < 100, .data = {.views = 6}}},
                                                  .create_many = {.data = {{.title = "Zeta"}}}}}}}}},
        include(user::posts(order_by(post::title.asc()),
                            include(post::comments(order_by(comment::text.asc())), post::tags)),
                user::staff(order_by(user::email.asc()), include(user::posts(order_by(post::title.asc()))))));
    CHECK(titles(ann.posts) == "Alpha Gamma New");
    CHECK(ann.posts[0].tags.size() == 1);
    CHECK(ann.posts[0].comments.at(0).text == "c3");
    CHECK(joined(ann.posts[2].comments, [](const auto& row) { return row.text; }) == "c1 c2");
    CHECK(ann.posts[2].tags.at(0).name == "t");
    REQUIRE(ann.staff.size() == 2);
    CHECK(titles(ann.staff[0].posts) == "Delta Zeta");
    CHECK(ann.staff[0].posts[0].views == 6);

    // An error deep inside undoes everything.
    CHECK(code_of([&] {
              w.db.user.update(user::id == w.ann.id,
                               {.name = "gone",
                                .posts = {.create = {{.title = "Lost", .tags = {.create = {{.name = "t"}}}}},
                                          .delete_many = post::title == "Alpha"}});
          }) == "P2002");
    CHECK(posts_of(w, w.ann) == "Alpha Gamma New");
    CHECK(w.db.user.find_unique(user::id == w.ann.id)->name == "Ann");
}

}  // namespace behaviour
