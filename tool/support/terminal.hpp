#pragma once

#include <cstdio>

namespace lamina::support {

/// Are colours wanted on this stream? Only on a terminal, and never with NO_COLOR set or TERM=dumb.
[[nodiscard]] bool wants_colours(std::FILE* stream);

}  // namespace lamina::support
