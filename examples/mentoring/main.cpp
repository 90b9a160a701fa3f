// A mentoring platform on an embedded SQLite file or on a PostgreSQL server:
//
//     mentoring mentoring.db
//     mentoring postgresql://localhost/mentoring
//
// The tables are made by `lamina db push`. An empty database is filled first; then sessions are booked, billed and paid
// out, and a report is printed.
#include <cstdio>
#include <string>
#include <string_view>

#include <lamina/postgresql.hpp>
#include <lamina/sqlite.hpp>

#include "dataset.hpp"
#include "platform.hpp"
#include "progress.hpp"
#include "report.hpp"

namespace {

using namespace db;

constexpr std::size_t kSessions = 10'000;

void fill(Client& db) {
    const mentoring::Dataset data = mentoring::make_dataset(kSessions);
    mentoring::ProgressBar bar("Loading sessions", kSessions);
    mentoring::load(db, data, [&bar](std::size_t done) { bar.update(done); });
}

/// Books two sessions for each of the first 40 mentees; some slots are taken twice on purpose.
void book_sessions(Client& db, std::size_t (&outcomes)[3]) {
    const lamina::DateTime day = lamina::DateTime::parse("2026-01-05T09:00:00Z").value();
    const auto mentors = db.mentor.find_many(select(mentor::id), order_by(mentor::id.asc()), take(30));
    const auto mentees = db.mentee.find_many(select(mentee::id), order_by(mentee::id.asc()), take(40));
    for (std::size_t i = 0; i < mentees.size() * 2; ++i) {
        const auto& mentor = mentors[i % mentors.size()];
        const auto slot = static_cast<std::int64_t>(i / 37);
        const auto at = lamina::DateTime::from_unix_microseconds(day.unix_microseconds() + slot * 3'600'000'000);
        ++outcomes[static_cast<int>(mentoring::book(db, mentor.id, mentees[i % mentees.size()].id, at))];
    }
}

void bill_sessions(Client& db, std::size_t (&outcomes)[3]) {
    const auto booked = db.session.find_many(where(session::status == SessionStatus::BOOKED),
                                             order_by(session::startsAt.asc(), session::id.asc()),
                                             select(session::id, session::minutes));
    for (const auto& s : booked) ++outcomes[static_cast<int>(mentoring::bill(db, s.id, s.minutes))];
}

std::size_t pay_mentors(Client& db) {
    std::size_t payouts = 0;
    for (const auto& m : db.mentor.find_many(select(mentor::id), order_by(mentor::id.asc()))) {
        if (!mentoring::pay_out(db, m.id).is_zero()) ++payouts;
    }
    return payouts;
}

/// The whole program on one database.
bool run(lamina::Adapter& adapter) {
    Client db{adapter};
    if (db.mentor.count() == 0) fill(db);

    std::size_t bookings[3] = {};
    book_sessions(db, bookings);
    std::printf("Bookings: %zu booked, %zu refused because the slot was taken\n", bookings[0], bookings[1]);
    std::size_t bills[3] = {};
    bill_sessions(db, bills);
    std::printf("Billing:  %zu billed, %zu refused because the balance was too low\n", bills[0], bills[1]);
    std::printf("Payouts:  %zu\n\n", pay_mentors(db));

    const bool balanced = mentoring::print_report(db);
    const lamina::PoolStats stats = adapter.stats();
    std::printf("Pool: %zu connections (%zu idle, %zu in use), %zu opened, %zu timeouts\n", std::size_t{stats.size},
                std::size_t{stats.idle}, std::size_t{stats.in_use}, std::size_t{stats.opened},
                std::size_t{stats.timeouts});
    return balanced;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fprintf(stderr, "usage: %s FILE.db | postgresql://…\n", arguments[0]);
        return 2;
    }
    const std::string_view url = arguments[1];
    try {
        if (url.starts_with("postgres")) {
            lamina::postgresql::Pool pool{std::string(url)};
            return run(pool) ? 0 : 1;
        }
        lamina::sqlite::Database database{std::string(url)};
        return run(database) ? 0 : 1;
    } catch (const lamina::Error& error) {
        std::fprintf(stderr, "error: %s\n", error.what());
        return 1;
    }
}
