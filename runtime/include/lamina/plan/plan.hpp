#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <lamina/error/error.hpp>
#include <lamina/meta/meta.hpp>
#include <lamina/value/row.hpp>
#include <lamina/value/value.hpp>

/// A plan: the statements of a request and how data flows between them. Made once per shape, immutable, shared by all
/// threads. It holds no argument values: these are numbered by the shape walk (shape.hpp) and bound when the plan runs.
namespace lamina::plan {

using RegisterId = std::uint16_t;   ///< a table of values that a running plan keeps
using StatementId = std::uint16_t;  ///< index into Plan::statements
using RowSetId = std::uint16_t;     ///< index into Plan::row_sets
inline constexpr std::uint16_t kNoRegister = 0xffff;
inline constexpr std::uint16_t kNoRows = 0xffff;
inline constexpr std::uint16_t kNoStatement = 0xffff;

/// Where a parameter's value comes from when the plan runs.
struct Bind {
    enum class Source : std::uint8_t {
        Argument,      ///< argument `index` of the request
        Constant,      ///< Plan::constants[index]
        RegisterCell,  ///< row 0, column `column` of register `index`
        RegisterList,  ///< column `column` of register `index`, all rows, as one list value
        Generated,     ///< made for every execution: generators[index] (now, uuid, cuid …)
        InputList,     ///< input_columns[index], all its rows, as one list value
        InputCell      ///< input_columns[index], the row for which the statement is executed (Statement::each), or the
                       ///< `column`-th behind it
    };
    enum class Transform : std::uint8_t {
        None,
        Contains,
        StartsWith,
        EndsWith,  ///< so far LIKE patterns, with the wildcards in the value escaped
        JsonPath   ///< a list of steps as the text "$.a[0]"
    };
    Source source = Source::Argument;
    Transform transform = Transform::None;
    std::uint8_t level = 0;  ///< how many lists' elements (Each) the value belongs to, one in the other; 0: the request
    std::uint16_t column = 0;
    std::uint32_t index = 0;
    const EnumLabels* labels =
        nullptr;  ///< Argument, InputList, InputCell: the value's label is written by its database name
    /// Of a statement that is executed for all elements of a list together: one list value of what each element has …
    bool all = false;
    RowSetId rows = kNoRows;  ///< … as often as it has rows in this set. An InputList's lists become one anyway.
};

/// Rows of one of the request's tables (Shape::tables): those that give a value in all columns `given` and in none of
/// `unset`.
struct RowSet {
    std::uint16_t table = 0;
    std::vector<std::uint16_t> given;
    std::vector<std::uint16_t> unset;
};

/// A column of rows that are written: the cells of a table, and what a row gets that has no value there.
struct InputColumn {
    enum class Otherwise : std::uint8_t {
        Null,
        Constant,
        Generated
    };  ///< Generated: once per row, but Now, which is one moment per run
    static constexpr std::uint16_t kNoColumn = 0xffff;
    RowSetId rows = 0;
    std::uint16_t column = kNoColumn;  ///< of the table; kNoColumn: no row gives a value
    Otherwise otherwise = Otherwise::Null;
    std::uint32_t index = 0;  ///< of the constant or the generator
};

struct Statement {
    std::uint64_t id = 0;  ///< unique in the process; names it in a connection's prepared-statement cache
    std::string text;
    std::vector<Bind> binds;
    std::vector<std::uint32_t> type_codes;  ///< the database's own type code per bind; 0: inferred
    RowSetId each = kNoRows;  ///< executed once per row of this set, in order, with the results taken together
    StatementId block =
        kNoStatement;  ///< with `each`: the same for `block_rows` rows at once; the single one does what is left over
    std::uint16_t block_rows = 0;
    StatementId together =
        kNoStatement;         ///< in a list: the same for all elements at once; its rows come in the order of theirs
    bool single_row = false;  ///< gives one row at most: nobody has to ask for a second one
};

/// A column that is read besides the fields, or once more: its position in the statement's row and its type.
struct KeyColumn {
    std::uint16_t position = 0;
    Type type = Type::Int;
};

/// One level of a read: a statement whose first columns are the selection's fields. `links` are the columns that tell
/// to which parent a row belongs, `keys` those from which the children's statements take their keys; they may be fields
/// or follow them.
struct ReadNode {
    StatementId statement = 0;
    std::uint16_t fields = 0;
    std::vector<KeyColumn> links;  ///< in the order of Child::key_columns; empty for the root
    std::vector<KeyColumn> keys;
    struct Child;
    std::vector<Child> children;  ///< in the order of RowLayout::children; all statements or all columns
    /// Whether the children are loaded by statements, after this one.
    bool asks_further() const noexcept;
};

/// A relation: loaded by a further statement, bound to the keys of all parent rows, or held by each parent row in a
/// column of its own. The latter has neither keys nor links; relations inside of it are columns, too.
struct ReadNode::Child {
    static constexpr std::uint16_t kNoColumn = 0xffff;
    std::uint16_t column = kNoColumn;        ///< of the parent's row, that holds the related rows
    std::vector<std::uint16_t> key_columns;  ///< which of the parent's `keys` this relation matches, in order
    RegisterId keys = kNoRegister;  ///< filled with the distinct keys without NULL; the statement's list parameters
    ReadNode node;
    bool is_column() const noexcept { return column != kNoColumn; }
};
inline bool ReadNode::asks_further() const noexcept { return !children.empty() && !children.front().is_column(); }

// The instructions, executed in order from the first.

/// Executes a statement and keeps its rows: columns of `types` go to register `into`.
struct Query {
    StatementId statement = 0;
    RegisterId into = kNoRegister;
    std::vector<Type> types;
};
/// Executes a statement and counts the rows it changed; added to the result's count when `counted`.
struct Change {
    StatementId statement = 0;
    RegisterId into = kNoRegister;  ///< one cell: the number; may be kNoRegister
    bool counted = false;
};
/// Reads rows (and their relations) into the caller's structs; the number of rows is the result's count unless
/// something else counts.
struct Read {
    ReadNode root;
    RegisterId into = kNoRegister;  ///< receives the number of rows, for Require and JumpIfEmpty
    bool placed = false;            ///< the statement's k-th row goes where the k-th row of its set stands in the table
    /// Of a find_unique with several keys (Operation::rows): filled with their columns; each row goes to the places of
    /// its key (RowPlaces), as `root.links` tell.
    RegisterId keys = kNoRegister;
    std::vector<std::uint16_t> key_columns;  ///< 0, 1, … for each field of the key
    /// With `keys`: each must have a row. Fails with P2025 and the detail "batch_index", which key has none.
    bool required = false;
    std::string_view model;  ///< for that
};
/// Executes a statement that gives one number: the result's count.
struct Number {
    StatementId statement = 0;
};
/// Fails when register `source` holds fewer than `at_least` rows (for a Change's or Read's register: when the number is
/// smaller). `distinct` adds the number of distinct rows of tables to it, of all rows when `all`. "{expected}" and
/// "{found}" in the message stand for the numbers.
struct Require {
    RegisterId source = 0;
    std::uint32_t at_least = 1;
    std::vector<std::uint16_t> distinct;
    ErrorCode code{};
    std::string message;
    std::string model;
    bool all = false;
};
/// Fails.
struct Fail {
    ErrorCode code{};
    std::string message;
    std::string model;
};
struct Jump {
    std::uint32_t target = 0;
};
/// Jumps when register `source` holds no rows (or the number 0).
struct JumpIfEmpty {
    RegisterId source = 0;
    std::uint32_t target = 0;
};
/// Carries out the instructions behind it, up to `end`, for every element of a list of the request (Lane::lists, or
/// Shape::lists): each instruction for all elements in the order of the list, before the next one. An element has
/// registers of its own. Jumps in it lead forward.
struct Each {
    std::uint16_t list = 0;
    std::uint32_t end = 0;
    RegisterId first_register = 0;
    std::uint16_t registers = 0;
    /// Elements of which two have the same values here are carried out one after the other instead. No values: always.
    std::vector<std::vector<Bind>> exclusive;
};
/// In a list: of the elements with the same values of `key` the first goes on, the others wait until it has come to
/// `until`. They then find what it has made.
struct Once {
    std::vector<Bind> key;
    std::uint32_t until = 0;
};
using Instruction = std::variant<Query, Change, Read, Number, Require, Fail, Jump, JumpIfEmpty, Each, Once>;

/// A default made by the client for each execution (or each row of a create_many).
struct Generator {
    meta::DefaultKind kind = meta::DefaultKind::Now;
    std::uint16_t length = 0;
};

struct Plan {
    std::vector<Statement> statements;
    std::vector<Instruction> instructions;
    std::vector<Value> constants;
    std::vector<Generator> generators;
    std::vector<RowSet> row_sets;
    std::vector<InputColumn> input_columns;
    std::uint16_t registers = 0;
    bool transactional = false;  ///< more than one writing statement: needs a transaction
    bool read_only = true;
    bool single_row = false;  ///< find_unique, create, …: at most one row is asked for
};

}  // namespace lamina::plan
