#pragma once

// Inner header: macros, for .cpp files. They return from the enclosing function.

#include <utility>

#define LAMINA_CONCAT_INNER(a, b) a##b
#define LAMINA_CONCAT(a, b) LAMINA_CONCAT_INNER(a, b)

/// Evaluates a result and returns its error from this function if it has one; the value is dropped.
#define LAMINA_TRY(...)                                                \
    do {                                                               \
        if (auto lamina_try = (__VA_ARGS__); !lamina_try) [[unlikely]] \
            return std::move(lamina_try).error();                      \
    } while (false)

/// `LAMINA_TRY_ASSIGN(auto rows, fetch());` declares (or assigns) the value, or returns the error from this function.
#define LAMINA_TRY_ASSIGN(target, ...) \
    LAMINA_TRY_ASSIGN_INNER(LAMINA_CONCAT(lamina_try_, __LINE__), target, __VA_ARGS__)
#define LAMINA_TRY_ASSIGN_INNER(result, target, ...) \
    auto result = (__VA_ARGS__);                     \
    if (!result) [[unlikely]]                        \
        return std::move(result).error();            \
    target = *std::move(result)
