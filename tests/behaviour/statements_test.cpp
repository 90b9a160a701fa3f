// How many statements a request is: for every shape of include and of nested write the number is the same for 2 rows
// and for 50. A repeated statement, prepared once and executed for each row where a database has no better way, counts
// once; what is sent together is one round trip.

#include <functional>
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

struct Counts {
    std::size_t statements = 0;   ///< different ones
    std::size_t round_trips = 0;  ///< without BEGIN and COMMIT
    std::size_t executions = 0;
};

struct Listener {
    std::set<std::uint64_t> statements;
    Counts counts;
    std::string texts;

    bool has_block() const { return texts.find("), (?") != std::string::npos; }
    void on(const lamina::QueryEvent& event) {
        ++counts.executions;
        counts.round_trips += event.position == 0;
        if (statements.insert(event.statement).second) texts.append(event.sql).append("\n");
        counts.statements = statements.size();
    }
};

#if defined(LAMINA_TEST_POSTGRESQL)
using Database = lamina::postgresql::Pool;
#else
using Database = lamina::sqlite::Database;
#endif

/// Requests on a connection that somebody listens to.
class Counted {
public:
    Counted() : database_(url(), {.events = lamina::listen(listener_)}), executor_(database_, db::schema) {}

    std::string ask(const std::string& request) {
        std::string answer = exchange_.answer(request);
        INFO(request.substr(0, 300), " -> ", answer.substr(0, 300));
        CHECK(answer.starts_with(R"({"data")"));
        return answer;
    }
    std::string run(const std::string& model, const std::string& action, const std::string& arguments,
                    const std::string& selection = R"({"$scalars":true})") {
        return ask(R"({"modelName":")" + model + R"(","action":")" + action + R"(","query":{"arguments":)" + arguments +
                   R"(,"selection":)" + selection + "}}");
    }
    void restart() {
        listener_.statements.clear();
        listener_.counts = {};
        listener_.texts.clear();
    }
    const Listener& heard() const { return listener_; }

private:
    Listener listener_;
    Database database_;
    lamina::client::Executor executor_;
    lamina::json::Exchange exchange_{executor_, {.plain = true}};
};

/// "[a0,a1,…]": the text `count` times, with # replaced by the number.
std::string list(std::size_t count, const std::string& text, std::size_t from = 0) {
    std::string all = "[";
    for (std::size_t i = from; i < from + count; ++i) {
        if (i > from) all += ",";
        for (const char c : text) c == '#' ? all += std::to_string(i) : all += c;
    }
    return all + "]";
}

constexpr std::size_t kFew = 2, kMany = 50;

/// User 800001 with `count` posts (ids from 801000, titles t0, t1 …), each with a comment; `count` tags (n0 …) of all
/// posts, and as many tags of no post (free0 …); `count` posts of user 800002 (titles f0, f1 …); every post's reviewer
/// is the first user.
void fill(Counted& on, std::size_t count) {
    const World empty;
    on.run("User", "createMany", R"({"data":[{"id":800001,"email":"a"},{"id":800002,"email":"b"}]})",
           R"({"count":true})");
    const auto rows = [&](const std::string& model, const std::string& row, std::size_t from = 0) {
        on.run(model, "createMany", R"({"data":)" + list(count, row, from) + "}", R"({"count":true})");
    };
    rows("Post", R"({"id":#,"title":"t#","authorId":800001,"reviewerId":800001})", 801000);
    rows("Post", R"({"id":#,"title":"t#","authorId":800002})", 802000);
    rows("Comment", R"({"id":#,"text":"c","postId":#})", 801000);
    rows("Tag", R"({"id":"i#","name":"n#"})");
    rows("Tag", R"({"id":"f#","name":"free#"})");
    on.run("Post", "updateOne",
           R"({"where":{"id":801000},"data":{"tags":{"connect":)" + list(count, R"({"id":"i#"})") + "}}}");
    rows("User", R"({"id":#,"email":"s#","managerId":800001})", 803000);
    rows("Profile", R"({"id":"p#","userId":#})", 803000);
    rows("Team", R"({"id":"e#","name":"e#"})");
    rows("Membership", R"({"userId":800001,"teamId":"e#"})");
}

/// Checks that a request is as many statements and round trips with many rows as with few.
void same_for_any_number(const std::string& name, const std::function<void(Counted&, std::size_t)>& request,
                         std::size_t most_statements, std::size_t most_round_trips) {
    Counted on;
    fill(on, kFew);
    on.restart();
    request(on, kFew);
    const Counts few = on.heard().counts;
    fill(on, kMany);
    on.restart();
    request(on, kMany);
    const Counts many = on.heard().counts;
    INFO(name);
    INFO(on.heard().texts);
    // Where rows are inserted in blocks, few of them are no block.
    const std::size_t block = on.heard().has_block() && few.statements < many.statements ? 1 : 0;
    CHECK(few.statements + block == many.statements);
    CHECK(few.round_trips == many.round_trips);
    CHECK(many.statements <= most_statements + block);
    CHECK(many.round_trips <= most_round_trips);
}

/// By a join it is one statement, where the database can.
void include_is(const std::string& name, const std::string& model, const std::string& selection,
                std::size_t statements) {
    same_for_any_number(
        name, [&](Counted& on, std::size_t) { on.run(model, "findMany", "{}", selection); }, statements, statements);
#if defined(LAMINA_TEST_POSTGRESQL)
    statements = 1;
#endif
    same_for_any_number(
        name + ", joined",
        [&](Counted& on, std::size_t) { on.run(model, "findMany", R"({"relationLoadStrategy":"join"})", selection); },
        statements, statements);
}

/// Writes to the first user through a relation.
void update_is(const std::string& name, const std::string& relation, const std::string& kind,
               const std::string& element, std::size_t statements, std::size_t round_trips, std::size_t from = 0,
               bool one = false) {
    same_for_any_number(
        name,
        [&](Counted& on, std::size_t count) {
            const std::string value = one ? element : list(count, element, from);
            on.run("User", "updateOne",
                   R"({"where":{"id":800001},"data":{")" + relation + R"(":{")" + kind + "\":" + value + "}}}");
        },
        statements, round_trips);
}

void create_is(const std::string& name, const std::string& relation, const std::string& kind,
               const std::string& element, std::size_t statements, std::size_t round_trips, std::size_t from = 0) {
    same_for_any_number(
        name,
        [&](Counted& on, std::size_t count) {
            on.run("User", "createOne",
                   R"({"data":{"email":"new",")" + relation + R"(":{")" + kind + "\":" + list(count, element, from) +
                       "}}}");
        },
        statements, round_trips);
}

constexpr const char* kScalars = R"("$scalars":true)";

std::string with(const std::string& relation, const std::string& arguments = "{}", const std::string& inner = "") {
    return "{" + std::string(kScalars) + ",\"" + relation + R"(":{"arguments":)" + arguments + R"(,"selection":)" +
           (inner.empty() ? "{" + std::string(kScalars) + "}" : inner) + "}}";
}

TEST_CASE("an include is one statement per relation and level") {
    include_is("to-one", "Post", with("author"), 2);
    include_is("to-one, optional", "Post", with("reviewer"), 2);
    include_is("to-one, the other side holds the key", "User", with("profile"), 2);
    include_is("to-many", "User", with("posts"), 2);
    include_is("self, to-one", "User", with("manager"), 2);
    include_is("self, to-many", "User", with("staff"), 2);
    include_is("m-n", "Post", with("tags"), 2);
    include_is("m-n, back", "Tag", with("posts"), 2);
    include_is("m-n with a model between", "User", with("teams", "{}", with("team")), 3);
    include_is("a compound key", "Membership", with("comments"), 2);
    include_is("three levels", "User", with("posts", "{}", with("comments", "{}", with("post"))), 4);
    include_is("where", "User", with("posts", R"({"where":{"comments":{"some":{"text":"c"}}}})"), 2);
    include_is("order", "User", with("posts", R"({"orderBy":[{"title":"desc"}]})"), 2);
    include_is("order by a relation", "User", with("posts", R"({"orderBy":[{"comments":{"_count":"desc"}}]})"), 2);
    include_is("take and skip", "User", with("posts", R"({"take":3,"skip":1,"orderBy":[{"id":"asc"}]})"), 2);
    include_is("take from the end", "User", with("posts", R"({"take":-3,"orderBy":[{"id":"asc"}]})"), 2);
    include_is("cursor", "User", with("posts", R"({"cursor":{"id":801001},"orderBy":[{"id":"asc"}]})"), 2);
    include_is("distinct", "User", with("posts", R"({"distinct":["published"]})"), 2);
    include_is("take of m-n", "Post", with("tags", R"({"take":3,"orderBy":[{"name":"asc"}]})"), 2);
    include_is("_count", "User", R"({"$scalars":true,"_count":{"selection":{"posts":true,"staff":true}}})", 1);
    include_is("_count of a level", "User",
               with("posts", "{}", R"({"$scalars":true,"_count":{"selection":{"tags":true}}})"), 2);
    include_is("two relations", "User",
               R"({"$scalars":true,"posts":{"selection":{"id":true}},"staff":{"selection":{"id":true}}})", 3);
}

TEST_CASE("a nested write of an update is as many statements for many rows as for few") {
    update_is("update: create list", "posts", "create", R"({"title":"x#"})", 3, 3);
    update_is("update: create list, m-n implicit, self", "friends", "create", R"({"email":"x#"})", 4, 4);
    update_is("update: createMany", "posts", "createMany", R"({"data":[{"title":"x1"},{"title":"x2"}]})", 3, 3, 0,
              true);
    update_is("update: connect list", "posts", "connect", R"({"id":#})", 3, 3, 802000);
    update_is("update: connect list by a compound key", "posts", "connect",
              R"({"authorId_title":{"authorId":800002,"title":"t#"}})", 3, 3, 802000);
    update_is("update: connect list, m-n", "friends", "connect", R"({"id":#})", 4, 4, 803000);
    update_is("update: connectOrCreate list, all new", "posts", "connectOrCreate",
              R"({"where":{"id":#},"create":{"id":#,"title":"x#"}})", 4, 4, 809000);
    update_is("update: connectOrCreate list, all there", "posts", "connectOrCreate",
              R"({"where":{"id":#},"create":{"id":#,"title":"x#"}})", 4, 4, 802000);
    update_is("update: connectOrCreate list, m-n", "friends", "connectOrCreate",
              R"({"where":{"email":"x#"},"create":{"email":"x#"}})", 5, 5);
    update_is("update: set", "staff", "set", R"({"id":#})", 4, 4, 803000);
    update_is("update: set, m-n", "friends", "set", R"({"id":#})", 5, 5, 803000);
    update_is("update: disconnect list", "staff", "disconnect", R"({"id":#})", 3, 3, 803000);
    update_is("update: disconnect list, m-n", "friends", "disconnect", R"({"id":#})", 3, 3, 803000);
    update_is("update: delete list", "posts", "delete", R"({"id":#})", 3, 3, 801000);
    update_is("update: deleteMany", "posts", "deleteMany", R"({"views":0})", 3, 3, 0, true);
    update_is("update: update list", "posts", "update", R"({"where":{"id":#},"data":{"title":"x#"}})", 3, 3, 801000);
    update_is("update: update list, with arithmetic", "posts", "update",
              R"({"where":{"id":#},"data":{"views":{"increment":#}}})", 3, 3, 801000);
    update_is("update: update list by a compound key", "teams", "update",
              R"({"where":{"userId_teamId":{"userId":800001,"teamId":"e#"}},"data":{"level":#}})", 3, 3);
    update_is("update: updateMany list", "posts", "updateMany", R"({"where":{"title":"t#"},"data":{"views":#}})", 3, 3,
              801000);
    update_is("update: upsert list, all there", "posts", "upsert",
              R"({"where":{"id":#},"create":{"title":"x#"},"update":{"views":#}})", 5, 5, 801000);
    update_is("update: upsert list, all new", "posts", "upsert",
              R"({"where":{"id":#},"create":{"title":"x#"},"update":{"views":#}})", 5, 5, 809000);
}

TEST_CASE("a nested write of a create is as many statements for many rows as for few") {
    create_is("create: create list", "posts", "create", R"({"title":"x#"})", 3, 3);
    create_is("create: create list, m-n", "friends", "create", R"({"email":"x#"})", 4, 4);
    create_is("create: connect list", "posts", "connect", R"({"id":#})", 3, 3, 802000);
    create_is("create: connect list, m-n", "friends", "connect", R"({"id":#})", 3, 3, 803000);
    create_is("create: connectOrCreate list", "posts", "connectOrCreate",
              R"({"where":{"id":#},"create":{"title":"x#"}})", 4, 4, 809000);
    create_is("create: connectOrCreate list, m-n", "friends", "connectOrCreate",
              R"({"where":{"email":"x#"},"create":{"email":"x#"}})", 5, 5);
}

TEST_CASE("nested writes below a list are as many statements for many rows as for few") {
    create_is("create list, each with a create list", "posts", "create",
              R"({"title":"x#","comments":{"create":[{"text":"a#"},{"text":"b#"}]}})", 4, 4);
    create_is("create list, each with a row before it", "posts", "create",
              R"({"title":"x#","reviewer":{"create":{"email":"x#"}}})", 4, 4);
    create_is("create list, each connecting the same row", "posts", "create",
              R"({"title":"x#","reviewer":{"connect":{"id":800002}}})", 3, 3);
    create_is("create list, each connecting many, m-n", "posts", "create",
              R"({"title":"x#","tags":{"connect":[{"id":"i0"},{"id":"f1"}]}})", 4, 4);
    create_is("create list, each creating many, m-n", "posts", "create",
              R"({"title":"x#","tags":{"create":[{"name":"a#"},{"name":"b#"}]}})", 5, 5);
    create_is("create list, each connecting or creating its own", "posts", "create",
              R"({"title":"x#","tags":{"connectOrCreate":[{"where":{"name":"x#"},"create":{"name":"x#"}}]}})", 6, 6);
    create_is("create list, each connecting or creating the same", "posts", "create",
              R"({"title":"x#","tags":{"connectOrCreate":[{"where":{"name":"x"},"create":{"name":"x"}}]}})", 6, 8);
    create_is(
        "create list, each with two levels below", "posts", "create",
        R"({"title":"x#","replies":{"create":[{"title":"y#","authorId":800002,"comments":{"create":[{"text":"c"}]}}]}})",
        5, 5);
    create_is("create list, each with a row of a one-to-one relation", "staff", "create",
              R"({"email":"x#","profile":{"create":{"bio":"b"}}})", 4, 4);
    update_is("update list, each with an update list", "posts", "update",
              R"({"where":{"id":#},"data":{"comments":{"update":[{"where":{"id":#},"data":{"text":"x"}}]}}})", 4, 4,
              801000);
    update_is("update list, each with a create list", "posts", "update",
              R"({"where":{"id":#},"data":{"title":"x#","comments":{"create":[{"text":"a"},{"text":"b"}]}}})", 4, 4,
              801000);
    update_is("update list, each with a deleteMany", "posts", "update",
              R"({"where":{"id":#},"data":{"comments":{"deleteMany":[{}]}}})", 4, 4, 801000);
    update_is(
        "update list, each with an upsert list", "posts", "update",
        R"({"where":{"id":#},"data":{"comments":{"upsert":[{"where":{"id":#},"create":{"text":"n"},"update":{"text":"u"}}]}}})",
        6, 6, 801000);
    update_is(
        "upsert list, each with a create list", "posts", "upsert",
        R"({"where":{"id":#},"create":{"title":"n#"},"update":{"comments":{"create":[{"text":"a"},{"text":"b"}]}}})", 6,
        6, 801000);
}

TEST_CASE("a nested write of an upsert is as many statements for many rows as for few") {
    for (const char* email : {"a", "unknown"}) {
        same_for_any_number(
            email,
            [&](Counted& on, std::size_t count) {
                on.run("User", "upsertOne",
                       R"({"where":{"email":")" + std::string(email) + R"("},"create":{"email":")" + email +
                           R"(","posts":{"create":)" +
                           list(count, R"({"title":"x#","comments":{"create":[{"text":"a#"}]}})") +
                           R"(}},"update":{"posts":{"update":)" +
                           list(count, R"({"where":{"id":#},"data":{"title":"x#"}})", 801000) + "}}}");
            },
            6, 6);
    }
}

}  // namespace
