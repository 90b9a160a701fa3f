// What load(join) reads is what load(batch) reads: every kind of relation, every argument, every type, to depth three.

#include <string>
#include <vector>

#if defined(LAMINA_TEST_POSTGRESQL)
#include <lamina/postgresql.hpp>
#else
#include <lamina/sqlite.hpp>
#endif
#include <lamina/client/executor.hpp>
#include <lamina/json/exchange.hpp>

#include "world.hpp"

namespace behaviour {
namespace {

/// The people, and posts with replies, reviewers, tags and comments; teams; friends; profiles.
struct Crowd : People {
    Crowd() {
        for (int i = 0; i < 4; ++i) {
            db.post.create({.title = "bob" + std::to_string(i),
                            .views = 100 + i % 2,
                            .authorId = bob.id,
                            .reviewerId = i % 2 == 0 ? std::optional(cleo.id) : std::nullopt});
        }
        const auto delta = db.post.find_unique_or_throw(post::authorId_title(bob.id, "Delta"));
        db.post.update(
            post::id == delta.id,
            {.replies = {.create = {{.title = "Re 1", .authorId = ann.id}, {.title = "Re 2", .authorId = cleo.id}}},
             .tags = {.create = {{.name = "red"}, {.name = "blue"}, {.name = "green"}}}});
        db.post.update(post::authorId_title(ann.id, "Beta"), {.tags = {.connect = {tag::name == "red"}}});
        db.profile.create({.bio = "manager", .userId = ann.id});
        db.profile.create({.userId = cleo.id});
        db.user.update(user::id == ann.id, {.friends = {.connect = {user::id == bob.id, user::id == cleo.id}}});
        const auto chess = db.team.create({.name = "chess"}), go = db.team.create({.name = "go"});
        db.membership.create({.userId = ann.id, .teamId = chess.id, .level = 3});
        db.membership.create({.userId = bob.id, .teamId = chess.id});
        db.membership.create({.userId = ann.id, .teamId = go.id, .level = 2});
        for (int i = 0; i < 3; ++i) {
            db.comment.create({.text = "c" + std::to_string(i),
                               .postId = delta.id,
                               .memberUser = i == 0 ? std::nullopt : std::optional(ann.id),
                               .memberTeam = i == 2 ? std::nullopt : std::optional(chess.id)});
        }
    }
};

#if defined(LAMINA_TEST_POSTGRESQL)
using Database = lamina::postgresql::Pool;
#else
using Database = lamina::sqlite::Database;
#endif

/// Asks with both strategies in JSON, and checks that the answers are the same and are data.
class Both {
public:
    void operator()(const std::string& model, const std::string& selection, const std::string& arguments = "",
                    const std::string& action = "findMany") {
        const auto ask = [&](const std::string& strategy) {
            return exchange_.answer(R"({"modelName":")" + model + R"(","action":")" + action +
                                    R"(","query":{"arguments":{"relationLoadStrategy":")" + strategy + "\"" +
                                    (arguments.empty() ? "" : ",") + arguments + R"(},"selection":)" + selection +
                                    "}}");
        };
        const std::string batch = ask("query");
        INFO(model, " ", selection, " ", arguments);
        CHECK(batch.starts_with(R"({"data")"));
        CHECK(ask("join") == batch);
    }

private:
    Database database_{url()};
    lamina::client::Executor executor_{database_, db::schema};
    lamina::json::Exchange exchange_{executor_, {}};
};

std::string with(const std::string& relation, const std::string& arguments = R"("orderBy":[{"id":"asc"}])",
                 const std::string& inner = "") {
    return R"({"$scalars":true,")" + relation + R"(":{"arguments":{)" + arguments + R"(},"selection":)" +
           (inner.empty() ? R"({"$scalars":true})" : inner) + "}}";
}

constexpr const char* kById = R"("orderBy":[{"id":"asc"}])";

}  // namespace

TEST_CASE("joined rows are those of a batch, along every kind of relation") {
    Crowd w;
    Both both;
    both("User", with("posts"), kById);
    both("User", with("profile", ""), kById);
    both("Profile", with("user", ""), R"("orderBy":[{"userId":"asc"}])");
    both("User", with("manager", ""), kById);
    both("User", with("staff"), kById);
    both("User", with("friends"), kById);
    both("User", with("friendOf"), kById);
    both("Post", with("author", ""), kById);
    both("Post", with("reviewer", ""), kById);
    both("Post", with("tags", R"("orderBy":[{"name":"asc"}])"), kById);
    both("Tag", with("posts"), R"("orderBy":[{"name":"asc"}])");
    both("Comment", with("member", ""), kById);
    both("Membership", with("comments"), R"("orderBy":[{"userId":"asc"},{"level":"asc"}])");
    both("User", with("teams", R"("orderBy":[{"level":"asc"}])", with("team", "")), kById);
    both("User", with("posts", R"("orderBy":[{"id":"asc"}])", with("comments", kById, with("member", ""))), kById);
    both("Post", with("author", "", with("posts", kById, with("author", "", with("profile", "")))), kById);
    both("User",
         R"({"$scalars":true,"profile":{"selection":{"bio":true}},"posts":{"arguments":{"orderBy":[{"id":"asc"}]},)"
         R"("selection":{"title":true,"tags":{"arguments":{"orderBy":[{"name":"desc"}]},"selection":{"name":true,)"
         R"("posts":{"arguments":{"orderBy":[{"id":"desc"}]},"selection":{"id":true}}}},)"
         R"("replies":{"arguments":{"orderBy":[{"id":"asc"}]},"selection":{"title":true}}}}})",
         kById);
    both("User", R"({"posts":{"selection":{"_count":{"selection":{"tags":true}}}}})", R"("where":{"email":"none"})");
}

TEST_CASE("joined rows are those of a batch, with every argument") {
    Crowd w;
    Both both;
    const auto posts = [&](const std::string& arguments, const std::string& inner = "") {
        both("User", with("posts", arguments, inner), kById);
    };
    posts(R"("where":{"published":true},"orderBy":[{"id":"asc"}])");
    posts(R"("where":{"tags":{"some":{"name":"red"}}},"orderBy":[{"id":"asc"}])");
    posts(R"("orderBy":[{"views":"desc"},{"id":"desc"}])");
    posts(R"("orderBy":[{"reviewer":{"email":"asc"}},{"id":"asc"}])");
    posts(R"("orderBy":[{"comments":{"_count":"desc"}},{"tags":{"_count":"asc"}},{"id":"desc"}])");
    for (const char* page : {R"("take":2)", R"("take":-2)", R"("skip":1)", R"("take":2,"skip":1)",
                             R"("take":-2,"skip":1)", R"("take":0)"}) {
        posts(std::string(page) + R"(,"orderBy":[{"views":"desc"},{"id":"asc"}])");
        posts(page);
        posts(std::string(R"("cursor":{"id":)") +
              std::to_string(w.db.post.find_unique_or_throw(post::authorId_title(w.bob.id, "bob1")).id) + "}," + page);
        posts(std::string(page) + R"(,"distinct":["views"],"orderBy":[{"id":"asc"}])",
              with("tags", R"("orderBy":[{"name":"asc"}])"));
        both("Post", with("tags", std::string(page) + R"(,"orderBy":[{"name":"asc"}])"), kById);
        both("User", with("posts", std::string(page) + R"(,"orderBy":[{"id":"asc"}])", with("author", "")),
             std::string(page) + "," + kById);
    }
    const std::string red = w.db.tag.find_unique_or_throw(tag::name == "red").id;
    both("Post", with("tags", R"("cursor":{"id":")" + red + R"("},"orderBy":[{"name":"desc"}])"), kById);
    both("User", with("posts", R"("distinct":["published","reviewerId"],"orderBy":[{"id":"desc"}])"), kById);
    posts(
        kById,
        R"({"title":true,"_count":{"selection":{"tags":true,"comments":{"arguments":{"where":{"memberUser":null}},"selection":{}}}}})");
    both(
        "User",
        R"({"email":true,"_count":{"selection":{"posts":true,"staff":true}},"staff":{"arguments":{"orderBy":[{"id":"asc"}]},)"
        R"("selection":{"email":true,"_count":{"selection":{"posts":true,"friendOf":true}}}}})",
        kById);
    both("User", with("posts"), R"("where":{"id":)" + std::to_string(w.ann.id) + "}", "findUnique");
    both("User", with("posts"), R"("where":{"id":0})", "findUnique");
    both("User", with("posts"), kById, "findFirstOrThrow");
    both("User", with("staff", kById, with("posts")),
         R"("distinct":["managerId"],"skip":1,"take":1,"orderBy":[{"id":"asc"}])");
}

TEST_CASE("every type comes exactly through a join") {
    World w;
    const auto number = "123456789012345678901234567890.123456789012345678901234567890"_dec;
    w.db.holder.create({.id = 1,
                        .scalars = {.create = {{.id = 1,
                                                .int_ = -5,
                                                .bigInt = 9007199254740993,
                                                .float_ = 0.1,
                                                .decimal = number,
                                                .boolean = true,
                                                .string = "\"quoted\", {braces}, (parens) \\ 🦉",
                                                .dateTime = lamina::DateTime::parse("2024-02-29T12:34:56.789Z").value(),
                                                .json = *lamina::Json::parse(R"({"a":[1,2.50,"\"x\\"]})"),
                                                .bytes = lamina::Bytes{std::byte{0}, std::byte{0xff}, std::byte{'\\'}},
                                                .role = Role::ADMIN,
                                                .maybeDecimal = "-0.10"_dec,
                                                .maybeString = "",
                                                .maybeRole = Role::AUDITOR},
                                               {.id = 2,
                                                .int_ = 0,
                                                .bigInt = -1,
                                                .float_ = 5e-324,
                                                .decimal = "0"_dec,
                                                .boolean = false,
                                                .string = "",
                                                .dateTime = lamina::DateTime::parse("1969-12-31T23:59:59.999Z").value(),
                                                .json = *lamina::Json::parse("null"),
                                                .bytes = lamina::Bytes{},
                                                .role = Role::USER}}}});
    const auto read = [&](auto how) {
        return w.db.holder.find_unique_or_throw(holder::id == 1, include(holder::scalars(order_by(scalars::id.asc()))),
                                                load(how));
    };
    const auto join_rows = read(join), batch_rows = read(lamina::batch);
    REQUIRE(join_rows.scalars.size() == 2);
    CHECK(join_rows.scalars == batch_rows.scalars);
    CHECK(join_rows.scalars == w.db.scalars.find_many(order_by(scalars::id.asc())));
    CHECK(join_rows.scalars[0].decimal == number);
    Both both;
    both("Holder", with("scalars", kById, with("holder", "", with("scalars"))));
}

TEST_CASE("typed rows are those of a batch") {
    Crowd w;
    const auto read = [&](auto how) {
        return w.db.user.find_many(
            include(
                user::posts(order_by(post::id.asc()), include(post::reviewer, post::tags(order_by(tag::name.asc())))),
                user::profile, user::manager(include(user::friends(order_by(user::id.asc()))))),
            order_by(user::id.asc()), load(how));
    };
    const auto joined_rows = read(join), batched = read(lamina::batch);
    REQUIRE(joined_rows.size() == batched.size());
    for (std::size_t i = 0; i < batched.size(); ++i) {
        CHECK(joined_rows[i].email == batched[i].email);
        CHECK(joined_rows[i].profile == batched[i].profile);
        CHECK(joined_rows[i].manager.has_value() == batched[i].manager.has_value());
        if (batched[i].manager) CHECK(joined_rows[i].manager->friends == batched[i].manager->friends);
        REQUIRE(joined_rows[i].posts.size() == batched[i].posts.size());
        for (std::size_t k = 0; k < batched[i].posts.size(); ++k) {
            CHECK(joined_rows[i].posts[k].title == batched[i].posts[k].title);
            CHECK(joined_rows[i].posts[k].reviewer == batched[i].posts[k].reviewer);
            CHECK(joined_rows[i].posts[k].tags == batched[i].posts[k].tags);
        }
    }
}

TEST_CASE("writes give joined rows, too") {
    Crowd w;
    auto made =
        w.db.post.create({.title = "New", .authorId = w.ann.id, .tags = {.connect = {tag::name == "red"}}},
                         include(post::author(include(user::profile)), post::tags(include(tag::posts))), load(join));
    CHECK(made.author.profile->bio == "manager");
    REQUIRE(made.tags.size() == 1);
    CHECK(made.tags[0].posts.size() == 3);
    auto moved = w.db.post.update(post::id == made.id, {.reviewerId = w.bob.id},
                                  include(post::reviewer(include(user::manager))), load(join));
    CHECK(moved.reviewer->manager->email == "ann@x.org");
    auto gone = w.db.post.delete_one(post::id == made.id, include(post::author, post::tags), load(join));
    CHECK(gone.author.email == "ann@x.org");
    CHECK(gone.tags.size() == 1);
    CHECK(w.db.post.count(where(post::id == made.id)) == 0);
    auto upserted = w.db.user.upsert(user::email == "ann@x.org", {.email = "ann@x.org"}, {.name = "Ann"},
                                     include(user::posts(order_by(post::id.asc()), take(1))), load(join));
    CHECK(titles(upserted.posts) == "Alpha");
}

TEST_CASE("a joined row that must be there and is not fails as in a batch") {
    Crowd w;
#if defined(LAMINA_TEST_POSTGRESQL)
    w.db.execute_raw(lamina::sql("ALTER TABLE \"Profile\" DROP CONSTRAINT \"Profile_userId_fkey\""));
    w.db.execute_raw(lamina::sql("UPDATE \"Profile\" SET \"userId\" = -1 WHERE bio = 'manager'"));
    const auto fails = [&](auto how) -> std::string {
        auto rows = w.db.profile.try_find_many(include(profile::user), load(how));
        return rows ? "no error" : rows.error().what();
    };
    const std::string batched = fails(lamina::batch);
    CHECK(batched.starts_with("P2023"));
    CHECK(fails(join) == batched);
    w.db.profile.delete_many();
    w.db.execute_raw(
        lamina::sql("ALTER TABLE \"Profile\" ADD CONSTRAINT \"Profile_userId_fkey\" FOREIGN KEY (\"userId\") "
                    "REFERENCES users(id) ON DELETE CASCADE ON UPDATE CASCADE"));
#endif
}

#if defined(LAMINA_TEST_POSTGRESQL)
TEST_CASE("a join shows itself as one statement, and its rows can be locked") {
    Crowd w;
    const auto rows = w.db.user.sql().find_many(include(user::posts(include(post::tags))), load(join));
    CHECK(rows.size() == 1);
    CHECK(w.db.user.sql().find_many(include(user::posts(include(post::tags)))).size() == 3);
    w.db.transaction([&](auto& tx) {
        auto locked = tx.user.find_many(include(user::posts(order_by(post::id.asc()))), order_by(user::id.asc()),
                                        take(-2), lock(lamina::for_update), load(join));
        CHECK(titles(locked[0].posts).starts_with("Delta bob0"));
    });
}
#endif

}  // namespace behaviour
