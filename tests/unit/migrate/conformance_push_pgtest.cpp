// Pushes every schema of ../shared/conformance to a real database, twice: what the first push has made must read back
// as what the schema says.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "migrate/conformance.hpp"
#include "migrate/push.hpp"
#include "migrate/support.hpp"

namespace {

using lamina::JsonView;
using lamina::migrate::PushOptions;
using lamina::migrate_tests::each_line;
using lamina::migrate_tests::member;

const std::string kDatabase = "lamina_push_conformance";

std::string database_url(const std::string& server) {
    const std::size_t path = server.find('/', server.find("://") + 3);
    const std::size_t query = std::min(server.find('?'), server.size());
    return server.substr(0, path) + "/" + kDatabase + server.substr(query);
}

/// Schemas by a name, those of the query suite and of the validation suite.
std::map<std::string, std::string> schemas_for(const std::filesystem::path& folder, const std::string& database) {
    std::map<std::string, std::string> schemas, query_schemas;
    each_line(folder / "query/cases.jsonl",
              [&](JsonView line) { query_schemas.try_emplace(member(line, "schema_id"), member(line, "schema")); });
    each_line(folder / "query/ddl.jsonl", [&](JsonView line) {
        const auto schema = query_schemas.find(member(line, "schema_id"));
        if (member(line, "provider") != database || schema == query_schemas.end()) return;
        schemas.emplace(schema->first, lamina::migrate_tests::with_provider(schema->second, database));
    });
    each_line(folder / "migrate/ddl_from_empty_prisma7.jsonl", [&](JsonView line) {
        if (member(line, "provider") == database) schemas.emplace(member(line, "file"), member(line, "schema"));
    });
    return schemas;
}

TEST_CASE("every_conformance_schema_is_in_sync_after_its_push") {
    const auto folder = lamina::migrate_tests::conformance_folder();
    if (!folder) return;
    const char* server = std::getenv("LAMINA_TEST_POSTGRESQL_URL");
    if (server == nullptr) {
        MESSAGE("LAMINA_TEST_POSTGRESQL_URL is not set");
        return;
    }
    const auto& provider = *lamina::migrate_tests::find_provider("postgresql");
    const std::string url = database_url(server);
    int pushed = 0, without_extension = 0;
    for (const auto& [name, text] : schemas_for(*folder, "postgresql")) {
        CAPTURE(name);
        const auto analysis = lamina::migrate_tests::analyze({{"schema.prisma", text}});
        REQUIRE(analysis.ok());
        const auto first = push(analysis.schema, provider, url,
                                PushOptions{.force_reset = true, .accept_data_loss = false, .base_directory = {}});
        // An extension that is not installed here (0A000), a type or operator class that it brings (42704), the schema
        // that it wants (3F000), or the version that is asked for (22023).
        const bool wants_extension = analysis.schema.datasource() && !analysis.schema.datasource()->extensions.empty();
        const std::string sqlstate = first ? std::string{} : first.error().sqlstate();
        if (sqlstate == "0A000" || sqlstate == "42704" || sqlstate == "3F000" ||
            (sqlstate == "22023" && wants_extension)) {
            ++without_extension;
            continue;
        }
        CHECK_MESSAGE(first.has_value(), (first ? "" : first.error().what()));
        if (!first) continue;
        ++pushed;
        const auto second = push(analysis.schema, provider, url);
        CHECK_MESSAGE(second.has_value(), (second ? "" : second.error().what()));
        if (second) CHECK_MESSAGE(second->steps.empty(), second->script);
    }
    lamina::migrate_tests::execute(provider, server, "DROP DATABASE IF EXISTS \"" + kDatabase + "\" WITH (FORCE)");
    MESSAGE(pushed << " schemas pushed twice; " << without_extension << " need an extension that is not installed");
}

}  // namespace
