#pragma once

#include <string_view>

#include "catalog/type.hpp"

namespace lamina::providers::postgresql {

/// `character varying(255)`, as format_type() spells it, to {"VARCHAR", {255}}: the spelling of the DDL. What schemas
/// cannot name stays as it is.
[[nodiscard]] catalog::NativeType described_type(std::string_view formatted);

/// What values of that type are in a schema.
[[nodiscard]] catalog::Family family_of(const catalog::NativeType& type);

/// `nextval('…'::regclass)`: the column counts.
[[nodiscard]] bool is_sequence_default(std::string_view expression);

/// The meaning of a default as pg_get_expr() spells it, for a column of that type.
[[nodiscard]] catalog::Default described_default(const catalog::ColumnType& type, std::string_view expression);

/// As migrate::Provider::same_type().
[[nodiscard]] bool same_type(const catalog::NativeType& wanted, const catalog::NativeType& present);
/// As migrate::Provider::same_default().
[[nodiscard]] bool same_default(const catalog::ColumnType& type, const catalog::Default& wanted,
                                const catalog::Default& present);

}  // namespace lamina::providers::postgresql
