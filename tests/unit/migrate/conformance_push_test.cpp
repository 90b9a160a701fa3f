// Pushes every schema of ../shared/conformance to a real database, twice: what the first push has made must read back
// as what the schema says.
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
    const auto& provider = *lamina::migrate_tests::find_provider("sqlite");
    const lamina::migrate_tests::TemporaryFolder files;
    int pushed = 0;
    for (const auto& [name, text] : schemas_for(*folder, "sqlite")) {
        CAPTURE(name);
        const auto analysis = lamina::migrate_tests::analyze({{"schema.prisma", text}});
        REQUIRE(analysis.ok());
        const std::string file = files.path(std::to_string(++pushed) + ".db");
        const auto first = push(analysis.schema, provider, file);
        REQUIRE_MESSAGE(first.has_value(), (first ? "" : first.error().what()));
        const auto second = push(analysis.schema, provider, file);
        CHECK_MESSAGE(second.has_value(), (second ? "" : second.error().what()));
        if (second) CHECK_MESSAGE(second->steps.empty(), second->script);
    }
    MESSAGE(pushed << " schemas pushed twice");
}

}  // namespace
