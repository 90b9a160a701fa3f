#pragma once

#include <type_traits>
#include <utility>
#include <vector>

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

}  // namespace typed

inline namespace words {

/// In which order rows come: by the first term, rows equal in it by the next, and so on.
template <class M, class... Terms>
Order<M> order_by(OrderTerm<M> first, Terms... others) {
    Order<M> order;
    order.add(std::move(first));
    ((order += std::move(others)), ...);
    return order;
}

}  // namespace words
}  // namespace lamina
