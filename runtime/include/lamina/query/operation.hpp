#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <lamina/meta/meta.hpp>
#include <lamina/value/value.hpp>

/// What a request means, as plain data: no SQL, no database. The typed client and the JSON face both lower to it.
namespace lamina::query {

using meta::FieldId;
using meta::ModelId;

enum class Action : std::uint8_t {
    FindUnique,
    FindUniqueOrThrow,
    FindFirst,
    FindFirstOrThrow,
    FindMany,
    Count,
    Aggregate,
    GroupBy,
    Create,
    CreateMany,
    CreateManyAndReturn,
    Update,
    UpdateMany,
    UpdateManyAndReturn,
    Upsert,
    Delete,
    DeleteMany,
    UpsertMany,  ///< rows are created, or, where one has the same key `conflict`, get the other fields given
};

enum class Comparison : std::uint8_t {
    Equals,
    Not,
    In,
    NotIn,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    StartsWith,
    EndsWith,
    Has,              ///< a list field holds the value
    HasEvery,         ///< a list field holds all values of a list
    HasSome,          ///< a list field holds some value of a list
    IsEmpty,          ///< a list field has no elements (value true), or has some (false)
    ArrayContains,    ///< a Json array holds all elements of the value …
    ArrayStartsWith,  ///< … begins with the value
    ArrayEndsWith,    ///< … ends with it
    Search            ///< full text: the value is a query in the database's own language
};

/// What is calculated of the rows of a group, or of all rows.
enum class Aggregate : std::uint8_t { None, Count, Sum, Average, Minimum, Maximum };

/// A filter: a comparison of one field, a condition on a relation, or a connective over `children`.
/// The default is an And without children: it matches every row.
struct Filter {
    enum class Kind : std::uint8_t { And, Or, Not, Compare, Some, Every, None, Is, IsNot };
    Kind kind = Kind::And;
    Comparison comparison = Comparison::Equals;
    bool insensitive = false;  ///< mode: insensitive, for strings
    Aggregate aggregate =
        Aggregate::None;          ///< in `having`: compares this aggregate of the field (Count with kNone: rows)
    FieldId field = meta::kNone;  ///< Compare: the scalar field; Some…IsNot: the relation field
    FieldId other = meta::kNone;  ///< Compare: the other side is this field of the same model, not `value`
    /// Compare: the other side. Null with Equals / Not means IS NULL / IS NOT NULL. In / NotIn: a list. For a Json
    /// field null is SQL's NULL (DbNull), and the Json text "null" is JsonNull; AnyNull is an Or of both.
    Value value;
    /// Compare, for a Json field: where in the document; null: the document itself. A list of Strings, as PostgreSQL
    /// has it, or a String such as "$.a[0]".
    Value path;
    /// And, Or, Not: the operands (Not: none of them may match). Some…IsNot: at most one filter on the related model;
    /// Is / IsNot without a child: there is no related row / there is one.
    std::vector<Filter> children;
};

enum class Direction : std::uint8_t { Ascending, Descending };
enum class Nulls : std::uint8_t { Default, First, Last };

/// One ordering. `path` leads over to-one relation fields; `field` is the scalar to order by, or a to-many relation
/// field when `count` (order by the number of related rows).
struct OrderBy {
    std::vector<FieldId> path;
    FieldId field = meta::kNone;
    Direction direction = Direction::Ascending;
    Nulls nulls = Nulls::Default;
    bool count = false;
    Aggregate aggregate = Aggregate::None;  ///< group_by: of `field` (Count with kNone: rows)
    std::vector<FieldId> relevance;         ///< by how well these fields, taken together, match `search`
    Value search;
};

struct FieldValue {
    FieldId field = meta::kNone;
    Value value;
};

struct Arguments {
    Filter where;
    std::vector<OrderBy> order_by;
    std::optional<std::int64_t> take;  ///< negative: the last n, in the requested order
    std::int64_t skip = 0;             ///< negative is an error (P2009-like)
    std::vector<FieldValue> cursor;    ///< the fields of a unique key; inclusive
    std::vector<FieldId> distinct;
};

struct RelationSelection;

/// The number of related rows that match.
struct CountSelection {
    FieldId field = meta::kNone;
    Filter where;
};

/// Which members a result row has, in order: scalars first, then the numbers of related rows, then relations.
struct Selection {
    std::vector<FieldId> fields;         ///< empty and all_scalars: every column in schema order
    std::vector<CountSelection> counts;  ///< each an Int
    bool all_scalars = true;
    std::vector<RelationSelection> relations;
};

struct RelationSelection {
    FieldId field = meta::kNone;
    Arguments arguments;
    Selection selection;
};

/// A value written to a field. Set with a null value writes NULL. Push appends an element, or the elements of a list,
/// to a list field.
struct FieldWrite {
    enum class Kind : std::uint8_t { Set, Increment, Decrement, Multiply, Divide, Push };
    FieldId field = meta::kNone;
    Kind kind = Kind::Set;
    Value value;
};

struct NestedWrite;

/// What a create or an update writes to one row and to the rows related to it.
struct Data {
    std::vector<FieldWrite> fields;
    std::vector<NestedWrite> nested;
};

/// The rows of a create_many, row-major: values[row * fields.size() + i] belongs to fields[i].
/// `Value::unset()` stands for a field that the row does not give: its default applies.
struct Rows {
    std::vector<FieldId> fields;
    std::vector<Value> values;
};

/// A write through a relation field. On a to-one relation `where` is a condition on the related row, or And{}.
///
/// Create: `create`. Connect: `where` (a unique filter). ConnectOrCreate: `where`, `create`. CreateMany: `rows`,
/// `skip_duplicates`. Set: `where`, an Or of unique filters: exactly these rows are related afterwards. Disconnect,
/// Delete, DeleteMany: `where`. Update, UpdateMany: `where`, `update`. Upsert: `where`, `create`, `update`.
struct NestedWrite {
    enum class Kind : std::uint8_t {
        Create,
        Connect,
        ConnectOrCreate,
        CreateMany,
        Set,
        Disconnect,
        Delete,
        Update,
        UpdateMany,
        Upsert,
        DeleteMany
    };
    FieldId field = meta::kNone;
    Kind kind = Kind::Create;
    bool skip_duplicates = false;
    bool list = false;  ///< a hint: the relation leads to many rows; elements of lists are then planned alike
    Filter where;
    Data create;
    Data update;
    Rows rows;
};

/// A column of the result of aggregate and group_by: sum, min and max have the field's type, average is a Float (a
/// Decimal for Decimals), count an Int. Of no rows all are null, but count, which is 0.
struct AggregateValue {
    Aggregate aggregate = Aggregate::Count;
    FieldId field = meta::kNone;  ///< Count with kNone: all rows
};

/// How relations are loaded: by a statement per relation and level, or as columns of the rows that they belong to, by
/// the same statement. The rows are the same in both ways. Databases without columns that hold rows
/// (dialect::Dialect::has_row_arrays) read a Join like a Batch.
enum class Load : std::uint8_t { Batch, Join };
/// How the rows that are read are locked until the transaction ends.
enum class Lock : std::uint8_t { None, ForUpdate, ForNoKeyUpdate, ForShare, ForKeyShare };
/// What happens when a row is locked by somebody else.
enum class LockWait : std::uint8_t { Wait, NoWait, SkipLocked };

/// One request.
struct Operation {
    Action action = Action::FindMany;
    ModelId model = 0;
    Load load = Load::Batch;
    Lock lock = Lock::None;
    LockWait lock_wait = LockWait::Wait;
    Arguments arguments;
    Selection selection;
    Data data;    ///< create, update, and upsert's create
    Data update;  ///< upsert's update
    Rows rows;    ///< create_many; find_unique: the values of a unique key, of several rows that are read at once
    bool skip_duplicates = false;
    std::vector<FieldId> conflict;      ///< upsert_many: the fields of a unique key, given by every row
    std::optional<std::int64_t> limit;  ///< update_many, delete_many: how many rows at most
    /// aggregate: one row of these. group_by: a row per group, `by` and then these.
    std::vector<AggregateValue> aggregates;
    std::vector<FieldId> by;
    Filter having;  ///< group_by: compares aggregates, and fields of `by`
};

}  // namespace lamina::query
