#pragma once

namespace lamina::base {

/// Reports a broken invariant of the library itself and traps. Never called for bad input or a server's reply.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line) noexcept;

}  // namespace lamina::base

/// States an invariant of our own code: checked in debug builds, free in release builds.
#ifdef NDEBUG
#define LAMINA_ASSERT(condition) static_cast<void>(0)
#else
#define LAMINA_ASSERT(condition) \
    ((condition) ? static_cast<void>(0) : ::lamina::base::assertion_failed(#condition, __FILE__, __LINE__))
#endif
