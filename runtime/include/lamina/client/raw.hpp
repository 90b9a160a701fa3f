#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lamina/error/error.hpp>
#include <lamina/value/row.hpp>
#include <lamina/value/value.hpp>

namespace lamina {

class Session;

/// A raw statement: text with `{}` where arguments go. Arguments are always sent as parameters, never pasted into the
/// text, so they cannot inject SQL. A part of the text itself must come from `sql()` or `identifier()`.
///
/// `{{}}` stands for a literal `{}`; all other braces are as they are.
class Sql {
public:
    Sql() = default;

    /// The text with `{}` for each argument. Whether their numbers match is checked when it runs (P1016), and by
    /// `sql()` when it is compiled.
    const std::string& text() const noexcept { return text_; }
    std::span<const Value> arguments() const noexcept;

    /// Appends another statement's text and arguments.
    Sql& operator+=(const Sql& other);
    friend Sql operator+(Sql left, const Sql& right);
    /// Appends the items with `separator` between them: `lamina::join(conditions, " AND ")`.
    static Sql join(std::span<const Sql> items, std::string_view separator);

    /// A statement from text that the program makes at run time. The caller answers for the text.
    static Sql from_text(std::string_view text, std::vector<Value> arguments = {});
    /// A statement in the database's own words, placeholders included ($1, ?): nothing in the text is looked at, and it
    /// cannot be put together with others.
    static Sql verbatim(std::string_view text, std::vector<Value> arguments = {});
    bool is_verbatim() const noexcept { return verbatim_; }

private:
    friend class SqlBuilder;
    bool verbatim_ = false;
    std::string text_;
    std::vector<Value> arguments_;
};

/// Takes the arguments of `sql()` one by one. For `sql()` only.
class SqlBuilder {
public:
    explicit SqlBuilder(std::string_view text) noexcept : rest_(text) {}
    void add(Value value);
    /// An argument that is itself a statement becomes part of the text.
    void add(const Sql& part);
    Sql finish() &&;

private:
    void copy_to_placeholder();
    std::string_view rest_;
    Sql sql_;
};

namespace client {

/// The number of `{}` in a text, `{{}}` not counted.
constexpr std::size_t count_placeholders(std::string_view text) noexcept {
    std::size_t count = 0;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text.substr(i, 4) == "{{}}") {
            i += 3;
        } else if (text[i] == '{' && text[i + 1] == '}') {
            ++count;
            ++i;
        }
    }
    return count;
}

/// Not constexpr: to call it while compiling is an error, whose text is this name.
void the_number_of_arguments_differs_from_the_number_of_placeholders_in_the_sql_text();

/// The text of `sql()`, whose placeholders are counted while compiling.
template <std::size_t Arguments>
struct SqlText {
    std::string_view text;
    template <std::size_t N>
    consteval SqlText(const char (&literal)[N]) : text(literal, N - 1) {
        if (count_placeholders(text) != Arguments) {
            the_number_of_arguments_differs_from_the_number_of_placeholders_in_the_sql_text();
        }
    }
};

}  // namespace client

/// A raw statement: `lamina::sql("SELECT * FROM mentor WHERE rate > {}", rate)`. The text is a literal; an argument is
/// anything that a Value can be made of, or another Sql, which becomes part of the text.
template <class... Arguments>
Sql sql(client::SqlText<sizeof...(Arguments)> text, Arguments&&... arguments) {
    SqlBuilder builder(text.text);
    (builder.add(std::forward<Arguments>(arguments)), ...);
    return std::move(builder).finish();
}

/// A quoted name, to be used as an argument of `sql()`: `identifier("public", "User")` is "public"."User".
Sql identifier(std::string_view name);
Sql identifier(std::string_view qualifier, std::string_view name);

/// Rows of a raw query, as the database typed them.
class DynamicRows {
public:
    std::size_t size() const noexcept { return columns_.empty() ? 0 : cells_.size() / columns_.size(); }
    bool empty() const noexcept { return cells_.empty(); }
    /// The names of the columns; they are there without rows as well.
    std::span<const std::string> columns() const noexcept;
    /// What the database says of each column's type.
    std::span<const ColumnType> types() const noexcept;
    /// The cells of a row, in the order of the columns.
    std::span<const Value> operator[](std::size_t row) const noexcept;
    /// One cell by column name; null if there is no such column.
    const Value* find(std::size_t row, std::string_view column) const noexcept;
    /// One cell by column name. Throws L1007 if there is no such column.
    const Value& at(std::size_t row, std::string_view column) const;

private:
    friend class DynamicSink;
    std::vector<std::string> columns_;
    std::vector<ColumnType> types_;
    std::vector<Value> cells_;
};

/// Runs a statement and gives the number of affected rows.
Result<std::uint64_t> execute_raw(Session& session, const Sql& statement);

/// Runs a query and gives its rows.
Result<DynamicRows> query_raw(Session& session, const Sql& statement);

}  // namespace lamina
