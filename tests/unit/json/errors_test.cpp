#include <string>

#include <doctest/doctest.h>

#include <lamina/value/json_document.hpp>

#include "json/request.hpp"
#include "json/world.hpp"

// What Prisma's engine says to wrong requests (asked of its query compiler), without a database.

namespace {

using namespace lamina;

/// The code and message of the error that a request gives, or "fine".
std::string verdict(const std::string& model, const std::string& action, const std::string& arguments,
                    const std::string& selection = R"({"id":true})") {
    static const test::World world("postgresql");
    const std::string text = R"({"modelName":")" + model + R"(","action":")" + action + R"(","query":{"arguments":)" +
                             arguments + R"(,"selection":)" + selection + "}}";
    const auto document = JsonDocument::parse(text);
    REQUIRE(document);
    const auto request = json::lower_request(json::Context(world.schema), document->root());
    return request ? "fine" : std::string(request.error().code_text()) + " " + request.error().message();
}

TEST_CASE("selections are checked against the model") {
    CHECK(verdict("User", "findMany", "{}") == "fine");
    CHECK(verdict("User", "findMany", "{}", R"({"nope":true})") ==
          "P2009 Field 'nope' not found in enclosing type 'User'");
    CHECK(verdict("User", "findMany", "{}", "{}") == "P2009 Expected a minimum of 1 field to be present, got 0");
    CHECK(verdict("User", "findMany", "{}", R"({"id":{"selection":{"x":true}}})") ==
          "P2009 Cannot select over scalar field 'id'");
    CHECK(verdict("Nope", "findMany", "{}") == "P2009 Operation 'findMany' for model 'Nope' does not match any query.");
}

TEST_CASE("a filter's mistake is told with its place") {
    CHECK(verdict("User", "findMany", R"({"nope":1})") == "P2009 Argument does not exist in enclosing type");
    CHECK(verdict("User", "findMany", R"({"where":{"nope":1}})") ==
          "P2009 `findManyUser.where.nope`: Field does not exist in enclosing type.");
    CHECK(verdict("User", "findMany", R"({"where":{"id":"x"}})") ==
          "P2009 Unable to match input value to any allowed input type for the field. Parse errors: [Invalid argument "
          "type. `id` should be of any of the following types: `IntFilter`, Invalid argument type. `id` should be of "
          "any of the following types: `Int`]");
    CHECK(
        verdict("User", "findMany", R"({"where":{"id":{"foo":1}}})") ==
        "P2009 Unable to match input value to any allowed input type for the field. Parse errors: "
        "[`findManyUser.where.id.foo`: Field does not exist in enclosing type., Invalid argument type. `id` should be "
        "of any of the following types: `Int`]");
    CHECK(
        verdict("User", "findMany", R"({"where":{"role":"X"}})") ==
        "P2009 Unable to match input value to any allowed input type for the field. Parse errors: [Invalid argument "
        "type. `role` should be of any of the following types: `EnumRoleFilter`, Invalid argument value. `X` is not a "
        "valid `Role`]");
    CHECK(verdict("User", "findMany", R"({"where":{"posts":{"some":null}}})") ==
          "P2012 `where.posts.some`: A value is required but not set");
    CHECK(verdict("User", "findMany", R"({"where":{"posts":{"foo":{}}}})") ==
          "P2009 `findManyUser.where.posts.foo`: Field does not exist in enclosing type.");
    CHECK(verdict("User", "findMany", R"({"where":{"data":"x"}})") ==
          "P2009 Invalid argument type. `data` should be of any of the following types: `JsonNullableFilter`");
    CHECK(verdict("User", "findMany", R"({"where":{"data":null}})") ==
          "P2012 `where.data`: A value is required but not set");
    CHECK(verdict("User", "findMany", R"({"where":{"data":{"path":["a"]}}})") ==
          "P2019 Input error. A JSON path cannot be set without a scalar filter.");
}

TEST_CASE("field references must fit") {
    const auto reference = [](const std::string& field, const std::string& container) {
        return R"({"where":{"id":{"gt":{"$type":"FieldRef","value":{"_ref":")" + field + R"(","_container":")" +
               container + R"("}}}}})";
    };
    CHECK(verdict("User", "findMany", reference("id", "User")) == "fine");
    CHECK(verdict("User", "findMany", reference("email", "User")) ==
          "P2019 Input error. Expected a referenced scalar field of type Int but found User.email of type String.");
    CHECK(verdict("User", "findMany", reference("id", "Post")) ==
          "P2019 Input error. Expected a referenced scalar field of model User, but found a field of model Post.");
}

TEST_CASE("a unique filter needs a key") {
    CHECK(verdict("User", "findUnique", "{}") == "P2012 `where`: A value is required but not set");
    CHECK(verdict("User", "findUnique", R"({"where":{"name":"x"}})") ==
          "P2009 Some fields are missing: Expected a minimum of 1 fields of (id, email, email_code) to be present, got "
          "0.");
    CHECK(verdict("User", "findUnique", R"({"where":{"id":null}})") ==
          "P2012 `where.id`: A value is required but not set");
    CHECK(verdict("User", "findUnique", R"({"where":{"email_code":{"email":"a","code":"b"}}})") == "fine");
    CHECK(verdict("User", "findUnique", R"({"where":{"email_code":{"email":"a"}}})") ==
          "P2012 `where.email_code.code`: A value is required but not set");
}

TEST_CASE("data must be complete and written one way") {
    CHECK(verdict("User", "createOne", R"({"data":{"email":"a"}})") == "fine");
    CHECK(verdict("User", "createOne", R"({"data":{}})") ==
          "P2009 Unable to match input value to any allowed input type for the field. Parse errors: [`data.email`: A "
          "value is required but not set, `data.email`: A value is required but not set]");
    CHECK(verdict("Post", "createOne", R"({"data":{"title":"x"}})") ==
          "P2009 Unable to match input value to any allowed input type for the field. Parse errors: [`data.author`: A "
          "value is required but not set, `data.authorId`: A value is required but not set]");
    CHECK(verdict("Post", "createOne", R"({"data":{"title":"x","authorId":1,"author":{"connect":{"id":1}}}})") ==
          "P2009 Unable to match input value to any allowed input type for the field. Parse errors: "
          "[`createOnePost.data.authorId`: Field does not exist in enclosing type., `createOnePost.data.author`: Field "
          "does not exist in enclosing type.]");
    CHECK(verdict("User", "updateMany", R"({"data":{},"limit":-2})", R"({"count":true})") ==
          "P2019 Input error. Provided limit (-2) must be a positive integer.");
    CHECK(verdict("User", "createOne", R"({"data":{"email":"x","data":{"$type":"Enum","value":"AnyNull"}}})")
              .find("`AnyNull` is not a valid `NullableJsonNullValueInput`") != std::string::npos);
}

TEST_CASE("groups hold what is selected and ordered by") {
    CHECK(verdict("User", "groupBy", R"({"by":["email"]})", R"({"email":true})") == "fine");
    CHECK(verdict("User", "groupBy", R"({"by":[]})", R"({"email":true})") ==
          "P2019 Input error. At least one selection is required for the `by` argument.");
    CHECK(verdict("User", "groupBy", R"({"by":["email"]})", R"({"name":true})") ==
          "P2019 Input error. Every selected scalar field that is not part of an aggregation must be included in the "
          "by-arguments of the query. Missing fields: name");
    CHECK(verdict("User", "groupBy", R"({"by":["email"],"orderBy":{"id":"asc"}})", R"({"email":true})") ==
          "P2019 Input error. Every field used for orderBy must be included in the by-arguments of the query. Missing "
          "fields: id");
    CHECK(verdict("User", "groupBy", R"({"by":["email"],"take":1})", R"({"email":true})") ==
          "P2019 Input error. Every field used for orderBy must be included in the by-arguments of the query. Missing "
          "fields: id");
    CHECK(verdict("User", "findFirst", R"({"take":5})") ==
          "P2019 Input error. The 'findFirst' operation cannot be used with a 'take' argument that isn't 1 or -1");
}

TEST_CASE("what nests without end is refused") {
    std::string where = R"({"id":1})";
    for (int i = 0; i < 240; ++i) where = R"({"NOT":)" + where + "}";
    CHECK(verdict("User", "findMany", R"({"where":)" + where + "}").find("nested too deeply") != std::string::npos);
}

}  // namespace
