#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <lamina/client/typed/aggregate.hpp>
#include <lamina/client/typed/count.hpp>
#include <lamina/client/typed/filter.hpp>
#include <lamina/client/typed/order.hpp>
#include <lamina/client/typed/page.hpp>
#include <lamina/client/typed/row.hpp>

namespace lamina {

namespace query {
struct Arguments;
struct Selection;
struct RelationSelection;
struct Operation;
}  // namespace query

namespace typed {

/// Where the arguments of a query, or of a loaded relation, are put.
struct Parts {
    query::Arguments& arguments;
    query::Selection& selection;
    bool* skip_duplicates = nullptr;
    query::Operation* operation = nullptr;  ///< null for a loaded relation
};

/// A loaded relation: its arguments and the selection of its rows.
class AnyLoaded {
public:
    explicit AnyLoaded(FieldId relation);
    AnyLoaded(const AnyLoaded& other);
    AnyLoaded(AnyLoaded&& other) noexcept;
    AnyLoaded& operator=(const AnyLoaded&) = delete;
    ~AnyLoaded();
    query::RelationSelection& data() noexcept;
    const query::RelationSelection& data() const noexcept;
    Parts parts() noexcept;

private:
    Room<264> room_;
};

/// What `mentor::sessions(…)` gives: relation field F, loaded into rows of type R.
template <class F, class R>
class Loaded : public AnyLoaded {
public:
    using Model = typename F::Model;
    using Item = Related<F, R>;
    using AnyLoaded::AnyLoaded;
};

/// What select, omit and include hold: fields and loaded relations of any model.
class AnySelection {
public:
    AnySelection() noexcept;
    /// Only these scalar fields.
    AnySelection(const FieldId* fields, std::size_t count);
    AnySelection(const AnySelection& other);
    AnySelection(AnySelection&& other) noexcept;
    AnySelection& operator=(const AnySelection&) = delete;
    ~AnySelection();
    void add(AnyLoaded&& relation);
    void add(const AnyLoaded& relation) { add(AnyLoaded(relation)); }
    /// A relation with all its rows.
    void add_plain(FieldId relation);
    void add_count(FieldId relation, AnyFilter&& filter);
    query::Selection& data() noexcept;
    const query::Selection& data() const noexcept;

private:
    Room<80> room_;
};

// What the words give. Each is the data above, plus what the compiler must know.

template <class M, class... Items>
struct Select : AnySelection {
    using Model = M;
    using AnySelection::AnySelection;
};
template <class M, class... Items>
struct Include : AnySelection {
    using Model = M;
};
template <class M, class... Kept>
struct Omit : AnySelection {
    using Model = M;
    using AnySelection::AnySelection;
};

/// The item of a row for what stands in a select() or include(): a field, or a loaded relation.
template <class A>
struct ItemOf {
    using type = typename A::Item;
};
template <ScalarField A>
struct ItemOf<A> {
    using type = A;
};
template <RelationField A>
struct ItemOf<A> {
    using type = Related<A, typename A::Target>;
};

// Which row comes out of a list of arguments. S: the scalar items, or all that select() names; I: the included
// relations.

template <class M, class S, class I, class... A>
struct Shape;
template <class M, class... S, class... I>
struct Shape<M, Fields<S...>, Fields<I...>> {
    using type =
        typename RowMade<((kIsCount<S> || ... || false) || (kIsCount<I> || ... || false))>::template type<S..., I...>;
};
template <class M>
struct Shape<M, Fields<M>, Fields<>> {
    using type = M;
};
template <class M, class S, class I, class Other, class... A>
struct Shape<M, S, I, Other, A...> : Shape<M, S, I, A...> {};
template <class M, class S, class I, class... Items, class... A>
struct Shape<M, S, I, Include<M, Items...>, A...> : Shape<M, S, Fields<Items...>, A...> {};
template <class M, class S, class I, class... Items, class... A>
struct Shape<M, S, I, Select<M, Items...>, A...> : Shape<M, Fields<Items...>, I, A...> {};
template <class M, class S, class I, class... Kept, class... A>
struct Shape<M, S, I, Omit<M, Kept...>, A...> : Shape<M, Fields<Kept...>, I, A...> {};

/// The type of the rows of model M that a query with arguments of types A gives.
template <class M, class... A>
using RowOf = typename Shape<M, Fields<M>, Fields<>, std::remove_cvref_t<A>...>::type;

void add(Parts parts, AnyWhere&& where);
void add(Parts parts, AnyOrder&& order);
void add(Parts parts, Take take);
void add(Parts parts, Skip skip);
void add(Parts parts, const AnyCursor& cursor);
void add(Parts parts, AnyDistinct distinct);
void add(Parts parts, AnySelection&& selection);
void add(Parts parts, RowLock lock);
void add(Parts parts, Loading loading);
void add(Parts parts, Limit limit);
void add(Parts parts, const AnyConflict& conflict);
void add(Parts parts, AnyBy by);
void add(Parts parts, AnyHaving&& having);
void add_aggregate(Parts parts, Aggregate aggregate, FieldId field);
template <class C>
requires std::is_base_of_v<AnyCalculated, C>
void add(Parts parts, C) { add_aggregate(parts, C::kAggregate, C::kId); }
inline void add(Parts parts, const AnyHaving& having) { add(parts, AnyHaving(having)); }
inline void add(Parts parts, SkipDuplicates) { *parts.skip_duplicates = true; }
inline void add(Parts parts, const AnyWhere& where) { add(parts, AnyWhere(where)); }
inline void add(Parts parts, const AnyOrder& order) { add(parts, AnyOrder(order)); }
inline void add(Parts parts, const AnySelection& selection) { add(parts, AnySelection(selection)); }

/// What an argument of a query is about; operations differ in what they take.
enum Role : unsigned {
    kFilters = 1,
    kPages = 2,
    kShapes = 4,
    kReading = 7,
    kSkips = 8,
    kCalculations = 16,
    kGroups = 32,
    kLocks = 64,
    kLoads = 128,
    kLimits = 256,
    kConflicts = 512
};
template <class A>
constexpr unsigned role_of() {
    if constexpr (std::is_base_of_v<AnyWhere, A>) {
        return kFilters;
    } else if constexpr (std::is_base_of_v<AnySelection, A>) {
        return kShapes;
    } else if constexpr (std::is_same_v<A, SkipDuplicates>) {
        return kSkips;
    } else if constexpr (std::is_base_of_v<AnyOrder, A> || std::is_same_v<A, Take> || std::is_same_v<A, Skip> ||
                         std::is_base_of_v<AnyCursor, A> || std::is_base_of_v<AnyDistinct, A>) {
        return kPages;
    } else if constexpr (std::is_base_of_v<AnyCalculated, A>) {
        return kCalculations;
    } else if constexpr (std::is_base_of_v<AnyBy, A> || std::is_base_of_v<AnyHaving, A>) {
        return kGroups;
    } else if constexpr (std::is_same_v<A, RowLock>) {
        return kLocks;
    } else if constexpr (std::is_same_v<A, Loading>) {
        return kLoads;
    } else if constexpr (std::is_same_v<A, Limit>) {
        return kLimits;
    } else if constexpr (std::is_base_of_v<AnyConflict, A>) {
        return kConflicts;
    } else {
        return 0;
    }
}

/// An error unless A is an argument of a query of model M with one of these roles. The deduced return type makes
/// compilers look into it at once, so that it is the first error.
template <class M, unsigned Roles, class A>
constexpr auto check_argument() {
    if constexpr ((role_of<A>() & Roles) == 0) {
        return sizeof(this_is_not_an_argument_of_this_query<A>);
    } else if constexpr (requires { typename A::Model; }) {
        if constexpr (!std::is_void_v<typename A::Model> && !std::is_same_v<typename A::Model, M>) {
            return sizeof(this_belongs_to_another_model<A, M>);
        }
    }
}

/// An error unless a field or loaded relation belongs to model M.
template <class M, class A>
constexpr auto check_item() {
    if constexpr (!std::is_same_v<typename A::Model, M>) return sizeof(this_belongs_to_another_model<A, M>);
}

inline void add_item(AnySelection&, AnyScalar) {}
template <RelationField F>
void add_item(AnySelection& selection, F) {
    selection.add_plain(F::kId);
}
inline void add_item(AnySelection& selection, AnyCounted&& counted) {
    selection.add_count(counted.relation, std::move(counted.filter));
}
inline void add_item(AnySelection& selection, const AnyCounted& counted) {
    selection.add_count(counted.relation, AnyFilter(counted.filter));
}
inline void add_item(AnySelection& selection, AnyLoaded&& relation) { selection.add(std::move(relation)); }
inline void add_item(AnySelection& selection, const AnyLoaded& relation) { selection.add(relation); }

/// The ids of the scalar fields among the items, in their order.
template <class... Items>
struct ScalarIds {
    static constexpr std::size_t kCount = (std::size_t{0} + ... + (ScalarField<Items> ? 1U : 0U));
    FieldId ids[kCount + 1];
    constexpr ScalarIds() : ids{} {
        [[maybe_unused]] FieldId* id = ids;
        (add<Items>(id), ...);
    }
    template <class Item>
    static constexpr void add([[maybe_unused]] FieldId*& id) {
        if constexpr (ScalarField<Item>) *id++ = Item::kId;
    }
};
template <class... Items>
inline constexpr ScalarIds<Items...> kScalarIds{};

/// The fields that are left when some are omitted.
template <class All, class... Omitted>
struct Without;
template <class... F, class... Omitted>
struct Without<Fields<F...>, Omitted...> {
    template <class G>
    static constexpr bool kOmitted = (std::is_same_v<G, Omitted> || ...);
    using type = decltype((Fields<>{} + ... + std::conditional_t<kOmitted<F>, Fields<>, Fields<F>>{}));
};
template <class M, class Kept>
struct OmitOf;
template <class M, class... Kept>
struct OmitOf<M, Fields<Kept...>> {
    using type = Omit<M, Kept...>;
    static type make() { return type(kScalarIds<Kept...>.ids, sizeof...(Kept)); }
};

}  // namespace typed

inline namespace words {

/// Rows with exactly these members: scalar fields, and relations with arguments and selections of their own.
template <class First, class... Others>
auto select(First&& first, Others&&... others) {
    using M = typename std::remove_cvref_t<First>::Model;
    (typed::check_item<M, std::remove_cvref_t<Others>>(), ...);
    using Ids = typed::ScalarIds<std::remove_cvref_t<First>, std::remove_cvref_t<Others>...>;
    typed::Select<M, typename typed::ItemOf<std::remove_cvref_t<First>>::type,
                  typename typed::ItemOf<std::remove_cvref_t<Others>>::type...>
        select(typed::kScalarIds<std::remove_cvref_t<First>, std::remove_cvref_t<Others>...>.ids, Ids::kCount);
    typed::add_item(select, std::forward<First>(first));
    (typed::add_item(select, std::forward<Others>(others)), ...);
    return select;
}

/// Rows with all scalar members and these relations.
template <class First, class... Others>
auto include(First&& first, Others&&... others) {
    using M = typename std::remove_cvref_t<First>::Model;
    (typed::check_item<M, std::remove_cvref_t<Others>>(), ...);
    typed::Include<M, typename typed::ItemOf<std::remove_cvref_t<First>>::type,
                   typename typed::ItemOf<std::remove_cvref_t<Others>>::type...>
        include;
    typed::add_item(include, std::forward<First>(first));
    (typed::add_item(include, std::forward<Others>(others)), ...);
    return include;
}

/// Rows with all scalar members but these.
template <typed::ScalarField F, typed::ScalarField... Others>
auto omit(F, Others...) {
    using M = typename F::Model;
    (typed::check_item<M, Others>(), ...);
    using Kept = typename typed::Without<typename typed::Model<M>::Scalars, F, Others...>::type;
    return typed::OmitOf<M, Kept>::make();
}

}  // namespace words

/// The type of a row: `row_of<db::Mentor, decltype(include(mentor::sessions))>`.
template <class M, class... A>
using row_of = typed::RowOf<M, A...>;

}  // namespace lamina
