#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include <lamina/client/typed/model.hpp>
#include <lamina/value/bytes.hpp>
#include <lamina/value/datetime.hpp>
#include <lamina/value/decimal.hpp>
#include <lamina/value/json.hpp>

namespace lamina {

namespace typed {

/// A relation F loaded into rows of type R: an item of a Row.
template <class F, class R>
struct Related;
template <class Item>
inline constexpr bool kIsRelated = false;
template <class F, class R>
inline constexpr bool kIsRelated<Related<F, R>> = true;

/// The base class that an item adds to a row: a model's own row, or the one member of a field.
template <class Item>
struct ItemBase {
    using type = Item;
};
template <ScalarField F>
struct ItemBase<F> {
    using type = typename F::template RowMember<>;
};
template <class F, class R>
struct ItemBase<Related<F, R>> {
    using type = typename F::template RowMember<typename F::template Container<R>>;
};

}  // namespace typed

/// A row whose members were chosen by select, omit and include: `row.email`, `row.sessions[0].title`.
template <class... Items>
struct Row : typed::ItemBase<Items>::type... {
    // What a std::vector does with its rows again and again is not inlined there: it took a third of the time in which
    // a query is compiled.
    Row() = default;
    Row(const Row&) = default;
    [[gnu::noinline]] Row(Row&&) = default;
    Row& operator=(const Row&) = default;
    Row& operator=(Row&&) = default;
    [[gnu::noinline]] ~Row() = default;
};

namespace typed {

template <class T>
inline constexpr Type kType = Type::Enum;
template <>
inline constexpr Type kType<std::int32_t> = Type::Int;
template <>
inline constexpr Type kType<std::int64_t> = Type::BigInt;
template <>
inline constexpr Type kType<double> = Type::Float;
template <>
inline constexpr Type kType<bool> = Type::Boolean;
template <>
inline constexpr Type kType<std::string> = Type::String;
template <>
inline constexpr Type kType<Decimal> = Type::Decimal;
template <>
inline constexpr Type kType<DateTime> = Type::DateTime;
template <>
inline constexpr Type kType<Json> = Type::Json;
template <>
inline constexpr Type kType<Bytes> = Type::Bytes;

/// How a member of type T is filled.
template <class T>
struct SlotFor {
    static constexpr Slot at(std::size_t offset) {
        Slot slot;
        slot.offset = static_cast<std::uint32_t>(offset);
        slot.type = kType<T>;
        if constexpr (std::is_enum_v<T>) slot.labels = &Enumeration<T>::labels;
        return slot;
    }
};
template <class T>
struct SlotFor<std::optional<T>> {
    static constexpr Slot at(std::size_t offset) {
        Slot slot = SlotFor<T>::at(offset);
        slot.optional = true;
        return slot;
    }
};
template <class T>
requires(!std::is_same_v<T, std::byte>) struct SlotFor<std::vector<T>> {
    static constexpr Slot at(std::size_t offset) {
        Slot slot = SlotFor<T>::at(offset);
        slot.list = true;
        return slot;
    }
};

/// The type-erased functions of rows of type R.
template <class R>
struct RowFunctions {
    static void* append(void* rows) { return &static_cast<std::vector<R>*>(rows)->emplace_back(); }
    static void* data(void* rows) { return static_cast<std::vector<R>*>(rows)->data(); }
    static void* emplace(void* row) { return &static_cast<std::optional<R>*>(row)->emplace(); }
};

/// How rows of a type are used, which decides the functions that their layout needs: in a std::vector, in a
/// std::optional, or at a fixed place.
using Use = ChildLayout::Kind;

/// The layout of a row type. A model's own row has it, with all functions, in the generated client.cpp.
template <class R, Use U>
struct Layout {
    static constexpr const RowLayout& value = Model<R>::layout;
};

/// The constant tables of a composed row: one slot per scalar item, one child per relation.
template <class R, class... Items>
struct RowTables {
    static constexpr std::size_t kSlots = (std::size_t{0} + ... + (ScalarField<Items> ? 1U : 0U));
    static constexpr std::size_t kChildren = (std::size_t{0} + ... + (kIsRelated<Items> ? 1U : 0U));
    Slot slots[kSlots + 1];
    ChildLayout children[kChildren + 1];

    constexpr RowTables() : slots{}, children{} {
        [[maybe_unused]] Slot* slot = slots;
        [[maybe_unused]] ChildLayout* child = children;
        (add<Items>(slot, child), ...);
    }
    template <class Item>
    static constexpr void add([[maybe_unused]] Slot*& slot, [[maybe_unused]] ChildLayout*& child) {
        if constexpr (ScalarField<Item>) {
            *slot++ = SlotFor<typename Item::Member>::at(Item::template offset_in<R>);
        } else if constexpr (kIsRelated<Item>) {
            *child++ = Item::template child<R>();
        }
    }
};

template <class R, class... Items>
inline constexpr RowTables<R, Items...> kRowTables{};

/// The layout of row type R with these tables. Functions that are not used are not there: a std::vector of a row type
/// is not compiled for a single row.
template <class R, Use U>
constexpr RowLayout layout_for(std::span<const Slot> slots, std::span<const ChildLayout> children) {
    RowLayout layout{slots, children, sizeof(R)};
    if constexpr (U == Use::Many) {
        layout.append = RowFunctions<R>::append;
        layout.data = RowFunctions<R>::data;
    } else if constexpr (U == Use::Optional) {
        layout.emplace = RowFunctions<R>::emplace;
    }
    return layout;
}

template <class... Items, Use U>
struct Layout<Row<Items...>, U> {
    using R = Row<Items...>;
    template <class Item>
    static constexpr std::span<const Slot> slots_from() {
        if constexpr (ScalarField<Item> || kIsRelated<Item>) {
            return {kRowTables<R, Items...>.slots, RowTables<R, Items...>::kSlots};
        } else {
            return Model<Item>::slots;  // include(): the model's own row is the first base, at offset 0
        }
    }
    template <class First, class...>
    struct Head {
        using type = First;
    };
    static constexpr RowLayout value =
        layout_for<R, U>(slots_from<typename Head<Items...>::type>(),
                         {kRowTables<R, Items...>.children, RowTables<R, Items...>::kChildren});
};

template <class F, class R>
struct Related {
    /// Where the loaded rows go in a row of type Parent.
    template <class Parent>
    static constexpr ChildLayout child() {
        return {static_cast<std::uint32_t>(F::template offset_in<Parent>), F::kKind, &Layout<R, F::kKind>::value};
    }
};

}  // namespace typed
}  // namespace lamina
