#include "generators/serve.hpp"

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace lamina::generators;
using lamina::support::Outcome;
using lamina::support::Problem;
using Json = nlohmann::ordered_json;

struct Served {
    std::vector<Json> answers;
    std::vector<Request> requests;
};

Served serve_lines(const std::string& lines, const std::string& problem = "") {
    Served served;
    std::istringstream in{lines};
    std::ostringstream out;
    serve(in, out, {.pretty_name = "Name", .version = "1.0", .default_output = "./generated"},
          [&served, &problem](const Request& request) -> Outcome<> {
              served.requests.push_back(request);
              if (problem.empty()) return {};
              return Problem{problem};
          });
    std::istringstream answers{out.str()};
    for (std::string line; std::getline(answers, line);) served.answers.push_back(Json::parse(line));
    return served;
}

constexpr const char* kGenerate =
    R"({"jsonrpc":"2.0","method":"generate","params":{"generator":{"name":"c","output":{"fromEnvVar":null,"value":"/out"},)"
    R"("config":{"namespace":"shop"}},"schemaPath":"/schema.prisma","datamodel":"model A {}","dmmf":{"huge":[{},[1]]}},"id":4})"
    "\n";

}  // namespace

TEST_CASE("the manifest is told") {
    const Served served = serve_lines("{\"jsonrpc\":\"2.0\",\"method\":\"getManifest\",\"params\":{},\"id\":1}\r\n\n");
    REQUIRE(served.answers.size() == 1);
    CHECK(
        served.answers[0].dump() ==
        R"({"jsonrpc":"2.0","result":{"manifest":{"prettyName":"Name","version":"1.0","defaultOutput":"./generated"}},"id":1})");
}

TEST_CASE("a request to generate is passed on and answered") {
    const Served served = serve_lines(kGenerate);
    REQUIRE(served.requests.size() == 1);
    CHECK(served.requests[0].schema_path == "/schema.prisma");
    CHECK(served.requests[0].schema_text == "model A {}");
    CHECK(served.requests[0].output == "/out");
    CHECK(served.requests[0].name_space == "shop");
    CHECK(served.answers.at(0).dump() == R"({"jsonrpc":"2.0","result":null,"id":4})");
}

TEST_CASE("what goes wrong is the answer's error") {
    const Served served = serve_lines(kGenerate, "no room \xff left");
    REQUIRE(served.answers.size() == 1);
    CHECK(served.answers[0]["error"]["code"] == -32000);
    CHECK(served.answers[0]["error"]["message"].get<std::string>().starts_with("no room "));
    CHECK(served.answers[0]["id"] == 4);
}

TEST_CASE("bad requests are answered with an error and the next is served") {
    const Served served = serve_lines(
        "garbage\n[]\n7\n{\"id\":2}\n{\"method\":\"dance\",\"id\":3}\n{\"method\":\"generate\",\"id\":5}\n"
        "{\"method\":\"generate\",\"params\":{\"schemaPath\":7,\"generator\":[]},\"id\":6}\n"
        "{\"method\":\"generate\",\"params\":{\"schemaPath\":\"x\",\"generator\":{\"output\":null}},\"id\":7}\n"
        "{\"method\":\"getManifest\",\"id\":8}");
    REQUIRE(served.answers.size() == 9);
    const int codes[] = {-32700, -32600, -32600, -32600, -32601, -32000, -32000, -32000};
    for (std::size_t i = 0; i < 8; ++i) CHECK(served.answers[i]["error"]["code"] == codes[i]);
    CHECK(served.answers[0]["id"].is_null());
    CHECK(served.answers[4]["id"] == 3);
    CHECK(served.answers[8].contains("result"));
    CHECK(served.requests.empty());
}

TEST_CASE("deep nesting is read without recursion") {
    const std::string deep = "{\"method\":\"generate\",\"params\":{\"x\":" + std::string(200000, '[') +
                             std::string(200000, ']') + "},\"id\":1}\n";
    CHECK(serve_lines(deep).answers.at(0)["error"]["code"] == -32000);
}
