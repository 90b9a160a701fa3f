// Every operation of the budgets, by hand and by the typed client, interleaved in one run. Prints one table.
//   bench_operations [--postgresql=URL] [--sqlite=PATH] [--prisma=FILE] [--seed-only] [Google Benchmark's options]
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include <lamina/postgresql.hpp>
#include <lamina/sqlite.hpp>

#include "generated/client.hpp"
#include "support/raw.hpp"
#include "support/report.hpp"

namespace {

using namespace db;
using bench::Raw;
using bench::Work;

constexpr int kRows = 1000;
constexpr int kParents = 100;

/// One database, reached in both ways.
struct Side {
    std::string name;
    std::unique_ptr<Raw> raw;
    std::unique_ptr<lamina::postgresql::Pool> pool;  ///< one of these two
    std::unique_ptr<lamina::sqlite::Database> database;
    std::unique_ptr<db::Client> client;
    double find_unique_budget = 1.15;
};

struct Options {
    std::string postgresql, sqlite, prisma;
    bool seed_only = false;
};

bool read_option(std::string_view argument, std::string_view name, std::string& value) {
    if (!argument.starts_with(name)) return false;
    value = argument.substr(name.size());
    return true;
}

/// Takes our own options out of the command line.
Options take_options(int& count, char** arguments) {
    Options options;
    int kept = 1;
    for (int at = 1; at < count; ++at) {
        const std::string_view argument = arguments[at];
        if (read_option(argument, "--postgresql=", options.postgresql) ||
            read_option(argument, "--sqlite=", options.sqlite) || read_option(argument, "--prisma=", options.prisma)) {
            continue;
        }
        if (argument == "--seed-only") {
            options.seed_only = true;
        } else {
            arguments[kept++] = arguments[at];
        }
    }
    count = kept;
    return options;
}

std::vector<bench::Account> raw_events() {
    std::vector<bench::Account> rows;
    for (int n = 1; n <= kRows; ++n) rows.push_back(bench::make_account(n));
    return rows;
}

std::vector<db::EventCreate> client_events() {
    std::vector<db::EventCreate> rows;
    for (const bench::Account& row : raw_events()) {
        rows.push_back({.id = row.id,
                        .email = row.email,
                        .name = row.name,
                        .balance = row.balance,
                        .score = row.score,
                        .active = row.active,
                        .createdAt = lamina::DateTime::from_unix_microseconds(row.created_at)});
    }
    return rows;
}

std::int32_t next_id(std::int32_t id) { return id % bench::kAccounts + 1; }

/// Both must read the same before their times say anything.
void compare_results(Side& side) {
    const auto check = [&](bool same) {
        if (!same) bench::give_up("the client and the hand-written code read different rows on " + side.name);
    };
    const auto same = [](const bench::Account& raw, const auto& row) {
        return raw.id == row.id && raw.email == row.email && raw.name == row.name && raw.balance == row.balance &&
               raw.score == row.score && raw.active == row.active &&
               raw.created_at == row.createdAt.unix_microseconds();
    };
    for (const std::int32_t id : {1, 4, bench::kAccounts}) {
        const auto raw = side.raw->find_unique(id);
        const auto row = side.client->account.find_unique(account::id == id);
        check(raw && row && same(*raw, *row));
    }
    const auto raw = side.raw->find_many_with_entries(kParents);
    const auto rows =
        side.client->account.find_many(include(account::entries), order_by(account::id.asc()), take(kParents));
    check(raw.size() == rows.size());
    const auto joined = side.client->account.find_many(include(account::entries), order_by(account::id.asc()),
                                                       take(kParents), load(join));
    check(joined.size() == rows.size());
    for (std::size_t at = 0; at < rows.size(); ++at) check(joined[at].entries == rows[at].entries);
    for (std::size_t at = 0; at < raw.size(); ++at) {
        check(same(raw[at].account, rows[at]) && raw[at].entries.size() == rows[at].entries.size());
        for (std::size_t n = 0; n < raw[at].entries.size(); ++n)
            check(raw[at].entries[n].title == rows[at].entries[n].title);
    }
}

void run(const std::string& name, const auto& work) {
    benchmark::RegisterBenchmark(name.c_str(), [work](benchmark::State& state) {
        auto own = work;
        for ([[maybe_unused]] auto turn : state) own(state);
    })->UseRealTime();
}

void add_reads(Side& side, std::vector<Work>& works) {
    Raw* raw = side.raw.get();
    db::Client* client = side.client.get();

    const Work& unique = works.emplace_back(Work{"find_unique by id", side.name, side.find_unique_budget});
    run(unique.benchmark("raw"),
        [raw, id = 0](benchmark::State&) mutable { benchmark::DoNotOptimize(raw->find_unique(id = next_id(id))); });
    run(unique.benchmark("lamina"), [client, id = 0](benchmark::State&) mutable {
        benchmark::DoNotOptimize(client->account.find_unique(account::id == (id = next_id(id))));
    });

    const Work& many = works.emplace_back(Work{"find_many 1000 rows x 7 columns", side.name, 1.15});
    run(many.benchmark("raw"), [raw](benchmark::State&) { benchmark::DoNotOptimize(raw->find_many(kRows)); });
    run(many.benchmark("lamina"), [client](benchmark::State&) {
        benchmark::DoNotOptimize(client->account.find_many(order_by(account::id.asc()), take(kRows)));
    });

    const Work& related = works.emplace_back(Work{"100 parents with 10 children", side.name, 1.15});
    run(related.benchmark("raw"),
        [raw](benchmark::State&) { benchmark::DoNotOptimize(raw->find_many_with_entries(kParents)); });
    run(related.benchmark("lamina"), [client](benchmark::State&) {
        benchmark::DoNotOptimize(
            client->account.find_many(include(account::entries), order_by(account::id.asc()), take(kParents)));
    });
    if (!side.pool) return;
    const Work& joined = works.emplace_back(Work{"100 parents, 10 children, join", side.name, 1.15});
    run(joined.benchmark("raw"),
        [raw](benchmark::State&) { benchmark::DoNotOptimize(raw->find_many_with_entries(kParents)); });
    run(joined.benchmark("lamina"), [client](benchmark::State&) {
        benchmark::DoNotOptimize(client->account.find_many(include(account::entries), order_by(account::id.asc()),
                                                           take(kParents), load(join)));
    });
}

/// The same read with both ways of loading relations. `read` takes the client, a number that counts up, and the way.
void compare_loads(Side& side, std::vector<Work>& works, const std::string& name, auto read) {
    const Work& work = works.emplace_back(Work{name, side.name, 0});
    const auto run_as = [&](std::string_view who, auto how) {
        run(work.benchmark(who), [client = side.client.get(), read, how, id = 0](benchmark::State&) mutable {
            benchmark::DoNotOptimize(read(*client, id = next_id(id), how));
        });
    };
    run_as("batch", lamina::batch);
    run_as("join", join);
}

void add_loads(Side& side, std::vector<Work>& works) {
    compare_loads(side, works, "find_unique with a to-one", [](db::Client& client, std::int32_t id, auto how) {
        return client.entry.find_unique(entry::id == id, include(entry::account), load(how));
    });
    compare_loads(side, works, "find_unique with 10 children", [](db::Client& client, std::int32_t id, auto how) {
        return client.account.find_unique(account::id == id, include(account::entries), load(how));
    });
    compare_loads(side, works, "find_unique, three levels", [](db::Client& client, std::int32_t id, auto how) {
        return client.entry.find_unique(entry::id == id, include(entry::account(include(account::entries))), load(how));
    });
    compare_loads(side, works, "100 rows with 10 children", [](db::Client& client, std::int32_t, auto how) {
        return client.account.find_many(include(account::entries), order_by(account::id.asc()), take(kParents),
                                        load(how));
    });
    compare_loads(side, works, "1000 rows with a to-one", [](db::Client& client, std::int32_t, auto how) {
        return client.entry.find_many(include(entry::account), order_by(entry::id.asc()), take(kRows), load(how));
    });
    compare_loads(side, works, "100 rows with the last 2 of 10 children",
                  [](db::Client& client, std::int32_t, auto how) {
                      return client.account.find_many(include(account::entries(order_by(entry::id.desc()), take(2))),
                                                      order_by(account::id.asc()), take(kParents), load(how));
                  });
}

void add_writes(Side& side, std::vector<Work>& works) {
    Raw* raw = side.raw.get();
    db::Client* client = side.client.get();
    const Work& create = works.emplace_back(Work{"create_many 1000 rows", side.name, 1.2});
    run(create.benchmark("raw"), [raw, rows = raw_events()](benchmark::State& state) {
        raw->create_many(rows);
        state.PauseTiming();
        raw->delete_events();
        state.ResumeTiming();
    });
    run(create.benchmark("lamina"), [raw, client, rows = client_events()](benchmark::State& state) {
        benchmark::DoNotOptimize(client->event.create_many(rows));
        state.PauseTiming();
        raw->delete_events();
        state.ResumeTiming();
    });
}

}  // namespace

int main(int count, char** arguments) {
    const Options options = take_options(count, arguments);
    std::vector<Side> sides;
    if (!options.postgresql.empty()) {
        Side& side = sides.emplace_back();
        side.name = "PostgreSQL";
        side.raw = bench::raw_postgresql(options.postgresql);
        side.pool = std::make_unique<lamina::postgresql::Pool>(options.postgresql);
    }
    if (!options.sqlite.empty()) {
        Side& side = sides.emplace_back();
        side.name = "SQLite";
        side.raw = bench::raw_sqlite(options.sqlite);
        side.database = std::make_unique<lamina::sqlite::Database>(options.sqlite);
        side.find_unique_budget = 1.25;
    }
    if (sides.empty()) bench::give_up("name a database: --postgresql=URL, --sqlite=PATH");

    for (Side& side : sides) side.raw->seed(bench::kAccounts);
    if (options.seed_only) return 0;

    std::vector<Work> works;
    for (Side& side : sides) {
        side.client =
            side.pool ? std::make_unique<db::Client>(*side.pool) : std::make_unique<db::Client>(*side.database);
        compare_results(side);
        add_reads(side, works);
        if (side.pool) add_loads(side, works);
        add_writes(side, works);
    }
    benchmark::Initialize(&count, arguments);
    if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 1;
    bench::TableReporter reporter{works};
    benchmark::RunSpecifiedBenchmarks(&reporter);
    reporter.print(options.prisma);
    return 0;
}
