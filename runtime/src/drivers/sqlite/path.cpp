#include "drivers/sqlite/path.hpp"

#include <array>

namespace lamina::sqlite {
namespace {

constexpr std::array<std::string_view, 6> kUriParameters = {"mode", "cache", "immutable", "vfs", "nolock", "psow"};

bool take_prefix(std::string_view& text, std::string_view prefix) noexcept {
    if (text.substr(0, prefix.size()) != prefix) return false;
    text.remove_prefix(prefix.size());
    return true;
}

bool is_uri_parameter(std::string_view name) noexcept {
    for (const std::string_view known : kUriParameters) {
        if (known == name) return true;
    }
    return false;
}

/// "//host/path" and "///path" as URLs have them; anything else is a path already.
void drop_authority(std::string_view& path) noexcept {
    if (path.substr(0, 3) == "///") {
        path.remove_prefix(2);
    } else if (path.substr(0, 12) == "//localhost/") {
        path.remove_prefix(11);
    } else if (path.substr(0, 2) == "//") {
        path.remove_prefix(2);  // sqlite://app.db: a relative path, as other tools read it
    }
}

std::string uri_escaped(std::string_view path) {
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#') {
            out += '%';
            out += kHex[static_cast<unsigned char>(c) >> 4];
            out += kHex[c & 15];
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace

Location locate(std::string_view path) {
    Location location;
    if (!take_prefix(path, "file:") && !take_prefix(path, "sqlite:")) {
        location.memory = path == ":memory:" || path.empty();
        location.name = path;
        return location;
    }
    const auto mark = path.find('?');
    std::string_view query = mark == std::string_view::npos ? std::string_view() : path.substr(mark + 1);
    path = path.substr(0, mark);
    drop_authority(path);
    std::string kept;
    while (!query.empty()) {
        const auto end = query.find('&');
        const std::string_view item = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        if (!is_uri_parameter(item.substr(0, item.find('=')))) continue;
        if (item == "mode=memory") location.memory = true;
        if (item == "mode=ro" || item == "immutable=1") location.read_only = true;
        if (item == "mode=rw") location.must_exist = true;
        kept += kept.empty() ? '?' : '&';
        kept += item;
    }
    if (path == ":memory:" || path.empty()) location.memory = true;
    location.uri = !kept.empty();
    location.name = location.uri ? "file:" + uri_escaped(path) + kept : std::string(path);
    return location;
}

}  // namespace lamina::sqlite
