#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <lamina/client/typed/filter.hpp>
#include <lamina/client/typed/model.hpp>
#include <lamina/client/typed/order.hpp>

namespace lamina {

namespace typed {

struct Take {
    using Model = void;
    std::int64_t count = 0;
    bool all = false;
};

struct Skip {
    using Model = void;
    std::int64_t count = 0;
};

struct Limit {
    using Model = void;
    std::int64_t count = 0;
};

struct AnyCursor {
    AnyFilter key;
};
/// What cursor() gives; E is the type of the comparison.
template <class E>
struct Cursor : AnyCursor {
    using Model = typename E::Model;
};

struct AnyDistinct {
    const FieldId* fields;
    std::size_t count;
};
/// What distinct() gives.
template <class M>
struct Distinct : AnyDistinct {
    using Model = M;
};

}  // namespace typed

inline namespace words {

/// At most so many rows; a negative number: the last ones, in the requested order.
inline typed::Take take(std::int64_t count) noexcept { return {count}; }
/// At most so many rows, or all.
template <class I>
typed::Take take(const std::optional<I>& count) noexcept {
    return count ? typed::Take{*count} : typed::Take{0, true};
}

/// Leaves out the first rows. A negative number fails when the query runs (P2009).
inline typed::Skip skip(std::int64_t count) noexcept { return {count}; }

/// In update_many and delete_many: at most so many rows, whichever the database finds first. A negative number fails
/// when the query runs (P2019).
inline typed::Limit limit(std::int64_t count) noexcept { return {count}; }

/// Begins at the row with this unique key, which is included: `cursor(mentor::id == 42)`.
template <class E>
requires std::is_base_of_v<typed::AnyFilter, std::remove_cvref_t<E>>
auto cursor(E&& key) {
    using Given = std::remove_cvref_t<E>;
    if constexpr (std::is_base_of_v<Key<typename Given::Model>, Given>) {
        return typed::Cursor<Given>{{std::forward<E>(key)}};
    } else {
        return sizeof(typed::this_is_not_a_comparison_with_a_unique_field<Given>);
    }
}

/// Only the first row of each combination of these fields' values.
template <typed::ScalarField F, typed::ScalarField... Rest>
constexpr typed::Distinct<typename F::Model> distinct(F, Rest...) noexcept {
    static_assert((std::is_same_v<typename F::Model, typename Rest::Model> && ...), "fields of different models");
    return {{typed::kFieldIds<F, Rest...>, 1 + sizeof...(Rest)}};
}

}  // namespace words
}  // namespace lamina
