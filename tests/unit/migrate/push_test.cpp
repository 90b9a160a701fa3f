// Pushes to database files and reads back what is there.
#include "migrate/push.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "migrate/support.hpp"

namespace {

namespace fs = std::filesystem;
using lamina::ErrorCode;
using lamina::migrate::push;
using lamina::migrate::PushOptions;
using lamina::migrate_tests::execute;
using lamina::migrate_tests::read_file;
using lamina::migrate_tests::rows;
using lamina::migrate_tests::TemporaryFolder;
using lamina::migrate_tests::valid_schema;

const lamina::migrate::Provider& sqlite() { return *lamina::migrate_tests::find_provider("sqlite"); }

std::string schema_text(const std::string& models) { return "datasource db {\n  provider = \"sqlite\"\n}\n" + models; }

const std::string kUser = "model User {\n  id Int @id\n  email String @unique\n}\n";
const std::string kPost =
    "model User {\n  id Int @id\n  email String @unique\n  posts Post[]\n}\n"
    "model Post {\n  id Int @id\n  authorId Int\n  author User @relation(fields: [authorId], references: [id])\n}\n";

std::vector<std::string> tables(const std::string& file) {
    return rows(sqlite(), file,
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name", 1);
}

TEST_CASE("a_push_creates_the_folder_the_file_and_the_tables") {
    const TemporaryFolder folder;
    const std::string file = folder.path("deep/er/app.db");
    const auto report = push(valid_schema(schema_text(kUser)), sqlite(), "file:" + file);
    REQUIRE_MESSAGE(report.has_value(), report.error().what());
    CHECK(report->database_created);
    CHECK(report->database.find(file) != std::string::npos);
    CHECK(report->steps ==
          std::vector<std::string>{"create table `User`", "create unique index `User_email_key` on table `User`"});
    CHECK(tables(file) == std::vector<std::string>{"User"});
    CHECK(rows(sqlite(), file,
               "SELECT name, type, CAST(\"notnull\" AS TEXT), CAST(pk AS TEXT) FROM pragma_table_info('User')",
               4) == std::vector<std::string>{"id|INTEGER|1|1", "email|TEXT|1|0"});
}

TEST_CASE("a_second_push_of_the_same_schema_does_nothing") {
    const TemporaryFolder folder;
    for (const auto& entry : fs::directory_iterator{fs::path{LAMINA_TEST_DIRECTORY} / "migrate/sqlite"}) {
        if (entry.path().extension() != ".prisma") continue;
        CAPTURE(entry.path().string());
        const auto schema = valid_schema(read_file(entry.path().string()));
        const std::string file = folder.path(entry.path().stem().string() + ".db");
        const auto first = push(schema, sqlite(), file);
        REQUIRE_MESSAGE(first.has_value(), first.error().what());
        const auto second = push(schema, sqlite(), file);
        REQUIRE_MESSAGE(second.has_value(), second.error().what());
        CHECK_FALSE(second->database_created);
        CHECK(second->steps.empty());
        CHECK(second->script.empty());
    }
}

TEST_CASE("a_new_table_is_added_to_those_that_are_there") {
    const TemporaryFolder folder;
    const std::string file = folder.path("app.db");
    REQUIRE(push(valid_schema(schema_text(kUser)), sqlite(), file));
    execute(sqlite(), file, "INSERT INTO \"User\" VALUES (1, 'ann@x.org')");
    const auto report = push(valid_schema(schema_text(kPost)), sqlite(), file);
    REQUIRE_MESSAGE(report.has_value(), report.error().what());
    CHECK(report->steps == std::vector<std::string>{"create table `Post`"});
    CHECK(rows(sqlite(), file, "SELECT email FROM \"User\"", 1) == std::vector<std::string>{"ann@x.org"});
    CHECK(rows(sqlite(), file,
               "SELECT \"table\", \"from\", \"to\", on_delete, on_update FROM pragma_foreign_key_list('Post')",
               5) == std::vector<std::string>{"User|authorId|id|RESTRICT|CASCADE"});
}

TEST_CASE("a_change_that_has_no_step_yet_names_it_and_changes_nothing") {
    const TemporaryFolder folder;
    const std::string file = folder.path("app.db");
    REQUIRE(push(valid_schema(schema_text(kUser)), sqlite(), file));
    const auto report =
        push(valid_schema(schema_text(
                 "model User {\n  id Int @id\n  email Int @unique\n  name String\n}\nmodel New {\n  id Int @id\n}\n")),
             sqlite(), file, PushOptions{.force_reset = false, .accept_data_loss = true, .base_directory = {}});
    REQUIRE_FALSE(report.has_value());
    CHECK(report.error().code() == ErrorCode::DatabaseNotEmpty);
    const std::string& message = report.error().message();
    CAPTURE(message);
    CHECK(message.find("`email` of the table `User`") != std::string::npos);
    CHECK(message.find("its type is TEXT, not INTEGER") != std::string::npos);
    CHECK(message.find("`name` of the table `User` is not in the database") != std::string::npos);
    CHECK(message.find("--force-reset") != std::string::npos);
    CHECK(tables(file) == std::vector<std::string>{"User"});
}

TEST_CASE("tables_of_others_are_in_the_way_until_they_are_reset") {
    const TemporaryFolder folder;
    const std::string file = folder.path("app.db");
    execute(sqlite(), file,
            "CREATE TABLE a (id INTEGER PRIMARY KEY, b REFERENCES b (id)); CREATE TABLE b (id INTEGER PRIMARY KEY, a "
            "REFERENCES a (id));"
            "CREATE VIEW v AS SELECT * FROM a; CREATE TABLE _prisma_migrations (id TEXT);"
            "INSERT INTO a VALUES (1, NULL); INSERT INTO b VALUES (1, 1); UPDATE a SET b = 1");
    const auto schema = valid_schema(schema_text(kUser));
    const auto refused = push(schema, sqlite(), file);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message().find("the table `a` is in the database but not in the schema") !=
          std::string::npos);
    CHECK(refused.error().message().find("_prisma_migrations") == std::string::npos);
    const auto report =
        push(schema, sqlite(), file, PushOptions{.force_reset = true, .accept_data_loss = false, .base_directory = {}});
    REQUIRE_MESSAGE(report.has_value(), report.error().what());
    CHECK(report->reset);
    CHECK(tables(file) == std::vector<std::string>{"User"});
}

TEST_CASE("a_relative_path_is_relative_to_the_base_directory") {
    const TemporaryFolder folder;
    PushOptions options;
    options.base_directory = folder.path("");
    REQUIRE(push(valid_schema(schema_text(kUser)), sqlite(), "file:./dev.db", options));
    CHECK(fs::exists(folder.path("dev.db")));
}

TEST_CASE("a_read_only_file_is_refused_and_stays_as_it_is") {
    const TemporaryFolder folder;
    const std::string file = folder.path("app.db");
    REQUIRE(push(valid_schema(schema_text(kUser)), sqlite(), file));
    // Root writes to read-only files all the same, so ask the database itself.
    const auto report = push(valid_schema(schema_text(kPost)), sqlite(), "file:" + file + "?mode=ro");
    REQUIRE_FALSE(report.has_value());
    CAPTURE(report.error().what());
    CHECK(report.error().code() == ErrorCode::ReadOnly);
    CHECK(tables(file) == std::vector<std::string>{"User"});
}

TEST_CASE("a_file_that_is_no_database_is_refused") {
    const TemporaryFolder folder;
    const std::string file = folder.path("app.db");
    std::ofstream{file} << std::string(4096, 'x');
    const auto report = push(valid_schema(schema_text(kUser)), sqlite(), file);
    REQUIRE_FALSE(report.has_value());
    CHECK(read_file(file) == std::string(4096, 'x'));
}

TEST_CASE("a_folder_that_cannot_be_made_is_told") {
    const TemporaryFolder folder;
    std::ofstream{folder.path("file")} << "x";
    const auto report = push(valid_schema(schema_text(kUser)), sqlite(), folder.path("file/app.db"));
    REQUIRE_FALSE(report.has_value());
    CHECK(report.error().code() == ErrorCode::DatabaseCreateFailed);
    CHECK(push(valid_schema(schema_text(kUser)), sqlite(), "file:").error().code() == ErrorCode::UrlInvalid);
}

TEST_CASE("a_script_that_fails_half_way_leaves_nothing_behind") {
    const TemporaryFolder folder;
    const std::string file = folder.path("app.db");
    // The view takes the name that the second table needs.
    execute(sqlite(), file, "CREATE VIEW \"Post\" AS SELECT 1");
    const auto report = push(valid_schema(schema_text(kPost)), sqlite(), file);
    REQUIRE_FALSE(report.has_value());
    CHECK(tables(file).empty());
}

}  // namespace
