#include "schema/diagnostics/printer.hpp"

#include <string>

#include <doctest/doctest.h>

#include "schema/diagnostics/messages.hpp"

namespace {

using namespace lamina::schema;
using lamina::support::SourceMap;

}  // namespace

TEST_CASE("a diagnostic shows file, line, column, the line and a caret") {
    SourceMap sources;
    const auto file = sources.add("prisma/schema.prisma", "model A {\n  id Int @idd\n}\n");
    Diagnostic diagnostic = messages::plain("Attribute not known: \"@idd\".", {file, 20, 23});
    diagnostic.hint = "did you mean `@id`?";
    CHECK(print(diagnostic, sources) ==
          "error: Attribute not known: \"@idd\".\n"
          " --> prisma/schema.prisma:2:11\n"
          "  |\n"
          "2 |   id Int @idd\n"
          "  |           ^^^\n"
          "  = help: did you mean `@id`?\n");
}

TEST_CASE("columns count characters, tabs are shown as blanks") {
    SourceMap sources;
    const auto file = sources.add("s", "é\tx\n");
    CHECK(print(messages::warning("w", {file, 3, 4}), sources) == "warning: w\n --> s:1:3\n  |\n1 | é x\n  |   ^\n");
}

TEST_CASE("control characters never reach the terminal") {
    SourceMap sources;
    const auto file = sources.add("s", "\x1b[31mred\x07\n");
    const std::string out = print(messages::plain("m", {file, 0, 1}), sources);
    CHECK(out.find('\x1b') == std::string::npos);
    CHECK(out.find('\x07') == std::string::npos);
}

TEST_CASE("a span of several lines is underlined on its first") {
    SourceMap sources;
    const auto file = sources.add("s", "model A {\n}\n");
    CHECK(print(messages::plain("m", {file, 0, 11}), sources) ==
          "error: m\n --> s:1:1\n  |\n1 | model A {\n  | ^^^^^^^^^\n");
}

TEST_CASE("a long line is cut around the caret") {
    SourceMap sources;
    const auto file = sources.add("s", std::string(5000, 'a') + "X" + std::string(5000, 'b'));
    const std::string out = print(messages::plain("m", {file, 5000, 5001}), sources);
    CHECK(out.size() < 1000);
    CHECK(out.find("aX") != std::string::npos);
    CHECK(out.find("s:1:5001") != std::string::npos);
}

TEST_CASE("an empty file can be pointed at") {
    SourceMap sources;
    const auto file = sources.add("s", "");
    CHECK(print(messages::plain("m", {file, 7, 9}), sources) == "error: m\n --> s:1:1\n  |\n1 | \n  | ^\n");
}

TEST_CASE("very many errors are counted, not printed") {
    SourceMap sources;
    const auto file = sources.add("s", "x\n");
    Diagnostics all;
    for (int i = 0; i < 500; ++i) all.push(messages::plain("m", {file, 0, 1}));
    CHECK(print(all, sources).find("… and 400 more") != std::string::npos);
    CHECK(all.error_count() == 500);
}

TEST_CASE("colours only when they are asked for") {
    SourceMap sources;
    const auto file = sources.add("s", "x\n");
    CHECK(print(messages::plain("m", {file, 0, 1}), sources).find("\x1b[") == std::string::npos);
    CHECK(print(messages::plain("m", {file, 0, 1}), sources, {.colours = true}).find("\x1b[1;31m") !=
          std::string::npos);
}
