// Lists of nested writes are carried out together, step by step: what comes of them is what one after the other gives.

#include <numeric>
#include <set>
#include <string>

#if defined(LAMINA_TEST_POSTGRESQL)
#include <lamina/postgresql.hpp>
#else
#include <lamina/sqlite.hpp>
#endif
#include <lamina/client/executor.hpp>
#include <lamina/events/sink.hpp>
#include <lamina/json/exchange.hpp>

#include "world.hpp"

using namespace behaviour;

namespace {

/// Ann has the posts p1, p2, p3; bob has q.
struct Posts : World {
    Posts() {
        run("User", "createOne",
            R"({"data":{"email":"ann","posts":{"create":[{"title":"p1"},{"title":"p2"},{"title":"p3"}]}}})");
        run("User", "createOne", R"({"data":{"email":"bob","posts":{"create":[{"title":"q"}]}}})");
    }
    std::string run(const std::string& model, const std::string& action, const std::string& arguments,
                    const std::string& selection = R"({"$scalars":true})") {
        return exchange.answer(R"({"modelName":")" + model + R"(","action":")" + action + R"(","query":{"arguments":)" +
                               arguments + R"(,"selection":)" + selection + "}}");
    }
    std::string change(const std::string& data) {
        return run("User", "updateOne", R"({"where":{"email":"ann"},"data":)" + data + "}", R"({"email":true})");
    }
    /// Ann's posts: "p1=0: p2=0: p3=0:", with their views and the texts of their comments and names of their tags.
    std::string ann() {
        const auto posts = db.post.find_many(
            where(post::author.is(user::email == "ann")),
            include(post::comments(order_by(comment::id.asc())), post::tags(order_by(tag::name.asc()))),
            order_by(post::id.asc()));
        return joined(posts, [](const auto& row) {
            std::string text = row.title + "=" + std::to_string(row.views) + ":";
            for (const auto& comment : row.comments) text += comment.text;
            for (const auto& tag : row.tags) text += tag.name;
            return text;
        });
    }

    lamina::client::Executor executor{adapter(), db::schema};
    lamina::json::Exchange exchange{executor, {.plain = true}};
};

constexpr const char* kDone = R"({"data":{"updateOneUser":{"email":"ann"}}})";

std::string id_of(Posts& w, const std::string& title) {
    return std::to_string(w.db.post.find_first_or_throw(where(post::title == title)).id);
}

struct Listener {
    std::set<std::uint64_t> statements;
    std::size_t round_trips = 0;
    void on(const lamina::QueryEvent& event) {
        statements.insert(event.statement);
        round_trips += event.position == 0;
    }
};

TEST_CASE("elements of a list with one row below them are planned like those with several") {
    const Posts w;
    Listener listener;
#if defined(LAMINA_TEST_POSTGRESQL)
    lamina::postgresql::Pool pool(url(), {.events = lamina::listen(listener)});
#else
    lamina::sqlite::Database pool(url(), {.events = lamina::listen(listener)});
#endif
    Client client(pool);
    const auto counts = [&](const std::string& email, std::initializer_list<int> comments) {
        UserCreate input{.email = email};
        int posts = 0;
        for (const int number : comments) {
            PostCreate post{.title = email + std::to_string(posts++)};
            for (int i = 0; i < number; ++i) post.comments.create += CommentCreate{.text = "c"};
            input.posts.create += post;
        }
        listener = {};
        client.user.create(input, select(user::id));
        CHECK(client.comment.count(where(comment::post.is(post::author.is(user::email == email)))) ==
              std::accumulate(comments.begin(), comments.end(), std::uint64_t{0}));
        return std::pair(listener.statements.size(), listener.round_trips);
    };
    const auto alike = counts("x", {2, 2});
    CHECK(counts("y", {1, 2}) == alike);
    CHECK(counts("z", {2, 1, 3, 1}) == alike);
}

TEST_CASE("children of a list's elements go to their own parents, in the order of the request") {
    Posts w;
    CHECK(w.change(R"({"posts":{"create":[
        {"title":"a","comments":{"create":[{"text":"1"},{"text":"2"}]}},
        {"title":"b","views":7},
        {"title":"c","comments":{"create":[{"text":"3"}]}},
        {"title":"d","comments":{"create":[{"text":"4"},{"text":"5"}]},"tags":{"create":[{"name":"x"}]}},
        {"title":"e","comments":{"create":[{"text":"6"}]},"tags":{"create":[{"name":"y"},{"name":"z"}]}}]}})") ==
          kDone);
    CHECK(w.ann() == "p1=0: p2=0: p3=0: a=0:12 b=7: c=0:3 d=0:45x e=0:6yz");
}

TEST_CASE("elements that connect or create the same row create it once") {
    Posts w;
    const std::string tag = R"("tags":{"connectOrCreate":[{"where":{"name":"t"},"create":{"name":"t"}}]})";
    CHECK(w.change(R"({"posts":{"create":[{"title":"a",)" + tag + R"(},{"title":"b",)" + tag + R"(},{"title":"c",)" +
                   tag + "}]}}") == kDone);
    CHECK(w.ann() == "p1=0: p2=0: p3=0: a=0:t b=0:t c=0:t");
    CHECK(w.db.tag.count() == 1);
    // What is created bears another name than what is sought: nobody finds it, and the second one is in its way.
    const std::string other = R"("tags":{"connectOrCreate":[{"where":{"name":"u"},"create":{"name":"v"}}]})";
    CHECK(w.change(R"({"posts":{"create":[{"title":"d",)" + other + R"(},{"title":"e",)" + other + "}]}}")
              .find(R"("code":"P2002")") != std::string::npos);
    CHECK(w.db.post.count() == 7);
    // The first creates what the second seeks.
    CHECK(w.change(
              R"({"posts":{"update":[
        {"where":{"id":)" +
              id_of(w, "p1") + R"(},"data":{"tags":{"connectOrCreate":{"where":{"name":"v"},"create":{"name":"w"}}}}},
        {"where":{"id":)" +
              id_of(w, "p2") +
              R"(},"data":{"tags":{"connectOrCreate":{"where":{"name":"w"},"create":{"name":"v"}}}}}]}})") == kDone);
    CHECK(w.ann() == "p1=0:w p2=0:w p3=0: a=0:t b=0:t c=0:t");
}

TEST_CASE("a row that a list names twice is written twice, in order") {
    Posts w;
    const std::string p1 = R"({"where":{"id":)" + id_of(w, "p1") + R"(},"data":)";
    CHECK(w.change(R"({"posts":{"update":[)" + p1 + R"({"views":{"increment":5}}},)" + p1 +
                   R"({"views":{"multiply":3}}},)" + p1 + R"({"views":{"increment":5}}},)" + p1 +
                   R"({"views":{"increment":1}}}]}})") == kDone);
    CHECK(w.ann() == "p1=21: p2=0: p3=0:");
    // New rows come before rows are deleted: of the first element's nothing is left when the second one has ended.
    CHECK(w.change(R"({"posts":{"update":[)" + p1 +
                   R"({"views":1,"comments":{"create":[{"text":"1"}],"deleteMany":[{"text":"2"}]}}},)" + p1 +
                   R"({"views":2,"comments":{"create":[{"text":"2"}],"deleteMany":[{"text":"1"}]}}}]}})") == kDone);
    CHECK(w.ann() == "p1=2:2 p2=0: p3=0:");
    const std::string n =
        R"({"where":{"id":77},"create":{"id":77,"title":"n","views":1},"update":{"views":{"increment":1}}})";
    CHECK(w.change(R"({"posts":{"upsert":[)" + n + "," + n + "," + n + "]}}") == kDone);
    CHECK(w.db.post.find_unique_or_throw(post::id == 77).views == 3);
}

TEST_CASE("a list of which one element fails writes nothing") {
    Posts w;
    const auto element = [](const std::string& id) {
        return R"({"where":{"id":)" + id + R"(},"data":{"views":9,"comments":{"create":[{"text":"1"}]}}})";
    };
    // Not there, and not ann's.
    for (const std::string& id : {std::string("99999"), id_of(w, "q")}) {
        CHECK(w.change(R"({"posts":{"update":[)" + element(id_of(w, "p1")) + "," + element(id) + "]}}")
                  .find(R"("code":"P2025")") != std::string::npos);
    }
    CHECK(w.change(R"({"posts":{"create":[{"title":"a","tags":{"create":[{"name":"t"}]}},)"
                   R"({"title":"b","tags":{"create":[{"name":"t"}]}}]}})")
              .find(R"("code":"P2002")") != std::string::npos);
    CHECK(w.ann() == "p1=0: p2=0: p3=0:");
}

TEST_CASE("an upsert list updates what is there and creates the others") {
    Posts w;
    const auto element = [](const std::string& id, const std::string& title) {
        return R"({"where":{"id":)" + id + R"(},"create":{"title":")" + title +
               R"(","comments":{"create":[{"text":"new"}]}},"update":{"views":4,"comments":{"create":[{"text":"old"}]}}})";
    };
    CHECK(w.change(R"({"posts":{"upsert":[)" + element("88881", "a") + "," + element(id_of(w, "p2"), "b") + "," +
                   element("88882", "c") + "," + element(id_of(w, "p1"), "d") + "]}}") == kDone);
    CHECK(w.ann() == "p1=4:old p2=4:old p3=0: a=0:new c=0:new");
}

TEST_CASE("elements of a one-to-one relation take each other's place one by one") {
    Posts w;
    const Profile profile = w.db.profile.create({.bio = "b", .user = {.connect = user::email == "bob"}});
    const std::string connect = R"("profile":{"connect":{"id":")" + profile.id + "\"}}";
    CHECK(w.change(R"({"staff":{"create":[{"email":"s1",)" + connect + R"(},{"email":"s2",)" + connect + "}]}}") ==
          kDone);
    const User owner = w.db.user.find_first_or_throw(where(user::profile.is(profile::bio == "b")));
    CHECK(owner.email == "s2");
}

}  // namespace
