#pragma once

#include <string_view>

#include <libpq-fe.h>

#include <lamina/error/error.hpp>

namespace lamina::postgresql {

/// What a server says about a failure.
struct Diagnosis {
    std::string_view sqlstate;
    std::string_view message;
    std::string_view detail;
    std::string_view table;
    std::string_view column;
    std::string_view constraint;
};

/// The error of a failed result.
Error server_error(const PGresult* result);

/// An error from what the server says. The details "table" and "schema" name what is concerned; fields are columns: the
/// executor turns them into the model and its fields.
Error server_error(const Diagnosis& diagnosis);

/// Why no connection came about: from libpq's text, in verbose form, which holds the SQLSTATE if the server has
/// answered.
Error connect_error(std::string_view message, std::string_view address, std::string_view user,
                    std::string_view database);

/// P1017 with libpq's reason.
Error lost_error(const PGconn* connection);

/// Whether a prepared statement has been made invalid by a change of the schema, or is unknown to the server.
bool is_stale_statement(const PGresult* result) noexcept;

}  // namespace lamina::postgresql
