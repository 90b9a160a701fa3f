#include <lamina/base/try.hpp>
#include <lamina/client/raw.hpp>
#include <lamina/client/session.hpp>
#include <lamina/error/messages.hpp>

#include "client/raw_text.hpp"

namespace lamina {

// What makes a std::span of a std::vector is not inline: it took a tenth of the time in which a client's header
// compiles.
std::span<const Value> Sql::arguments() const noexcept { return arguments_; }
std::span<const std::string> DynamicRows::columns() const noexcept { return columns_; }
std::span<const ColumnType> DynamicRows::types() const noexcept { return types_; }
std::span<const Value> DynamicRows::operator[](std::size_t row) const noexcept {
    return std::span<const Value>(cells_).subspan(row * columns_.size(), columns_.size());
}

Sql operator+(Sql left, const Sql& right) { return std::move(left += right); }

Sql& Sql::operator+=(const Sql& other) {
    if (this == &other) return *this += Sql(other);
    text_ += other.text_;
    arguments_.insert(arguments_.end(), other.arguments_.begin(), other.arguments_.end());
    return *this;
}

Sql Sql::join(std::span<const Sql> items, std::string_view separator) {
    Sql joined;
    for (const Sql& item : items) {
        if (&item != &items.front()) joined.text_ += separator;
        joined += item;
    }
    return joined;
}

Sql Sql::from_text(std::string_view text, std::vector<Value> arguments) {
    Sql sql;
    sql.text_ = text;
    sql.arguments_ = std::move(arguments);
    return sql;
}

Sql Sql::verbatim(std::string_view text, std::vector<Value> arguments) {
    Sql sql = from_text(text, std::move(arguments));
    sql.verbatim_ = true;
    return sql;
}

void SqlBuilder::copy_to_placeholder() {
    for (std::size_t i = 0; i + 1 < rest_.size(); ++i) {
        if (rest_.substr(i, 4) == "{{}}") {
            i += 3;
        } else if (rest_[i] == '{' && rest_[i + 1] == '}') {
            sql_.text_ += rest_.substr(0, i);
            rest_.remove_prefix(i + 2);
            return;
        }
    }
}

void SqlBuilder::add(Value value) {
    copy_to_placeholder();
    sql_.text_ += "{}";
    sql_.arguments_.push_back(std::move(value));
}

void SqlBuilder::add(const Sql& part) {
    copy_to_placeholder();
    sql_ += part;
}

Sql SqlBuilder::finish() && {
    sql_.text_ += rest_;
    return std::move(sql_);
}

namespace {

/// Identifiers are quoted as standard SQL has it; a dialect that quotes otherwise accepts this in its ANSI mode.
void append_identifier(std::string& out, std::string_view name) {
    out += '"';
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '"') out += '"';
        // Braces of a name must not be taken for a placeholder.
        if (name.substr(i, 2) == "{}") {
            out += "{{}}";
            ++i;
        } else {
            out += name[i];
        }
    }
    out += '"';
}

}  // namespace

Sql identifier(std::string_view name) {
    std::string text;
    append_identifier(text, name);
    return Sql::from_text(text);
}

Sql identifier(std::string_view qualifier, std::string_view name) {
    std::string text;
    append_identifier(text, qualifier);
    text += '.';
    append_identifier(text, name);
    return Sql::from_text(text);
}

const Value* DynamicRows::find(std::size_t row, std::string_view column) const noexcept {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (columns_[i] == column) return &(*this)[row][i];
    }
    return nullptr;
}

const Value& DynamicRows::at(std::size_t row, std::string_view column) const {
    if (row < size()) {
        if (const Value* value = find(row, column); value != nullptr) return *value;
    }
    throw error::misuse("the result has no such row or column");
}

/// Collects rows as the database types them.
class DynamicSink final : public RowSink {
public:
    explicit DynamicSink(DynamicRows& rows) noexcept : rows_(rows) {}

    Result<void> columns(RowReader& reader) override {
        for (std::size_t i = 0; i < reader.columns(); ++i) {
            rows_.columns_.emplace_back(reader.column_name(i));
            rows_.types_.push_back(reader.column_type(i));
        }
        return {};
    }

    Result<void> row(RowReader& reader) override {
        for (std::size_t i = 0; i < rows_.columns_.size(); ++i)
            LAMINA_TRY(reader.read_value(i, rows_.cells_.emplace_back()));
        return {};
    }

private:
    DynamicRows& rows_;
};

Result<std::uint64_t> execute_raw(Session& session, const Sql& statement) {
    return session.run_raw(statement, nullptr);
}

Result<DynamicRows> query_raw(Session& session, const Sql& statement) {
    DynamicRows rows;
    DynamicSink sink(rows);
    LAMINA_TRY(session.run_raw(statement, &sink));
    return rows;
}

namespace client {

Result<void> render(const Sql& statement, const dialect::Dialect& dialect, std::string& out) {
    const std::string_view text = statement.text();
    if (statement.is_verbatim()) {
        out = text;
        return {};
    }
    out.reserve(text.size() + 8);
    std::size_t number = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 4) == "{{}}") {
            out += "{}";
            i += 3;
        } else if (text.substr(i, 2) == "{}") {
            dialect.placeholder(out, ++number);
            ++i;
        } else {
            out += text[i];
        }
    }
    if (number == statement.arguments().size()) return {};
    return Error(ErrorCode::RawParameterCount, "The raw query has " + std::to_string(number) + " placeholders but " +
                                                   std::to_string(statement.arguments().size()) + " arguments");
}

}  // namespace client

}  // namespace lamina
