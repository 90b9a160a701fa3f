#include <ctime>
#include <string>

#include <doctest/doctest.h>

#include "format_one.hpp"
#include "schema/format/format.hpp"

namespace {

using lamina::schema::format::layout;
using lamina::schema::format::test::format_one;

double seconds(const std::string& text) {
    const std::clock_t start = std::clock();  // not the wall clock: other tests run as well
    static_cast<void>(format_one(text));
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::string repeated(std::string_view text, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += text;
    return out;
}

// Every model lacks the other side of a relation and its foreign key.
std::string models(int count) {
    std::string out;
    for (int i = 0; i < count; ++i) {
        const std::string n = std::to_string(i), next = std::to_string((i + 1) % count);
        out += "model M" + n + " {\n  id Int @id @default(autoincrement())\n name   String @unique @db.VarChar(100)\n";
        for (int f = 0; f < 12; ++f)
            out += "  f" + std::to_string(f) + " String? @map(\"c" + std::to_string(f) + "\")\n";
        out += "  other M" + next + "\n  @@index([f0, f1])\n}\n";
    }
    return out;
}

}  // namespace

TEST_CASE("any bytes will do") {
    CHECK(layout("") == "\n");
    CHECK(layout(std::string{"\0\0", 2}) == std::string{"\0\0\n", 3});
    CHECK(format_one("model A {\n  \xFF\xFE   Int\n  b   Int\n}") == "model A {\n  \xFF\xFE   Int\n  b Int\n}\n");
    CHECK(format_one("model \xE0\x81\x81 {\n id Int @id\n b B\n}\nmodel B {\n id Int @id\n}\n").find("@relation") ==
          std::string::npos);
}

TEST_CASE("there may be no file at all") {
    const lamina::support::SourceMap none;
    CHECK(lamina::schema::format::format_files(none, lamina::schema::format::test::connectors()).empty());
}

TEST_CASE("deep nesting") {
    const std::string deep = repeated("[", 100'000);
    const std::string text = "model A {\n  id Int @x(" + deep + ")\n}\n";
    CHECK(layout(text) == text);
    CHECK(layout(repeated("{", 100'000)).size() == 100'001);
}

TEST_CASE("time is linear, whatever is wrong") {
    CHECK(seconds(repeated("? broken\n", 100'000)) < 5.0);
    CHECK(seconds(repeated("model A {\n", 100'000)) < 5.0);
    CHECK(seconds(repeated("/*", 200'000)) < 5.0);
    CHECK(seconds("model A {\n" + repeated("  f Int @unique @unique @foo(a: 1, a: 2)\n", 20'000) + "}\n") < 5.0);
    CHECK(seconds("model A {\n" + repeated("// a\n@@index([a])\n", 20'000) + "}\n") < 5.0);
    CHECK(seconds("model A {\n  id Int" + repeated(" @x", 50'000) + "\n}\n") < 5.0);
}

TEST_CASE("many relations and many keys of one model") {
    std::string text = "model A {\n  id Int @id\n";
    for (int i = 0; i < 3'000; ++i) text += "  u" + std::to_string(i) + " Int @unique\n";
    text += "}\nmodel B {\n  id Int @id\n";
    for (int i = 0; i < 3'000; ++i)
        text += "  a" + std::to_string(i) + " A @relation(\"r" + std::to_string(i) + "\")\n";
    CHECK(seconds(text + "}\n") < 5.0);
}

TEST_CASE("time grows with the number of models, not faster") {
    const double one = seconds(models(300));
    const double four = seconds(models(1200));
    MESSAGE("300 models " << one * 1000 << " ms, 1200 models " << four * 1000 << " ms");
    CHECK(four < one * 12 + 0.05);
}
