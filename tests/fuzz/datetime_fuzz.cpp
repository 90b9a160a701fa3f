// rooms: value
// Any text: refused, or printed and read again as the same moment. Any count has a date that gives it back.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <lamina/value/datetime.hpp>

namespace {

void require(bool fact) {
    if (!fact) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using lamina::DateTime;
    if (const auto time = DateTime::parse({reinterpret_cast<const char*>(data), size}))
        require(*DateTime::parse(time->to_string()) == *time);
    if (size == sizeof(std::int64_t)) {
        std::int64_t count = 0;
        std::memcpy(&count, data, sizeof count);
        const DateTime time = DateTime::from_unix_microseconds(count);
        if (const auto again = DateTime::from_civil(time.civil()); again && time.is_finite()) require(*again == time);
    }
    return 0;
}
