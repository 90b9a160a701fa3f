#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "providers/cockroachdb/rules.hpp"
#include "providers/mysql/rules.hpp"
#include "providers/postgresql/rules.hpp"
#include "providers/sqlite/rules.hpp"
#include "providers/sqlserver/rules.hpp"
#include "schema/analyze/analyze.hpp"
#include "schema/diagnostics/printer.hpp"
#include "schema/dmmf/dmmf.hpp"

namespace {

namespace fs = std::filesystem;
using namespace lamina;
using Json = nlohmann::ordered_json;

schema::Connectors connectors() {
    static const std::array<const schema::Connector*, 5> all{
        &providers::postgresql::connector(), &providers::mysql::connector(), &providers::sqlite::connector(),
        &providers::cockroachdb::connector(), &providers::sqlserver::connector()};
    return all;
}

std::string read(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

Json datamodel_of(std::string text) {
    support::SourceMap sources;
    sources.add("schema.prisma", std::move(text));
    const schema::Analysis analysis = schema::analyze(sources, connectors());
    INFO(schema::print(analysis.diagnostics, sources));
    REQUIRE(analysis.ok());
    return schema::datamodel(analysis.schema);
}

Json datamodel_below(std::string_view provider, std::string_view text) {
    return datamodel_of("datasource db {\n  provider = \"" + std::string{provider} + "\"\n}\n" + std::string{text});
}

Json field_below(std::string_view provider, std::string_view line) {
    return datamodel_below(provider,
                           "model A {\n  id Int @id\n  " + std::string{line} + "\n}\n")["models"][0]["fields"][1];
}

// The order of keys is Prisma's as well: generators print what they get.
void check_equal(const Json& ours, const Json& wanted) {
    if (ours == wanted) return;
    const Json patch = Json::diff(wanted, ours);
    CHECK_MESSAGE(false, patch.dump().substr(0, 2000));
}

}  // namespace

TEST_CASE("the data model of everything is what Prisma writes") {
    const fs::path folder = fs::path{LAMINA_TEST_DIRECTORY} / "unit/schema/dmmf/cases";
    std::size_t cases = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".prisma") continue;
        CAPTURE(entry.path().filename().string());
        const Json wanted = Json::parse(read(fs::path{entry.path()}.replace_extension(".json")));
        check_equal(datamodel_of(read(entry.path())), wanted);
        ++cases;
    }
    CHECK(cases >= 5);
}

TEST_CASE("the data models of Prisma's cases") {
    const char* given = std::getenv("LAMINA_CONFORMANCE");
    const fs::path file =
        (given != nullptr ? fs::path{given} : fs::path{LAMINA_TEST_DIRECTORY} / "../../shared/conformance") /
        "psl/dmmf.jsonl";
    if (!fs::exists(file)) {
        MESSAGE("skipped: there are no conformance cases at " << file.string());
        return;
    }
    std::ifstream lines{file};
    std::size_t cases = 0, equal = 0;
    for (std::string line; std::getline(lines, line); ++cases) {
        const Json item = Json::parse(line);
        CAPTURE(item["name"].get<std::string>());
        const Json& wanted = item.contains("prisma7_datamodel") ? item["prisma7_datamodel"] : item["dmmf"];
        const Json ours = datamodel_of(item["schema"].get<std::string>());
        equal += ours == wanted ? 1U : 0U;
        check_equal(ours, wanted);
    }
    std::printf("conformance: psl data model (DMMF) %zu/%zu\n", equal, cases);
    CHECK(cases == 4);
}

TEST_CASE("numbers keep Prisma's rounding") {
    const auto value = [](const char* type, const char* text) {
        return field_below("postgresql", std::string{"a "} + type + " @default(" + text + ")")["default"].dump();
    };
    CHECK(value("Float", "0.3") == "0.30000000000000004");
    CHECK(value("Float", "0.30") == "0.3");
    CHECK(value("Float", "-2") == "-2.0");
    CHECK(value("Float", "-0") == "0.0");
    CHECK(value("Decimal", "1000000000000000000000") == "1e+21");
    CHECK(value("Decimal", "0.0000001") == "1e-07");
    CHECK(value("Int", "007") == "7");
    CHECK(value("BigInt", "-9223372036854775808") == "\"-9223372036854775808\"");
}

TEST_CASE("dates are written in one spelling") {
    const auto value = [](const char* text) {
        return field_below("postgresql", "a DateTime @default(\"" + std::string{text} + "\")")["default"]
            .get<std::string>();
    };
    CHECK(value("2020-01-01T00:00:00Z") == "2020-01-01T00:00:00+00:00");
    CHECK(value("2020-01-01T00:00:00.5Z") == "2020-01-01T00:00:00.500+00:00");
    CHECK(value("2020-01-01T00:00:00.000Z") == "2020-01-01T00:00:00+00:00");
    CHECK(value("2020-01-01T00:00:00.123456-05:30") == "2020-01-01T00:00:00.123456-05:30");
    CHECK(value("2020-01-01T00:00:00.1234567+02:00") == "2020-01-01T00:00:00.123456700+02:00");
}

TEST_CASE("an id that is unique as well is an id") {
    const Json field = datamodel_below("sqlite", "model A {\n  id Int @id @unique\n}\n")["models"][0]["fields"][0];
    CHECK(field["isId"] == true);
    CHECK(field["isUnique"] == false);
}

TEST_CASE("comments document as in Prisma") {
    const auto documentation = [](std::string_view lines) {
        const Json field = datamodel_below(
            "sqlite", "model A {\n  id Int @id /// of id\n" + std::string{lines} + "\n}\n")["models"][0]["fields"][1];
        return field.contains("documentation") ? field["documentation"].get<std::string>() : std::string{"-"};
    };
    CHECK(documentation("  a Int") == "-");
    CHECK(documentation("  /// a\n  // b\n  /// c  \n  a Int /// d") == "a\nc  \nd");
    CHECK(documentation("  /// a\n\n  /// b\n\n\n  a Int") == "b");
    CHECK(documentation("  /* a\n   b */\n  a Int /* c */") == "a\n   b\nc");
    CHECK(documentation("  /* a */ /// b\n  a Int") == "a\nb");
    CHECK(documentation("  /* a */ a Int") == "a");
    CHECK(documentation("  /// a\n  @@map(\"x\") /// b\n  a Int") == "a");
    CHECK(documentation("  //// a\n  a Int") == "/ a");

    const auto of_model = [](std::string_view lines) {
        const Json model = datamodel_below(
            "sqlite", "enum E {\n  V\n}" + std::string{lines} + "model A {\n  id Int @id\n}\n")["models"][0];
        return model.contains("documentation") ? model["documentation"].get<std::string>() : std::string{"-"};
    };
    CHECK(of_model("\n/// a\n\n") == "-");
    CHECK(of_model("\n/// a\n\n/// b\n") == "b");
    CHECK(of_model(" /// a\n") == "a");
    CHECK(of_model("\n/* a */ ") == "a");
}

TEST_CASE("the document is one line, or indented") {
    support::SourceMap sources;
    sources.add("schema.prisma", "");
    const schema::Analysis analysis = schema::analyze(sources, connectors());
    CHECK(schema::dmmf_text(analysis.schema, false) ==
          R"({"datamodel":{"enums":[],"models":[],"types":[],"indexes":[]}})");
    CHECK(schema::dmmf_text(analysis.schema, true).starts_with("{\n  \"datamodel\": {\n    \"enums\": [],"));
}
