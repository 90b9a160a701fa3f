#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <lamina/base/owned.hpp>
#include <lamina/client/session.hpp>
#include <lamina/client/typed/batch.hpp>
#include <lamina/client/typed/raw_rows.hpp>
#include <lamina/error/error.hpp>

namespace lamina {

class Adapter;
namespace meta {
struct Schema;
}

namespace typed {

/// Runs a body's statements in a transaction, throwing what goes wrong.
void run_transaction(Session& session, const TransactionOptions& options,
                     base::FunctionRef<Result<void>(Session&)> body);

/// What a client and a transaction can do besides the models' operations.
class SessionFace {
public:
    explicit SessionFace(Session& session) noexcept : session_(&session) {}

    /// Runs a raw query and gives its rows as structs of type R: the first column goes to the first member, and so on.
    /// R is a generated row, or any aggregate of up to 16 members of the types that fields have. See raw_rows.hpp for
    /// the codes.
    template <class R>
    std::vector<R> query_raw(const Sql& statement) const {
        std::vector<R> rows;
        read_raw(*session_, statement, raw_layout<R>(), &rows).value();
        return rows;
    }
    /// Runs a raw query and gives its rows as the database typed them.
    DynamicRows query_raw(const Sql& statement) const;
    /// Runs a raw statement and gives the number of affected rows.
    std::uint64_t execute_raw(const Sql& statement) const;

    template <class R>
    Result<std::vector<R>> try_query_raw(const Sql& statement) const {
        std::vector<R> rows;
        auto read = read_raw(*session_, statement, raw_layout<R>(), &rows);
        if (!read) return std::move(read).error();
        return rows;
    }
    Result<DynamicRows> try_query_raw(const Sql& statement) const;
    Result<std::uint64_t> try_execute_raw(const Sql& statement) const;

    /// Runs calls that `later()` has made, in their order and in a transaction of its own (inside a transaction: a
    /// savepoint), and gives their results: `auto [ann, number] = db.batch(db.mentor.later().find_unique(mentor::id ==
    /// 1), db.mentor.later().count())`. Fails with the error of the first call that fails, which undoes them all; its
    /// detail "batch_index" says which one it is.
    ///
    /// Calls that do not wait for each other's results are sent together; find_unique of neighbours by the same key,
    /// for the same members, is one statement.
    template <class... C>
    auto batch(const BatchOptions& options, const C&... calls) const {
        return try_batch(options, calls...).value();
    }
    template <class... C>
    auto batch(const C&... calls) const {
        return try_batch(BatchOptions(), calls...).value();
    }
    /// As many calls as there are, which give results of one type.
    template <class R>
    std::vector<R> batch(const BatchOptions& options, const std::vector<Call<R>>& calls) const {
        return run_calls(*session_, options, calls).value();
    }
    template <class R>
    std::vector<R> batch(const std::vector<Call<R>>& calls) const {
        return run_calls(*session_, BatchOptions(), calls).value();
    }
    template <class... C>
    auto try_batch(const BatchOptions& options, const C&... calls) const {
        (check_call<C>(), ...);
        return run_calls(*session_, options, std::index_sequence_for<C...>(), calls...);
    }
    template <class... C>
    auto try_batch(const C&... calls) const {
        return try_batch(BatchOptions(), calls...);
    }
    template <class R>
    Result<std::vector<R>> try_batch(const BatchOptions& options, const std::vector<Call<R>>& calls) const {
        return run_calls(*session_, options, calls);
    }
    template <class R>
    Result<std::vector<R>> try_batch(const std::vector<Call<R>>& calls) const {
        return run_calls(*session_, BatchOptions(), calls);
    }

    /// The session behind it, for code that is not generated.
    Session& underlying_session() const noexcept { return *session_; }

private:
    Session* session_;
};

/// Owns the session of a client.
class OwnedSession {
public:
    OwnedSession(const meta::Schema& schema, Adapter& adapter);
    OwnedSession(OwnedSession&&) noexcept = default;
    OwnedSession& operator=(OwnedSession&&) noexcept = default;
    ~OwnedSession();
    Session& get() const noexcept { return *session_; }

private:
    base::Owned<Session> session_;
};

}  // namespace typed

namespace typed {

template <class Delegates, class Body>
auto run_body(Session& session, Body& body, const TransactionOptions& options);

}  // namespace typed

/// What the body of a transaction gets: the models' operations, raw SQL, and nested transactions, which are savepoints.
/// Valid until the body returns; to be used by one thread at a time.
template <class Delegates>
class TransactionOf : public typed::SessionFace, public Delegates {
public:
    explicit TransactionOf(Session& on) noexcept : SessionFace(on), Delegates(on) {}
    TransactionOf(const TransactionOf&) = delete;
    TransactionOf& operator=(const TransactionOf&) = delete;

    /// Runs a body in a savepoint; see BasicClient::transaction.
    template <class Body>
    auto transaction(Body&& body, const TransactionOptions& options = {}) const {
        return typed::run_body<Delegates>(this->underlying_session(), body, options);
    }
};

namespace typed {

template <class Delegates, class Body>
auto run_body(Session& session, Body& body, const TransactionOptions& options) {
    using T = std::remove_cvref_t<std::invoke_result_t<Body&, TransactionOf<Delegates>&>>;
    if constexpr (std::is_void_v<T>) {
        run_transaction(session, options, [&body](Session& inner) -> Result<void> {
            TransactionOf<Delegates> transaction(inner);
            body(transaction);
            return {};
        });
    } else {
        std::optional<T> result;
        run_transaction(session, options, [&body, &result](Session& inner) -> Result<void> {
            TransactionOf<Delegates> transaction(inner);
            result.emplace(body(transaction));
            return {};
        });
        return T(std::move(*result));
    }
}

}  // namespace typed

/// A database client: one operation object per model (`db.mentor`), raw SQL, transactions. Generated code names it
/// `db::Client`, and `db::ClientOf` for some of the models.
///
/// May be used by several threads at once. The adapter must outlive it.
template <class Delegates>
class BasicClient : typed::OwnedSession, public typed::SessionFace, public Delegates {
public:
    /// Opens nothing: the adapter's pool connects when the first operation runs.
    BasicClient(const meta::Schema& schema, Adapter& adapter)
        : OwnedSession(schema, adapter), SessionFace(this->get()), Delegates(this->get()) {}
    BasicClient(const BasicClient&) = delete;
    BasicClient& operator=(const BasicClient&) = delete;

    /// Runs `body(tx)` in a transaction and gives what it returns. Commits when it returns; rolls back when it throws,
    /// and throws on. Fails with P2028 when the time limit passes, P2034 after conflicts.
    ///
    /// With `.retries = n` the body may run several times.
    template <class Body>
    auto transaction(Body&& body, const TransactionOptions& options = {}) const {
        return typed::run_body<Delegates>(this->underlying_session(), body, options);
    }
    /// The same, giving a Result instead of throwing lamina::Error.
    template <class Body>
    auto try_transaction(Body&& body, const TransactionOptions& options = {}) const
        -> Result<decltype(typed::run_body<Delegates>(this->underlying_session(), body, options))> {
        try {
            if constexpr (std::is_void_v<decltype(transaction(body, options))>) {
                transaction(body, options);
                return {};
            } else {
                return transaction(body, options);
            }
        } catch (const Error& error) {
            return error;
        }
    }
};

}  // namespace lamina
