#pragma once

#include <cstdint>
#include <functional>

#include <lamina/value/decimal.hpp>

#include "dataset.hpp"
#include "generated/client.hpp"

/// What the platform does with its database.
namespace mentoring {

/// Called while loading, with the number of sessions that are stored.
using Progress = std::function<void(std::size_t)>;

/// Fills an empty database with the data set. Completed sessions of the past come with their prices.
void load(db::Client& db, const Dataset& data, const Progress& progress);

enum class Booking : std::uint8_t { Booked, SlotTaken, MentorNotActive };

/// Books a session in one transaction. A mentor has one session at a time: the database's unique key decides.
Booking book(db::Client& db, std::int32_t mentor_id, std::int32_t mentee_id, lamina::DateTime starts_at);

enum class Billing : std::uint8_t { Billed, BalanceTooLow, NotBooked };

/// Completes a booked session and bills it by the minute: the mentee's balance falls by the price, never below zero.
/// All or nothing.
Billing bill(db::Client& db, std::int32_t session_id, std::int32_t minutes);

/// Pays a mentor for all completed sessions that are in no payout yet; gives the amount, zero when there was nothing.
lamina::Decimal pay_out(db::Client& db, std::int32_t mentor_id);

}  // namespace mentoring
