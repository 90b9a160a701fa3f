#pragma once

#include <type_traits>
#include <utility>

#include <lamina/client/typed/argument.hpp>
#include <lamina/client/typed/filter.hpp>
#include <lamina/client/typed/order.hpp>

namespace lamina::typed {

// Constructors from fields take O&&: clang 14 lets others hide the inherited ones.

/// What a filter of field F takes: a value of type A, or a field of the same model and of type T.
template <class F, class A, class T = A>
struct Operand : Arg<A> {
    FieldId other = kNone;  ///< the field, unless it is a value
    using Arg<A>::Arg;
    template <class O>
    requires ScalarField<std::remove_cvref_t<O>> Operand(O&&) : other(reference<F, std::remove_cvref_t<O>, T>()) {}
};
/// The same for a list of values, or a field that holds a list.
template <class F, class T>
struct ListOperand : ListArg<T> {
    FieldId other = kNone;
    using ListArg<T>::ListArg;
    template <class O>
    requires ScalarField<std::remove_cvref_t<O>> ListOperand(O&&)
        : ListArg<T>(typename ListArg<T>::NotGiven{}), other(reference<F, std::remove_cvref_t<O>, std::vector<T>>()) {}
};

/// Whether letter case matters: the last argument of filters of texts. Other fields' filters take none.
struct Mode {
    bool insensitive = false;
    constexpr Mode() noexcept = default;
    constexpr Mode(Insensitive) noexcept : insensitive(true) {}
};
struct NoMode {
    static constexpr bool insensitive = false;
};
template <class T>
using ModeOf = std::conditional_t<std::is_same_v<T, std::string>, Mode, NoMode>;

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
    /// The same as `== field`, of the same model and type.
    template <class G = F, ScalarField O>
    Compare<G> equals(O) const {
        return refer<G, O, T>(Comparison::Equals);
    }
    /// The same as `!= value`. Here and below the other side can be a field of the same model, and `insensitive` the
    /// last argument where both are texts.
    template <class G = F>
    Compare<G> not_(Operand<F, Member, T> value, ModeOf<T> mode = {}) const {
        return {Id, Comparison::Not, std::move(value), value.other, mode.insensitive};
    }
    /// One of these values: braces, any container, or a field that holds a list.
    template <class G = F>
    Compare<G> in(ListOperand<F, T> values, ModeOf<T> mode = {}) const {
        return {Id, Comparison::In, std::move(values), values.other, mode.insensitive};
    }
    /// None of these values.
    template <class G = F>
    Compare<G> not_in(ListOperand<F, T> values, ModeOf<T> mode = {}) const {
        return {Id, Comparison::NotIn, std::move(values), values.other, mode.insensitive};
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
    Compare<G> lt(Operand<F, T> value, ModeOf<T> mode = {}) const {
        return {Id, Comparison::Less, std::move(value), value.other, mode.insensitive};
    }
    /// The same as `<= value`.
    template <class G = F>
    Compare<G> lte(Operand<F, T> value, ModeOf<T> mode = {}) const {
        return {Id, Comparison::LessOrEqual, std::move(value), value.other, mode.insensitive};
    }
    /// The same as `> value`.
    template <class G = F>
    Compare<G> gt(Operand<F, T> value, ModeOf<T> mode = {}) const {
        return {Id, Comparison::Greater, std::move(value), value.other, mode.insensitive};
    }
    /// The same as `>= value`.
    template <class G = F>
    Compare<G> gte(Operand<F, T> value, ModeOf<T> mode = {}) const {
        return {Id, Comparison::GreaterOrEqual, std::move(value), value.other, mode.insensitive};
    }
};

/// A String field.
template <class F, class M, FieldId Id, int Properties>
struct Text : Ordered<F, M, std::string, Id, Properties> {
    using Scalar<F, M, std::string, Id, Properties>::equals;
    /// Is this text, in any letter case. Never the value of a unique key.
    template <class G = F>
    Compare<G> equals(Operand<F, std::string> value, Insensitive) const {
        return {Id, Comparison::Equals, std::move(value), value.other, true};
    }
    /// Holds this text somewhere.
    template <class G = F>
    Compare<G> contains(Operand<F, std::string> value, Mode mode = {}) const {
        return {Id, Comparison::Contains, std::move(value), value.other, mode.insensitive};
    }
    /// Begins with this text.
    template <class G = F>
    Compare<G> starts_with(Operand<F, std::string> value, Mode mode = {}) const {
        return {Id, Comparison::StartsWith, std::move(value), value.other, mode.insensitive};
    }
    /// Ends with this text.
    template <class G = F>
    Compare<G> ends_with(Operand<F, std::string> value, Mode mode = {}) const {
        return {Id, Comparison::EndsWith, std::move(value), value.other, mode.insensitive};
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

    /// The same as `== values`. Here and below the other side can be a field of the same model.
    template <class G = F>
    Compare<G> equals(ListOperand<F, T> values) const {
        return {Id, Comparison::Equals, std::move(values), values.other, false};
    }
    /// Is not this list. A list that is NULL in the database is neither equal to a list nor not.
    template <class G = F>
    Compare<G> not_(ListOperand<F, T> values) const {
        return {Id, Comparison::Not, std::move(values), values.other, false};
    }
    /// Holds this value.
    template <class G = F>
    Compare<G> has(Operand<F, T> value) const {
        return {Id, Comparison::Has, std::move(value), value.other, false};
    }
    /// Holds all these values; true when there are none.
    template <class G = F>
    Compare<G> has_every(ListOperand<F, T> values) const {
        return {Id, Comparison::HasEvery, std::move(values), values.other, false};
    }
    /// Holds one of these values.
    template <class G = F>
    Compare<G> has_some(ListOperand<F, T> values) const {
        return {Id, Comparison::HasSome, std::move(values), values.other, false};
    }
    /// Holds nothing; `is_empty(false)`: something.
    template <class G = F>
    Compare<G> is_empty(bool empty = true) const {
        return {Id, Comparison::IsEmpty, AnyValue(empty)};
    }
    OrderTerm<M> asc() const { return {Id, Direction::Ascending}; }
    OrderTerm<M> desc() const { return {Id, Direction::Descending}; }
};

/// What is at a place in the document of Json field F. Its filters are those of Prisma.
template <class F>
class JsonPlace {
    using Document = Operand<F, Json>;
    using Text = Operand<F, std::string>;

public:
    explicit JsonPlace(AnyValue&& path) noexcept : path_(std::move(path)) {}

    /// The other side of a comparison is a document or a Json field of the same model, that of a text filter a text or
    /// a String field.
    Compare<F> equals(Document value) const { return compare(Comparison::Equals, std::move(value), value.other); }
    /// `null`: there is nothing at this place; `json_null`: there is a null.
    Compare<F> equals(Null) const { return compare(Comparison::Equals, AnyValue(null)); }
    Compare<F> not_(Document value) const { return compare(Comparison::Not, std::move(value), value.other); }
    Compare<F> not_(Null) const { return compare(Comparison::Not, AnyValue(null)); }
    Filter<typename F::Model> equals(AnyNull) const { return equals(null) || equals(json_null); }
    Filter<typename F::Model> not_(AnyNull) const { return not_(null) && not_(json_null); }
    // Numbers with numbers, and texts with texts; PostgreSQL only (else P2026).
    Compare<F> lt(Document value) const { return compare(Comparison::Less, std::move(value), value.other); }
    Compare<F> lte(Document value) const { return compare(Comparison::LessOrEqual, std::move(value), value.other); }
    Compare<F> gt(Document value) const { return compare(Comparison::Greater, std::move(value), value.other); }
    Compare<F> gte(Document value) const { return compare(Comparison::GreaterOrEqual, std::move(value), value.other); }
    Compare<F> string_contains(Text text, Mode mode = {}) const {
        return compare(Comparison::Contains, std::move(text), text.other, mode);
    }
    Compare<F> string_starts_with(Text text, Mode mode = {}) const {
        return compare(Comparison::StartsWith, std::move(text), text.other, mode);
    }
    Compare<F> string_ends_with(Text text, Mode mode = {}) const {
        return compare(Comparison::EndsWith, std::move(text), text.other, mode);
    }
    /// There is an array that holds all elements of this one; PostgreSQL only (else P2026).
    Compare<F> array_contains(Document value) const {
        return compare(Comparison::ArrayContains, std::move(value), value.other);
    }
    /// There is an array whose first / last element is this value.
    Compare<F> array_starts_with(Document value) const {
        return compare(Comparison::ArrayStartsWith, std::move(value), value.other);
    }
    Compare<F> array_ends_with(Document value) const {
        return compare(Comparison::ArrayEndsWith, std::move(value), value.other);
    }

private:
    Compare<F> compare(Comparison comparison, AnyValue&& value, FieldId other = kNone, Mode mode = {}) const {
        return {F::kId, comparison, std::move(value), other, AnyValue(path_), mode.insensitive};
    }
    AnyValue path_;
};

struct AnyDocument {};
template <class F>
concept DocumentField = std::is_base_of_v<AnyDocument, F>;

/// A Json field.
template <class F, class M, FieldId Id, int Properties>
struct Document : Scalar<F, M, Json, Id, Properties>, AnyDocument {
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

// Both kinds of null, SQL's and JSON's.
template <DocumentField F>
Filter<typename F::Model> operator==(F, AnyNull) {
    return JsonPlace<F>(AnyValue(null)).equals(any_null);
}
template <DocumentField F>
Filter<typename F::Model> operator!=(F, AnyNull) {
    return JsonPlace<F>(AnyValue(null)).not_(any_null);
}

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
