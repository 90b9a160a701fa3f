#pragma once

#include <cstdint>
#include <string_view>

#include <lamina/error/code_list.hpp>

namespace lamina {

/// What went wrong. Its text, `to_string(code)`, is stable and is Prisma's where Prisma has a code ("P2002").
enum class ErrorCode : std::uint16_t {
#define LAMINA_X(name, text, meaning, retryable) name,
    LAMINA_ERROR_CODES(LAMINA_X)
#undef LAMINA_X
};

/// The stable text of a code: "P2002".
std::string_view to_string(ErrorCode code) noexcept;

/// One general sentence about a code, without a full stop.
std::string_view meaning(ErrorCode code) noexcept;

/// Whether errors with this code are retryable unless the error itself says otherwise.
bool is_retryable(ErrorCode code) noexcept;

/// Finds a code by its text; false if there is none.
bool find_error_code(std::string_view text, ErrorCode& code) noexcept;

}  // namespace lamina
