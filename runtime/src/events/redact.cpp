#include <cstddef>

#include <lamina/events/redact.hpp>

namespace lamina {
namespace {

constexpr std::string_view kHidden = "***";
constexpr std::string_view kSecretNames[] = {"password",  "passwd", "pwd",     "sslpassword", "passphrase",  "secret",
                                             "authtoken", "token",  "api_key", "apikey",      "access_token"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_secret_name(std::string_view name) {
    for (const std::string_view secret : kSecretNames) {
        if (secret.size() != name.size()) continue;
        std::size_t i = 0;
        while (i < name.size() && lower(name[i]) == secret[i]) ++i;
        if (i == name.size()) return true;
    }
    return false;
}

/// Where a password inside "scheme://user:password@host" lies; begin == end when there is none. A password may itself
/// hold '@' or '/' that nobody escaped: everything up to the last '@' before a space or quote is taken for it.
struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
};
Range password_of_authority(std::string_view text, std::size_t authority) {
    std::size_t stop = authority;
    std::size_t at = std::string_view::npos;
    for (; stop < text.size(); ++stop) {
        const char c = text[stop];
        if (is_space(c) || c == '"' || c == '\'' || c == '`') break;
        if (c == '@') at = stop;
    }
    if (at == std::string_view::npos) return {};
    const std::size_t colon = text.find(':', authority);
    return colon < at ? Range{colon + 1, at} : Range{};
}

/// The end of a value that begins at `begin`: up to a separator that no quotes enclose and no backslash precedes.
std::size_t value_end(std::string_view text, std::size_t begin) {
    char quote = '\0';
    std::size_t i = begin;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\') {
            ++i;
        } else if (quote != '\0') {
            if (c == quote) quote = '\0';
        } else if (c == '\'' || (c == '"' && i == begin)) {
            quote = c;
        } else if (is_space(c) || c == '&' || c == ';' || c == '"' || c == '`') {
            break;
        }
    }
    return i < text.size() ? i : text.size();
}

}  // namespace

std::string redact_secrets(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    std::size_t i = 0;
    while (i < text.size()) {
        if (text.substr(i, 3) == "://") {
            out += "://";
            i += 3;
            const Range password = password_of_authority(text, i);
            if (password.begin != password.end) {
                out += text.substr(i, password.begin - i);
                out += kHidden;
                i = password.end;
            }
            continue;
        }
        if (!is_name_character(text[i])) {
            out += text[i++];
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && is_name_character(text[end])) ++end;
        const std::string_view name = text.substr(i, end - i);
        out += name;
        i = end;
        if (!is_secret_name(name)) continue;
        while (end < text.size() && is_space(text[end])) ++end;
        if (end == text.size() || text[end] != '=') continue;
        ++end;
        while (end < text.size() && is_space(text[end])) ++end;
        out += text.substr(i, end - i);
        const std::size_t stop = value_end(text, end);
        if (stop > end) out += kHidden;
        i = stop;
    }
    return out;
}

std::string redact_url(std::string_view url) { return redact_secrets(url); }

}  // namespace lamina
