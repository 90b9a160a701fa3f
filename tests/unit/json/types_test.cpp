#include <string>

#include <doctest/doctest.h>

#include <lamina/value/json_document.hpp>

#include "json/conversation.hpp"
#include "json/request.hpp"
#include "json/world.hpp"

// Requests changed by chance found these (tests/scripts/request_mutations.mjs): what Prisma's query compiler says to
// them.

namespace {

using namespace lamina;

std::string verdict_of(const std::string& text) {
    static const test::World world("postgresql");
    const auto document = JsonDocument::parse(text);
    REQUIRE(document);
    const auto request = json::lower_request(json::Context(world.schema), document->root());
    return request ? "fine" : std::string(request.error().code_text()) + " " + request.error().message();
}

std::string said_to(const std::string& model, const std::string& action, const std::string& arguments,
                    const std::string& selection = R"({"id":true})") {
    return verdict_of(R"({"modelName":")" + model + R"(","action":")" + action + R"(","query":{"arguments":)" +
                      arguments + R"(,"selection":)" + selection + "}}");
}

std::string where(const std::string& condition) {
    return said_to("User", "findMany", R"({"where":)" + condition + "}");
}
std::string selecting(const std::string& selection) { return said_to("User", "findMany", "{}", selection); }

const std::string kUnion = "P2009 Unable to match input value to any allowed input type for the field. Parse errors: [";

std::string type_error(const std::string& name, const std::string& type) {
    return "Invalid argument type. `" + name + "` should be of any of the following types: `" + type + "`";
}

TEST_CASE("what is no request is P2008, whatever the schema says") {
    CHECK(selecting(R"({"id":1})").starts_with("P2008 "));
    CHECK(selecting(R"({"id":null})").starts_with("P2008 "));
    CHECK(selecting(R"({"id":{}})").starts_with("P2008 "));
    CHECK(selecting("[]").starts_with("P2008 "));
    CHECK(selecting(R"({"posts":{"selection":{"id":true},"where":{}}})").starts_with("P2008 "));
    CHECK(said_to("User", "findMany", "[]").starts_with("P2008 "));
    CHECK(verdict_of(R"({"modelName":"User","action":"findMany"})").starts_with("P2008 "));
    CHECK(verdict_of(R"({"modelName":null,"action":"findMany","query":{"selection":{"id":true}}})") ==
          "P2009 Operation 'findMany' for model 'None' does not match any query.");
}

TEST_CASE("a tagged value must be what its tag says") {
    for (const char* const value :
         {R"({"$type":"DateTime","value":"2020-01-01"})", R"({"$type":"BigInt","value":5})",
          R"({"$type":"BigInt","value":"99999999999999999999"})", R"({"$type":"Decimal","value":"x"})",
          R"({"$type":"Bytes","value":"aGk"})", R"({"$type":"Enum"})", R"({"$type":"FieldRef","value":"id"})",
          R"({"$type":"Param","value":"x"})"}) {
        CHECK(where(std::string(R"({"name":)") + value + "}").starts_with("P2008 "));
        // Wherever it stands.
        CHECK(said_to("User", "findMany", std::string(R"({"nope":)") + value + "}").starts_with("P2008 "));
    }
    CHECK(where(R"({"id":{"$type":"Param","value":{"name":"a","type":"Int"}}})").starts_with("P2026 "));
    // A tag that nobody knows is a member like any other.
    CHECK(where(R"({"id":{"$type":"Nope","value":"1"}})") ==
          kUnion + "`findManyUser.where.id.$type`: Field does not exist in enclosing type., " +
              type_error("id", "Int") + "]");
}

TEST_CASE("a value's tag decides of which types it can be") {
    CHECK(where(R"({"id":{"$type":"Decimal","value":"1.5"}})") == "fine");
    CHECK(where(R"({"id":{"$type":"BigInt","value":"1"}})") ==
          kUnion + type_error("id", "IntFilter") + ", " + type_error("id", "Int") + "]");
    CHECK(where(R"({"big":1.5})") == kUnion + type_error("big", "BigIntNullableFilter") + ", " +
                                         type_error("big", "BigInt") + ", " + type_error("big", "Null") + "]");
    CHECK(where(R"({"big":"+1"})") == "fine");
    CHECK(where(R"({"big":"99999999999999999999"})").find("number too large to fit in target type") !=
          std::string::npos);
    CHECK(where(R"({"raw":"aGk"})").find("is not a valid `base64 String`") != std::string::npos);
    CHECK(where(R"({"raw":"a_8="})").find("is not a valid `base64 String`") != std::string::npos);
    const auto reference = [](const std::string& inside) {
        return where(R"({"id":{"gt":{"$type":"FieldRef","value":)" + inside + "}}}");
    };
    CHECK(reference(R"({"_ref":"id","_container":"User","x":1})").starts_with("P2009 "));
    CHECK(reference(R"({"_ref":"id","_container":"Nope"})") ==
          "P2019 Input error. Model or composite type Nope used for field ref id does not exist.");
    CHECK(reference(R"({"_ref":"posts","_container":"User"})") ==
          "P2019 Input error. Expected a referenced scalar field User.posts but found a relation field.");
    CHECK(where(R"({"active":"true"})").find("`BoolNullableFilter`") != std::string::npos);
    CHECK(where(R"({"role":true})").find("`true` is not a valid `Role`") != std::string::npos);
}

TEST_CASE("moments are those of RFC 3339") {
    const auto at = [](const std::string& text) { return where(R"({"at":")" + text + R"("})"); };
    CHECK(at("2020-01-01T00:00:00Z") == "fine");
    CHECK(at("2020-01-01 00:00:00.5+02:00") == "fine");
    CHECK(at("2020-01-01T00:00Z").find("input contains invalid characters") != std::string::npos);
    CHECK(at("2020-01-01T00:00:00").find("premature end of input") != std::string::npos);
    CHECK(at("2020-01-01T00:00:00+0200").find("input contains invalid characters") != std::string::npos);
    CHECK(at("2020-01-01T00:00:00Zx").find("trailing input") != std::string::npos);
    CHECK(at("2020-02-30T00:00:00Z").find("input is out of range") != std::string::npos);
}

TEST_CASE("the last of two members of one name counts") {
    CHECK(where(R"({"id":"x","id":1})") == "fine");
    CHECK(where(R"({"id":1,"id":"x"})").starts_with(kUnion));
    CHECK(said_to("Post", "createOne", R"({"data":{"title":1,"title":"x","authorId":1}})") == "fine");
    CHECK(selecting(R"({"id":true,"id":true})") == "fine");
}

TEST_CASE("selections are of what there is") {
    CHECK(selecting(R"({"id":true,"$scalars":false})") == "P2009 Field '$scalars' not found in enclosing type 'User'");
    CHECK(selecting(R"({"id":true,"$composites":{"selection":{}}})") ==
          "P2009 Field '$composites' not found in enclosing type 'User'");
    CHECK(selecting(R"({"id":{"arguments":{"take":1},"selection":{}}})") ==
          "P2009 Argument does not exist in enclosing type");
    CHECK(selecting(R"({"id":{"selection":{}}})") == "fine");
    CHECK(selecting(R"({"id":false,"nope":false})") == "P2009 Expected a minimum of 1 field to be present, got 0");
    for (const char* const nothing :
         {R"({"$scalars":true,"count":false})", R"({"$scalars":false})", R"({"$composites":true})"})
        CHECK(said_to("Tag", "deleteMany", "{}", nothing) ==
              "P2009 Expected a minimum of 1 field to be present, got 0");
    CHECK(said_to("Tag", "findMany", "{}", R"({"$scalars":true,"id":false,"label":false})") ==
          "P2009 Expected a minimum of 1 field to be present, got 0");
    CHECK(said_to("Tag", "findMany", "{}", R"({"$scalars":true,"id":false})") == "fine");
    CHECK(said_to("Tag", "groupBy", R"({"by":["id"]})", R"({"$scalars":true,"id":false,"label":false})") ==
          "P2009 Expected a minimum of 1 field to be present, got 0");
    CHECK(selecting(R"({"_count":{"selection":{"posts":{"selection":{"id":true}}}}})") ==
          "P2009 Cannot select over scalar field 'posts'");
    CHECK(selecting(R"({"_count":{"arguments":{"a":1},"selection":{"posts":true}}})") ==
          "P2009 Argument does not exist in enclosing type");
    CHECK(said_to("Tag", "createMany", R"({"data":[]})", "{}") ==
          "P2009 Expected a minimum of 1 field to be present, got 0");
    CHECK(said_to("User", "createManyAndReturn", R"({"data":[]})", R"({"id":true,"posts":false})") ==
          "P2009 Field 'posts' not found in enclosing type 'CreateManyUserAndReturnOutputType'");
    CHECK(said_to("User", "aggregate", "{}", R"({"$scalars":true,"_count":true})") == "fine");
    CHECK(said_to("Tag", "groupBy", R"({"by":["id"]})", R"({"$scalars":true})") ==
          "P2019 Input error. Every selected scalar field that is not part of an aggregation must be included in the "
          "by-arguments of the query. Missing fields: label");
    // It is looked at before what the values mean.
    CHECK(said_to("User", "findMany",
                  R"({"where":{"id":{"equals":{"$type":"FieldRef","value":{"_ref":"email","_container":"User"}}}}})",
                  R"({"nope":true})") == "P2009 Field 'nope' not found in enclosing type 'User'");
}

TEST_CASE("each type that a value may have says what is wrong with it") {
    CHECK(said_to("Post", "createOne", R"({"data":{"title":"x","author":{"create":{"id":1}}}})") ==
          kUnion +
              "Unable to match input value to any allowed input type for the field. Parse errors: "
              "[`data.author.create.email`: "
              "A value is required but not set, `data.author.create.email`: A value is required but not set], "
              "`data.authorId`: A value is required but not set]");
    CHECK(said_to("User", "updateOne", R"({"where":{"id":1},"data":{"posts":{"updateMany":{"where":{},"data":5}}}})")
              .find(type_error("data", "PostUncheckedUpdateManyWithoutAuthorInput")) != std::string::npos);
    CHECK(said_to("Tag", "updateOne", R"({"where":{"id":1},"data":{"posts":{"connect":5}}})")
              .find(type_error("connect", "PostWhereUniqueInput[]")) != std::string::npos);
    CHECK(said_to("User", "createMany", R"({"data":null})") ==
          kUnion + "`data`: A value is required but not set, `data`: A value is required but not set]");
    CHECK(said_to("User", "findMany", R"({"orderBy":{"posts":{"id":"asc"}}})").find("orderBy.posts.id") !=
          std::string::npos);
    CHECK(said_to("Tag", "groupBy", R"({"by":["id"],"orderBy":{"_sum":{"label":"asc"}}})").starts_with("P2009 "));
}

TEST_CASE("deep unions end") {
    std::string data = R"({"nothing":1})";
    for (int i = 0; i < 40; ++i) data = R"({"title":"x","author":{"create":{"posts":{"create":)" + data + "}}}}";
    CHECK(said_to("Post", "createOne", R"({"data":)" + data + "}").starts_with("P20"));
}

TEST_CASE("tagged values in documents become what JSON has for them") {
    test::Conversation talk;
    const auto stored = [&](const std::string& document) {
        talk.run("User", "upsertOne",
                 R"({"where":{"email":"a"},"create":{"email":"a","data":)" + document + R"(},"update":{"data":)" +
                     document + "}}",
                 R"({"id":true})");
        return talk.run("User", "findMany", "{}", R"({"data":true})");
    };
    const std::string answer = stored(
        R"({"a":{"$type":"DateTime","value":"2020-01-01T02:00:00+02:00"},"b":{"$type":"BigInt","value":"5"},"c":{"$type":"Decimal","value":"1.50"},"d":{"$type":"Nope","value":[1]}})");
    const auto has = [&](const char* text) { return answer.find(text) != std::string::npos; };
    CHECK(has(R"(2020-01-01T00:00:00.000Z)"));
    CHECK(has(R"(\"b\":\"5\")"));
    CHECK(has(R"(\"c\":1.5)"));
    CHECK(has(R"(\"$type\":\"Nope\")"));
    CHECK(where(R"({"data":{"equals":[{"$type":"Enum","value":"DbNull"}]}})").starts_with("P2009 "));
    CHECK(where(R"({"data":{"equals":null}})") == "fine");
}

TEST_CASE("numbers beyond an Int can be asked for") {
    test::Conversation talk;
    CHECK(talk.run("User", "findUnique", R"({"where":{"id":3000000000}})", R"({"id":true})") ==
          R"({"data":{"findUniqueUser":null}})");
    CHECK(talk.run("User", "findMany", R"({"where":{"id":{"in":[1,3000000000]}}})", R"({"id":true})") ==
          R"({"data":{"findManyUser":[]}})");
}

}  // namespace
