#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <lamina/sql/expression.hpp>

namespace lamina::dialect {

class Writer;

/// How a database wants its SQL. Stateless constants: `dialect::<database>::dialect()`; all functions may be called
/// from any thread.
///
/// What has a default here is standard SQL; a dialect overrides what its database does in another way.
class Dialect {
public:
    virtual ~Dialect() = default;

    /// The provider's name as a datasource writes it.
    virtual std::string_view name() const noexcept = 0;

    // What the database can do; the planner asks.

    /// Whether INSERT, UPDATE and DELETE give rows back.
    virtual bool has_returning() const noexcept { return true; }
    /// Whether NULL is ordered as if it were greater than every value.
    virtual bool nulls_are_greatest() const noexcept = 0;
    /// Whether `x IN (SELECT …)` is the better way to ask for related rows when no index is known; else EXISTS.
    virtual bool prefers_in_select() const noexcept { return false; }
    /// Whether several rows can be given as parallel list parameters that keep their types (INSERT … SELECT FROM a
    /// ListTable).
    virtual bool has_typed_lists() const noexcept = 0;
    /// Whether columns can be lists.
    virtual bool has_lists() const noexcept { return false; }
    /// Whether Json values have an order, and arrays can be asked for their elements.
    virtual bool has_json_operators() const noexcept { return false; }
    /// Whether there is full text search.
    virtual bool has_text_search() const noexcept { return false; }
    /// Whether a select can lock its rows.
    virtual bool has_row_locks() const noexcept { return false; }
    /// Whether a column can hold rows, and keeps the types of what is in them (RowArray).
    virtual bool has_row_arrays() const noexcept { return false; }
    /// The greatest number of parameters of one statement.
    virtual std::uint32_t parameter_limit() const noexcept = 0;
    /// Whether a placeholder can be referred to twice.
    virtual bool numbers_placeholders() const noexcept { return true; }

    /// The driver's code for a parameter of this type; 0: the server infers it, or the value's natural storage.
    virtual std::uint32_t type_code(const ValueType& type) const noexcept = 0;

    // Pieces of text, appended to `out`.

    /// A quoted identifier.
    virtual void identifier(std::string& out, std::string_view name) const;
    /// A table with its schema, if it has one.
    virtual void table(std::string& out, const TableName& table) const;
    /// The placeholder of parameter `number`, from 1.
    virtual void placeholder(std::string& out, std::size_t number) const = 0;
    /// The name of a type, for casts.
    virtual void type_name(std::string& out, const ValueType& type) const = 0;
    /// The current time of the database, as a DateTime column takes it.
    virtual void current_time(std::string& out) const;
    /// What INSERT says for a row without any column: " DEFAULT VALUES".
    virtual void insert_default_row(std::string& out) const;

    // Parts of a statement, written through the writer, which also collects their parameters.

    /// An operand of = or <>: wrapped where its type cannot be compared as it is.
    virtual void equality_operand(Writer& writer, const Expression& expression) const;
    /// An operand of <, >, … or of ORDER BY: wrapped where its storage does not order as its values do.
    virtual void ordering_operand(Writer& writer, const Expression& expression) const;
    /// A comparison by =, <>, <, <=, > or >=.
    virtual void compare(Writer& writer, const Compare& compare) const;
    /// left IS NOT DISTINCT FROM right.
    virtual void same(Writer& writer, const Compare& compare) const;
    /// left = right, where right is a column of a ListTable.
    virtual void element(Writer& writer, const Compare& compare) const;
    virtual void like(Writer& writer, const Like& like) const = 0;
    virtual void in_list(Writer& writer, const InList& in) const = 0;
    /// A source of rows made of lists, with its alias.
    virtual void list_table(Writer& writer, const ListTable& lists) const = 0;
    /// One term of ORDER BY.
    virtual void order_term(Writer& writer, const OrderTerm& term) const;
    /// LIMIT and OFFSET; at least one is given.
    virtual void limit(Writer& writer, const Select& select) const;
    virtual void cast(Writer& writer, const Cast& cast) const;
    virtual void arithmetic(Writer& writer, const Arithmetic& arithmetic) const;
    virtual void aggregate(Writer& writer, const Aggregate& aggregate) const;
    virtual void text_match(Writer& writer, const TextMatch& match) const = 0;
    virtual void json_at(Writer& writer, const JsonAt& at) const = 0;
    virtual void json_element(Writer& writer, const JsonElement& element) const = 0;
    virtual void json_test(Writer& writer, const JsonTest& test) const = 0;
    /// Only asked for when has_lists().
    virtual void list_test(Writer& writer, const ListTest& test) const;
    /// Only asked for when has_text_search().
    virtual void search(Writer& writer, const Search& search) const;
    /// The clause behind a select; only asked for when has_row_locks().
    virtual void row_lock(Writer& writer, const RowLock& lock) const;
    /// Only asked for when has_row_arrays().
    virtual void row_array(Writer& writer, const RowArray& rows) const;

protected:
    Dialect() = default;
    Dialect(const Dialect&) = default;
    Dialect& operator=(const Dialect&) = default;
};

/// The type of an expression whose kind has one: columns, parameters, casts, aggregates, Json values; null for others.
const ValueType* type_of(const Expression& expression) noexcept;

}  // namespace lamina::dialect
