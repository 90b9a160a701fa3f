#pragma once

#include <string_view>

#include "plan/comparison.hpp"

// Inner header of comparison*.cpp.

namespace lamina::plan {

std::string_view to_text(query::Comparison comparison);
bool is_list_comparison(query::Comparison comparison);
/// contains, starts_with, ends_with.
bool is_pattern(query::Comparison comparison);
/// lt, lte, gt, gte.
bool is_ordering(query::Comparison comparison);
/// Comparisons are true, false or unknown in pairs, so that a negated one is the other of the pair; others stay.
query::Comparison negation(query::Comparison comparison);
dialect::Operator to_operator(query::Comparison comparison);
Bind::Transform transform_of(query::Comparison comparison);
/// Whether a value of this kind can be compared with a column of this type.
bool fits(Type type, Value::Kind kind);

/// A comparison of a Json field with a value: of the document, or of what is at a path of it.
Result<dialect::Expression> plan_json_comparison(Builder& builder, const Compared& compared);
/// A comparison of a list field with a value.
Result<dialect::Expression> plan_list_comparison(Builder& builder, const Compared& compared);
/// A comparison of a field with another field of the same model.
Result<dialect::Expression> plan_reference(Builder& builder, const Compared& compared, dialect::Expression left);

/// The Json value that a filter is about.
dialect::Expression json_value(Builder& builder, const Compared& compared, bool text);
/// Fails with P2009 when the filter's path is not one of the database.
Result<void> check_path(Builder& builder, const Compared& compared);

}  // namespace lamina::plan
