#include <string>

#include <doctest/doctest.h>

#include "json/conversation.hpp"

namespace {

using lamina::test::Conversation;

TEST_CASE("rows come as objects in the order of the selection") {
    Conversation talk;
    CHECK(
        talk.run(
            "User", "createOne", R"({"data":{"email":"a","posts":{"create":[{"title":"x"},{"title":"y"}]}}})",
            R"({"id":true,"posts":{"selection":{"title":true},"arguments":{"orderBy":{"title":"desc"}}},"email":true})") ==
        R"({"data":{"createOneUser":{"id":1,"posts":[{"title":"y"},{"title":"x"}],"email":"a"}}})");
    CHECK(
        talk.run("Post", "findMany", R"({"where":{"author":{"is":{"email":"a"}}},"orderBy":{"id":"asc"},"take":1})",
                 R"({"id":true,"author":{"selection":{"$scalars":true,"data":false,"at":false,"raw":false}}})") ==
        R"({"data":{"findManyPost":[{"id":1,"author":{"id":1,"email":"a","code":"","name":null,"role":"MENTOR","big":null,"rate":null,"score":null,"active":null}}]}})");
    CHECK(talk.run("User", "findUnique", R"({"where":{"id":7}})", R"({"id":true})") ==
          R"({"data":{"findUniqueUser":null}})");
    CHECK(talk.run("Post", "deleteMany", "{}", R"({"count":true})") == R"({"data":{"deleteManyPost":{"count":2}}})");
}

TEST_CASE("values that JSON lacks are tagged, or plain") {
    const std::string data =
        R"({"data":{"email":"a","big":"9007199254740993","rate":"1.50","at":"2024-02-29T12:34:56.789Z","raw":"AQID","data":{"$type":"Json","value":"{\"a\":[1.0]}"},"score":1.5,"role":"GUEST"}})";
    const std::string selection =
        R"({"big":true,"rate":true,"at":true,"raw":true,"data":true,"score":true,"role":true})";
    CHECK(
        Conversation(false).run("User", "createOne", data, selection) ==
        R"({"data":{"createOneUser":{"big":{"$type":"BigInt","value":"9007199254740993"},"rate":{"$type":"Decimal","value":"1.5"},"at":{"$type":"DateTime","value":"2024-02-29T12:34:56.789Z"},"raw":{"$type":"Bytes","value":"AQID"},"data":{"$type":"Json","value":"{\"a\":[1.0]}"},"score":1.5,"role":"GUEST"}}})");
    CHECK(
        Conversation().run("User", "createOne", data, selection) ==
        R"({"data":{"createOneUser":{"big":"9007199254740993","rate":"1.5","at":"2024-02-29T12:34:56.789Z","raw":"AQID","data":"{\"a\":[1.0]}","score":1.5,"role":"GUEST"}}})");
}

TEST_CASE("raw queries tell the types of their columns") {
    Conversation talk;
    const auto ask = [&talk](const std::string& sql) {
        return talk.ask(R"({"action":"queryRaw","query":{"arguments":{"query":")" + sql +
                        R"(","parameters":"[]"},"selection":{}}})");
    };
    REQUIRE(talk.ask(R"_({"sql":"CREATE TABLE t (i INTEGER, b BIGINT, d DATETIME)"})_") == R"({"ok":true})");
    CHECK(ask("SELECT * FROM t") ==
          R"({"data":{"queryRaw":{"columns":["i","b","d"],"types":["int","bigint","datetime"],"rows":[]}}})");
    REQUIRE(talk.ask(R"_({"sql":"INSERT INTO t VALUES (1, 2, '2020-01-02T03:04:05Z')"})_") == R"({"ok":true})");
    CHECK(
        ask("SELECT *, i + 1 AS n, 1.5 AS f FROM t") ==
        R"({"data":{"queryRaw":{"columns":["i","b","d","n","f"],"types":["int","bigint","datetime","bigint","double"],"rows":[[1,"2","2020-01-02T03:04:05.000+00:00","2",1.5]]}}})");
}

TEST_CASE("a batch in a transaction is all or nothing") {
    Conversation talk;
    const std::string create =
        R"({"modelName":"User","action":"createOne","query":{"arguments":{"data":{"email":"a"}},"selection":{"id":true}}})";
    const std::string failed = talk.ask(R"({"batch":[)" + create + "," + create + R"(],"transaction":true})");
    CHECK(failed.find(R"("code":"P2002")") != std::string::npos);
    CHECK(failed.find(R"("batchRequestIdx":1)") != std::string::npos);
    CHECK(talk.run("User", "findMany", "{}", R"({"email":true})") == R"({"data":{"findManyUser":[]}})");
    const std::string single = talk.ask(R"({"batch":[)" + create + "," + create + R"(]})");
    CHECK(single.starts_with(R"({"batchResult":[{"data":{"createOneUser":{"id":)"));
    CHECK(single.find(R"({"errors":[{"code":"P2002")") != std::string::npos);
}

TEST_CASE("reads of one row side by side in a batch are one statement") {
    Conversation talk;
    for (const char* email : {"a", "b", "c"})
        talk.run("User", "createOne", R"({"data":{"email":")" + std::string(email) + "\"}}", R"({"id":true})");
    const auto unique = [](const std::string& where, const std::string& selection) {
        return R"({"modelName":"User","action":"findUnique","query":{"arguments":{"where":)" + where +
               R"(},"selection":)" + selection + "}}";
    };
    const std::string name = R"({"name":true,"email":true})";
    const auto batch = [&](const std::string& requests, const std::string& options) {
        talk.counter.statements = 0;
        return talk.ask(R"({"batch":[)" + requests + "]" + options + "}");
    };
    const std::string four = unique(R"({"id":3})", name) + "," + unique(R"({"id":9})", name) + "," +
                             unique(R"({"id":1})", name) + "," + unique(R"({"id":3})", name);
    const std::string answer =
        R"({"batchResult":[{"data":{"findUniqueUser":{"name":null,"email":"c"}}},{"data":{"findUniqueUser":null}},)"
        R"({"data":{"findUniqueUser":{"name":null,"email":"a"}}},{"data":{"findUniqueUser":{"name":null,"email":"c"}}}]})";
    CHECK(batch(four, "") == answer);
    CHECK(talk.counter.statements == 1);
    CHECK(batch(four, R"(,"transaction":true)") == answer);
    CHECK(talk.counter.statements == 1);
    // By a compound key; nobody has the second one.
    const auto both = [&](const std::string& email, const std::string& code) {
        return unique(R"({"email_code":{"email":")" + email + R"(","code":")" + code + R"("}})", name);
    };
    CHECK(batch(both("b", "") + "," + both("b", "x") + "," + both("a", ""), "") ==
          R"({"batchResult":[{"data":{"findUniqueUser":{"name":null,"email":"b"}}},{"data":{"findUniqueUser":null}},)"
          R"({"data":{"findUniqueUser":{"name":null,"email":"a"}}}]})");
    CHECK(talk.counter.statements == 1);
    // By another key, with another selection, with more than the key, behind a write: each by itself.
    const std::string different =
        unique(R"({"id":1})", R"({"email":true})") + "," + unique(R"({"email":"b"})", R"({"email":true})") + "," +
        unique(R"({"id":3})", R"({"id":true})") + "," + unique(R"({"id":2,"name":"x"})", R"({"id":true})") + "," +
        R"({"modelName":"User","action":"deleteOne","query":{"arguments":{"where":{"id":2}},"selection":{"id":true}}},)" +
        unique(R"({"id":2})", R"({"id":true})");
    CHECK(batch(different, "") ==
          R"({"batchResult":[{"data":{"findUniqueUser":{"email":"a"}}},{"data":{"findUniqueUser":{"email":"b"}}},)"
          R"({"data":{"findUniqueUser":{"id":3}}},{"data":{"findUniqueUser":null}},)"
          R"({"data":{"deleteOneUser":{"id":2}}},{"data":{"findUniqueUser":null}}]})");
    CHECK(talk.counter.statements == 6);
    // One that is wrong does not harm the others.
    const std::string wrong = unique(R"({"id":1})", R"({"id":true})") + "," +
                              unique(R"({"id":"x"})", R"({"id":true})") + "," + unique(R"({"id":3})", R"({"id":true})");
    const std::string mixed = batch(wrong, "");
    CHECK(mixed.starts_with(R"({"batchResult":[{"data":{"findUniqueUser":{"id":1}}},{"errors":[)"));
    CHECK(mixed.ends_with(R"({"data":{"findUniqueUser":{"id":3}}}]})"));
}

TEST_CASE("a sum of Ints is a number beyond 32 bits") {
    Conversation talk;
    for (const char* id : {"2147483647", "2147483646"}) {
        talk.run("User", "createOne", R"({"data":{"email":"a)" + std::string(id) + R"(","id":)" + id + "}}",
                 R"({"id":true})");
    }
    CHECK(talk.run("User", "aggregate", "{}", R"({"_sum":{"selection":{"id":true}}})") ==
          R"({"data":{"aggregateUser":{"_sum":{"id":4294967293}}}})");
}

TEST_CASE("an interactive transaction ends once") {
    Conversation talk;
    CHECK(talk.ask(R"({"op":"tx_start","tx":"t1"})") == R"({"ok":true})");
    CHECK(talk.run("User", "createOne", R"({"data":{"email":"a"}})", R"({"email":true})", R"(,"tx":"t1")") ==
          R"({"data":{"createOneUser":{"email":"a"}}})");
    CHECK(talk.ask(R"({"op":"tx_rollback","tx":"t1"})") == R"({"ok":true})");
    CHECK(talk.ask(R"({"op":"tx_commit","tx":"t1"})")
              .find("A commit cannot be executed on a transaction that was rolled back") != std::string::npos);
    CHECK(talk.run("User", "findMany", "{}", R"({"email":true})") == R"({"data":{"findManyUser":[]}})");
    CHECK(talk.ask(R"({"op":"tx_start","tx":"t2","timeout":1})") == R"({"ok":true})");
    CHECK(talk.ask(R"({"sleep":20})") == R"({"ok":true})");
    CHECK(talk.ask(R"({"op":"tx_commit","tx":"t2"})").find("A commit cannot be executed on an expired transaction") !=
          std::string::npos);
    CHECK(talk.ask(R"({"op":"tx_start","tx":"t3","isolationLevel":"serializable"})")
              .find("Invalid isolation level `serializable`") != std::string::npos);
}

TEST_CASE("lines that are no requests get an error") {
    Conversation talk;
    for (const char* line :
         {"", "nonsense", "[]", "17", "{}", R"({"op":1})", R"({"op":"x"})", R"({"batch":1})", R"({"sleep":-1})",
          R"({"modelName":1,"action":2})", R"({"action":"findMany","query":[]})",
          R"({"modelName":"User","action":"findMany","query":{}})", "\xff\xfe", R"({"sql":"nonsense"})"}) {
        CHECK_MESSAGE(talk.ask(line).starts_with(R"({"errors":[{"code":")"), line);
    }
}

}  // namespace
