#pragma once

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <lamina/client/typed/argument.hpp>
#include <lamina/client/typed/model.hpp>
#include <lamina/client/typed/words.hpp>

namespace lamina {

namespace query {
struct OrderBy;
}

namespace typed {

/// One ordering of the rows of any model.
class AnyOrderTerm {
public:
    AnyOrderTerm(FieldId field, Direction direction, Nulls nulls = Nulls::Default, bool count = false);
    /// Orders groups by an aggregate.
    AnyOrderTerm(FieldId field, Aggregate aggregate, Direction direction, Nulls nulls);
    /// Orders by how well fields match a search.
    AnyOrderTerm(const FieldId* fields, std::size_t count, AnyValue&& search, Direction direction);
    /// The same ordering of a related row's rows, seen from over there.
    AnyOrderTerm(FieldId relation, AnyOrderTerm&& term);
    AnyOrderTerm(const AnyOrderTerm& other);
    AnyOrderTerm(AnyOrderTerm&& other) noexcept;
    AnyOrderTerm& operator=(const AnyOrderTerm& other);
    AnyOrderTerm& operator=(AnyOrderTerm&& other) noexcept;
    ~AnyOrderTerm();

private:
    friend class AnyOrder;
    query::OrderBy& data() noexcept;
    const query::OrderBy& data() const noexcept;
    Room<80> room_;
};

/// A list of orderings of any model.
class AnyOrder {
public:
    AnyOrder() noexcept;
    AnyOrder(const AnyOrder& other);
    AnyOrder(AnyOrder&& other) noexcept;
    AnyOrder& operator=(const AnyOrder& other);
    AnyOrder& operator=(AnyOrder&& other) noexcept;
    ~AnyOrder();

    void add(AnyOrderTerm&& term);
    std::vector<query::OrderBy>& data() noexcept;
    const std::vector<query::OrderBy>& data() const noexcept;

private:
    Room<24> room_;
};

}  // namespace typed

/// One ordering of the rows of model M: `mentor::name.desc(nulls_last)`.
template <class M>
class OrderTerm : public typed::AnyOrderTerm {
public:
    using Model = M;
    using AnyOrderTerm::AnyOrderTerm;
    /// What orders groups of any model: `count().desc()`.
    template <class V>
    requires(std::is_void_v<V> && !std::is_void_v<M>) OrderTerm(OrderTerm<V> term) : AnyOrderTerm(std::move(term)) {}
};

/// The order of rows of model M, made by order_by(); grows with `+=`. The default leaves the order to the database.
template <class M>
class Order : public typed::AnyOrder {
public:
    using Model = M;
    Order& operator+=(OrderTerm<M> term) {
        this->add(std::move(term));
        return *this;
    }
};

namespace typed {

/// Orders by the number of related rows.
template <class F, class M>
struct RelationCount {
    OrderTerm<M> asc() const { return {F::kId, Direction::Ascending, Nulls::Default, true}; }
    OrderTerm<M> desc() const { return {F::kId, Direction::Descending, Nulls::Default, true}; }
};

/// Orders by how well fields, taken together, match a search.
template <class M>
struct Relevance {
    AnyValue search;
    const FieldId* fields;
    std::size_t count;
    OrderTerm<M> asc() const { return {fields, count, AnyValue(search), Direction::Ascending}; }
    OrderTerm<M> desc() const { return {fields, count, AnyValue(search), Direction::Descending}; }
};

/// The first model of a list that is one.
template <class M, class...>
struct ModelOf {
    using type = M;
};
template <class Next, class... Others>
struct ModelOf<void, Next, Others...> : ModelOf<typename Next::Model, Others...> {};

template <class... F>
inline constexpr FieldId kFieldIds[sizeof...(F)] = {F::kId...};

}  // namespace typed

inline namespace words {

/// How well fields match a full text search, to order by: `relevance("cat", post::title, post::body).desc()`.
/// PostgreSQL only (else P2026).
template <typed::ScalarField F, typed::ScalarField... Rest>
typed::Relevance<typename F::Model> relevance(typed::Arg<std::string> search, F, Rest...) {
    static_assert((std::is_same_v<typename F::Model, typename Rest::Model> && ...), "fields of different models");
    return {std::move(search), typed::kFieldIds<F, Rest...>, 1 + sizeof...(Rest)};
}

/// In which order rows come: by the first term, rows equal in it by the next, and so on.
template <class M, class... Terms>
auto order_by(OrderTerm<M> first, Terms... others) {
    Order<typename typed::ModelOf<M, Terms...>::type> order;
    order.add(std::move(first));
    ((order += std::move(others)), ...);
    return order;
}

}  // namespace words
}  // namespace lamina
