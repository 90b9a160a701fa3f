#include <string>

#include <doctest/doctest.h>

#include "check.hpp"

namespace {

using namespace lamina::schema;
using lamina::schema::test::check_valid;

constexpr std::string_view kBlog = R"(
generator client {
  provider = "lamina"
  output   = "generated"
  style    = "plain"
  targets  = ["a", "b"]
}

/// A person.
model User {
  id      Int      @id @default(autoincrement())
  email   String   @unique @map("e_mail") /// login
  name    String?
  role    Role     @default(ADMIN)
  posts   Post[]
  tags    Tag[]
  friends User[]   @relation("friends")
  friendOf User[]  @relation("friends")

  @@map("users")
}

model Post {
  id       Int       @id
  title    String    @db.VarChar(200)
  authorId Int?      @map("author_id")
  author   User?     @relation(fields: [authorId], references: [id], onUpdate: NoAction)
  slug     String
  lang     String
  shape    Unsupported("circle")?
  changed  DateTime  @updatedAt
  detail   Detail?

  @@unique([slug, lang])
  @@unique([lang, slug, title], name: "byLang")
  @@index([title(sort: Desc)])
}

model Detail {
  postId Int  @unique
  post   Post @relation(fields: [postId], references: [id])
  a Int
  b Int

  @@id([a, b], map: "detail_key")
}

model Tag {
  id    Int    @id
  users User[]
}

enum Role {
  /// all rights
  ADMIN  @map("admin")
  MEMBER

  @@map("roles")
}
)";

}  // namespace

TEST_CASE("models, fields and names in the database") {
    const auto checked = check_valid("postgresql", kBlog);
    const Schema& schema = checked->analysis.schema;
    CHECK(schema.provider() == "postgresql");
    REQUIRE(schema.models().size() == 4);
    const Model user = *schema.find_model("User");
    CHECK(user.database_name() == "users");
    CHECK(user.documentation() == "A person.");
    CHECK(user.fields().size() == 8);
    CHECK(user.scalar_fields().size() == 4);
    const Field email = *user.find_field("email");
    CHECK(email.column_name() == "e_mail");
    CHECK(email.documentation() == "login");
    CHECK(email.is_unique());
    CHECK(!email.is_id());
    CHECK(email.is_required());
    CHECK(!email.may_be_omitted_on_create());
    CHECK(user.find_field("id")->is_autoincrement());
    CHECK(user.find_field("id")->may_be_omitted_on_create());
    CHECK(user.find_field("name")->is_optional());
    CHECK(!user.find_field("nobody"));
}

TEST_CASE("types of fields") {
    const auto checked = check_valid("postgresql", kBlog);
    const Model post = *checked->analysis.schema.find_model("Post");
    CHECK(post.find_field("title")->native_type()->name == "VarChar");
    CHECK(post.find_field("title")->native_type()->args == std::vector<std::string>{"200"});
    CHECK(post.find_field("shape")->is_unsupported());
    CHECK(post.find_field("shape")->type_name() == "Unsupported(\"circle\")");
    CHECK(post.find_field("changed")->is_updated_at());
    CHECK(post.find_field("author")->type_name() == "User");
    CHECK(post.find_field("authorId")->is_foreign_key());
    CHECK(!post.find_field("id")->is_foreign_key());
    const Field role = *checked->analysis.schema.find_model("User")->find_field("role");
    CHECK(role.is_enum());
    CHECK(role.enumeration().database_name() == "roles");
    CHECK(role.default_value()->kind == DefaultValue::Kind::EnumValue);
    const EnumValue admin{&checked->analysis.schema, role.default_value()->enum_value};
    CHECK(admin.name() == "ADMIN");
    CHECK(admin.database_name() == "admin");
    CHECK(admin.documentation() == "all rights");
    CHECK(admin.owner().values().size() == 2);
}

TEST_CASE("keys and indexes are named as Prisma names them") {
    const auto checked = check_valid("postgresql", kBlog);
    const Schema& schema = checked->analysis.schema;
    CHECK(schema.find_model("User")->primary_key()->database_name() == "users_pkey");
    CHECK(schema.find_model("User")->uniques()[0].database_name() == "users_e_mail_key");
    const Model post = *schema.find_model("Post");
    REQUIRE(post.indexes().size() == 3);
    CHECK(post.indexes()[0].database_name() == "Post_title_idx");
    CHECK(post.indexes()[0].index_fields()[0].sort == SortOrder::Desc);
    CHECK(post.uniques()[0].database_name() == "Post_slug_lang_key");
    CHECK(post.uniques()[0].client_name() == "slug_lang");
    CHECK(post.uniques()[1].client_name() == "byLang");
    CHECK(post.unique_criteria().size() == 3);
    const Model detail = *schema.find_model("Detail");
    CHECK(detail.primary_key()->database_name() == "detail_key");
    CHECK(detail.primary_key()->client_name() == "a_b");
    CHECK(detail.find_field("a")->is_part_of_id());
    CHECK(!detail.find_field("a")->is_id());
    CHECK(*detail.required_unique() == *detail.primary_key());
}

TEST_CASE("a one-to-many relation") {
    const auto checked = check_valid("postgresql", kBlog);
    const Model post = *checked->analysis.schema.find_model("Post");
    const RelationField author = post.find_field("author")->as_relation();
    const Relation relation = author.relation();
    CHECK(relation.is_one_to_many());
    CHECK(relation.name() == "PostToUser");
    CHECK(!relation.is_named());
    CHECK(relation.owning_side() == author);
    CHECK(author.holds_foreign_key());
    CHECK(author.opposite().name() == "posts");
    CHECK(author.opposite().related_model() == post);
    CHECK(!author.opposite().holds_foreign_key());
    CHECK(relation.fields()[0].name() == "authorId");
    CHECK(relation.references()[0].name() == "id");
    CHECK(relation.constraint_name() == "Post_author_id_fkey");
    CHECK(relation.on_delete() == ReferentialAction::SetNull);
    CHECK(!relation.data().on_delete);
    CHECK(relation.on_update() == ReferentialAction::NoAction);
}

TEST_CASE("a one-to-one relation") {
    const auto checked = check_valid("postgresql", kBlog);
    const Relation relation =
        checked->analysis.schema.find_model("Detail")->find_field("post")->as_relation().relation();
    CHECK(relation.is_one_to_one());
    CHECK(relation.owning_side().model().name() == "Detail");
    CHECK(relation.on_delete() == ReferentialAction::Restrict);
    CHECK(relation.on_update() == ReferentialAction::Cascade);
}

TEST_CASE("implicit many-to-many: the join table and its sides") {
    const auto checked = check_valid("postgresql", kBlog);
    const Schema& schema = checked->analysis.schema;
    const Relation tags = schema.find_model("User")->find_field("tags")->as_relation().relation();
    CHECK(tags.is_many_to_many());
    CHECK(tags.join_table() == "_TagToUser");
    CHECK(tags.owning_side().model().name() == "Tag");  // column A
    CHECK(schema.find_model("Tag")->find_field("users")->as_relation().is_side_a());
    CHECK(!schema.find_model("User")->find_field("tags")->as_relation().is_side_a());
    CHECK(tags.fields().empty());
    const Relation friends = schema.find_model("User")->find_field("friends")->as_relation().relation();
    CHECK(friends.is_self_relation());
    CHECK(friends.join_table() == "_friends");
    CHECK(friends.owning_side().name() == "friendOf");  // the field that comes first in the alphabet
    CHECK(schema.relations().size() == 4);
}

TEST_CASE("generators and datasource") {
    const auto checked = check_valid("postgresql", kBlog);
    const auto& generators = checked->analysis.schema.generators();
    REQUIRE(generators.size() == 1);
    CHECK(generators[0].provider.value == "lamina");
    CHECK(generators[0].output->value == "generated");
    REQUIRE(generators[0].config.size() == 2);
    CHECK(generators[0].config[0].first == "style");
    CHECK(generators[0].config[1].second.values == std::vector<std::string>{"a", "b"});
    CHECK(generators[0].config[1].second.is_list);

    const auto with_url =
        test::check("datasource db {\n  provider = \"postgres\"\n  url = env(\"URL\")\n  directUrl = \"x\"\n}\n");
    REQUIRE(with_url->analysis.ok());
    const Datasource& source = *with_url->analysis.schema.datasource();
    CHECK(source.provider == "postgresql");
    CHECK(source.url->env == "URL");
    CHECK(source.direct_url->value == "x");
    CHECK(source.relation_mode == RelationMode::ForeignKeys);
}

TEST_CASE("derived names are cut where the database cuts them, at a whole character") {
    const std::string name(70, 'a');
    const auto checked = check_valid("postgresql", "model " + name + " {\n  id Int @id\n  b Int @unique\n}\n");
    const Model model = checked->analysis.schema.models()[0];
    CHECK(model.primary_key()->database_name() == std::string(58, 'a') + "_pkey");
    CHECK(model.uniques()[0].database_name() == std::string(59, 'a') + "_key");

    const auto accents = check_valid(
        "postgresql", "model A {\n  id Int @id\n  b Int @unique\n  @@map(\"" + std::string(57, 'x') + "é\")\n}\n");
    CHECK(accents->analysis.schema.models()[0].primary_key()->database_name() == std::string(57, 'x') + "_pkey");
    const auto free = check_valid("sqlite", "model " + name + " {\n  id Int @id\n  b Int @unique\n}\n");
    CHECK(free->analysis.schema.models()[0].uniques()[0].database_name() == name + "_b_key");
    CHECK(free->analysis.schema.models()[0].primary_key()->database_name().empty());
}

TEST_CASE("views are models apart") {
    const auto checked = check_valid("postgresql",
                                     "generator g {\n  provider = \"x\"\n  previewFeatures = [\"views\"]\n}\nview V "
                                     "{\n  id Int @unique\n}\nmodel M {\n  id Int @id\n}\n");
    CHECK(checked->analysis.schema.models().size() == 1);
    CHECK(checked->analysis.schema.views().size() == 1);
    CHECK(checked->analysis.schema.models_and_views().size() == 2);
}
