#include "world.hpp"

namespace behaviour {

namespace {

/// Twelve posts p01 … p12 of one author with views 1, 1, 2, 2, 3, 3 …
struct Pages : World {
    Pages() : author(db.user.create({.email = "a@x.org"}).id) {
        std::vector<PostCreate> rows;
        for (int i = 1; i <= 12; ++i) {
            rows.push_back(
                {.title = (i < 10 ? "p0" : "p") + std::to_string(i), .views = (i + 1) / 2, .authorId = author});
        }
        CHECK(db.post.create_many(rows) == 12);
    }
    std::int32_t author;
};

}  // namespace

TEST_CASE("several orderings, and nulls where they are asked for") {
    People w;
    auto by = [&](auto... terms) { return emails(w.db.user.find_many(order_by(terms...))); };
    CHECK(by(user::age.asc(lamina::nulls_last)) == "bob@x.org ann@x.org cleo@x.org");
    CHECK(by(user::age.asc(lamina::nulls_first)) == "cleo@x.org bob@x.org ann@x.org");
    CHECK(by(user::age.desc(lamina::nulls_last)) == "ann@x.org bob@x.org cleo@x.org");
    CHECK(by(user::role.asc(), user::email.desc()).size() == emails(w.db.user.find_many()).size());
    CHECK(by(user::active.asc(), user::email.desc()) == "cleo@x.org bob@x.org ann@x.org");
    CHECK(by(user::balance.desc(), user::email.asc()) == "ann@x.org bob@x.org cleo@x.org");
}

TEST_CASE("orderings by a related row and by the number of related rows") {
    People w;
    CHECK(titles(w.db.post.find_many(order_by(post::author(user::email.desc()), post::views.desc()))) ==
          "Delta Gamma Beta Alpha");
    CHECK(titles(w.db.post.find_many(order_by(post::author(user::manager(user::name.asc(lamina::nulls_first))),
                                              post::views.asc()))) == "Alpha Beta Gamma Delta");
    CHECK(emails(w.db.user.find_many(order_by(user::posts.count().desc(), user::email.asc()))) ==
          "ann@x.org bob@x.org cleo@x.org");
    CHECK(emails(w.db.user.find_many(order_by(user::posts.count().asc(), user::email.asc()))) ==
          "cleo@x.org bob@x.org ann@x.org");
    CHECK(emails(w.db.user.find_many(order_by(user::staff.count().desc(), user::email.desc()))) ==
          "ann@x.org cleo@x.org bob@x.org");
}

TEST_CASE("take and skip, forwards and backwards") {
    Pages w;
    const auto by_title = order_by(post::title.asc());
    CHECK(titles(w.db.post.find_many(by_title, take(3))) == "p01 p02 p03");
    CHECK(titles(w.db.post.find_many(by_title, take(3), skip(2))) == "p03 p04 p05");
    CHECK(titles(w.db.post.find_many(by_title, skip(10))) == "p11 p12");
    CHECK(titles(w.db.post.find_many(by_title, take(0))) == "");
    CHECK(titles(w.db.post.find_many(by_title, take(-3))) == "p10 p11 p12");
    CHECK(titles(w.db.post.find_many(by_title, take(-3), skip(2))) == "p08 p09 p10");
    CHECK(titles(w.db.post.find_many(by_title, take(100))).size() == 12 * 4 - 1);
    CHECK(code_of([&] { w.db.post.find_many(by_title, skip(-1)); }) != "no error");
}

TEST_CASE("cursors are inclusive and keep the requested order") {
    Pages w;
    const auto by_title = order_by(post::title.asc());
    auto at = [&](const char* title) { return cursor(post::authorId_title(w.author, title)); };
    CHECK(titles(w.db.post.find_many(by_title, at("p05"), take(3))) == "p05 p06 p07");
    CHECK(titles(w.db.post.find_many(by_title, at("p05"), skip(1), take(3))) == "p06 p07 p08");
    CHECK(titles(w.db.post.find_many(by_title, at("p05"), take(-3))) == "p03 p04 p05");
    CHECK(titles(w.db.post.find_many(by_title, at("p05"), skip(1), take(-3))) == "p02 p03 p04");
    CHECK(titles(w.db.post.find_many(order_by(post::title.desc()), at("p03"))) == "p03 p02 p01");
    CHECK(titles(w.db.post.find_many(order_by(post::views.desc(), post::title.asc()), at("p09"), take(4))) ==
          "p09 p10 p07 p08");
    CHECK(titles(w.db.post.find_many(by_title, at("nowhere"), take(3))) == "");
    auto p04 = w.db.post.find_unique_or_throw(post::authorId_title(w.author, "p04"));
    CHECK(titles(w.db.post.find_many(order_by(post::id.asc()), cursor(post::id == p04.id), take(2))) == "p04 p05");
}

TEST_CASE("a cursor on a row whose order field is null") {
    Pages w;
    w.db.post.update_many(where(post::views <= 3), {.body = "text"});
    const auto order = order_by(post::body.asc(lamina::nulls_last), post::title.asc());
    auto page = w.db.post.find_many(order, take(5));
    std::string seen = titles(page);
    while (page.size() == 5) {
        page = w.db.post.find_many(order, cursor(post::id == page.back().id), skip(1), take(5));
        seen += " " + titles(page);
    }
    CHECK(seen == "p01 p02 p03 p04 p05 p06 p07 p08 p09 p10 p11 p12");
}

TEST_CASE("distinct keeps the first row of each, before skip and take") {
    Pages w;
    const auto order = order_by(post::views.asc(), post::title.asc());
    CHECK(titles(w.db.post.find_many(distinct(post::views), order)) == "p01 p03 p05 p07 p09 p11");
    CHECK(titles(w.db.post.find_many(distinct(post::views), order, skip(1), take(2))) == "p03 p05");
    CHECK(titles(w.db.post.find_many(distinct(post::views, post::published), order_by(post::title.desc()), take(2))) ==
          "p12 p10");
}

}  // namespace behaviour
