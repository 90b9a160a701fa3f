#include "generators/process.hpp"

#include <cstdlib>
#include <string>
#include <thread>

#include <doctest/doctest.h>

#include "generators/interrupts.hpp"
#include "support.hpp"

namespace {

using namespace lamina::generators;
using std::chrono::milliseconds;
using Event = Process::Event;

Process start(const std::string& command) {
    auto process = Process::start(command, {});
    REQUIRE(process.has_value());
    return std::move(*process);
}

Clock::time_point in(int seconds) { return Clock::now() + std::chrono::seconds{seconds}; }

/// Waits for a process that was killed to be gone: init may take a moment to reap it.
bool ends_soon(int process) {
    for (int i = 0; i < 500 && test::is_alive(process); ++i) std::this_thread::sleep_for(milliseconds{10});
    return !test::is_alive(process);
}

}  // namespace

TEST_CASE("a program's standard error is read line by line, whatever it ends lines with") {
    const Interrupts interrupts;
    Process process = start("printf 'one\\r\\n\\ntwo\\nthree' >&2; exit 3");
    std::string line;
    for (const char* wanted : {"one", "", "two", "three"}) {
        REQUIRE(process.read_line(line, in(20)) == Event::Line);
        CHECK(line == wanted);
    }
    CHECK(process.read_line(line, in(20)) == Event::Ended);
    CHECK(process.exit_code() == 3);
    CHECK(process.how_it_ended() == "ended with exit code 3");
}

TEST_CASE("more is written than a pipe holds, while the program writes as much") {
    const Interrupts interrupts;
    Process process = start("cat >&2");
    const std::string text(std::size_t{3} << 20, 'x');
    process.write(text + '\n');
    std::string line;
    REQUIRE(process.read_line(line, in(60)) == Event::Line);
    CHECK(line == text);
    CHECK(process.finish(milliseconds{20000}));
}

TEST_CASE("a program that does not read what it is sent does no harm") {
    const Interrupts interrupts;
    Process process = start("exec <&-; echo closed >&2; sleep 0.2");
    std::string line;
    REQUIRE(process.read_line(line, in(20)) == Event::Line);
    process.write(std::string(100000, 'x'));
    CHECK(process.read_line(line, in(20)) == Event::Ended);
}

TEST_CASE("a signal's end is told") {
    const Interrupts interrupts;
    Process process = start("kill -9 $$");
    std::string line;
    CHECK(process.read_line(line, in(20)) == Event::Ended);
    CHECK(process.exit_code() == -1);
    CHECK(process.how_it_ended() == "was ended by signal 9");
}

TEST_CASE("silence ends at the deadline, and so does endless talk") {
    const Interrupts interrupts;
    std::string line;
    Process silent = start("sleep 60");
    CHECK(silent.read_line(line, Clock::now() + milliseconds{50}) == Event::TimedOut);
    Process talkative = start("yes >&2");
    const auto deadline = Clock::now() + milliseconds{200};
    Event event = Event::Line;
    while (event == Event::Line) event = talkative.read_line(line, deadline);
    CHECK(event == Event::TimedOut);
    CHECK(Clock::now() < deadline + std::chrono::seconds{20});
}

TEST_CASE("a line without an end is not kept for ever") {
    const Interrupts interrupts;
    Process process = start("yes | tr -d '\\n' >&2");
    std::string line;
    CHECK(process.read_line(line, in(120)) == Event::TooLong);
}

TEST_CASE("what a program has started goes with it") {
    const Interrupts interrupts;
    int child = 0;
    {
        Process process = start("trap '' TERM; sleep 100 & echo $! >&2; wait");
        std::string line;
        REQUIRE(process.read_line(line, in(20)) == Event::Line);
        child = std::atoi(line.c_str());
        CHECK(test::is_alive(child));
    }
    CHECK(ends_soon(child));
}

TEST_CASE("a program that has ended is noticed though its child holds the pipe") {
    const Interrupts interrupts;
    Process process = start("sleep 100 & exit 4");
    std::string line;
    CHECK(process.read_line(line, in(20)) == Event::Ended);
    CHECK(process.exit_code() == 4);
}

TEST_CASE("variables come on top of the environment") {
    ::setenv("LAMINA_TEST_KEPT", "kept", 1);
    ::setenv("LAMINA_TEST_CHANGED", "before", 1);
    const Interrupts interrupts;
    auto process = Process::start("echo \"$LAMINA_TEST_KEPT $LAMINA_TEST_CHANGED $LAMINA_TEST_NEW\" >&2",
                                  {{"LAMINA_TEST_CHANGED", "after"}, {"LAMINA_TEST_NEW", "new"}});
    REQUIRE(process.has_value());
    std::string line;
    REQUIRE(process->read_line(line, in(20)) == Event::Line);
    CHECK(line == "kept after new");
}

TEST_CASE("an interrupt is noted, and ends the wait") {
    const Interrupts interrupts;
    CHECK(!Interrupts::wanted());
    Process process = start("sleep 60");
    ::raise(SIGINT);
    CHECK(Interrupts::wanted());
    std::string line;
    CHECK(process.read_line(line, in(20)) == Event::Interrupted);
}
