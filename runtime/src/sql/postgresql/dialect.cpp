#include <algorithm>
#include <array>

#include <lamina/sql/postgresql/dialect.hpp>
#include <lamina/sql/writer.hpp>

namespace lamina::dialect::postgresql {
namespace {

/// What a type is called on the server, and the OIDs under which values travel in binary form; 0: as text, the server
/// infers.
struct ServerType {
    std::string_view native;  ///< as the schema language names it
    std::string_view name;    ///< for casts; chosen so that a cast neither cuts nor pads
    std::uint32_t code;
    std::uint32_t list_code;
};

// A smallint column is compared with an int4 parameter, and a varchar with a text one: the operators cross these types,
// indexes serve them, and a value out of range is then no error but matches nothing.
constexpr std::array kNative = {
    ServerType{"SmallInt", "smallint", 23, 1007},
    ServerType{"Integer", "integer", 23, 1007},
    ServerType{"BigInt", "bigint", 20, 1016},
    ServerType{"Oid", "oid", 0, 0},
    ServerType{"Real", "real", 0, 0},
    ServerType{"DoublePrecision", "double precision", 701, 1022},
    ServerType{"Decimal", "numeric", 1700, 1231},
    ServerType{"Money", "money", 0, 0},
    ServerType{"Boolean", "boolean", 16, 1000},
    ServerType{"Text", "text", 25, 1009},
    ServerType{"VarChar", "varchar", 25, 1009},
    ServerType{"Char", "bpchar", 0, 0},
    ServerType{"Citext", "citext", 0, 0},
    ServerType{"Inet", "inet", 0, 0},
    ServerType{"Bit", "varbit", 0, 0},
    ServerType{"VarBit", "varbit", 0, 0},
    ServerType{"Uuid", "uuid", 2950, 2951},
    ServerType{"Xml", "xml", 0, 0},
    ServerType{"Timestamp", "timestamp", 1114, 1115},
    ServerType{"Timestamptz", "timestamptz", 1184, 1185},
    ServerType{"Date", "date", 0, 0},
    ServerType{"Time", "time", 0, 0},
    ServerType{"Timetz", "timetz", 0, 0},
    ServerType{"Json", "json", 114, 199},
    ServerType{"JsonB", "jsonb", 3802, 3807},
    ServerType{"ByteA", "bytea", 17, 1001},
};

constexpr ServerType kUnknown{"", "", 0, 0};

const ServerType& server_type(const ValueType& type) noexcept {
    if (type.type == Type::Enum) return kUnknown;
    static constexpr std::array<std::string_view, 9> kDefaults = {
        "Integer", "BigInt", "DoublePrecision", "Decimal", "Boolean", "Text", "Timestamp", "JsonB", "ByteA"};
    const std::string_view name =
        type.native.name.empty() ? kDefaults[static_cast<std::size_t>(type.type)] : type.native.name;
    const auto found =
        std::find_if(kNative.begin(), kNative.end(), [&](const ServerType& item) { return item.native == name; });
    return found == kNative.end() ? kUnknown : *found;
}

bool is_native(const Expression& expression, std::string_view native) {
    const ValueType* type = type_of(expression);
    return type && type->native.name == native;
}

class PostgresqlDialect final : public Dialect {
public:
    std::string_view name() const noexcept override { return "postgresql"; }
    bool nulls_are_greatest() const noexcept override { return true; }
    bool has_typed_lists() const noexcept override { return true; }
    bool has_lists() const noexcept override { return true; }
    bool has_json_operators() const noexcept override { return true; }
    bool has_text_search() const noexcept override { return true; }
    bool has_row_locks() const noexcept override { return true; }
    bool has_row_arrays() const noexcept override { return true; }
    std::uint32_t parameter_limit() const noexcept override { return 65535; }

    std::uint32_t type_code(const ValueType& type) const noexcept override {
        const ServerType& found = server_type(type);
        return type.list ? found.list_code : found.code;
    }

    void placeholder(std::string& out, std::size_t number) const override {
        out += '$';
        out += std::to_string(number);
    }

    void type_name(std::string& out, const ValueType& type) const override {
        if (type.enumeration) {
            table(out, {type.enumeration->schema, type.enumeration->type});
        } else {
            const ServerType& found = server_type(type);
            out += found.name.empty() ? std::string_view("text") : found.name;
        }
        if (type.list) out += "[]";
    }

    /// json and xml have no equality of their own.
    void equality_operand(Writer& writer, const Expression& expression) const override {
        writer.expression(expression);
        if (is_native(expression, "Json")) writer << "::jsonb";
        if (is_native(expression, "Xml")) writer << "::text";
    }
    void ordering_operand(Writer& writer, const Expression& expression) const override {
        equality_operand(writer, expression);
    }

    void like(Writer& writer, const Like& like) const override {
        writer.expression(*like.operand);
        const ValueType* type = type_of(*like.operand);
        if (type && type->type == Type::String && server_type(*type).list_code != 1009 &&
            type->native.name != "Citext" && type->native.name != "Char") {
            writer << "::text";
        }
        writer << (like.negated ? " NOT " : " ") << (like.insensitive ? "ILIKE " : "LIKE ");
        writer.expression(*like.pattern);
    }

    void in_list(Writer& writer, const InList& in) const override {
        if (in.insensitive) {
            writer << "LOWER(";
            writer.expression(*in.operand);
            writer << (in.negated ? ") <> ALL (SELECT LOWER(e) FROM unnest(" : ") = ANY (SELECT LOWER(e) FROM unnest(");
            typed_list(writer, in.list);
            writer << ") AS e)";
            return;
        }
        equality_operand(writer, *in.operand);
        writer << (in.negated ? " <> ALL (" : " = ANY (");
        writer.parameter(in.list);
        if (in.list.type.native.name == "Json") writer << "::jsonb[]";
        if (in.list.type.native.name == "Xml") writer << "::text[]";
        writer << ")";
    }

    void list_table(Writer& writer, const ListTable& lists) const override {
        writer << "unnest(";
        std::string_view between;
        for (const Parameter& list : lists.lists) {
            writer << between;
            between = ", ";
            typed_list(writer, list);
        }
        writer << ") AS ";
        writer.table_id(lists.id);
        writer << "(";
        for (std::size_t i = 0; i < lists.lists.size(); ++i) {
            if (i > 0) writer << ", ";
            writer.identifier(list_column(i));
        }
        writer << ")";
    }

    void cast(Writer& writer, const Cast& cast) const override {
        writer.expression(*cast.operand);
        writer << "::";
        type_name(writer.out(), cast.type);
    }

    /// Arrays compare with arrays of the very same type only.
    void compare(Writer& writer, const Compare& compare) const override {
        const ValueType* type = type_of(*compare.left);
        if (type == nullptr || !type->list) return Dialect::compare(writer, compare);
        writer.expression(*compare.left);
        writer << (compare.op == Operator::NotEqual ? " <> " : " = ");
        list_operand(writer, *compare.right);
    }

    /// What the server lacks: a minimum of uuid (before 18) and of boolean; averages of money. Averages of integers
    /// would be numeric, sums of bigint as well.
    void aggregate(Writer& writer, const Aggregate& aggregate) const override {
        const ValueType* type = type_of(*aggregate.operand);
        const bool average = aggregate.kind == Aggregate::Kind::Average;
        const bool least = aggregate.kind == Aggregate::Kind::Minimum;
        if (type != nullptr && (least || aggregate.kind == Aggregate::Kind::Maximum)) {
            if (type->type == Type::Boolean) {
                writer << (least ? "BOOL_AND(" : "BOOL_OR(");
                writer.expression(*aggregate.operand);
                writer << ")";
                return;
            }
            if (type->native.name == "Uuid") {
                writer << (least ? "MIN(" : "MAX(");
                writer.expression(*aggregate.operand);
                writer << "::text)::uuid";
                return;
            }
        }
        if (average && type != nullptr && type->native.name == "Money") {
            writer << "AVG(";
            writer.expression(*aggregate.operand);
            writer << "::numeric)";
            return;
        }
        Dialect::aggregate(writer, aggregate);
        if (average && aggregate.type.type == Type::Float) writer << "::double precision";
        if (aggregate.kind == Aggregate::Kind::Sum && type != nullptr && type->type == Type::BigInt)
            writer << "::bigint";
    }

    void text_match(Writer& writer, const TextMatch& match) const override {
        const auto text = [&](const Expression& expression) {
            if (match.insensitive) writer << "LOWER(";
            writer.expression(expression);
            writer << "::text";
            if (match.insensitive) writer << ")";
        };
        if (match.kind == TextMatch::Kind::Contains) {
            writer << "STRPOS(";
            text(*match.text);
            writer << ", ";
            text(*match.part);
            writer << (match.negated ? ") = 0" : ") > 0");
            return;
        }
        writer << (match.kind == TextMatch::Kind::StartsWith ? "LEFT(" : "RIGHT(");
        text(*match.text);
        writer << ", LENGTH(";
        text(*match.part);
        writer << (match.negated ? ")) <> " : ")) = ");
        text(*match.part);
    }

    void list_test(Writer& writer, const ListTest& test) const override {
        if (test.kind == ListTest::Kind::ElementOf) return element_of(writer, test);
        if (test.kind == ListTest::Kind::IsEmpty) {
            writer.expression(*test.list);
            writer << (test.negated ? " <> '{}'" : " = '{}'");
            return;
        }
        if (test.negated) writer << "NOT (";
        writer.expression(*test.list);
        writer << (test.kind == ListTest::Kind::HasSome ? " && " : " @> ");
        if (test.kind == ListTest::Kind::Has) {
            writer << "ARRAY[";
            writer.expression(*test.other);
            writer << "]";
            list_type(writer, type_of(*test.list));
        } else {
            list_operand(writer, *test.other);
        }
        if (test.negated) writer << ")";
    }

    /// All Json values are jsonb here.
    void json_at(Writer& writer, const JsonAt& at) const override {
        const bool json = is_native(*at.document, "Json");
        if (!at.path && !at.text) {
            writer.expression(*at.document);
            if (json) writer << "::jsonb";
            return;
        }
        writer << "(";
        writer.expression(*at.document);
        writer << (at.text ? " #>> " : " #> ");
        if (at.path) {
            writer.parameter(*at.path);
        } else {
            writer << "'{}'";
        }
        writer << ")";
        if (json && !at.text) writer << "::jsonb";
    }
    void json_element(Writer& writer, const JsonElement& element) const override {
        writer << "(";
        writer.expression(*element.array);
        writer << (element.last ? " -> -1)" : " -> 0)");
    }
    void json_test(Writer& writer, const JsonTest& test) const override {
        if (test.kind == JsonTest::Kind::Contains) {
            if (test.negated) writer << "NOT (";
            writer.expression(*test.value);
            writer << " @> ";
            writer.expression(*test.other);
            if (test.negated) writer << ")";
            return;
        }
        writer << "JSONB_TYPEOF(";
        writer.expression(*test.value);
        writer << (test.negated ? ") <> " : ") = ");
        if (test.kind == JsonTest::Kind::SameKind) {
            writer << "JSONB_TYPEOF(";
            writer.expression(*test.other);
            writer << ")";
        } else {
            writer << (test.kind == JsonTest::Kind::IsString ? "'string'" : "'array'");
        }
    }

    void search(Writer& writer, const Search& search) const override {
        if (search.negated) writer << "NOT (";
        if (search.rank) writer << "TS_RANK(";
        writer << "TO_TSVECTOR(CONCAT_WS(' ', ";
        writer.expressions(search.texts);
        writer << (search.rank ? ")), TO_TSQUERY(" : ")) @@ TO_TSQUERY(");
        writer.parameter(search.query);
        writer << ")";
        if (search.rank) writer << ")";
        if (search.negated) writer << ")";
    }

    void row_lock(Writer& writer, const RowLock& lock) const override {
        static constexpr std::string_view kStrengths[] = {"UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE"};
        static constexpr std::string_view kWaits[] = {"", " NOWAIT", " SKIP LOCKED"};
        writer << " FOR " << kStrengths[static_cast<std::size_t>(lock.strength)];
        if (writer.qualified()) {
            writer << " OF ";
            writer.table_id(lock.table);
        }
        writer << kWaits[static_cast<std::size_t>(lock.wait)];
    }

    /// The rows' binary format says the type of every value in them.
    void row_array(Writer& writer, const RowArray& rows) const override {
        writer << "ARRAY(";
        writer.select_rows(*rows.select);
        writer << ")";
    }

private:
    /// A list's text in lower letters is the list of its elements in lower letters; NULL stays NULL.
    void element_of(Writer& writer, const ListTest& test) const {
        if (test.insensitive) writer << "LOWER(";
        writer.expression(*test.other);
        if (test.insensitive) writer << ")";
        writer << (test.negated ? " <> ALL (" : " = ANY (");
        if (test.insensitive) writer << "LOWER(";
        writer.expression(*test.list);
        writer << (test.insensitive ? "::text)::text[])" : ")");
    }
    /// "::type[]" unless the type is one whose parameters are of the same type as its columns.
    void list_type(Writer& writer, const ValueType* type) const {
        if (type == nullptr || (type->native.name.empty() && !type->enumeration)) return;
        writer << "::";
        type_name(writer.out(), list_of(*type));
    }
    void list_operand(Writer& writer, const Expression& list) const {
        writer.expression(list);
        if (const auto* parameter = std::get_if<Parameter>(&list.node)) list_type(writer, &parameter->type);
    }
    /// unnest cannot infer a type: a list without a code says its own.
    void typed_list(Writer& writer, const Parameter& list) const {
        writer.parameter(list);
        if (type_code(list.type) != 0) return;
        writer << "::";
        type_name(writer.out(), list.type);
    }
};

}  // namespace

const Dialect& dialect() noexcept {
    static const PostgresqlDialect instance;
    return instance;
}

}  // namespace lamina::dialect::postgresql
