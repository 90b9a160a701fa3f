#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <lamina/error/error.hpp>

// Inner header: errors with their wording in one place. Wording follows Prisma's where Prisma has the code.

namespace lamina::error {

/// P2002. Fields may be empty when only the constraint's name is known.
Error unique_violation(std::string_view model, std::vector<std::string> fields, std::string_view constraint = {});
/// P2003.
Error foreign_key_violation(std::string_view model, std::vector<std::string> fields, std::string_view constraint = {});
/// P2004.
Error constraint_violation(std::string_view constraint, std::string_view database_message);
/// P2011.
Error null_violation(std::string_view model, std::vector<std::string> fields);
/// P2000.
Error value_too_long(std::string_view column);
/// P2020. `what` says which value and which range, never the value itself.
Error value_out_of_range(std::string_view what);
/// P2007. `what` says what was expected; never the value itself.
Error invalid_data(std::string_view what);
/// P2023: a value read from the database does not fit its field.
Error inconsistent_column_data(std::string_view column, std::string_view problem);
/// P2021.
Error table_missing(std::string_view table);
/// P2022.
Error column_missing(std::string_view column);
/// P2025. `cause` is a sentence: "No record was found for an update.".
Error record_missing(std::string_view model, std::string_view cause);
/// P2014.
Error relation_violation(std::string_view relation, std::string_view model_a, std::string_view model_b);
/// P2010: a raw statement that the database refused.
Error raw_query_failed(std::string_view database_code, std::string_view database_message);
/// P2039: anything else that the database refused.
Error database_error(std::string_view database_code, std::string_view database_message);

/// P1000.
Error authentication_failed(std::string_view user);
/// P1001. `address` is host:port or a socket's path.
Error server_unreachable(std::string_view address, std::string_view reason);
/// P1003.
Error database_missing(std::string_view database);
/// P1013. `reason` must not repeat the URL.
Error url_invalid(std::string_view reason);
/// P1017, poisons the connection.
Error connection_lost(std::string_view reason = {});
/// P1008.
Error operation_timeout(std::int64_t milliseconds, std::string_view doing);
/// L1001.
Error cancelled(std::string_view doing);

/// The pool's state, as details of an error.
struct PoolState {
    std::uint32_t max_size = 0;
    std::uint32_t size = 0;
    std::uint32_t idle = 0;
    std::uint32_t in_use = 0;
    std::uint32_t waiting = 0;
};
/// P2024.
Error pool_timeout(std::int64_t waited_milliseconds, const PoolState& state);
/// P2028. `reason` is a sentence.
Error transaction_failed(std::string_view reason);
/// P2028: the transaction took longer than its limit.
Error transaction_expired(std::int64_t limit_milliseconds, std::int64_t elapsed_milliseconds, std::string_view doing);
/// P2034, retryable, poisons the transaction.
Error transaction_conflict();

/// P2026.
Error unsupported_feature(std::string_view feature);
/// P2012. `path` leads to the place in the request: "data.email".
Error required_value_missing(std::string_view path);
/// P2009, P2019 and the like: what is wrong with a request, and where.
Error invalid_query(std::string_view what);
/// L1007.
Error misuse(std::string_view what);
/// L1010. For what cannot happen; say what happened.
Error internal(std::string_view what);

/// Up to three of `candidates` that are close to `name`, as " Did you mean `email`?", or empty.
std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace lamina::error
