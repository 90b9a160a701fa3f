#include "migrate/support.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdlib.h>

#include <doctest/doctest.h>

#include <lamina/driver/connector.hpp>
#include <lamina/driver/run.hpp>
#include <lamina/drivers/postgresql/adapter.hpp>
#include <lamina/drivers/sqlite/adapter.hpp>

#include "migrate/text_query.hpp"
#include "providers/postgresql/provider.hpp"
#include "providers/postgresql/rules.hpp"
#include "providers/sqlite/provider.hpp"
#include "providers/sqlite/rules.hpp"
#include "support/source_map.hpp"

namespace lamina::migrate_tests {
namespace {

namespace fs = std::filesystem;

schema::Connectors connectors() {
    static const std::array<const schema::Connector*, 2> all{&providers::postgresql::connector(),
                                                             &providers::sqlite::connector()};
    return all;
}

base::Owned<driver::Connection> connect(const migrate::Provider& provider, std::string_view url) {
    const auto connector =
        provider.name() == "postgresql" ? postgresql::make_connector(url) : sqlite::make_connector(url);
    auto connection = connector->connect(Deadline::after(Duration::seconds(10)));
    REQUIRE_MESSAGE(connection.has_value(), connection.error().what());
    return *std::move(connection);
}

}  // namespace

const migrate::Provider* find_provider(std::string_view name) {
    for (const migrate::Provider* provider :
         {&providers::postgresql::migration_provider(), &providers::sqlite::migration_provider()}) {
        if (provider->name() == name) return provider;
    }
    return nullptr;
}

schema::Analysis analyze(const Files& files) {
    support::SourceMap sources;
    for (const auto& [path, text] : files) sources.add(path, text);
    return schema::analyze(sources, connectors());
}

schema::Schema valid_schema(std::string_view text) {
    schema::Analysis analysis = analyze({{"schema.prisma", std::string{text}}});
    REQUIRE_MESSAGE(analysis.ok(), analysis.diagnostics.all().front().message);
    return std::move(analysis.schema);
}

std::string read_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    REQUIRE_MESSAGE(file.is_open(), path);
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "lamina-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

std::string TemporaryFolder::path(std::string_view name) const { return (fs::path{folder_} / name).string(); }

std::vector<std::string> rows(const migrate::Provider& provider, std::string_view url, std::string_view sql,
                              std::size_t columns) {
    const auto connection = connect(provider, url);
    const auto found = migrate::query_texts(*connection, sql, columns);
    REQUIRE_MESSAGE(found.has_value(), found.error().what());
    std::vector<std::string> lines;
    for (const migrate::TextRow& row : *found) {
        std::string& line = lines.emplace_back();
        for (std::size_t at = 0; at < row.size(); ++at) line += (at == 0 ? "" : "|") + row[at].value_or("");
    }
    return lines;
}

void execute(const migrate::Provider& provider, std::string_view url, std::string_view script) {
    const auto connection = connect(provider, url);
    const auto done = driver::run_script(*connection, script);
    REQUIRE_MESSAGE(done.has_value(), done.error().what());
}

}  // namespace lamina::migrate_tests
