#pragma once

#include <memory>
#include <string_view>

#include <lamina/error/error.hpp>

#include "migrate/provider.hpp"

namespace lamina::providers::sqlite {

/// Opens the file; makes it, and its folder, when it is missing. As migrate::Provider::open().
Result<std::unique_ptr<migrate::Database>> open_database(std::string_view url, const migrate::OpenOptions& options);

}  // namespace lamina::providers::sqlite
