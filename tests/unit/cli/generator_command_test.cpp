#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <doctest/doctest.h>

#include "cli/cli.hpp"

// `lamina dmmf`, `lamina generate` with other generators' programs, and lamina as a generator of Prisma's command: each
// in a process and a folder of its own.
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

struct Ended {
    int code = -1;  // -1: killed by a signal
    std::string out, err;
};

class Folder {
public:
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "lamina-cli-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
        fs::create_directory(path_ + "/project");
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    std::string path(const std::string& name) const { return fs::canonical(path_).string() + "/project/" + name; }
    void write(const std::string& name, std::string_view text) const {
        fs::create_directories(fs::path(path(name)).parent_path());
        std::ofstream(path(name), std::ios::binary) << text;
        fs::permissions(path(name), fs::perms::owner_all);
    }
    Ended run(std::initializer_list<const char*> arguments) const { return start(arguments, "", false); }
    // As Prisma's command starts a generator: without arguments, requests on standard input.
    Ended run_as_generator(std::string_view input) const { return start({}, input, true); }

private:
    Ended start(std::initializer_list<const char*> arguments, std::string_view input, bool by_prisma) const {
        std::vector<const char*> command{"lamina"};
        command.insert(command.end(), arguments);
        std::ofstream(path_ + "/in", std::ios::binary) << input;
        std::fflush(stdout);
        std::fflush(stderr);
        const pid_t child = ::fork();
        if (child == 0) {
            const std::string in = path_ + "/in", out = path_ + "/out", err = path_ + "/err";
            const bool ready = ::chdir((path_ + "/project").c_str()) == 0 &&
                               std::freopen(in.c_str(), "rb", stdin) != nullptr &&
                               std::freopen(out.c_str(), "wb", stdout) != nullptr &&
                               std::freopen(err.c_str(), "wb", stderr) != nullptr;
            ::unsetenv("DATABASE_URL");
            if (by_prisma) ::setenv("PRISMA_GENERATOR_INVOCATION", "true", 1);
            const int code = ready ? lamina::cli::run(static_cast<int>(command.size()), command.data()) : 99;
            std::fflush(stdout);
            std::fflush(stderr);
            ::_exit(code);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(path_ + "/out"), read(path_ + "/err")};
    }

    std::string path_;
};

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

constexpr std::string_view kModels =
    "datasource db {\n  provider = \"sqlite\"\n}\nmodel User {\n  id Int @id\n  name String? /// as written\n}\n";

std::string generator(std::string_view name, std::string_view provider, std::string_view rest = "") {
    return "generator " + std::string{name} + " {\n  provider = \"" + std::string{provider} + "\"\n" +
           std::string{rest} + "}\n";
}

// Answers the protocol, says something, and leaves a mark in its output folder.
constexpr std::string_view kFake =
    "#!/bin/sh\n"
    "while read -r line; do\n"
    "  case $line in\n"
    "  *getManifest*) echo "
    "'{\"jsonrpc\":\"2.0\",\"result\":{\"manifest\":{\"prettyName\":\"Fake\",\"defaultOutput\":\"fake\"}},"
    "\"id\":1}' >&2 ;;\n"
    "  *) echo working >&2; echo printed; mkdir -p fake; echo done >fake/mark\n"
    "     echo '{\"jsonrpc\":\"2.0\",\"result\":null,\"id\":2}' >&2 ;;\n"
    "  esac\n"
    "done\n";

}  // namespace

TEST_CASE("dmmf prints the data model, on one line or indented") {
    const Folder folder;
    folder.write("schema.prisma", kModels);
    const Ended line = folder.run({"dmmf"});
    CHECK(line.code == 0);
    CHECK(line.err.empty());
    CHECK(line.out.find('\n') == line.out.size() - 1);
    const Json document = Json::parse(line.out);
    CHECK(document["datamodel"]["models"][0]["fields"][1]["documentation"] == "as written");
    const Ended pretty = folder.run({"dmmf", "--schema", "schema.prisma", "--pretty"});
    CHECK(pretty.code == 0);
    CHECK(Json::parse(pretty.out) == document);
    CHECK(contains(pretty.out, "\n  \"datamodel\": {\n"));
}

TEST_CASE("dmmf of a schema that is not valid is its errors") {
    const Folder folder;
    folder.write("schema.prisma", "model A {\n  id Int\n}\n");
    const Ended ended = folder.run({"dmmf"});
    CHECK(ended.code == 1);
    CHECK(ended.out.empty());
    CHECK(contains(ended.err, "schema.prisma:1:1"));
}

TEST_CASE("generate runs the schema's other generators as well, and leaves Prisma's to Prisma") {
    const Folder folder;
    folder.write("schema.prisma", std::string{kModels} + generator("js", "prisma-client-js") +
                                      generator("cpp", "lamina", "  output = \"generated\"\n") +
                                      generator("other", "./fake.sh") + generator("ts", "prisma-client"));
    folder.write("fake.sh", kFake);
    const Ended ended = folder.run({"generate"});
    CHECK(ended.code == 0);
    CHECK(ended.err == "working\n");
    CHECK(contains(ended.out, "Skipped `js`: the JavaScript client is generated by prisma.\n"));
    CHECK(!contains(ended.out, "Skipped `ts`"));
    CHECK(contains(ended.out, "Generated the client of 1 models into " + folder.path("generated")));
    CHECK(contains(ended.out, "printed\nGenerated Fake into " + folder.path("fake") + ".\n"));
    CHECK(fs::exists(folder.path("generated/client.hpp")));
    CHECK(read(folder.path("fake/mark")) == "done\n");
}

TEST_CASE("--generator chooses, --output means the client alone") {
    const Folder folder;
    folder.write("schema.prisma", std::string{kModels} + generator("cpp", "lamina", "  output = \"generated\"\n") +
                                      generator("other", "./fake.sh") + generator("bad", "exit 3"));
    folder.write("fake.sh", kFake);
    CHECK(folder.run({"generate", "--generator", "other"}).code == 0);
    CHECK(fs::exists(folder.path("fake/mark")));
    CHECK(!fs::exists(folder.path("generated")));
    CHECK(folder.run({"generate", "--output", "elsewhere"}).code == 0);
    CHECK(fs::exists(folder.path("elsewhere/client.hpp")));
    const Ended unknown = folder.run({"generate", "--generator", "another"});
    CHECK(unknown.code == 1);
    CHECK(contains(unknown.err, "error: there is no generator `another` in the schema"));
}

TEST_CASE("what only Prisma can generate is said") {
    const Folder folder;
    folder.write("schema.prisma", std::string{kModels} + generator("js", "prisma-client-js"));
    const Ended all = folder.run({"generate"});
    CHECK(all.code == 1);
    CHECK(contains(all.err, "where should the client go?"));
    const Ended named = folder.run({"generate", "--generator", "js"});
    CHECK(named.code == 1);
    CHECK(contains(named.err, "error: only `prisma generate` makes what is asked for"));
}

TEST_CASE("an output is meant from the folder of the file that names it") {
    const Folder folder;
    folder.write("db/models.prisma", kModels);
    folder.write("db/deep/generators.prisma", generator("cpp", "lamina", "  output = \"../made\"\n") +
                                                  generator("other", "./fake.sh", "  output = \"here\"\n"));
    folder.write("fake.sh", kFake);
    const Ended ended = folder.run({"generate", "--schema", "db"});
    CHECK(ended.code == 0);
    CHECK(fs::exists(folder.path("db/made/client.hpp")));
    CHECK(contains(ended.out, "Generated Fake into " + folder.path("db/deep/here") + ".\n"));
}

TEST_CASE("a generator that fails is an error, and the others run all the same") {
    const Folder folder;
    folder.write("schema.prisma", std::string{kModels} + generator("bad", "echo oh dear >&2; exit 3") +
                                      generator("missing", "no-such-generator") + generator("hangs", "sleep 60") +
                                      generator("cpp", "lamina", "  output = \"generated\"\n"));
    const Ended ended = folder.run({"generate", "--generator-timeout", "1"});
    CHECK(ended.code == 1);
    CHECK(contains(ended.err, "oh dear\nerror: generator `bad`: it ended with exit code 3 before it answered"));
    CHECK(contains(ended.err, "error: generator `missing`: the command was not found"));
    CHECK(contains(ended.err, "error: generator `hangs`: it did not answer `getManifest` within 1 s"));
    CHECK(fs::exists(folder.path("generated/client.hpp")));
}

TEST_CASE("lamina is a generator for Prisma's command") {
    const Folder folder;
    const std::string schema = std::string{kModels} + generator("cpp", "lamina");
    folder.write("schema.prisma", schema);
    Json request;
    request["jsonrpc"] = "2.0";
    request["method"] = "generate";
    request["params"]["generator"]["output"]["value"] = folder.path("made");
    request["params"]["generator"]["config"]["namespace"] = "shop";
    request["params"]["schemaPath"] = folder.path("schema.prisma");
    request["params"]["datamodel"] = schema;
    request["id"] = 2;
    const std::string manifest =
        "{\"jsonrpc\":\"2.0\",\"method\":\"getManifest\",\"params\":{\"name\":\"cpp\"},\"id\":1}\n";
    const Ended ended = folder.run_as_generator(manifest + request.dump() + '\n');
    CHECK(ended.code == 0);
    CHECK(ended.out.empty());
    std::istringstream answers{ended.err};
    std::string first, second;
    std::getline(answers, first);
    std::getline(answers, second);
    CHECK(Json::parse(first)["result"]["manifest"]["defaultOutput"] == "./generated");
    CHECK(second == R"({"jsonrpc":"2.0","result":null,"id":2})");
    CHECK(contains(read(folder.path("made/client.hpp")), "namespace shop {"));

    request["params"].erase("datamodel");  // then the files are read
    request["params"]["generator"]["output"]["value"] = folder.path("again");
    CHECK(contains(folder.run_as_generator(request.dump() + '\n').err, "\"result\":null"));
    CHECK(fs::exists(folder.path("again/client.hpp")));

    request["params"]["datamodel"] = "model A {\n  id Strin @id\n}\n";
    const Json failed = Json::parse(folder.run_as_generator(request.dump() + '\n').err);
    CHECK(contains(failed["error"]["message"].get<std::string>(), "Type \"Strin\" is neither a built-in type"));
}
