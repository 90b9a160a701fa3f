#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "check.hpp"
#include "schema/diagnostics/printer.hpp"

// tests/schema/<subject>/<case>.prisma (or a folder of them) beside <case>.txt: what `validate` prints about it.
// LAMINA_BLESS=1 rewrites the .txt files.
namespace {

namespace fs = std::filesystem;
using namespace lamina::schema;

std::string read(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

std::vector<fs::path> sorted(const fs::path& folder) {
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator{folder}) out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

// The files of a case: itself, or those of its folder.
std::vector<fs::path> files_of(const fs::path& path) {
    if (!fs::is_directory(path)) return {path};
    std::vector<fs::path> out = sorted(path);
    out.erase(std::remove_if(out.begin(), out.end(), [](const fs::path& p) { return p.extension() != ".prisma"; }),
              out.end());
    return out;
}

void run_case(const fs::path& path) {
    lamina::support::SourceMap sources;
    for (const fs::path& file : files_of(path)) sources.add(file.filename().string(), read(file));
    const Analysis analysis = analyze(sources, test::connectors());
    const std::string got = analysis.diagnostics.empty() ? "valid\n" : print(analysis.diagnostics, sources);
    const fs::path expected = fs::path{path}.replace_extension(".txt");
    if (std::getenv("LAMINA_BLESS") != nullptr) std::ofstream{expected, std::ios::binary} << got;
    CAPTURE(path.string());
    CHECK(got == read(expected));
}

}  // namespace

TEST_CASE("every schema of the corpus is judged as expected") {
    std::size_t count = 0;
    for (const fs::path& subject : sorted(fs::path{LAMINA_TEST_DIRECTORY} / "schema")) {
        if (!fs::is_directory(subject)) continue;
        for (const fs::path& path : sorted(subject)) {
            if (path.extension() == ".txt") continue;
            run_case(path);
            ++count;
        }
    }
    CHECK(count > 30);
}
