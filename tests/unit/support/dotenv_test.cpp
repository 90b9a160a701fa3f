#include "support/dotenv.hpp"

#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

namespace {

using lamina::support::parse_dotenv;

std::string value(std::string_view text, const std::string& name = "A") {
    const auto variables = parse_dotenv(text);
    const auto found = variables.find(name);
    return found == variables.end() ? "(not set)" : found->second;
}

}  // namespace

TEST_CASE("a line sets a variable") {
    CHECK(value("A=1") == "1");
    CHECK(value("A = 1 ") == "1");
    CHECK(value("export A=1\r\n") == "1");
    CHECK(value("A=") == "");
    CHECK(value("A=1\nA=2") == "2");
    CHECK(value("A=a=b") == "a=b");
}

TEST_CASE("comments and lines that set nothing are passed over") {
    CHECK(value("# A=1\n\n  # x\nA=2 # why\n") == "2");
    CHECK(value("just words\n=1\nA=1") == "1");
    CHECK(value("B=1") == "(not set)");
}

TEST_CASE("quotes keep blanks, hashes and line breaks") {
    CHECK(value("A=\"x # y \"") == "x # y ");
    CHECK(value("A='x # y' # z") == "x # y");
    CHECK(value("A=\"one\ntwo\"\nB=3") == "one\ntwo");
    CHECK(value("A=\"one\ntwo\"\nB=3", "B") == "3");
    CHECK(value("A=\"a\\nb\"") == "a\nb");
    CHECK(value("A='a\\nb'") == "a\\nb");
    CHECK(value("A=\"unterminated") == "\"unterminated");
}

TEST_CASE("variables may name others") {
    ::unsetenv("LAMINA_TEST_UNSET");
    CHECK(value("B=x\nA=${B}/y") == "x/y");
    CHECK(value("A=${LAMINA_TEST_UNSET}y") == "y");
    CHECK(value("B=x\nA='${B}'") == "${B}");
    CHECK(value("A=${") == "${");
}

TEST_CASE("any bytes are read without harm") {
    CHECK(value(std::string{"\0\xFF=\n", 4}) == "(not set)");
    CHECK(value("") == "(not set)");
}
