#pragma once

#include <map>
#include <string>
#include <string_view>

namespace lamina::support {

/// Variables by name.
using Variables = std::map<std::string, std::string, std::less<>>;

/// Reads the text of a .env file by the rules of dotenv, which Prisma uses: `NAME=value`, optional `export`, `#`
/// comments, values in single, double or back quotes (which may span lines), \n and \r in double quotes. Lines that are
/// not of that form are passed over. `${NAME}` in unquoted and double-quoted values stands for a variable set before,
/// or of the environment.
[[nodiscard]] Variables parse_dotenv(std::string_view text);

}  // namespace lamina::support
