#include "random.hpp"

#include <atomic>
#include <cstring>
#include <pthread.h>
#include <unistd.h>

#if defined(__APPLE__)
#include <sys/random.h>
#endif

#include <lamina/error/messages.hpp>

namespace lamina::value {
namespace {

/// How often this process came out of a fork: a child must not hand out the rest of its parent's block.
std::atomic<unsigned>& process_forks() {
    static std::atomic<unsigned> count{0};
    static const int registered =
        pthread_atfork(nullptr, nullptr, [] { count.fetch_add(1, std::memory_order_relaxed); });
    static_cast<void>(registered);
    return count;
}

}  // namespace

RandomSource& RandomSource::of_this_thread() {
    static thread_local RandomSource source;
    const unsigned forks = process_forks().load(std::memory_order_relaxed);
    if (source.fork_count_ != forks) {
        source.fork_count_ = forks;
        source.used_ = kBlock;
    }
    return source;
}

void RandomSource::refill() {
    if (getentropy(block_, kBlock) != 0) throw error::internal("the system gives no random bytes");
    used_ = 0;
}

std::uint8_t RandomSource::byte() {
    if (used_ == kBlock) refill();
    return block_[used_++];
}

void RandomSource::fill(std::span<std::byte> out) {
    for (std::size_t done = 0; done < out.size();) {
        if (used_ == kBlock) refill();
        const std::size_t left = out.size() - done;
        const std::size_t count = left < kBlock - used_ ? left : kBlock - used_;
        std::memcpy(out.data() + done, block_ + used_, count);
        used_ += count;
        done += count;
    }
}

std::uint64_t RandomSource::word() {
    std::uint64_t word = 0;
    fill(std::as_writable_bytes(std::span(&word, 1)));
    return word;
}

char RandomSource::pick(std::string_view alphabet) {
    // Bytes beyond the last whole multiple of the alphabet's size are thrown away: a plain remainder would favour some.
    const std::size_t limit = 256 - 256 % alphabet.size();
    while (true) {
        const std::size_t draw = byte();
        if (draw < limit) return alphabet[draw % alphabet.size()];
    }
}

}  // namespace lamina::value
