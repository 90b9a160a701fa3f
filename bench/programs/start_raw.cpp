// The smallest program that reads a row with libpq: what start, memory and size are compared with.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>

#include <libpq-fe.h>

#include "programs/memory.hpp"

namespace {

struct Account {
    std::int32_t id = 0;
    std::string email;
    std::optional<std::string> name;
    std::int64_t balance = 0;
    double score = 0;
    bool active = false;
    std::int64_t created_at = 0;
};

std::uint64_t wide(const char* bytes) {
    std::uint64_t value;
    std::memcpy(&value, bytes, sizeof value);
    return __builtin_bswap64(value);
}

std::uint32_t narrow(const char* bytes) {
    std::uint32_t value;
    std::memcpy(&value, bytes, sizeof value);
    return __builtin_bswap32(value);
}

Account decode(const PGresult* rows) {
    Account account;
    account.id = static_cast<std::int32_t>(narrow(PQgetvalue(rows, 0, 0)));
    account.email = PQgetvalue(rows, 0, 1);
    if (PQgetisnull(rows, 0, 2) == 0) account.name = PQgetvalue(rows, 0, 2);
    account.balance = static_cast<std::int64_t>(wide(PQgetvalue(rows, 0, 3)));
    const std::uint64_t score = wide(PQgetvalue(rows, 0, 4));
    std::memcpy(&account.score, &score, sizeof score);
    account.active = *PQgetvalue(rows, 0, 5) != 0;
    account.created_at = static_cast<std::int64_t>(wide(PQgetvalue(rows, 0, 6))) + 946'684'800'000'000;
    return account;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) return 2;
    PGconn* connection = PQconnectdb(arguments[1]);
    if (PQstatus(connection) != CONNECTION_OK) {
        std::fputs(PQerrorMessage(connection), stderr);
        return 1;
    }
    const char* sql =
        R"(SELECT "id", "email", "name", "balance", "score", "active", "createdAt" FROM "Account" WHERE "id" = $1)";
    PQclear(PQprepare(connection, "one", sql, 0, nullptr));
    const std::uint32_t id = __builtin_bswap32(7);
    const char* value = reinterpret_cast<const char*>(&id);
    const int length = sizeof id;
    const int format = 1;
    PGresult* rows = PQexecPrepared(connection, "one", 1, &value, &length, &format, 1);
    if (PQresultStatus(rows) != PGRES_TUPLES_OK || PQntuples(rows) != 1) {
        std::fputs(PQerrorMessage(connection), stderr);
        return 1;
    }
    const Account account = decode(rows);
    std::printf("%s %ld\n", account.email.c_str(), resident_kilobytes());
    PQclear(rows);
    PQfinish(connection);
}
