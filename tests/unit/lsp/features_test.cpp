#include <algorithm>

#include <doctest/doctest.h>

#include "lsp/actions/actions.hpp"
#include "lsp/client.hpp"
#include "lsp/completion/completion.hpp"
#include "lsp/formatting.hpp"
#include "lsp/hover.hpp"
#include "lsp/references.hpp"
#include "lsp/rename.hpp"
#include "lsp/symbols.hpp"

using namespace lamina::lsp;
using namespace lamina::lsp::test;

namespace {

std::vector<std::string> labels(const std::string& text) {
    const AtCursor here = at_cursor(text);
    std::vector<std::string> out;
    const CompletionOptions all{Answers::Full, options().providers};
    for (const CompletionItem& item : complete(*here.snapshot, here.file, here.offset, all)) out.push_back(item.label);
    return out;
}

bool has(const std::vector<std::string>& labels, std::string_view label) {
    return std::find(labels.begin(), labels.end(), label) != labels.end();
}

const std::string kSource = "datasource db {\n  provider = \"postgresql\"\n}\n";

// A model with one line that holds the cursor, and an enum and another model beside it.
std::string model(const std::string& line) {
    return kSource + "model Post {\n  id Int @id\n  authorId Int\n  " + line +
           "\n}\nmodel User {\n  id Int @id\n  mail String\n}\nenum Role {\n  ADMIN\n  USER\n}\n";
}

std::vector<std::string> renamed(const std::vector<std::pair<std::string, std::string>>& files,
                                 std::string_view new_name) {
    const AtCursor here = at_cursor(files);
    const auto result = rename(*here.snapshot, here.file, here.offset, new_name);
    REQUIRE(result);
    std::vector<std::pair<Span, std::string>> edits;
    for (const TextEdit& edit : result->edits) edits.emplace_back(edit.span, edit.text);
    return edited(*here.snapshot, edits);
}

}  // namespace

TEST_CASE("completion offers keywords outside of blocks") {
    const auto found = labels("mo<|>\n");
    CHECK(has(found, "model"));
    CHECK(has(found, "datasource"));
    CHECK_FALSE(has(labels(kSource + "<|>"), "datasource"));
    CHECK(labels("// mo<|>").empty());
}

TEST_CASE("completion offers types behind a field's name") {
    const auto found = labels(model("author U<|>"));
    CHECK(has(found, "User"));
    CHECK(has(found, "Role"));
    CHECK(has(found, "String"));
    CHECK(labels(model("author<|>")).empty());
}

TEST_CASE("completion works in a block without an end") {
    CHECK(has(labels(kSource + "model User {\n  id Int @id\n  name <|>"), "String"));
}

TEST_CASE("completion offers attributes that fit") {
    const auto of_scalar = labels(model("title String @<|>"));
    CHECK(has(of_scalar, "@unique"));
    CHECK(has(of_scalar, "@db"));
    CHECK_FALSE(has(of_scalar, "@relation"));
    CHECK_FALSE(has(of_scalar, "@updatedAt"));
    CHECK(has(labels(model("author User <|>")), "@relation"));
    CHECK(has(labels(model("@@<|>")), "@@index"));
    CHECK(has(labels(model("title String @db.<|>")), "VarChar"));
    CHECK_FALSE(has(labels(model("title String @db.<|>")), "Integer"));
}

TEST_CASE("completion offers fields, actions and values inside of attributes") {
    CHECK(labels(model("author User @relation(fields: [<|>], references: [id])")) ==
          std::vector<std::string>{"id", "authorId"});
    CHECK(labels(model("author User @relation(fields: [authorId], references: [<|>])")) ==
          std::vector<std::string>{"id", "mail"});
    CHECK(has(labels(model("author User @relation(<|>)")), "references"));
    CHECK(has(labels(model("author User @relation(fields: [a], <|>)")), "onDelete"));
    CHECK(has(labels(model("author User @relation(onDelete: C<|>)")), "Cascade"));
    CHECK(labels(model("role Role @default(<|>)")) == std::vector<std::string>{"ADMIN", "USER", "dbgenerated()"});
    CHECK(has(labels(model("at DateTime @default(<|>)")), "now()"));
    CHECK(labels(model("@@index([<|>])")) == std::vector<std::string>{"id", "authorId"});
    CHECK(has(labels(model("@@index([id(<|>)])")), "sort"));
    CHECK(has(labels(model("@@index([id], type: <|>)")), "Brin"));
}

TEST_CASE("completion offers the databases") {
    CHECK(has(labels("datasource db {\n  provider = \"<|>\"\n}\n"), "sqlite"));
    CHECK(has(labels("datasource db {\n  relationMode = <|>\n}\n"), "prisma"));
}

TEST_CASE("hover explains the language") {
    const auto text = [](const std::string& line) {
        const AtCursor here = at_cursor(model(line));
        return hover(*here.snapshot, here.file, here.offset, Answers::Full).value_or("");
    };
    CHECK(text("title Str<|>ing").find("Text of any length") != std::string::npos);
    CHECK(text("title String @uni<|>que").find("No two rows") != std::string::npos);
    CHECK(text("at DateTime @default(no<|>w())").find("time at which") != std::string::npos);
    CHECK(text("author User @relation(onDel<|>ete: Cascade)").find("deleted") != std::string::npos);
    CHECK(text("@@ind<|>ex([id])").find("index over") != std::string::npos);
    CHECK(text("r Ro<|>le") == "```prisma\nenum Role {}\n```\n___\n");
}

TEST_CASE("definition and references") {
    const AtCursor here = at_cursor(model("author User @relation(fields: [auth<|>orId], references: [id])"));
    const auto declared = definition(*here.snapshot, here.file, here.offset);
    REQUIRE(declared);
    CHECK(here.snapshot->text(*declared) == "authorId");
    CHECK(references(*here.snapshot, here.file, here.offset, Answers::Full).size() == 2);
    CHECK(references(*here.snapshot, here.file, here.offset, Answers::Prisma).size() == 1);

    const AtCursor value = at_cursor(model("roles Role[] @default([ADM<|>IN])"));
    CHECK(references(*value.snapshot, value.file, value.offset, Answers::Full).size() == 2);
}

TEST_CASE("renaming a model reaches all files and keeps the table") {
    const auto files = renamed({{"a.prisma", "model Us<|>er {\n  id Int @id\n  posts Post[]\n}\n"},
                                {"b.prisma",
                                 "model Post {\n  id Int @id\n  author User @relation(fields: [aid], "
                                 "references: [id])\n  aid Int\n}\n"}},
                               "Person");
    CHECK(files[0] == "model Person {\n  id Int @id\n  posts Post[]\n\n  @@map(\"User\")\n}\n");
    CHECK(files[1] ==
          "model Post {\n  id Int @id\n  author Person @relation(fields: [aid], references: [id])\n"
          "  aid Int\n}\n");
}

TEST_CASE("renaming a model that is mapped adds nothing") {
    CHECK(renamed({{"a.prisma", "model Us<|>er {\n  id Int @id\n\n  @@map(\"users\")\n}\n"}}, "Person")[0] ==
          "model Person {\n  id Int @id\n\n  @@map(\"users\")\n}\n");
}

TEST_CASE("renaming a field reaches keys, indexes and relations") {
    const std::string text =
        "model A {\n  a Int\n  b Int\n  bs B[]\n\n  @@id([a, b])\n  @@index([a(sort: Desc)])\n}\n"
        "model B {\n  id Int @id\n  x Int\n  y Int\n  link A @relation(fields: [x, y], references: [a<|>, b])\n}\n";
    CHECK(renamed({{"a.prisma", text}}, "first")[0] ==
          "model A {\n  first Int @map(\"a\")\n  b Int\n  bs B[]\n\n  @@id([first, b])\n  @@index([first(sort: "
          "Desc)])\n}\nmodel B {\n  id Int @id\n  x Int\n  y Int\n  link A @relation(fields: [x, y], references: "
          "[first, b])\n}\n");
}

TEST_CASE("renaming relation fields, enums, values and the datasource") {
    CHECK(renamed({{"a.prisma", "model A {\n  id Int @id\n  bs<|> B[]\n}\nmodel B {\n  id Int @id\n}\n"}}, "x")[0] ==
          "model A {\n  id Int @id\n  x B[]\n}\nmodel B {\n  id Int @id\n}\n");
    CHECK(renamed({{"a.prisma", "enum E<|> {\n  A\n}\nmodel M {\n  id Int @id\n  e E @default(A)\n}\n"}}, "F")[0] ==
          "enum F {\n  A\n\n  @@map(\"E\")\n}\nmodel M {\n  id Int @id\n  e F @default(A)\n}\n");
    CHECK(renamed({{"a.prisma",
                    "enum E {\n  A<|> // c\n}\nmodel M {\n  id Int @id\n  e E @default(A)\n  f E[] "
                    "@default([A])\n}\n"}},
                  "B")[0] ==
          "enum E {\n  B @map(\"A\") // c\n}\nmodel M {\n  id Int @id\n  e E @default(B)\n  f E[] "
          "@default([B])\n}\n");
    CHECK(renamed({{"a.prisma", "datasource db<|> {\n}\nmodel M {\n  id Int @id @db.Integer\n}\n"}}, "main")[0] ==
          "datasource main {\n}\nmodel M {\n  id Int @id @main.Integer\n}\n");
}

TEST_CASE("renaming a model keeps its join tables") {
    const AtCursor here = at_cursor("model B<|> {\n  id Int @id\n  cs C[]\n}\nmodel C {\n  id Int @id\n  bs B[]\n}\n");
    const auto result = rename(*here.snapshot, here.file, here.offset, "D");
    REQUIRE(result);
    std::vector<std::pair<Span, std::string>> edits;
    for (const TextEdit& edit : result->edits) edits.emplace_back(edit.span, edit.text);
    CHECK(edited(*here.snapshot, edits)[0] ==
          "model D {\n  id Int @id\n  cs C[] @relation(\"BToC\")\n\n  @@map(\"B\")\n}\nmodel C {\n  id Int @id\n  bs "
          "D[] @relation(\"BToC\")\n}\n");
    CHECK(result->warnings.size() == 1);  // B came before C, D does not
}

TEST_CASE("names that cannot be") {
    const AtCursor here = at_cursor("model A<|> {\n  id Int @id\n}\nmodel B {\n  id Int @id\n}\n");
    for (const char* name : {"B", "", "a b", "1a", "_a", "a-b"})
        CHECK_FALSE(rename(*here.snapshot, here.file, here.offset, name));
    const AtCursor scalar = at_cursor("model A {\n  id In<|>t @id\n}\n");
    CHECK_FALSE(rename(*scalar.snapshot, scalar.file, scalar.offset, "Long"));
    CHECK_FALSE(renameable(*scalar.snapshot, scalar.file, scalar.offset));
}

TEST_CASE("fixes leave a valid schema") {
    const auto fixed = [](const std::string& text, std::string_view title) {
        const AtCursor here = at_cursor(text);
        for (const auto& own : here.snapshot->analysis().diagnostics.all()) {
            for (const Fix& fix : fixes(*here.snapshot, {own.span, own.message, own.hint}, Answers::Full)) {
                if (!fix.title.starts_with(title)) continue;
                std::vector<std::pair<Span, std::string>> edits;
                for (const TextEdit& edit : fix.edits) edits.emplace_back(edit.span, edit.text);
                return edited(*here.snapshot, edits)[0];
            }
        }
        return std::string{"no fix"};
    };
    const auto is_valid = [](const std::string& text) { return at_cursor(text).snapshot->analysis().ok(); };

    CHECK(is_valid(
        fixed("model A {\n  id Int @id\n  b B\n}\nmodel B {\n  id Int @id\n  as A[]\n}\n", "Add relation attribute")));
    CHECK(
        is_valid(fixed("model A {\n  id Int @id\n  b B? @relation(\"x\")\n}\nmodel B {\n  id Int @id\n  as A[] "
                       "@relation(\"x\")\n}\n",
                       "Add relation attribute")));
    CHECK(
        is_valid(fixed("model A {\n  id Int @id\n  b B @relation(fields: [bid], references: [id])\n  bid Int\n}\n"
                       "model B {\n  id Int @id\n}",
                       "Add missing relation field")));
    CHECK(is_valid(fixed("model A {\n  id Int @id\n  b Usr\n}\nmodel User {\n  id Int @id\n  as A[]\n}\n",
                         "Change to `User`")) == false);  // the relation still lacks its fields
    CHECK(fixed("model A {\n  id Strin @id\n}\n", "Change to") == "model A {\n  id String @id\n}\n");
}

TEST_CASE("formatting changes only what differs") {
    const AtCursor here = at_cursor("model A {\n  id Int @id\n}\n\nmodel B {\n  id Int @id\n  name    String\n}\n");
    const auto edits = formatting(*here.snapshot, here.file);
    REQUIRE(edits.size() == 1);
    CHECK(here.snapshot->text(edits[0].span) == "  id Int @id\n  name    String\n");
    CHECK(edits[0].text == "  id   Int    @id\n  name String\n");
    const AtCursor tidy = at_cursor("model A {\n  id Int @id\n}\n");
    CHECK(formatting(*tidy.snapshot, tidy.file).empty());
}

TEST_CASE("the outline is a tree") {
    const AtCursor here = at_cursor(model("author User"));
    const auto items = outline(*here.snapshot, here.file);
    REQUIRE(items.size() == 4);
    CHECK(items[1].name == "Post");
    CHECK(items[1].children.size() == 3);
    CHECK(items[1].children[2].detail == "User");
    CHECK(items[3].children[0].name == "ADMIN");
}
