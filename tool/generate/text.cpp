#include "generate/text.hpp"

namespace lamina::generate {

Text& Text::documentation(std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view row = text.substr(0, end);
        line(row.empty() ? "///" : "/// ", row);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return *this;
}

void add_offsetof_pragma(Text& text, std::string_view action) {
    text.line("#if defined(__GNUC__)").line("#pragma GCC diagnostic ", action);
    if (action == "push") text.line("#pragma GCC diagnostic ignored \"-Winvalid-offsetof\"");
    text.line("#endif");
}

std::string literal(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (byte < 0x20 || byte == 0x7f || c == '?') {  // '?': no trigraphs
            const char digits[] = {'\\', static_cast<char>('0' + (byte >> 6U)),
                                   static_cast<char>('0' + ((byte >> 3U) & 7U)), static_cast<char>('0' + (byte & 7U))};
            result.append(digits, sizeof digits);
        } else {
            result += c;
        }
    }
    return result + '"';
}

}  // namespace lamina::generate
