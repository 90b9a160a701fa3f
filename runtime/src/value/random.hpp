#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace lamina::value {

/// Random bytes of cryptographic quality, fetched from the system in blocks, one source a thread.
class RandomSource {
public:
    /// The calling thread's.
    static RandomSource& of_this_thread();

    /// Changes when the process has forked: what a child derives from earlier draws, its parent derives too.
    unsigned fork_count() const noexcept { return fork_count_; }

    std::uint8_t byte();
    std::uint64_t word();
    void fill(std::span<std::byte> out);
    /// A character of the alphabet (at most 256), each equally likely.
    char pick(std::string_view alphabet);

private:
    void refill();

    static constexpr std::size_t kBlock = 256;  // the most that getentropy gives at once
    std::uint8_t block_[kBlock] = {};
    std::size_t used_ = kBlock;
    unsigned fork_count_ = 0;
};

}  // namespace lamina::value
