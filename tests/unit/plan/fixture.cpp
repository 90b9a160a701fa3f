#include "fixture.hpp"

namespace fixture {
namespace {

using lamina::Type;
using namespace lamina::meta;

constexpr Field scalar(std::string_view name, Type type, bool required = true, bool id = false, bool unique = false) {
    Field field;
    field.name = name;
    field.column = name;
    field.type = type;
    field.required = required;
    field.id = id;
    field.unique = unique;
    return field;
}

constexpr Field related(std::string_view name, std::uint16_t relation, bool list, bool required = false) {
    Field field;
    field.name = name;
    field.is_relation = true;
    field.relation = relation;
    field.list = list;
    field.required = list || required;
    return field;
}

constexpr Field enumeration(std::string_view name, std::uint16_t id) {
    Field field = scalar(name, Type::Enum, false);
    field.enumeration = id;
    return field;
}

constexpr Field kUserFields[] = {scalar("id", Type::Int, true, true, true),
                                 scalar("email", Type::String, true, false, true),
                                 scalar("name", Type::String, false),
                                 scalar("rate", Type::Decimal, false),
                                 scalar("bossId", Type::Int, false),
                                 related("boss", 0, false),
                                 related("team", 0, true),
                                 related("posts", 1, true),
                                 related("tags", 2, true),
                                 related("profile", 3, false)};
constexpr Field kPostFields[] = {scalar("id", Type::Int, true, true, true),
                                 scalar("title", Type::String),
                                 scalar("n", Type::Int, false),
                                 enumeration("kind", 0),
                                 scalar("authorId", Type::Int, false),
                                 related("author", 1, false)};
constexpr Field kTagFields[] = {scalar("id", Type::Int, true, true, true), scalar("name", Type::String),
                                related("users", 2, true)};
constexpr Field kProfileFields[] = {scalar("id", Type::Int, true, true, true), scalar("bio", Type::String, false),
                                    scalar("userId", Type::Int, true, false, true), related("user", 3, false, true)};
constexpr Field kLineFields[] = {
    scalar("orderNo", Type::Int, true, true), scalar("sku", Type::String, true, true), scalar("count", Type::BigInt),
    scalar("price", Type::Decimal),           scalar("at", Type::DateTime, false),     related("notes", 4, true)};
constexpr Field kNoteFields[] = {scalar("id", Type::Int, true, true, true), scalar("lineNo", Type::Int, false),
                                 scalar("lineSku", Type::String, false), scalar("text", Type::String),
                                 related("line", 4, false)};

constexpr Field list(Field field) {
    field.list = true;
    field.required = true;
    return field;
}

constexpr Field native(Field field, std::string_view name) {
    field.native = {name, ""};
    return field;
}

constexpr Field kDocumentFields[] = {scalar("id", Type::Int, true, true, true),
                                     scalar("a", Type::Int, false),
                                     scalar("b", Type::Int, false),
                                     scalar("big", Type::BigInt, false),
                                     scalar("title", Type::String),
                                     scalar("subtitle", Type::String, false),
                                     native(scalar("code", Type::String), "Uuid"),
                                     scalar("data", Type::Json, false),
                                     native(scalar("raw", Type::Json, false), "Json"),
                                     scalar("at", Type::DateTime, false),
                                     scalar("done", Type::Boolean, false),
                                     enumeration("kind", 0),
                                     list(scalar("numbers", Type::Int)),
                                     list(scalar("more", Type::Int)),
                                     list(scalar("texts", Type::String)),
                                     native(list(scalar("codes", Type::String)), "VarChar"),
                                     list(enumeration("kinds", 0))};

constexpr FieldId kFirst[] = {0}, kSecond[] = {1}, kThird[] = {2}, kFirstTwo[] = {0, 1}, kMiddleTwo[] = {1, 2},
                  kFourth[] = {4};
constexpr Key kUserKeys[] = {{"id", kFirst, true}, {"email", kSecond, false}};
constexpr Key kIdKeys[] = {{"id", kFirst, true}};
constexpr Key kProfileKeys[] = {{"id", kFirst, true}, {"userId", kThird, false}};
constexpr Key kLineKeys[] = {{"orderNo_sku", kFirstTwo, true}};

constexpr lamina::meta::Model kModels[] = {{"User", "User", "", kUserFields, kUserKeys, false},
                                           {"Post", "Post", "", kPostFields, kIdKeys, false},
                                           {"Tag", "Tag", "", kTagFields, kIdKeys, false},
                                           {"Profile", "Profile", "", kProfileFields, kProfileKeys, false},
                                           {"Line", "Line", "", kLineFields, kLineKeys, false},
                                           {"Note", "Note", "", kNoteFields, kIdKeys, false},
                                           {"Document", "Document", "", kDocumentFields, kIdKeys, false}};

constexpr std::string_view kLabels[] = {"News", "Story"}, kDbLabels[] = {"news", "story"};
constexpr Enum kEnums[] = {{"Kind", "Kind", "", {kLabels, kDbLabels}}};

constexpr Relation kRelations[] = {
    {"b", kUser, kUser, user::boss, user::team, kFourth, kFirst, "", ""},
    {"PostToUser", kPost, kUser, post::author, user::posts, kFourth, kFirst, "", ""},
    {"TagToUser", kTag, kUser, tag::users, user::tags, {}, {}, "_TagToUser", ""},
    {"ProfileToUser", kProfile, kUser, profile::user, user::profile, kThird, kFirst, "", ""},
    {"LineToNote", kNote, kLine, note::line, line::notes, kMiddleTwo, kFirstTwo, "", ""},
};

constexpr Schema kSchema{kModels, kEnums, kRelations, "sqlite", false};

}  // namespace

const Schema& schema() { return kSchema; }

std::string_view sqlite_ddl() {
    return R"sql(
CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "email" TEXT NOT NULL UNIQUE, "name" TEXT, "rate" DECIMAL,
  "bossId" INTEGER REFERENCES "User"("id"));
CREATE TABLE "Post" ("id" INTEGER NOT NULL PRIMARY KEY, "title" TEXT NOT NULL, "n" INTEGER, "kind" TEXT,
  "authorId" INTEGER REFERENCES "User"("id"));
CREATE TABLE "Tag" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL);
CREATE TABLE "_TagToUser" ("A" INTEGER NOT NULL REFERENCES "Tag"("id"), "B" INTEGER NOT NULL REFERENCES "User"("id"));
CREATE UNIQUE INDEX "_TagToUser_AB_unique" ON "_TagToUser"("A", "B");
CREATE INDEX "_TagToUser_B_index" ON "_TagToUser"("B");
CREATE TABLE "Profile" ("id" INTEGER NOT NULL PRIMARY KEY, "bio" TEXT, "userId" INTEGER NOT NULL UNIQUE REFERENCES "User"("id"));
CREATE TABLE "Line" ("orderNo" INTEGER NOT NULL, "sku" TEXT NOT NULL, "count" BIGINT NOT NULL, "price" DECIMAL NOT NULL,
  "at" DATETIME, PRIMARY KEY ("orderNo", "sku"));
CREATE TABLE "Note" ("id" INTEGER NOT NULL PRIMARY KEY, "lineNo" INTEGER, "lineSku" TEXT, "text" TEXT NOT NULL,
  FOREIGN KEY ("lineNo", "lineSku") REFERENCES "Line"("orderNo", "sku"));
)sql";
}

Operation find(Action action, std::uint16_t model) {
    Operation operation;
    operation.action = action;
    operation.model = model;
    return operation;
}

Operation find_many(std::uint16_t model) { return find(Action::FindMany, model); }

Filter compare(FieldId field, Comparison comparison, Value value, bool insensitive) {
    Filter filter;
    filter.kind = Filter::Kind::Compare;
    filter.field = field;
    filter.comparison = comparison;
    filter.value = std::move(value);
    filter.insensitive = insensitive;
    return filter;
}

Filter eq(FieldId field, Value value) { return compare(field, Comparison::Equals, std::move(value)); }

namespace {

Filter connective(Filter::Kind kind, std::vector<Filter> children) {
    Filter filter;
    filter.kind = kind;
    filter.children = std::move(children);
    return filter;
}

}  // namespace

Filter all(std::vector<Filter> children) { return connective(Filter::Kind::And, std::move(children)); }
Filter any(std::vector<Filter> children) { return connective(Filter::Kind::Or, std::move(children)); }
Filter none_of(std::vector<Filter> children) { return connective(Filter::Kind::Not, std::move(children)); }

Filter relation(Filter::Kind kind, FieldId field, std::vector<Filter> children) {
    Filter filter = connective(kind, std::move(children));
    filter.field = field;
    return filter;
}

lamina::query::OrderBy by(FieldId field, lamina::query::Direction direction, lamina::query::Nulls nulls) {
    lamina::query::OrderBy order;
    order.field = field;
    order.direction = direction;
    order.nulls = nulls;
    return order;
}

lamina::query::OrderBy down(FieldId field) { return by(field, lamina::query::Direction::Descending); }

lamina::query::Selection select(std::vector<FieldId> fields, std::vector<lamina::query::RelationSelection> relations) {
    lamina::query::Selection selection;
    selection.all_scalars = false;
    selection.fields = std::move(fields);
    selection.relations = std::move(relations);
    return selection;
}

lamina::query::RelationSelection include(FieldId field, lamina::query::Selection selection,
                                         lamina::query::Arguments arguments) {
    lamina::query::RelationSelection relation;
    relation.field = field;
    relation.selection = std::move(selection);
    relation.arguments = std::move(arguments);
    return relation;
}

}  // namespace fixture
