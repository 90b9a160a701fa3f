#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/value/json_document.hpp>

#include "format_one.hpp"
#include "schema/analyze/analyze.hpp"
#include "schema/format/format.hpp"

// Prisma's own cases, where they are at hand: ../shared/conformance/psl beside the repository, or
// LAMINA_CONFORMANCE/psl. Where they are not, the schemas of tests/schema and of the fuzz corpus.
namespace {

namespace fs = std::filesystem;
using lamina::JsonDocument;
using lamina::JsonView;
using namespace lamina::schema;
using format::test::connectors;
using lamina::support::SourceMap;

fs::path conformance() {
    const char* given = std::getenv("LAMINA_CONFORMANCE");
    return (given != nullptr ? fs::path{given} : fs::path{LAMINA_TEST_DIRECTORY} / "../../shared/conformance") / "psl";
}

// The files of a case: name and text, in the order of the object.
std::vector<std::pair<std::string, std::string>> files_of(const JsonView& item, std::string_view one,
                                                          std::string_view many) {
    if (const auto text = item.find(one)) return {{"schema.prisma", text->as_string()}};
    std::vector<std::pair<std::string, std::string>> out;
    const auto files = item.find(many);
    for (auto file = files->begin(); file != files->end(); ++file) {
        out.emplace_back(file.name(), file.value().as_string());
    }
    return out;
}

bool is_as_expected(const JsonView& item) {
    SourceMap sources;
    for (auto& [name, text] : files_of(item, "before", "before_files")) sources.add(name, text);
    const auto wanted = files_of(item, "after", "after_files");
    const auto texts = format::format_files(sources, connectors());
    bool same = texts.size() == wanted.size();
    for (std::size_t i = 0; same && i < texts.size(); ++i) same = texts[i] == wanted[i].second;
    return same;
}

// Formatting again changes nothing; what was valid is valid.
void check_properties(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    INFO(path.string());
    const std::string once = format::test::format_one(text.str());
    CHECK(format::test::format_one(once) == once);
    SourceMap before, after;
    before.add("schema.prisma", text.str());
    after.add("schema.prisma", once);
    if (analyze(before, connectors()).ok()) CHECK(analyze(after, connectors()).ok());
}

}  // namespace

TEST_CASE("Prisma's cases are formatted as Prisma formats them") {
    if (!fs::exists(conformance())) {
        MESSAGE("skipped: there are no conformance cases at " << conformance().string());
        return;
    }
    std::size_t cases = 0, same = 0;
    std::ifstream file{conformance() / "reformat.jsonl"};
    for (std::string line; std::getline(file, line);) {
        const auto document = JsonDocument::parse(line);
        REQUIRE(document.has_value());
        ++cases;
        const bool passed = is_as_expected(document->root());
        same += passed ? 1U : 0U;
        if (!passed) MESSAGE("differs from Prisma 7: " << document->root().find("name")->as_string());
    }
    std::printf("conformance: psl formatter, byte for byte %zu/%zu\n", same, cases);
    CHECK(cases >= 50);
    CHECK(same * 100 >= cases * 99);
}

TEST_CASE("a second run changes nothing, and what was valid stays valid") {
    std::size_t schemas = 0;
    for (const fs::path& folder : {fs::path{LAMINA_TEST_DIRECTORY}, conformance()}) {
        if (!fs::exists(folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (entry.path().extension() != ".prisma") continue;
            ++schemas;
            check_properties(entry.path());
        }
    }
    CHECK(schemas >= 50);
}
