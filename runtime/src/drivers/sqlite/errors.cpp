#include "drivers/sqlite/errors.hpp"

#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include <lamina/error/messages.hpp>

namespace lamina::sqlite {
namespace {

std::string number_text(int number) {
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, number);
    return {digits, end.ptr};
}

/// What follows `marker` in the message, or nothing.
std::string_view after(std::string_view message, std::string_view marker) {
    const auto at = message.find(marker);
    return at == std::string_view::npos ? std::string_view() : message.substr(at + marker.size());
}

/// "User.email, User.name": the columns; the table goes to `table`.
std::vector<std::string> qualified_columns(std::string_view list, std::string_view& table) {
    std::vector<std::string> columns;
    while (!list.empty()) {
        const auto comma = list.find(", ");
        std::string_view item = list.substr(0, comma);
        list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 2);
        if (const auto dot = item.rfind('.'); dot != std::string_view::npos) {
            table = item.substr(0, dot);
            item.remove_prefix(dot + 1);
        }
        columns.emplace_back(item);
    }
    return columns;
}

Error with_table(Error error, std::string_view table) {
    if (!table.empty()) error.with_detail("table", table);
    return error;
}

Error constraint_error(int code, std::string_view message) {
    const std::string_view what = after(message, "constraint failed: ");
    std::string_view table;
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: {
            constexpr std::string_view kIndex = "index '";  // a unique index on expressions has no columns to name
            if (what.substr(0, kIndex.size()) == kIndex) {
                const std::string_view name = what.substr(kIndex.size(), what.size() - kIndex.size() - 1);
                return error::unique_violation({}, {}, name);
            }
            auto columns = qualified_columns(what, table);
            return with_table(error::unique_violation({}, std::move(columns)), table);
        }
        case SQLITE_CONSTRAINT_NOTNULL: {
            auto columns = qualified_columns(what, table);
            return with_table(error::null_violation({}, std::move(columns)), table);
        }
        case SQLITE_CONSTRAINT_FOREIGNKEY: return error::foreign_key_violation({}, {});
        case SQLITE_CONSTRAINT_CHECK: return error::constraint_violation(what, message);
        case SQLITE_CONSTRAINT_DATATYPE:
            return error::invalid_data("a value of another type than the column of a STRICT table has");
        default:
            // ON DELETE RESTRICT is a trigger of the database's own, and reported as one.
            if (message.find("FOREIGN KEY constraint failed") != std::string_view::npos)
                return error::foreign_key_violation({}, {});
            return error::constraint_violation({}, message);
    }
}

/// SQLITE_ERROR: only the message tells what it is.
Error plain_error(std::string_view message) {
    if (const auto table = after(message, "no such table: "); !table.empty()) return error::table_missing(table);
    if (const auto column = after(message, "no such column: "); !column.empty()) return error::column_missing(column);
    if (const auto column = after(message, "has no column named "); !column.empty())
        return error::column_missing(column);
    if (message.find("integer overflow") != std::string_view::npos) {
        return error::value_out_of_range("the result of an integer operation exceeds 64 bits");
    }
    if (message.find("too many SQL variables") != std::string_view::npos) return Error(ErrorCode::ParameterLimit);
    return error::database_error("1", message);
}

Error error_of(int code, std::string_view message) {
    switch (code & 0xff) {
        case SQLITE_CONSTRAINT: return constraint_error(code, message);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return error::transaction_conflict().with_message(
                "The database file is locked by another connection, and stayed so for longer than the busy timeout. "
                "Try the transaction again.");
        case SQLITE_READONLY:
            return Error(ErrorCode::ReadOnly, "The database, or the transaction, is read-only: nothing was written");
        case SQLITE_FULL:
            return Error(ErrorCode::StorageFull,
                         "The disk, or the database's page limit, is full: the statement was undone");
        case SQLITE_IOERR:
            return Error(ErrorCode::StorageFailed,
                         "Reading or writing the database file failed: " + std::string(message));
        case SQLITE_CORRUPT:
            return Error(ErrorCode::StorageFailed, "The database file is corrupt: " + std::string(message));
        case SQLITE_NOTADB: return Error(ErrorCode::StorageFailed, "The file is not a database");
        case SQLITE_CANTOPEN: return Error(ErrorCode::DatabaseMissing, "The database file cannot be opened");
        case SQLITE_PERM:
        case SQLITE_AUTH: return Error(ErrorCode::AccessDenied, "Access to the database file was denied");
        case SQLITE_INTERRUPT: return error::cancelled("executing a statement");
        case SQLITE_TOOBIG:
            return Error(ErrorCode::ValueTooLong,
                         "A text, a binary value or the statement is longer than SQLite allows");
        case SQLITE_MISMATCH: return error::invalid_data("a value of another type than an integer primary key needs");
        case SQLITE_RANGE: return Error(ErrorCode::RawParameterCount);
        case SQLITE_NOMEM: return error::internal("out of memory");
        case SQLITE_MISUSE: return error::internal("the SQLite library was called in a wrong way");
        case SQLITE_ERROR: return plain_error(message);
        default: return error::database_error(number_text(code), message);
    }
}

}  // namespace

Error database_error(int extended_code, std::string_view message) {
    Error error = error_of(extended_code, message);
    error.with_sqlstate(number_text(extended_code));
    switch (extended_code & 0xff) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_IOERR:
        case SQLITE_NOMEM: error.with_poisoned_connection(); break;
        default: break;
    }
    return error;
}

Error database_error(sqlite3* database, int result) {
    const int extended = sqlite3_extended_errcode(database);
    // The connection's message belongs to its last call, which is not always the one that failed.
    const bool same = (extended & 0xff) == (result & 0xff);
    return database_error(same ? extended : result, same ? sqlite3_errmsg(database) : sqlite3_errstr(result));
}

Error open_error(int extended_code, std::string_view message, std::string_view path) {
    const std::string where = "\"" + std::string(path) + "\"";
    const auto error = [&]() -> Error {
        switch (extended_code & 0xff) {
            case SQLITE_CANTOPEN:
                return Error(ErrorCode::DatabaseMissing,
                             "The database file " + where +
                                 " does not exist or cannot be opened. Check the path (relative paths begin at the "
                                 "working directory), that its folder exists, and the permissions.");
            case SQLITE_NOTADB: return Error(ErrorCode::StorageFailed, "The file " + where + " is not a database");
            case SQLITE_PERM:
            case SQLITE_AUTH:
                return Error(ErrorCode::AccessDenied, "Access to the database file " + where + " was denied");
            default: return error_of(extended_code, message);
        }
    }();
    return Error(error).with_sqlstate(number_text(extended_code)).with_detail("path", path);
}

}  // namespace lamina::sqlite
