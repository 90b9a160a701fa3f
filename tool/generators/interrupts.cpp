#include "generators/interrupts.hpp"

#include <cstddef>

namespace lamina::generators {
namespace {

// What a signal handler may write to has to be a global.
volatile std::sig_atomic_t interrupted = 0;

extern "C" void note_interrupt(int) { interrupted = 1; }

}  // namespace

Interrupts::Interrupts() noexcept {
    interrupted = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        struct sigaction action {};
        sigemptyset(&action.sa_mask);
        action.sa_handler = kSignals[i] == SIGPIPE ? SIG_IGN : note_interrupt;
        ::sigaction(kSignals[i], &action, &before_[i]);
    }
}

Interrupts::~Interrupts() {
    for (std::size_t i = 0; i < 4; ++i) ::sigaction(kSignals[i], &before_[i], nullptr);
}

bool Interrupts::wanted() noexcept { return interrupted != 0; }

}  // namespace lamina::generators
