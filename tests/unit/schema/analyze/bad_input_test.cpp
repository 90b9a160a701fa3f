#include <ctime>
#include <string>

#include <doctest/doctest.h>

#include "check.hpp"
#include "schema/diagnostics/printer.hpp"

namespace {

using namespace lamina::schema;
using lamina::schema::test::check;

double seconds(const std::string& text) {
    const std::clock_t start = std::clock();  // not the wall clock: other tests run as well
    const auto checked = check(text);
    static_cast<void>(print(checked->analysis.diagnostics, checked->sources));
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::string models(int count) {
    std::string out = "datasource db {\n  provider = \"postgresql\"\n}\n";
    for (int i = 0; i < count; ++i) {
        const std::string n = std::to_string(i), next = std::to_string((i + 1) % count);
        out += "model M" + n + " {\n  id Int @id @default(autoincrement())\n  name String @unique @db.VarChar(100)\n";
        for (int f = 0; f < 12; ++f)
            out += "  f" + std::to_string(f) + " String? @map(\"col_" + std::to_string(f) + "\")\n";
        out += "  otherId Int\n  other M" + next + " @relation(\"r" + n + "\", fields: [otherId], references: [id])\n";
        out += "  back M" + std::to_string((i + count - 1) % count) + "[] @relation(\"r" +
               std::to_string((i + count - 1) % count) + "\")\n  @@index([f0, f1])\n}\n";
    }
    return out;
}

}  // namespace

TEST_CASE("empty, binary and broken texts are judged, not crashed on") {
    CHECK(check("")->analysis.ok());
    CHECK(check("\n\n// nothing\n")->analysis.ok());
    CHECK(!check(std::string{"\0\0\0", 3})->analysis.ok());
    CHECK(!check("\x7F"
                 "ELF\x02\x01\x01")
               ->analysis.ok());
    CHECK(!check("model A {\n  id Int @id\n  \xFF\xFE Int\n}\n")->analysis.ok());
    CHECK(check("\xEF\xBB\xBFmodel A {\n  id Int @id\n}\n")->analysis.ok());
    CHECK(!check("model A {\n  id Int @id\n")->analysis.ok());
    CHECK(!check("type A {\n  a\n  a Int\n}\n")->analysis.ok());
}

TEST_CASE("there may be no file at all") {
    const lamina::support::SourceMap none;
    CHECK(analyze(none, test::connectors()).ok());
}

TEST_CASE("a schema of nothing but mistakes takes linear time") {
    std::string wrong = "model A {\n  id Int @id\n";
    for (int i = 0; i < 20'000; ++i) wrong += "  f" + std::to_string(i) + " Unknown" + std::to_string(i) + "\n";
    CHECK(seconds(wrong + "}\n") < 5.0);
    std::string lines;
    for (int i = 0; i < 100'000; ++i) lines += "? broken\n";
    CHECK(seconds(lines) < 5.0);
    std::string same = "model A {\n  id Int @id\n";
    for (int i = 0; i < 20'000; ++i) same += "  f Int @unique @unique @foo(a: 1, a: 2)\n";
    CHECK(seconds(same + "}\n") < 5.0);
}

TEST_CASE("one field with very many attributes or arguments") {
    std::string attributes = "model A {\n  id Int @id";
    for (int i = 0; i < 3'000; ++i) attributes += " @x" + std::to_string(i);
    CHECK(seconds(attributes + "\n}\n") < 5.0);
    std::string arguments = "model A {\n  id Int @id(";
    for (int i = 0; i < 3'000; ++i) arguments += "a" + std::to_string(i) + ": 1, ";
    CHECK(seconds(arguments + "b: 1)\n}\n") < 5.0);
}

TEST_CASE("one block with very many keys") {
    std::string keys = "model A {\n  id Int @id\n  b Int\n";
    for (int i = 0; i < 10'000; ++i) keys += "  @@index([id, b], map: \"i" + std::to_string(i) + "\")\n";
    CHECK(seconds(keys + "}\n") < 5.0);
}

TEST_CASE("time grows with the number of models, not faster") {
    const double one = seconds(models(300));
    const double four = seconds(models(1200));
    MESSAGE("300 models " << one * 1000 << " ms, 1200 models " << four * 1000 << " ms");
    CHECK(four < one * 12 + 0.05);
    CHECK(check(models(300))->analysis.ok());
}
