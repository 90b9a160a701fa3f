#include "generators/run.hpp"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "generators/interrupts.hpp"
#include "support.hpp"

namespace {

using namespace lamina;
using namespace lamina::generators;
using generators::test::fake_generator;
using generators::test::World;
using Json = nlohmann::ordered_json;

support::Outcome<Ran> run_in(const World& world, std::vector<std::string>* log = nullptr, std::size_t n = 0) {
    const Interrupts interrupts;
    RunOptions options{.limit = std::chrono::seconds{60}, .log = {}};
    options.log = [log](std::string_view line) {
        if (log != nullptr) log->emplace_back(line);
    };
    return generators::run(world.origin, world.generator(n), options);
}

/// The problem of a generator whose program is this script.
std::string problem_of(std::string_view script, std::chrono::milliseconds limit = std::chrono::seconds{60}) {
    const World world{"generator g {\n  provider = \"./generator\"\n  output = \"out\"\n}\n"};
    world.folder.write("generator", "#!/bin/sh\n" + std::string{script} + "\n");
    const Interrupts interrupts;
    const auto ran = generators::run(world.origin, world.generator(), {.limit = limit, .log = {}});
    return ran ? "it ran" : ran.error().message;
}

}  // namespace

TEST_CASE("a generator is asked as Prisma asks it") {
    const World world{
        "generator fake {\n  provider = \"./generator\"\n  output = \"../out\"\n  binaryTargets = [\"native\", \"x\"]\n"
        "  previewFeatures = [\"views\", \"relationJoins\"]\n  text = \"a\"\n  list = [\"b\", \"c\"]\n  number = 3\n"
        "  variable = env(\"NOT_LOOKED_UP\")\n}\n"
        "generator other {\n  provider = \"prisma-client-js\"\n}\n"};
    world.folder.write("generator", fake_generator(R"({"prettyName":"Fake","version":"1.2","defaultOutput":"x"})"));
    const auto ran = run_in(world);
    REQUIRE(ran.has_value());
    CHECK(ran->pretty_name == "Fake");
    CHECK(ran->version == "1.2");
    const std::string out = world.folder.path().substr(0, world.folder.path().rfind('/')) + "/out";
    CHECK(ran->output == out);

    const Json request = Json::parse(world.folder.read("request.json"));
    CHECK(request["jsonrpc"] == "2.0");
    CHECK(request["method"] == "generate");
    const Json& options = request["params"];
    Json config = Json::parse(R"({"name":"fake","provider":{"fromEnvVar":null,"value":"./generator"},
        "output":{"fromEnvVar":null,"value":null},
        "config":{"text":"a","list":["b","c"],"number":"3","variable":"NOT_LOOKED_UP"},
        "binaryTargets":[{"fromEnvVar":null,"value":"native"},{"fromEnvVar":null,"value":"x"}],
        "previewFeatures":["relationJoins","views"],"sourceFilePath":"","isCustomOutput":true})");
    config["output"]["value"] = out;
    config["sourceFilePath"] = world.folder.path("schema.prisma");
    CHECK(options["generator"] == config);
    CHECK(options["otherGenerators"].size() == 1);
    CHECK(options["otherGenerators"][0]["name"] == "other");
    CHECK(options["otherGenerators"][0]["output"].is_null());
    CHECK(options["schemaPath"] == world.folder.path("schema.prisma"));
    CHECK(options["datamodel"] == std::string{world.sources.text(support::SourceMap::at(0))});
    CHECK(options["dmmf"]["datamodel"]["models"][0]["name"] == "A");
    CHECK(options["version"].is_string());
    CHECK(options["binaryPaths"] == Json::object());
    const Json& datasource = options["datasources"][0];
    CHECK(datasource["name"] == "db");
    CHECK(datasource["provider"] == "postgres");
    CHECK(datasource["activeProvider"] == "postgresql");
    CHECK(datasource["schemas"] == Json{"a", "b"});
    CHECK(datasource["url"]["fromEnvVar"] == "DATABASE_URL");
    CHECK(datasource["url"]["value"].is_null());
}

TEST_CASE("without an output the manifest's is taken") {
    const World world{"generator fake {\n  provider = \"./generator\"\n}\n"};
    world.folder.write("generator", fake_generator(R"({"defaultOutput":"./made"})"));
    const auto ran = run_in(world);
    REQUIRE(ran.has_value());
    CHECK(ran->pretty_name == "./generator");
    CHECK(ran->output == world.folder.path("made"));
    CHECK(!Json::parse(world.folder.read("request.json"))["params"]["generator"].contains("isCustomOutput"));

    world.folder.write("generator", fake_generator(R"({"defaultOutput":"node_modules/.made"})"));
    world.folder.write("package.json", "{}");
    CHECK(run_in(world)->output == world.folder.path("node_modules/.made"));

    world.folder.write("generator", fake_generator("{}"));
    CHECK(run_in(world).error().message.find("write `output`") != std::string::npos);
}

TEST_CASE("a command is found in node_modules/.bin, and knows that Prisma's protocol is meant") {
    const World world{"generator fake {\n  provider = \"some-generator\"\n  output = \"out\"\n}\n"};
    world.folder.write("node_modules/.bin/some-generator",
                       fake_generator("{}", "     echo \"$PRISMA_GENERATOR_INVOCATION $0\" >seen"));
    REQUIRE(run_in(world).has_value());
    CHECK(world.folder.read("node_modules/.bin/seen") ==
          "true " + world.folder.path("node_modules/.bin/some-generator") + "\n");
}

TEST_CASE("a provider may be a command with arguments, or stand in the environment or .env") {
    World world{
        "generator fake {\n  provider = env(\"LAMINA_TEST_PROVIDER\")\n  output = env(\"LAMINA_TEST_OUT\")\n}\n"};
    world.folder.write("script.sh", fake_generator("{}", "     echo \"$LAMINA_TEST_OUT\" >seen"));
    world.project.dotenv = {{"LAMINA_TEST_PROVIDER", "sh " + world.folder.path("script.sh")},
                            {"LAMINA_TEST_OUT", "here"}};
    const auto ran = run_in(world);
    REQUIRE(ran.has_value());
    CHECK(ran->output == world.folder.path("here"));
    CHECK(world.folder.read("seen") == "here\n");
    world.project.dotenv.clear();
    CHECK(run_in(world).error().message == "Environment variable not found: LAMINA_TEST_PROVIDER");
}

TEST_CASE("what a generator says is passed on, answers are not") {
    const World world{"generator fake {\n  provider = \"./generator\"\n  output = \"out\"\n}\n"};
    world.folder.write("generator",
                       fake_generator("{}",
                                      "     echo hello >&2; echo '{\"a\":1}' >&2; echo '7' >&2; echo '{' >&2\n"
                                      "     echo '{\"jsonrpc\":\"2.0\",\"id\":77,\"result\":1}' >&2"));
    std::vector<std::string> log;
    REQUIRE(run_in(world, &log).has_value());
    CHECK(log == std::vector<std::string>{"hello", "{\"a\":1}", "7", "{", R"({"jsonrpc":"2.0","id":77,"result":1})"});
}

TEST_CASE("a generator's own error is told in its words") {
    CHECK(
        problem_of(
            R"(read -r l; echo '{"jsonrpc":"2.0","error":{"code":-32000,"message":"no such luck"},"id":1}' >&2; sleep 9)") ==
        "no such luck");
    CHECK(problem_of(R"(read -r l; echo '{"jsonrpc":"2.0","error":7,"id":1}' >&2)") ==
          "it answered `getManifest` with an error without a message");
    CHECK(problem_of(R"(read -r l; echo '{"jsonrpc":"2.0","result":5,"id":1}' >&2)") ==
          "its manifest is not an object");
    CHECK(problem_of(R"(read -r l; echo '{"jsonrpc":"2.0","result":{"manifest":[]},"id":1}' >&2)") ==
          "its manifest is not an object");
}

TEST_CASE("a program that is no generator, dies or hangs is an error") {
    CHECK(problem_of("exit 5") == "it ended with exit code 5 before it answered `getManifest`");
    CHECK(problem_of("echo garbage >&2") ==
          "it ended with exit code 0 before it answered `getManifest`; is it a Prisma generator?");
    CHECK(problem_of("kill -11 $$") == "it was ended by signal 11 before it answered `getManifest`");
    CHECK(problem_of("sleep 60", std::chrono::milliseconds{200}) ==
          "it did not answer `getManifest` within 1 s, and was ended (--generator-timeout allows more)");
    CHECK(
        problem_of(R"(read -r l; echo '{"jsonrpc":"2.0","result":{"manifest":null},"id":1}' >&2; read -r l; exit 6)") ==
        "it ended with exit code 6 before it answered `generate`");
    CHECK(problem_of("exit 127").find("was not found") != std::string::npos);
    CHECK(problem_of("exit 126").find("chmod +x") != std::string::npos);
}

TEST_CASE("an answer nested without end does no harm") {
    const std::string brackets = "head -c 300000 /dev/zero | tr '\\0' ";
    const std::string script =
        R"(read -r l; { printf '{"jsonrpc":"2.0","id":1,"result":{"manifest":{"requiresEngines":['; )" + brackets +
        "'['; " + brackets + R"(']'; echo ']}}}'; } >&2)";
    CHECK(problem_of(script).find("needs Prisma's engine") != std::string::npos);
}

TEST_CASE("a generator that reads more of the DMMF than there is, is explained") {
    const std::string message =
        problem_of(R"(read -r l; echo '{"jsonrpc":"2.0","result":{"manifest":null},"id":1}' >&2; read -r l)"
                   "\n"
                   R"(echo '{"jsonrpc":"2.0","error":{"message":"Cannot read: inputObjectTypes"},"id":2}' >&2)");
    CHECK(message.starts_with("Cannot read: inputObjectTypes\n(It reads `schema` or `mappings`"));
}

TEST_CASE("a generator may need what is not there") {
    const World world{"generator fake {\n  provider = \"./generator\"\n  output = \"out\"\n}\n"};
    world.folder.write("generator", fake_generator(R"({"requiresEngines":["schemaEngine"]})"));
    CHECK(run_in(world).error().message.find("needs Prisma's engine [\"schemaEngine\"]") != std::string::npos);
    world.folder.write("generator", fake_generator(R"({"requiresGenerators":["prisma-client-js"]})"));
    CHECK(run_in(world).error().message ==
          "it needs a generator with provider = \"prisma-client-js\", which the schema lacks");
    world.folder.write("generator", fake_generator(R"({"requiresGenerators":["./generator"],"requiresEngines":[]})"));
    CHECK(run_in(world).has_value());
}

TEST_CASE("who makes what a generator block asks for") {
    CHECK(maker_of("lamina") == Maker::Lamina);
    CHECK(maker_of("../build/bin/lamina") == Maker::Lamina);
    CHECK(maker_of("prisma-client-js") == Maker::Prisma);
    CHECK(maker_of("prisma-client") == Maker::Prisma);
    CHECK(maker_of("prisma-client-rust") == Maker::Program);
    CHECK(maker_of("lamina-extra") == Maker::Program);
    CHECK(maker_of("node ./generator.js") == Maker::Program);
}
