#include <lamina/base/assert.hpp>
#include <lamina/sql/dialect.hpp>
#include <lamina/sql/writer.hpp>

namespace lamina::dialect {

void Dialect::identifier(std::string& out, std::string_view name) const {
    out += '"';
    for (const char c : name) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

void Dialect::table(std::string& out, const TableName& table) const {
    if (!table.schema.empty()) {
        identifier(out, table.schema);
        out += '.';
    }
    identifier(out, table.name);
}

void Dialect::current_time(std::string& out) const { out += "CURRENT_TIMESTAMP"; }

void Dialect::insert_default_row(std::string& out) const { out += " DEFAULT VALUES"; }

void Dialect::equality_operand(Writer& writer, const Expression& expression) const { writer.expression(expression); }

void Dialect::ordering_operand(Writer& writer, const Expression& expression) const { writer.expression(expression); }

void Dialect::compare(Writer& writer, const Compare& compare) const {
    static constexpr std::string_view kSigns[] = {" = ", " <> ", " < ", " <= ", " > ", " >= "};
    const auto operand = [&](const Expression& side) {
        if (compare.insensitive) {
            writer << "LOWER(";
            writer.expression(side);
            writer << ")";
        } else if (compare.op == Operator::Equal || compare.op == Operator::NotEqual) {
            equality_operand(writer, side);
        } else {
            ordering_operand(writer, side);
        }
    };
    operand(*compare.left);
    writer << kSigns[static_cast<std::size_t>(compare.op)];
    operand(*compare.right);
}

void Dialect::same(Writer& writer, const Compare& compare) const {
    equality_operand(writer, *compare.left);
    writer << " IS NOT DISTINCT FROM ";
    equality_operand(writer, *compare.right);
}

void Dialect::element(Writer& writer, const Compare& compare) const {
    equality_operand(writer, *compare.left);
    writer << " = ";
    equality_operand(writer, *compare.right);
}

void Dialect::order_term(Writer& writer, const OrderTerm& term) const {
    ordering_operand(writer, term.expression);
    const bool descending = term.direction == Direction::Descending;
    if (descending) writer << " DESC";
    // What the database does by itself is not said: an index serves the order only when it is not.
    const Nulls natural = nulls_are_greatest() != descending ? Nulls::Last : Nulls::First;
    if (term.nullable && term.nulls != Nulls::Default && term.nulls != natural) {
        writer << (term.nulls == Nulls::First ? " NULLS FIRST" : " NULLS LAST");
    }
}

void Dialect::limit(Writer& writer, const Select& select) const {
    if (select.limit) {
        writer << " LIMIT ";
        writer.expression(*select.limit);
    }
    if (select.offset) {
        writer << " OFFSET ";
        writer.expression(*select.offset);
    }
}

void Dialect::cast(Writer& writer, const Cast& cast) const {
    writer << "CAST(";
    writer.expression(*cast.operand);
    writer << " AS ";
    type_name(writer.out(), cast.type);
    writer << ")";
}

void Dialect::arithmetic(Writer& writer, const Arithmetic& arithmetic) const {
    static constexpr std::string_view kSigns[] = {" + ", " - ", " * ", " / ", " || "};
    writer << "(";
    writer.expression(*arithmetic.left);
    writer << kSigns[static_cast<std::size_t>(arithmetic.kind)];
    writer.expression(*arithmetic.right);
    writer << ")";
}

void Dialect::aggregate(Writer& writer, const Aggregate& aggregate) const {
    static constexpr std::string_view kNames[] = {"COUNT(", "SUM(", "AVG(", "MIN(", "MAX("};
    writer << kNames[static_cast<std::size_t>(aggregate.kind)];
    writer.expression(*aggregate.operand);
    writer << ")";
}

void Dialect::list_test(Writer&, const ListTest&) const { LAMINA_ASSERT(false); }

void Dialect::search(Writer&, const Search&) const { LAMINA_ASSERT(false); }

void Dialect::row_lock(Writer&, const RowLock&) const { LAMINA_ASSERT(false); }

void Dialect::row_array(Writer&, const RowArray&) const { LAMINA_ASSERT(false); }

const ValueType* type_of(const Expression& expression) noexcept {
    if (const auto* column = std::get_if<Column>(&expression.node)) return &column->type;
    if (const auto* parameter = std::get_if<Parameter>(&expression.node)) return &parameter->type;
    if (const auto* cast = std::get_if<Cast>(&expression.node)) return &cast->type;
    if (const auto* aggregate = std::get_if<Aggregate>(&expression.node)) return &aggregate->type;
    if (const auto* at = std::get_if<JsonAt>(&expression.node)) return &at->type;
    if (const auto* element = std::get_if<JsonElement>(&expression.node)) return &element->type;
    return nullptr;
}

}  // namespace lamina::dialect
