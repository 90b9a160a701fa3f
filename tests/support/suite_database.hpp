#pragma once

#include <string>

#include <lamina/client/adapter.hpp>

/// For suites that run on each database, with the client of a schema of their own.
namespace suite {

/// The database of this run: made by `lamina db push` when it is first asked for, gone when the program ends.
lamina::Adapter& adapter();
/// Its URL, for a second adapter with options of its own.
const std::string& url();

}  // namespace suite
