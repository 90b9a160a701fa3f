#pragma once

#include <string>
#include <string_view>

namespace lamina::sqlite {

/// Which file a path or URL means, and how it is opened.
struct Location {
    std::string name;         ///< for sqlite3_open_v2
    bool uri = false;         ///< the name is one of SQLite's own URIs
    bool memory = false;      ///< lives in memory, or in a temporary file, as long as its connection
    bool read_only = false;   ///< mode=ro
    bool must_exist = false;  ///< mode=rw
};

/// Understands plain paths, ":memory:", "file:./app.db", "sqlite:app.db" and SQLite's URIs. Parameters that belong to
/// Prisma (connection_limit …) are left out.
Location locate(std::string_view path);

}  // namespace lamina::sqlite
