#include "drivers/postgresql/settings.hpp"

#include <array>
#include <charconv>
#include <string>

#include <libpq-fe.h>

#include <lamina/base/try.hpp>
#include <lamina/driver/url.hpp>
#include <lamina/error/messages.hpp>

namespace lamina::postgresql {
namespace {

/// Parameters that Prisma's URLs may have and that mean nothing here.
constexpr std::array<std::string_view, 5> kIgnored = {"sslidentity", "sslpassword", "single_use_connections",
                                                      "schema_engine_timeout", "max_idle_connection_lifetime"};

bool is_ignored(std::string_view name) noexcept {
    for (const std::string_view known : kIgnored) {
        if (known == name) return true;
    }
    return false;
}

Result<std::uint32_t> number_of(std::string_view name, std::string_view text) {
    std::uint32_t number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size()) {
        return error::url_invalid("the parameter " + std::string(name) + " is not a number");
    }
    return number;
}

/// A duration in seconds; 0 means no limit, as in Prisma's URLs.
Result<Duration> seconds_of(std::string_view name, std::string_view text) {
    LAMINA_TRY_ASSIGN(const std::uint32_t number, number_of(name, text));
    return number == 0 ? Duration::infinite() : Duration::seconds(number);
}

template <class T>
void set_if_default(T& option, const T& standard, const T& value) {
    if (option == standard) option = value;
}

void set(Settings& settings, std::string_view name, std::string value) {
    for (auto& [key, old] : settings.parameters) {
        if (key == name) {
            old = std::move(value);
            return;
        }
    }
    settings.parameters.emplace_back(name, std::move(value));
}

/// An argument of the server's command line: spaces and backslashes are escaped.
void append_option(std::string& options, std::string_view setting) {
    if (!options.empty()) options += ' ';
    options += "-c ";
    for (const char c : setting) {
        if (c == ' ' || c == '\\') options += '\\';
        options += c;
    }
}

std::string search_path(std::string_view schema) {
    std::string setting = "search_path=\"";
    for (const char c : schema) {
        if (c == '"') setting += '"';
        setting += c;
    }
    return setting + '"';
}

/// A parameter of ours or Prisma's; false when it is libpq's.
Result<bool> take_own(Settings& settings, std::string_view name, const std::string& value, std::string& schema) {
    static const Options kStandard;
    Options& options = settings.options;
    if (name == "schema") {
        schema = value;
    } else if (name == "connection_limit") {
        LAMINA_TRY_ASSIGN(const std::uint32_t limit, number_of(name, value));
        set_if_default(options.max_size, kStandard.max_size, limit);
    } else if (name == "pool_timeout") {
        LAMINA_TRY_ASSIGN(const Duration wait, seconds_of(name, value));
        set_if_default(options.max_wait, kStandard.max_wait, wait);
    } else if (name == "connect_timeout") {
        LAMINA_TRY_ASSIGN(const Duration wait, seconds_of(name, value));
        set_if_default(options.connect_timeout, kStandard.connect_timeout, wait);
    } else if (name == "socket_timeout") {
        LAMINA_TRY_ASSIGN(const Duration wait, seconds_of(name, value));
        set_if_default(options.statement_timeout, kStandard.statement_timeout, wait);
    } else if (name == "statement_cache_size") {
        LAMINA_TRY_ASSIGN(const std::uint32_t size, number_of(name, value));
        set_if_default(options.statement_cache_size, kStandard.statement_cache_size, size);
    } else if (name == "pgbouncer") {
        if (value == "true") options.statement_cache_size = 0;
    } else if (name == "sslaccept") {
        if (value == "strict" && settings.value("sslmode").empty()) set(settings, "sslmode", "verify-full");
    } else if (name == "sslcert") {
        set(settings, "sslrootcert", value);  // Prisma's sslcert is the authority's certificate
    } else {
        return is_ignored(name);
    }
    return true;
}

/// One host and port, or "a:5432,b:5433", of which libpq wants the hosts and the ports in lists of their own.
void set_hosts(Settings& settings, const driver::Url& url) {
    if (url.host.find(',') == std::string::npos) {
        if (!url.host.empty()) set(settings, "host", url.host);
        if (!url.port.empty()) set(settings, "port", url.port);
        return;
    }
    std::string hosts, ports;
    std::string_view rest = url.host;
    for (bool more = true; more;) {
        const auto comma = rest.find(',');
        const std::string_view item = rest.substr(0, comma);
        more = comma != std::string_view::npos;
        rest.remove_prefix(more ? comma + 1 : rest.size());
        const auto colon = item.rfind(':');
        hosts.append(item.substr(0, colon)).append(more ? "," : "");
        ports.append(colon == std::string_view::npos ? std::string_view() : item.substr(colon + 1))
            .append(more ? "," : "");
    }
    set(settings, "host", std::move(hosts));
    set(settings, "port", std::move(ports));
}

Result<void> read_url(Settings& settings, std::string_view text, std::string& schema) {
    LAMINA_TRY_ASSIGN(const driver::Url url, driver::parse_url(text));
    if (url.scheme != "postgresql" && url.scheme != "postgres") {
        return error::url_invalid("it begins with " + url.scheme + "://, not with postgresql://");
    }
    set_hosts(settings, url);
    if (!url.user.empty()) set(settings, "user", url.user);
    if (!url.password.empty()) set(settings, "password", url.password);
    if (!url.path.empty()) set(settings, "dbname", url.path);
    for (const auto& [name, value] : url.parameters) {
        LAMINA_TRY_ASSIGN(const bool own, take_own(settings, name, value, schema));
        if (!own) set(settings, name, value);
    }
    return {};
}

Result<void> read_connection_string(Settings& settings, std::string_view text, std::string& schema) {
    char* reason = nullptr;
    PQconninfoOption* parsed = PQconninfoParse(std::string(text).c_str(), &reason);
    PQfreemem(reason);  // may quote the password
    if (parsed == nullptr) {
        return error::url_invalid(
            "neither a postgresql:// URL nor a connection string such as \"host=localhost dbname=app\"");
    }
    Result<void> result;
    for (const PQconninfoOption* option = parsed; option->keyword != nullptr && result; ++option) {
        if (option->val == nullptr) continue;
        const std::string_view name = option->keyword;
        if (name == "connect_timeout") {
            if (auto own = take_own(settings, name, option->val, schema); !own) result = own.error();
        } else {
            set(settings, name, option->val);
        }
    }
    PQconninfoFree(parsed);
    return result;
}

}  // namespace

std::string_view Settings::value(std::string_view name) const noexcept {
    for (const auto& [key, text] : parameters) {
        if (key == name) return text;
    }
    return {};
}

std::string Settings::address() const {
    std::string address(value("host").empty() ? value("hostaddr") : value("host"));
    if (address.empty()) address = "localhost";
    return address + ":" + std::string(value("port").empty() ? "5432" : value("port"));
}

Result<Settings> read_settings(std::string_view url, const Options& options) {
    Settings settings;
    settings.options = options;
    std::string schema;
    if (url.find('\0') != std::string_view::npos) return error::url_invalid("it holds a NUL character");
    if (url.find("://") != std::string_view::npos) {
        LAMINA_TRY(read_url(settings, url, schema));
    } else {
        LAMINA_TRY(read_connection_string(settings, url, schema));
    }
    set(settings, "client_encoding", "UTF8");
    if (settings.value("application_name").empty() && settings.value("fallback_application_name").empty()) {
        set(settings, "fallback_application_name", "lamina");
    }
    // A `timestamp` without zone means UTC to a DateTime: what the database itself writes (now()) must be UTC as well.
    // A pooler may refuse start-up options, so there the role's or database's own setting counts.
    std::string server_options;
    if (settings.options.statement_cache_size > 0) append_option(server_options, "TimeZone=UTC");
    if (!schema.empty()) append_option(server_options, search_path(schema));
    if (const std::string_view own = settings.value("options"); !own.empty()) {
        if (!server_options.empty()) server_options += ' ';
        server_options += own;
    }
    if (!server_options.empty()) set(settings, "options", std::move(server_options));
    return settings;
}

}  // namespace lamina::postgresql
