#include "lsp/uri.hpp"

#include <filesystem>

namespace lamina::lsp {
namespace {

constexpr std::string_view kScheme = "file://";

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (low < 0) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(static_cast<unsigned char>(high * 16 + low));
        i += 2;
    }
    return out;
}

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '~' || c == '/';
}

}  // namespace

std::optional<std::string> path_of(std::string_view uri) {
    if (!uri.starts_with(kScheme)) return std::nullopt;
    const std::size_t slash = uri.find('/', kScheme.size());  // a host may stand between
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string path = decode(uri.substr(slash));
    if (path.find('\0') != std::string::npos) return std::nullopt;
    return std::filesystem::path(path).lexically_normal().string();
}

std::string uri_of(std::string_view path) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out{kScheme};
    for (const char c : path) {
        if (is_plain(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kDigits[byte >> 4U];
        out += kDigits[byte & 15U];
    }
    return out;
}

}  // namespace lamina::lsp
