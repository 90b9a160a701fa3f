#include "dataset.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace mentoring {

namespace {

constexpr std::array<std::string_view, 24> kFirstNames = {
    "Ann",   "Ben",  "Chiara", "Deniz", "Elif",  "Farid", "Grace", "Hugo",  "Ines", "Jonas",  "Kaito", "Lena",
    "Marek", "Noor", "Olga",   "Pablo", "Quinn", "Rosa",  "Sven",  "Tomás", "Uma",  "Viktor", "Wanda", "Zoë"};
constexpr std::array<std::string_view, 20> kLastNames = {
    "Adler", "Bianchi", "Costa",  "Dubois", "Eriksen", "Fischer", "García", "Haddad", "Ito",    "Jansen",
    "Kaya",  "Lindt",   "Müller", "Novak",  "Okafor",  "Petrov",  "Rossi",  "Silva",  "Tanaka", "Weber"};
constexpr std::array<std::string_view, 12> kTopics = {"C++",      "Databases", "System design", "Testing",
                                                      "Careers",  "Rust",      "Embedded",      "Graphics",
                                                      "Security", "Compilers", "Leadership",    "Finance"};
constexpr std::array<std::string_view, 8> kTitles = {
    "First steps in", "Code review:",        "Pair programming:", "Interview practice:",
    "Deep dive:",     "Debugging together:", "Architecture of",   "Questions on"};

/// SplitMix64: small, and the same everywhere, which the standard distributions are not.
class Random {
public:
    std::uint64_t below(std::uint64_t limit) {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t x = state_;
        x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
        return (x ^ (x >> 31U)) % limit;
    }

    template <class List>
    const auto& pick(const List& list) {
        return list[below(list.size())];
    }

private:
    std::uint64_t state_ = 20260101;
};

std::string full_name(Random& random) {
    return std::string(random.pick(kFirstNames)) + " " + std::string(random.pick(kLastNames));
}

lamina::Decimal cents(std::uint64_t amount) {
    return lamina::Decimal::from_scaled(static_cast<std::int64_t>(amount), 2);
}

std::vector<MentorSeed> make_mentors(Random& random, std::size_t count) {
    std::vector<MentorSeed> mentors;
    for (std::size_t i = 0; i < count; ++i) {
        MentorSeed mentor{
            .name = full_name(random),
            .email = "mentor" + std::to_string(i + 1) + "@mentoring.example",
            .rate = lamina::Decimal::from_scaled(static_cast<std::int64_t>(7500 + random.below(20000)), 4),
            .topics = {}};
        for (std::size_t topics = 1 + random.below(3); mentor.topics.size() < topics;) {
            const std::string topic(random.pick(kTopics));
            if (std::find(mentor.topics.begin(), mentor.topics.end(), topic) == mentor.topics.end()) {
                mentor.topics.push_back(topic);
            }
        }
        mentors.push_back(std::move(mentor));
    }
    return mentors;
}

std::vector<MenteeSeed> make_mentees(Random& random, std::size_t count) {
    std::vector<MenteeSeed> mentees;
    for (std::size_t i = 0; i < count; ++i) {
        mentees.push_back({.name = full_name(random),
                           .email = "mentee" + std::to_string(i + 1) + "@mentoring.example",
                           .deposit = cents(400000 + random.below(200000))});
    }
    return mentees;
}

SessionSeed make_session(Random& random, const Dataset& data, std::size_t number, std::int64_t start_second) {
    SessionSeed session{.mentor = number % data.mentors.size(),
                        .mentee = random.below(data.mentees.size()),
                        .title = {},
                        .starts_at = lamina::DateTime::from_unix_microseconds(start_second * 1'000'000),
                        .minutes = static_cast<std::int32_t>(15 + 5 * random.below(16)),
                        .completed = random.below(100) < 90,
                        .cancelled = false,
                        .stars = 0};
    session.title = std::string(random.pick(kTitles)) + " " + random.pick(data.mentors[session.mentor].topics);
    session.cancelled = !session.completed && random.below(2) == 0;
    if (session.completed && random.below(3) != 0) {
        session.stars = static_cast<std::int32_t>(3 + random.below(3));
    }
    return session;
}

}  // namespace

Dataset make_dataset(std::size_t sessions) {
    constexpr std::int64_t kFirstSecond = 1735718400;  // 2025-01-01T08:00:00Z
    constexpr std::int64_t kSlot = 2 * 60 * 60;        // every mentor has one session in a slot
    Random random;
    Dataset data{.mentors = make_mentors(random, 60), .mentees = make_mentees(random, 400), .sessions = {}};
    data.sessions.reserve(sessions);
    for (std::size_t i = 0; i < sessions; ++i) {
        const auto slot = static_cast<std::int64_t>(i / data.mentors.size());
        data.sessions.push_back(make_session(random, data, i, kFirstSecond + slot * kSlot));
    }
    return data;
}

}  // namespace mentoring
