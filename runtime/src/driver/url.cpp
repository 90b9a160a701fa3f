#include <lamina/base/try.hpp>
#include <lamina/driver/url.hpp>
#include <lamina/error/messages.hpp>

namespace lamina::driver {
namespace {

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Result<std::string> decoded(std::string_view text, const char* part) {
    std::string out;
    if (!percent_decode(text, out)) {
        return error::url_invalid(std::string("the ") + part +
                                  " has a '%' that is not followed by two hexadecimal digits; write %25 for '%'");
    }
    return out;
}

Result<void> parse_authority(std::string_view authority, Url& url) {
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
        const std::string_view who = authority.substr(0, at);
        authority.remove_prefix(at + 1);
        const auto colon = who.find(':');
        LAMINA_TRY_ASSIGN(url.user, decoded(who.substr(0, colon), "user name"));
        if (colon != std::string_view::npos) {
            LAMINA_TRY_ASSIGN(url.password, decoded(who.substr(colon + 1), "password"));
        }
    }
    std::string_view host = authority;
    if (!authority.empty() && authority.front() == '[') {
        const auto close = authority.find(']');
        if (close == std::string_view::npos) return error::url_invalid("the host begins with '[' but has no ']'");
        host = authority.substr(1, close - 1);
        authority.remove_prefix(close + 1);
        if (!authority.empty() && authority.front() != ':')
            return error::url_invalid("a port must follow the host after ':'");
        if (!authority.empty()) url.port = authority.substr(1);
    } else if (authority.find(',') == std::string_view::npos) {
        if (const auto colon = authority.rfind(':'); colon != std::string_view::npos) {
            host = authority.substr(0, colon);
            url.port = authority.substr(colon + 1);
        }
    }
    for (const char c : url.port) {
        if (c < '0' || c > '9') {
            return error::url_invalid(
                "the port is not a number (a password with ':', '/', '?', '#' or '@' must be percent-encoded)");
        }
    }
    LAMINA_TRY_ASSIGN(url.host, decoded(host, "host"));
    return {};
}

Result<void> parse_parameters(std::string_view query, Url& url) {
    while (!query.empty()) {
        const auto end = query.find('&');
        const std::string_view item = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        if (item.empty()) continue;
        const auto equals = item.find('=');
        LAMINA_TRY_ASSIGN(std::string name, decoded(item.substr(0, equals), "name of a parameter"));
        std::string value;
        if (equals != std::string_view::npos) {
            LAMINA_TRY_ASSIGN(value, decoded(item.substr(equals + 1), "value of a parameter"));
        }
        url.parameters.emplace_back(std::move(name), std::move(value));
    }
    return {};
}

}  // namespace

bool percent_decode(std::string_view text, std::string& out) {
    out.clear();
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return false;
        const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return false;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return true;
}

const std::string* Url::parameter(std::string_view name) const noexcept {
    for (const auto& [key, value] : parameters) {
        if (key == name) return &value;
    }
    return nullptr;
}

Result<Url> parse_url(std::string_view text) {
    Url url;
    const auto colon = text.find("://");
    if (colon == std::string_view::npos || colon == 0) {
        return error::url_invalid("it does not begin with a scheme (name://)");
    }
    if (text.find('\0') != std::string_view::npos) return error::url_invalid("it holds a NUL character");
    url.scheme = text.substr(0, colon);
    text.remove_prefix(colon + 3);
    if (const auto fragment = text.find('#'); fragment != std::string_view::npos) {
        return error::url_invalid("it has a '#'; in a password write %23");
    }
    std::string_view query;
    if (const auto mark = text.find('?'); mark != std::string_view::npos) {
        query = text.substr(mark + 1);
        text = text.substr(0, mark);
    }
    const auto slash = text.find('/');
    LAMINA_TRY(parse_authority(text.substr(0, slash), url));
    if (slash != std::string_view::npos) {
        LAMINA_TRY_ASSIGN(url.path, decoded(text.substr(slash + 1), "database name"));
    }
    LAMINA_TRY(parse_parameters(query, url));
    return url;
}

}  // namespace lamina::driver
