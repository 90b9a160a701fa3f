#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <lamina/client/typed/filter.hpp>
#include <lamina/client/typed/row.hpp>

namespace lamina::typed {

/// The number of rows related over F, as an item of a row.
template <class F>
struct CountItem;
template <class Item>
inline constexpr bool kIsCount = false;
template <class F>
inline constexpr bool kIsCount<CountItem<F>> = true;

struct AnyCounted {
    FieldId relation;
    AnyFilter filter;
};
/// What `count(mentor::sessions, where(…))` gives.
template <class F>
struct Counted : AnyCounted {
    using Model = typename F::Model;
    using Item = CountItem<F>;
};

/// The numbers of a row: `row._count.sessions`.
template <class... F>
struct Counts : F::template RowMember<std::int64_t>... {};
template <class... F>
struct CountsMember {
    Counts<F...> _count{};
};

/// A row with numbers of related rows.
template <class Items, class Counted>
struct CountedRow;
template <class... Items, class... F>
struct CountedRow<Fields<Items...>, Fields<F...>> : ItemBase<Items>::type..., CountsMember<F...> {};

/// Which row these items make: its numbers of related rows are one member.
template <class Kept, class Counted, class... Items>
struct CountedRowOf;
template <class... Kept, class... F>
struct CountedRowOf<Fields<Kept...>, Fields<F...>> {
    using type = CountedRow<Fields<Kept...>, Fields<F...>>;
};
template <class... Kept, class... F, class Item, class... Items>
struct CountedRowOf<Fields<Kept...>, Fields<F...>, Item, Items...>
    : CountedRowOf<Fields<Kept..., Item>, Fields<F...>, Items...> {};
template <class... Kept, class... F, class G, class... Items>
struct CountedRowOf<Fields<Kept...>, Fields<F...>, CountItem<G>, Items...>
    : CountedRowOf<Fields<Kept...>, Fields<F..., G>, Items...> {};

/// An error unless W is a where() of model M.
template <class M, class W>
constexpr auto check_counted() {
    if constexpr (!std::is_base_of_v<AnyWhere, W>) {
        return sizeof(this_is_not_an_argument_of_this_query<W>);
    } else if constexpr (!std::is_same_v<typename W::Model, M>) {
        return sizeof(this_belongs_to_another_model<W, M>);
    }
}

template <bool WithCounts>
struct RowMade {
    template <class... Items>
    using type = Row<Items...>;
};
template <>
struct RowMade<true> {
    template <class... Items>
    using type = typename CountedRowOf<Fields<>, Fields<>, Items...>::type;
};

#if defined(__GNUC__)  // composed rows have simple layouts, whatever the standard calls them
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
#endif
template <class Row>
inline constexpr std::size_t kCountsOffset = offsetof(Row, _count);
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

/// The constant tables of such a row. A model's own row comes as its fields: its table is not known here.
template <class R, class Items, class Counted>
struct CountedTables;
template <class R, class... Items, class... F>
struct CountedTables<R, Fields<Items...>, Fields<F...>> {
    template <class... G>
    static constexpr std::size_t size_of(Fields<G...>) {
        return sizeof...(G);
    }
    template <class Item>
    static constexpr std::size_t slots_of() {
        if constexpr (ScalarField<Item>) {
            return 1;
        } else if constexpr (kIsRelated<Item>) {
            return 0;
        } else {
            return size_of(typename Model<Item>::Scalars{});
        }
    }
    static constexpr std::size_t kSlots = (sizeof...(F) + ... + slots_of<Items>());
    static constexpr std::size_t kChildren = (std::size_t{0} + ... + (kIsRelated<Items> ? 1U : 0U));
    Slot slots[kSlots];
    ChildLayout children[kChildren + 1];

    constexpr CountedTables() : slots{}, children{} {
        Slot* slot = slots;
        [[maybe_unused]] ChildLayout* child = children;
        (add<Items>(slot, child), ...);
        ((*slot++ = SlotFor<std::int64_t>::at(kCountsOffset<R> + F::template offset_in<Counts<F...>>)), ...);
    }
    template <class... G>
    static constexpr void add_fields(Slot*& slot, Fields<G...>) {
        ((*slot++ = SlotFor<typename G::Member>::at(G::template offset_in<R>)), ...);
    }
    template <class Item>
    static constexpr void add([[maybe_unused]] Slot*& slot, [[maybe_unused]] ChildLayout*& child) {
        if constexpr (ScalarField<Item>) {
            add_fields(slot, Fields<Item>{});
        } else if constexpr (kIsRelated<Item>) {
            *child++ = Item::template child<R>();
        } else {
            add_fields(slot, typename Model<Item>::Scalars{});
        }
    }
};

template <class R, class Items, class Counted>
inline constexpr CountedTables<R, Items, Counted> kCountedTables{};

template <class Items, class Counted, Use U>
struct Layout<CountedRow<Items, Counted>, U> {
    using R = CountedRow<Items, Counted>;
    using Tables = CountedTables<R, Items, Counted>;
    static constexpr RowLayout make() {
        return layout_for<R, U>({kCountedTables<R, Items, Counted>.slots, Tables::kSlots},
                                {kCountedTables<R, Items, Counted>.children, Tables::kChildren});
    }
    static constexpr RowLayout value = make();
};

}  // namespace lamina::typed

namespace lamina {
inline namespace words {

/// In select and include: how many rows are related over a to-many relation, and match: `count(mentor::sessions,
/// where(session::paid == true))` gives `row._count.sessions`.
template <typed::RelationField F, class... W>
typed::Counted<F> count(F, W&&... where) {
    static_assert(F::kKind == ChildLayout::Kind::Many, "only the rows of a to-many relation can be counted");
    static_assert(sizeof...(W) < 2, "at most one where()");
    typed::Counted<F> counted{{F::kId, {}}};
    (typed::check_counted<typename F::Target, std::remove_cvref_t<W>>(), ...);
    ((counted.filter = typed::AnyFilter(std::forward<W>(where).filter)), ...);
    return counted;
}

}  // namespace words
}  // namespace lamina
