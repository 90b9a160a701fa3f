// Expected texts are Prisma 7's.
#include <string>

#include <doctest/doctest.h>

#include "format_one.hpp"
#include "schema/format/format.hpp"

namespace {

using lamina::schema::format::test::format_one;

}  // namespace

TEST_CASE("a lone field gets its other side") {
    CHECK(format_one("model User {\n"
                     " id Int @id\n"
                     "}\n"
                     "\n"
                     "model Post {\n"
                     " id Int @id\n"
                     " User User[]\n"
                     "}\n"
                     "\n"
                     "model Cat {\n"
                     " id Int @id\n"
                     " post Post\n"
                     "}\n") ==
          "model User {\n"
          "  id     Int   @id\n"
          "  post   Post? @relation(fields: [postId], references: [id])\n"
          "  postId Int?\n"
          "}\n"
          "\n"
          "model Post {\n"
          "  id   Int    @id\n"
          "  User User[]\n"
          "  cats Cat[]\n"
          "}\n"
          "\n"
          "model Cat {\n"
          "  id     Int  @id\n"
          "  post   Post @relation(fields: [postId], references: [id])\n"
          "  postId Int\n"
          "}\n");
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " b B @relation   @ignore // foo\n"
                     "}\n"
                     "model B {\n"
                     " id Int @id @db.Integer\n"
                     "}") ==
          "model A {\n"
          "  id  Int @id\n"
          "  b   B   @relation(fields: [bId], references: [id]) @ignore // foo\n"
          "  bId Int @db.Integer\n"
          "}\n"
          "\n"
          "model B {\n"
          "  id Int @id @db.Integer\n"
          "  as A[]\n"
          "}\n");
    CHECK(format_one("model Human {\n"
                     "  id    Int @id\n"
                     "  sonId Int?\n"
                     "  son   Human? @relation(fields: [sonId], references: [id])\n"
                     "}\n") ==
          "model Human {\n"
          "  id     Int     @id\n"
          "  sonId  Int?\n"
          "  son    Human?  @relation(fields: [sonId], references: [id])\n"
          "  humans Human[]\n"
          "}\n");
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " u Int @unique\n"
                     " b C @relation(fields: [u], references: [id])\n"
                     " @@ignore\n"
                     "}\n"
                     "model C {\n"
                     " id Int @id\n"
                     "}") ==
          "model A {\n"
          "  id Int @id\n"
          "  u  Int @unique\n"
          "  b  C   @relation(fields: [u], references: [id])\n"
          "\n"
          "  @@ignore\n"
          "}\n"
          "\n"
          "model C {\n"
          "  id Int @id\n"
          "  a  A?  @ignore\n"
          "}\n");
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " b C @relation(fields: [id], references: [id])\n"
                     "}\n"
                     "model C {\n"
                     " id Int @id\n"
                     "}") ==
          "model A {\n"
          "  id Int @id\n"
          "  b  C   @relation(fields: [id], references: [id])\n"
          "}\n"
          "\n"
          "model C {\n"
          "  id Int @id\n"
          "  as A[]\n"
          "}\n");
}

TEST_CASE("@relation gets its arguments") {
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " b B @relation(onDelete: Cascade)\n"
                     "}\n"
                     "model B {\n"
                     " id Int @id\n"
                     " a A []\n"
                     "}") ==
          "model A {\n"
          "  id  Int @id\n"
          "  b   B   @relation(onDelete: Cascade, fields: [bId], references: [id])\n"
          "  bId Int\n"
          "}\n"
          "\n"
          "model B {\n"
          "  id Int @id\n"
          "  a  A[]\n"
          "}\n");
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " b B @relation(fields: [bId])\n"
                     " bId Int\n"
                     "}\n"
                     "model B {\n"
                     " id Int @id\n"
                     " a A[]\n"
                     "}") ==
          "model A {\n"
          "  id  Int @id\n"
          "  b   B   @relation(fields: [bId], references: [id])\n"
          "  bId Int\n"
          "}\n"
          "\n"
          "model B {\n"
          "  id Int @id\n"
          "  a  A[]\n"
          "}\n");
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " b B @relation(references: [x])\n"
                     "}\n"
                     "model B {\n"
                     " id Int @id @db.Integer\n"
                     " x String @unique\n"
                     " a A[]\n"
                     "}") ==
          "model A {\n"
          "  id  Int @id\n"
          "  b   B   @relation(references: [x], fields: [bId])\n"
          "  bId Int @db.Integer\n"
          "}\n"
          "\n"
          "model B {\n"
          "  id Int    @id @db.Integer\n"
          "  x  String @unique\n"
          "  a  A[]\n"
          "}\n");
    CHECK(format_one("model User1 {\n"
                     "  id String @id\n"
                     "  a User2?\n"
                     "}\n"
                     "model User2 {\n"
                     "  id String @id\n"
                     "  b User1?\n"
                     "}\n") ==
          "model User1 {\n"
          "  id      String  @id\n"
          "  a       User2?  @relation(fields: [user2Id], references: [id])\n"
          "  user2Id String?\n"
          "}\n"
          "\n"
          "model User2 {\n"
          "  id String @id\n"
          "  b  User1?\n"
          "}\n");
}

TEST_CASE("foreign keys follow the first key") {
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " b C\n"
                     "}\n"
                     "model C {\n"
                     " id String @unique\n"
                     " foo Int @unique\n"
                     " @@id([foo,id])\n"
                     "}") ==
          "model A {\n"
          "  id   Int    @id\n"
          "  b    C      @relation(fields: [cFoo, cId], references: [foo, id])\n"
          "  cFoo Int\n"
          "  cId  String\n"
          "}\n"
          "\n"
          "model C {\n"
          "  id  String @unique\n"
          "  foo Int    @unique\n"
          "  as  A[]\n"
          "\n"
          "  @@id([foo, id])\n"
          "}\n");
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " b C\n"
                     "}\n"
                     "model C {\n"
                     " id String? @unique\n"
                     " foo Int @unique\n"
                     "}") ==
          "model A {\n"
          "  id  Int    @id\n"
          "  b   C      @relation(fields: [cId], references: [foo])\n"
          "  cId String\n"
          "}\n"
          "\n"
          "model C {\n"
          "  id  String? @unique\n"
          "  foo Int     @unique\n"
          "  as  A[]\n"
          "}\n");
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " b C\n"
                     "}\n"
                     "model C {\n"
                     " a Int\n"
                     " id E @unique\n"
                     " foo Int\n"
                     "\n"
                     "@@id([a,id,foo])\n"
                     "}\n"
                     "enum E {\n"
                     " X\n"
                     "}") ==
          "model A {\n"
          "  id Int @id\n"
          "  b  C   @relation(fields: [cA, cId, cFoo], references: [a, id, foo])\n"
          "  cA Int\n"
          "}\n"
          "\n"
          "model C {\n"
          "  a   Int\n"
          "  id  E   @unique\n"
          "  foo Int\n"
          "  as  A[]\n"
          "\n"
          "  @@id([a, id, foo])\n"
          "}\n"
          "\n"
          "enum E {\n"
          "  X\n"
          "}\n");
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " b C\n"
                     "}\n"
                     "model C {\n"
                     " a A[]\n"
                     "}") ==
          "model A {\n"
          "  id Int @id\n"
          "  b  C   @relation(fields: [], references: [])\n"
          "}\n"
          "\n"
          "model C {\n"
          "  a A[]\n"
          "}\n");
    CHECK(format_one("model Session3 {\n"
                     "  id Int @id\n"
                     "  user3Id Int?\n"
                     "  user3Id2 Int\n"
                     "}\n"
                     "model User3 {\n"
                     "  id Int\n"
                     "  id2 Int\n"
                     "  sessions Session3[]\n"
                     "\n"
                     "  @@id([id, id2])\n"
                     "}\n") ==
          "model Session3 {\n"
          "  id       Int    @id\n"
          "  user3Id  Int?\n"
          "  user3Id2 Int\n"
          "  user3    User3? @relation(fields: [user3Id, user3Id2], references: [id, id2])\n"
          "}\n"
          "\n"
          "model User3 {\n"
          "  id       Int\n"
          "  id2      Int\n"
          "  sessions Session3[]\n"
          "\n"
          "  @@id([id, id2])\n"
          "}\n");
}

TEST_CASE("nothing is added while something is not understood") {
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " b B\n"
                     "}\n"
                     "model B {\n"
                     " id Int @id @what\n"
                     "}") ==
          "model A {\n"
          "  id Int @id\n"
          "  b  B\n"
          "}\n"
          "\n"
          "model B {\n"
          "  id Int @id @what\n"
          "}\n");
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " b B\n"
                     " c   Nothing\n"
                     "}\n"
                     "model B {\n"
                     " id Int @id\n"
                     "}") ==
          "model A {\n"
          "  id Int     @id\n"
          "  b  B\n"
          "  c  Nothing\n"
          "}\n"
          "\n"
          "model B {\n"
          "  id Int @id\n"
          "}\n");
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " b B\n"
                     "}\n"
                     "model B {\n"
                     " id Int @id\n"
                     "}\n"
                     "model B {\n"
                     "}") ==
          "model A {\n"
          "  id Int @id\n"
          "  b  B\n"
          "}\n"
          "\n"
          "model B {\n"
          "  id Int @id\n"
          "}\n"
          "\n"
          "model B {\n"
          "}\n");
    CHECK(format_one("model A {\n"
                     " id Int @id\n"
                     " b B\n"
                     "}\n"
                     "model B {\n"
                     " id Int @id\n"
                     " what is this\n"
                     "}") ==
          "model A {\n"
          "  id Int @id\n"
          "  b  B\n"
          "}\n"
          "\n"
          "model B {\n"
          "  id Int @id\n"
          "  what is this\n"
          "}\n");
}

TEST_CASE("neither configuration nor databases' rules matter") {
    CHECK(format_one("datasource db {\n"
                     " provider = \"nonsense\"\n"
                     "}\n"
                     "model A {\n"
                     " id Int\n"
                     " b B\n"
                     "}\n"
                     "model B {\n"
                     " id Int @id\n"
                     "}") ==
          "datasource db {\n"
          "  provider = \"nonsense\"\n"
          "}\n"
          "\n"
          "model A {\n"
          "  id  Int\n"
          "  b   B   @relation(fields: [bId], references: [id])\n"
          "  bId Int\n"
          "}\n"
          "\n"
          "model B {\n"
          "  id Int @id\n"
          "  as A[]\n"
          "}\n");
    CHECK(format_one("datasource db {\n"
                     " provider = \"sqlite\"\n"
                     "}\n"
                     "model A {\n"
                     " id Int @id\n"
                     " x Decimal @foo.Bar\n"
                     " b B\n"
                     "}\n"
                     "model B {\n"
                     " id Int @id\n"
                     "}") ==
          "datasource db {\n"
          "  provider = \"sqlite\"\n"
          "}\n"
          "\n"
          "model A {\n"
          "  id  Int     @id\n"
          "  x   Decimal @foo.Bar\n"
          "  b   B       @relation(fields: [bId], references: [id])\n"
          "  bId Int\n"
          "}\n"
          "\n"
          "model B {\n"
          "  id Int @id\n"
          "  as A[]\n"
          "}\n");
}

TEST_CASE("better than Prisma: what is added is right") {
    // Prisma writes `@relation()(fields: …)`.
    CHECK(format_one("model A {\n  id Int @id\n  b B @relation()\n}\nmodel B {\n  id Int @id\n  as A[]\n}\n") ==
          "model A {\n  id  Int @id\n  b   B   @relation(fields: [bId], references: [id])\n  bId Int\n}\n\n"
          "model B {\n  id Int @id\n  as A[]\n}\n");
    // Prisma writes `B @relation(…) ?`.
    CHECK(format_one("model A {\n  id Int @id\n  b B ?\n}\nmodel B {\n  id Int @id\n  as A[]\n}\n") ==
          "model A {\n  id  Int  @id\n  b   B?   @relation(fields: [bId], references: [id])\n  bId Int?\n}\n\n"
          "model B {\n  id Int @id\n  as A[]\n}\n");
}

TEST_CASE("an old spelling hides nothing that is missing") {
    // Prisma adds in the second run.
    CHECK(format_one("model A {\n id Int! @id\n b B?\n}\nmodel B {\n id Int @id\n}\n") ==
          format_one("model A {\n id Int @id\n b B?\n}\nmodel B {\n id Int @id\n}\n"));
}

TEST_CASE("a named relation is completed once") {
    const std::string once =
        format_one("model A {\n  id Int @id\n  bs B[] @relation(\"x\")\n}\nmodel B {\n  id Int @id\n}\n");
    CHECK(once.find("a   A?   @relation(fields: [aId], references: [id])") != std::string::npos);
    CHECK(format_one(once) == once);
}

TEST_CASE("files are looked at together and stay apart") {
    lamina::support::SourceMap sources;
    sources.add("a.prisma", "model A {\n  id   Int @id\n}");
    sources.add("b.prisma", "model B {\n  id Int @id\n  a A\n}");
    sources.add("c.prisma", "// nothing");
    const auto texts = lamina::schema::format::format_files(sources, lamina::schema::format::test::connectors());
    REQUIRE(texts.size() == 3);
    CHECK(texts[0] == "model A {\n  id Int @id\n  bs B[]\n}\n");
    CHECK(texts[1] == "model B {\n  id  Int @id\n  a   A   @relation(fields: [aId], references: [id])\n  aId Int\n}\n");
    CHECK(texts[2] == "// nothing\n");
}
