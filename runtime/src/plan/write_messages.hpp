#pragma once

#include <string_view>

#include <lamina/error/error.hpp>
#include <lamina/meta/meta.hpp>
#include <lamina/query/operation.hpp>

/// What can go wrong with a write when it runs, in Prisma's words; and what can be wrong with its data (P2009, P2012).
namespace lamina::plan::messages {

/// A relation as an error names it.
struct RelationName {
    std::string_view name;
    bool many_to_many = false;
    bool one_to_one = false;
};

/// P2025: the row to write to is not there.
Error no_row_to_update(const meta::Model& model);
Error no_row_to_delete(const meta::Model& model);
/// P2025: a nested write found no row of `model`. `needed_for` may be empty.
Error no_related_row(const meta::Model& model, std::string_view needed_for, query::NestedWrite::Kind kind,
                     const RelationName& relation);
/// P2025: an update found no row whose m-n relation could be written.
Error no_row_to_connect(const meta::Model& model, const RelationName& relation);
Error no_row_to_disconnect(const meta::Model& model, const RelationName& relation);
/// P2017.
Error not_connected(const meta::Model& parent, const meta::Model& child, const RelationName& relation);
/// P2025 and P2018, with {expected} and {found} for numbers.
Error too_few_rows_to_connect(const meta::Model& model);
Error too_few_children_to_connect(const meta::Model& model, const RelationName& relation);
/// P2014: `child` cannot do without its `parent`.
Error required_relation(const RelationName& relation, const meta::Model& child, const meta::Model& parent);

/// P2012.
Error required_field_missing(const meta::Model& model, const meta::Field& field);
/// P2009.
Error field_written_twice(const meta::Model& model, const meta::Field& field);
Error arithmetic_in_create(const meta::Model& model, const meta::Field& field);
Error not_a_number(const meta::Model& model, const meta::Field& field);
Error not_a_list(const meta::Model& model, const meta::Field& field);
Error no_such_key(const meta::Model& model);
Error uneven_rows(const meta::Model& model);
Error one_row_only(const meta::Model& model, const meta::Field& field);
Error not_in_create(const meta::Model& model, const meta::Field& field, query::NestedWrite::Kind kind);
Error not_for_relation(const meta::Model& model, const meta::Field& field, query::NestedWrite::Kind kind);
Error no_relations_in_many(const meta::Model& model, const meta::Field& field);
Error bad_default(const meta::Model& model, const meta::Field& field, std::string_view problem);

}  // namespace lamina::plan::messages
