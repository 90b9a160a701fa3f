#pragma once

#include <string_view>

#include <lamina/error/error.hpp>
#include <lamina/meta/meta.hpp>

/// What can be wrong with an operation (P2009), or with what was read (P2023).
namespace lamina::plan::messages {

Error unknown_model(meta::ModelId model);
Error unknown_field(const meta::Model& model, meta::FieldId field, std::string_view where);
Error not_a_scalar(const meta::Model& model, const meta::Field& field, std::string_view where);
Error not_a_relation(const meta::Model& model, const meta::Field& field, std::string_view where);
Error wrong_relation_kind(const meta::Model& model, const meta::Field& field, std::string_view filter);
Error wrong_value(const meta::Model& model, const meta::Field& field, std::string_view expected);
Error unsuitable_filter(const meta::Model& model, const meta::Field& field, std::string_view comparison);
Error no_unique_key(const meta::Model& model, std::string_view where);
Error no_identity(const meta::Model& model, std::string_view purpose);
Error aggregate_outside_having(const meta::Model& model);
Error relation_in_having(const meta::Model& model);
Error nothing_to_aggregate(const meta::Model& model);
/// P2019: a field in `having` or `order_by` (names, joined) that rows are not grouped by.
Error having_not_grouped(const meta::Model& model, const meta::Field& field);
Error order_not_grouped(const meta::Model& model, std::string_view fields);
/// P2019: a filter refers to a field of another type.
Error wrong_reference(const meta::Model& model, Type type, bool list, const meta::Field& found);
Error negative_skip(const meta::Model& model);
/// P2025: a read that must find a row has found none.
Error nothing_found(std::string_view model);
/// P2023: a row lacks the one that it cannot be without.
Error related_row_missing();

}  // namespace lamina::plan::messages
