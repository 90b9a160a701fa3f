#include "world.hpp"

namespace behaviour {

namespace {

std::string posts(World& w, const lamina::Filter<Post>& filter) {
    return titles(w.db.post.find_many(where(filter), order_by(post::title.asc())));
}

}  // namespace

TEST_CASE("limit bounds what update_many and delete_many do") {
    People w;
    CHECK(w.db.post.update_many(where(post::views > 0), {.views = 0}, limit(3)) == 3);
    CHECK(w.db.post.count(where(post::views == 0)) == 3);
    auto changed =
        w.db.post.update_many_and_return(where(post::views == 0), {.views = 1}, limit(2), select(post::views));
    REQUIRE(changed.size() == 2);
    CHECK(changed[0].views == 1);
    CHECK(w.db.post.update_many(where(post::views >= 0), {.views = 7}, limit(0)) == 0);
    CHECK(w.db.post.delete_many(where(post::author.is(user::id == w.ann.id)), limit(1)) == 1);
    CHECK(w.db.post.delete_many(limit(2)) == 2);
    CHECK(w.db.post.count() == 1);
    CHECK(w.db.post.delete_many(limit(10)) == 1);
    CHECK(code_of([&] { w.db.post.delete_many(limit(-1)); }) == "P2019");
    CHECK(w.db.post.try_update_many(where(post::views > 0), {.views = 0}, limit(-1)).error().code_text() == "P2019");

    auto team = w.db.team.create({.name = "core"});
    for (const auto id : {w.ann.id, w.bob.id, w.cleo.id}) w.db.membership.create({.userId = id, .teamId = team.id});
    CHECK(w.db.membership.update_many(where(membership::level == 1), {.level = 2}, limit(2)) == 2);
    CHECK(w.db.membership.delete_many(where(membership::level == 2), limit(1)) == 1);
    CHECK(w.db.membership.count() == 2);
}

TEST_CASE("upsert_many writes rows that are new and changes those that are there") {
    People w;
    CHECK(w.db.user.upsert_many(
              {{.email = "ann@x.org", .name = "Anna", .age = 32}, {.email = "dan@x.org", .name = "Dan", .age = 40}},
              conflict(user::email)) == 2);
    auto ann = w.db.user.find_unique_or_throw(user::email == "ann@x.org");
    CHECK(ann.id == w.ann.id);
    CHECK(ann.name == "Anna");
    CHECK(ann.age == 32);
    CHECK(ann.role == Role::ADMIN);  // not given, so not changed
    CHECK(ann.balance == w.ann.balance);
    CHECK(w.db.user.find_unique_or_throw(user::email == "dan@x.org").role == Role::USER);
    CHECK(w.db.user.count() == 4);

    std::vector<PostCreate> rows;
    for (int i = 0; i < 3000; ++i) rows.push_back({.title = std::to_string(i), .views = i, .authorId = w.bob.id});
    CHECK(w.db.post.upsert_many(rows, conflict(post::authorId_title)) == 3000);
    for (PostCreate& row : rows) row.views = 1;
    CHECK(w.db.post.upsert_many(rows, conflict(post::authorId_title)) == 3000);
    CHECK(w.db.post.count(where(post::views == 1)) == 3000);
    CHECK(w.db.post.count() == 3004);
    CHECK(w.db.user.upsert_many(std::vector<UserCreate>{}, conflict(user::email)) == 0);
    // Every row gives the same fields, the key's among them.
    CHECK(!w.db.user.try_upsert_many({{.email = "e@x.org", .age = 1}, {.email = "f@x.org"}}, conflict(user::email)));
    CHECK(!w.db.user.try_upsert_many({{.email = "e@x.org"}}, conflict(user::id)));
    CHECK(w.db.user.count() == 4);
}

TEST_CASE("load is a wish: the rows are the same") {
    People w;
    const auto read = [&](auto how) {
        auto rows = w.db.user.find_many(include(user::posts(order_by(post::title.asc())), user::manager),
                                        order_by(user::id.asc()), load(how));
        return titles(rows[0].posts) + (rows[1].manager ? rows[1].manager->email : "");
    };
    CHECK(read(lamina::batch) == "Alpha Beta Gammaann@x.org");
    CHECK(read(join) == "Alpha Beta Gammaann@x.org");
    auto made = w.db.post.create({.title = "New", .authorId = w.ann.id}, include(post::author), load(join));
    CHECK(made.author.email == "ann@x.org");
}

TEST_CASE("texts are compared without regard to letter case by every filter") {
    People w;
    const auto i = lamina::insensitive;
    CHECK(posts(w, post::title.in({"ALPHA", "gamma"}, i)) == "Alpha Gamma");
    CHECK(posts(w, post::title.not_in({"ALPHA", "gamma"}, i)) == "Beta Delta");
    CHECK(posts(w, post::title.not_("ALPHA", i)) == "Beta Delta Gamma");
    CHECK(posts(w, post::title.lt("BETA", i)) == "Alpha");
    CHECK(posts(w, post::title.lte("BETA", i)) == "Alpha Beta");
    CHECK(posts(w, post::title.gt("dELTA", i)) == "Gamma");
    CHECK(posts(w, post::title.gte("dELTA", i)) == "Delta Gamma");
    w.db.post.update_many(where(post::title == "Beta"), {.body = "bETA"});
    CHECK(posts(w, post::title.equals(post::body, i)) == "Beta");
    CHECK(posts(w, post::title.not_(post::body, i) && post::body != lamina::null) == "");
    CHECK(posts(w, post::title.gte(post::body, i)) == "Beta");
    CHECK(posts(w, post::title.equals(post::body)) == "");
    CHECK(posts(w, !lamina::Filter<Post>{}) == "");
    lamina::Filter<Post> any = !lamina::Filter<Post>{};  // nothing, to which alternatives are added
    any |= post::title == "Beta";
    any |= post::views == 5;
    CHECK(posts(w, any) == "Beta Delta");
}

TEST_CASE("unique keys with further conditions, everywhere") {
    People w;
    CHECK(w.db.user.find_unique(user::id == w.bob.id && user::age == 25));
    CHECK(!w.db.user.find_unique(user::id == w.bob.id && user::age == 26));
    CHECK(w.db.user.update(user::id == w.bob.id && user::posts.some(post::title == "Delta"), {.age = 26}).age == 26);
    CHECK(code_of([&] { w.db.user.update(user::id == w.bob.id && user::age == 25, {.age = 1}); }) == "P2025");
    CHECK(code_of([&] { w.db.user.delete_one(user::id == w.bob.id && user::age == 25); }) == "P2025");
    auto upserted =
        w.db.user.upsert(user::email == "bob@x.org" && user::age == 26, {.email = "new@x.org"}, {.age = 27});
    CHECK(upserted.id == w.bob.id);
    CHECK(w.db.user.upsert(user::email == "new@x.org" && user::age == 1, {.email = "new@x.org"}, {.age = 2}).email ==
          "new@x.org");
    CHECK(code_of([&] {
              w.db.post.create({.title = "x", .author = {.connect = user::id == w.ann.id && user::age == 99}});
          }) == "P2025");
}

TEST_CASE("compound keys in cursors and connects") {
    People w;
    auto rows =
        w.db.post.find_many(cursor(post::authorId_title(w.ann.id, "Beta")), order_by(post::title.asc()), take(2));
    CHECK(titles(rows) == "Beta Delta");
    auto team = w.db.team.create({.name = "core", .members = {.create = {{.userId = w.ann.id}, {.userId = w.bob.id}}}});
    auto member = w.db.comment.create({.text = "x",
                                       .post = {.connect = post::authorId_title(w.ann.id, "Beta")},
                                       .member = {.connect = membership::userId_teamId(w.bob.id, team.id)}},
                                      include(comment::member(include(membership::user))));
    CHECK(member.member->user.email == "bob@x.org");
    CHECK(w.db.membership
              .find_many(cursor(membership::userId_teamId(w.bob.id, team.id)), order_by(membership::userId.asc()))
              .size() == 1);
}

TEST_CASE("orderings by numbers of related rows, over relations too") {
    People w;
    CHECK(emails(w.db.user.find_many(order_by(user::posts.count().desc(), user::email.asc()))) ==
          "ann@x.org bob@x.org cleo@x.org");
    CHECK(titles(w.db.post.find_many(order_by(post::author(user::posts.count().asc()), post::title.desc()))) ==
          "Delta Gamma Beta Alpha");
}

TEST_CASE("having compares every aggregate with every filter") {
    People w;
    const auto authors = [&](auto filter) {
        auto rows = w.db.post.group_by(by(post::authorId), having(std::move(filter)), order_by(post::authorId.asc()));
        return joined(rows, [&](const auto& row) { return row.authorId == w.ann.id ? "ann" : "bob"; });
    };
    CHECK(authors(count() > 2) == "ann");
    CHECK(authors(count() <= 2) == "bob");
    CHECK(authors(count() > 0 && sum(post::views) > 10) == "ann");
    CHECK(authors(post::authorId == w.bob.id && count() == 1) == "bob");
    CHECK(authors(count() == 1 || post::authorId == w.ann.id) == "ann bob");
    CHECK(authors(!(count() == 1)) == "ann");
    CHECK(authors(count(post::id).gte(3)) == "ann");
    CHECK(authors(count(post::body) == 0) == "bob");
    CHECK(authors(sum(post::views).in({5, 6})) == "bob");
    CHECK(authors(sum(post::views).not_in({5, 6})) == "ann");
    CHECK(authors(sum(post::views).not_(60)) == "bob");
    CHECK(authors(avg(post::views).lt(10.0)) == "bob");
    CHECK(authors(min(post::title).equals("Alpha")) == "ann");
    CHECK(authors(min(post::title).equals("ALPHA", lamina::insensitive)) == "ann");
    CHECK(authors(max(post::title).starts_with("De")) == "bob");
    CHECK(authors(max(post::title).contains("AMM", lamina::insensitive)) == "ann");
    CHECK(authors(max(post::title).ends_with("ta")) == "bob");
    CHECK(authors(max(post::body) == lamina::null) == "bob");
    CHECK(authors(max(post::authorId).gte(post::authorId)) == "ann bob");
    CHECK(authors(max(post::authorId).lt(post::authorId)) == "");
    CHECK(code_of([&] { authors(max(post::views).gt(post::views)); }) == "P2019");  // no field of the groups
    auto ordered = w.db.post.group_by(by(post::authorId), count(), order_by(count().asc(), post::authorId.asc()));
    REQUIRE(ordered.size() == 2);
    CHECK(ordered[0]._count._all == 1);
    CHECK(ordered[1]._count._all == 3);
}

TEST_CASE("both nulls of a Json field") {
    World w;
    const auto json = [](const char* text) { return lamina::Json::parse(text).value(); };
    const auto row = [&](int id, lamina::typed::Arg<std::optional<lamina::Json>> maybe) {
        ScalarsCreate input{.id = id,
                            .int_ = 1,
                            .bigInt = 1,
                            .float_ = 1,
                            .decimal = 1,
                            .boolean = true,
                            .string = "text",
                            .dateTime = lamina::DateTime::now(),
                            .json = json(R"({"a": "text", "b": [1, 2]})"),
                            .bytes = lamina::Bytes{},
                            .role = Role::USER};
        static_cast<lamina::typed::AnyValue&>(input.maybeJson) = maybe;
        w.db.scalars.create(std::move(input));
    };
    row(1, lamina::null);
    row(2, lamina::json_null);
    row(3, json(R"("text")"));
    const auto ids = [&](const lamina::Filter<Scalars>& filter) {
        auto rows = w.db.scalars.find_many(where(filter), order_by(scalars::id.asc()));
        return joined(rows, [](const auto& found) { return std::to_string(found.id); });
    };
    CHECK(ids(scalars::maybeJson == lamina::null) == "1");
    CHECK(ids(scalars::maybeJson == lamina::json_null) == "2");
    CHECK(ids(scalars::maybeJson == lamina::any_null) == "1 2");
    CHECK(ids(scalars::maybeJson != lamina::any_null) == "3");
    CHECK(ids(scalars::json.path("a").string_contains("EX", lamina::insensitive)) == "1 2 3");
    CHECK(ids(scalars::json.path("a").string_starts_with(scalars::string)) == "1 2 3");
    CHECK(ids(scalars::json.path("a").equals(scalars::maybeJson)) == "3");
    CHECK(ids(scalars::json.path("b").array_starts_with(json("1"))) == "1 2 3");
}

TEST_CASE("distinct belongs to reads of rows") {
    People w;
    CHECK(w.db.post.find_many(distinct(post::authorId), select(post::authorId)).size() == 2);
    CHECK(w.db.post.count(distinct(post::authorId)) == 2);
    CHECK(w.db.post.aggregate(count(), distinct(post::published))._count._all == 2);
    CHECK(code_of([&] { w.db.post.group_by(by(post::authorId), distinct(post::authorId)); }) == "P2026");
}

#if defined(LAMINA_TEST_POSTGRESQL)
TEST_CASE("lists are set, and elements are pushed to their end") {
    World w;
    w.db.lists.delete_many();
    auto row = w.db.lists.create({.id = 1, .number = 7, .numbers = {1, 2}, .texts = {"a"}, .roles = {Role::USER}});
    CHECK(row.numbers == std::vector<std::int32_t>{1, 2});
    row =
        w.db.lists.update(lists::id == 1, {.numbers = push(3), .texts = push({"b", "c"}), .roles = push(Role::ADMIN)});
    CHECK(row.numbers == std::vector<std::int32_t>{1, 2, 3});
    CHECK(row.texts == std::vector<std::string>{"a", "b", "c"});
    CHECK(row.roles == std::vector<Role>{Role::USER, Role::ADMIN});
    const std::vector<int> more{4, 5};
    w.db.lists.update_many(where(lists::numbers.has(3)), {.numbers = push(more), .codes = push(std::string("x"))});
    row = w.db.lists.find_unique_or_throw(lists::id == 1);
    CHECK(row.numbers == std::vector<std::int32_t>{1, 2, 3, 4, 5});
    CHECK(row.codes == std::vector<std::string>{"x"});
    row = w.db.lists.upsert(lists::id == 1, {.id = 1, .number = 1}, {.numbers = std::vector<int>{}, .texts = {"z"}});
    CHECK(row.numbers.empty());
    CHECK(row.texts == std::vector<std::string>{"z"});
    CHECK(w.db.lists.count(where(lists::texts.equals(lists::codes))) == 0);
    CHECK(w.db.lists.count(where(lists::texts.not_(lists::codes))) == 1);
    CHECK(w.db.lists.count(where(lists::number.in(lists::numbers))) == 0);
    CHECK(w.db.lists.count(where(lists::number.not_in(lists::numbers))) == 1);
    w.db.lists.delete_many();
}
#endif

}  // namespace behaviour
