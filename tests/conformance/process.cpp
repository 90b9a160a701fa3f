#include "process.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace conformance {

Process::Process(const std::vector<std::string>& command, const std::string& log) {
    int to[2], from[2];
    if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0) return;
    const int errors = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    pid_ = fork();
    if (pid_ == 0) {
        dup2(to[0], 0);
        dup2(from[1], 1);
        if (errors >= 0) dup2(errors, 2);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    if (errors >= 0) close(errors);
    in_ = to[1];
    out_ = from[0];
}

Process::~Process() {
    if (in_ >= 0) close(in_);
    if (out_ >= 0) close(out_);
    if (pid_ <= 0) return;
    // It ends when its input does; one that hangs is helped.
    for (int i = 0; i < 200; ++i) {
        if (waitpid(pid_, nullptr, WNOHANG) == pid_) return;
        usleep(i < 20 ? 500 : 10'000);
    }
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
}

bool Process::read_line(std::string& line, int timeout_milliseconds) {
    for (;;) {
        if (const std::size_t end = buffer_.find('\n'); end != std::string::npos) {
            line = buffer_.substr(0, end);
            buffer_.erase(0, end + 1);
            return true;
        }
        pollfd wait{out_, POLLIN, 0};
        if (poll(&wait, 1, timeout_milliseconds) <= 0) return false;
        char chunk[65536];
        const ssize_t count = read(out_, chunk, sizeof chunk);
        if (count <= 0) return false;
        buffer_.append(chunk, static_cast<std::size_t>(count));
    }
}

bool Process::ask(std::string_view line, std::string& answer, int timeout_milliseconds) {
    std::string text(line);
    text += '\n';
    std::size_t sent = 0;
    while (sent < text.size()) {
        const ssize_t count = write(in_, text.data() + sent, text.size() - sent);
        if (count <= 0) return false;
        sent += static_cast<std::size_t>(count);
    }
    return read_line(answer, timeout_milliseconds);
}

}  // namespace conformance
