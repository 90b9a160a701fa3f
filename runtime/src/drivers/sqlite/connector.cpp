#include <string>
#include <utility>

#include <sqlite3.h>

#include <lamina/base/try.hpp>
#include <lamina/driver/run.hpp>
#include <lamina/drivers/sqlite/adapter.hpp>
#include <lamina/error/messages.hpp>

#include "drivers/sqlite/connection.hpp"
#include "drivers/sqlite/errors.hpp"
#include "drivers/sqlite/path.hpp"

namespace lamina::sqlite {
namespace {

class Connector final : public driver::Connector {
public:
    Connector(std::string_view path, const Options& options) : location_(locate(path)), options_(options) {
        if (location_.read_only) options_.read_only = true;
        if (location_.must_exist) options_.create = false;
    }

    Result<base::Owned<driver::Connection>> connect(Deadline deadline) override;

private:
    int open_flags() const noexcept;
    std::string settings(bool read_only) const;

    Location location_;
    Options options_;
};

/// A connection belongs to one thread at a time: SQLite need not lock it.
int Connector::open_flags() const noexcept {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (location_.uri) flags |= SQLITE_OPEN_URI;
    if (options_.read_only && !location_.memory) return flags | SQLITE_OPEN_READONLY;
    flags |= SQLITE_OPEN_READWRITE;
    return options_.create || location_.memory ? flags | SQLITE_OPEN_CREATE : flags;
}

std::string Connector::settings(bool read_only) const {
    std::string sql = options_.foreign_keys ? "PRAGMA foreign_keys = ON;" : "PRAGMA foreign_keys = OFF;";
    if (read_only) return sql;
    if (options_.wal && !location_.memory) sql += "PRAGMA journal_mode = WAL;";
    switch (options_.synchronous) {
        case Synchronous::Off: sql += "PRAGMA synchronous = OFF;"; break;
        case Synchronous::Normal: sql += "PRAGMA synchronous = NORMAL;"; break;
        case Synchronous::Full: sql += "PRAGMA synchronous = FULL;"; break;
    }
    return sql;
}

Result<base::Owned<driver::Connection>> Connector::connect(Deadline deadline) {
    if (location_.name.find('\0') != std::string::npos) return error::url_invalid("the path holds a NUL character");
    sqlite3* database = nullptr;
    const int result = sqlite3_open_v2(location_.name.c_str(), &database, open_flags(), nullptr);
    if (result != SQLITE_OK) {
        Error error = database == nullptr
                          ? error::internal("out of memory")
                          : open_error(sqlite3_extended_errcode(database), sqlite3_errmsg(database), location_.name);
        sqlite3_close_v2(database);
        return error;
    }
    // "name" is a column or an error, never the text 'name': a missing column must not go unnoticed.
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    auto connection = base::Owned<Connection>::make(database, options_);
    const bool read_only = sqlite3_db_readonly(database, "main") == 1;
    if (auto set = driver::run_script(*connection, settings(read_only), deadline); !set) {
        // The first statement is the first to look into the file.
        const Error& error = set.error();
        if (error.code() == ErrorCode::StorageFailed || error.code() == ErrorCode::DatabaseMissing) {
            return open_error(sqlite3_extended_errcode(database), sqlite3_errmsg(database), location_.name);
        }
        return error;
    }
    return base::Owned<driver::Connection>(std::move(connection));
}

}  // namespace

base::Owned<driver::Connector> make_connector(std::string_view path, const Options& options) {
    return base::Owned<driver::Connector>(new Connector(path, options));
}

}  // namespace lamina::sqlite
