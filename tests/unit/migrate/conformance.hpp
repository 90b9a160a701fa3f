#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <lamina/value/json_document.hpp>

/// Reading the cases of ../shared/conformance.
namespace lamina::migrate_tests {

/// The folder with the cases, or nothing: then the tests that need it are skipped.
inline std::optional<std::filesystem::path> conformance_folder() {
    namespace fs = std::filesystem;
    const char* named = std::getenv("LAMINA_CONFORMANCE");
    fs::path folder = named != nullptr ? fs::path{named} : fs::path{LAMINA_TEST_DIRECTORY} / "../../shared/conformance";
    if (fs::exists(folder)) return folder;
    MESSAGE("skipped: ../shared/conformance is not there (or name it in LAMINA_CONFORMANCE)");
    return std::nullopt;
}

/// Calls `use(line)` with each line of a file of JSON lines.
template <class Use>
void each_line(const std::filesystem::path& path, Use use) {
    std::ifstream file{path};
    REQUIRE_MESSAGE(file.is_open(), path.string());
    for (std::string line; std::getline(file, line);) {
        if (line.empty()) continue;
        const auto document = JsonDocument::parse(std::move(line));
        REQUIRE(document.has_value());
        use(document->root());
    }
}

/// A member that is a string; empty when there is none.
inline std::string member(JsonView object, std::string_view name) {
    const auto found = object.find(name);
    return found && found->is_string() ? found->as_string() : std::string{};
}

/// The schema of a case that is meant for several databases.
inline std::string with_provider(std::string schema, const std::string& provider) {
    constexpr std::string_view kPlaceholder = "$PROVIDER";
    for (std::size_t at = schema.find(kPlaceholder); at != std::string::npos; at = schema.find(kPlaceholder, at)) {
        schema.replace(at, kPlaceholder.size(), provider);
    }
    return schema;
}

}  // namespace lamina::migrate_tests
