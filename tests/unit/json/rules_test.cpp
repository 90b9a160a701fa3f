#include <string>

#include <doctest/doctest.h>

#include "json/conversation.hpp"

// Rules of Prisma's that the differential test found us to break; each was asked of its client.

namespace {

using lamina::test::Conversation;

bool has(const std::string& answer, const char* text) { return answer.find(text) != std::string::npos; }

/// Ann has posts a and b, Bob has c; nobody has a name but Ann.
struct Rules : Conversation {
    Rules() {
        run("User", "createOne",
            R"({"data":{"email":"ann","name":"Ann","posts":{"create":[{"title":"a"},{"title":"b"}]}}})",
            R"({"id":true})");
        run("User", "createOne", R"({"data":{"email":"bob","posts":{"create":{"title":"c"}}}})", R"({"id":true})");
    }
    std::string emails(const std::string& where) {
        return run("User", "findMany", R"({"where":)" + where + R"(,"orderBy":{"id":"asc"}})", R"({"email":true})");
    }
    std::string count(const std::string& model, const std::string& where) {
        return run(model, "aggregate", R"({"where":)" + where + "}", R"({"_count":{"selection":{"_all":true}}})");
    }
};

TEST_CASE("upsertMany writes new rows and changes those whose key is there") {
    Conversation talk;
    const auto upsert = [&](const std::string& data, const std::string& conflict) {
        return talk.run("User", "upsertMany", R"({"data":)" + data + R"(,"conflict":)" + conflict + "}",
                        R"({"count":true})");
    };
    const std::string two = R"([{"email":"a","code":"x","name":"Ann"},{"email":"b","code":"x","name":"Bob"}])";
    CHECK(upsert(two, R"(["email"])") == R"({"data":{"upsertManyUser":{"count":2}}})");
    CHECK(upsert(R"({"email":"a","name":"Anna"})", R"("email")") == R"({"data":{"upsertManyUser":{"count":1}}})");
    // A compound key by its name, or by its fields in any order.
    CHECK(upsert(R"([{"email":"b","code":"x","name":"B."}])", R"("email_code")") ==
          R"({"data":{"upsertManyUser":{"count":1}}})");
    CHECK(upsert(R"([{"email":"c","code":"x","name":"C."}])", R"(["code","email"])") ==
          R"({"data":{"upsertManyUser":{"count":1}}})");
    CHECK(talk.run("User", "findMany", R"({"orderBy":[{"email":"asc"}]})", R"({"name":true})") ==
          R"({"data":{"findManyUser":[{"name":"Anna"},{"name":"B."},{"name":"C."}]}})");
    // What is no key, or is missing from the rows, is told.
    CHECK(has(upsert(two, R"(["name"])"), "P2009"));
    CHECK(has(upsert(two, R"("name")"), "unique key of User"));
    CHECK(has(upsert(two, R"(["nothing"])"), "P2009"));
    CHECK(has(upsert(two, "7"), "P2009"));
    CHECK(has(upsert(R"([{"email":"a","name":"x"}])", R"("email_code")"), "errors"));
    CHECK(has(talk.run("User", "upsertMany", R"({"data":[]})", R"({"count":true})"), "P2012"));
    CHECK(
        has(talk.run("User", "upsertMany", R"({"data":[],"conflict":"id","where":{}})", R"({"count":true})"), "P2009"));
}

TEST_CASE("nested writes are done in the order of the request") {
    Rules talk;
    const auto update = [&](const std::string& posts) {
        return talk.run("User", "updateOne", R"({"where":{"email":"ann"},"data":{"posts":)" + posts + "}}",
                        R"({"posts":{"selection":{"title":true},"arguments":{"orderBy":{"title":"asc"}}}})");
    };
    CHECK(has(update(R"({"deleteMany":{"title":"n"},"create":{"title":"n"}})"),
              R"([{"title":"a"},{"title":"b"},{"title":"n"}])"));
    CHECK(has(update(R"({"create":{"title":"o"},"deleteMany":{"title":{"in":["n","o"]}}})"),
              R"([{"title":"a"},{"title":"b"}])"));
}

TEST_CASE("every member of not is negated by itself") {
    Rules talk;
    CHECK(talk.emails(R"({"id":{"not":{"gt":1,"lt":9}}})") == R"({"data":{"findManyUser":[]}})");
    CHECK(talk.emails(R"({"email":{"not":{"not":"ann"}}})") == R"({"data":{"findManyUser":[{"email":"ann"}]}})");
    CHECK(talk.emails(R"({"email":{"not":{"in":[],"notIn":[]}}})") == R"({"data":{"findManyUser":[]}})");
}

TEST_CASE("an empty filter of a relation is no condition, but is: {} is one") {
    Rules talk;
    CHECK(has(talk.count("Post", R"({"author":{}})"), R"("_all":3)"));
    CHECK(has(talk.count("Post", R"({"author":{"is":{}}})"), R"("_all":3)"));
    CHECK(has(talk.count("Post", R"({"author":{"isNot":{}}})"), R"("_all":0)"));
}

TEST_CASE("a cursor's row has every value that is given, or is not there") {
    Rules talk;
    const auto from = [&talk](const std::string& cursor) {
        return talk.run("User", "findMany", R"({"orderBy":{"id":"asc"},"cursor":)" + cursor + "}", R"({"email":true})");
    };
    CHECK(from(R"({"email":"ann","name":"Ann"})") == from(R"({"email":"ann"})"));
    CHECK(has(from(R"({"email":"ann","name":"Ann"})"), R"({"email":"ann"})"));
    CHECK(from(R"({"email":"ann","name":"Bob"})") == R"({"data":{"findManyUser":[]}})");
    CHECK(from(R"({"email":"ann","name":null})") == R"({"data":{"findManyUser":[]}})");
    CHECK(has(from(R"({"email":"ann","name":{"contains":"A"}})"), R"("code":"P2026")"));
    CHECK(has(from(R"({"email":"ann","posts":{"some":{}}})"), R"("code":"P2026")"));
}

TEST_CASE("every related row leads to Json of the kind that is wanted") {
    Rules talk;
    talk.run("User", "updateOne", R"({"where":{"email":"ann"},"data":{"data":{"a":1}}})", R"({"id":true})");
    talk.run("Tag", "createOne", R"({"data":{"label":"t","posts":{"connect":{"id":1}}}})", R"({"id":true})");
    talk.run("Tag", "createOne", R"({"data":{"label":"empty"}})", R"({"id":true})");
    const auto every = [&talk](const std::string& author) {
        return talk.run("Tag", "findMany", R"({"where":{"posts":{"every":{"author":)" + author + "}}}}",
                        R"({"label":true})");
    };
    // Ann's is an object, which contains no text.
    CHECK(every(R"({"data":{"string_contains":""}})") == R"({"data":{"findManyTag":[{"label":"empty"}]}})");
    CHECK(every(R"({"is":{"data":{"string_contains":""}}})") == R"({"data":{"findManyTag":[{"label":"empty"}]}})");
    CHECK(every(R"({"data":{"equals":{"a":1}}})") == R"({"data":{"findManyTag":[{"label":"t"},{"label":"empty"}]}})");
}

TEST_CASE("groups can say where NULLs stand") {
    Rules talk;
    CHECK(talk.run("User", "groupBy", R"({"by":["name"],"orderBy":{"name":{"sort":"asc","nulls":"last"}}})",
                   R"({"name":true})") == R"({"data":{"groupByUser":[{"name":"Ann"},{"name":null}]}})");
    CHECK(has(talk.run("User", "groupBy", R"({"by":["email"],"orderBy":{"email":{"sort":"asc","nulls":"last"}}})",
                       R"({"email":true})"),
              R"("code":"P2009")"));
}

TEST_CASE("what sets no condition cannot be negated") {
    Rules talk;
    const std::string all = talk.run("Post", "findMany", "{}", R"({"id":true})");
    const std::string none = talk.run("Post", "findMany", R"({"where":{"OR":[]}})", R"({"id":true})");
    for (const char* const open : {"{}", "[{}]", R"({"AND":[]})", R"({"author":{}})", R"({"title":{}})",
                                   R"({"NOT":{}})", R"({"AND":[{"author":{}}]})"}) {
        CHECK(talk.run("Post", "findMany", std::string(R"({"where":{"NOT":)") + open + "}}", R"({"id":true})") == all);
    }
    const auto without = [&](const std::string& condition) {
        return talk.run("Post", "findMany", R"({"where":{"NOT":)" + condition + "}}", R"({"id":true})");
    };
    CHECK(without(R"([{"author":{}},{"id":1}])") == without(R"({"id":1})"));
    CHECK(without(R"({"AND":[],"id":1})") == without(R"({"id":1})"));
    CHECK(without(R"({"NOT":{"OR":[]}})") == none);
}

TEST_CASE("having refers to fields of by only") {
    Rules talk;
    const char* having =
        R"({"by":["email"],"having":{"email":{"equals":{"$type":"FieldRef","value":{"_ref":"code","_container":"User"}}}}})";
    CHECK(has(talk.run("User", "groupBy", having, R"({"email":true})"), R"("code":"P2019")"));
}

TEST_CASE("a nested update without data does not look for its row") {
    Rules talk;
    const auto update = [&](const std::string& data) {
        return talk.run(
            "User", "updateOne",
            R"({"where":{"email":"ann"},"data":{"posts":{"update":{"where":{"id":3},"data":)" + data + "}}}}",
            R"({"email":true})");
    };
    CHECK(update("{}") == R"({"data":{"updateOneUser":{"email":"ann"}}})");
    CHECK(has(update(R"({"title":"x"})"), R"("code":"P2025")"));
}

TEST_CASE("set of rows of which one is not there connects none of a many-to-many relation") {
    Rules talk;
    talk.run("Tag", "createOne", R"({"data":{"label":"t","posts":{"connect":{"id":1}}}})", R"({"id":true})");
    const auto set = [&](const std::string& posts) {
        return talk.run("Tag", "updateOne", R"({"where":{"id":1},"data":{"posts":{"set":)" + posts + "}}}",
                        R"({"posts":{"selection":{"id":true},"arguments":{"orderBy":{"id":"asc"}}}})");
    };
    CHECK(has(set(R"([{"id":1},{"id":99}])"), R"("code":"P2025")"));
    CHECK(has(set(R"([{"id":2},{"id":3}])"), R"("posts":[{"id":2},{"id":3}])"));
    CHECK(has(set("[]"), R"("posts":[])"));
}

TEST_CASE("a row that is deleted can say how many rows were related to it") {
    Rules talk;
    talk.run("Tag", "createOne", R"({"data":{"label":"t","posts":{"connect":[{"id":1},{"id":2}]}}})", R"({"id":true})");
    CHECK(talk.run("Tag", "deleteOne", R"({"where":{"id":1}})",
                   R"({"label":true,"_count":{"selection":{"posts":true}}})") ==
          R"({"data":{"deleteOneTag":{"label":"t","_count":{"posts":2}}}})");
    CHECK(has(talk.run("Tag", "deleteOne", R"({"where":{"id":1}})", R"({"_count":{"selection":{"posts":true}}})"),
              R"("code":"P2025")"));
}

TEST_CASE("a row that others restrict is a violated foreign key") {
    Rules talk;
    CHECK(has(talk.run("User", "deleteMany", "{}", R"({"count":true})"), R"("code":"P2003")"));
}

TEST_CASE("what is wrong deep down is not said twice as often for every level") {
    Rules talk;
    std::string data = R"({"nothing":1})";
    for (int i = 0; i < 14; ++i) {
        data = R"({"title":"x","author":{"create":{"email":"e","posts":{"create":)" + data + "}}}}";
    }
    const std::string answer = talk.run("Post", "createOne", R"({"data":)" + data + "}", R"({"id":true})");
    CHECK(has(answer, R"("code":"P20)"));
    CHECK(answer.size() < 200'000);
}

TEST_CASE("all requests of a transaction are checked before one is run") {
    Rules talk;
    const std::string answer = talk.ask(
        R"({"batch":[{"modelName":"Post","action":"deleteOne","query":{"arguments":{"where":{"id":99}},"selection":{"id":true}}},)"
        R"({"modelName":"Post","action":"deleteOne","query":{"arguments":{},"selection":{"id":true}}}],"transaction":true})");
    CHECK(has(answer, R"("code":"P2012")"));
    CHECK(has(answer, R"("batchRequestIdx":1)"));
}

TEST_CASE("a required row that is not there is null") {
    Rules talk;
    CHECK(talk.ask(R"({"sql":"PRAGMA foreign_keys = OFF; DELETE FROM \"User\" WHERE email = 'bob'"})") ==
          R"({"ok":true})");
    CHECK(talk.run("Post", "findMany", R"({"where":{"title":"c"}})", R"({"author":true})") ==
          R"({"data":{"findManyPost":[{"author":null}]}})");
}

}  // namespace
