#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <lamina/meta/meta.hpp>

/// A schema of three models, written by hand: User 1-n Post m-n Tag, with a field of every type.
namespace lamina::test {

struct World {
    std::vector<meta::Field> users, posts, tags;
    std::vector<meta::Key> user_keys, post_keys, tag_keys;
    std::vector<meta::Model> models;
    std::vector<meta::Enum> enums;
    std::vector<meta::Relation> relations;
    meta::Schema schema;

    static meta::Field scalar(std::string_view name, Type type, bool required = true) {
        meta::Field field;
        field.name = name;
        field.column = name;
        field.type = type;
        field.required = required;
        return field;
    }

    static meta::Field id() {
        meta::Field field = scalar("id", Type::Int);
        field.id = true;
        field.unique = true;
        field.default_value.kind = meta::DefaultKind::Autoincrement;
        return field;
    }

    static meta::Field relation(std::string_view name, std::uint16_t relation, bool list) {
        meta::Field field;
        field.name = name;
        field.is_relation = true;
        field.relation = relation;
        field.list = list;
        return field;
    }

    explicit World(std::string_view provider) {
        static constexpr std::string_view kRoles[] = {"MENTOR", "GUEST"}, kDbRoles[] = {"mentor", "guest"};
        static constexpr meta::FieldId kId[] = {0}, kEmail[] = {1}, kEmailCode[] = {1, 2}, kAuthorId[] = {2};
        enums.push_back({"Role", "Role", {}, {kRoles, kDbRoles}});
        users = {id(),
                 scalar("email", Type::String),
                 scalar("code", Type::String),
                 scalar("name", Type::String, false),
                 scalar("role", Type::Enum),
                 scalar("data", Type::Json, false),
                 scalar("big", Type::BigInt, false),
                 scalar("rate", Type::Decimal, false),
                 scalar("score", Type::Float, false),
                 scalar("at", Type::DateTime, false),
                 scalar("raw", Type::Bytes, false),
                 scalar("active", Type::Boolean, false),
                 relation("posts", 0, true)};
        users[1].unique = true;
        users[2].default_value = {meta::DefaultKind::Literal, "", 0};
        users[4].enumeration = 0;
        users[4].default_value = {meta::DefaultKind::Literal, "MENTOR", 0};
        user_keys = {{"id", kId, true}, {"email", kEmail, false}, {"email_code", kEmailCode, false}};
        posts = {id(), scalar("title", Type::String), scalar("authorId", Type::Int), relation("author", 0, false),
                 relation("tags", 1, true)};
        post_keys = {{"id", kId, true}};
        tags = {id(), scalar("label", Type::String), relation("posts", 1, true)};
        tag_keys = {{"id", kId, true}};
        models = {{"User", "User", {}, users, user_keys, false},
                  {"Post", "Post", {}, posts, post_keys, false},
                  {"Tag", "Tag", {}, tags, tag_keys, false}};
        relations.resize(2);
        relations[0].name = "PostToUser";
        relations[0].model_a = 1;
        relations[0].model_b = 0;
        relations[0].field_a = 3;
        relations[0].field_b = 12;
        relations[0].fields = kAuthorId;
        relations[0].references = kId;
        relations[1].name = "PostToTag";
        relations[1].model_a = 1;
        relations[1].model_b = 2;
        relations[1].field_a = 4;
        relations[1].field_b = 2;
        relations[1].join_table = "_PostToTag";
        schema.models = models;
        schema.enums = enums;
        schema.relations = relations;
        schema.provider = provider;
    }
    World(const World&) = delete;
    World& operator=(const World&) = delete;
};

inline constexpr const char* kSqliteTables = R"(
CREATE TABLE "User" (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE, code TEXT NOT NULL DEFAULT '',
  name TEXT, role TEXT NOT NULL DEFAULT 'mentor', data JSONB, big BIGINT, rate DECIMAL, score REAL, at DATETIME, raw BLOB,
  active BOOLEAN, UNIQUE (email, code));
CREATE TABLE "Post" (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL,
  "authorId" INTEGER NOT NULL REFERENCES "User"(id) ON DELETE RESTRICT ON UPDATE CASCADE);
CREATE TABLE "Tag" (id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL);
CREATE TABLE "_PostToTag" ("A" INTEGER NOT NULL REFERENCES "Post"(id) ON DELETE CASCADE,
  "B" INTEGER NOT NULL REFERENCES "Tag"(id) ON DELETE CASCADE);
CREATE UNIQUE INDEX "_PostToTag_AB_unique" ON "_PostToTag"("A", "B");
)";

inline constexpr const char* kPostgresqlTables = R"(
DROP SCHEMA public CASCADE; CREATE SCHEMA public;
CREATE TYPE "Role" AS ENUM ('mentor', 'guest');
CREATE TABLE "User" (id SERIAL PRIMARY KEY, email TEXT NOT NULL UNIQUE, code TEXT NOT NULL DEFAULT '', name TEXT,
  role "Role" NOT NULL DEFAULT 'mentor', data JSONB, big BIGINT, rate DECIMAL(65,30), score DOUBLE PRECISION, at TIMESTAMP(3),
  raw BYTEA, active BOOLEAN, UNIQUE (email, code));
CREATE TABLE "Post" (id SERIAL PRIMARY KEY, title TEXT NOT NULL,
  "authorId" INTEGER NOT NULL REFERENCES "User"(id) ON DELETE RESTRICT ON UPDATE CASCADE);
CREATE TABLE "Tag" (id SERIAL PRIMARY KEY, label TEXT NOT NULL);
CREATE TABLE "_PostToTag" ("A" INTEGER NOT NULL REFERENCES "Post"(id) ON DELETE CASCADE,
  "B" INTEGER NOT NULL REFERENCES "Tag"(id) ON DELETE CASCADE, PRIMARY KEY ("A", "B"));
)";

}  // namespace lamina::test
