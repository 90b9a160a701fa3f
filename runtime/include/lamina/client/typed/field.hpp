#pragma once

#include <type_traits>
#include <utility>

#include <lamina/client/typed/argument.hpp>
#include <lamina/client/typed/filter.hpp>
#include <lamina/client/typed/order.hpp>

namespace lamina::typed {

/// What every scalar field can do. F is the field's own type, which errors name; T the C++ type of a value without
/// null.
///
/// Member templates with `class G = F` are compiled only when they are used: F is incomplete while its base is.
template <class F, class M, class T, FieldId Id, int Properties>
struct Scalar : AnyScalar {
    using Model = M;
    using Type = T;
    static constexpr FieldId kId = Id;
    static constexpr bool is_nullable = (Properties & kNullable) != 0;
    static constexpr bool is_unique = (Properties & kUnique) != 0;
    /// The type of the member in a row.
    using Member = std::conditional_t<is_nullable, std::optional<T>, T>;
    using Argument = Arg<Member>;

    /// The same as `== value`.
    template <class G = F>
    Equals<G> equals(Argument value) const {
        return {Id, Comparison::Equals, std::move(value)};
    }
    /// The same as `!= value`.
    template <class G = F>
    Compare<G> not_(Argument value) const {
        return {Id, Comparison::Not, std::move(value)};
    }
    /// One of these values: braces, or any container.
    template <class G = F>
    Compare<G> in(ListArg<T> values) const {
        return {Id, Comparison::In, std::move(values)};
    }
    /// None of these values.
    template <class G = F>
    Compare<G> not_in(ListArg<T> values) const {
        return {Id, Comparison::NotIn, std::move(values)};
    }
    /// Orders from the smallest to the greatest.
    OrderTerm<M> asc(Nulls nulls = Nulls::Default) const { return {Id, Direction::Ascending, nulls}; }
    /// Orders from the greatest to the smallest.
    OrderTerm<M> desc(Nulls nulls = Nulls::Default) const { return {Id, Direction::Descending, nulls}; }
};

struct AnyOrdered {};
template <class F>
concept OrderedField = std::is_base_of_v<AnyOrdered, F>;

/// A field whose values have an order: numbers, texts, points in time.
template <class F, class M, class T, FieldId Id, int Properties>
struct Ordered : Scalar<F, M, T, Id, Properties>, AnyOrdered {
    /// The same as `< value`.
    template <class G = F>
    Compare<G> lt(Arg<T> value) const {
        return {Id, Comparison::Less, std::move(value)};
    }
    /// The same as `<= value`.
    template <class G = F>
    Compare<G> lte(Arg<T> value) const {
        return {Id, Comparison::LessOrEqual, std::move(value)};
    }
    /// The same as `> value`.
    template <class G = F>
    Compare<G> gt(Arg<T> value) const {
        return {Id, Comparison::Greater, std::move(value)};
    }
    /// The same as `>= value`.
    template <class G = F>
    Compare<G> gte(Arg<T> value) const {
        return {Id, Comparison::GreaterOrEqual, std::move(value)};
    }
};

/// A String field.
template <class F, class M, FieldId Id, int Properties>
struct Text : Ordered<F, M, std::string, Id, Properties> {
    using Scalar<F, M, std::string, Id, Properties>::equals;
    /// Is this text, in any letter case.
    template <class G = F>
    Compare<G> equals(Arg<std::string> value, Insensitive) const {
        return {Id, Comparison::Equals, std::move(value), true};
    }
    /// Holds this text somewhere.
    template <class G = F>
    Compare<G> contains(Arg<std::string> value) const {
        return {Id, Comparison::Contains, std::move(value)};
    }
    template <class G = F>
    Compare<G> contains(Arg<std::string> value, Insensitive) const {
        return {Id, Comparison::Contains, std::move(value), true};
    }
    /// Begins with this text.
    template <class G = F>
    Compare<G> starts_with(Arg<std::string> value) const {
        return {Id, Comparison::StartsWith, std::move(value)};
    }
    template <class G = F>
    Compare<G> starts_with(Arg<std::string> value, Insensitive) const {
        return {Id, Comparison::StartsWith, std::move(value), true};
    }
    /// Ends with this text.
    template <class G = F>
    Compare<G> ends_with(Arg<std::string> value) const {
        return {Id, Comparison::EndsWith, std::move(value)};
    }
    template <class G = F>
    Compare<G> ends_with(Arg<std::string> value, Insensitive) const {
        return {Id, Comparison::EndsWith, std::move(value), true};
    }
};

/// A field that holds a list of scalars.
template <class F, class M, class T, FieldId Id>
struct List : AnyScalar {
    using Model = M;
    using Type = std::vector<T>;
    using Member = std::vector<T>;
    using Argument = Arg<std::vector<T>>;
    static constexpr FieldId kId = Id;
    static constexpr bool is_nullable = false;
    static constexpr bool is_unique = false;

    /// The same as `== values`.
    template <class G = F>
    Compare<G> equals(Argument values) const {
        return {Id, Comparison::Equals, std::move(values)};
    }
    OrderTerm<M> asc() const { return {Id, Direction::Ascending}; }
    OrderTerm<M> desc() const { return {Id, Direction::Descending}; }
};

template <ScalarField F>
Equals<F> operator==(F, typename F::Argument value) {
    return {F::kId, Comparison::Equals, std::move(value)};
}
template <ScalarField F>
Compare<F> operator!=(F, typename F::Argument value) {
    return {F::kId, Comparison::Not, std::move(value)};
}
template <OrderedField F>
Compare<F> operator<(F, Arg<typename F::Type> value) {
    return {F::kId, Comparison::Less, std::move(value)};
}
template <OrderedField F>
Compare<F> operator<=(F, Arg<typename F::Type> value) {
    return {F::kId, Comparison::LessOrEqual, std::move(value)};
}
template <OrderedField F>
Compare<F> operator>(F, Arg<typename F::Type> value) {
    return {F::kId, Comparison::Greater, std::move(value)};
}
template <OrderedField F>
Compare<F> operator>=(F, Arg<typename F::Type> value) {
    return {F::kId, Comparison::GreaterOrEqual, std::move(value)};
}

}  // namespace lamina::typed
