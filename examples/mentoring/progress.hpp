#pragma once

#include <cstddef>
#include <string_view>

namespace mentoring {

/// A progress bar on standard error, drawn only when that is a terminal.
class ProgressBar {
public:
    ProgressBar(std::string_view label, std::size_t total);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// `done` of the total are done. Redraws only when the picture changes.
    void update(std::size_t done);

private:
    std::string_view label_;
    std::size_t total_;
    std::size_t drawn_ = static_cast<std::size_t>(-1);
    bool visible_;
};

}  // namespace mentoring
