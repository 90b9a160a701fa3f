#include "world.hpp"

namespace behaviour {

TEST_CASE("aggregate: numbers about all rows that match") {
    People w;
    auto all = w.db.post.aggregate(count(), count(post::body), sum(post::views), avg(post::views), min(post::title),
                                   max(post::views));
    CHECK(all._count._all == 4);
    CHECK(all._count.body == 1);
    CHECK(all._sum.views == 65);
    CHECK(all._avg.views == 16.25);
    CHECK(all._min.title == "Alpha");
    CHECK(all._max.views == 30);

    auto few = w.db.user.aggregate(count(user::age), sum(user::age), avg(user::balance), min(user::role),
                                   where(user::name != lamina::null));
    CHECK(few._count.age == 2);
    CHECK(few._sum.age == 56);
    CHECK(few._avg.balance == "50.25"_dec);
    CHECK(few._min.role.has_value());

    auto none = w.db.post.aggregate(count(), sum(post::views), max(post::title), where(post::views > 1000));
    CHECK(none._count._all == 0);
    CHECK(!none._sum.views);
    CHECK(!none._max.title);
}

TEST_CASE("aggregate: order_by, take, skip and cursor choose the rows first") {
    People w;
    CHECK(w.db.post.aggregate(sum(post::views), order_by(post::views.desc()), take(2))._sum.views == 50);
    CHECK(w.db.post.aggregate(sum(post::views), order_by(post::views.desc()), skip(1), take(2))._sum.views == 30);
    CHECK(w.db.post.aggregate(count(), order_by(post::views.asc()), take(-3))._count._all == 3);
    auto beta = w.db.post.find_first_or_throw(where(post::title == "Beta"));
    auto behind = w.db.post.aggregate(sum(post::views), order_by(post::views.asc()), cursor(post::id == beta.id));
    CHECK(behind._sum.views == 50);
}

TEST_CASE("group_by: groups, having, their order and pages") {
    People w;
    auto groups = w.db.post.group_by(by(post::authorId), sum(post::views), count(),
                                     order_by(sum(post::views).desc(), post::authorId.asc()));
    REQUIRE(groups.size() == 2);
    CHECK(groups[0].authorId == w.ann.id);
    CHECK(groups[0]._sum.views == 60);
    CHECK(groups[0]._count._all == 3);
    CHECK(groups[1].authorId == w.bob.id);

    auto big = w.db.post.group_by(by(post::authorId), having(sum(post::views) > 10 && count(post::id) >= 3));
    REQUIRE(big.size() == 1);
    CHECK(big[0].authorId == w.ann.id);
    auto either = w.db.post.group_by(by(post::authorId, post::published), max(post::views),
                                     having(!(avg(post::views) < 10.0) || post::published == false),
                                     order_by(max(post::views).asc()), where(post::title != "Alpha"));
    REQUIRE(either.size() == 2);
    CHECK(either[0].published == false);
    CHECK(either[0]._max.views == 20);
    CHECK(either[1]._max.views == 30);
    auto second = w.db.user.group_by(by(user::role), count(), order_by(count(user::id).desc()), skip(1), take(1));
    REQUIRE(second.size() == 1);
    CHECK(second[0].role == Role::ADMIN);
    CHECK(w.db.user.group_by(by(user::role), having(min(user::age).in({25}))).size() == 1);
    CHECK(code_of([&] { w.db.post.group_by(by(post::authorId), order_by(post::title.asc())); }) == "P2019");
    CHECK(code_of([&] { w.db.post.group_by(by(post::authorId), having(post::title == "x")); }) == "P2019");
    CHECK(!w.db.post.try_group_by(by(post::authorId), take(1)));
}

TEST_CASE("count of related rows in select and include, in one statement per level") {
    People w;
    auto users =
        w.db.user.find_many(select(user::email, count(user::posts, where(post::published == true)), count(user::staff)),
                            order_by(user::email.asc()));
    REQUIRE(users.size() == 3);
    CHECK(users[0].email == "ann@x.org");
    CHECK(users[0]._count.posts == 2);
    CHECK(users[0]._count.staff == 2);
    CHECK(users[2]._count.posts == 0);
    CHECK(w.db.user.sql().find_many(select(count(user::posts), count(user::staff))).size() == 1);

    auto ann = w.db.user.find_unique(user::email == "ann@x.org",
                                     include(count(user::posts), user::staff(select(user::name, count(user::posts)))));
    REQUIRE(ann);
    CHECK(ann->name == "Ann");
    CHECK(ann->balance == "100.5"_dec);
    CHECK(ann->_count.posts == 3);
    REQUIRE(ann->staff.size() == 2);
    CHECK(ann->staff[0]._count.posts + ann->staff[1]._count.posts == 1);

    w.db.post.update(post::authorId_title(w.ann.id, "Alpha"),
                     {.tags = {.create = {{.name = "red"}, {.name = "blue"}}}});
    auto posts = w.db.post.find_many(select(post::title, count(post::tags)), order_by(post::views.asc()), take(-3));
    CHECK(joined(posts, [](const auto& p) { return p.title + std::to_string(p._count.tags); }) ==
          "Alpha2 Beta0 Gamma0");
    auto red =
        w.db.post.find_first(select(count(post::tags, where(tag::name == "red"))), where(post::title == "Alpha"));
    CHECK(red->_count.tags == 1);
    auto distinct_ones = w.db.post.find_many(select(post::authorId, count(post::tags)), distinct(post::authorId),
                                             order_by(post::views.asc()));
    CHECK(distinct_ones.size() == 2);
}

TEST_CASE("a field is compared with another field") {
    People w;
    w.db.user.update(user::id == w.cleo.id, {.name = "cleo@x.org"});
    w.db.user.update(user::id == w.bob.id, {.name = "BOB@"});
    const auto emails_of = [&](const lamina::Filter<User>& filter) {
        return emails(w.db.user.find_many(where(filter), order_by(user::email.asc())));
    };
    CHECK(emails_of(user::email == user::name) == "cleo@x.org");
    CHECK(emails_of(user::email != user::name) == "ann@x.org bob@x.org");
    CHECK(emails_of(user::email.starts_with(user::name, lamina::insensitive)).find("bob@x.org") != std::string::npos);
    CHECK(emails_of(user::email.contains(user::name)).find("cleo@x.org") != std::string::npos);
    CHECK(emails_of(user::age.gt(user::id)) == "ann@x.org bob@x.org");
    CHECK(emails_of(!(user::age <= user::id)) == "ann@x.org bob@x.org");
    CHECK(emails_of(user::createdAt <= user::updatedAt).find("ann") != std::string::npos);
    CHECK(w.db.post.count(where(post::authorId == post::reviewerId)) == 0);
}

TEST_CASE("Json is compared as a whole and at a path") {
    World w;
    const auto make = [&](std::int32_t id, std::optional<lamina::Json> json) {
        w.db.scalars.create({.id = id,
                             .int_ = 1,
                             .bigInt = 1,
                             .float_ = 1.0,
                             .decimal = 1,
                             .boolean = true,
                             .string = "x",
                             .dateTime = lamina::DateTime::now(),
                             .json = lamina::Json(),
                             .bytes = lamina::Bytes{},
                             .role = Role::USER,
                             .maybeJson = json});
    };
    make(1, *lamina::Json::parse(R"({"a": {"b": "Hello"}, "list": [1, 2, 3], "n": null})"));
    make(2, *lamina::Json::parse(R"({"a": {"b": 5}, "list": []})"));
    make(3, lamina::Json());
    make(4, std::nullopt);
    const auto ids = [&](const lamina::Filter<Scalars>& filter) {
        return joined(w.db.scalars.find_many(where(filter), order_by(scalars::id.asc())),
                      [](const auto& row) { return std::to_string(row.id); });
    };
    const auto& json = scalars::maybeJson;
    CHECK(ids(json == lamina::null) == "4");
    CHECK(ids(json == lamina::json_null) == "3");
    CHECK(ids(json.path().equals(lamina::any_null)) == "3 4");
    CHECK(ids(json.path().not_(lamina::any_null)) == "1 2");
    CHECK(ids(json.path("a", "b").equals(lamina::Json::string("Hello"))) == "1");
    CHECK(ids(json.path("a", "b").not_(lamina::Json::string("Hello"))) == "2");
    CHECK(ids(json.path("n").equals(lamina::json_null)) == "1");
    CHECK(ids(json.path("n").equals(lamina::null)) == "2 3 4");
    CHECK(ids(json.path("a", "b").string_contains("ell")) == "1");
    CHECK(ids(json.path("a", "b").string_starts_with("HE", lamina::insensitive)) == "1");
    CHECK(ids(!json.path("a", "b").string_ends_with("x")) == "1");
    CHECK(ids(json.path("list").array_starts_with(lamina::Json::integer(1))) == "1");
    CHECK(ids(json.path("list").array_ends_with(lamina::Json::integer(3))) == "1");
    CHECK(ids(json.path("list", "1").equals(lamina::Json::integer(2))) == "1");
#if defined(LAMINA_TEST_POSTGRESQL)
    CHECK(ids(json.path("list").array_contains(*lamina::Json::parse("[3, 1]"))) == "1");
    CHECK(ids(!json.path("list").array_contains(*lamina::Json::parse("[3, 1]"))) == "2");
    CHECK(ids(json.path("a", "b").gt(lamina::Json::integer(4))) == "2");
#else
    CHECK(code_of([&] { ids(json.path("a", "b").gt(lamina::Json::integer(4))); }) == "P2026");
#endif
}

#if defined(LAMINA_TEST_POSTGRESQL)

TEST_CASE("lists are asked for their elements") {
    World w;
    w.db.lists.delete_many();
    w.db.lists.create({.id = 1, .number = 2, .numbers = {1, 2, 3}, .texts = {"a", "b"}, .roles = {Role::ADMIN}});
    w.db.lists.create({.id = 2, .number = 9, .numbers = std::vector<std::int32_t>(), .texts = {"b"}});
    w.db.lists.create(
        {.id = 3, .number = 3, .numbers = {3, 1}, .texts = {"c", "a"}, .roles = {Role::USER, Role::ADMIN}});
    const auto ids = [&](const lamina::Filter<Lists>& filter) {
        return joined(w.db.lists.find_many(where(filter), order_by(lists::id.asc())),
                      [](const auto& row) { return std::to_string(row.id); });
    };
    CHECK(ids(lists::numbers == std::vector<std::int32_t>{3, 1}) == "3");
    CHECK(ids(lists::numbers.has(3)) == "1 3");
    CHECK(ids(!lists::numbers.has(3)) == "2");
    CHECK(ids(lists::numbers.has_every({1, 2})) == "1");
    CHECK(ids(lists::texts.has_some({"c", "z"})) == "3");
    CHECK(ids(lists::texts.has_some(std::vector<std::string>())) == "");
    CHECK(ids(lists::numbers.is_empty()) == "2");
    CHECK(ids(lists::numbers.is_empty(false)) == "1 3");
    CHECK(ids(lists::roles.has(Role::ADMIN)) == "1 3");
    CHECK(ids(lists::roles == std::vector<Role>{Role::ADMIN}) == "1");
    CHECK(ids(lists::texts.has_every(std::vector<std::string>())) == "1 2 3");
    CHECK(ids(lists::number.in(lists::numbers)) == "1 3");
    CHECK(ids(lists::numbers.has(lists::number)) == "1 3");
    CHECK(ids(lists::texts.has_some(lists::texts)) == "1 2 3");
    auto row = w.db.lists.find_unique(lists::id == 3);
    CHECK(row->roles == std::vector<Role>{Role::USER, Role::ADMIN});
}

TEST_CASE("texts are searched, and ordered by how well they match") {
    People w;
    w.db.post.create({.title = "the quick fox", .body = "fox fox fox", .authorId = w.cleo.id});
    w.db.post.create({.title = "a fox and a dog", .authorId = w.cleo.id});
    CHECK(titles(w.db.post.find_many(where(post::title.search("fox & quick")))) == "the quick fox");
    CHECK(titles(w.db.post.find_many(where(post::title.search("fox")),
                                     order_by(relevance("fox", post::title, post::body).desc()))) ==
          "the quick fox a fox and a dog");
}

TEST_CASE("rows are locked until the transaction ends") {
    People w;
    w.db.transaction([&](auto& tx) {
        auto locked = tx.user.find_many(where(user::id == w.ann.id), lamina::lock(lamina::for_update));
        CHECK(locked.size() == 1);
        auto others =
            w.db.user.find_many(order_by(user::email.asc()), lamina::lock(lamina::for_update, lamina::skip_locked));
        CHECK(emails(others) == "bob@x.org cleo@x.org");
        CHECK(code_of([&] {
                  w.db.user.find_unique(user::id == w.ann.id, lamina::lock(lamina::for_share, lamina::no_wait));
              }) != "no error");
        return 0;
    });
}

#else

TEST_CASE("what the database cannot do is refused") {
    People w;
    CHECK(code_of([&] { w.db.user.find_many(lamina::lock(lamina::for_update)); }) == "P2026");
    CHECK(code_of([&] { w.db.post.find_many(where(post::title.search("x"))); }) == "P2026");
}

#endif

}  // namespace behaviour
