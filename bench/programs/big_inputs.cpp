// Requests of 6,250, 25,000 and 100,000 values, rows or parents: their times, which should grow as they do, and the
// memory at the end.
//   bench_big_inputs URL      postgresql://… or file:…
#include <chrono>
#include <cstdio>
#include <numeric>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <vector>

#include <lamina/postgresql.hpp>
#include <lamina/sqlite.hpp>

#include "generated/client.hpp"

namespace {

using namespace db;

constexpr std::int32_t kSizes[] = {6'250, 25'000, 100'000};

/// Milliseconds that the fastest of three calls takes.
template <class Work>
double milliseconds(Work work) {
    double best = 0;
    for (int i = 0; i < 3; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
        if (i == 0 || taken.count() < best) best = taken.count();
    }
    return best;
}

std::string email(std::int32_t id) { return "account" + std::to_string(id) + "@bench.example"; }

std::vector<AccountCreate> accounts(std::int32_t n) {
    std::vector<AccountCreate> rows;
    for (std::int32_t i = 1; i <= n; ++i) {
        rows.push_back({.id = i,
                        .email = email(i),
                        .balance = std::int64_t{i},
                        .score = 0.5,
                        .active = true,
                        .createdAt = lamina::DateTime::from_unix_microseconds(i)});
    }
    return rows;
}

/// The times of one kind of work, size by size.
template <class Prepare>
void row(std::string_view name, Prepare work) {
    double times[3];
    for (int i = 0; i < 3; ++i) times[i] = work(kSizes[i]);
    std::printf("%-44.*s %10.1f %10.1f %10.1f %9.1fx\n", static_cast<int>(name.size()), name.data(), times[0], times[1],
                times[2], times[2] / times[1]);
}

void measure(Client& db, bool joins) {
    const auto fill = [&](std::int32_t n) {
        db.account.delete_many();
        db.account.create_many(accounts(n));
    };
    const auto with_entries = [&](std::int32_t n) {
        fill(n);
        std::vector<EntryCreate> entries;
        for (std::int32_t i = 1; i <= 2 * n; ++i) {
            entries.push_back({.id = i, .accountId = (i + 1) / 2, .title = "entry", .amount = std::int64_t{i}});
        }
        db.entry.create_many(entries);
    };
    row("create_many of n rows", [&](std::int32_t n) {
        const auto rows = accounts(n);
        return milliseconds([&] {
            db.account.delete_many();
            db.account.create_many(rows);
        });
    });
    row("find_many where a number is in n", [&](std::int32_t n) {
        fill(1'000);
        std::vector<std::int32_t> ids(static_cast<std::size_t>(n));
        std::iota(ids.begin(), ids.end(), 501);
        return milliseconds([&] { db.account.find_many(where(account::id.in(ids))); });
    });
    row("find_many where a text is in n", [&](std::int32_t n) {
        fill(1'000);
        std::vector<std::string> emails;
        for (std::int32_t i = 501; i < n + 501; ++i) emails.push_back(email(i));
        return milliseconds([&] { db.account.find_many(where(account::email.in(emails))); });
    });
    row("count where a text is not in n", [&](std::int32_t n) {
        fill(1'000);
        std::vector<std::string> emails;
        for (std::int32_t i = 501; i < n + 501; ++i) emails.push_back(email(i));
        return milliseconds([&] { db.account.count(where(account::email.not_in(emails))); });
    });
    const auto including = [&](auto... arguments) {
        return [&db, &with_entries, arguments...](std::int32_t n) {
            with_entries(n);
            const double taken = milliseconds([&] { db.account.find_many(arguments...); });
            db.entry.delete_many();
            return taken;
        };
    };
    row("n parents with 2 children each", including(include(account::entries())));
    row("n parents with 1 of 2 children each", including(include(account::entries(take(1)))));
    if (joins) row("n parents with 2 children each, joined", including(include(account::entries()), load(join)));
    row("2 n children with their parents", [&](std::int32_t n) {
        with_entries(n);
        const double taken = milliseconds([&] { db.entry.find_many(include(entry::account())); });
        db.entry.delete_many();
        return taken;
    });
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%-44s %10ld MB\n", "memory at the most", usage.ru_maxrss / 1024);
}

void make_tables(Client& db) {
    for (const char* name : {"Entry", "Account"}) {
        db.execute_raw(lamina::sql("DROP TABLE IF EXISTS {}", lamina::identifier(name)));
    }
    db.execute_raw(lamina::sql(R"(CREATE TABLE "Account" (id integer PRIMARY KEY, email text NOT NULL UNIQUE, name text,
        balance bigint NOT NULL, score double precision NOT NULL, active boolean NOT NULL,
        "createdAt" timestamp(3) NOT NULL))"));
    db.execute_raw(lamina::sql(R"(CREATE TABLE "Entry" (id integer PRIMARY KEY, title text NOT NULL,
        amount bigint NOT NULL, "accountId" integer NOT NULL REFERENCES "Account" (id)))"));
    db.execute_raw(lamina::sql(R"(CREATE INDEX "Entry_accountId_idx" ON "Entry" ("accountId"))"));
}

template <class Database>
int run(const char* title, std::string_view url, bool joins) {
    Database database{url};
    Client db{database};
    make_tables(db);
    std::printf("%-44s %10d %10d %10d %10s\n", title, kSizes[0], kSizes[1], kSizes[2], "4 x");
    measure(db, joins);
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) return 2;
    const std::string_view url = arguments[1];
    if (url.starts_with("postgres")) return run<lamina::postgresql::Pool>("PostgreSQL, ms", url, true);
    return run<lamina::sqlite::Database>("SQLite, ms", url, false);
}
