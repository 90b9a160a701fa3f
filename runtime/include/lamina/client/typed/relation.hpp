#pragma once

#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <lamina/client/typed/filter.hpp>
#include <lamina/client/typed/order.hpp>
#include <lamina/client/typed/shape.hpp>

namespace lamina::typed {

/// Loads a relation F with arguments for its rows.
template <class F, class Target, unsigned Roles, class... A>
auto load(A&&... a) {
    (check_argument<Target, Roles, std::remove_cvref_t<A>>(), ...);
    Loaded<F, RowOf<Target, A...>> loaded(F::kId);
    (add(loaded.parts(), std::forward<A>(a)), ...);
    return loaded;
}

/// A relation to any number of rows of the model To.
template <class F, class M, class To, FieldId Id>
struct ToMany : AnyRelation {
    using Model = M;
    using Target = To;
    template <class R>
    using Container = std::vector<R>;
    static constexpr FieldId kId = Id;
    static constexpr ChildLayout::Kind kKind = ChildLayout::Kind::Many;

    /// At least one related row meets the filter.
    template <class G = F>
    Compare<G> some(const Filter<To>& filter) const {
        return {Id, Condition::Some, &filter};
    }
    /// There is a related row.
    template <class G = F>
    Compare<G> some() const {
        return {Id, Condition::Some, nullptr};
    }
    /// All related rows meet the filter; true where there are none.
    template <class G = F>
    Compare<G> every(const Filter<To>& filter) const {
        return {Id, Condition::Every, &filter};
    }
    /// No related row meets the filter.
    template <class G = F>
    Compare<G> none(const Filter<To>& filter) const {
        return {Id, Condition::None, &filter};
    }
    /// There is no related row.
    template <class G = F>
    Compare<G> none() const {
        return {Id, Condition::None, nullptr};
    }
    /// The number of related rows, to order by.
    RelationCount<F, M> count() const { return {}; }
    /// In select and include: the related rows, with where, order_by, take, skip, cursor, distinct, select, include and
    /// omit of their own, for each parent.
    template <class... A>
    auto operator()(A&&... a) const {
        return load<F, To, kReading>(std::forward<A>(a)...);
    }
};

/// What both kinds of to-one relations can do.
template <class F, class M, class To, FieldId Id>
struct ToOne : AnyRelation {
    using Model = M;
    using Target = To;
    static constexpr FieldId kId = Id;

    /// There is a related row and it meets the filter.
    template <class G = F>
    Compare<G> is(const Filter<To>& filter) const {
        return {Id, Condition::Is, &filter};
    }
    /// There is no related row.
    template <class G = F>
    Compare<G> is(Null) const {
        return {Id, Condition::Is, nullptr};
    }
    /// There is no related row, or it does not meet the filter.
    template <class G = F>
    Compare<G> is_not(const Filter<To>& filter) const {
        return {Id, Condition::IsNot, &filter};
    }
    /// There is a related row.
    template <class G = F>
    Compare<G> is_not(Null) const {
        return {Id, Condition::IsNot, nullptr};
    }
    /// Orders by the related row: `session::mentor(mentor::name.asc())`.
    OrderTerm<M> operator()(OrderTerm<To> term) const { return {Id, std::move(term)}; }
    /// In select and include: the related row, with select, include and omit of its own.
    template <class... A>
    auto operator()(A&&... a) const {
        return load<F, To, kShapes>(std::forward<A>(a)...);
    }
};

/// A relation to exactly one row of the model To.
template <class F, class M, class To, FieldId Id>
struct ToExactlyOne : ToOne<F, M, To, Id> {
    template <class R>
    using Container = R;
    static constexpr ChildLayout::Kind kKind = ChildLayout::Kind::One;
};

/// A relation to one row of the model To, or none.
template <class F, class M, class To, FieldId Id>
struct ToOneOrNone : ToOne<F, M, To, Id> {
    template <class R>
    using Container = std::optional<R>;
    static constexpr ChildLayout::Kind kKind = ChildLayout::Kind::Optional;
};

}  // namespace lamina::typed
