#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lamina/base/result.hpp>
#include <lamina/error/code.hpp>

namespace lamina {

/// What every failing operation of lamina throws, or returns in a `Result`: a code, a message a person can act on, and
/// what is known about the cause.
///
/// One pointer wide; copies share their content and never throw. Different objects may be used by different threads.
/// Messages never contain parameter values or passwords. Views live as long as the error and its copies, until
/// `with_…`.
class Error final : public std::exception {
public:
    /// Name and value of a further detail, such as {"in_use", "10"} on a pool timeout. Never a parameter's value.
    using Detail = std::pair<std::string, std::string>;

    /// An error with the code's general meaning as its message.
    explicit Error(ErrorCode code);
    Error(ErrorCode code, std::string message);
    Error(const Error& other) noexcept;
    Error(Error&& other) noexcept;
    Error& operator=(const Error& other) noexcept;
    Error& operator=(Error&& other) noexcept;
    ~Error() override;

    ErrorCode code() const noexcept;
    /// The code's stable text: "P2002".
    std::string_view code_text() const noexcept;
    /// What happened and, where it helps, what to do.
    const std::string& message() const noexcept;
    /// Code and message: "P2002: Unique constraint failed on the fields: (`email`)".
    const char* what() const noexcept override;

    /// The model concerned, or empty.
    const std::string& model() const noexcept;
    /// The fields concerned, or empty.
    const std::vector<std::string>& fields() const noexcept;
    /// The database's name of the violated constraint, or empty.
    const std::string& constraint() const noexcept;
    /// The database's own code: SQLSTATE, or the number of an SQLite result; empty when it did not come from a
    /// database.
    const std::string& sqlstate() const noexcept;
    /// The statement that failed, with placeholders, or empty.
    const std::string& sql() const noexcept;
    /// Further details by name.
    const std::vector<Detail>& details() const noexcept;
    /// One detail's value; empty if there is none of that name.
    std::string_view detail(std::string_view name) const noexcept;

    /// Whether trying the same again may succeed.
    bool retryable() const noexcept;
    /// Whether the connection must not be used again.
    bool poisons_connection() const noexcept;
    /// Whether the transaction can only be rolled back.
    bool poisons_transaction() const noexcept;

    // Builders, chained on a fresh error: `return Error(ErrorCode::UniqueViolation).with_model("User");`

    Error& with_message(std::string message) &;
    Error& with_code(ErrorCode code) &;
    Error& with_model(std::string_view model) &;
    Error& with_fields(std::vector<std::string> fields) &;
    Error& with_constraint(std::string_view constraint) &;
    Error& with_sqlstate(std::string_view sqlstate) &;
    Error& with_sql(std::string_view sql) &;
    /// Adds a detail, or replaces the one of that name.
    Error& with_detail(std::string_view name, std::string_view value) &;
    Error& with_retryable(bool retryable) &;
    Error& with_poisoned_connection(bool poisoned = true) &;
    Error& with_poisoned_transaction(bool poisoned = true) &;

    Error with_message(std::string message) && { return std::move(with_message(std::move(message))); }
    Error with_code(ErrorCode code) && { return std::move(with_code(code)); }
    Error with_model(std::string_view model) && { return std::move(with_model(model)); }
    Error with_fields(std::vector<std::string> fields) && { return std::move(with_fields(std::move(fields))); }
    Error with_constraint(std::string_view constraint) && { return std::move(with_constraint(constraint)); }
    Error with_sqlstate(std::string_view sqlstate) && { return std::move(with_sqlstate(sqlstate)); }
    Error with_sql(std::string_view sql) && { return std::move(with_sql(sql)); }
    Error with_detail(std::string_view name, std::string_view value) && { return std::move(with_detail(name, value)); }
    Error with_retryable(bool retryable) && { return std::move(with_retryable(retryable)); }
    Error with_poisoned_connection(bool poisoned = true) && { return std::move(with_poisoned_connection(poisoned)); }
    Error with_poisoned_transaction(bool poisoned = true) && { return std::move(with_poisoned_transaction(poisoned)); }

private:
    struct Data;
    Error() noexcept : data_(nullptr) {}
    const Data& data() const noexcept;
    Data& own();

    /// Shared with copies and counted; null only after a move.
    Data* data_;
};

/// A value, or why there is none. `value()` throws the error.
template <class T = void>
using Result = BasicResult<T, Error>;

}  // namespace lamina
