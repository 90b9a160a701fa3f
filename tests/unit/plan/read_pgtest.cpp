#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <libpq-fe.h>

#include <lamina/base/try.hpp>
#include <lamina/sql/postgresql/dialect.hpp>

#include "random_reads.hpp"
#include "text_rows.hpp"

// The planner's SQL on a real PostgreSQL, without a driver: parameters and results travel as text.

using namespace fixture;
using lamina::Error;
using lamina::ErrorCode;
using lamina::Result;

namespace {

constexpr const char* kDdl = R"sql(
DROP SCHEMA IF EXISTS plan_reads CASCADE; CREATE SCHEMA plan_reads; SET search_path = plan_reads;
CREATE TYPE "Kind" AS ENUM ('news', 'story');
CREATE TABLE "User" ("id" SERIAL PRIMARY KEY, "email" TEXT COLLATE "C" NOT NULL UNIQUE, "name" TEXT COLLATE "C", "rate" DECIMAL(65,30),
  "bossId" INTEGER);
CREATE TABLE "Post" ("id" INTEGER PRIMARY KEY, "title" TEXT COLLATE "C" NOT NULL, "n" INTEGER, "kind" "Kind", "authorId" INTEGER);
CREATE TABLE "Tag" ("id" INTEGER PRIMARY KEY, "name" TEXT COLLATE "C" NOT NULL);
CREATE TABLE "_TagToUser" ("A" INTEGER NOT NULL, "B" INTEGER NOT NULL, PRIMARY KEY ("A", "B"));
CREATE TABLE "Profile" ("id" INTEGER PRIMARY KEY, "bio" TEXT COLLATE "C", "userId" INTEGER NOT NULL UNIQUE);
CREATE TABLE "Line" ("orderNo" INTEGER NOT NULL, "sku" TEXT COLLATE "C" NOT NULL, "count" BIGINT NOT NULL, "price" DECIMAL(65,30) NOT NULL,
  "at" TIMESTAMP(3), PRIMARY KEY ("orderNo", "sku"));
CREATE TABLE "Note" ("id" INTEGER PRIMARY KEY, "lineNo" INTEGER, "lineSku" TEXT COLLATE "C", "text" TEXT COLLATE "C" NOT NULL);
)sql";

class ServerDatabase final : public Database {
public:
    explicit ServerDatabase(const char* url)
        : Database(lamina::dialect::postgresql::dialect()), connection_(PQconnectdb(url), PQfinish) {
        if (PQstatus(connection_.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection_.get()));
        script("SET client_min_messages = warning");
        script(kDdl);
    }

    void script(const std::string& text) override {
        const Answer answer(PQexec(connection_.get(), text.c_str()), PQclear);
        if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK)
            throw std::runtime_error(PQerrorMessage(connection_.get()));
    }

private:
    using Answer = std::unique_ptr<PGresult, void (*)(PGresult*)>;

    Result<void> execute(lamina::plan::Execution& execution) override {
        const lamina::plan::Statement& statement = *execution.statement;
        std::vector<std::string> texts;
        for (const Value* parameter : execution.parameters) texts.push_back(to_text_format(*parameter));
        std::vector<const char*> values;
        for (const std::string& text : texts) values.push_back(text.c_str());
        const std::vector<Oid> types(statement.type_codes.begin(), statement.type_codes.end());
        const Answer answer(PQexecParams(connection_.get(), statement.text.c_str(), static_cast<int>(values.size()),
                                         types.data(), values.data(), nullptr, nullptr, 0),
                            PQclear);
        if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) {
            return Error(ErrorCode::DatabaseError, PQerrorMessage(connection_.get()) + statement.text);
        }
        for (int row = 0; row < PQntuples(answer.get()); ++row) {
            std::vector<std::optional<std::string>> columns(static_cast<std::size_t>(PQnfields(answer.get())));
            for (int i = 0; i < PQnfields(answer.get()); ++i) {
                if (!PQgetisnull(answer.get(), row, i))
                    columns[static_cast<std::size_t>(i)] = PQgetvalue(answer.get(), row, i);
            }
            TextReader reader(std::move(columns));
            LAMINA_TRY(execution.sink->row(reader));
        }
        return {};
    }

    std::unique_ptr<PGconn, void (*)(PGconn*)> connection_;
};

}  // namespace

TEST_CASE("random_reads_find_what_the_definitions_say_on_a_server") {
    const char* url = std::getenv("LAMINA_TEST_POSTGRESQL_URL");
    if (url == nullptr) {
        MESSAGE("LAMINA_TEST_POSTGRESQL_URL is not set");
        return;
    }
    const char* wanted = std::getenv("LAMINA_TEST_ROUNDS");
    const int rounds = wanted ? std::atoi(wanted) : 6;
    for (int round = 0; round < rounds; ++round) {
        Oracle oracle;
        oracle.nulls_are_greatest = oracle.patterns_match_case = true;
        oracle.long_decimals_are_blobs = false;
        ServerDatabase database(url);
        check_random_reads(static_cast<std::uint32_t>(round) * 104729 + 3, 150, oracle, database);
    }
}
