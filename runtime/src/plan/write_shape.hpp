#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <lamina/base/small_vector.hpp>
#include <lamina/plan/shape.hpp>
#include <lamina/plan/table.hpp>
#include <lamina/query/operation.hpp>

namespace lamina::plan {

/// What a walk over a request adds to.
struct ShapeParts {
    base::SmallVector<std::uint32_t, 48>& key;
    base::SmallVector<Argument, 12>& arguments;
    base::SmallVector<Table, 1>& tables;
};

/// The part of the walk that is about what is written: data, update, rows, skip_duplicates.
void walk_writes(ShapeParts& parts, const query::Operation& operation);

/// Nested writes that are planned together: neighbours of the same relation field and kind.
///
/// Several leaves (creates without further nesting) become the rows of one table. Several keys (of connects, of a set
/// …) become one table per unique key that they use, and the rest, other filters.
struct NestedRun {
    /// The entries of one table.
    struct Group {
        std::vector<query::FieldId> fields;  ///< the table's columns
        std::vector<std::uint32_t> members;  ///< index into the nested writes, or into `keys`; ascending
    };
    query::FieldId field = meta::kNone;
    query::NestedWrite::Kind kind = query::NestedWrite::Kind::Create;
    std::uint32_t first = 0;  ///< index of the first nested write
    std::vector<Group> groups;
    std::vector<std::uint32_t> others;    ///< planned one by one
    std::span<const query::Filter> keys;  ///< of a set: its filters, which are the members
};
/// Shape walk and planner both ask this, so that they agree.
std::vector<NestedRun> nested_runs(std::span<const query::NestedWrite> nested);

/// The filter of a run's member.
const query::Filter& filter_of(std::span<const query::NestedWrite> nested, const NestedRun& run, std::uint32_t member);

/// The rows of a group, and of a create_many.
Table table_of(std::span<const query::NestedWrite> nested, const NestedRun& run, const NestedRun::Group& group);
Table table_of(const query::Rows& rows);

/// The columns of a table that some rows give and some do not, and in which combinations.
struct MixedColumns {
    std::vector<std::uint16_t> columns;
    std::vector<std::vector<bool>> combinations;  ///< one bool per mixed column: given; sorted
};
MixedColumns mixed_columns(const Table& table);

/// The fields of an upsert's filter, when that is nothing but `field = value` and the create sets the same values; else
/// none.
std::vector<query::FieldId> upsert_key(const query::Operation& operation);

}  // namespace lamina::plan
