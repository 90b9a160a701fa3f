#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace conformance {

/// A running program that answers lines.
class Process {
public:
    /// Starts it. `log` is the file that its standard error goes to.
    Process(const std::vector<std::string>& command, const std::string& log);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    /// Ends it.
    ~Process();

    /// Sends a line and reads one. False when the program has ended or does not answer in time.
    bool ask(std::string_view line, std::string& answer, int timeout_milliseconds = 30'000);

private:
    bool read_line(std::string& line, int timeout_milliseconds);
    int pid_ = -1;
    int in_ = -1;
    int out_ = -1;
    std::string buffer_;
};

}  // namespace conformance
