#include <lamina/base/assert.hpp>
#include <lamina/sql/sqlite/dialect.hpp>
#include <lamina/sql/writer.hpp>

namespace lamina::dialect::sqlite {
namespace {

bool is_type(const Expression& expression, Type type) {
    const ValueType* found = type_of(expression);
    return found && found->type == type;
}

/// The pieces of a comparison of a stored DateTime with a parameter.
struct DateTimeComparison {
    Writer& writer;
    const Expression& column;
    const Parameter& parameter;

    void stored() const { writer.expression(column); }
    /// The first text of the parameter's day, and one behind its last.
    void day() const {
        writer << "substr(";
        writer.parameter(parameter);
        writer << ", 1, 10)";
    }
    void day_end() const {
        day();
        writer << " || '~'";
    }
    /// The stored point in time in our form.
    void time() const { stored_time(writer, column); }

    static void stored_time(Writer& writer, const Expression& column) {
        writer << "CASE WHEN typeof(";
        writer.expression(column);
        writer << ") = 'integer' THEN strftime('%Y-%m-%dT%H:%M:%f+00:00', ";
        writer.expression(column);
        writer << " / 1000.0, 'unixepoch') WHEN ";
        writer.expression(column);
        writer << " LIKE '____-__-__T%+00:00' THEN ";
        writer.expression(column);
        writer << " ELSE strftime('%Y-%m-%dT%H:%M:%f+00:00', ";
        writer.expression(column);
        writer << ") END";
    }

    void before(std::string_view sign) const {
        writer << "(";
        stored();
        writer << " < ";
        day_end();
        writer << " AND (";
        stored();
        writer << " >= '' AND ";
        stored();
        writer << " < ";
        day();
        writer << " OR ";
        time();
        writer << sign;
        writer.parameter(parameter);
        writer << "))";
    }
    void after(std::string_view sign) const {
        writer << "((";
        stored();
        writer << " >= ";
        day();
        writer << " OR ";
        stored();
        writer << " < '') AND (";
        stored();
        writer << " >= ";
        day_end();
        writer << " OR ";
        time();
        writer << sign;
        writer.parameter(parameter);
        writer << "))";
    }
    void at() const {
        writer << "((";
        stored();
        writer << " >= ";
        day();
        writer << " AND ";
        stored();
        writer << " < ";
        day_end();
        writer << " OR ";
        stored();
        writer << " < '') AND ";
        time();
        writer << " = ";
        writer.parameter(parameter);
        writer << ")";
    }
    void not_at() const {
        time();
        writer << " <> ";
        writer.parameter(parameter);
    }
};

class SqliteDialect final : public Dialect {
public:
    std::string_view name() const noexcept override { return "sqlite"; }
    bool nulls_are_greatest() const noexcept override { return false; }
    /// EXISTS is run once per row and needs an index on the foreign key, which nobody has promised; IN is run once.
    bool prefers_in_select() const noexcept override { return true; }
    bool has_typed_lists() const noexcept override { return false; }
    std::uint32_t parameter_limit() const noexcept override { return 32766; }

    std::uint32_t type_code(const ValueType&) const noexcept override { return 0; }

    void placeholder(std::string& out, std::size_t number) const override {
        out += '?';
        out += std::to_string(number);
    }

    void type_name(std::string& out, const ValueType& type) const override {
        switch (type.type) {
            case Type::Int:
            case Type::BigInt:
            case Type::Boolean: out += "INTEGER"; return;
            case Type::Float: out += "REAL"; return;
            case Type::Decimal: out += "NUMERIC"; return;
            case Type::String:
            case Type::DateTime:
            case Type::Json:
            case Type::Enum: out += "TEXT"; return;
            case Type::Bytes: out += "BLOB"; return;
        }
    }

    /// In the form in which DateTimes are stored.
    void current_time(std::string& out) const override { out += "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"; }

    /// A Decimal is an INTEGER or REAL, or, when it has too many digits for these, a BLOB of its text, which would be
    /// greater than every number. As REAL all of them are ordered as numbers, right to 15 digits.
    void ordering_operand(Writer& writer, const Expression& expression) const override {
        const bool decimal = is_type(expression, Type::Decimal);
        if (decimal) writer << "CAST(";
        writer.expression(expression);
        if (decimal) writer << " AS REAL)";
    }

    /// A DateTime is a text in our form, or what other programs have stored: a text in another form of ISO 8601, or
    /// milliseconds since 1970. All texts begin with the day, which an index orders; within the day the point in time
    /// decides.
    void compare(Writer& writer, const Compare& compare) const override {
        const auto* parameter = std::get_if<Parameter>(&compare.right->node);
        if (parameter == nullptr && is_type(*compare.left, Type::DateTime) && is_type(*compare.right, Type::DateTime)) {
            static constexpr std::string_view kSigns[] = {" = ", " <> ", " < ", " <= ", " > ", " >= "};
            DateTimeComparison::stored_time(writer, *compare.left);
            writer << kSigns[static_cast<std::size_t>(compare.op)];
            DateTimeComparison::stored_time(writer, *compare.right);
            return;
        }
        if (parameter == nullptr || !is_type(*compare.left, Type::DateTime)) return Dialect::compare(writer, compare);
        const DateTimeComparison parts{writer, *compare.left, *parameter};
        switch (compare.op) {
            case Operator::Less: return parts.before(" < ");
            case Operator::LessOrEqual: return parts.before(" <= ");
            case Operator::Greater: return parts.after(" > ");
            case Operator::GreaterOrEqual: return parts.after(" >= ");
            case Operator::Equal: return parts.at();
            case Operator::NotEqual: return parts.not_at();
            case Operator::Same:
            case Operator::Element: return Dialect::compare(writer, compare);
        }
    }

    void same(Writer& writer, const Compare& compare) const override {
        writer.expression(*compare.left);
        writer << " IS ";
        writer.expression(*compare.right);
    }

    /// Bytes travel in lists as hex digits.
    void element(Writer& writer, const Compare& compare) const override {
        if (!is_type(*compare.left, Type::Bytes)) return Dialect::element(writer, compare);
        hexadecimal(writer, *compare.left);
        writer << " = ";
        writer.expression(*compare.right);
    }

    /// LIKE ignores the case of ASCII letters here, asked or not, as in Prisma.
    void like(Writer& writer, const Like& like) const override {
        writer.expression(*like.operand);
        writer << (like.negated ? " NOT LIKE " : " LIKE ");
        writer.expression(*like.pattern);
        writer << " ESCAPE '\\'";
    }

    void in_list(Writer& writer, const InList& in) const override {
        if (in.insensitive) writer << "LOWER(";
        if (in.list.type.type == Type::DateTime) {
            DateTimeComparison::stored_time(writer, *in.operand);
        } else if (in.list.type.type == Type::Bytes) {
            hexadecimal(writer, *in.operand);
        } else {
            writer.expression(*in.operand);
        }
        if (in.insensitive) writer << ")";
        writer << (in.negated ? " NOT IN (SELECT " : " IN (SELECT ");
        if (in.insensitive) writer << "LOWER(";
        const bool text = in.list.type.type == Type::String;
        list_element(writer, in.list.type, text ? "e." : "");
        if (in.insensitive) writer << ")";
        writer << " FROM json_each(";
        writer.parameter(in.list);
        writer << (text ? ") AS e)" : "))");
    }

    void list_table(Writer& writer, const ListTable& lists) const override {
        writer << "(SELECT ";
        for (std::size_t i = 0; i < lists.lists.size(); ++i) {
            if (i > 0) writer << ", ";
            list_element(writer, lists.lists[i].type, "j" + std::to_string(i) + ".");
            writer << " AS ";
            writer.identifier(list_column(i));
        }
        for (std::size_t i = 0; i < lists.lists.size(); ++i) {
            const std::string name = "j" + std::to_string(i);
            if (i == 0) {
                writer << " FROM json_each(";
                writer.parameter(lists.lists[i]);
                writer << ") AS " << name;
            } else {
                // LIMIT keeps the select from being merged into the outer one, where every row would read the whole
                // list again; as a table of its own it gets an automatic index.
                writer << " INNER JOIN (SELECT key, value, type FROM json_each(";
                writer.parameter(lists.lists[i]);
                writer << ") LIMIT -1) AS " << name << " ON " << name << ".key = j0.key";
            }
        }
        writer << ") AS ";
        writer.table_id(lists.id);
    }

    void limit(Writer& writer, const Select& select) const override {
        if (!select.limit) writer << " LIMIT -1";
        Dialect::limit(writer, select);
    }

    /// Decimals are calculated as REAL and rounded to 15 digits, which gives the decimal result where it has no more
    /// digits; as numbers without a fraction are stored as INTEGER, a plain division would cut.
    void arithmetic(Writer& writer, const Arithmetic& arithmetic) const override {
        if (arithmetic.type.type != Type::Decimal) return Dialect::arithmetic(writer, arithmetic);
        const auto calculate = [&] {
            static constexpr std::string_view kSigns[] = {" + ", " - ", " * ", " / "};
            writer << "CAST(";
            writer.expression(*arithmetic.left);
            writer << " AS REAL)" << kSigns[static_cast<std::size_t>(arithmetic.kind)] << "CAST(";
            writer.expression(*arithmetic.right);
            writer << " AS REAL)";
        };
        writer << "CASE WHEN ";
        calculate();
        writer << " IS NOT NULL THEN CAST(printf('%.15g', ";
        calculate();
        writer << ") AS NUMERIC) END";
    }

    /// Sums and averages of Decimals are calculated as REAL and rounded to 15 digits, as arithmetic() does. Among
    /// numbers and texts in BLOBs, MIN and MAX would take storage classes for values: where the number that they give
    /// is not the least or greatest, a BLOB is, which comes as REAL.
    void aggregate(Writer& writer, const Aggregate& aggregate) const override {
        if (aggregate.kind == Aggregate::Kind::Count || !is_type(*aggregate.operand, Type::Decimal))
            return Dialect::aggregate(writer, aggregate);
        static constexpr std::string_view kNames[] = {"COUNT(", "SUM(", "AVG(", "MIN(", "MAX("};
        const std::string_view name = kNames[static_cast<std::size_t>(aggregate.kind)];
        const auto real = [&] {
            writer << name << "CAST(";
            writer.expression(*aggregate.operand);
            writer << " AS REAL))";
        };
        writer << "CASE WHEN ";
        real();
        if (aggregate.kind == Aggregate::Kind::Sum || aggregate.kind == Aggregate::Kind::Average) {
            writer << " IS NOT NULL THEN CAST(printf('%.15g', ";
            real();
            writer << ") AS NUMERIC) END";
            return;
        }
        const auto stored = [&] {
            writer << name << "CASE WHEN typeof(";
            writer.expression(*aggregate.operand);
            writer << ") <> 'blob' THEN ";
            writer.expression(*aggregate.operand);
            writer << " END)";
        };
        writer << " = ";
        stored();
        writer << " THEN ";
        stored();
        writer << " ELSE ";
        real();
        writer << " END";
    }

    /// Letter case is that of LIKE: ASCII letters are the same in both.
    void text_match(Writer& writer, const TextMatch& match) const override {
        const auto text = [&](const Expression& expression) {
            writer << "LOWER(";
            writer.expression(expression);
            writer << ")";
        };
        if (match.kind == TextMatch::Kind::Contains) {
            writer << "INSTR(";
            text(*match.text);
            writer << ", ";
            text(*match.part);
            writer << (match.negated ? ") = 0" : ") > 0");
            return;
        }
        writer << "SUBSTR(";
        text(*match.text);
        if (match.kind == TextMatch::Kind::StartsWith) {
            writer << ", 1, LENGTH(";
            writer.expression(*match.part);
            writer << ")";
        } else {
            // From the end; from behind the end for an empty text.
            writer << ", LENGTH(";
            writer.expression(*match.text);
            writer << ") - LENGTH(";
            writer.expression(*match.part);
            writer << ") + 1, LENGTH(";
            writer.expression(*match.part);
            writer << ")";
        }
        writer << (match.negated ? ") <> " : ") = ");
        text(*match.part);
    }

    void json_at(Writer& writer, const JsonAt& at) const override {
        if (!at.path && !at.text) {
            // A parameter may be spelled in many ways.
            const bool given = std::holds_alternative<Parameter>(at.document->node);
            if (given) writer << "json(";
            writer.expression(*at.document);
            if (given) writer << ")";
            return;
        }
        writer << "(";
        writer.expression(*at.document);
        writer << (at.text ? " ->> " : " -> ");
        if (at.path) {
            writer.parameter(*at.path);
        } else {
            writer << "'$'";
        }
        writer << ")";
    }
    void json_element(Writer& writer, const JsonElement& element) const override {
        writer << "(";
        writer.expression(*element.array);
        writer << (element.last ? " -> '$[#-1]')" : " -> '$[0]')");
    }
    void json_test(Writer& writer, const JsonTest& test) const override {
        writer << "json_type(";
        writer.expression(*test.value);
        writer << (test.negated ? ") <> " : ") = ");
        switch (test.kind) {
            case JsonTest::Kind::IsString: writer << "'text'"; return;
            case JsonTest::Kind::IsArray: writer << "'array'"; return;
            case JsonTest::Kind::SameKind:
            case JsonTest::Kind::Contains: break;
        }
        LAMINA_ASSERT(false);
    }

private:
    /// hex() alone takes NULL for no bytes.
    static void hexadecimal(Writer& writer, const Expression& bytes) {
        writer << "CASE WHEN ";
        writer.expression(bytes);
        writer << " IS NOT NULL THEN hex(";
        writer.expression(bytes);
        writer << ") END";
    }
    /// An element of json_each as a value of its type. It ends texts at a NUL: those come as lists of their parts.
    static void list_element(Writer& writer, const ValueType& type, std::string_view prefix) {
        if (type.type == Type::Decimal) {
            writer << "CASE " << prefix << "type WHEN 'text' THEN CAST(" << prefix << "value AS BLOB) ELSE " << prefix
                   << "value END";
        } else if (type.type == Type::String) {
            writer << "CASE " << prefix
                   << "type WHEN 'array' THEN (SELECT group_concat(part.value, char(0)) FROM json_each(" << prefix
                   << "value) AS part) ELSE " << prefix << "value END";
        } else {
            writer << prefix << "value";
        }
    }
};

}  // namespace

const Dialect& dialect() noexcept {
    static const SqliteDialect instance;
    return instance;
}

}  // namespace lamina::dialect::sqlite
