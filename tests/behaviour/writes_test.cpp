#include "world.hpp"

namespace behaviour {

TEST_CASE("create gives back what the database holds, defaults included") {
    World w;
    auto row = w.db.defaults.create({.note = "n"});
    CHECK(row.id > 0);
    CHECK(row.cuid.size() == 25);
    CHECK(row.cuid2.size() == 24);
    CHECK(row.uuid.size() == 36);
    CHECK(row.uuid7[14] == '7');
    CHECK(row.ulid.size() == 26);
    CHECK(row.nanoid.size() == 21);
    CHECK(row.short_.size() == 8);
    CHECK(row.text == "it's \"quoted\"");
    CHECK(row.number == 42);
    CHECK(row.big == 9007199254740993);
    CHECK(row.float_ == 0.1);
    CHECK(row.decimal == "12345.678901234"_dec);
    CHECK(row.yes);
    CHECK(row.then.to_string() == "2020-02-29T12:34:56.789Z");
    CHECK(row.json == lamina::Json::parse(R"({"a": [1, 2.50]})").value());
    CHECK(row.bytes.size() == 5);
    CHECK(row.role == Role::ADMIN);
    CHECK(row.note == "n");
    CHECK(w.db.defaults.find_unique(defaults::id == row.id)->uuid == row.uuid);
}

TEST_CASE("updatedAt moves, createdAt stays") {
    People w;
    auto before = w.db.user.find_unique_or_throw(user::id == w.bob.id);
    auto set =
        w.db.user.update(user::id == w.bob.id, {.updatedAt = lamina::DateTime::parse("2001-01-01T00:00:00Z").value()});
    CHECK(set.updatedAt.to_string().substr(0, 4) == "2001");
    auto after = w.db.user.update(user::id == w.bob.id, {.age = 26});
    CHECK(after.updatedAt >= before.updatedAt);
    CHECK(after.createdAt == before.createdAt);
}

TEST_CASE("create with select and with include") {
    World w;
    auto slim = w.db.user.create({.email = "a@x.org"}, select(user::email));
    CHECK(slim.email == "a@x.org");
    auto full = w.db.user.create({.email = "b@x.org", .posts = {.create = {{.title = "x"}, {.title = "y"}}}},
                                 include(user::posts(order_by(post::title.desc()))));
    CHECK(titles(full.posts) == "y x");
    CHECK(full.posts[0].authorId == full.id);
}

TEST_CASE("create_many writes all rows or none") {
    World w;
    CHECK(w.db.user.create_many(
              {{.email = "a@x.org"}, {.email = "b@x.org", .name = "B"}, {.email = "c@x.org", .age = 3}}) == 3);
    CHECK(w.db.user.find_unique(user::email == "c@x.org")->age == 3);
    CHECK(code_of([&] { w.db.user.create_many({{.email = "d@x.org"}, {.email = "a@x.org"}}); }) == "P2002");
    CHECK(w.db.user.count() == 3);
    CHECK(w.db.user.create_many({{.email = "d@x.org"}, {.email = "a@x.org"}}, lamina::skip_duplicates) == 1);
    CHECK(w.db.user.count() == 4);
    CHECK(w.db.user.create_many(std::vector<UserCreate>{}) == 0);
}

TEST_CASE("create_many fills defaults per row") {
    World w;
    CHECK(w.db.defaults.create_many(
              {{.note = "a"}, {.number = 7}, {.cuid = "given", .json = lamina::Json::parse("[]").value()}}) == 3);
    auto rows = w.db.defaults.find_many(order_by(defaults::id.asc()));
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].number == 42);
    CHECK(rows[1].number == 7);
    CHECK(rows[2].cuid == "given");
    CHECK(rows[0].uuid != rows[1].uuid);
    CHECK(rows[0].role == Role::ADMIN);
}

TEST_CASE("create_many_and_return gives rows in the order of the input") {
    People w;
    const auto title = [](int i) { return "t" + std::to_string((i * 7919) % 2500); };
    std::vector<PostCreate> input;
    for (int i = 0; i < 2500; ++i) input.push_back({.title = title(i), .authorId = w.ann.id});
    auto rows = w.db.post.create_many_and_return(input, select(post::id, post::title));
    REQUIRE(rows.size() == 2500);
    bool same = true;
    for (int i = 0; i < 2500; ++i) same = same && rows[static_cast<std::size_t>(i)].title == title(i);
    CHECK(same);
}

TEST_CASE("nested create, connect and connect_or_create on both sides of every relation") {
    World w;
    auto post = w.db.post.create(
        {.title = "T",
         .author = {.create = {{.email = "a@x.org", .profile = {.create = {{.bio = "b"}}}}}},
         .reviewer = {.connect_or_create = {{.where = user::email == "r@x.org", .create = {.email = "r@x.org"}}}},
         .tags = {.create = {{.name = "one"}},
                  .connect_or_create = {{.where = tag::name == "two", .create = {.name = "two"}}}},
         .comments = {.create = {{.text = "c1"}, {.text = "c2"}}}},
        include(post::author(include(user::profile())), post::reviewer(), post::tags(order_by(tag::name.asc())),
                post::comments(order_by(comment::text.asc()))));
    CHECK(post.author.email == "a@x.org");
    CHECK(post.author.profile->bio == "b");
    CHECK(post.reviewer->email == "r@x.org");
    REQUIRE(post.tags.size() == 2);
    CHECK(post.tags[0].name == "one");
    CHECK(post.tags[1].name == "two");
    CHECK(post.comments.size() == 2);

    auto second = w.db.post.create(
        {.title = "S",
         .author = {.connect = user::email == "a@x.org"},
         .reviewer = {.connect_or_create = {{.where = user::email == "r@x.org", .create = {.email = "never"}}}},
         .tags = {.connect = {tag::name == "one"},
                  .connect_or_create = {{.where = tag::name == "two", .create = {.name = "never"}}}}},
        include(post::tags()));
    CHECK(second.tags.size() == 2);
    CHECK(w.db.user.count() == 2);
    CHECK(w.db.tag.count() == 2);
}

TEST_CASE("nested writes in an update") {
    People w;
    auto ann = w.db.user.update(
        user::id == w.ann.id,
        {.name = "Anna",
         .profile = {.create = {{.bio = "new"}}},
         .posts = {.create = {{.title = "Epsilon"}}, .connect = {post::authorId_title(w.bob.id, "Delta")}},
         .manager = {.connect = user::id == w.cleo.id}},
        include(user::profile(), user::manager(), user::posts(order_by(post::title.asc()))));
    CHECK(ann.name == "Anna");
    CHECK(ann.profile->bio == "new");
    CHECK(ann.manager->id == w.cleo.id);
    CHECK(titles(ann.posts) == "Alpha Beta Delta Epsilon Gamma");
    CHECK(w.db.user.find_unique(user::id == w.bob.id, include(user::posts()))->posts.empty());
}

TEST_CASE("a nested write that fails leaves nothing behind") {
    People w;
    const auto before = w.db.user.count();
    CHECK(code_of([&] {
              w.db.user.create({.email = "new@x.org", .posts = {.create = {{.title = "same"}, {.title = "same"}}}});
          }) == "P2002");
    CHECK(code_of([&] {
              w.db.user.create(
                  {.email = "new@x.org", .posts = {.create = {{.title = "ok"}}, .connect = {post::id == -1}}});
          }) != "no error");
    CHECK(code_of([&] { w.db.post.create({.title = "x", .author = {.connect = user::id == -1}}); }) == "P2025");
    CHECK(w.db.user.count() == before);
    CHECK(w.db.post.count() == 4);
}

TEST_CASE("a required relation must be given, by either name") {
    World w;
    CHECK(code_of([&] { w.db.post.create({.title = "x"}); }) == "P2012");
    auto user = w.db.user.create({.email = "a@x.org"});
    CHECK(w.db.post.create({.title = "x", .authorId = user.id}).authorId == user.id);
}

TEST_CASE("update changes what is given and nothing else") {
    People w;
    auto bob = w.db.user.update(user::id == w.bob.id, {.name = lamina::null, .role = Role::AUDITOR, .active = false});
    CHECK(!bob.name);
    CHECK(bob.role == Role::AUDITOR);
    CHECK(!bob.active);
    CHECK(bob.age == 25);
    CHECK(bob.email == "bob@x.org");
    CHECK(w.db.user.update(user::id == w.bob.id, {}).age == 25);
    CHECK(code_of([&] { w.db.user.update(user::id == -1, {.name = "x"}); }) == "P2025");
    CHECK(code_of([&] { w.db.user.update(user::id == w.bob.id, {.email = "ann@x.org"}); }) == "P2002");
    CHECK(code_of([&] { w.db.user.update(user::id == w.bob.id && user::active == true, {.name = "x"}); }) == "P2025");
}

TEST_CASE("an updated key is read back under its new value") {
    People w;
    auto moved =
        w.db.user.update(user::email == "cleo@x.org", {.id = 777'777, .email = "new@x.org"}, include(user::manager()));
    CHECK(moved.id == 777'777);
    CHECK(moved.email == "new@x.org");
    CHECK(moved.manager->id == w.ann.id);
}

TEST_CASE("numbers are changed in the database") {
    People w;
    auto ann = w.db.user.update(user::id == w.ann.id,
                                {.age = increment(2), .score = decrement(0.5), .balance = multiply("1.5"_dec)});
    CHECK(ann.age == 33);
    CHECK(ann.score == -0.5);
    CHECK(ann.balance == "150.75"_dec);
    CHECK(w.db.user.update(user::id == w.ann.id, {.balance = divide("3"_dec)}).balance == "50.25"_dec);
    CHECK(!w.db.user.update(user::id == w.cleo.id, {.age = increment(1)}).age);
    CHECK(w.db.post.update_many(where(post::views >= 20), {.views = multiply(2)}) == 2);
    CHECK(w.db.post.find_unique(post::authorId_title(w.ann.id, "Gamma"))->views == 60);
}

TEST_CASE("update_many and update_many_and_return") {
    People w;
    CHECK(w.db.post.update_many(where(post::author.is(user::name == "Ann")), {.body = "b"}) == 3);
    CHECK(w.db.post.update_many(where(post::views > 1000), {.body = "c"}) == 0);
    auto rows = w.db.post.update_many_and_return(where(post::views < 15), {.published = false},
                                                 select(post::title, post::published));
    REQUIRE(rows.size() == 2);
    CHECK(!rows[0].published);
    CHECK(w.db.post.update_many(where(lamina::Filter<Post>{}), {.views = 0}) == 4);
}

TEST_CASE("upsert creates or updates") {
    People w;
    auto made = w.db.user.upsert(user::email == "new@x.org", {.email = "new@x.org", .age = 1}, {.age = increment(1)});
    CHECK(made.age == 1);
    auto changed =
        w.db.user.upsert(user::email == "new@x.org", {.email = "new@x.org", .age = 1}, {.age = increment(1)});
    CHECK(changed.age == 2);
    CHECK(changed.id == made.id);
    auto other =
        w.db.user.upsert(user::id == w.bob.id, {.email = "never@x.org"}, {.name = "Bobby"}, include(user::posts()));
    CHECK(other.name == "Bobby");
    CHECK(titles(other.posts) == "Delta");
    auto nested =
        w.db.user.upsert(user::email == "n@x.org", {.email = "n@x.org", .posts = {.create = {{.title = "N"}}}}, {},
                         include(user::posts()));
    CHECK(titles(nested.posts) == "N");
    auto compound = w.db.post.upsert(post::authorId_title(w.bob.id, "Delta"), {.title = "Delta", .authorId = w.bob.id},
                                     {.views = 6});
    CHECK(compound.views == 6);
    CHECK(w.db.user.count() == 5);
}

TEST_CASE("delete_one gives what it deleted") {
    People w;
    auto delta =
        w.db.post.delete_one(post::authorId_title(w.bob.id, "Delta"), include(post::author(select(user::email))));
    CHECK(delta.title == "Delta");
    CHECK(delta.author.email == "bob@x.org");
    CHECK(w.db.post.count() == 3);
    CHECK(code_of([&] { w.db.post.delete_one(post::id == delta.id); }) == "P2025");
    CHECK(code_of([&] { w.db.user.delete_one(user::email == "nobody"); }) == "P2025");
}

TEST_CASE("delete_many, and what the database does with the rest") {
    People w;
    CHECK(w.db.post.delete_many(where(post::views > 15)) == 2);
    CHECK(w.db.user.delete_many(where(user::email == "bob@x.org")) == 1);
    CHECK(titles(w.db.post.find_many()) == "Alpha");
    auto parent = w.db.post.create(
        {.title = "P", .authorId = w.cleo.id, .replies = {.create = {{.title = "R", .authorId = w.cleo.id}}}});
    w.db.post.delete_one(post::id == parent.id);
    CHECK(!w.db.post.find_unique(post::authorId_title(w.cleo.id, "R"))->parentId);
}

TEST_CASE("implicit many-to-many connects each pair once") {
    People w;
    w.db.tag.create(
        {.name = "t",
         .posts = {.connect = {post::authorId_title(w.ann.id, "Alpha"), post::authorId_title(w.ann.id, "Beta")}}});
    w.db.tag.update(tag::name == "t", {.posts = {.connect = {post::authorId_title(w.ann.id, "Alpha")}}});
    auto tag = w.db.tag.find_unique_or_throw(tag::name == "t", include(tag::posts(order_by(post::title.asc()))));
    CHECK(titles(tag.posts) == "Alpha Beta");
}

TEST_CASE("large create_many stays within the parameter limits") {
    World w;
    std::vector<UserCreate> rows;
    for (int i = 0; i < 20'000; ++i) rows.push_back({.email = std::to_string(i) + "@x.org", .age = i});
    CHECK(w.db.user.create_many(rows) == 20'000);
    CHECK(w.db.user.count(where(user::age >= 19'990)) == 10);
}

}  // namespace behaviour
