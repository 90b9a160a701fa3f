#include <set>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/error/messages.hpp>

using lamina::Error;
using lamina::ErrorCode;

static_assert(std::is_nothrow_copy_constructible_v<Error> && std::is_nothrow_move_constructible_v<Error>);

TEST_CASE("every code has a text of its own and is found by it") {
    const struct {
        ErrorCode code;
        std::string_view text;
        bool retryable;
    } codes[] = {
#define LAMINA_X(name, text, meaning, retryable) {ErrorCode::name, text, retryable},
        LAMINA_ERROR_CODES(LAMINA_X)
#undef LAMINA_X
    };
    std::set<std::string_view> texts;
    for (const auto& entry : codes) {
        CHECK(texts.insert(entry.text).second);
        CHECK(to_string(entry.code) == entry.text);
        CHECK_FALSE(meaning(entry.code).empty());
        CHECK(is_retryable(entry.code) == entry.retryable);
        ErrorCode found{};
        CHECK(lamina::find_error_code(entry.text, found));
        CHECK(found == entry.code);
    }
    ErrorCode none{};
    CHECK_FALSE(lamina::find_error_code("P9999", none));
}

TEST_CASE("an error carries its properties") {
    const Error error = Error(ErrorCode::UniqueViolation, "taken")
                            .with_model("User")
                            .with_fields({"email", "tenant"})
                            .with_constraint("User_email_key")
                            .with_sqlstate("23505")
                            .with_sql("INSERT …")
                            .with_detail("a", "1")
                            .with_detail("a", "2")
                            .with_poisoned_transaction();
    CHECK(error.code() == ErrorCode::UniqueViolation);
    CHECK(error.code_text() == "P2002");
    CHECK(error.message() == "taken");
    CHECK(std::string(error.what()) == "P2002: taken");
    CHECK(error.model() == "User");
    CHECK(error.fields() == std::vector<std::string>{"email", "tenant"});
    CHECK(error.constraint() == "User_email_key");
    CHECK(error.sqlstate() == "23505");
    CHECK(error.sql() == "INSERT …");
    CHECK(error.details().size() == 1);
    CHECK(error.detail("a") == "2");
    CHECK(error.detail("b").empty());
    CHECK_FALSE(error.retryable());
    CHECK(error.poisons_transaction());
    CHECK_FALSE(error.poisons_connection());
}

TEST_CASE("a copy is not changed by its original") {
    Error error(ErrorCode::RecordMissing);
    const Error copy = error;
    error.with_model("User").with_message("other").with_code(ErrorCode::TransactionConflict);
    CHECK(copy.model().empty());
    CHECK(copy.code() == ErrorCode::RecordMissing);
    CHECK_FALSE(copy.retryable());
    CHECK(error.retryable());
    CHECK(std::string(error.what()) == "P2034: other");
}

TEST_CASE("a moved-from error can be looked at and used again") {
    Error error(ErrorCode::RecordMissing);
    const Error taken = std::move(error);
    CHECK(error.code() == ErrorCode::Internal);  // NOLINT(bugprone-use-after-move): it is a defined state
    error.with_model("User");
    CHECK(error.model() == "User");
    error = taken;
    Error& self = error;
    error = self;
    CHECK(error.code() == ErrorCode::RecordMissing);
}

TEST_CASE("copies may be used by several threads") {
    const Error error(ErrorCode::PoolTimeout, "busy");
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([error] {
            for (int k = 0; k < 1'000; ++k) {
                Error copy = error;
                if (k % 2 == 0) copy.with_model("Model");
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(error.model().empty());
}

TEST_CASE("errors are caught as standard exceptions") {
    try {
        throw Error(ErrorCode::Misuse, "wrong");
    } catch (const std::exception& caught) {
        CHECK(std::string(caught.what()) == "L1007: wrong");
    }
    const lamina::Result<int> result = Error(ErrorCode::Misuse);
    CHECK_THROWS_AS(static_cast<void>(result.value()), Error);
}

TEST_CASE("messages are worded as Prisma's") {
    using namespace lamina::error;
    CHECK(unique_violation("User", {"a", "b"}).message() == "Unique constraint failed on the fields: (`a`, `b`)");
    CHECK(unique_violation("User", {}, "key").message() == "Unique constraint failed on the constraint: `key`");
    CHECK(unique_violation("User", {}).message() == "Unique constraint failed on the (not available)");
    CHECK(foreign_key_violation("P", {"userId"}, "fk").message() ==
          "Foreign key constraint violated on the constraint: `fk`");
    CHECK(foreign_key_violation("P", {"userId"}).message() ==
          "Foreign key constraint violated on the fields: (`userId`)");
    CHECK(foreign_key_violation("P", {}).message() == "Foreign key constraint violated on the foreign key");
    CHECK(null_violation("P", {"a"}).message() == "Null constraint violation on the fields: (`a`)");
    CHECK(table_missing("public.User").message() == "The table `public.User` does not exist in the current database.");
    CHECK(column_missing("").message() == "The column `(not available)` does not exist in the current database.");
    CHECK(
        record_missing("User", "No record was found for an update.").message() ==
        "An operation failed because it depends on one or more records that were required but not found. No record was "
        "found for an update.");
    CHECK(raw_query_failed("42601", "syntax error").message() ==
          "Raw query failed. Code: `42601`. Message: `syntax error`");
}

TEST_CASE("a pool timeout names the pool's state") {
    const Error error = lamina::error::pool_timeout(250, {.max_size = 10, .size = 10, .in_use = 10, .waiting = 3});
    CHECK(error.code() == ErrorCode::PoolTimeout);
    CHECK(error.retryable());
    CHECK(error.detail("in_use") == "10");
    CHECK(error.detail("waiting") == "3");
    CHECK(error.message().find("250 ms") != std::string::npos);
    CHECK(error.message().find("10 in use") != std::string::npos);
}

TEST_CASE("a lost connection poisons itself and its transaction") {
    const Error error = lamina::error::connection_lost();
    CHECK(error.code_text() == "P1017");
    CHECK(error.poisons_connection());
    CHECK(error.poisons_transaction());
    CHECK(error.retryable());
}

TEST_CASE("close names are suggested") {
    const std::vector<std::string_view> names = {"email", "name", "createdAt"};
    CHECK(lamina::error::did_you_mean("emial", names) == " Did you mean `email`?");
    CHECK(lamina::error::did_you_mean("createdat", names) == " Did you mean `createdAt`?");
    CHECK(lamina::error::did_you_mean("zzz", names).empty());
    const std::vector<std::string_view> near = {"a1", "a2"};
    CHECK(lamina::error::did_you_mean("a", near) == " Did you mean `a1` or `a2`?");
}
