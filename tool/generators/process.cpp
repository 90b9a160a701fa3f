#include "generators/process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

#include "generators/interrupts.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): not every <unistd.h> declares it

namespace lamina::generators {
namespace {

using std::chrono::milliseconds;
using support::Outcome;
using support::Problem;

/// How often we look whether the program has ended while nothing is heard of it.
constexpr milliseconds kGlance{100};
/// How long a program may take to end after it was told to.
constexpr milliseconds kLastWords{1000};

void close_file(int& file) noexcept {
    if (file >= 0) ::close(file);
    file = -1;
}

/// Both ends of a pipe. The program gets its end by a copy, so neither is handed down as it is.
struct Pipe {
    int read = -1, write = -1;
    Pipe() {
        std::array<int, 2> ends{-1, -1};
        if (::pipe(ends.data()) != 0) return;
        read = ends[0];
        write = ends[1];
        for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close_file(read);
        close_file(write);
    }
};

/// Our environment with other values for some variables, as execve wants it.
class Environment {
public:
    explicit Environment(const support::Variables& variables) {
        for (char** entry = environ; *entry != nullptr; ++entry) {
            const std::string_view text{*entry};
            if (!variables.contains(text.substr(0, text.find('=')))) texts_.emplace_back(text);
        }
        for (const auto& [name, value] : variables) texts_.push_back(name + "=" + value);
        for (std::string& text : texts_) pointers_.push_back(text.data());
        pointers_.push_back(nullptr);
    }
    char* const* data() const { return pointers_.data(); }

private:
    std::vector<std::string> texts_;
    std::vector<char*> pointers_;
};

/// Gives posix_spawn's error.
int spawn(const std::string& command, const Environment& environment, const Pipe& input, const Pipe& errors,
          pid_t& child) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    if (const int failed = ::posix_spawn_file_actions_init(&actions); failed != 0) return failed;
    if (const int failed = ::posix_spawnattr_init(&attributes); failed != 0) {
        ::posix_spawn_file_actions_destroy(&actions);
        return failed;
    }
    ::posix_spawn_file_actions_adddup2(&actions, input.read, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, errors.write, STDERR_FILENO);
    sigset_t ours;  // what `Interrupts` changed
    sigemptyset(&ours);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) sigaddset(&ours, signal);
    ::posix_spawnattr_setsigdefault(&attributes, &ours);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(&attributes, static_cast<short>(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF));
    std::string shell = "sh", flag = "-c", text = command;
    std::array<char*, 4> arguments{shell.data(), flag.data(), text.data(), nullptr};
    const int failed = ::posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments.data(), environment.data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    return failed;
}

}  // namespace

Outcome<Process> Process::start(const std::string& command, const support::Variables& variables) {
    Pipe input, errors;
    if (input.read < 0 || errors.read < 0) return Problem{"no pipe can be made: " + std::string{std::strerror(errno)}};
    const Environment environment{variables};
    pid_t child = -1;
    if (const int failed = spawn(command, environment, input, errors, child); failed != 0)
        return Problem{"the shell cannot be started: " + std::string{std::strerror(failed)}};
    ::fcntl(input.write, F_SETFL, ::fcntl(input.write, F_GETFL) | O_NONBLOCK);
    ::fcntl(errors.read, F_SETFL, ::fcntl(errors.read, F_GETFL) | O_NONBLOCK);
    return Process{child, std::exchange(input.write, -1), std::exchange(errors.read, -1)};
}

Process::Process(Process&& other) noexcept
    : child_{std::exchange(other.child_, -1)},
      to_child_{std::exchange(other.to_child_, -1)},
      from_child_{std::exchange(other.from_child_, -1)},
      status_{other.status_},
      reaped_{other.reaped_},
      outgoing_{std::move(other.outgoing_)},
      incoming_{std::move(other.incoming_)},
      sent_{other.sent_},
      taken_{other.taken_},
      searched_{other.searched_} {}

Process::~Process() {
    if (child_ > 0) finish(milliseconds{0});
    close_file(to_child_);
    close_file(from_child_);
}

Process::Event Process::read_line(std::string& line, Clock::time_point deadline) {
    if (Interrupts::wanted()) return Event::Interrupted;  // even if it never stops talking
    if (Clock::now() >= deadline) return Event::TimedOut;
    while (!take_line(line)) {
        if (incoming_.size() > kLongestLine) return Event::TooLong;
        if (Interrupts::wanted()) return Event::Interrupted;
        if (from_child_ < 0 || reaped_) {
            reap(from_child_ < 0);
            if (incoming_.empty()) return Event::Ended;
            line = std::exchange(incoming_, {});
            searched_ = taken_ = 0;
            return Event::Line;
        }
        const auto now = Clock::now();
        if (now >= deadline) return Event::TimedOut;
        const auto left = std::chrono::ceil<milliseconds>(deadline - now);
        pump(static_cast<int>(std::min(left, kGlance).count()));
    }
    return Event::Line;
}

/// The next whole line of `incoming_`, if there is one. What was taken or searched before is not looked at again.
bool Process::take_line(std::string& line) {
    const std::size_t end = incoming_.find('\n', searched_);
    if (end == std::string::npos) {
        incoming_.erase(0, taken_);
        taken_ = 0;
        searched_ = incoming_.size();
        return false;
    }
    line.assign(incoming_, taken_, end - taken_);
    if (line.ends_with('\r')) line.pop_back();
    taken_ = searched_ = end + 1;
    return true;
}

/// Waits until something can be sent or read, or that time is over, and does so.
void Process::pump(int milliseconds) {
    std::array<pollfd, 2> files{pollfd{from_child_, POLLIN, 0}, pollfd{-1, POLLOUT, 0}};
    if (sent_ < outgoing_.size()) files[1].fd = to_child_;
    const int ready = ::poll(files.data(), files.size(), milliseconds);
    if (ready < 0) return;  // a signal, which read_line looks at
    if (files[1].revents != 0) send_some();
    if (files[0].revents != 0)
        receive_some();
    else if (ready == 0 && reap(false))
        receive_some();  // what it said with its last breath; somebody else may hold the pipe open
}

void Process::send_some() {
    const ssize_t count = ::write(to_child_, outgoing_.data() + sent_, outgoing_.size() - sent_);
    if (count > 0) sent_ += static_cast<std::size_t>(count);
    const bool over = count < 0 && errno != EAGAIN && errno != EINTR;  // it reads no more: what it says tells why
    if (over) close_file(to_child_);
    if (!over && sent_ < outgoing_.size()) return;
    outgoing_.clear();
    sent_ = 0;
}

void Process::receive_some() {
    std::array<char, 65536> buffer;
    while (incoming_.size() <= kLongestLine) {
        const ssize_t count = ::read(from_child_, buffer.data(), buffer.size());
        if (count > 0) {
            incoming_.append(buffer.data(), static_cast<std::size_t>(count));
            if (static_cast<std::size_t>(count) < buffer.size()) return;
            continue;
        }
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno == EAGAIN) return;
        close_file(from_child_);
        return;
    }
}

bool Process::reap(bool wait) noexcept {
    if (reaped_ || child_ <= 0) return reaped_;
    if (wait) wait_for_end(kLastWords);
    if (!reaped_) reaped_ = ::waitpid(child_, &status_, WNOHANG) == child_;
    return reaped_;
}

bool Process::wait_for_end(milliseconds patience) noexcept {
    const auto deadline = Clock::now() + patience;
    for (auto pause = milliseconds{1}; !reap(false); pause = std::min(pause * 2, milliseconds{20})) {
        if (Clock::now() >= deadline || Interrupts::wanted()) return false;
        std::this_thread::sleep_for(pause);
    }
    return true;
}

void Process::end_group(int signal) const noexcept {
    // The group lives as long as one of its processes; after the leader was reaped, its number is not given to others
    // while the group is there, and a group that is gone is an error that does not matter.
    if (child_ > 0) ::kill(-child_, signal);
}

bool Process::finish(milliseconds patience) noexcept {
    close_file(to_child_);
    const bool by_itself = wait_for_end(patience);
    if (!by_itself) {
        end_group(SIGTERM);
        const auto deadline = Clock::now() + kLastWords;
        while (!reap(false) && Clock::now() < deadline) std::this_thread::sleep_for(milliseconds{5});
    }
    end_group(SIGKILL);
    if (!reaped_) ::kill(child_, SIGKILL);  // should it have left its group
    while (!reaped_) {
        const pid_t ended = ::waitpid(child_, &status_, 0);
        reaped_ = ended == child_ || (ended < 0 && errno != EINTR);
    }
    close_file(from_child_);
    child_ = -1;
    return by_itself && exit_code() == 0;
}

int Process::exit_code() const noexcept { return reaped_ && WIFEXITED(status_) ? WEXITSTATUS(status_) : -1; }

std::string Process::how_it_ended() const {
    if (!reaped_) return "closed its standard error";
    int signal = WIFSIGNALED(status_) ? WTERMSIG(status_) : 0;
    // A shell that waits for the program tells of its signal so.
    if (const int code = exit_code(); code > 128 && code < 128 + 32) signal = code - 128;
    if (signal != 0) return "was ended by signal " + std::to_string(signal);
    return "ended with exit code " + std::to_string(exit_code());
}

}  // namespace lamina::generators
