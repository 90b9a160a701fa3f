#pragma once

#include <span>

#include "plan/builder.hpp"

namespace lamina::plan {

/// A comparison as it has to be planned: of a field of the row in `table`, or of an aggregate.
struct Compared {
    meta::ModelId model = 0;
    dialect::TableId table = 0;
    const query::Filter* filter = nullptr;
    bool negated = false;
    const std::span<const meta::FieldId>* groups = nullptr;  ///< in `having`: the fields that rows are grouped by
};

/// The condition of a Filter of kind Compare. A negated comparison is unknown where the comparison is.
/// Fails with P2009 when the field does not have such a filter or the value is none for it, with P2019 when it refers
/// to a field of another type or, in `having`, to a field that is not grouped by, with P2026 when the database lacks
/// it.
Result<dialect::Expression> plan_comparison(Builder& builder, const Compared& compared);

/// Whether the comparison can be neither true nor false.
bool can_be_unknown(const meta::Model& model, const query::Filter& filter);

/// An aggregate over a field (or, for Count, over rows when the field is kNone), for the rows of `column`'s table.
/// Fails with P2009 when the field has no such aggregate.
Result<dialect::Expression> plan_aggregate_value(Builder& builder, meta::ModelId model, query::Aggregate aggregate,
                                                 meta::FieldId field, dialect::Expression column);

/// Full text search in fields of the row in `table`. Fails with P2009 when one is no String, with P2026 when the
/// database has no such search.
Result<dialect::Expression> plan_search(Builder& builder, meta::ModelId model, dialect::TableId table,
                                        std::span<const meta::FieldId> fields, const Value& query, bool rank);

}  // namespace lamina::plan
