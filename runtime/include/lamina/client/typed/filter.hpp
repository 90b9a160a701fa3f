#pragma once

#include <type_traits>
#include <utility>

#include <lamina/client/typed/argument.hpp>
#include <lamina/client/typed/model.hpp>

namespace lamina {

namespace query {
struct Filter;
}

namespace typed {

/// The other side of a comparison of two fields.
struct OtherField {
    FieldId id;
};

/// A filter on any model: the storage of all filter types, which add nothing but what the compiler may check.
class AnyFilter {
public:
    /// Matches every row.
    AnyFilter() noexcept;
    /// Compares a scalar field.
    AnyFilter(FieldId field, Comparison comparison, AnyValue&& value, bool insensitive = false) noexcept;
    /// Compares a scalar field with another one.
    AnyFilter(FieldId field, Comparison comparison, OtherField other, bool insensitive = false) noexcept;
    /// Compares it with a value or, unless that is none, with another field.
    AnyFilter(FieldId field, Comparison comparison, AnyValue&& value, FieldId other, bool insensitive) noexcept;
    /// The same for what is at a path of a Json field.
    AnyFilter(FieldId field, Comparison comparison, AnyValue&& value, FieldId other, AnyValue&& path,
              bool insensitive) noexcept;
    /// Compares an aggregate of a field.
    AnyFilter(FieldId field, Aggregate aggregate, Comparison comparison, AnyValue&& value, FieldId other = kNone,
              bool insensitive = false) noexcept;
    /// A condition on related rows; without `filter`, on there being one.
    AnyFilter(FieldId relation, Condition condition, const AnyFilter* filter);
    AnyFilter(const AnyFilter& other);
    AnyFilter(AnyFilter&& other) noexcept;
    AnyFilter& operator=(const AnyFilter& other);
    AnyFilter& operator=(AnyFilter&& other) noexcept;
    ~AnyFilter();

    /// The filter as plain data.
    query::Filter& data() noexcept;
    const query::Filter& data() const noexcept;

    void and_with(AnyFilter&& other);
    void or_with(AnyFilter&& other);
    void negate();

private:
    Room<80> room_;
};

}  // namespace typed

/// A condition on rows of model M: a value like any other. Made by comparing fields, joined by `&&`, `||`, `!`, `&=`,
/// `|=`. The default matches every row.
template <class M>
class Filter : public typed::AnyFilter {
public:
    using Model = M;
    using AnyFilter::AnyFilter;
    explicit Filter(AnyFilter&& filter) noexcept : AnyFilter(std::move(filter)) {}

    Filter& operator&=(Filter other) {
        this->and_with(std::move(other));
        return *this;
    }
    Filter& operator|=(Filter other) {
        this->or_with(std::move(other));
        return *this;
    }
    friend Filter operator&&(Filter left, Filter right) {
        left.and_with(std::move(right));
        return left;
    }
    friend Filter operator||(Filter left, Filter right) {
        left.or_with(std::move(right));
        return left;
    }
    friend Filter operator!(Filter filter) {
        filter.negate();
        return filter;
    }
};

/// A condition that at most one row of M meets: a unique key is given, and perhaps more.
template <class M>
class Unique : public Filter<M> {
public:
    using Filter<M>::Filter;
    friend Unique operator&&(Unique left, Filter<M> right) { return both(std::move(left), std::move(right)); }
    friend Unique operator&&(Filter<M> left, Unique right) { return both(std::move(right), std::move(left)); }
    friend Unique operator&&(Unique left, Unique right) { return both(std::move(left), std::move(right)); }

private:
    static Unique both(Unique&& key, Filter<M>&& filter) {
        key.and_with(std::move(filter));
        return std::move(key);
    }
};

/// The value of a unique key, and nothing else.
template <class M>
class Key : public Unique<M> {
public:
    using Unique<M>::Unique;
};

/// A comparison of field F, whose name the type keeps for error messages.
template <class F>
class Compare : public Filter<typename F::Model> {
public:
    using Filter<typename F::Model>::Filter;
};

/// `F == value`: the value of a unique key when F is unique.
template <class F>
class Equals : public std::conditional_t<F::is_unique, Key<typename F::Model>, Filter<typename F::Model>> {
public:
    using Base = std::conditional_t<F::is_unique, Key<typename F::Model>, Filter<typename F::Model>>;
    using Base::Base;
};

namespace typed {

// Deliberately without definition: an error that names one of these names the field, in the first line on every
// compiler.

/// A filter, ordering or selection belongs to another model than the query.
template <class Given, class QueriedModel>
struct this_belongs_to_another_model;
/// find_unique, update, delete, upsert, connect and cursor need the value of a unique key.
template <class Given>
struct this_is_not_a_comparison_with_a_unique_field;
/// Something was given that the operation does not take.
template <class Given>
struct this_is_not_an_argument_of_this_query;

/// The fields of a comparison belong to two models, or are of two types.
template <class Field, class Other, class ExpectedType>
struct these_fields_cannot_be_compared;

/// Field O, which F is compared with: of the same model, and of type T.
template <class F, class O, class T>
constexpr FieldId reference() {
    if constexpr (!std::is_same_v<typename F::Model, typename O::Model> || !std::is_same_v<typename O::Type, T>) {
        static_cast<void>(sizeof(these_fields_cannot_be_compared<F, O, T>));
    }
    return O::kId;
}

/// Compares field F with field O of the same model, which must be of type T.
template <class F, class O, class T>
Compare<F> refer(Comparison comparison) {
    return {F::kId, comparison, OtherField{reference<F, O, T>()}};
}

/// An error unless E is the value of a unique key of M, perhaps with a further filter.
template <class M, class E>
constexpr auto check_unique() {
    if constexpr (!std::is_base_of_v<AnyFilter, E>) {
        return sizeof(this_is_not_a_comparison_with_a_unique_field<E>);
    } else if constexpr (!std::is_same_v<typename E::Model, M>) {
        return sizeof(this_belongs_to_another_model<E, M>);
    } else if constexpr (!std::is_base_of_v<Unique<M>, E>) {
        return sizeof(this_is_not_a_comparison_with_a_unique_field<E>);
    }
}

/// The same filter, as what it was checked to be.
template <class M, class E>
Unique<M> unique_key(E&& key) {
    check_unique<M, E>();
    return std::forward<E>(key);
}

/// conflict() needs a unique field, or the name of a compound unique key.
template <class Field>
struct this_field_is_not_unique;

/// The fields of a unique key, as comparisons without values.
struct AnyConflict {
    AnyFilter key;
};
/// What conflict() gives.
template <class M>
struct Conflict : AnyConflict {
    using Model = M;
};

struct AnyWhere {
    AnyFilter filter;
};

/// What `where()` gives; E is the type of the filter.
template <class E>
struct Where : AnyWhere {
    using Model = typename E::Model;
};

}  // namespace typed

inline namespace words {

/// Which rows a query is about.
template <class E>
requires std::is_base_of_v<typed::AnyFilter, std::remove_cvref_t<E>> typed::Where<std::remove_cvref_t<E>> where(
    E&& filter) {
    return {{std::forward<E>(filter)}};
}

/// In upsert_many: the unique key by which rows are known, `conflict(mentor::email)`, or a compound one,
/// `conflict(session::mentorId_title)`.
template <class F>
requires std::is_base_of_v<typed::AnyField, F>
auto conflict(F) {
    if constexpr (F::is_unique) {
        return typed::Conflict<typename F::Model>{{{F::kId, typed::Comparison::Equals, typed::AnyValue()}}};
    } else {
        return sizeof(typed::this_field_is_not_unique<F>);
    }
}
template <class M, class... A>
typed::Conflict<M> conflict(Key<M> (*key)(A...)) {
    return {{key(A()...)}};
}

}  // namespace words
}  // namespace lamina
