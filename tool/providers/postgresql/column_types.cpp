#include "providers/postgresql/column_types.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace lamina::providers::postgresql {
namespace {

using catalog::NativeType;
using schema::ScalarType;

struct Spelling {
    std::string_view schema;  // after @db.
    std::string_view sql;
};

constexpr std::array kSpellings{
    Spelling{"SmallInt", "SMALLINT"},
    Spelling{"Integer", "INTEGER"},
    Spelling{"BigInt", "BIGINT"},
    Spelling{"Decimal", "DECIMAL"},
    Spelling{"Money", "MONEY"},
    Spelling{"Inet", "INET"},
    Spelling{"Oid", "OID"},
    Spelling{"Citext", "CITEXT"},
    Spelling{"Real", "REAL"},
    Spelling{"DoublePrecision", "DOUBLE PRECISION"},
    Spelling{"VarChar", "VARCHAR"},
    Spelling{"Char", "CHAR"},
    Spelling{"Text", "TEXT"},
    Spelling{"ByteA", "BYTEA"},
    Spelling{"Timestamp", "TIMESTAMP"},
    Spelling{"Timestamptz", "TIMESTAMPTZ"},
    Spelling{"Date", "DATE"},
    Spelling{"Time", "TIME"},
    Spelling{"Timetz", "TIMETZ"},
    Spelling{"Boolean", "BOOLEAN"},
    Spelling{"Bit", "BIT"},
    Spelling{"VarBit", "VARBIT"},
    Spelling{"Uuid", "UUID"},
    Spelling{"Xml", "XML"},
    Spelling{"Json", "JSON"},
    Spelling{"JsonB", "JSONB"},
};

NativeType written_type(const schema::NativeType& written) {
    NativeType type;
    for (const Spelling& spelling : kSpellings) {
        if (spelling.schema == written.name) type.name = spelling.sql;
    }
    if (type.name.empty()) type.name = written.name;
    for (const std::string& argument : written.args) {
        std::uint32_t number = 0;
        std::from_chars(argument.data(), argument.data() + argument.size(), number);
        type.arguments.push_back(number);
    }
    return type;
}

NativeType usual_type(ScalarType type) {
    switch (type) {
        case ScalarType::String: return {"TEXT", {}};
        case ScalarType::Boolean: return {"BOOLEAN", {}};
        case ScalarType::Int: return {"INTEGER", {}};
        case ScalarType::BigInt: return {"BIGINT", {}};
        case ScalarType::Float: return {"DOUBLE PRECISION", {}};
        case ScalarType::Decimal: return {"DECIMAL", {65, 30}};
        case ScalarType::DateTime: return {"TIMESTAMP", {3}};
        case ScalarType::Json: return {"JSONB", {}};
        case ScalarType::Bytes: return {"BYTEA", {}};
    }
    return {};
}

}  // namespace

NativeType native_type(const schema::Field& field) {
    if (field.is_unsupported()) return {std::string{field.unsupported_type()}, {}};
    if (field.native_type()) return written_type(*field.native_type());
    return usual_type(field.scalar_type());
}

std::string operator_class(std::string_view prisma_name) {
    // One word for the database where Prisma's spelling has two capitals.
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kWords{{{"MinMax", "Minmax"},
                                                                                   {"TimestampTz", "Timestamptz"},
                                                                                   {"TimeTz", "Timetz"},
                                                                                   {"VarBit", "Varbit"},
                                                                                   {"TsVector", "Tsvector"},
                                                                                   {"TsQuery", "Tsquery"}}};
    std::string name{prisma_name};
    for (const auto& [two, one] : kWords) {
        for (std::size_t at = name.find(two); at != std::string::npos; at = name.find(two, at))
            name.replace(at, two.size(), one);
    }
    std::string result;
    for (const char c : name) {
        const bool capital = c >= 'A' && c <= 'Z';
        if (capital && !result.empty()) result += '_';
        result += capital ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

}  // namespace lamina::providers::postgresql
