#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <doctest/doctest.h>

#include <lamina/value/datetime.hpp>
#include <lamina/value/ids.hpp>

namespace ids = lamina::ids;

namespace {

constexpr std::string_view kBase36 = "0123456789abcdefghijklmnopqrstuvwxyz";

bool made_of(std::string_view text, std::string_view alphabet) {
    return text.find_first_not_of(alphabet) == std::string_view::npos;
}

bool is_uuid(std::string_view text, char version) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash != (text[i] == '-')) return false;
    }
    return text[14] == version && std::string_view("89ab").find(text[19]) != std::string_view::npos &&
           made_of(text, "0123456789abcdef-");
}

std::vector<std::string> make(std::string (*generator)(), std::size_t count) {
    std::vector<std::string> made;
    for (std::size_t i = 0; i < count; ++i) made.push_back(generator());
    return made;
}

std::string short_nanoid() { return ids::nanoid(10); }
std::string plain_nanoid() { return ids::nanoid(); }

}  // namespace

TEST_CASE("ids have the form that Prisma gives them") {
    for (int i = 0; i < 1'000; ++i) {
        const std::string cuid = ids::cuid(), cuid2 = ids::cuid2(), ulid = ids::ulid(), nanoid = ids::nanoid();
        CHECK((cuid.size() == 25 && cuid[0] == 'c' && made_of(cuid, kBase36)));
        CHECK((cuid2.size() == 24 && cuid2[0] >= 'a' && made_of(cuid2, kBase36)));
        CHECK(is_uuid(ids::uuid4(), '4'));
        CHECK(is_uuid(ids::uuid7(), '7'));
        CHECK((ulid.size() == 26 && ulid[0] <= '7' && made_of(ulid, "0123456789ABCDEFGHJKMNPQRSTVWXYZ")));
        CHECK((nanoid.size() == 21 &&
               made_of(nanoid, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")));
    }
    CHECK(ids::nanoid(5).size() == 5);
    CHECK(ids::nanoid(0).empty());
}

TEST_CASE("no id is made twice, in one thread or in several") {
    for (auto* generator : {ids::cuid, ids::cuid2, ids::uuid4, ids::uuid7, ids::ulid, plain_nanoid, short_nanoid}) {
        std::array<std::vector<std::string>, 3> made;
        std::vector<std::thread> threads;
        for (auto& mine : made) threads.emplace_back([&mine, generator] { mine = make(generator, 5'000); });
        for (std::thread& thread : threads) thread.join();
        std::set<std::string> all;
        for (const auto& mine : made) all.insert(mine.begin(), mine.end());
        CHECK(all.size() == 15'000);
    }
}

TEST_CASE("ulid and uuid7 increase strictly, also within a millisecond") {
    for (auto* generator : {ids::ulid, ids::uuid7}) {
        const std::vector<std::string> made = make(generator, 20'000);
        CHECK(std::adjacent_find(made.begin(), made.end(), [](const auto& a, const auto& b) { return a >= b; }) ==
              made.end());
    }
}

TEST_CASE("ordered ids carry the time") {
    const std::int64_t now = lamina::DateTime::now().unix_milliseconds();
    const std::string uuid = ids::uuid7();
    const std::int64_t uuid_time =
        static_cast<std::int64_t>(std::stoull(uuid.substr(0, 8) + uuid.substr(9, 4), nullptr, 16));
    CHECK(std::abs(uuid_time - now) < 1'000);
    std::int64_t ulid_time = 0;
    for (const char c : ids::ulid().substr(0, 10))
        ulid_time =
            ulid_time * 32 + static_cast<std::int64_t>(std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZ").find(c));
    CHECK(std::abs(ulid_time - now) < 1'000);
    CHECK(std::abs(static_cast<std::int64_t>(std::stoull(ids::cuid().substr(1, 8), nullptr, 36)) - now) < 1'000);
}

TEST_CASE("every character is about equally likely") {
    std::array<int, 256> counts{};
    for (int i = 0; i < 4'000; ++i) {
        for (const char c : ids::nanoid(64)) ++counts[static_cast<unsigned char>(c)];
    }
    for (const char c : std::string_view("AZaz09_-Mm5")) {
        CHECK(counts[static_cast<unsigned char>(c)] > 3'600);  // 4000 expected, 63 the standard deviation
        CHECK(counts[static_cast<unsigned char>(c)] < 4'400);
    }
}

TEST_CASE("a forked child makes other ids than its parent") {
    static_cast<void>(ids::uuid4());
    static_cast<void>(ids::ulid());
    int ends[2] = {};
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const std::string made = ids::uuid4() + ids::ulid() + ids::uuid7();
        const bool written = write(ends[1], made.data(), made.size()) == static_cast<ssize_t>(made.size());
        _exit(written ? 0 : 1);
    }
    const std::string mine = ids::uuid4() + ids::ulid() + ids::uuid7();
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(status == 0);
    std::string theirs(mine.size(), '\0');
    REQUIRE(read(ends[0], theirs.data(), theirs.size()) == static_cast<ssize_t>(theirs.size()));
    close(ends[0]);
    close(ends[1]);
    CHECK(theirs.substr(0, 36) != mine.substr(0, 36));
    CHECK(theirs.substr(36, 26) != mine.substr(36, 26));
    CHECK(theirs.substr(62) != mine.substr(62));
}
