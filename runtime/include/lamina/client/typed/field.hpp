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
    // The other side can be a field of the same model and type.
    template <class G = F, ScalarField O>
    Compare<G> equals(O) const {
        return refer<G, O, T>(Comparison::Equals);
    }
    template <class G = F, ScalarField O>
    Compare<G> not_(O) const {
        return refer<G, O, T>(Comparison::Not);
    }
    /// Is in the list that another field holds.
    template <class G = F, ScalarField O>
    Compare<G> in(O) const {
        return refer<G, O, std::vector<T>>(Comparison::In);
    }
    template <class G = F, ScalarField O>
    Compare<G> not_in(O) const {
        return refer<G, O, std::vector<T>>(Comparison::NotIn);
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
    template <class G = F, ScalarField O>
    Compare<G> lt(O) const {
        return refer<G, O, T>(Comparison::Less);
    }
    template <class G = F, ScalarField O>
    Compare<G> lte(O) const {
        return refer<G, O, T>(Comparison::LessOrEqual);
    }
    template <class G = F, ScalarField O>
    Compare<G> gt(O) const {
        return refer<G, O, T>(Comparison::Greater);
    }
    template <class G = F, ScalarField O>
    Compare<G> gte(O) const {
        return refer<G, O, T>(Comparison::GreaterOrEqual);
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
    // The text can be another field's.
    template <class G = F, ScalarField O>
    Compare<G> contains(O) const {
        return refer<G, O, std::string>(Comparison::Contains);
    }
    template <class G = F, ScalarField O>
    Compare<G> contains(O, Insensitive) const {
        return refer<G, O, std::string>(Comparison::Contains, true);
    }
    template <class G = F, ScalarField O>
    Compare<G> starts_with(O) const {
        return refer<G, O, std::string>(Comparison::StartsWith);
    }
    template <class G = F, ScalarField O>
    Compare<G> starts_with(O, Insensitive) const {
        return refer<G, O, std::string>(Comparison::StartsWith, true);
    }
    template <class G = F, ScalarField O>
    Compare<G> ends_with(O) const {
        return refer<G, O, std::string>(Comparison::EndsWith);
    }
    template <class G = F, ScalarField O>
    Compare<G> ends_with(O, Insensitive) const {
        return refer<G, O, std::string>(Comparison::EndsWith, true);
    }
    /// Matches a query of the database's full text search: `search("cat & dog")`. PostgreSQL only (else P2026).
    template <class G = F>
    Compare<G> search(Arg<std::string> query) const {
        return {Id, Comparison::Search, std::move(query)};
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
    /// Is not this list. A list that is NULL in the database is neither equal to a list nor not.
    template <class G = F>
    Compare<G> not_(Argument values) const {
        return {Id, Comparison::Not, std::move(values)};
    }
    /// Holds this value.
    template <class G = F>
    Compare<G> has(Arg<T> value) const {
        return {Id, Comparison::Has, std::move(value)};
    }
    /// Holds all these values; true when there are none.
    template <class G = F>
    Compare<G> has_every(ListArg<T> values) const {
        return {Id, Comparison::HasEvery, std::move(values)};
    }
    /// Holds one of these values.
    template <class G = F>
    Compare<G> has_some(ListArg<T> values) const {
        return {Id, Comparison::HasSome, std::move(values)};
    }
    /// Holds nothing; `is_empty(false)`: something.
    template <class G = F>
    Compare<G> is_empty(bool empty = true) const {
        return {Id, Comparison::IsEmpty, AnyValue(empty)};
    }
    // The other side can be a field of the same model.
    template <class G = F, ScalarField O>
    Compare<G> has(O) const {
        return refer<G, O, T>(Comparison::Has);
    }
    template <class G = F, ScalarField O>
    Compare<G> has_every(O) const {
        return refer<G, O, std::vector<T>>(Comparison::HasEvery);
    }
    template <class G = F, ScalarField O>
    Compare<G> has_some(O) const {
        return refer<G, O, std::vector<T>>(Comparison::HasSome);
    }
    OrderTerm<M> asc() const { return {Id, Direction::Ascending}; }
    OrderTerm<M> desc() const { return {Id, Direction::Descending}; }
};

/// What is at a place in the document of Json field F. Its filters are those of Prisma.
template <class F>
class JsonPlace {
public:
    explicit JsonPlace(AnyValue&& path) noexcept : path_(std::move(path)) {}

    Compare<F> equals(Arg<Json> value) const { return compare(Comparison::Equals, std::move(value)); }
    /// `null`: there is nothing at this place; `json_null`: there is a null.
    Compare<F> equals(Null) const { return compare(Comparison::Equals, AnyValue(null)); }
    Compare<F> not_(Arg<Json> value) const { return compare(Comparison::Not, std::move(value)); }
    Compare<F> not_(Null) const { return compare(Comparison::Not, AnyValue(null)); }
    Filter<typename F::Model> equals(AnyNull) const { return equals(null) || equals(json_null); }
    Filter<typename F::Model> not_(AnyNull) const { return not_(null) && not_(json_null); }
    // Numbers with numbers, and texts with texts; PostgreSQL only (else P2026).
    Compare<F> lt(Arg<Json> value) const { return compare(Comparison::Less, std::move(value)); }
    Compare<F> lte(Arg<Json> value) const { return compare(Comparison::LessOrEqual, std::move(value)); }
    Compare<F> gt(Arg<Json> value) const { return compare(Comparison::Greater, std::move(value)); }
    Compare<F> gte(Arg<Json> value) const { return compare(Comparison::GreaterOrEqual, std::move(value)); }
    Compare<F> string_contains(Arg<std::string> text) const { return compare(Comparison::Contains, std::move(text)); }
    Compare<F> string_contains(Arg<std::string> text, Insensitive) const {
        return compare(Comparison::Contains, std::move(text), true);
    }
    Compare<F> string_starts_with(Arg<std::string> text) const {
        return compare(Comparison::StartsWith, std::move(text));
    }
    Compare<F> string_starts_with(Arg<std::string> text, Insensitive) const {
        return compare(Comparison::StartsWith, std::move(text), true);
    }
    Compare<F> string_ends_with(Arg<std::string> text) const { return compare(Comparison::EndsWith, std::move(text)); }
    Compare<F> string_ends_with(Arg<std::string> text, Insensitive) const {
        return compare(Comparison::EndsWith, std::move(text), true);
    }
    /// There is an array that holds all elements of this one; PostgreSQL only (else P2026).
    Compare<F> array_contains(Arg<Json> value) const { return compare(Comparison::ArrayContains, std::move(value)); }
    /// There is an array whose first / last element is this value.
    Compare<F> array_starts_with(Arg<Json> value) const {
        return compare(Comparison::ArrayStartsWith, std::move(value));
    }
    Compare<F> array_ends_with(Arg<Json> value) const { return compare(Comparison::ArrayEndsWith, std::move(value)); }

private:
    Compare<F> compare(Comparison comparison, AnyValue&& value, bool insensitive = false) const {
        return {F::kId, comparison, std::move(value), AnyValue(path_), insensitive};
    }
    AnyValue path_;
};

/// A Json field.
template <class F, class M, FieldId Id, int Properties>
struct Document : Scalar<F, M, Json, Id, Properties> {
    /// A place in the document: `data.path("address", "city")`, `data.path("tags", "0")`; `data.path()`: the document
    /// itself. A step of digits only is an element's number.
    template <class... Steps>
    JsonPlace<F> path(const Steps&... steps) const {
        if constexpr (sizeof...(Steps) == 0) {
            return JsonPlace<F>(AnyValue(null));
        } else {
            return JsonPlace<F>(ListArg<std::string>{Arg<std::string>(steps)...});
        }
    }
};

// Two fields of one model and type.
template <ScalarField F, ScalarField O>
Compare<F> operator==(F, O) {
    return refer<F, O, typename F::Type>(Comparison::Equals);
}
template <ScalarField F, ScalarField O>
Compare<F> operator!=(F, O) {
    return refer<F, O, typename F::Type>(Comparison::Not);
}
template <OrderedField F, ScalarField O>
Compare<F> operator<(F, O) {
    return refer<F, O, typename F::Type>(Comparison::Less);
}
template <OrderedField F, ScalarField O>
Compare<F> operator<=(F, O) {
    return refer<F, O, typename F::Type>(Comparison::LessOrEqual);
}
template <OrderedField F, ScalarField O>
Compare<F> operator>(F, O) {
    return refer<F, O, typename F::Type>(Comparison::Greater);
}
template <OrderedField F, ScalarField O>
Compare<F> operator>=(F, O) {
    return refer<F, O, typename F::Type>(Comparison::GreaterOrEqual);
}

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
