#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

#include <lamina/client/raw.hpp>
#include <lamina/client/typed/row.hpp>

namespace lamina::typed {

/// Runs a raw query and decodes its rows into the std::vector at `rows`. Fails with P2023 when the columns are fewer
/// than the members or do not fit their types.
Result<std::uint64_t> read_raw(Session& session, const Sql& statement, const RowLayout& layout, void* rows);

/// Converts to any member of an aggregate.
struct AnyMember {
    template <class T>
    operator T() const;
};

template <class R, class... Members>
constexpr std::size_t member_count() {
    if constexpr (requires { R{Members{}..., AnyMember{}}; }) {
        return member_count<R, Members..., AnyMember>();
    } else {
        return sizeof...(Members);
    }
}

/// Calls `visit` with every member of an aggregate.
template <class R, class Visit>
void visit_members(R& row, Visit visit) {
    constexpr std::size_t kCount = member_count<std::remove_const_t<R>>();
    static_assert(kCount >= 1 && kCount <= 16, "the row of a raw query is an aggregate of 1 to 16 members");
    // clang-format off
  if constexpr (kCount == 1) { auto& [a] = row; visit(a); }
  else if constexpr (kCount == 2) { auto& [a, b] = row; visit(a, b); }
  else if constexpr (kCount == 3) { auto& [a, b, c] = row; visit(a, b, c); }
  else if constexpr (kCount == 4) { auto& [a, b, c, d] = row; visit(a, b, c, d); }
  else if constexpr (kCount == 5) { auto& [a, b, c, d, e] = row; visit(a, b, c, d, e); }
  else if constexpr (kCount == 6) { auto& [a, b, c, d, e, f] = row; visit(a, b, c, d, e, f); }
  else if constexpr (kCount == 7) { auto& [a, b, c, d, e, f, g] = row; visit(a, b, c, d, e, f, g); }
  else if constexpr (kCount == 8) { auto& [a, b, c, d, e, f, g, h] = row; visit(a, b, c, d, e, f, g, h); }
  else if constexpr (kCount == 9) { auto& [a, b, c, d, e, f, g, h, i] = row; visit(a, b, c, d, e, f, g, h, i); }
  else if constexpr (kCount == 10) { auto& [a, b, c, d, e, f, g, h, i, j] = row; visit(a, b, c, d, e, f, g, h, i, j); }
  else if constexpr (kCount == 11) { auto& [a, b, c, d, e, f, g, h, i, j, k] = row; visit(a, b, c, d, e, f, g, h, i, j, k); }
  else if constexpr (kCount == 12) { auto& [a, b, c, d, e, f, g, h, i, j, k, l] = row; visit(a, b, c, d, e, f, g, h, i, j, k, l); }
  else if constexpr (kCount == 13) { auto& [a, b, c, d, e, f, g, h, i, j, k, l, m] = row; visit(a, b, c, d, e, f, g, h, i, j, k, l, m); }
  else if constexpr (kCount == 14) { auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = row; visit(a, b, c, d, e, f, g, h, i, j, k, l, m, n); }
  else if constexpr (kCount == 15) { auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = row; visit(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o); }
  else { auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = row; visit(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p); }
    // clang-format on
}

/// The layout of a row of raw queries, made at its first use from the members' types and places.
template <class R>
const RowLayout& raw_layout() {
    if constexpr (requires { Model<R>::layout; }) {
        return Model<R>::layout;
    } else {
        struct Made {
            std::array<Slot, 16> slots{};
            RowLayout layout;
            Made() {
                R row{};
                std::size_t count = 0;
                const auto* base = reinterpret_cast<const std::byte*>(&row);
                visit_members(row, [this, base, &count](const auto&... member) {
                    ((slots[count++] = SlotFor<std::remove_cvref_t<decltype(member)>>::at(
                          static_cast<std::size_t>(reinterpret_cast<const std::byte*>(&member) - base))),
                     ...);
                });
                layout = {{slots.data(), count},   {}, sizeof(R), RowFunctions<R>::append, RowFunctions<R>::data,
                          RowFunctions<R>::emplace};
            }
        };
        static const Made made;
        return made.layout;
    }
}

}  // namespace lamina::typed
