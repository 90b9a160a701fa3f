#include "lsp/serve.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <unistd.h>

namespace lamina::lsp {
namespace {

// How long to wait for the next change before a schema is checked: typing comes in bursts.
constexpr int kPauseBeforePublishing = 60;  // ms

bool write_all(int output, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(output, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

class Loop {
public:
    Loop(const ServerOptions& options, int input, int output)
        : input_{input}, output_{output}, server_{options, [this](const std::string& body) { send(body); }} {}

    int run() {
        while (!server_.has_exited() && !broken_) {
            // Everything that has arrived is read before the next request is worked on: it may be cancelled.
            while (!ended_ && is_readable(0)) read();
            if (server_.work()) continue;
            if (server_.wants_to_publish()) {
                if (ended_ || !is_readable(kPauseBeforePublishing)) server_.publish();
                continue;
            }
            if (ended_) break;
            if (is_readable(-1)) read();
        }
        return server_.exit_code();
    }

private:
    bool is_readable(int milliseconds) const {
        pollfd descriptor{input_, POLLIN, 0};
        return ::poll(&descriptor, 1, milliseconds) > 0;
    }

    void read() {
        std::array<char, 65536> bytes{};
        const ssize_t count = ::read(input_, bytes.data(), bytes.size());
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
        if (count <= 0) {
            ended_ = true;
            return;
        }
        reader_.feed({bytes.data(), static_cast<std::size_t>(count)});
        while (auto frame = reader_.next()) server_.receive(std::move(*frame));
    }

    void send(const std::string& body) {
        if (!broken_ && !write_all(output_, frame(body))) broken_ = true;
    }

    int input_, output_;
    FrameReader reader_;
    bool ended_ = false;   // the client's stream has
    bool broken_ = false;  // nobody reads what we send
    Server server_;
};

}  // namespace

int serve(const ServerOptions& options, int input, int output) {
    std::signal(SIGPIPE, SIG_IGN);
    return Loop{options, input, output}.run();
}

}  // namespace lamina::lsp
