#include <cstdio>
#include <cstdlib>

#include <lamina/base/assert.hpp>

namespace lamina::base {

void assertion_failed(const char* expression, const char* file, int line) noexcept {
    // The one place that prints and aborts: our own bug, in a debug build.
    std::fprintf(stderr, "%s:%d: lamina invariant broken: %s\n", file, line, expression);
    std::abort();
}

}  // namespace lamina::base
