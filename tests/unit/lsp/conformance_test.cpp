#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "lsp/client.hpp"

// Prisma's own editor scenarios, where they are at hand: ../shared/conformance/psl beside the repository, or
// LAMINA_CONFORMANCE/psl. Each runs through the server, for a client that wants Prisma's answers.
namespace {

namespace fs = std::filesystem;
using namespace lamina::lsp::test;
using lamina::lsp::Json;

const std::string kFolder = "file:///path/to/";

Json answer(const Json& scenario) {
    Client client;
    client.initialize();
    Json params;
    std::string target;
    for (const auto& [name, text] : scenario["files"].items()) {
        const Marked marked = take_cursor(text.get<std::string>());
        const std::string uri = kFolder + name;
        client.open(uri, marked.text);
        if (marked.offset != std::string::npos) params = at(uri, marked);
        if (target.empty() || name == "_target.prisma") target = uri;
    }
    const std::string kind = scenario["kind"];
    if (kind == "text_document_completion") return client.request("textDocument/completion", params)["result"];
    if (kind == "hover") return client.request("textDocument/hover", params)["result"];
    if (kind == "references") {
        params["context"] = {{"includeDeclaration", true}};
        return client.request("textDocument/references", params)["result"];
    }
    // An editor asks about the diagnostics that it shows: here, those that the answer names.
    Json named = Json::array();
    for (const Json& action : scenario["result"]) {
        for (const Json& one : action["diagnostics"]) {
            if (std::find(named.begin(), named.end(), one) == named.end()) named.push_back(one);
        }
    }
    const Json nowhere = {{"line", 0}, {"character", 0}};
    return client.request("textDocument/codeAction", {{"textDocument", {{"uri", target}}},
                                                      {"range", {{"start", nowhere}, {"end", nowhere}}},
                                                      {"context", {{"diagnostics", named}}}})["result"];
}

}  // namespace

TEST_CASE("editor scenarios are answered as Prisma answers them") {
    const char* given = std::getenv("LAMINA_CONFORMANCE");
    const fs::path folder =
        (given != nullptr ? fs::path{given} : fs::path{LAMINA_TEST_DIRECTORY} / "../../shared/conformance") / "psl";
    if (!fs::exists(folder)) {
        MESSAGE("skipped: there are no conformance cases at " << folder.string());
        return;
    }
    std::ifstream file{folder / "fmt_scenarios.jsonl"};
    std::size_t cases = 0;
    std::size_t passed = 0;
    for (std::string line; std::getline(file, line);) {
        const Json scenario = Json::parse(line);
        const Json result = answer(scenario);
        ++cases;
        if (result == scenario["result"])
            ++passed;
        else
            MESSAGE("differs: " << scenario["kind"] << " " << scenario["name"] << "\n  ours   " << result.dump()
                                << "\n  theirs " << scenario["result"].dump());
    }
    std::printf("conformance: psl editor scenarios %zu/%zu\n", passed, cases);
    CHECK(cases >= 50);
    CHECK(passed == cases);
}
