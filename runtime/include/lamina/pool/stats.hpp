#pragma once

#include <cstdint>

namespace lamina {

/// A pool's state at one moment, and what has happened since it was made.
struct PoolStats {
    std::uint32_t max_size = 0;
    std::uint32_t size = 0;     ///< connections open or being opened
    std::uint32_t idle = 0;     ///< open and waiting for work
    std::uint32_t in_use = 0;   ///< handed out
    std::uint32_t waiting = 0;  ///< callers that wait for a connection

    std::uint64_t opened = 0;
    std::uint64_t closed = 0;
    std::uint64_t open_failures = 0;
    std::uint64_t acquired = 0;
    std::uint64_t timeouts = 0;               ///< acquisitions given up after max_wait (P2024)
    std::uint64_t discarded = 0;              ///< closed because they were broken or left in a transaction
    std::uint64_t health_check_failures = 0;  ///< found dead when they were taken out after idleness
    std::int64_t waited_nanoseconds = 0;      ///< by all callers together
};

}  // namespace lamina
