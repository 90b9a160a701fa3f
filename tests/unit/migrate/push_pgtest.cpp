// Pushes to databases of a real server and reads back what is there.
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "migrate/push.hpp"
#include "migrate/support.hpp"

namespace {

namespace fs = std::filesystem;
using lamina::ErrorCode;
using lamina::migrate::push;
using lamina::migrate::PushOptions;
using lamina::migrate_tests::execute;
using lamina::migrate_tests::read_file;
using lamina::migrate_tests::rows;
using lamina::migrate_tests::valid_schema;

const lamina::migrate::Provider& postgresql() { return *lamina::migrate_tests::find_provider("postgresql"); }

/// The server's URL; the test is skipped without one.
std::string server_url() {
    const char* url = std::getenv("LAMINA_TEST_POSTGRESQL_URL");
    if (url == nullptr) MESSAGE("LAMINA_TEST_POSTGRESQL_URL is not set");
    return url == nullptr ? std::string{} : std::string{url};
}

/// A database of that name, which is not there before and not there after.
class FreshName {
public:
    explicit FreshName(std::string name) : server_{server_url()}, name_{std::move(name)} {
        if (!server_.empty()) drop();
    }
    ~FreshName() {
        if (!server_.empty()) drop();
    }
    FreshName(const FreshName&) = delete;
    FreshName& operator=(const FreshName&) = delete;

    [[nodiscard]] bool has_server() const { return !server_.empty(); }
    [[nodiscard]] std::string url(const std::string& parameters = {}) const {
        const std::size_t path = server_.find('/', server_.find("://") + 3);
        const std::size_t query = server_.find('?');
        std::string tail = query == std::string::npos ? std::string{} : server_.substr(query);
        if (!parameters.empty()) tail += (tail.empty() ? "?" : "&") + parameters;
        return server_.substr(0, path) + "/" + name_ + tail;
    }

private:
    void drop() { execute(postgresql(), server_, "DROP DATABASE IF EXISTS \"" + name_ + "\" WITH (FORCE)"); }
    std::string server_, name_;
};

std::string schema_text(const std::string& models) {
    return "datasource db {\n  provider = \"postgresql\"\n}\n" + models;
}

const std::string kUser =
    "enum Role {\n  A\n  B\n}\nmodel User {\n  id Int @id @default(autoincrement())\n  email String @unique\n  role "
    "Role @default(A)\n}\n";
const std::string kPost =
    "enum Role {\n  A\n  B\n}\nmodel User {\n  id Int @id @default(autoincrement())\n  email String @unique\n  role "
    "Role @default(A)\n  posts Post[]\n}\n"
    "model Post {\n  id Int @id\n  authorId Int\n  author User @relation(fields: [authorId], references: [id])\n}\n";

std::vector<std::string> tables(const std::string& url, const std::string& name_space = "public") {
    return rows(postgresql(), url,
                "SELECT tablename::text FROM pg_tables WHERE schemaname = '" + name_space + "' ORDER BY 1", 1);
}

TEST_CASE("a_push_creates_database_and_tables_and_a_second_does_nothing") {
    const FreshName database{"lamina push 'test'"};
    if (!database.has_server()) return;
    const auto schema = valid_schema(schema_text(kUser));
    const std::string url = database.url();
    std::string escaped;
    for (const char c : url) escaped += c == ' ' ? "%20" : c == '\'' ? "%27" : std::string(1, c);
    const auto first = push(schema, postgresql(), escaped);
    REQUIRE_MESSAGE(first.has_value(), first.error().what());
    CHECK(first->database_created);
    CHECK(first->steps == std::vector<std::string>{"create enum `Role`", "create table `User`",
                                                   "create unique index `User_email_key` on table `User`"});
    CHECK(rows(postgresql(), escaped,
               "SELECT column_name::text, udt_name::text, is_nullable::text, column_default::text FROM "
               "information_schema.columns "
               "WHERE table_name = 'User' ORDER BY ordinal_position",
               4) == std::vector<std::string>{"id|int4|NO|nextval('\"User_id_seq\"'::regclass)", "email|text|NO|",
                                              "role|Role|NO|'A'::\"Role\""});
    CHECK(rows(postgresql(), escaped,
               "SELECT conname::text FROM pg_constraint WHERE contype = 'p' AND connamespace = 'public'::regnamespace",
               1) == std::vector<std::string>{"User_pkey"});
    const auto second = push(schema, postgresql(), escaped);
    REQUIRE_MESSAGE(second.has_value(), second.error().what());
    CHECK_FALSE(second->database_created);
    CHECK(second->steps.empty());
}

TEST_CASE("every_golden_schema_is_in_sync_after_its_push") {
    for (const auto& entry : fs::directory_iterator{fs::path{LAMINA_TEST_DIRECTORY} / "migrate/postgresql"}) {
        if (entry.path().extension() != ".prisma") continue;
        CAPTURE(entry.path().string());
        const FreshName database{"lamina_push_golden"};
        if (!database.has_server()) return;
        const auto schema = valid_schema(read_file(entry.path().string()));
        if (entry.path().stem() == "extensions") {
            // The contrib modules are a package of their own; without them there is nothing to push.
            execute(postgresql(), server_url(), "SELECT 1");
            const auto known = rows(postgresql(), server_url(),
                                    "SELECT name::text FROM pg_available_extensions WHERE name = 'citext'", 1);
            if (known.empty()) continue;
        }
        const auto first = push(schema, postgresql(), database.url());
        REQUIRE_MESSAGE(first.has_value(), first.error().what());
        const auto second = push(schema, postgresql(), database.url());
        REQUIRE_MESSAGE(second.has_value(), second.error().what());
        CHECK(second->steps.empty());
    }
}

TEST_CASE("the_schema_of_the_url_is_made_and_used") {
    const FreshName database{"lamina_push_schema"};
    if (!database.has_server()) return;
    const auto schema = valid_schema(schema_text(kPost));
    const auto first = push(schema, postgresql(), database.url("schema=other"));
    REQUIRE_MESSAGE(first.has_value(), first.error().what());
    CHECK(tables(database.url(), "other") == std::vector<std::string>{"Post", "User"});
    CHECK(tables(database.url()).empty());
    CHECK(push(schema, postgresql(), database.url("schema=other"))->steps.empty());
}

TEST_CASE("a_new_table_is_added_and_an_alteration_is_refused_by_name") {
    const FreshName database{"lamina_push_add"};
    if (!database.has_server()) return;
    REQUIRE(push(valid_schema(schema_text(kUser)), postgresql(), database.url()));
    const auto report = push(valid_schema(schema_text(kPost)), postgresql(), database.url());
    REQUIRE_MESSAGE(report.has_value(), report.error().what());
    CHECK(report->steps ==
          std::vector<std::string>{"create table `Post`", "add foreign key `Post_authorId_fkey` to table `Post`"});

    const auto refused =
        push(valid_schema(schema_text(
                 "model User {\n  id Int @id @default(autoincrement())\n  email String? @unique @db.VarChar(30)\n}\n")),
             postgresql(), database.url());
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code() == ErrorCode::DatabaseNotEmpty);
    const std::string& message = refused.error().message();
    CAPTURE(message);
    CHECK(message.find("`email` of the table `User` differs in the database: its type is TEXT, not VARCHAR(30)") !=
          std::string::npos);
    CHECK(message.find("the enum `Role` is in the database but not in the schema") != std::string::npos);
    CHECK(message.find("the table `Post`") != std::string::npos);
    CHECK(tables(database.url()) == std::vector<std::string>{"Post", "User"});
}

TEST_CASE("a_reset_drops_everything_first") {
    const FreshName database{"lamina_push_reset"};
    if (!database.has_server()) return;
    REQUIRE(push(valid_schema(schema_text(kPost)), postgresql(), database.url()));
    execute(postgresql(), database.url(),
            "CREATE TABLE _prisma_migrations (id text); CREATE VIEW v AS SELECT * FROM \"User\"");
    const auto report = push(valid_schema(schema_text(kUser)), postgresql(), database.url(),
                             PushOptions{.force_reset = true, .accept_data_loss = false, .base_directory = {}});
    REQUIRE_MESSAGE(report.has_value(), report.error().what());
    CHECK(report->reset);
    CHECK(tables(database.url()) == std::vector<std::string>{"User"});
}

TEST_CASE("a_script_that_fails_half_way_leaves_nothing_behind") {
    const FreshName database{"lamina_push_atomic"};
    if (!database.has_server()) return;
    REQUIRE(push(valid_schema(schema_text("")), postgresql(), database.url()));
    execute(postgresql(), database.url(), "CREATE SEQUENCE \"Post\"");
    const auto report = push(valid_schema(schema_text(kPost)), postgresql(), database.url());
    REQUIRE_FALSE(report.has_value());
    CHECK(report.error().sqlstate() == "42P07");
    CHECK(tables(database.url()).empty());
    CHECK(rows(postgresql(), database.url(), "SELECT typname::text FROM pg_type WHERE typname = 'Role'", 1).empty());
}

TEST_CASE("a_server_that_is_not_there_and_a_user_that_is_not_known_are_told") {
    const auto schema = valid_schema(schema_text(kUser));
    const auto unreachable = push(schema, postgresql(), "postgresql://nobody:hidden@127.0.0.1:1/app?connect_timeout=2");
    REQUIRE_FALSE(unreachable.has_value());
    CHECK(unreachable.error().code() == ErrorCode::ServerUnreachable);
    CHECK(std::string{unreachable.error().what()}.find("hidden") == std::string::npos);
    CHECK(push(schema, postgresql(), "postgres//nonsense").error().code() == ErrorCode::UrlInvalid);

    const FreshName database{"lamina_push_denied"};
    if (!database.has_server()) return;
    std::string url = database.url();
    const std::size_t at = url.find('@');
    const std::size_t begin = url.find("://") + 3;
    if (at == std::string::npos) return;
    url.replace(begin, at - begin, "lamina_unknown_user:hidden");
    const auto denied = push(schema, postgresql(), url);
    REQUIRE_FALSE(denied.has_value());
    CAPTURE(denied.error().what());
    // A server that trusts everybody says that there is no such role, others that the password is wrong.
    CHECK(
        (denied.error().code() == ErrorCode::AccessDenied || denied.error().code() == ErrorCode::AuthenticationFailed));
    CHECK(std::string{denied.error().what()}.find("hidden") == std::string::npos);
}

}  // namespace
