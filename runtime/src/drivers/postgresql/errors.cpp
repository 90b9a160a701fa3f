#include "drivers/postgresql/errors.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <lamina/error/messages.hpp>
#include <lamina/events/redact.hpp>

namespace lamina::postgresql {
namespace {

std::string_view field(const PGresult* result, int code) noexcept {
    const char* text = PQresultErrorField(result, code);
    return text != nullptr ? std::string_view(text) : std::string_view();
}

/// The text between the first pair of double quotes, or «», as some languages have them.
std::string_view quoted(std::string_view message) noexcept {
    const auto open = message.find('"');
    if (open == std::string_view::npos) return {};
    const auto close = message.find('"', open + 1);
    return close == std::string_view::npos ? std::string_view() : message.substr(open + 1, close - open - 1);
}

/// The columns of `Key (a, b)=(1, 2) already exists.`: what stands in the first parentheses. Never the values behind.
std::vector<std::string> key_columns(std::string_view detail) {
    std::vector<std::string> columns;
    const auto open = detail.find('(');
    const auto close = detail.find(")=(");
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) return columns;
    std::string_view list = detail.substr(open + 1, close - open - 1);
    while (!list.empty()) {
        const auto comma = list.find(", ");
        std::string_view name = list.substr(0, comma);
        list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 2);
        if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
        columns.emplace_back(name);
    }
    return columns;
}

/// `column "a" of relation "t" does not exist`, `column t.a does not exist`: the column as the server names it.
std::string missing_column(std::string_view message) {
    if (const std::string_view name = quoted(message); !name.empty()) return std::string(name);
    const auto begin = message.find(' ');
    if (begin == std::string_view::npos) return {};
    return std::string(message.substr(begin + 1, message.find(' ', begin + 1) - begin - 1));
}

std::vector<std::string> one(std::string_view name) {
    if (name.empty()) return {};
    return {std::string(name)};
}

/// A message of class 22 may quote the value that it does not like: what is quoted is left out.
std::string without_values(std::string_view message) {
    std::string out;
    bool inside = false;
    for (const char c : message) {
        if (c == '"') {
            if (!inside) out += "\"…\"";
            inside = !inside;
        } else if (!inside) {
            out += c;
        }
    }
    return out;
}

Error data_error(const Diagnosis& d) {
    if (d.sqlstate == "22001") return error::value_too_long(d.column);
    if (d.sqlstate == "22003" || d.sqlstate == "22008") return error::value_out_of_range(without_values(d.message));
    if (d.sqlstate == "22012") return Error(ErrorCode::DivisionByZero);
    return error::invalid_data(without_values(d.message));
}

Error integrity_error(const Diagnosis& d) {
    if (d.sqlstate == "23505") return error::unique_violation({}, key_columns(d.detail), d.constraint);
    if (d.sqlstate == "23502") return error::null_violation({}, one(d.column));
    if (d.sqlstate == "23503" || d.sqlstate == "23001")
        return error::foreign_key_violation({}, key_columns(d.detail), d.constraint);
    return error::constraint_violation(d.constraint, d.message);
}

Error cancelled_error(const Diagnosis& d) {
    // The server has one code for both; only cancel() of this driver knows that it asked. "statement timeout" is not
    // translated in the setting's name, so it is looked for in any language.
    if (d.message.find("statement timeout") != std::string_view::npos) {
        return Error(ErrorCode::OperationTimeout, "The server's statement_timeout stopped the statement");
    }
    return error::cancelled("executing a statement");
}

Error error_of(const Diagnosis& d) {
    const std::string_view state = d.sqlstate, kind = state.substr(0, 2);
    if (kind == "22") return data_error(d);
    if (kind == "23") return integrity_error(d);
    if (kind == "08" || state == "57P01" || state == "57P02" || state == "57P03" || state == "57P05" ||
        state == "25P03") {
        return error::connection_lost(d.message);
    }
    if (state == "40001" || state == "40P01") return error::transaction_conflict();
    if (state == "42P01") return error::table_missing(quoted(d.message));
    if (state == "42703") return error::column_missing(missing_column(d.message));
    if (state == "57014") return cancelled_error(d);
    if (state == "55P03") return Error(ErrorCode::LockTimeout);
    if (state == "25006")
        return Error(ErrorCode::ReadOnly, "The database, or the transaction, is read-only: nothing was written");
    if (state == "25P02")
        return error::transaction_failed("The transaction has failed before, and can only be rolled back.");
    if (state == "28P01") return error::authentication_failed(quoted(d.message));
    if (state == "28000" || state == "42501") return Error(ErrorCode::AccessDenied, std::string(d.message));
    if (state == "3D000") return error::database_missing(quoted(d.message));
    if (state == "42P04") return Error(ErrorCode::DatabaseExists, std::string(d.message));
    if (state == "53100") return Error(ErrorCode::StorageFull, "The server's disk is full: the statement was undone");
    if (state == "53300") return Error(ErrorCode::TooManyConnections, std::string(d.message));
    if (state == "58030" || kind == "XX") return Error(ErrorCode::StorageFailed, std::string(d.message));
    return error::database_error(state, d.message);
}

/// The five characters of "FATAL:  28P01: password …", which libpq's verbose form has.
std::string_view sqlstate_in(std::string_view message) noexcept {
    for (std::size_t at = message.find(":  "); at != std::string_view::npos; at = message.find(":  ", at + 1)) {
        const std::string_view code = message.substr(at + 3, 5);
        if (code.size() < 5 || message.substr(at + 8, 1) != ":") continue;
        bool plausible = true;
        for (const char c : code) plausible &= (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
        if (plausible) return code;
    }
    return {};
}

/// The server's own words, without libpq's prefix and the LOCATION line.
std::string_view server_words(std::string_view message, std::string_view sqlstate) noexcept {
    const auto at = message.find(sqlstate);
    message.remove_prefix(at + sqlstate.size());
    message.remove_prefix(std::min<std::size_t>(message.size(), 2));
    return message.substr(0, message.find('\n'));
}

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.remove_suffix(1);
    return text;
}

}  // namespace

Error server_error(const Diagnosis& diagnosis) {
    Error error = error_of(diagnosis);
    error.with_sqlstate(diagnosis.sqlstate);
    if (!diagnosis.constraint.empty()) error.with_constraint(diagnosis.constraint);
    if (!diagnosis.table.empty()) error.with_detail("table", diagnosis.table);
    return error;
}

Error server_error(const PGresult* result) {
    Diagnosis diagnosis;
    diagnosis.sqlstate = field(result, PG_DIAG_SQLSTATE);
    diagnosis.message = field(result, PG_DIAG_MESSAGE_PRIMARY);
    diagnosis.detail = field(result, PG_DIAG_MESSAGE_DETAIL);
    diagnosis.table = field(result, PG_DIAG_TABLE_NAME);
    diagnosis.column = field(result, PG_DIAG_COLUMN_NAME);
    diagnosis.constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
    if (diagnosis.sqlstate.empty()) {  // made by libpq: no server speaks without a code
        return error::connection_lost(trimmed(PQresultErrorMessage(result)));
    }
    return server_error(diagnosis);
}

Error lost_error(const PGconn* connection) {
    return error::connection_lost(redact_secrets(trimmed(PQerrorMessage(connection))));
}

bool is_stale_statement(const PGresult* result) noexcept {
    const std::string_view state = field(result, PG_DIAG_SQLSTATE);
    if (state == "26000") return true;
    // "cached plan must not change result type", told from other missing features by the function that says it.
    return state == "0A000" && field(result, PG_DIAG_SOURCE_FUNCTION) == "RevalidateCachedQuery";
}

Error connect_error(std::string_view message, std::string_view address, std::string_view user,
                    std::string_view database) {
    message = trimmed(message);
    const std::string_view state = sqlstate_in(message);
    if (state.empty()) {
        if (message.find("SSL") != std::string_view::npos || message.find("certificate") != std::string_view::npos) {
            return Error(ErrorCode::TlsFailed, "The TLS connection could not be opened: " + redact_secrets(message));
        }
        if (message.find("no password supplied") != std::string_view::npos) return error::authentication_failed(user);
        if (message.find("invalid connection option") != std::string_view::npos ||
            message.find("invalid value") != std::string_view::npos ||
            message.find("invalid port") != std::string_view::npos ||
            message.find("invalid sslmode") != std::string_view::npos) {
            return error::url_invalid(redact_secrets(message));
        }
        return error::server_unreachable(address, redact_secrets(message));
    }
    const std::string_view words = server_words(message, state);
    const auto error = [&]() -> Error {
        if (state == "28P01") return error::authentication_failed(user);
        if (state == "3D000") return error::database_missing(database);
        if (state == "57P03" || state.substr(0, 2) == "08") return error::server_unreachable(address, words);
        Diagnosis diagnosis;
        diagnosis.sqlstate = state;
        diagnosis.message = words;
        return error_of(diagnosis);
    }();
    return Error(error).with_sqlstate(state);
}

}  // namespace lamina::postgresql
