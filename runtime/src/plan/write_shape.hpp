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
    ArgumentList& arguments;
    TableList& tables;
    std::vector<Lanes>& lists;
    bool in_list;  ///< this is an element of a list whose elements are planned alike
};

/// The part of the walk that is about what is written: data, update, rows, skip_duplicates.
void walk_writes(ShapeParts& parts, const query::Operation& operation);

/// Nested writes that are planned together: neighbours of the same relation field and kind.
///
/// Several leaves (creates without further nesting) become the rows of one table. Several keys (of connects, of a set
/// …) become one table per unique key that they use, and the rest, other filters. Several others become lists:
/// neighbours of one shape, planned once for all of them.
struct NestedRun {
    /// The entries of one table.
    struct Group {
        std::vector<query::FieldId> fields;  ///< the table's columns
        std::vector<std::uint32_t> members;  ///< index into the nested writes, or into `keys`; ascending
    };
    struct List {
        std::uint32_t first = 0;                   ///< index of its first element, for which it is planned
        base::SmallVector<std::uint32_t, 48> key;  ///< the shape of an element
        Lanes lanes;
    };
    query::FieldId field = meta::kNone;
    query::NestedWrite::Kind kind = query::NestedWrite::Kind::Create;
    std::uint32_t first = 0;  ///< index of the first nested write
    std::vector<Group> groups;
    std::vector<List> lists;              ///< in the order of the request
    std::vector<std::uint32_t> others;    ///< planned one by one
    std::span<const query::Filter> keys;  ///< of a set: its filters, which are the members
};
/// Shape walk and planner both ask this, so that they agree. `in_list`: the writes are nested in an element of a list,
/// where one row and several are planned alike.
std::vector<NestedRun> nested_runs(std::span<const query::NestedWrite> nested, bool in_list);

/// Whether a connectOrCreate creates a row that the same filter then finds, as far as one can tell from the values.
bool creates_what_it_seeks(const query::NestedWrite& write);

/// The comparisons of a filter that is nothing but `field = value` on different fields, joined by And; else none.
std::vector<const query::Filter*> equalities_of(const query::Filter& filter);

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
