#include <iterator>

#include <lamina/error/code.hpp>

namespace lamina {
namespace {

struct CodeEntry {
    std::string_view text;
    std::string_view meaning;
    bool retryable;
};

constexpr CodeEntry kCodes[] = {
#define LAMINA_X(name, text, meaning, retryable) {text, meaning, retryable},
    LAMINA_ERROR_CODES(LAMINA_X)
#undef LAMINA_X
};

const CodeEntry& entry(ErrorCode code) noexcept { return kCodes[static_cast<std::size_t>(code)]; }

}  // namespace

std::string_view to_string(ErrorCode code) noexcept { return entry(code).text; }

std::string_view meaning(ErrorCode code) noexcept { return entry(code).meaning; }

bool is_retryable(ErrorCode code) noexcept { return entry(code).retryable; }

bool find_error_code(std::string_view text, ErrorCode& code) noexcept {
    for (std::size_t i = 0; i < std::size(kCodes); ++i) {
        if (kCodes[i].text == text) {
            code = static_cast<ErrorCode>(i);
            return true;
        }
    }
    return false;
}

}  // namespace lamina
