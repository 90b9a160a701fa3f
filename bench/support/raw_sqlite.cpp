#include <charconv>
#include <cstdio>

#include <sqlite3.h>

#include "support/raw.hpp"

namespace bench {
namespace {

constexpr const char* kTables = R"sql(
DROP TABLE IF EXISTS "Entry"; DROP TABLE IF EXISTS "Account"; DROP TABLE IF EXISTS "Event";
CREATE TABLE "Account" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "email" TEXT NOT NULL, "name" TEXT, "balance" BIGINT NOT NULL,
    "score" REAL NOT NULL, "active" BOOLEAN NOT NULL, "createdAt" DATETIME NOT NULL);
CREATE TABLE "Entry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "accountId" INTEGER NOT NULL, "title" TEXT NOT NULL, "amount" BIGINT NOT NULL,
    CONSTRAINT "Entry_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account" ("id") ON DELETE RESTRICT ON UPDATE CASCADE);
CREATE TABLE "Event" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "email" TEXT NOT NULL, "name" TEXT, "balance" BIGINT NOT NULL,
    "score" REAL NOT NULL, "active" BOOLEAN NOT NULL, "createdAt" DATETIME NOT NULL);
CREATE UNIQUE INDEX "Account_email_key" ON "Account"("email");
CREATE INDEX "Entry_accountId_idx" ON "Entry"("accountId");
)sql";

#define BENCH_COLUMNS R"("id", "email", "name", "balance", "score", "active", "createdAt")"

/// Days since 1970 of a date of the Gregorian calendar.
std::int64_t days_of(std::int64_t year, std::int64_t month, std::int64_t day) {
    year -= month <= 2;
    const std::int64_t era = year / 400;
    const std::int64_t of_era = year - era * 400;
    const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

std::int64_t digits(const char* text, int count) {
    std::int64_t value = 0;
    for (int at = 0; at < count; ++at) value = value * 10 + (text[at] - '0');
    return value;
}

/// `2024-02-29T12:34:56.789+00:00`, the form that the table holds; nothing else is looked for.
std::int64_t parse_time(const char* text) {
    const std::int64_t days = days_of(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2));
    const std::int64_t seconds = digits(text + 11, 2) * 3600 + digits(text + 14, 2) * 60 + digits(text + 17, 2);
    return ((days * 86400 + seconds) * 1000 + digits(text + 20, 3)) * 1000;
}

/// Writes 29 characters.
void format_time(std::int64_t microseconds, char (&out)[40]) {
    const std::int64_t milliseconds = microseconds / 1000;
    const std::int64_t seconds = milliseconds / 1000;
    const std::int64_t days = seconds / 86400;
    const std::int64_t z = days + 719468;
    const std::int64_t era = z / 146097;
    const std::int64_t of_era = z - era * 146097;
    const std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted = (5 * of_year + 2) / 153;
    const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
    const auto put = [&out](int at, int count, std::int64_t value) {
        for (int place = at + count - 1; place >= at; --place, value /= 10)
            out[place] = static_cast<char>('0' + value % 10);
    };
    std::snprintf(out, sizeof out, "0000-00-00T00:00:00.000+00:00");
    put(0, 4, year_of_era + era * 400 + (month <= 2 ? 1 : 0));
    put(5, 2, month);
    put(8, 2, of_year - (153 * shifted + 2) / 5 + 1);
    put(11, 2, seconds / 3600 % 24);
    put(14, 2, seconds / 60 % 60);
    put(17, 2, seconds % 60);
    put(20, 3, milliseconds % 1000);
}

class RawSqlite final : public Raw {
public:
    explicit RawSqlite(std::string_view path) {
        constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        if (sqlite3_open_v2(std::string{path}.c_str(), &database_, kFlags, nullptr) != SQLITE_OK) fail();
        script(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = "
            "5000");
    }
    ~RawSqlite() override {
        for (sqlite3_stmt* statement : {one_, many_, entries_, insert_}) sqlite3_finalize(statement);
        sqlite3_close_v2(database_);
    }
    RawSqlite(const RawSqlite&) = delete;
    RawSqlite& operator=(const RawSqlite&) = delete;

    void seed(int accounts) override {
        script(kTables);
        insert_ = prepare(R"(INSERT INTO "Account" ()" BENCH_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?)");
        std::vector<Account> rows;
        for (int n = 1; n <= accounts; ++n) rows.push_back(make_account(n));
        create_many(rows);
        sqlite3_finalize(insert_);
        sqlite3_stmt* entry_insert =
            prepare(R"(INSERT INTO "Entry" ("id", "accountId", "title", "amount") VALUES (?, ?, ?, ?))");
        script("BEGIN");
        for (int account = 1; account <= accounts; ++account) {
            for (int n = 0; n < kEntriesPerAccount; ++n) {
                const Entry entry = make_entry(account, n);
                sqlite3_bind_int(entry_insert, 1, entry.id);
                sqlite3_bind_int(entry_insert, 2, entry.account_id);
                bind_text(entry_insert, 3, entry.title);
                sqlite3_bind_int64(entry_insert, 4, entry.amount);
                run(entry_insert);
            }
        }
        script("COMMIT; ANALYZE");
        sqlite3_finalize(entry_insert);
        one_ = prepare("SELECT " BENCH_COLUMNS R"( FROM "Account" WHERE "id" = ?)");
        many_ = prepare("SELECT " BENCH_COLUMNS R"( FROM "Account" ORDER BY "id" LIMIT ?)");
        entries_ = prepare(
            R"(SELECT "id", "accountId", "title", "amount" FROM "Entry" WHERE "accountId" IN (SELECT value FROM json_each(?)))");
        insert_ = prepare(R"(INSERT INTO "Event" ()" BENCH_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?)");
    }

    std::optional<Account> find_unique(std::int32_t id) override {
        sqlite3_bind_int(one_, 1, id);
        std::optional<Account> account;
        if (step(one_)) decode(one_, account.emplace());
        sqlite3_reset(one_);
        return account;
    }

    std::vector<Account> find_many(int count) override {
        sqlite3_bind_int(many_, 1, count);
        std::vector<Account> accounts;
        while (step(many_)) decode(many_, accounts.emplace_back());
        sqlite3_reset(many_);
        return accounts;
    }

    std::vector<AccountWithEntries> find_many_with_entries(int count) override {
        std::vector<AccountWithEntries> result;
        sqlite3_bind_int(many_, 1, count);
        std::string ids = "[";
        char digits[16];
        while (step(many_)) {
            Account& account = result.emplace_back().account;
            decode(many_, account);
            if (ids.size() > 1) ids += ',';
            ids.append(digits, std::to_chars(digits, digits + sizeof digits, account.id).ptr);
        }
        sqlite3_reset(many_);
        ids += ']';
        bind_text(entries_, 1, ids);
        while (step(entries_)) {
            Entry entry;
            entry.id = sqlite3_column_int(entries_, 0);
            entry.account_id = sqlite3_column_int(entries_, 1);
            assign(entries_, 2, entry.title);
            entry.amount = sqlite3_column_int64(entries_, 3);
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
        sqlite3_reset(entries_);
        return result;
    }

    void create_many(const std::vector<Account>& rows) override {
        script("BEGIN");
        char time[40];
        for (const Account& row : rows) {
            sqlite3_bind_int(insert_, 1, row.id);
            bind_text(insert_, 2, row.email);
            if (row.name) {
                bind_text(insert_, 3, *row.name);
            } else {
                sqlite3_bind_null(insert_, 3);
            }
            sqlite3_bind_int64(insert_, 4, row.balance);
            sqlite3_bind_double(insert_, 5, row.score);
            sqlite3_bind_int(insert_, 6, row.active ? 1 : 0);
            format_time(row.created_at, time);
            sqlite3_bind_text(insert_, 7, time, 29, SQLITE_STATIC);
            run(insert_);
        }
        script("COMMIT");
    }
    void delete_events() override { script(R"(DELETE FROM "Event")"); }

private:
    [[noreturn]] void fail() { give_up(sqlite3_errmsg(database_)); }
    void script(const char* sql) {
        if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
    }
    sqlite3_stmt* prepare(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v3(database_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) fail();
        return statement;
    }
    bool step(sqlite3_stmt* statement) {
        const int result = sqlite3_step(statement);
        if (result != SQLITE_ROW && result != SQLITE_DONE) fail();
        return result == SQLITE_ROW;
    }
    void run(sqlite3_stmt* statement) {
        step(statement);
        sqlite3_reset(statement);
    }
    static void bind_text(sqlite3_stmt* statement, int at, const std::string& text) {
        sqlite3_bind_text(statement, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    }
    static void assign(sqlite3_stmt* statement, int at, std::string& out) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, at));
        out.assign(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, at)));
    }

    static void decode(sqlite3_stmt* statement, Account& account) {
        account.id = sqlite3_column_int(statement, 0);
        assign(statement, 1, account.email);
        if (sqlite3_column_type(statement, 2) != SQLITE_NULL) assign(statement, 2, account.name.emplace());
        account.balance = sqlite3_column_int64(statement, 3);
        account.score = sqlite3_column_double(statement, 4);
        account.active = sqlite3_column_int(statement, 5) != 0;
        account.created_at = parse_time(reinterpret_cast<const char*>(sqlite3_column_text(statement, 6)));
    }

    sqlite3* database_ = nullptr;
    sqlite3_stmt* one_ = nullptr;
    sqlite3_stmt* many_ = nullptr;
    sqlite3_stmt* entries_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

}  // namespace

std::unique_ptr<Raw> raw_sqlite(std::string_view path) { return std::make_unique<RawSqlite>(path); }

}  // namespace bench
