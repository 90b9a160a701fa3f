#include "schema/syntax/parser.hpp"

#include <ctime>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "schema/syntax/ast.hpp"

namespace {

using namespace lamina::schema;
using lamina::schema::syntax::NodeKind;
using lamina::schema::syntax::Tree;

Tree parse(std::string_view text) { return syntax::parse({}, text); }

std::size_t count(const Tree& tree, NodeKind kind) {
    std::size_t found = 0;
    for (const syntax::Node& node : tree.nodes()) found += node.kind == kind ? 1 : 0;
    return found;
}

// Every node lies within its parent, and children follow each other. (One assertion: a tree may have a million nodes.)
bool is_well_formed(const Tree& tree) {
    const auto& nodes = tree.nodes();
    if (nodes.empty() || nodes[0].first_token != 0 || nodes[0].last_token != tree.tokens().size()) return false;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].subtree_end <= i || nodes[i].first_token > nodes[i].last_token) return false;
        std::uint32_t at = nodes[i].first_token;
        for (const syntax::NodeId child : tree.children(syntax::NodeId{i})) {
            if (tree[child].first_token < at || tree[child].last_token > nodes[i].last_token) return false;
            at = tree[child].last_token;
        }
    }
    return true;
}

void check_shape(const Tree& tree) { CHECK(is_well_formed(tree)); }

double seconds_to_parse(const std::string& text) {
    const std::clock_t start = std::clock();  // not the wall clock: other tests run as well
    const Tree tree = parse(text);
    check_shape(tree);
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::string repeat(std::string_view piece, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += piece;
    return out;
}

}  // namespace

TEST_CASE("a model becomes a tree") {
    const Tree tree = parse("model A {\n  id Int[] @id(map: \"x\")\n  @@index([id(sort: Desc)])\n}\n");
    check_shape(tree);
    CHECK(tree.dump() ==
          "File\n  Model\n    Keyword model\n    Name A\n    Field\n      Name id\n      Type\n        Name Int\n"
          "      FieldAttribute\n        Path id\n        Arguments\n          Argument\n            Name map\n"
          "            String \"x\"\n    BlockAttribute\n      Path index\n      Arguments\n        Argument\n         "
          " Array\n"
          "            Call\n              Path id\n              Arguments\n                Argument\n"
          "                  Name sort\n                  Constant Desc\n");
}

TEST_CASE("a bad line is one node and harms nothing around it") {
    const Tree tree = parse("model A {\n  id Int @id\n  ??? what\n  b Int @map(\"x)\n  c Int\n}\nenum E {\n  A\n}\n");
    check_shape(tree);
    CHECK(count(tree, NodeKind::InvalidLine) == 2);
    CHECK(count(tree, NodeKind::Field) == 2);
    CHECK(count(tree, NodeKind::EnumValue) == 1);
}

TEST_CASE("a block that is not closed is only lines") {
    const Tree tree = parse("model A {\n  id Int @id\n");
    CHECK(count(tree, NodeKind::Model) == 0);
    CHECK(count(tree, NodeKind::InvalidLine) == 2);
}

TEST_CASE("a keyword is a name too") {
    const Tree tree = parse("model model {\n  enum Int\n  model Int\n}\n");
    CHECK(count(tree, NodeKind::Field) == 2);
    CHECK(count(tree, NodeKind::InvalidLine) == 0);
}

TEST_CASE("documentation is taken from above and from behind") {
    const Tree tree = parse(
        "/// not ours\n\n/// first\n// no\n/// second\nmodel A {\n  /// above\n  id Int /// behind\n  b Int\n}\n");
    const auto blocks = ast::blocks(tree);
    REQUIRE(blocks.size() == 1);
    CHECK(blocks[0].documentation() == "first\nsecond");
    CHECK(blocks[0].fields()[0].documentation() == "above\nbehind");
    CHECK(blocks[0].fields()[1].documentation().empty());
}

TEST_CASE("escapes are resolved") {
    CHECK(ast::unescape(R"("a\"b\\c\/d\n\t")", nullptr) == "a\"b\\c/d\n\t");
    CHECK(ast::unescape(R"("\u00e9\ud83d\ude00")", nullptr) == "é😀");
    std::vector<ast::BadEscape> bad;
    CHECK(ast::unescape(R"("\q\u12\ud800")", &bad) == R"(\q\u12\ud800)");
    CHECK(bad.size() == 3);
}

TEST_CASE("expressions are shown as messages show them") {
    const Tree tree = parse("generator g {\n  a = [1, \"x\", foo(b: [true])]\n  b = {k: 1}\n}\n");
    const auto settings = ast::blocks(tree)[0].settings();
    REQUIRE(settings.size() == 2);
    CHECK(settings[0].value()->display() == "[1,\"x\",foo(b: [true])]");
    CHECK(settings[1].value()->display() == "{ k: 1 }");
}

TEST_CASE("deep nesting is refused, not followed") {
    const std::string deep =
        "model A {\n  id Int @default(" + repeat("[", 200'000) + repeat("]", 200'000) + ")\n  b Int\n}\n";
    const Tree tree = parse(deep);
    check_shape(tree);
    CHECK(count(tree, NodeKind::InvalidLine) == 1);
    CHECK(count(tree, NodeKind::Field) == 1);
    check_shape(parse("model A {\n  id Int @default(" + repeat("f(", 100'000)));
    check_shape(parse("model A {\n  id Int @default(" + repeat("{a:", 100'000) + "\n}\n"));
}

TEST_CASE("no input takes more than linear time") {
    for (const std::string_view piece : {"model A {\n", "/*", "\"", "@", "@@id([", "a(", "}\n", "model A {\n}\n",
                                         "x y @a(b: [c])\n", "\\", "{", "(", "type A = B\n", "///\n", "-", "1", "\r"}) {
        CAPTURE(piece);
        CHECK(seconds_to_parse(repeat(piece, 50'000)) < 3.0);
    }
}

TEST_CASE("bytes that are no text are parsed as well") {
    for (const std::string& text : {std::string{"\0\0\0", 3}, std::string{"\xFF\xFE model A {\n\x80\n}\n"},
                                    std::string{"model A\0B {\n}\n", 14}, std::string{}}) {
        check_shape(parse(text));
    }
}
