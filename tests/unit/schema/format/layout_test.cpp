// Expected texts are Prisma 7's.
#include <string>

#include <doctest/doctest.h>

#include "schema/format/format.hpp"

namespace {

using lamina::schema::format::layout;

}  // namespace

TEST_CASE("columns of names, types and attributes") {
    CHECK(layout("model Post {\n"
                 " id Int @id\n"
                 "  aVeryLongName String?\n"
                 "\n"
                 "\n"
                 " x Int\n"
                 "}") ==
          "model Post {\n"
          "  id            Int     @id\n"
          "  aVeryLongName String?\n"
          "\n"
          "  x Int\n"
          "}\n");
    CHECK(layout("model A {\n"
                 " a   Int @default(x ( a , b : [ 1 ,2] ) , c:{a:1})\n"
                 " bb Unsupported( \"x\" ) ?\n"
                 " c [ Int ]\n"
                 " d: Int\n"
                 " e @id\n"
                 " f Int!\n"
                 " g Int [] ?\n"
                 "}") ==
          "model A {\n"
          "  a  Int                 @default(x(a, b: [1, 2]), c: { a: 1 })\n"
          "  bb Unsupported( \"x\" )?\n"
          "  c  Int[]\n"
          "  d  Int\n"
          "  e                      @id\n"
          "  f  Int\n"
          "  g  Int[]?\n"
          "}\n");
    CHECK(layout("model A {\n"
                 " \303\251\303\251bc Int @id\n"
                 " a Unsupported(\"\303\251\") @id\n"
                 "}") ==
          "model A {\n"
          "  \303\251\303\251bc Int               @id\n"
          "  a      Unsupported(\"\303\251\") @id\n"
          "}\n");
}

TEST_CASE("attributes have an order") {
    CHECK(layout("model A {\n"
                 " id Int @map(\"x\")@id @default( 1 ) @db.X @foo @updatedAt\n"
                 " b Int? @relation(a , [b,c] ,)\n"
                 "}") ==
          "model A {\n"
          "  id Int  @id @default(1) @updatedAt @map(\"x\") @db.X @foo\n"
          "  b  Int? @relation(a, [b, c])\n"
          "}\n");
    CHECK(layout("model A {\n"
                 "  a Int\n"
                 " // q\n"
                 "\n"
                 " @@index([a])// x\n"
                 " b Int\n"
                 " @@id(a) \n"
                 "\n"
                 " junk\n"
                 " c String\n"
                 "}") ==
          "model A {\n"
          "  a Int\n"
          "  // q\n"
          "  b Int\n"
          "\n"
          "  junk\n"
          "  c    String\n"
          "\n"
          "  @@id(a)\n"
          "  @@index([a]) // x\n"
          "}\n");
    CHECK(layout("model A {\n"
                 "  a Int\n"
                 "\n"
                 " // x\n"
                 "\n"
                 " @@id([a])\n"
                 "\n"
                 " // y\n"
                 " @@map(\"z\")\n"
                 "\n"
                 " // u\n"
                 " b Int\n"
                 " // t\n"
                 "}") ==
          "model A {\n"
          "  a Int\n"
          "\n"
          "  // x\n"
          "\n"
          "  // u\n"
          "  b Int\n"
          "  // t\n"
          "\n"
          "  @@id([a])\n"
          "  // y\n"
          "  @@map(\"z\")\n"
          "}\n");
    CHECK(layout("enum E {\n"
                 " A @map( \"x\" ) @id\n"
                 " BCD\n"
                 "\n"
                 "  @@map( \"y\" ) // x\n"
                 "}") ==
          "enum E {\n"
          "  A   @map(\"x\")@id\n"
          "  BCD\n"
          "\n"
          "  @@map(\"y\") // x\n"
          "}\n");
}

TEST_CASE("settings") {
    CHECK(layout("generator x {\n"
                 " b= 1 // x\n"
                 " ccccc = { a: 1 }\n"
                 " d = [ 1,2 , x(a,b:c) ]\n"
                 " e = {}\n"
                 "}") ==
          "generator x {\n"
          "  b     = 1 // x\n"
          "  ccccc = { a: 1 }\n"
          "  d     = [1, 2, x(a, b: c)]\n"
          "  e     = {  }\n"
          "}\n");
    CHECK(layout("datasource db {\n"
                 " provider=\"sqlite\" /* a */\n"
                 "\n"
                 "\n"
                 " // own\n"
                 " url=env ( \"X\" )\n"
                 " test\n"
                 "}") ==
          "datasource db {\n"
          "  provider = \"sqlite\" /* a */\n"
          "\n"
          "  // own\n"
          "  url = env(\"X\")\n"
          "  test\n"
          "}\n");
    CHECK(layout("generator a {\n"
                 " aaaaaaaaa =\n"
                 " b = 1\n"
                 " c= // x\n"
                 "}") ==
          "generator a {\n"
          "  aaaaaaaaa\n"
          "  b         = 1\n"
          "  c // x\n"
          "}\n");
}

TEST_CASE("comments stay where they stand") {
    CHECK(layout("/* a */ /* b */\n"
                 "/* c */// d\n"
                 "model A {\n"
                 " /* x */ a Int\n"
                 "}") ==
          "/**\n"
          " * a\n"
          " */\n"
          "/**\n"
          " * b\n"
          " */\n"
          "/**\n"
          " * c\n"
          " */\n"
          "// d\n"
          "model A {\n"
          "  /**\n"
          "   * x\n"
          "   */\n"
          "  a Int\n"
          "}\n");
    CHECK(layout("/**/\n"
                 "model A {\n"
                 " /** **/ a Int /**/\n"
                 " /*\n"
                 "\n"
                 "*  x\n"
                 "   ** y\n"
                 "  z   \n"
                 "*/\n"
                 "}") ==
          "/**\n"
          " */\n"
          "model A {\n"
          "  /**\n"
          "   * *\n"
          "   */\n"
          "  a Int /**/\n"
          "  /**\n"
          "   * x\n"
          "   * * y\n"
          "   * z\n"
          "   */\n"
          "}\n");
    CHECK(layout("// a\n"
                 "\n"
                 "\n"
                 "/// b\n"
                 "\n"
                 "\n"
                 "\n"
                 "model A {\n"
                 " a Int // b  \n"
                 " ccc Int ///  c\n"
                 "  ///   doc  \n"
                 " //x\n"
                 "}\n"
                 "\n"
                 "// c\n"
                 "\n") ==
          "// a\n"
          "\n"
          "/// b\n"
          "\n"
          "model A {\n"
          "  a   Int // b  \n"
          "  ccc Int ///  c\n"
          "  ///   doc  \n"
          "  //x\n"
          "}\n"
          "\n"
          "// c\n");
}

TEST_CASE("blank lines") {
    CHECK(layout("\n"
                 "\n"
                 "  \n"
                 "model A {\n"
                 "\n"
                 " a Int\n"
                 "\n"
                 "}\n"
                 "enum B {\n"
                 " X\n"
                 "\n"
                 "\n"
                 " Y\n"
                 "}\n"
                 "\n"
                 "\n"
                 "\n") ==
          "model A {\n"
          "  a Int\n"
          "}\n"
          "\n"
          "enum B {\n"
          "  X\n"
          "\n"
          "  Y\n"
          "}\n");
    CHECK(layout("model A {\n"
                 " @@id([a])\n"
                 " a Int\n"
                 "}") ==
          "model A {\n"
          "  a Int\n"
          "\n"
          "  @@id([a])\n"
          "}\n");
    CHECK(layout("") == "\n");
    CHECK(layout("\n"
                 "\n") == "\n");
    CHECK(layout("// c") == "// c\n");
}

TEST_CASE("broken lines stay as they are") {
    CHECK(layout("model A {\n"
                 " a  String\n"
                 " what is  this   \n"
                 " bb Int @default(\n"
                 "}") ==
          "model A {\n"
          "  a String\n"
          "  what is  this   \n"
          "  bb Int @default(\n"
          "}\n");
    CHECK(layout("junk junk   \n"
                 "\n"
                 "\n"
                 "  junk\n"
                 "model A {\n"
                 " b Int\n"
                 "}\n") ==
          "junk junk   \n"
          "\n"
          "junk\n"
          "model A {\n"
          "  b Int\n"
          "}\n");
    CHECK(layout("model A {\n"
                 " a   Int\n") ==
          "model A {\n"
          "a   Int\n");
    CHECK(layout("model A\n"
                 "{\n"
                 " a   Int\n"
                 "}\n") ==
          "model A\n"
          "{\n"
          "a   Int\n"
          "}\n");
    CHECK(layout("foo {\n"
                 " a = 1\n"
                 " }\n"
                 "\n"
                 "\n"
                 "// foo\n"
                 "model A {\n"
                 " id X\n"
                 "}\n") ==
          "foo {\n"
          " a = 1\n"
          " }\n"
          "// foo\n"
          "model A {\n"
          "  id X\n"
          "}\n");
    CHECK(layout("type X = Int @id // c\n"
                 "\n"
                 "\n"
                 "model A {\n"
                 " id X\n"
                 "}\n") ==
          "type X = Int @id // c\n"
          "\n"
          "model A {\n"
          "  id X\n"
          "}\n");
    CHECK(layout("model A {\n"
                 " a   Int @z({a})\n"
                 " b Int @w(,) \n"
                 " c   Int @o(a b)\n"
                 "}") ==
          "model A {\n"
          "  a   Int @z({a})\n"
          "  b Int @w()\n"
          "  c   Int @o(a b)\n"
          "}\n");
}

TEST_CASE("line ends become line feeds") {
    CHECK(layout("model A {\r\n"
                 " a   Int // x\r\n"
                 " bb Int\r\n"
                 "}\r\n"
                 "\r\n"
                 "\r\n"
                 "// x\r\n"
                 "/* a\r\n"
                 " b */\r\n"
                 "enum B {\r\n"
                 " C\r\n"
                 "}") ==
          "model A {\n"
          "  a  Int // x\n"
          "  bb Int\n"
          "}\n"
          "\n"
          "// x\n"
          "/**\n"
          " * a\n"
          " * b\n"
          " */\n"
          "enum B {\n"
          "  C\n"
          "}\n");
    CHECK(layout("model A {\n"
                 " a   Int\r bb   Int\r c String\n"
                 "\n"
                 "}") ==
          "model A {\n"
          "  a  Int\n"
          "  bb Int\n"
          "  c  String\n"
          "}\n");
}

TEST_CASE("better than Prisma: nothing that was written is lost, and a second run changes nothing") {
    // Prisma drops the fields behind the brace.
    CHECK(layout("model A { id Int @id\n b   Int\n}\n") == "model A { id Int @id\n  b Int\n}\n");
    CHECK(layout("model A { // why\n b   Int\n}\n") == "model A {\n  b Int\n}\n");
    // Prisma leaves an empty line in the first run and takes it away in the second.
    CHECK(layout("model A {\n  @@map(\"a\")\n\n  id Int\n}\n") == "model A {\n  id Int\n\n  @@map(\"a\")\n}\n");
    // Prisma puts the empty line there in the second run.
    CHECK(layout("model A {\n} // a\n") == "model A {\n}\n\n// a\n");
    // Prisma writes one more /** in every run.
    CHECK(layout("enum A {\n  // a\n  /**\n   * b\n   */\n  B\n}\n") ==
          "enum A {\n  // a\n  /**\n   * b\n   */\n  B\n}\n");
    // Prisma indents the comment's second line in the second run.
    CHECK(layout("generator a {\n c = /*\n*/\n}\n") == "generator a {\n  c /*\n  */\n}\n");
    CHECK(layout("generator a {\n  aaa\n  cc =\n  d = 1\n}\n") == "generator a {\n  aaa\n  cc\n  d  = 1\n}\n");
    CHECK(layout("generator a {\n  aaa\n  cc\n  d  = 1\n}\n") == "generator a {\n  aaa\n  cc\n  d  = 1\n}\n");
    CHECK(layout("model A { \xFF\n b   Int\n}\n") == "model A { \xFF\n  b Int\n}\n");
    CHECK(layout("enum A {\n@@map(\"a\") /* b */\n/* c\n}\n") == "enum A {\n@@map(\"a\") /* b */\n/* c\n}\n");
    // Prisma takes the mark for a broken line.
    CHECK(layout("\xEF\xBB\xBF \xEF\xBB\xBF") == "\xEF\xBB\xBF\n");
    CHECK(layout("\n\xEF\xBB\xBF\nenum A {\n}\n") ==
          "\xEF\xBB\xBF"
          "enum A {\n}\n");
    CHECK(layout("\xEF\xBB\xBFmodel A {\n a   Int\n}") == "\xEF\xBB\xBFmodel A {\n  a Int\n}\n");
}
