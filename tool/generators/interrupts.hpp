#pragma once

#include <csignal>

namespace lamina::generators {

/// While it lives, Ctrl-C, SIGTERM and SIGHUP are noted instead of ending the command, so that programs which it has
/// started can be ended first; and writing to a program that has gone is an error instead of a SIGPIPE. One at a time:
/// signals belong to the whole process.
class Interrupts {
public:
    Interrupts() noexcept;
    Interrupts(const Interrupts&) = delete;
    Interrupts& operator=(const Interrupts&) = delete;
    ~Interrupts();

    /// Has one of the signals come since?
    [[nodiscard]] static bool wanted() noexcept;

private:
    static constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    struct sigaction before_[4];
};

}  // namespace lamina::generators
