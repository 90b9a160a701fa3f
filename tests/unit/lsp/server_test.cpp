#include <chrono>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <doctest/doctest.h>

#include "lsp/client.hpp"

using namespace lamina::lsp;
using namespace lamina::lsp::test;

namespace {

namespace fs = std::filesystem;

Json editor() {
    Json out;
    out["textDocument"]["completion"]["completionItem"]["snippetSupport"] = true;
    out["textDocument"]["documentSymbol"]["hierarchicalDocumentSymbolSupport"] = true;
    out["textDocument"]["publishDiagnostics"]["relatedInformation"] = true;
    return out;
}

class Folder {
public:
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "lamina-lsp-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    void write(const std::string& name, std::string_view text) const {
        fs::create_directories(fs::path(path_ + "/" + name).parent_path());
        std::ofstream(path_ + "/" + name, std::ios::binary) << text;
    }
    [[nodiscard]] std::string uri(const std::string& name) const { return "file://" + path_ + "/" + name; }

private:
    std::string path_;
};

Json change(const std::string& uri, int version, const Json& changes) {
    return {{"textDocument", {{"uri", uri}, {"version", version}}}, {"contentChanges", changes}};
}

Json whole(const std::string& uri, int version, const std::string& text) {
    return change(uri, version, Json::array({{{"text", text}}}));
}

const std::string kUri = "file:///nowhere/schema.prisma";

}  // namespace

TEST_CASE("initialize says what the server can do") {
    Client client;
    const Json result = client.initialize(editor())["result"];
    CHECK(result["capabilities"]["positionEncoding"] == "utf-16");
    CHECK(result["capabilities"]["completionProvider"]["triggerCharacters"].size() == 6);
    CHECK(result["capabilities"]["codeActionProvider"]["codeActionKinds"] == Json::array({"quickfix"}));
    CHECK(result["serverInfo"]["name"] == "lamina");
    Client other;
    Json utf8 = editor();
    utf8["general"]["positionEncodings"] = {"utf-8", "utf-16"};
    CHECK(other.initialize(utf8)["result"]["capabilities"]["positionEncoding"] == "utf-8");
}

TEST_CASE("diagnostics follow the text") {
    Client client;
    client.initialize(editor());
    client.open(kUri, "model A {\n  id Strin @id\n}\n");
    client.settle();
    Json shown = client.diagnostics(kUri);
    REQUIRE(shown.size() == 1);
    CHECK(shown[0]["severity"] == 1);
    CHECK(shown[0]["range"]["start"] == Json{{"line", 1}, {"character", 5}});
    CHECK(shown[0]["relatedInformation"][0]["message"].get<std::string>().find("String") != std::string::npos);

    const Json range = {{"start", {{"line", 1}, {"character", 10}}}, {"end", {{"line", 1}, {"character", 10}}}};
    client.notify("textDocument/didChange", change(kUri, 2, Json::array({{{"range", range}, {"text", "g"}}})));
    client.settle();
    CHECK(client.diagnostics(kUri).empty());

    client.notify("textDocument/didChange", whole(kUri, 3, "modle A {\n}\n"));
    client.settle();
    CHECK(client.diagnostics(kUri).size() >= 1);
    client.notify("textDocument/didClose", {{"textDocument", {{"uri", kUri}}}});
    client.settle();
    CHECK(client.diagnostics(kUri).empty());
}

TEST_CASE("a burst of changes is checked once") {
    Client client;
    client.initialize(editor());
    client.open(kUri, "");
    for (int i = 0; i < 100; ++i)
        client.notify("textDocument/didChange", whole(kUri, i, "model A {\n  id Int @id\n}\n"));
    client.settle();
    CHECK(client.received().size() == 2);  // the answer to initialize, and one publication
}

TEST_CASE("a schema of several files, with unsaved changes over what is on disk") {
    const Folder folder;
    folder.write("schema/a.prisma", "datasource db {\n  provider = \"sqlite\"\n}\nmodel User {\n  id Int @id\n}\n");
    folder.write("schema/models/b.prisma", "model Post {\n  id Int @id\n  role Rol\n}\n");
    folder.write("schema/node_modules/x/schema.prisma", "nonsense\n");
    const std::string a = folder.uri("schema/a.prisma"), b = folder.uri("schema/models/b.prisma");
    Client client;
    client.initialize(editor(), folder.uri("schema"));
    client.open(a, "datasource db {\n  provider = \"sqlite\"\n}\nmodel User {\n  id Int @id\n}\nenum Rol {\n  X\n}\n");
    client.settle();
    CHECK(client.diagnostics(a).empty());
    CHECK(client.diagnostics(b).is_null());  // nothing to say about a file that nobody looks at

    // From the closed file into the open one, and back.
    const Json place = client.request("textDocument/definition", at(b, 2, 8))["result"];
    CHECK(place["uri"] == a);
    CHECK(place["range"]["start"]["line"] == 6);
    Json params = at(a, 6, 6);
    params["newName"] = "Role";
    const Json edits = client.request("textDocument/rename", params)["result"]["changes"];
    CHECK(edits[a].size() == 2);
    CHECK(edits[b].size() == 1);

    client.notify("textDocument/didChange", whole(a, 2, "datasource db {\n  provider = \"sqlite\"\n}\n"));
    client.settle();
    REQUIRE(client.diagnostics(b).size() == 1);
    folder.write("schema/models/b.prisma", "model Post {\n  id Int @id\n}\n");
    client.notify("workspace/didChangeWatchedFiles", {{"changes", Json::array()}});
    client.settle();
    CHECK(client.diagnostics(b).empty());
}

TEST_CASE("schemas that lie beside each other stand alone") {
    const Folder folder;
    const std::string text = "datasource db {\n  provider = \"sqlite\"\n}\nmodel User {\n  id Int @id\n}\n";
    folder.write("a.prisma", text);
    folder.write("b.prisma", text);
    Client client;
    client.initialize(editor());
    client.open(folder.uri("a.prisma"), text);
    client.open(folder.uri("b.prisma"), text);
    client.settle();
    CHECK(client.diagnostics(folder.uri("a.prisma")).empty());
    CHECK(client.diagnostics(folder.uri("b.prisma")).empty());
}

TEST_CASE("lamina.toml says what the schema is") {
    const Folder folder;
    folder.write("lamina.toml", "schema = \"one.prisma\"\n");
    folder.write("one.prisma", "model User {\n  id Int @id\n}\n");
    folder.write("two.prisma", "model User {\n  id Int @id\n}\n");
    Client client;
    client.initialize(editor());
    client.open(folder.uri("one.prisma"), "model User {\n  id Int @id\n}\n");
    client.settle();
    CHECK(client.diagnostics(folder.uri("one.prisma")).empty());
}

TEST_CASE("an editor gets more than Prisma's answers") {
    const std::string text = "model A {\n  id String @id @default()\n}\n";
    Client rich;
    rich.initialize(editor());
    rich.open(kUri, text);
    CHECK(rich.request("textDocument/completion", at(kUri, 1, 25))["result"]["items"].size() > 3);
    Client bare;
    bare.initialize();
    bare.open(kUri, text);
    CHECK(bare.request("textDocument/completion", at(kUri, 1, 25))["result"]["items"].empty());
}

TEST_CASE("code actions without named diagnostics are about ours") {
    Client client;
    client.initialize(editor());
    client.open(kUri, "model A {\n  id Strin @id\n}\n");
    const Json place = {{"line", 1}, {"character", 6}};
    const Json result =
        client.request("textDocument/codeAction", {{"textDocument", {{"uri", kUri}}},
                                                   {"range", {{"start", place}, {"end", place}}},
                                                   {"context", {{"diagnostics", Json::array()}}}})["result"];
    REQUIRE(result.size() >= 1);
    CHECK(result[0]["title"] == "Change to `String`");
    CHECK(result[0]["edit"]["changes"][kUri][0]["newText"] == "String");
}

TEST_CASE("large and broken texts take linear time") {
    Client client;
    client.initialize(editor());
    std::string large;
    for (int i = 0; large.size() < 10'000'000; ++i)
        large += "model M" + std::to_string(i) + " {\n  id Int @id\n  \xFF name String\n}\n";
    // Invalid UTF-8 cannot come through JSON; the same bytes escaped are U+FFFD.
    for (std::size_t at = large.find('\xFF'); at != std::string::npos; at = large.find('\xFF', at)) large[at] = '$';
    const auto start = std::chrono::steady_clock::now();
    client.open(kUri, large);
    client.settle();
    CHECK(client.diagnostics(kUri).size() == 500);
    CHECK(client.request("textDocument/hover", at(kUri, 1000, 2)).contains("result"));
    CHECK(client.request("textDocument/completion", at(kUri, 1001, 11)).contains("result"));
    const Json range = {{"start", {{"line", 5}, {"character", 3}}}, {"end", {{"line", 5}, {"character", 3}}}};
    Json changes = Json::array();
    for (int i = 0; i < 200; ++i) changes.push_back({{"range", range}, {"text", "x"}});
    client.notify("textDocument/didChange", change(kUri, 2, changes));
    client.settle();
    const auto taken = std::chrono::steady_clock::now() - start;
    CHECK(taken < std::chrono::seconds{120});
}
