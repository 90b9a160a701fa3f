#pragma once

#include <string>
#include <string_view>

namespace lamina {

/// A database URL or a libpq connection string with its secrets replaced by "***": the password of the authority, and
/// values of parameters that are named like a secret.
std::string redact_url(std::string_view url);

/// Text, such as a server's message, with the password of every URL and every `password=…` in it replaced by "***".
std::string redact_secrets(std::string_view text);

}  // namespace lamina
