#pragma once

#include <span>
#include <vector>

#include "plan/builder.hpp"

namespace lamina::plan {

/// The columns that a statement must give for a selection, in this order: the selected fields, then the numbers of
/// related rows (which RETURNING cannot give), then the fields from which the relations take their keys.
struct RowColumns {
    std::vector<meta::FieldId> fields;
    std::size_t counts = 0;
    std::vector<meta::FieldId> keys;
};
Result<RowColumns> row_columns(const Builder& builder, meta::ModelId model, const query::Selection& selection);

/// The rest of a read whose rows come from `statement`, for example an INSERT … RETURNING row_columns(…): loads the
/// relations. Fails with P2026 when related rows are to be counted: rows that were written are then read by key.
Result<ReadNode> read_rows(Builder& builder, meta::ModelId model, const query::Selection& selection,
                           StatementId statement);

/// Reads the row that a unique filter finds.
Result<ReadNode> read_by_filter(Builder& builder, meta::ModelId model, const query::Selection& selection,
                                const query::Filter& where);

/// Reads the row (or, when `many`, the rows in the register's order not guaranteed) whose fields `key` are equal to the
/// columns 0, 1, … of register `source`.
Result<ReadNode> read_by_key(Builder& builder, meta::ModelId model, const query::Selection& selection,
                             std::span<const meta::FieldId> key, RegisterId source, bool many = false);

/// A find_…, count, aggregate or group_by operation.
Result<void> plan_read(Builder& builder, const query::Operation& operation);

/// The condition of a filter on the table `table` of model `model`. `true` for an empty filter (dialect::is_true).
/// Fails with P2009 when the filter does not fit the model.
Result<dialect::Expression> plan_filter(Builder& builder, Scope& scope, meta::ModelId model, dialect::TableId table,
                                        const query::Filter& filter);

/// The condition of a filter on groups, which are made by the fields `by`.
Result<dialect::Expression> plan_having(Builder& builder, Scope& scope, meta::ModelId model, dialect::TableId table,
                                        std::span<const meta::FieldId> by, const query::Filter& filter);

/// Fails with P2009 unless the filter holds Equals comparisons (at its top level) for all fields of a unique key.
Result<void> check_unique_filter(const meta::Model& model, const query::Filter& filter);
/// Fails with P2009 unless these fields hold a unique key.
Result<void> check_unique_key(const meta::Model& model, std::span<const meta::FieldId> fields);

}  // namespace lamina::plan
