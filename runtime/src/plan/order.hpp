#pragma once

#include <span>
#include <vector>

#include "plan/builder.hpp"

namespace lamina::plan {

/// The terms of an order, with what they need joined to the table `table` of model `model`.
struct Order {
    std::vector<dialect::OrderTerm> terms;
    std::vector<dialect::Join> joins;
};

/// When `stable`, the fields of the model's identity come last, so that no two rows are equal in the order.
/// Fails with P2009 when a path does not lead over to-one relations to a scalar (or, to count, a to-many relation), or
/// when there is no identity to make the order stable. `few`: so few rows will come that each may count its related
/// rows alone.
Result<Order> plan_order(Builder& builder, Scope& scope, meta::ModelId model, dialect::TableId table,
                         const std::vector<query::OrderBy>& order_by, bool stable, bool few);

/// The order of groups, which are made by the fields `by`. Fails with P2019 when it names another field.
Result<Order> plan_group_order(Builder& builder, meta::ModelId model, dialect::TableId table,
                               const std::vector<query::OrderBy>& order_by, std::span<const meta::FieldId> by);

/// The opposite order.
void reverse(std::vector<dialect::OrderTerm>& terms);

/// Whether a row whose terms are `row` is at the place `cursor` or behind it; both have as many terms, of equal
/// direction, and the last decides.
dialect::Expression at_or_after(const dialect::Dialect& dialect, const std::vector<dialect::OrderTerm>& row,
                                const std::vector<dialect::Expression>& cursor);

}  // namespace lamina::plan
