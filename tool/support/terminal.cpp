#include "support/terminal.hpp"

#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace lamina::support {

bool wants_colours(std::FILE* stream) {
    const char* no_color = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    if (no_color != nullptr && *no_color != '\0') return false;
    if (terminal == nullptr || std::string_view(terminal) == "dumb") return false;
    return isatty(fileno(stream)) == 1;
}

}  // namespace lamina::support
