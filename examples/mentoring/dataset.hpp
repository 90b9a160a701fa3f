#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <lamina/value/datetime.hpp>
#include <lamina/value/decimal.hpp>

/// A realistic data set, the same on every run and every machine.
namespace mentoring {

struct MentorSeed {
    std::string name;
    std::string email;
    lamina::Decimal rate;  ///< per minute
    std::vector<std::string> topics;
};

struct MenteeSeed {
    std::string name;
    std::string email;
    lamina::Decimal deposit;
};

struct SessionSeed {
    std::size_t mentor;  ///< index into Dataset::mentors
    std::size_t mentee;
    std::string title;
    lamina::DateTime starts_at;
    std::int32_t minutes;
    bool completed;
    bool cancelled;
    std::int32_t stars;  ///< 0: no review
};

struct Dataset {
    std::vector<MentorSeed> mentors;
    std::vector<MenteeSeed> mentees;
    std::vector<SessionSeed> sessions;  ///< in order of time; no mentor has two at the same time
};

/// Makes `sessions` sessions of 60 mentors and 400 mentees, spread over the months before 2026.
Dataset make_dataset(std::size_t sessions);

}  // namespace mentoring
