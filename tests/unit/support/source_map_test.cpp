#include "support/source_map.hpp"

#include <doctest/doctest.h>

namespace {

using lamina::support::Position;
using lamina::support::SourceMap;

}  // namespace

TEST_CASE("offsets become lines and columns") {
    SourceMap map;
    const auto file = map.add("a.prisma", "one\r\ntwo é x\n\nlast");
    CHECK(map.position(file, 0) == Position{1, 1});
    CHECK(map.position(file, 5) == Position{2, 1});
    CHECK(map.position(file, 12) == Position{2, 7});  // after the two bytes of é
    CHECK(map.position(file, 14) == Position{3, 1});
    CHECK(map.position(file, 1000) == Position{4, 5});
    CHECK(map.line_count(file) == 4);
}

TEST_CASE("a line is given without its break") {
    SourceMap map;
    const auto file = map.add("a", "one\r\ntwo\n");
    CHECK(map.line(file, 1) == "one");
    CHECK(map.line(file, 2) == "two");
    CHECK(map.line(file, 3).empty());
    CHECK(map.line(file, 0).empty());
    CHECK(map.line(file, 9).empty());
}

TEST_CASE("several files keep their own texts") {
    SourceMap map;
    const auto a = map.add("a", "first");
    const auto b = map.add("b", "second");
    CHECK(map.size() == 2);
    CHECK(map.path(b) == "b");
    CHECK(map.text({a, 1, 3}) == "ir");
    CHECK(map.text({b, 3, 99}) == "ond");
    CHECK(SourceMap::at(1) == b);
}
