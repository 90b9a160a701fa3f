#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lamina/error/error.hpp>

namespace lamina::driver {

/// A database URL, taken apart and percent-decoded: scheme://user:password@host:port/path?name=value.
/// Holds the password: never print it.
struct Url {
    std::string scheme;
    std::string user;
    std::string password;
    std::string host;  ///< an IPv6 address without its brackets; several hosts as written, comma separated
    std::string port;
    std::string path;  ///< without the leading slash
    std::vector<std::pair<std::string, std::string>> parameters;

    /// The first parameter of that name, or null.
    const std::string* parameter(std::string_view name) const noexcept;
};

/// Takes a URL apart. Fails with P1013; the message says what is wrong without repeating the URL.
Result<Url> parse_url(std::string_view text);

/// Decodes %41; fails on a broken escape, false then.
bool percent_decode(std::string_view text, std::string& out);

}  // namespace lamina::driver
