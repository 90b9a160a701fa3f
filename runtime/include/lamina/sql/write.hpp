#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <lamina/sql/expression.hpp>
#include <lamina/sql/writer.hpp>

namespace lamina::dialect {

/// column = value. The column is one of the statement's own table.
struct Assignment {
    std::string_view column;
    Expression value;
};

/// What happens to a row whose key is there already.
struct Conflict {
    std::vector<std::string_view> target;  ///< the key's columns; empty: any key
    std::vector<Assignment> set;           ///< empty: the row is left out
};

/// INSERT of rows, or of the rows of a select.
struct Insert {
    Table into;
    std::vector<std::string_view> columns;  ///< empty: a row of defaults
    std::vector<Expression> values;         ///< of one row behind the other; empty when there is a source
    std::optional<Select> source;
    std::optional<Conflict> conflict;
    std::vector<std::string_view> returning;
};

/// UPDATE. `from` adds rows of another source, which `set` and `where` may name; its columns must not bear the names of
/// the table's own when there is a `returning`.
struct Update {
    Table table;
    std::vector<Assignment> set;
    std::optional<Source> from;
    std::optional<Expression> where;
    std::vector<std::string_view> returning;
};

/// DELETE.
struct Delete {
    Table from;
    std::optional<Expression> where;
    std::vector<std::string_view> returning;
};

/// The text of a statement. `qualified` as for a select; needed as soon as a second table takes part, and by a conflict
/// whose `set` reads columns.
Text write(const Insert& insert, const Dialect& dialect, bool qualified = false);
Text write(const Update& update, const Dialect& dialect, bool qualified = false);
Text write(const Delete& statement, const Dialect& dialect, bool qualified = false);

}  // namespace lamina::dialect
