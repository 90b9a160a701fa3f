#include "report.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace mentoring {

using namespace db;
using namespace lamina::literals;

namespace {

struct Row {
    std::string name;
    std::string topics;
    std::size_t sessions = 0;
    std::int64_t minutes = 0;
    std::int64_t stars = 0;
    std::int64_t reviews = 0;
    lamina::Decimal billed;
    lamina::Decimal fees;
    lamina::Decimal paid;
};

template <class M>
Row row_of(const M& mentor) {
    Row row{.name = mentor.name, .topics = {}};
    for (const auto& topic : mentor.topics) row.topics += (row.topics.empty() ? "" : ", ") + topic.name;
    for (const auto& session : mentor.sessions) {
        ++row.sessions;
        row.minutes += session.minutes;
        row.billed += *session.price;
        row.fees += *session.fee;
        if (session.review) {
            row.stars += session.review->stars;
            ++row.reviews;
        }
    }
    for (const auto& payout : mentor.payouts) row.paid += payout.amount;
    return row;
}

std::vector<Row> rows_of_all_mentors(Client& db) {
    std::vector<Row> rows;
    for (const auto& mentor : db.mentor.find_many(
             include(mentor::topics(order_by(topic::name.asc())),
                     mentor::sessions(where(session::status == SessionStatus::COMPLETED),
                                      select(session::minutes, session::price, session::fee,
                                             session::review(select(review::stars)))),
                     mentor::payouts(where(payout::status == PayoutStatus::PAID), select(payout::amount))),
             order_by(mentor::id.asc()))) {
        rows.push_back(row_of(mentor));
    }
    return rows;
}

std::string money(const lamina::Decimal& amount) { return amount.round(2).to_string(); }

/// Pads a UTF-8 text to a number of characters.
std::string padded(std::string_view text, std::size_t width) {
    const auto characters =
        static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
    return std::string(text) + std::string(characters < width ? width - characters : 0, ' ');
}

void print_table(const std::vector<Row>& rows) {
    std::printf("%s %s %8s %7s %12s %11s %12s %6s\n", padded("Mentor", 18).c_str(), padded("Topics", 34).c_str(),
                "Sessions", "Hours", "Billed", "Fees", "Paid out", "Stars");
    for (const Row& row : rows) {
        const lamina::Decimal stars =
            row.reviews == 0 ? "0"_dec : lamina::Decimal(row.stars).divide(lamina::Decimal(row.reviews), 2);
        std::printf("%s %s %8zu %7s %12s %11s %12s %6s\n", padded(row.name, 18).c_str(), padded(row.topics, 34).c_str(),
                    row.sessions, lamina::Decimal(row.minutes).divide(lamina::Decimal(60), 1).to_string().c_str(),
                    money(row.billed).c_str(), money(row.fees).c_str(), money(row.paid).c_str(),
                    stars.to_string().c_str());
    }
}

}  // namespace

bool print_report(Client& db) {
    std::vector<Row> rows = rows_of_all_mentors(db);
    Row total{.name = "All mentors", .topics = {}};
    for (const Row& row : rows) {
        total.billed += row.billed;
        total.fees += row.fees;
        total.paid += row.paid;
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.billed > b.billed; });
    rows.resize(std::min<std::size_t>(rows.size(), 10));
    print_table(rows);

    lamina::Decimal deposited;
    lamina::Decimal left;
    for (const auto& mentee : db.mentee.find_many(select(mentee::deposited, mentee::balance))) {
        deposited += mentee.deposited;
        left += mentee.balance;
    }
    const bool balanced = deposited - left == total.billed && total.billed - total.fees == total.paid;
    std::printf("\nSessions: %lld completed, %lld booked, %lld cancelled\n",
                static_cast<long long>(db.session.count(where(session::status == SessionStatus::COMPLETED))),
                static_cast<long long>(db.session.count(where(session::status == SessionStatus::BOOKED))),
                static_cast<long long>(db.session.count(where(session::status == SessionStatus::CANCELLED))));
    std::printf("Deposits %s - balances %s = billed %s = fees %s + payouts %s: %s\n", money(deposited).c_str(),
                money(left).c_str(), money(total.billed).c_str(), money(total.fees).c_str(), money(total.paid).c_str(),
                balanced ? "the books balance" : "THE BOOKS DO NOT BALANCE");
    return balanced;
}

}  // namespace mentoring
