#pragma once

#include <string_view>

#include "catalog/type.hpp"

namespace lamina::providers::sqlite {

/// What values of a column with that declared type are in a schema.
[[nodiscard]] catalog::Family family_of(std::string_view declared);

/// The meaning of a default as the database shows it, for a column of that family.
[[nodiscard]] catalog::Default described_default(catalog::Family family, std::string_view expression);

/// As migrate::Provider::same_type(): declared types of one family are the same.
[[nodiscard]] bool same_type(const catalog::NativeType& wanted, const catalog::NativeType& present);
/// As migrate::Provider::same_default().
[[nodiscard]] bool same_default(const catalog::ColumnType& type, const catalog::Default& wanted,
                                const catalog::Default& present);

}  // namespace lamina::providers::sqlite
