#include <algorithm>
#include <initializer_list>

#include <lamina/error/messages.hpp>

namespace lamina::error {
namespace {

std::string join(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts) text += part;
    return text;
}

/// How Prisma names what was violated: the fields if they are known, else the constraint.
std::string name_of(const std::vector<std::string>& fields, std::string_view constraint) {
    if (!fields.empty()) {
        std::string text = "fields: (";
        for (std::size_t i = 0; i < fields.size(); ++i) text += join({i == 0 ? "`" : ", `", fields[i], "`"});
        return text += ")";
    }
    return constraint.empty() ? std::string("(not available)") : join({"constraint: `", constraint, "`"});
}

Error violation(ErrorCode code, std::string_view what, std::string_view model, std::vector<std::string> fields,
                std::string_view constraint) {
    Error error(code, join({what, " on the ", name_of(fields, constraint)}));
    error.with_model(model).with_fields(std::move(fields)).with_constraint(constraint).with_poisoned_transaction();
    return error;
}

std::string or_unknown(std::string_view name) { return std::string(name.empty() ? "(not available)" : name); }

/// The number of single-character edits between two names, ignoring the case of ASCII letters.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (lower(a[i - 1]) != lower(b[j - 1]));
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[b.size()];
}

}  // namespace

Error unique_violation(std::string_view model, std::vector<std::string> fields, std::string_view constraint) {
    return violation(ErrorCode::UniqueViolation, "Unique constraint failed", model, std::move(fields), constraint);
}

// Here Prisma goes by the constraint, if the database names it.
Error foreign_key_violation(std::string_view model, std::vector<std::string> fields, std::string_view constraint) {
    const std::string name = !constraint.empty() ? name_of({}, constraint)
                             : fields.empty()    ? std::string("foreign key")
                                                 : name_of(fields, {});
    return violation(ErrorCode::ForeignKeyViolation, "Foreign key constraint violated", model, std::move(fields),
                     constraint)
        .with_message("Foreign key constraint violated on the " + name);
}

Error null_violation(std::string_view model, std::vector<std::string> fields) {
    return violation(ErrorCode::NullViolation, "Null constraint violation", model, std::move(fields), {});
}

Error constraint_violation(std::string_view constraint, std::string_view database_message) {
    return Error(ErrorCode::ConstraintViolation,
                 join({"A constraint failed in the database: ",
                       database_message.empty() ? std::string_view("(not available)") : database_message}))
        .with_constraint(constraint)
        .with_poisoned_transaction();
}

Error value_too_long(std::string_view column) {
    return Error(ErrorCode::ValueTooLong,
                 "The provided value for the column is too long for the column's type. Column: " + or_unknown(column))
        .with_detail("column", column)
        .with_poisoned_transaction();
}

Error value_out_of_range(std::string_view what) {
    return Error(ErrorCode::ValueOutOfRange, join({"Value out of range for the type: ", what}));
}

Error invalid_data(std::string_view what) {
    return Error(ErrorCode::DataValidation, join({"Data validation error: ", what}));
}

Error inconsistent_column_data(std::string_view column, std::string_view problem) {
    Error error(ErrorCode::InconsistentColumnData, join({"Inconsistent column data: ", problem}));
    if (!column.empty()) {
        error.with_message(join({"Inconsistent column data: ", problem, " Column: `", column, "`"}))
            .with_detail("column", column);
    }
    return error;
}

Error table_missing(std::string_view table) {
    return Error(ErrorCode::TableMissing,
                 join({"The table `", or_unknown(table), "` does not exist in the current database."}))
        .with_detail("table", table)
        .with_poisoned_transaction();
}

Error column_missing(std::string_view column) {
    return Error(ErrorCode::ColumnMissing,
                 join({"The column `", or_unknown(column), "` does not exist in the current database."}))
        .with_detail("column", column)
        .with_poisoned_transaction();
}

Error record_missing(std::string_view model, std::string_view cause) {
    return Error(
               ErrorCode::RecordMissing,
               join({"An operation failed because it depends on one or more records that were required but not found.",
                     cause.empty() ? "" : " ", cause}))
        .with_model(model)
        .with_detail("cause", cause);
}

Error relation_violation(std::string_view relation, std::string_view model_a, std::string_view model_b) {
    return Error(ErrorCode::RelationViolation,
                 join({"The change you are trying to make would violate the required relation '", relation,
                       "' between the `", model_a, "` and `", model_b, "` models."}))
        .with_model(model_a)
        .with_detail("relation", relation);
}

Error raw_query_failed(std::string_view database_code, std::string_view database_message) {
    return Error(ErrorCode::RawQueryFailed,
                 join({"Raw query failed. Code: `", or_unknown(database_code), "`. Message: `", database_message, "`"}))
        .with_sqlstate(database_code)
        .with_poisoned_transaction();
}

Error database_error(std::string_view database_code, std::string_view database_message) {
    return Error(ErrorCode::DatabaseError,
                 join({"Database error. Code: `", or_unknown(database_code), "`. Message: `", database_message, "`"}))
        .with_sqlstate(database_code)
        .with_poisoned_transaction();
}

Error authentication_failed(std::string_view user) {
    return Error(ErrorCode::AuthenticationFailed,
                 join({"Authentication failed against the database server, the provided database credentials for `",
                       or_unknown(user), "` are not valid"}))
        .with_poisoned_connection();
}

Error server_unreachable(std::string_view address, std::string_view reason) {
    std::string text = join({"Can't reach database server", address.empty() ? "" : " at ", address});
    if (!reason.empty()) text += join({": ", reason});
    return Error(ErrorCode::ServerUnreachable, std::move(text)).with_poisoned_connection();
}

Error database_missing(std::string_view database) {
    return Error(ErrorCode::DatabaseMissing,
                 join({"Database `", or_unknown(database), "` does not exist on the database server"}))
        .with_detail("database", database)
        .with_poisoned_connection();
}

Error url_invalid(std::string_view reason) {
    return Error(ErrorCode::UrlInvalid, join({"The provided database URL is invalid: ", reason}));
}

Error connection_lost(std::string_view reason) {
    return Error(ErrorCode::ConnectionLost,
                 join({"Server has closed the connection.", reason.empty() ? "" : " ", reason}))
        .with_poisoned_connection()
        .with_poisoned_transaction();
}

Error operation_timeout(std::int64_t milliseconds, std::string_view doing) {
    return Error(ErrorCode::OperationTimeout,
                 join({"Operation has timed out after ", std::to_string(milliseconds), " ms while ", doing, "."}))
        .with_poisoned_transaction();
}

Error cancelled(std::string_view doing) {
    return Error(ErrorCode::Cancelled, join({"Cancelled while ", doing, "."})).with_poisoned_transaction();
}

Error pool_timeout(std::int64_t waited_milliseconds, const PoolState& state) {
    const auto number = [](std::uint32_t count) { return std::to_string(count); };
    return Error(ErrorCode::PoolTimeout,
                 join({"Timed out fetching a new connection from the connection pool after ",
                       std::to_string(waited_milliseconds), " ms. All ", number(state.size), " of at most ",
                       number(state.max_size), " connections: ", number(state.in_use), " in use, ", number(state.idle),
                       " idle; ", number(state.waiting),
                       " callers waiting. Use more connections (max_size), wait longer ",
                       "(max_wait), or hold transactions for a shorter time."}))
        .with_detail("max_size", number(state.max_size))
        .with_detail("size", number(state.size))
        .with_detail("idle", number(state.idle))
        .with_detail("in_use", number(state.in_use))
        .with_detail("waiting", number(state.waiting))
        .with_detail("waited_ms", std::to_string(waited_milliseconds));
}

Error transaction_failed(std::string_view reason) {
    return Error(ErrorCode::TransactionFailed, join({"Transaction API error: ", reason})).with_poisoned_transaction();
}

Error transaction_expired(std::int64_t limit_milliseconds, std::int64_t elapsed_milliseconds, std::string_view doing) {
    const std::string limit = std::to_string(limit_milliseconds), elapsed = std::to_string(elapsed_milliseconds);
    return transaction_failed(
               join({"A ", doing,
                     " cannot be executed on an expired transaction. The timeout for this transaction was ", limit,
                     " ms, however ", elapsed,
                     " ms passed since the start of the transaction. Consider increasing the transaction's ",
                     "timeout or doing less work in the transaction."}))
        .with_detail("timeout_ms", limit)
        .with_detail("elapsed_ms", elapsed);
}

Error transaction_conflict() {
    return Error(ErrorCode::TransactionConflict,
                 "Transaction failed due to a write conflict or a deadlock. Please retry your transaction")
        .with_poisoned_transaction();
}

Error unsupported_feature(std::string_view feature) {
    return Error(ErrorCode::UnsupportedFeature,
                 join({"The current database provider doesn't support a feature that the query used: ", feature}));
}

Error required_value_missing(std::string_view path) {
    return Error(ErrorCode::RequiredValueMissing, join({"Missing a required value at `", path, "`"}))
        .with_detail("path", path);
}

Error invalid_query(std::string_view what) {
    return Error(ErrorCode::QueryInvalid, join({"Failed to validate the query: ", what}));
}

Error misuse(std::string_view what) { return Error(ErrorCode::Misuse, std::string(what)); }

Error internal(std::string_view what) {
    return Error(ErrorCode::Internal, join({"Internal error, a bug in lamina: ", what}));
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
    const std::size_t limit = name.size() / 3 + 1;
    std::vector<std::pair<std::size_t, std::string_view>> close;
    for (const std::string_view candidate : candidates) {
        const std::size_t longer = std::max(name.size(), candidate.size());
        if (longer - std::min(name.size(), candidate.size()) > limit) continue;
        const std::size_t distance = edit_distance(name, candidate);
        if (distance <= limit) close.emplace_back(distance, candidate);
    }
    std::stable_sort(close.begin(), close.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (close.size() > 3) close.resize(3);
    std::string text;
    for (std::size_t i = 0; i < close.size(); ++i) {
        text += i == 0 ? " Did you mean `" : i + 1 == close.size() ? " or `" : ", `";
        text += join({close[i].second, "`"});
    }
    return text.empty() ? text : text += "?";
}

}  // namespace lamina::error
