#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include <lamina/client/typed/field.hpp>
#include <lamina/client/typed/filter.hpp>
#include <lamina/client/typed/order.hpp>
#include <lamina/client/typed/row.hpp>

namespace lamina {

namespace typed {

/// A filter on groups of any model.
struct AnyHaving {
    AnyFilter filter;
};

/// A filter on groups: compares aggregates, and fields that rows are grouped by. It is no filter on rows.
template <class M>
struct Having : AnyHaving {
    using Model = M;
    Having(lamina::Filter<M> of_fields) noexcept : AnyHaving{std::move(of_fields)} {}
    Having(FieldId field, Aggregate aggregate, Comparison comparison, AnyValue&& value, FieldId other = kNone,
           bool insensitive = false) noexcept
        : AnyHaving{AnyFilter(field, aggregate, comparison, std::move(value), other, insensitive)} {}
    /// What groups of any model may have: `count() > 2`.
    template <class V>
    requires(std::is_void_v<V> && !std::is_void_v<M>) Having(Having<V> any)
    noexcept : AnyHaving(std::move(any)) {}
    friend Having operator&&(Having left, Having right) {
        left.filter.and_with(std::move(right.filter));
        return left;
    }
    friend Having operator||(Having left, Having right) {
        left.filter.or_with(std::move(right.filter));
        return left;
    }
    friend Having operator!(Having filter) {
        filter.filter.negate();
        return filter;
    }
};

// The number of rows is of no model until something else is.
template <class F>
concept FilterOfModel = std::is_base_of_v<AnyFilter, F>;
template <FilterOfModel F>
Having<typename F::Model> operator&&(F filter, Having<void> of_rows) {
    return Having<typename F::Model>(std::move(filter)) && Having<typename F::Model>(std::move(of_rows));
}
template <FilterOfModel F>
Having<typename F::Model> operator&&(Having<void> of_rows, F filter) {
    return Having<typename F::Model>(std::move(of_rows)) && Having<typename F::Model>(std::move(filter));
}
template <FilterOfModel F>
Having<typename F::Model> operator||(F filter, Having<void> of_rows) {
    return Having<typename F::Model>(std::move(filter)) || Having<typename F::Model>(std::move(of_rows));
}
template <FilterOfModel F>
Having<typename F::Model> operator||(Having<void> of_rows, F filter) {
    return Having<typename F::Model>(std::move(of_rows)) || Having<typename F::Model>(std::move(filter));
}

/// An aggregate of any field.
struct AnyCalculated {};

template <class T>
struct WithoutNull {
    using type = T;
};
template <class T>
struct WithoutNull<std::optional<T>> {
    using type = T;
};

/// What an aggregate of a value of type T gives.
template <Aggregate A, class T>
struct Calculation {
    using type = std::optional<T>;  // min, max
};
template <class T>
struct Calculation<Aggregate::Count, T> {
    using type = std::int64_t;
};
template <class T>
struct Calculation<Aggregate::Sum, T> {
    static_assert(std::is_arithmetic_v<T> && !std::is_same_v<T, bool>, "only numbers have a sum");
    using type = std::optional<std::conditional_t<std::is_integral_v<T>, std::int64_t, T>>;
};
template <>
struct Calculation<Aggregate::Sum, Decimal> {
    using type = std::optional<Decimal>;
};
template <class T>
struct Calculation<Aggregate::Average, T> {
    static_assert(std::is_arithmetic_v<T> && !std::is_same_v<T, bool>, "only numbers have an average");
    using type = std::optional<double>;
};
template <>
struct Calculation<Aggregate::Average, Decimal> {
    using type = std::optional<Decimal>;
};

/// `sum(mentor::rate)`: asked for in aggregate and group_by, compared in having, ordered by in group_by.
template <Aggregate A, class F>
struct Calculated : AnyCalculated {
    using Model = typename F::Model;
    using Value = typename Calculation<A, typename F::Type>::type;
    using Type = typename WithoutNull<Value>::type;
    using Argument = Arg<Value>;
    /// The other side can be a field of the model: of the field's type, or an Int for a count.
    using Other = std::conditional_t<A == Aggregate::Count, std::int32_t, typename F::Type>;
    using Member = typename F::template RowMember<Value>;
    static constexpr Aggregate kAggregate = A;
    static constexpr FieldId kId = F::kId;
    template <class Values>
    static constexpr std::size_t offset_in = F::template offset_in<Values>;

    OrderTerm<Model> asc(Nulls nulls = Nulls::Default) const { return {kId, A, Direction::Ascending, nulls}; }
    OrderTerm<Model> desc(Nulls nulls = Nulls::Default) const { return {kId, A, Direction::Descending, nulls}; }
    // The filters of a field of that type, for having().
    Having<Model> equals(Operand<F, Value, Other> value, ModeOf<Type> mode = {}) const {
        return {kId, A, Comparison::Equals, std::move(value), value.other, mode.insensitive};
    }
    Having<Model> not_(Operand<F, Value, Other> value, ModeOf<Type> mode = {}) const {
        return {kId, A, Comparison::Not, std::move(value), value.other, mode.insensitive};
    }
    Having<Model> in(ListArg<Type> values, ModeOf<Type> mode = {}) const {
        return {kId, A, Comparison::In, std::move(values), kNone, mode.insensitive};
    }
    Having<Model> not_in(ListArg<Type> values, ModeOf<Type> mode = {}) const {
        return {kId, A, Comparison::NotIn, std::move(values), kNone, mode.insensitive};
    }
    Having<Model> lt(Operand<F, Type, Other> value, ModeOf<Type> mode = {}) const {
        return {kId, A, Comparison::Less, std::move(value), value.other, mode.insensitive};
    }
    Having<Model> lte(Operand<F, Type, Other> value, ModeOf<Type> mode = {}) const {
        return {kId, A, Comparison::LessOrEqual, std::move(value), value.other, mode.insensitive};
    }
    Having<Model> gt(Operand<F, Type, Other> value, ModeOf<Type> mode = {}) const {
        return {kId, A, Comparison::Greater, std::move(value), value.other, mode.insensitive};
    }
    Having<Model> gte(Operand<F, Type, Other> value, ModeOf<Type> mode = {}) const {
        return {kId, A, Comparison::GreaterOrEqual, std::move(value), value.other, mode.insensitive};
    }
    template <class G = Type>
    requires std::is_same_v<G, std::string> Having<Model> contains(Operand<F, Type> value, Mode mode = {})
    const { return {kId, A, Comparison::Contains, std::move(value), value.other, mode.insensitive}; }
    template <class G = Type>
    requires std::is_same_v<G, std::string> Having<Model> starts_with(Operand<F, Type> value, Mode mode = {})
    const { return {kId, A, Comparison::StartsWith, std::move(value), value.other, mode.insensitive}; }
    template <class G = Type>
    requires std::is_same_v<G, std::string> Having<Model> ends_with(Operand<F, Type> value, Mode mode = {})
    const { return {kId, A, Comparison::EndsWith, std::move(value), value.other, mode.insensitive}; }
};

#if defined(__GNUC__)  // composed rows have simple layouts, whatever the standard calls them
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
#endif
/// `count()`: the number of rows.
struct CountRows : AnyCalculated {
    using Model = void;
    using Value = std::int64_t;
    using Argument = Arg<std::int64_t>;
    struct Member {
        std::int64_t _all{};
    };
    static constexpr Aggregate kAggregate = Aggregate::Count;
    static constexpr FieldId kId = kNone;
    template <class Values>
    static constexpr std::size_t offset_in = offsetof(Values, _all);
    OrderTerm<void> asc() const { return {kId, kAggregate, Direction::Ascending, Nulls::Default}; }
    OrderTerm<void> desc() const { return {kId, kAggregate, Direction::Descending, Nulls::Default}; }
};
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

template <class C>
concept ComparedCalculation = std::is_base_of_v<AnyCalculated, C>;

template <ComparedCalculation C>
Having<typename C::Model> operator==(C, typename C::Argument value) {
    return {C::kId, C::kAggregate, Comparison::Equals, std::move(value)};
}
template <ComparedCalculation C>
Having<typename C::Model> operator!=(C, typename C::Argument value) {
    return {C::kId, C::kAggregate, Comparison::Not, std::move(value)};
}
template <ComparedCalculation C>
Having<typename C::Model> operator<(C, typename C::Argument value) {
    return {C::kId, C::kAggregate, Comparison::Less, std::move(value)};
}
template <ComparedCalculation C>
Having<typename C::Model> operator<=(C, typename C::Argument value) {
    return {C::kId, C::kAggregate, Comparison::LessOrEqual, std::move(value)};
}
template <ComparedCalculation C>
Having<typename C::Model> operator>(C, typename C::Argument value) {
    return {C::kId, C::kAggregate, Comparison::Greater, std::move(value)};
}
template <ComparedCalculation C>
Having<typename C::Model> operator>=(C, typename C::Argument value) {
    return {C::kId, C::kAggregate, Comparison::GreaterOrEqual, std::move(value)};
}

struct AnyBy {
    const FieldId* fields;
    std::size_t count;
};
/// What by() gives.
template <class M, class... F>
struct By : AnyBy {
    using Model = M;
};

// The members of a result: `_count`, `_sum`, `_avg`, `_min`, `_max`, each a struct of what was asked for.

template <class... Items>
struct Values : Items::Member... {};
template <Aggregate A, class Items>
struct ValuesMember {};
#if defined(__GNUC__)  // composed rows have simple layouts, whatever the standard calls them
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
#endif
template <class First, class... Items>
struct ValuesMember<Aggregate::Count, Fields<First, Items...>> {
    Values<First, Items...> _count{};
    template <class Row>
    static constexpr std::size_t offset_in = offsetof(Row, _count);
};
template <class First, class... Items>
struct ValuesMember<Aggregate::Sum, Fields<First, Items...>> {
    Values<First, Items...> _sum{};
    template <class Row>
    static constexpr std::size_t offset_in = offsetof(Row, _sum);
};
template <class First, class... Items>
struct ValuesMember<Aggregate::Average, Fields<First, Items...>> {
    Values<First, Items...> _avg{};
    template <class Row>
    static constexpr std::size_t offset_in = offsetof(Row, _avg);
};
template <class First, class... Items>
struct ValuesMember<Aggregate::Minimum, Fields<First, Items...>> {
    Values<First, Items...> _min{};
    template <class Row>
    static constexpr std::size_t offset_in = offsetof(Row, _min);
};
template <class First, class... Items>
struct ValuesMember<Aggregate::Maximum, Fields<First, Items...>> {
    Values<First, Items...> _max{};
    template <class Row>
    static constexpr std::size_t offset_in = offsetof(Row, _max);
};
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

template <Aggregate A, class... Items>
using Only = decltype((Fields<>{} + ... + std::conditional_t<Items::kAggregate == A, Fields<Items>, Fields<>>{}));
template <class... Items>
Values<Items...> values_of(Fields<Items...>);

/// A row of aggregate (without fields) and group_by.
template <class Fields, class... Items>
struct CalculatedRow;
template <class... F, class... Items>
struct CalculatedRow<Fields<F...>, Items...> : F::template RowMember<>...,
                                               ValuesMember<Aggregate::Count, Only<Aggregate::Count, Items...>>,
                                               ValuesMember<Aggregate::Sum, Only<Aggregate::Sum, Items...>>,
                                               ValuesMember<Aggregate::Average, Only<Aggregate::Average, Items...>>,
                                               ValuesMember<Aggregate::Minimum, Only<Aggregate::Minimum, Items...>>,
                                               ValuesMember<Aggregate::Maximum, Only<Aggregate::Maximum, Items...>> {};

template <class R, class By, class... Items>
struct CalculatedTable;
template <class R, class... F, class... Items>
struct CalculatedTable<R, Fields<F...>, Items...> {
    Slot slots[sizeof...(F) + sizeof...(Items) + 1];
    constexpr CalculatedTable() : slots{} {
        [[maybe_unused]] Slot* slot = slots;
        ((*slot++ = SlotFor<typename F::Member>::at(F::template offset_in<R>)), ...);
        ((*slot++ = SlotFor<typename Items::Value>::at(offset_of<Items>())), ...);
    }
    template <class Item>
    static constexpr std::size_t offset_of() {
        using Same = Only<Item::kAggregate, Items...>;
        return ValuesMember<Item::kAggregate, Same>::template offset_in<R> +
               Item::template offset_in<decltype(values_of(Same{}))>;
    }
};
template <class R, class By, class... Items>
inline constexpr CalculatedTable<R, By, Items...> kCalculatedTable{};

template <class... F, class... Items, Use U>
struct Layout<CalculatedRow<Fields<F...>, Items...>, U> {
    using R = CalculatedRow<Fields<F...>, Items...>;
    static constexpr RowLayout value =
        layout_for<R, U>({kCalculatedTable<R, Fields<F...>, Items...>.slots, sizeof...(F) + sizeof...(Items)}, {});
};

// Which row comes out of a list of arguments.

template <class By, class Items, class... A>
struct CalculatedShape;
template <class By, class... Items>
struct CalculatedShape<By, Fields<Items...>> {
    using type = CalculatedRow<By, Items...>;
};
template <class By, class Items, class Other, class... A>
struct CalculatedShape<By, Items, Other, A...> : CalculatedShape<By, Items, A...> {};
template <class By, class... Items, class C, class... A>
requires std::is_base_of_v<AnyCalculated, C>
struct CalculatedShape<By, Fields<Items...>, C, A...> : CalculatedShape<By, Fields<Items..., C>, A...> {
};
template <class By_, class Items, class M, class... F, class... A>
struct CalculatedShape<By_, Items, By<M, F...>, A...> : CalculatedShape<Fields<F...>, Items, A...> {};
template <class... A>
using CalculatedRowOf = typename CalculatedShape<Fields<>, Fields<>, std::remove_cvref_t<A>...>::type;

}  // namespace typed

inline namespace words {

// For aggregate and group_by: what is calculated. Of no values a sum, average, least and greatest is nothing.

/// The number of rows: `result._count._all`.
constexpr typed::CountRows count() noexcept { return {}; }
/// The number of rows with a value: `count(mentor::name)` gives `result._count.name`.
template <typed::ScalarField F>
constexpr typed::Calculated<typed::Aggregate::Count, F> count(F) noexcept {
    return {};
}
/// `sum(mentor::rate)` gives `result._sum.rate`.
template <typed::ScalarField F>
constexpr typed::Calculated<typed::Aggregate::Sum, F> sum(F) noexcept {
    return {};
}
template <typed::ScalarField F>
constexpr typed::Calculated<typed::Aggregate::Average, F> avg(F) noexcept {
    return {};
}
template <typed::ScalarField F>
constexpr typed::Calculated<typed::Aggregate::Minimum, F> min(F) noexcept {
    return {};
}
template <typed::ScalarField F>
constexpr typed::Calculated<typed::Aggregate::Maximum, F> max(F) noexcept {
    return {};
}

/// The fields that group_by makes groups by.
template <typed::ScalarField F, typed::ScalarField... Rest>
constexpr typed::By<typename F::Model, F, Rest...> by(F, Rest...) noexcept {
    static_assert((std::is_same_v<typename F::Model, typename Rest::Model> && ...), "fields of different models");
    return {{typed::kFieldIds<F, Rest...>, 1 + sizeof...(Rest)}};
}

/// Which groups group_by gives: `having(avg(mentor::rate) > 50 && mentor::role == Role::MENTOR)`.
template <class H>
auto having(H&& filter) {
    return typed::Having<typename std::remove_cvref_t<H>::Model>(std::forward<H>(filter));
}

}  // namespace words
}  // namespace lamina
