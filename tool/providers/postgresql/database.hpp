#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <lamina/error/error.hpp>

#include "migrate/provider.hpp"

namespace lamina::providers::postgresql {

/// The namespace that a connection works in: the URL's `schema`, else public.
[[nodiscard]] std::string default_namespace(std::string_view url);

/// Connects; makes the database with CREATE DATABASE when it is missing. As migrate::Provider::open().
Result<std::unique_ptr<migrate::Database>> open_database(std::string_view url, const migrate::OpenOptions& options);

}  // namespace lamina::providers::postgresql
