#pragma once

#include <lamina/client/typed/model.hpp>

namespace lamina {

/// The words of the query language that are neither fields nor types; an inline namespace of `lamina`, so that
/// generated code can offer them beside the models.
inline namespace words {

/// SQL's NULL, to compare and to write: `mentor::name == null`.
struct Null {};
inline constexpr Null null{};

/// As an argument of equals, contains, starts_with, ends_with: letter case does not matter.
struct Insensitive {};
inline constexpr Insensitive insensitive{};

/// As an argument of asc() and desc(): where rows without a value go.
inline constexpr typed::Nulls nulls_first = typed::Nulls::First;
inline constexpr typed::Nulls nulls_last = typed::Nulls::Last;

/// As an argument of create_many: rows that would violate a unique key are left out.
struct SkipDuplicates {};
inline constexpr SkipDuplicates skip_duplicates{};

}  // namespace words
}  // namespace lamina
