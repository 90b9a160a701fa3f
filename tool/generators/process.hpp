#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <sys/types.h>

#include "support/dotenv.hpp"
#include "support/problem.hpp"

namespace lamina::generators {

using Clock = std::chrono::steady_clock;

/// A command of the shell that is talked to in lines: we write to its standard input and read its standard error; its
/// standard output is ours. It runs in a process group of its own and is ended and reaped, with all that it has
/// started, when this object goes. Not thread safe.
class Process {
public:
    /// What `read_line` has to say.
    enum class Event {
        Line,         ///< a line came
        Ended,        ///< the program has ended, or closed its standard error; see `how_it_ended`
        TimedOut,     ///< no line came in time
        Interrupted,  ///< Ctrl-C or the like (see `Interrupts`)
        TooLong       ///< the line has no end
    };

    /// Starts `command` with the shell; `variables` come on top of our own environment. Fails when there are no more
    /// processes or files to be had; a command that does not exist is found out by `read_line`.
    [[nodiscard]] static support::Outcome<Process> start(const std::string& command,
                                                         const support::Variables& variables);
    Process(Process&& other) noexcept;
    Process& operator=(Process&&) = delete;
    ~Process();

    /// Sends text when the program reads it: during `read_line`.
    void write(std::string_view text) { outgoing_ += text; }
    /// Waits for the next line, which is put into `line` without its end. Sends what is to be sent meanwhile.
    [[nodiscard]] Event read_line(std::string& line, Clock::time_point deadline);
    /// Closes its standard input and gives it `patience` to end by itself; then it is ended. True when it ended by
    /// itself and with success.
    bool finish(std::chrono::milliseconds patience) noexcept;
    /// "ended with exit code 3" or "was ended by signal 11"; after Ended or `finish`.
    [[nodiscard]] std::string how_it_ended() const;
    /// The exit code; -1 while it runs and when a signal ended it.
    [[nodiscard]] int exit_code() const noexcept;

    static constexpr std::size_t kLongestLine = std::size_t{64} << 20;

private:
    Process(pid_t child, int to_child, int from_child) : child_{child}, to_child_{to_child}, from_child_{from_child} {}
    bool take_line(std::string& line);
    void pump(int milliseconds);
    void send_some();
    void receive_some();
    bool reap(bool wait) noexcept;
    bool wait_for_end(std::chrono::milliseconds patience) noexcept;
    void end_group(int signal) const noexcept;

    pid_t child_ = -1;
    int to_child_ = -1, from_child_ = -1;
    int status_ = 0;
    bool reaped_ = false;
    std::string outgoing_, incoming_;
    std::size_t sent_ = 0, taken_ = 0, searched_ = 0;
};

}  // namespace lamina::generators
