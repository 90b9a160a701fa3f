#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <lamina/client/session.hpp>
#include <lamina/client/typed/request.hpp>

namespace lamina {

namespace typed {

/// Something else than a call was given to batch(): calls that are not run at once are made by `later()`.
template <class Given>
struct this_is_not_a_call_made_by_later;

/// An operation that has not been run, with all its inputs, and the session that it was made for.
class AnyCall {
public:
    AnyCall(Session& session, Request& request);
    AnyCall(const AnyCall& other);
    AnyCall(AnyCall&& other) noexcept : content_(std::exchange(other.content_, nullptr)) {}
    AnyCall& operator=(AnyCall other) noexcept {
        std::swap(content_, other.content_);
        return *this;
    }
    ~AnyCall();

private:
    friend struct Batch;
    struct Content;
    Content* content_;  ///< null only after a move
};

}  // namespace typed

/// What `db.mentor.later().find_many(…)` gives: a call that a batch() runs, once or again and again, and that gives an
/// R then. A value, which owns all its inputs. The client or transaction that it was made for must outlive it.
template <class R>
class [[nodiscard]] Call : public typed::AnyCall {
public:
    using Result = R;
    using AnyCall::AnyCall;
};

namespace typed {

template <std::size_t I, class R>
struct ResultAt {
    R value{};
};
template <std::size_t I, class R>
R type_at(const ResultAt<I, R>&);
template <std::size_t I, class R>
R& result_at(ResultAt<I, R>& at) noexcept {
    return at.value;
}
template <class Indexes, class... R>
struct ResultList;
template <std::size_t... I, class... R>
struct ResultList<std::index_sequence<I...>, R...> : ResultAt<I, R>... {};

}  // namespace typed

/// The results of a batch's calls, in their order: `auto [ann, number] = db.batch(…)`, or `results.get<0>()`.
/// Not a std::tuple, because that takes a twentieth of a client's compile time.
template <class... R>
class Results : public typed::ResultList<std::index_sequence_for<R...>, R...> {
public:
    template <std::size_t I>
    auto& get() & noexcept {
        return typed::result_at<I>(*this);
    }
    template <std::size_t I>
    const auto& get() const& noexcept {
        return typed::result_at<I>(const_cast<Results&>(*this));
    }
    template <std::size_t I>
    auto&& get() && noexcept {
        return std::move(typed::result_at<I>(*this));
    }
};

namespace typed {

/// How a delegate ends a call that is not run.
struct Deferring {
    template <class R>
    static Call<std::vector<R>> many(Session& session, Request& request) {
        return {session, request};
    }
    template <class R>
    static Call<std::optional<R>> maybe(Session& session, Request& request) {
        return {session, request};
    }
    template <class R>
    static Call<R> one(Session& session, Request& request) {
        return {session, request};
    }
    static Call<std::uint64_t> count(Session& session, Request& request) { return {session, request}; }
};

/// A call of a batch, and where its result goes.
struct Pending {
    const AnyCall* call = nullptr;
    void* result = nullptr;
    void (*clear)(void* result) = nullptr;
    ChildLayout::Kind kind = ChildLayout::Kind::One;
    bool has_rows = true;
    RowLayout layout;
};

/// The address of a row that is at a fixed place.
void* at_its_place(void* row) noexcept;

/// How a result of type R is filled: a single row, here.
template <class R>
struct Filling {
    static void prepare(Pending& pending) {
        pending.layout = Layout<R, Use::One>::value;
        pending.layout.append = at_its_place;
        pending.layout.data = at_its_place;
    }
};
template <class R>
struct Filling<std::vector<R>> {
    static void prepare(Pending& pending) {
        pending.kind = Use::Many;
        pending.layout = Layout<R, Use::Many>::value;
    }
};
template <class R>
struct Filling<std::optional<R>> {
    static void* row(void* result) { return &**static_cast<std::optional<R>*>(result); }
    static void prepare(Pending& pending) {
        pending.kind = Use::Optional;
        pending.layout = Layout<R, Use::Optional>::value;
        pending.layout.append = pending.layout.emplace;
        pending.layout.data = row;
    }
};
template <>
struct Filling<std::uint64_t> {
    static void prepare(Pending& pending) { pending.has_rows = false; }
};

template <class R>
void clear_result(void* result) {
    *static_cast<R*>(result) = R();
}

template <class R>
void prepare(Pending& pending, const Call<R>& call, R& result) {
    pending.call = &call;
    pending.result = &result;
    pending.clear = clear_result<R>;
    Filling<R>::prepare(pending);
}

/// Runs calls, all of them or none. Fails with what the first call that fails does; its place in the batch stands in
/// the message, and in the detail "batch_index", from 0. Fails with P2019 when one was made for another session.
Result<void> run_calls(Session& session, const BatchOptions& options, const Pending* first, std::size_t count);

template <class C>
constexpr auto check_call() {
    if constexpr (!std::is_base_of_v<AnyCall, C>) return sizeof(this_is_not_a_call_made_by_later<C>);
}

template <std::size_t... I, class... R>
Result<Results<R...>> run_calls(Session& session, const BatchOptions& options, std::index_sequence<I...>,
                                const Call<R>&... calls) {
    Results<R...> results;
    Pending pending[sizeof...(R) + 1];
    (prepare(pending[I], calls, result_at<I>(results)), ...);
    auto ran = run_calls(session, options, pending, sizeof...(R));
    if (!ran) return std::move(ran).error();
    return results;
}

template <class R>
Result<std::vector<R>> run_calls(Session& session, const BatchOptions& options, const std::vector<Call<R>>& calls) {
    std::vector<R> results(calls.size());
    std::vector<Pending> pending(calls.size());
    for (std::size_t i = 0; i < calls.size(); ++i) prepare(pending[i], calls[i], results[i]);
    auto ran = run_calls(session, options, pending.data(), pending.size());
    if (!ran) return std::move(ran).error();
    return results;
}

}  // namespace typed
}  // namespace lamina

template <class... R>
struct std::tuple_size<lamina::Results<R...>> : std::integral_constant<std::size_t, sizeof...(R)> {};
template <std::size_t I, class... R>
struct std::tuple_element<I, lamina::Results<R...>> {
    using type = decltype(lamina::typed::type_at<I>(std::declval<lamina::Results<R...>&>()));
};
