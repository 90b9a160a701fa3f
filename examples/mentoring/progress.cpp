#include "progress.hpp"

#include <cstdio>
#include <string>
#include <unistd.h>

namespace mentoring {

ProgressBar::ProgressBar(std::string_view label, std::size_t total)
    : label_(label), total_(total), visible_(isatty(STDERR_FILENO) == 1 && total > 0) {
    update(0);
}

ProgressBar::~ProgressBar() {
    if (visible_) {
        std::fputs("\r\033[K", stderr);
    }
}

void ProgressBar::update(std::size_t done) {
    constexpr std::size_t kWidth = 40;
    if (!visible_) {
        return;
    }
    const std::size_t filled = done * kWidth / total_;
    if (filled == drawn_) {
        return;
    }
    drawn_ = filled;
    const std::string bar = std::string(filled, '#') + std::string(kWidth - filled, '.');
    std::fprintf(stderr, "\r%.*s [%s] %3zu %%", static_cast<int>(label_.size()), label_.data(), bar.c_str(),
                 done * 100 / total_);
    std::fflush(stderr);
}

}  // namespace mentoring
