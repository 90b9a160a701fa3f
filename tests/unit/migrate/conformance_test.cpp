// Compares create scripts with Prisma's for all schemas of ../shared/conformance. Schemas that fail are listed with
// their reasons in tests/migrate/known_differences.txt, a list that only shrinks.
#include "migrate/conformance.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/value/json_document.hpp>

#include "migrate/diff.hpp"
#include "migrate/from_schema.hpp"
#include "migrate/push.hpp"
#include "migrate/support.hpp"

namespace {

namespace fs = std::filesystem;
using lamina::JsonView;
using lamina::migrate::Provider;
using lamina::migrate_tests::conformance_folder;
using lamina::migrate_tests::each_line;
using lamina::migrate_tests::Files;
using lamina::migrate_tests::member;
using lamina::migrate_tests::with_provider;

/// `group/name` per line, and behind ` | ` the reason.
std::set<std::string> known_differences() {
    std::set<std::string> names;
    std::ifstream file{fs::path{LAMINA_TEST_DIRECTORY} / "migrate" / "known_differences.txt"};
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line[0] != '#') names.insert(line.substr(0, line.find(" | ")));
    }
    return names;
}

class Tally {
public:
    explicit Tally(std::string group) : group_{std::move(group)} {}

    /// Compares and counts; a difference that is not on the list fails the test.
    void compare(const std::string& provider, const std::string& name, const std::string& actual,
                 const std::string& expected) {
        Count& count = counts_[provider];
        ++count.total;
        const std::string id = group_ + "/" + name;
        const bool known = known_.count(id) != 0;
        if (actual == expected) {
            ++count.agreed;
            CHECK_MESSAGE(!known, id << " agrees now: take it off the list of known differences");
        } else if (!known) {
            CAPTURE(id);
            CHECK(actual == expected);
        }
    }
    ~Tally() {
        for (const auto& [provider, count] : counts_) {
            MESSAGE(group_ << ": " << provider << ": " << count.agreed << " of " << count.total << " agree");
        }
    }

private:
    struct Count {
        int agreed = 0, total = 0;
    };
    std::string group_;
    std::map<std::string, Count> counts_;
    std::set<std::string> known_ = known_differences();
};

/// The create script, or what the analyzer says.
std::string script_of(const Files& files, const Provider& provider) {
    const auto analysis = lamina::migrate_tests::analyze(files);
    for (const auto& diagnostic : analysis.diagnostics.all()) {
        if (diagnostic.severity == lamina::schema::Severity::Error) return "invalid schema: " + diagnostic.message;
    }
    return create_script(analysis.schema, provider);
}

Files single(std::string text) { return {{"schema.prisma", std::move(text)}}; }

TEST_CASE("create_scripts_agree_with_prisma") {
    const auto folder = conformance_folder();
    if (!folder) return;

    SUBCASE("schemas of the validation suite") {
        Tally tally{"ddl_from_empty"};
        each_line(*folder / "migrate/ddl_from_empty_prisma7.jsonl", [&](JsonView line) {
            const Provider* provider = lamina::migrate_tests::find_provider(member(line, "provider"));
            if (provider == nullptr) return;
            tally.compare(member(line, "provider"), member(line, "file"),
                          script_of(single(member(line, "schema")), *provider), member(line, "sql"));
        });
    }

    SUBCASE("single migrations") {
        Tally tally{"single"};
        each_line(*folder / "migrate/single.jsonl", [&](JsonView line) {
            const std::string name = member(line, "name");
            const std::string database =
                name.substr(0, name.find('/')) == "postgres" ? "postgresql" : name.substr(0, name.find('/'));
            const Provider* provider = lamina::migrate_tests::find_provider(database);
            if (provider == nullptr) return;
            std::string expected = member(line, "prisma7_sql");
            if (expected.empty()) expected = member(line, "expected_sql");
            tally.compare(database, name, script_of(single(member(line, "schema")), *provider), expected);
        });
    }

    SUBCASE("schemas of the query suite") {
        std::map<std::string, std::string> schemas;
        each_line(*folder / "query/cases.jsonl",
                  [&](JsonView line) { schemas.try_emplace(member(line, "schema_id"), member(line, "schema")); });
        Tally tally{"query_ddl"};
        each_line(*folder / "query/ddl.jsonl", [&](JsonView line) {
            const std::string database = member(line, "provider");
            const Provider* provider = lamina::migrate_tests::find_provider(database);
            const auto schema = schemas.find(member(line, "schema_id"));
            if (provider == nullptr || schema == schemas.end()) return;
            tally.compare(database, database + "/" + schema->first,
                          script_of(single(with_provider(schema->second, database)), *provider), member(line, "sql"));
        });
    }
}

Files files_of(JsonView step) {
    Files files;
    if (const auto list = step.find("files")) {
        for (const JsonView file : *list) files.emplace_back(file.at(0)->as_string(), file.at(1)->as_string());
    } else {
        files = single(member(step, "schema"));
    }
    return files;
}

/// The script from one schema to the next, where that needs no alteration.
std::optional<std::string> script_between(const Files& from, const Files& to, const Provider& provider) {
    const auto before = lamina::migrate_tests::analyze(from);
    const auto after = lamina::migrate_tests::analyze(to);
    if (!before.ok() || !after.ok()) return std::nullopt;
    lamina::migrate::Migration migration;
    migration.from = from_schema(before.schema, provider);
    migration.to = from_schema(after.schema, provider);
    auto difference = diff(migration.from, migration.to, provider);
    if (!difference.unsupported.empty()) return std::nullopt;
    migration.steps = std::move(difference.steps);
    return provider.script(migration);
}

/// A push that warns of lost data does nothing unless it is forced.
bool was_executed(JsonView step) {
    const auto forced = step.find("force");
    if (forced && forced->as_boolean()) return true;
    const auto warnings = step.find("expect_warnings");
    const auto unexecutable = step.find("expect_unexecutable");
    return !(warnings && warnings->size() != 0) && !(unexecutable && unexecutable->size() != 0);
}

TEST_CASE("pushes_agree_with_prisma") {
    const auto folder = conformance_folder();
    if (!folder) return;
    Tally first_tally{"first_push"};
    Tally later_tally{"later_push"};
    int altering = 0;
    each_line(*folder / "migrate/sequences.jsonl", [&](JsonView line) {
        const std::string database = member(line, "provider");
        const Provider* provider = lamina::migrate_tests::find_provider(database);
        if (provider == nullptr) return;
        Files previous;
        int number = 0;
        const auto steps = line.find("steps");  // outlives the loop, as a temporary would not
        for (const JsonView step : *steps) {
            if (member(step, "op") != "push") continue;
            const Files files = files_of(step);
            const auto expected = step.find("prisma7_sql");
            const std::string name = database + "/" + member(line, "name") + "/" + std::to_string(number++);
            if (expected && previous.empty()) {
                first_tally.compare(database, name, script_of(files, *provider), expected->as_string());
            } else if (expected) {
                const auto script = script_between(previous, files, *provider);
                if (script) {
                    later_tally.compare(database, name, *script, expected->as_string());
                } else {
                    ++altering;
                }
            }
            if (was_executed(step)) previous = files;
        }
    });
    MESSAGE("later_push: " << altering << " need alterations");
}

}  // namespace
