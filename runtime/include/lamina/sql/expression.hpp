#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include <lamina/base/box.hpp>
#include <lamina/meta/meta.hpp>

/// Statements as trees, before they are text. Plain data: built by the planner, written by Writer for a dialect, thrown
/// away. Names are views of the schema's constants (or of literals) and must outlive the tree.
namespace lamina::dialect {

/// What a column holds or a parameter carries, as far as SQL depends on it.
struct ValueType {
    Type type = Type::Int;
    bool list = false;
    meta::NativeType native;
    const meta::Enum* enumeration = nullptr;  ///< for Type::Enum, else null
};

/// The type of a scalar field.
ValueType value_type(const meta::Schema& schema, const meta::Field& field);
/// The type of a list whose elements are of `type`.
ValueType list_of(ValueType type);

/// Tells the tables of one statement apart; written as the alias t0, t1, …
using TableId = std::uint16_t;
inline constexpr TableId kNoTable = 0xffff;  ///< a column without qualification

struct TableName {
    std::string_view schema;  ///< empty: the connection's default
    std::string_view name;
};

struct Expression;
struct Select;
using ExpressionBox = base::Box<Expression>;

/// A column of a table, or of a derived table.
struct Column {
    TableId table = kNoTable;
    std::string_view name;
    ValueType type;
};
/// A parameter. `bind` is the caller's number for where the value comes from; the same bind with the same type is
/// written once where the dialect can refer to it twice.
struct Parameter {
    std::uint32_t bind = 0;
    ValueType type;
};
struct Integer {
    std::int64_t value = 0;
};
struct Null {};
struct Boolean {
    bool value = true;
};
enum class Operator : std::uint8_t { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Same, Element };
/// left op right. `Same` treats two NULLs as equal; `Element` is equality with a column of a ListTable. The types of
/// columns and parameters in it decide how the dialect compares.
struct Compare {
    Operator op = Operator::Equal;
    ExpressionBox left;
    ExpressionBox right;
    bool insensitive = false;  ///< both sides without regard to case
};
/// operand LIKE pattern; in the pattern `\` escapes.
struct Like {
    ExpressionBox operand;
    ExpressionBox pattern;
    bool insensitive = false;
    bool negated = false;
};
struct IsNull {
    ExpressionBox operand;
    bool negated = false;
};
/// Membership in a list that is one parameter (list.type.list is true).
struct InList {
    ExpressionBox operand;
    Parameter list;
    bool insensitive = false;
    bool negated = false;
};
/// All or any of the operands; none: true for All, false for Any.
struct Connective {
    enum class Kind : std::uint8_t { All, Any };
    Kind kind = Kind::All;
    std::vector<Expression> operands;
};
struct Not {
    ExpressionBox operand;
};
/// Whether the operand is false or unknown.
struct IsNotTrue {
    ExpressionBox operand;
};
struct Exists {
    base::Box<Select> select;
    bool negated = false;
};
struct InSelect {
    ExpressionBox operand;
    base::Box<Select> select;
    bool negated = false;
};
/// A select of one column and at most one row, as a value.
struct Subquery {
    base::Box<Select> select;
};
/// All rows of a select, in its order, as one value. It has outputs, which are the columns of these rows.
struct RowArray {
    base::Box<Select> select;
};
/// COUNT(*).
struct CountAll {};
/// A calculation over the rows of a group, or over all rows. `type` is that of the result.
struct Aggregate {
    enum class Kind : std::uint8_t { Count, Sum, Average, Minimum, Maximum };
    Kind kind = Kind::Count;
    ExpressionBox operand;
    ValueType type;
};
/// Whether a text holds, begins or ends with another one, in which no character has a meaning of its own.
struct TextMatch {
    enum class Kind : std::uint8_t { Contains, StartsWith, EndsWith };
    Kind kind = Kind::Contains;
    ExpressionBox text;
    ExpressionBox part;
    bool insensitive = false;
    bool negated = false;
};
/// What a list holds: an element, all elements of another list, some of them, or nothing at all (`other` is not used).
/// ElementOf: `other` is an element of the list, a column.
struct ListTest {
    enum class Kind : std::uint8_t { Has, HasEvery, HasSome, IsEmpty, ElementOf };
    Kind kind = Kind::Has;
    ExpressionBox list;
    ExpressionBox other;
    bool negated = false;
    bool insensitive = false;  ///< of ElementOf, among texts: without regard to case
};
/// The value at a path of a Json document, or the document itself; as Json, or, when `text`, a string's own text.
/// Values of this kind compare with each other, whatever form of Json their columns have.
struct JsonAt {
    ExpressionBox document;
    std::optional<Parameter> path;
    bool text = false;
    ValueType type;
};
/// The first or last element of a Json array.
struct JsonElement {
    ExpressionBox array;
    bool last = false;
    ValueType type;
};
/// What a Json value is: a string, an array, of the same kind as `other`; or an array that holds all elements of
/// `other`.
struct JsonTest {
    enum class Kind : std::uint8_t { IsString, IsArray, SameKind, Contains };
    Kind kind = Kind::IsString;
    ExpressionBox value;
    ExpressionBox other;
    bool negated = false;
};
/// Full text search: whether the texts, taken together, match a query of the database's own language, or, when `rank`,
/// how well.
struct Search {
    std::vector<Expression> texts;
    Parameter query;
    bool rank = false;
    bool negated = false;
};
struct Coalesce {
    std::vector<Expression> operands;
};
/// A calculation in a column's own type, `type`. Concatenate: lists, or a list and an element.
struct Arithmetic {
    enum class Kind : std::uint8_t { Add, Subtract, Multiply, Divide, Concatenate };
    Kind kind = Kind::Add;
    ExpressionBox left;
    ExpressionBox right;
    ValueType type;
};
struct Cast {
    ExpressionBox operand;
    ValueType type;
};

enum class Direction : std::uint8_t { Ascending, Descending };
enum class Nulls : std::uint8_t { Default, First, Last };
struct OrderTerm;
/// ROW_NUMBER() OVER (PARTITION BY … ORDER BY …).
struct RowNumber {
    std::vector<Expression> partition;
    std::vector<OrderTerm> order;
};
/// In an upsert's update: the value that the insert would have written.
struct Excluded {
    std::string_view column;
};
/// In an insert: the column's default.
struct DefaultValue {};

struct Expression {
    std::variant<Column, Parameter, Integer, Null, Boolean, Compare, Like, IsNull, InList, Connective, Not, IsNotTrue,
                 Exists, InSelect, Subquery, CountAll, Coalesce, Arithmetic, Cast, RowNumber, Excluded, DefaultValue,
                 Aggregate, TextMatch, ListTest, JsonAt, JsonElement, JsonTest, Search, RowArray>
        node;
};

struct OrderTerm {
    Expression expression;
    Direction direction = Direction::Ascending;
    Nulls nulls = Nulls::Default;
    bool nullable = true;  ///< false: can hold no NULL, so `nulls` needs no SQL
};

/// A select's column; `alias` may be empty.
struct Output {
    Expression expression;
    std::string_view alias;
};

/// A table of the database.
struct Table {
    TableName name;
    TableId id = 0;
};
/// A select in FROM.
struct Derived {
    base::Box<Select> select;
    TableId id = 0;
};
/// Rows made of list parameters of equal length: column i is called k0, k1, … (see list_column) and holds the elements
/// of lists[i].
struct ListTable {
    std::vector<Parameter> lists;
    TableId id = 0;
};
using Source = std::variant<Table, Derived, ListTable>;

/// The name of column `index` of a ListTable, and of the outputs that a select makes for its own use: "k0", "k1", …
std::string_view list_column(std::size_t index);

struct Join {
    enum class Kind : std::uint8_t { Inner, Left };
    Kind kind = Kind::Inner;
    Source source;
    Expression on;
};

/// The rows of one table that a select reads are locked until the transaction ends.
struct RowLock {
    enum class Strength : std::uint8_t { Update, NoKeyUpdate, Share, KeyShare };
    enum class Wait : std::uint8_t { Wait, NoWait, SkipLocked };
    Strength strength = Strength::Update;
    Wait wait = Wait::Wait;
    TableId table = 0;
};

struct Select {
    std::vector<Output> outputs;  ///< empty: SELECT 1
    std::optional<Source> from;
    std::vector<Join> joins;
    std::optional<Expression> where;
    std::vector<Expression> group_by;
    std::optional<Expression> having;
    std::vector<OrderTerm> order_by;
    std::optional<Expression> limit;
    std::optional<Expression> offset;
    std::optional<RowLock> lock;
};

// Makers, so that trees read like what they mean.

Expression column(TableId table, std::string_view name, ValueType type = {});
Expression parameter(std::uint32_t bind, ValueType type);
Expression integer(std::int64_t value);
Expression compare(Operator op, Expression left, Expression right);
Expression equal(Expression left, Expression right);
Expression is_null(Expression operand);
Expression is_not_null(Expression operand);
/// The conjunction; `true` when empty, the operand itself when there is one. Operands that are conjunctions are merged.
Expression all_of(std::vector<Expression> operands);
/// The disjunction; `false` when empty, the operand itself when there is one.
Expression any_of(std::vector<Expression> operands);
Expression exists(Select select, bool negated = false);
/// Whether the expression is the constant true.
bool is_true(const Expression& expression);

}  // namespace lamina::dialect
