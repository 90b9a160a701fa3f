#include <lamina/sql/writer.hpp>

namespace lamina::dialect {
namespace {

/// Writes one kind of expression each.
struct NodeWriter {
    Writer& writer;

    void operator()(const Column& column) const {
        if (writer.qualified() && column.table != kNoTable) {
            writer.table_id(column.table);
            writer << ".";
        }
        writer.identifier(column.name);
    }
    void operator()(const Parameter& parameter) const { writer.parameter(parameter); }
    void operator()(const Integer& integer) const { writer << integer.value; }
    void operator()(const Null&) const { writer << "NULL"; }
    void operator()(const Boolean& boolean) const { writer << (boolean.value ? "1=1" : "1=0"); }

    void operator()(const Compare& compare) const {
        if (compare.op == Operator::Same) return writer.dialect().same(writer, compare);
        if (compare.op == Operator::Element) return writer.dialect().element(writer, compare);
        writer.dialect().compare(writer, compare);
    }

    void operator()(const Like& like) const { writer.dialect().like(writer, like); }
    void operator()(const IsNull& is_null) const {
        writer.expression(*is_null.operand);
        writer << (is_null.negated ? " IS NOT NULL" : " IS NULL");
    }
    void operator()(const InList& in) const { writer.dialect().in_list(writer, in); }

    void operator()(const Connective& connective) const {
        const bool all = connective.kind == Connective::Kind::All;
        if (connective.operands.empty()) {
            writer << (all ? "1=1" : "1=0");
            return;
        }
        std::string_view between;
        for (const Expression& operand : connective.operands) {
            writer << between;
            between = all ? " AND " : " OR ";
            const auto* inner = std::get_if<Connective>(&operand.node);
            const bool parentheses = inner && inner->operands.size() > 1;
            if (parentheses) writer << "(";
            writer.expression(operand);
            if (parentheses) writer << ")";
        }
    }
    void operator()(const Not& negation) const {
        writer << "NOT (";
        writer.expression(*negation.operand);
        writer << ")";
    }
    void operator()(const IsNotTrue& test) const {
        writer << "(";
        writer.expression(*test.operand);
        writer << ") IS NOT TRUE";
    }

    void subselect(const Select& select) const {
        writer << "(";
        writer.select(select);
        writer << ")";
    }
    void operator()(const Exists& exists) const {
        writer << (exists.negated ? "NOT EXISTS " : "EXISTS ");
        subselect(*exists.select);
    }
    void operator()(const InSelect& in) const {
        writer.dialect().equality_operand(writer, *in.operand);
        writer << (in.negated ? " NOT IN " : " IN ");
        subselect(*in.select);
    }
    void operator()(const Subquery& subquery) const { subselect(*subquery.select); }
    void operator()(const CountAll&) const { writer << "COUNT(*)"; }
    void operator()(const Coalesce& coalesce) const {
        writer << "COALESCE(";
        writer.expressions(coalesce.operands);
        writer << ")";
    }
    void operator()(const Arithmetic& arithmetic) const { writer.dialect().arithmetic(writer, arithmetic); }
    void operator()(const Cast& cast) const { writer.dialect().cast(writer, cast); }
    void operator()(const RowNumber& row_number) const {
        writer << "ROW_NUMBER() OVER (";
        if (!row_number.partition.empty()) {
            writer << "PARTITION BY ";
            std::string_view between;
            for (const Expression& item : row_number.partition) {
                writer << between;
                between = ", ";
                writer.dialect().equality_operand(writer, item);
            }
        }
        if (!row_number.order.empty()) {
            writer << (row_number.partition.empty() ? "ORDER BY " : " ORDER BY ");
            writer.order(row_number.order);
        }
        writer << ")";
    }
    void operator()(const Excluded& excluded) const {
        writer << "EXCLUDED.";
        writer.identifier(excluded.column);
    }
    void operator()(const DefaultValue&) const { writer << "DEFAULT"; }
    void operator()(const Aggregate& aggregate) const { writer.dialect().aggregate(writer, aggregate); }
    void operator()(const TextMatch& match) const { writer.dialect().text_match(writer, match); }
    void operator()(const ListTest& test) const { writer.dialect().list_test(writer, test); }
    void operator()(const JsonAt& at) const { writer.dialect().json_at(writer, at); }
    void operator()(const JsonElement& element) const { writer.dialect().json_element(writer, element); }
    void operator()(const JsonTest& test) const { writer.dialect().json_test(writer, test); }
    void operator()(const Search& search) const { writer.dialect().search(writer, search); }
    void operator()(const RowArray& rows) const { writer.dialect().row_array(writer, rows); }
};

/// Writes one kind of source each.
struct SourceWriter {
    Writer& writer;

    void operator()(const Table& table) const {
        writer.table(table.name);
        writer.alias(table.id);
    }
    void operator()(const Derived& derived) const {
        writer << "(";
        writer.select(*derived.select);
        writer << ") AS ";
        writer.table_id(derived.id);
    }
    void operator()(const ListTable& lists) const { writer.dialect().list_table(writer, lists); }
};

}  // namespace

void Writer::expression(const Expression& expression) { std::visit(NodeWriter{*this}, expression.node); }

void Writer::expressions(const std::vector<Expression>& items) {
    std::string_view between;
    for (const Expression& item : items) {
        *this << between;
        between = ", ";
        expression(item);
    }
}

void Writer::outputs(const std::vector<Output>& items) {
    std::string_view between;
    for (const Output& item : items) {
        *this << between;
        between = ", ";
        expression(item.expression);
        if (!item.alias.empty()) {
            *this << " AS ";
            identifier(item.alias);
        }
    }
}

void Writer::source(const Source& source) { std::visit(SourceWriter{*this}, source); }

void Writer::parameter(const Parameter& parameter) {
    const std::uint32_t code = dialect_.type_code(parameter.type);
    std::size_t position = text_.binds.size();
    if (dialect_.numbers_placeholders()) {
        for (std::size_t i = 0; i < text_.binds.size(); ++i) {
            if (text_.binds[i] == parameter.bind && text_.type_codes[i] == code) position = i;
        }
    }
    if (position == text_.binds.size()) {
        text_.binds.push_back(parameter.bind);
        text_.type_codes.push_back(code);
    }
    dialect_.placeholder(text_.sql, position + 1);
}

void Writer::order(const std::vector<OrderTerm>& order) {
    std::string_view between;
    for (const OrderTerm& term : order) {
        *this << between;
        between = ", ";
        dialect_.order_term(*this, term);
    }
}

void Writer::alias(TableId table) {
    if (!qualified_ || table == kNoTable) return;
    *this << " AS ";
    table_id(table);
}

void Writer::table_id(TableId table) {
    std::string name = "t";
    name += std::to_string(table);
    identifier(name);
}

void Writer::select(const Select& select) {
    *this << "SELECT ";
    if (select.outputs.empty()) {
        *this << "1";
    } else {
        outputs(select.outputs);
    }
    rest(select);
}

void Writer::select_rows(const Select& select) {
    *this << "SELECT ROW(";
    outputs(select.outputs);
    *this << ")";
    rest(select);
}

void Writer::rest(const Select& select) {
    if (select.from) {
        *this << " FROM ";
        source(*select.from);
    }
    for (const Join& join : select.joins) {
        *this << (join.kind == Join::Kind::Inner ? " INNER JOIN " : " LEFT JOIN ");
        source(join.source);
        *this << " ON ";
        expression(join.on);
    }
    if (select.where && !is_true(*select.where)) {
        *this << " WHERE ";
        expression(*select.where);
    }
    if (!select.group_by.empty()) {
        *this << " GROUP BY ";
        expressions(select.group_by);
    }
    if (select.having && !is_true(*select.having)) {
        *this << " HAVING ";
        expression(*select.having);
    }
    if (!select.order_by.empty()) {
        *this << " ORDER BY ";
        order(select.order_by);
    }
    if (select.limit || select.offset) dialect_.limit(*this, select);
    if (select.lock) dialect_.row_lock(*this, *select.lock);
}

Text write(const Select& select, const Dialect& dialect, bool qualified) {
    Writer writer(dialect, qualified);
    writer.select(select);
    return std::move(writer).take();
}

}  // namespace lamina::dialect
