#include <array>
#include <bit>
#include <cstring>

#include <libpq-fe.h>

#include "support/raw.hpp"

namespace bench {
namespace {

constexpr std::int64_t kEpochDifference = 946'684'800'000'000;  // from 1970 to 2000, where PostgreSQL counts from

constexpr std::string_view kTables = R"sql(
DROP TABLE IF EXISTS "Entry", "Account", "Event";
CREATE TABLE "Account" (
    "id" INTEGER NOT NULL, "email" TEXT NOT NULL, "name" TEXT, "balance" BIGINT NOT NULL, "score" DOUBLE PRECISION NOT NULL,
    "active" BOOLEAN NOT NULL, "createdAt" TIMESTAMP(3) NOT NULL, CONSTRAINT "Account_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Entry" (
    "id" INTEGER NOT NULL, "accountId" INTEGER NOT NULL, "title" TEXT NOT NULL, "amount" BIGINT NOT NULL,
    CONSTRAINT "Entry_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Event" (
    "id" INTEGER NOT NULL, "email" TEXT NOT NULL, "name" TEXT, "balance" BIGINT NOT NULL, "score" DOUBLE PRECISION NOT NULL,
    "active" BOOLEAN NOT NULL, "createdAt" TIMESTAMP(3) NOT NULL, CONSTRAINT "Event_pkey" PRIMARY KEY ("id"));
CREATE UNIQUE INDEX "Account_email_key" ON "Account"("email");
CREATE INDEX "Entry_accountId_idx" ON "Entry"("accountId");
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id")
    ON DELETE RESTRICT ON UPDATE CASCADE;
)sql";

#define BENCH_COLUMNS R"("id", "email", "name", "balance", "score", "active", "createdAt")"
constexpr const char* kUnnest =
    " (" BENCH_COLUMNS
    ") SELECT * FROM unnest($1::int4[], $2::text[], $3::text[], $4::int8[], $5::float8[], $6::bool[], $7::timestamp[])";

template <class T>
T big_endian(const char* bytes) {
    T value;
    std::memcpy(&value, bytes, sizeof value);
    if constexpr (sizeof value == 4) {
        return std::bit_cast<T>(__builtin_bswap32(std::bit_cast<std::uint32_t>(value)));
    } else {
        return std::bit_cast<T>(__builtin_bswap64(std::bit_cast<std::uint64_t>(value)));
    }
}

void append(std::string& out, std::int32_t value) {
    const std::uint32_t turned = __builtin_bswap32(static_cast<std::uint32_t>(value));
    out.append(reinterpret_cast<const char*>(&turned), sizeof turned);
}
void append(std::string& out, std::int64_t value) {
    const std::uint64_t turned = __builtin_bswap64(static_cast<std::uint64_t>(value));
    out.append(reinterpret_cast<const char*>(&turned), sizeof turned);
}

/// A one-dimensional array in binary format.
class Array {
public:
    Array(std::int32_t element_type, std::size_t size, bool has_null) {
        append(bytes_, std::int32_t{1});
        append(bytes_, std::int32_t{has_null});
        append(bytes_, element_type);
        append(bytes_, static_cast<std::int32_t>(size));
        append(bytes_, std::int32_t{1});
    }
    template <class T>
    void number(T value) {
        append(bytes_, static_cast<std::int32_t>(sizeof value));
        append(bytes_, value);
    }
    void text(std::string_view value) {
        append(bytes_, static_cast<std::int32_t>(value.size()));
        bytes_ += value;
    }
    void boolean(bool value) {
        append(bytes_, std::int32_t{1});
        bytes_ += value ? '\1' : '\0';
    }
    void null() { append(bytes_, std::int32_t{-1}); }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Rows = std::unique_ptr<PGresult, Clear>;

class RawPostgresql final : public Raw {
public:
    explicit RawPostgresql(std::string_view url) : connection_{PQconnectdb(std::string{url}.c_str())} {
        if (PQstatus(connection_) != CONNECTION_OK) give_up(PQerrorMessage(connection_));
    }
    ~RawPostgresql() override { PQfinish(connection_); }
    RawPostgresql(const RawPostgresql&) = delete;
    RawPostgresql& operator=(const RawPostgresql&) = delete;

    void seed(int accounts) override {
        script(std::string{kTables}.c_str());
        std::vector<Account> rows;
        for (int n = 1; n <= accounts; ++n) rows.push_back(make_account(n));
        insert_accounts(rows, "Account", nullptr);
        Array ids{23, rows.size() * kEntriesPerAccount, false}, owners{23, rows.size() * kEntriesPerAccount, false};
        Array titles{25, rows.size() * kEntriesPerAccount, false}, amounts{20, rows.size() * kEntriesPerAccount, false};
        for (int account = 1; account <= accounts; ++account) {
            for (int n = 0; n < kEntriesPerAccount; ++n) {
                const Entry entry = make_entry(account, n);
                ids.number(entry.id);
                owners.number(entry.account_id);
                titles.text(entry.title);
                amounts.number(entry.amount);
            }
        }
        execute(
            R"(INSERT INTO "Entry" ("id", "accountId", "title", "amount") SELECT * FROM unnest($1::int4[], $2::int4[], $3::text[], $4::int8[]))",
            nullptr, std::array{&ids, &owners, &titles, &amounts});
        script("ANALYZE");
        prepare("one", "SELECT " BENCH_COLUMNS R"( FROM "Account" WHERE "id" = $1)");
        prepare("many", "SELECT " BENCH_COLUMNS R"( FROM "Account" ORDER BY "id" LIMIT $1)");
        prepare("entries", R"(SELECT "id", "accountId", "title", "amount" FROM "Entry" WHERE "accountId" = ANY($1))");
        prepare("insert", (R"(INSERT INTO "Event")" + std::string{kUnnest}).c_str());
    }

    std::optional<Account> find_unique(std::int32_t id) override {
        const Rows rows = query("one", std::string_view{}, id);
        if (PQntuples(rows.get()) == 0) return std::nullopt;
        Account account;
        decode(rows.get(), 0, account);
        return account;
    }

    std::vector<Account> find_many(int count) override {
        const Rows rows = query("many", std::string_view{}, std::int64_t{count});
        std::vector<Account> accounts(static_cast<std::size_t>(PQntuples(rows.get())));
        for (std::size_t at = 0; at < accounts.size(); ++at) decode(rows.get(), static_cast<int>(at), accounts[at]);
        return accounts;
    }

    std::vector<AccountWithEntries> find_many_with_entries(int count) override {
        const Rows rows = query("many", std::string_view{}, std::int64_t{count});
        std::vector<AccountWithEntries> result(static_cast<std::size_t>(PQntuples(rows.get())));
        Array ids{23, result.size(), false};
        for (std::size_t at = 0; at < result.size(); ++at) {
            decode(rows.get(), static_cast<int>(at), result[at].account);
            ids.number(result[at].account.id);
        }
        const Rows entries = query("entries", ids.bytes(), std::int32_t{0});
        for (int row = 0; row < PQntuples(entries.get()); ++row) {
            Entry entry;
            entry.id = big_endian<std::int32_t>(PQgetvalue(entries.get(), row, 0));
            entry.account_id = big_endian<std::int32_t>(PQgetvalue(entries.get(), row, 1));
            entry.title.assign(PQgetvalue(entries.get(), row, 2),
                               static_cast<std::size_t>(PQgetlength(entries.get(), row, 2)));
            entry.amount = big_endian<std::int64_t>(PQgetvalue(entries.get(), row, 3));
            // The accounts are sorted by id.
            std::size_t low = 0, high = result.size();
            while (low < high) {
                const std::size_t middle = (low + high) / 2;
                if (result[middle].account.id < entry.account_id)
                    low = middle + 1;
                else
                    high = middle;
            }
            result[low].entries.push_back(std::move(entry));
        }
        return result;
    }

    void create_many(const std::vector<Account>& rows) override { insert_accounts(rows, "Event", "insert"); }
    void delete_events() override { script(R"(TRUNCATE "Event")"); }

private:
    static void check(const Rows& rows) {
        const ExecStatusType status = PQresultStatus(rows.get());
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) give_up(PQresultErrorMessage(rows.get()));
    }
    void script(const char* sql) { check(Rows{PQexec(connection_, sql)}); }
    void prepare(const char* name, const char* sql) { check(Rows{PQprepare(connection_, name, sql, 0, nullptr)}); }

    /// One parameter in binary format: the bytes, or when there are none the number.
    template <class T>
    Rows query(const char* name, std::string_view bytes, T number) {
        const auto turned = big_endian<T>(reinterpret_cast<const char*>(&number));
        const char* value = bytes.empty() ? reinterpret_cast<const char*>(&turned) : bytes.data();
        const int length = static_cast<int>(bytes.empty() ? sizeof turned : bytes.size());
        const int format = 1;
        Rows rows{PQexecPrepared(connection_, name, 1, &value, &length, &format, 1)};
        check(rows);
        return rows;
    }

    template <std::size_t N>
    void execute(const char* sql, const char* prepared, const std::array<Array*, N>& arrays) {
        std::array<const char*, N> values;
        std::array<int, N> lengths, formats;
        for (std::size_t at = 0; at < N; ++at) {
            values[at] = arrays[at]->bytes().data();
            lengths[at] = static_cast<int>(arrays[at]->bytes().size());
            formats[at] = 1;
        }
        check(Rows{prepared != nullptr
                       ? PQexecPrepared(connection_, prepared, N, values.data(), lengths.data(), formats.data(), 1)
                       : PQexecParams(connection_, sql, N, nullptr, values.data(), lengths.data(), formats.data(), 1)});
    }

    void insert_accounts(const std::vector<Account>& rows, const char* table, const char* prepared) {
        Array id{23, rows.size(), false}, email{25, rows.size(), false}, name{25, rows.size(), true};
        Array balance{20, rows.size(), false}, score{701, rows.size(), false}, active{16, rows.size(), false};
        Array created{1114, rows.size(), false};
        for (const Account& row : rows) {
            id.number(row.id);
            email.text(row.email);
            if (row.name) {
                name.text(*row.name);
            } else {
                name.null();
            }
            balance.number(row.balance);
            score.number(std::bit_cast<std::int64_t>(row.score));
            active.boolean(row.active);
            created.number(row.created_at - kEpochDifference);
        }
        const std::string sql =
            prepared != nullptr ? std::string{} : "INSERT INTO \"" + std::string{table} + "\"" + kUnnest;
        execute(sql.c_str(), prepared, std::array{&id, &email, &name, &balance, &score, &active, &created});
    }

    static void decode(const PGresult* rows, int row, Account& account) {
        account.id = big_endian<std::int32_t>(PQgetvalue(rows, row, 0));
        account.email.assign(PQgetvalue(rows, row, 1), static_cast<std::size_t>(PQgetlength(rows, row, 1)));
        if (PQgetisnull(rows, row, 2) == 0) {
            account.name.emplace(PQgetvalue(rows, row, 2), static_cast<std::size_t>(PQgetlength(rows, row, 2)));
        }
        account.balance = big_endian<std::int64_t>(PQgetvalue(rows, row, 3));
        account.score = big_endian<double>(PQgetvalue(rows, row, 4));
        account.active = *PQgetvalue(rows, row, 5) != 0;
        account.created_at = big_endian<std::int64_t>(PQgetvalue(rows, row, 6)) + kEpochDifference;
    }

    PGconn* connection_;
};

}  // namespace

std::unique_ptr<Raw> raw_postgresql(std::string_view url) { return std::make_unique<RawPostgresql>(url); }

}  // namespace bench
