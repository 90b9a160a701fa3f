#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migrate/provider.hpp"
#include "schema/analyze/analyze.hpp"

namespace lamina::migrate_tests {

/// The provider of that name, or null.
const migrate::Provider* find_provider(std::string_view name);

/// Path and text of each file of a schema.
using Files = std::vector<std::pair<std::string, std::string>>;

/// Parses and checks; the caller looks at ok().
schema::Analysis analyze(const Files& files);
/// A schema that must be valid: fails the test when it is not.
schema::Schema valid_schema(std::string_view text);

/// The whole file; fails the test when it cannot be read.
std::string read_file(const std::string& path);
/// An empty folder that is deleted with the object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] std::string path(std::string_view name) const;

private:
    std::string folder_;
};

/// Rows of a query on a database, cells joined by `|`, NULL as nothing. All columns must be text.
std::vector<std::string> rows(const migrate::Provider& provider, std::string_view url, std::string_view sql,
                              std::size_t columns);
/// Runs a script on a database; fails the test when the database refuses it.
void execute(const migrate::Provider& provider, std::string_view url, std::string_view script);

}  // namespace lamina::migrate_tests
