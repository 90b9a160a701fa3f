#pragma once

#include <lamina/error/error.hpp>
#include <lamina/meta/meta.hpp>
#include <lamina/value/value.hpp>

namespace lamina::plan {

/// The value of a literal default (meta::DefaultKind::Literal); enum labels as the database stores them.
/// Fails when its text does not fit the field's type: the generated metadata is wrong then.
Result<Value> literal_default(const meta::Schema& schema, const meta::Model& model, const meta::Field& field);

/// Whether the database makes the field's value when an INSERT does not name the column.
bool made_by_database(const meta::Field& field) noexcept;
/// Whether the client makes a value for a field that a new row does not give.
bool made_by_client(const meta::Field& field) noexcept;

}  // namespace lamina::plan
