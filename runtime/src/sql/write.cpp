#include <utility>

#include <lamina/base/assert.hpp>
#include <lamina/sql/write.hpp>

namespace lamina::dialect {
namespace {

void write_names(Writer& writer, const std::vector<std::string_view>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i != 0) writer << ", ";
        writer.identifier(names[i]);
    }
}

void write_assignments(Writer& writer, const std::vector<Assignment>& set) {
    writer << " SET ";
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (i != 0) writer << ", ";
        writer.identifier(set[i].column);
        writer << " = ";
        writer.expression(set[i].value);
    }
}

void write_where(Writer& writer, const std::optional<Expression>& where) {
    if (!where || is_true(*where)) return;
    writer << " WHERE ";
    writer.expression(*where);
}

/// Without qualification: the result's columns are those of the statement's own table on every database.
void write_returning(Writer& writer, const std::vector<std::string_view>& columns) {
    if (columns.empty()) return;
    writer << " RETURNING ";
    write_names(writer, columns);
}

void write_conflict(Writer& writer, const Conflict& conflict) {
    writer << " ON CONFLICT";
    if (!conflict.target.empty()) {
        writer << " (";
        write_names(writer, conflict.target);
        writer << ")";
    }
    if (conflict.set.empty()) {
        writer << " DO NOTHING";
    } else {
        writer << " DO UPDATE";
        write_assignments(writer, conflict.set);
    }
}

}  // namespace

Text write(const Insert& insert, const Dialect& dialect, bool qualified) {
    Writer writer(dialect, qualified);
    writer << "INSERT INTO ";
    writer.source(insert.into);
    if (insert.columns.empty()) {
        dialect.insert_default_row(writer.out());
    } else {
        writer << " (";
        write_names(writer, insert.columns);
        writer << ")";
        if (insert.source) {
            writer << " ";
            writer.select(*insert.source);
        } else {
            LAMINA_ASSERT(!insert.values.empty() && insert.values.size() % insert.columns.size() == 0);
            for (std::size_t i = 0; i < insert.values.size(); ++i) {
                const bool first = i % insert.columns.size() == 0;
                writer << (i == 0 ? " VALUES (" : first ? "), (" : ", ");
                writer.expression(insert.values[i]);
            }
            writer << ")";
        }
        if (insert.conflict) write_conflict(writer, *insert.conflict);
    }
    write_returning(writer, insert.returning);
    return std::move(writer).take();
}

Text write(const Update& update, const Dialect& dialect, bool qualified) {
    Writer writer(dialect, qualified);
    writer << "UPDATE ";
    writer.source(update.table);
    write_assignments(writer, update.set);
    if (update.from) {
        writer << " FROM ";
        writer.source(*update.from);
    }
    write_where(writer, update.where);
    write_returning(writer, update.returning);
    return std::move(writer).take();
}

Text write(const Delete& statement, const Dialect& dialect, bool qualified) {
    Writer writer(dialect, qualified);
    writer << "DELETE FROM ";
    writer.source(statement.from);
    write_where(writer, statement.where);
    write_returning(writer, statement.returning);
    return std::move(writer).take();
}

}  // namespace lamina::dialect
