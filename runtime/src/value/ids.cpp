#include <cstdint>
#include <string_view>
#include <unistd.h>

#include <lamina/value/datetime.hpp>
#include <lamina/value/ids.hpp>

#include "random.hpp"

namespace lamina::ids {
namespace {

using value::RandomSource;

constexpr std::string_view kBase36 = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kNanoid = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

std::uint64_t unix_milliseconds() { return static_cast<std::uint64_t>(DateTime::now().unix_milliseconds()); }

/// The last `width` digits of a number in base 36.
void append_base36(std::string& out, std::uint64_t number, std::size_t width) {
    char digits[16];
    for (std::size_t i = width; i-- > 0; number /= 36) digits[i] = kBase36[number % 36];
    out.append(digits, width);
}

void append_random(std::string& out, RandomSource& random, std::string_view alphabet, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) out += random.pick(alphabet);
}

/// A number that tells hosts apart, as a cuid makes it of the host's name.
std::uint64_t host_number() {
    char host[256] = {};
    std::uint64_t sum = 0;
    std::uint64_t length = 0;
    if (gethostname(host, sizeof host - 1) == 0) {
        for (; host[length] != '\0'; ++length) sum += static_cast<unsigned char>(host[length]);
    }
    return sum + length + 36;
}

/// Time and randomness of ids that are ordered by time. Within a millisecond, and when the clock goes back, the random
/// part counts up instead of being drawn anew.
class OrderedClock {
public:
    std::uint64_t milliseconds = 0;
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    /// `high_bits` and `low_bits` of randomness; counts up by `step`.
    void advance(RandomSource& random, unsigned high_bits, unsigned low_bits, std::uint64_t step) {
        const std::uint64_t now = unix_milliseconds();
        const std::uint64_t high_mask = (std::uint64_t{1} << high_bits) - 1;
        const std::uint64_t low_mask = low_bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << low_bits) - 1;
        if (now > milliseconds || random.fork_count() != fork_count_) {
            fork_count_ = random.fork_count();
            milliseconds = now;
        } else {
            const std::uint64_t before = low;
            low = (low + step) & low_mask;
            if (low > before) return;
            high = (high + 1) & high_mask;
            if (high != 0) return;
            ++milliseconds;
        }
        high = random.word() & high_mask;
        low = random.word() & low_mask;
    }

private:
    unsigned fork_count_ = 0;
};

std::string format_uuid(std::uint64_t high, std::uint64_t low) {
    std::string out(36, '-');
    std::size_t at = 0;
    for (const std::uint64_t word : {high, low}) {
        for (unsigned shift = 64; shift > 0; shift -= 4) {
            if (at == 8 || at == 13 || at == 18 || at == 23) ++at;
            out[at++] = "0123456789abcdef"[word >> (shift - 4) & 15U];
        }
    }
    return out;
}

constexpr std::uint64_t with_variant(std::uint64_t low) {
    return (low & (~std::uint64_t{0} >> 2U)) | std::uint64_t{1} << 63U;
}

}  // namespace

std::string cuid() {
    static const std::uint64_t host = host_number();
    RandomSource& random = RandomSource::of_this_thread();
    static thread_local std::uint64_t counter = random.word();
    std::string out;
    out.reserve(25);
    out += 'c';
    append_base36(out, unix_milliseconds(), 8);
    append_base36(out, counter++, 4);
    append_base36(out, static_cast<std::uint64_t>(getpid()), 2);
    append_base36(out, host, 2);
    append_random(out, random, kBase36, 8);
    return out;
}

std::string cuid2() {
    RandomSource& random = RandomSource::of_this_thread();
    std::string out;
    out.reserve(24);
    out += random.pick(kLetters);
    append_random(out, random, kBase36, 23);
    return out;
}

std::string uuid4() {
    RandomSource& random = RandomSource::of_this_thread();
    const std::uint64_t high = random.word();
    return format_uuid((high & ~std::uint64_t{0xf000}) | 0x4000U, with_variant(random.word()));
}

std::string uuid7() {
    static thread_local OrderedClock clock;
    RandomSource& random = RandomSource::of_this_thread();
    clock.advance(random, 12, 62, (random.word() & 0xffffffffU) + 1);
    return format_uuid(clock.milliseconds << 16U | 0x7000U | clock.high, with_variant(clock.low));
}

std::string ulid() {
    static thread_local OrderedClock clock;
    clock.advance(RandomSource::of_this_thread(), 16, 64, 1);
    std::string out(26, '0');
    std::uint64_t high = clock.milliseconds << 16U | clock.high;
    std::uint64_t low = clock.low;
    for (std::size_t i = out.size(); i-- > 0;) {
        out[i] = kCrockford[low & 31U];
        low = low >> 5U | high << 59U;
        high >>= 5U;
    }
    return out;
}

std::string nanoid(std::size_t size) {
    std::string out;
    out.reserve(size);
    append_random(out, RandomSource::of_this_thread(), kNanoid, size);
    return out;
}

void random_bytes(std::span<std::byte> out) { RandomSource::of_this_thread().fill(out); }

}  // namespace lamina::ids
