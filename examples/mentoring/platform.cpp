#include "platform.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace mentoring {

using namespace db;
using namespace lamina::literals;

namespace {

/// Minutes at a rate per minute, in cents; the platform keeps 15 % of it.
struct Price {
    lamina::Decimal price;
    lamina::Decimal fee;
};

Price price_of(std::int32_t minutes, const lamina::Decimal& rate) {
    const lamina::Decimal price = (rate * lamina::Decimal(minutes)).round(2, lamina::Rounding::HalfEven);
    return {price, (price * "0.15"_dec).round(2, lamina::Rounding::HalfEven)};
}

/// The mentors with their topics, which several of them share; their ids in the order of the data set.
std::vector<std::int32_t> load_mentors(Client& db, const Dataset& data) {
    std::vector<std::int32_t> ids;
    for (const MentorSeed& seed : data.mentors) {
        MentorCreate mentor{.email = seed.email, .name = seed.name, .rate = seed.rate};
        for (const std::string& name : seed.topics) {
            mentor.topics.connect_or_create += {.where = topic::name == name, .create = {.name = name}};
        }
        ids.push_back(db.mentor.create(mentor, select(mentor::id)).id);
    }
    return ids;
}

/// The mentees, less what they have spent on the completed sessions of the data set.
std::vector<std::int32_t> load_mentees(Client& db, const Dataset& data) {
    std::vector<lamina::Decimal> spent(data.mentees.size());
    for (const SessionSeed& session : data.sessions) {
        if (session.completed)
            spent[session.mentee] += price_of(session.minutes, data.mentors[session.mentor].rate).price;
    }
    std::vector<MenteeCreate> rows;
    for (std::size_t i = 0; i < data.mentees.size(); ++i) {
        const MenteeSeed& seed = data.mentees[i];
        rows.push_back(
            {.email = seed.email, .name = seed.name, .deposited = seed.deposit + spent[i], .balance = seed.deposit});
    }
    std::vector<std::int32_t> ids;
    for (const auto& mentee : db.mentee.create_many_and_return(rows, select(mentee::id))) ids.push_back(mentee.id);
    return ids;
}

SessionCreate session_row(const SessionSeed& seed, const MentorSeed& mentor, std::int32_t mentor_id,
                          std::int32_t mentee_id) {
    SessionCreate row{.title = seed.title,
                      .startsAt = seed.starts_at,
                      .minutes = seed.minutes,
                      .mentorId = mentor_id,
                      .menteeId = mentee_id};
    if (seed.completed) {
        const Price price = price_of(seed.minutes, mentor.rate);
        row.status = SessionStatus::COMPLETED;
        row.price = price.price;
        row.fee = price.fee;
    } else if (seed.cancelled) {
        row.status = SessionStatus::CANCELLED;
    }
    return row;
}

template <class Db>
void load_reviews(Db& db, const std::vector<SessionSeed>& seeds, const std::vector<std::int32_t>& session_ids,
                  const std::vector<std::int32_t>& mentor_ids, std::size_t first) {
    std::vector<ReviewCreate> rows;
    for (std::size_t i = 0; i < session_ids.size(); ++i) {
        const SessionSeed& seed = seeds[first + i];
        if (seed.stars > 0) {
            rows.push_back({.stars = seed.stars, .sessionId = session_ids[i], .mentorId = mentor_ids[seed.mentor]});
        }
    }
    db.review.create_many(rows);
}

}  // namespace

void load(Client& db, const Dataset& data, const Progress& progress) {
    constexpr std::size_t kBatch = 1000;
    const std::vector<std::int32_t> mentor_ids = load_mentors(db, data);
    const std::vector<std::int32_t> mentee_ids = load_mentees(db, data);
    for (std::size_t first = 0; first < data.sessions.size(); first += kBatch) {
        const std::size_t last = std::min(first + kBatch, data.sessions.size());
        db.transaction([&](auto& tx) {
            std::vector<SessionCreate> rows;
            for (std::size_t i = first; i < last; ++i) {
                const SessionSeed& seed = data.sessions[i];
                rows.push_back(
                    session_row(seed, data.mentors[seed.mentor], mentor_ids[seed.mentor], mentee_ids[seed.mentee]));
            }
            std::vector<std::int32_t> session_ids;
            for (const auto& s : tx.session.create_many_and_return(rows, select(session::id)))
                session_ids.push_back(s.id);
            load_reviews(tx, data.sessions, session_ids, mentor_ids, first);
        });
        progress(last);
    }
}

Booking book(Client& db, std::int32_t mentor_id, std::int32_t mentee_id, lamina::DateTime starts_at) {
    try {
        return db.transaction([&](auto& tx) {
            auto mentor = tx.mentor.find_unique(mentor::id == mentor_id && mentor::active == true,
                                                include(mentor::topics(take(1))));
            if (!mentor) return Booking::MentorNotActive;
            tx.session.create(
                {.title = "Session on " + (mentor->topics.empty() ? "anything" : mentor->topics.front().name),
                 .startsAt = starts_at,
                 .minutes = 60,
                 .mentor = {.connect = mentor::id == mentor_id},
                 .mentee = {.connect = mentee::id == mentee_id}});
            return Booking::Booked;
        });
    } catch (const lamina::Error& error) {
        if (error.code() == lamina::ErrorCode::UniqueViolation) return Booking::SlotTaken;
        throw;
    }
}

Billing bill(Client& db, std::int32_t session_id, std::int32_t minutes) {
    return db.transaction([&](auto& tx) {
        auto session = tx.session.find_unique(session::id == session_id, include(session::mentor()));
        if (!session || session->status != SessionStatus::BOOKED) return Billing::NotBooked;
        const Price price = price_of(minutes, session->mentor.rate);
        const auto charged =
            tx.mentee.update_many(where(mentee::id == session->menteeId && mentee::balance >= price.price),
                                  {.balance = decrement(price.price)});
        if (charged == 0) return Billing::BalanceTooLow;
        tx.session.update(
            session::id == session_id,
            {.status = SessionStatus::COMPLETED, .minutes = minutes, .price = price.price, .fee = price.fee});
        return Billing::Billed;
    });
}

lamina::Decimal pay_out(Client& db, std::int32_t mentor_id) {
    return db.transaction([&](auto& tx) {
        const auto unpaid = session::mentorId == mentor_id && session::status == SessionStatus::COMPLETED &&
                            session::payoutId == lamina::null;
        lamina::Decimal amount = "0.00"_dec;
        for (const auto& s : tx.session.find_many(where(unpaid), select(session::price, session::fee)))
            amount += *s.price - *s.fee;
        if (amount.is_zero()) return amount;
        const Payout payout = tx.payout.create(
            {.amount = amount, .status = PayoutStatus::PAID, .mentor = {.connect = mentor::id == mentor_id}});
        tx.session.update_many(where(unpaid), {.payoutId = payout.id});
        return amount;
    });
}

}  // namespace mentoring
