#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <lamina/client/typed/input.hpp>
#include <lamina/client/typed/shape.hpp>
#include <lamina/error/error.hpp>

namespace lamina {

class Session;
namespace query {
struct Operation;
}

namespace typed {

/// An operation in the making, and what went wrong so far.
class Request {
public:
    Request(Action action, ModelId model);
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;
    ~Request();

    query::Operation& operation() noexcept;
    Parts parts() noexcept;
    void where(AnyFilter&& filter);
    void where(const AnyFilter& filter) { where(AnyFilter(filter)); }
    // The data of a create, an update, an upsert, a create_many. What is wrong with them is told when the request runs.
    void create(const InputLayout& layout, void* input);
    void update(const InputLayout& layout, void* input);
    void upsert(const InputLayout& create_layout, void* create, const InputLayout& update_layout, void* update);
    void rows(const InputLayout& layout, const void* inputs, std::size_t count, bool may_move);

    /// Runs it; rows are appended to the std::vector at `rows`. Throws what goes wrong.
    std::uint64_t run(Session& session, const RowLayout* layout, void* rows);
    /// Runs it for a single row at `row`, which is not in a vector. Throws what goes wrong.
    std::uint64_t run_one(Session& session, const RowLayout& layout, void* row);
    Result<std::uint64_t> try_run(Session& session, const RowLayout* layout, void* rows);
    Result<std::uint64_t> try_run_one(Session& session, const RowLayout& layout, void* row);
    /// The statements that would run.
    std::vector<std::string> sql(Session& session);
    /// Whether it can run; else what is wrong with its inputs.
    Result<void> ready();

private:
    void keep(Error&& error);
    Room<600> room_;
    Error* error_ = nullptr;
};

// How a delegate ends a call: it throws, gives a Result, or shows the SQL. `Many`, `Maybe` and `One` are numbers of
// rows.

struct Throwing {
    template <class R>
    static std::vector<R> many(Session& session, Request& request) {
        std::vector<R> rows;
        request.run(session, &Layout<R, Use::Many>::value, &rows);
        return rows;
    }
    template <class R>
    static std::optional<R> maybe(Session& session, Request& request) {
        std::optional<R> row(std::in_place);
        if (request.run_one(session, Layout<R, Use::One>::value, &*row) == 0) row.reset();
        return row;
    }
    template <class R>
    static R one(Session& session, Request& request) {
        R row{};
        request.run_one(session, Layout<R, Use::One>::value, &row);
        return row;
    }
    static std::uint64_t count(Session& session, Request& request) { return request.run(session, nullptr, nullptr); }
};

struct Trying {
    template <class R>
    static Result<std::vector<R>> many(Session& session, Request& request) {
        std::vector<R> rows;
        auto ran = request.try_run(session, &Layout<R, Use::Many>::value, &rows);
        if (!ran) return std::move(ran).error();
        return rows;
    }
    template <class R>
    static Result<std::optional<R>> maybe(Session& session, Request& request) {
        std::optional<R> row(std::in_place);
        auto ran = request.try_run_one(session, Layout<R, Use::One>::value, &*row);
        if (!ran) return std::move(ran).error();
        if (*ran == 0) row.reset();
        return row;
    }
    template <class R>
    static Result<R> one(Session& session, Request& request) {
        R row{};
        auto ran = request.try_run_one(session, Layout<R, Use::One>::value, &row);
        if (!ran) return std::move(ran).error();
        return row;
    }
    static Result<std::uint64_t> count(Session& session, Request& request) {
        return request.try_run(session, nullptr, nullptr);
    }
};

struct ShowingSql {
    template <class R>
    static std::vector<std::string> many(Session& session, Request& request) {
        return request.sql(session);
    }
    template <class R>
    static std::vector<std::string> maybe(Session& session, Request& request) {
        return request.sql(session);
    }
    template <class R>
    static std::vector<std::string> one(Session& session, Request& request) {
        return request.sql(session);
    }
    static std::vector<std::string> count(Session& session, Request& request) { return request.sql(session); }
};

}  // namespace typed
}  // namespace lamina
