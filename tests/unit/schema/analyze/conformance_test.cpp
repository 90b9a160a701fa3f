#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include <lamina/value/json_document.hpp>

#include "check.hpp"

// Prisma's own cases, where they are at hand: ../shared/conformance/psl beside the repository, or
// LAMINA_CONFORMANCE/psl.
namespace {

namespace fs = std::filesystem;
using lamina::JsonDocument;
using lamina::JsonView;
using namespace lamina::schema;

struct Score {
    std::size_t cases = 0, verdict = 0, rejected = 0, first_line = 0, first_text = 0;
};

// The first error in Prisma's rendering: its text, and the line of `-->  schema.prisma:7`.
struct FirstError {
    std::string text;
    std::uint32_t line = 0;
};

FirstError first_error(const std::string& rendered) {
    FirstError out;
    const std::size_t begin = rendered.find("error: ");
    const std::size_t arrow = rendered.find("\n  -->  ", begin);
    if (begin == std::string::npos || arrow == std::string::npos) return out;
    out.text = rendered.substr(begin + 7, arrow - begin - 7);
    const std::size_t end = rendered.find('\n', arrow + 1);
    const std::string place = rendered.substr(arrow + 1, end - arrow - 1);
    out.line = static_cast<std::uint32_t>(std::atoi(place.c_str() + place.rfind(':') + 1));
    return out;
}

std::string read(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

std::string text_of(const JsonView& object, std::string_view name) {
    const auto member = object.find(name);
    return member && member->is_string() ? member->as_string() : std::string{};
}

void score_case(const JsonView& item, const fs::path& folder, Score& score) {
    const auto prisma = item.find("prisma7");
    const std::string verdict = prisma ? text_of(*prisma, "verdict") : "";
    std::string error = prisma ? text_of(*prisma, "error_text") : "";
    if (error.empty()) error = text_of(item, "error_text");
    const bool rejects = (verdict.empty() ? text_of(item, "expect") : verdict) == "error";

    lamina::support::SourceMap sources;
    if (const auto files = item.find("files"); files && files->is_array()) {
        for (const JsonView file : *files) sources.add(file.at(0)->as_string(), file.at(1)->as_string());
    } else {
        sources.add("schema.prisma", read(folder / text_of(item, "file")));
    }
    const Analysis analysis = analyze(sources, test::connectors());
    ++score.cases;
    if (analysis.ok() == rejects) {
        MESSAGE("differs from Prisma 7: " << text_of(item, "file"));
        return;
    }
    ++score.verdict;
    if (!rejects) return;
    ++score.rejected;
    const FirstError wanted = first_error(error);
    for (const Diagnostic& diagnostic : analysis.diagnostics.all()) {
        if (diagnostic.severity != Severity::Error) continue;
        score.first_line += sources.position(diagnostic.span.file, diagnostic.span.begin).line == wanted.line ? 1U : 0U;
        score.first_text += diagnostic.message == wanted.text ? 1U : 0U;
        break;
    }
}

}  // namespace

TEST_CASE("Prisma's cases are judged as Prisma 7 judges them") {
    const char* given = std::getenv("LAMINA_CONFORMANCE");
    const fs::path folder =
        (given != nullptr ? fs::path{given} : fs::path{LAMINA_TEST_DIRECTORY} / "../../shared/conformance") / "psl";
    if (!fs::exists(folder)) {
        MESSAGE("skipped: there are no conformance cases at " << folder.string());
        return;
    }
    Score score;
    for (const char* name : {"validation.jsonl", "embedded.jsonl"}) {
        std::ifstream file{folder / name};
        for (std::string line; std::getline(file, line);) {
            const auto document = JsonDocument::parse(line);
            REQUIRE(document.has_value());
            if (text_of(document->root(), "stage") != "config") score_case(document->root(), folder, score);
        }
    }
    // For tests/scripts/conformance_table.
    std::printf("conformance: psl accept or reject %zu/%zu\n", score.verdict, score.cases);
    std::printf("conformance: psl first error's line %zu/%zu\n", score.first_line, score.rejected);
    std::printf("conformance: psl first error's text %zu/%zu\n", score.first_text, score.rejected);
    MESSAGE("schema conformance: " << score.verdict << " of " << score.cases << " verdicts, first line "
                                   << score.first_line << " and first text " << score.first_text << " of "
                                   << score.rejected << " rejections");
    CHECK(score.cases >= 500);
    CHECK(score.verdict * 100 >= score.cases * 99);
    CHECK(score.first_line * 100 >= score.rejected * 99);
    CHECK(score.first_text * 100 >= score.rejected * 99);
}
