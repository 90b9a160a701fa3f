#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <lamina/sql/dialect.hpp>
#include <lamina/sql/expression.hpp>

namespace lamina::dialect {

/// A statement's text. Parameter number i (from 0) takes the value of binds[i] and is announced as type_codes[i].
struct Text {
    std::string sql;
    std::vector<std::uint32_t> binds;
    std::vector<std::uint32_t> type_codes;
};

/// Turns a tree into a dialect's text and collects the parameters in the order of their placeholders.
///
/// When `qualified`, tables get the aliases t0, t1, … and columns are written `"t0"."id"`; a statement over a single
/// table is written without, as a person would.
class Writer {
public:
    explicit Writer(const Dialect& dialect, bool qualified = true) : dialect_(dialect), qualified_(qualified) {}
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void select(const Select& select);
    /// The select, with its outputs taken together as one row value.
    void select_rows(const Select& select);
    void expression(const Expression& expression);
    /// The expressions with ", " between them.
    void expressions(const std::vector<Expression>& expressions);
    void outputs(const std::vector<Output>& outputs);
    /// A table (with its alias, when qualified), a derived table or a table of lists.
    void source(const Source& source);
    void parameter(const Parameter& parameter);
    void order(const std::vector<OrderTerm>& order);
    /// " AS t0", when qualified.
    void alias(TableId table);
    /// "t0"
    void table_id(TableId table);
    void identifier(std::string_view name) { dialect_.identifier(text_.sql, name); }
    void table(const TableName& name) { dialect_.table(text_.sql, name); }
    Writer& operator<<(std::string_view sql) { return text_.sql += sql, *this; }
    Writer& operator<<(std::int64_t number) { return text_.sql += std::to_string(number), *this; }

    const Dialect& dialect() const noexcept { return dialect_; }
    bool qualified() const noexcept { return qualified_; }
    /// The text as far as it is written.
    std::string& out() noexcept { return text_.sql; }
    /// Ends the writing.
    Text take() && { return std::move(text_); }

private:
    /// What stands behind the outputs.
    void rest(const Select& select);

    const Dialect& dialect_;
    bool qualified_;
    Text text_;
};

/// The text of a select.
Text write(const Select& select, const Dialect& dialect, bool qualified = true);

}  // namespace lamina::dialect
