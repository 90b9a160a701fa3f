#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lamina/drivers/postgresql/adapter.hpp>
#include <lamina/error/error.hpp>

namespace lamina::postgresql {

/// What a URL or connection string asks for: parameters for libpq, and options of our own.
struct Settings {
    std::vector<std::pair<std::string, std::string>> parameters;  ///< the password among them: never print
    Options options;

    /// For messages: host:port, the user, the database.
    std::string address() const;
    std::string_view value(std::string_view name) const noexcept;
};

/// Understands postgresql:// URLs with libpq's and Prisma's parameters, and libpq connection strings. Options of the
/// URL replace those that `options` leaves at their defaults. Fails with P1013.
Result<Settings> read_settings(std::string_view url, const Options& options);

}  // namespace lamina::postgresql
