#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "catalog/ids.hpp"

namespace lamina::catalog {

/// What a column's values are, whatever the database calls its type.
enum class Family : std::uint8_t {
    Boolean,
    Int,
    BigInt,
    Float,
    Decimal,
    String,
    DateTime,
    Bytes,
    Json,
    Enum,
    Unsupported,  ///< a type that only the database understands; its text is the native type's name
};

/// May a column be NULL, or does it hold a list?
enum class Arity : std::uint8_t { Required, Nullable, List };

/// The database's own name of a type, as its DDL writes it: {"VARCHAR", {255}} is VARCHAR(255).
struct NativeType {
    std::string name;
    std::vector<std::uint32_t> arguments;
    friend bool operator==(const NativeType&, const NativeType&) = default;
};

/// The type of a column. For an enum column where the database has enum types `native` is empty and `enumeration` says
/// it.
struct ColumnType {
    Family family = Family::Unsupported;
    Arity arity = Arity::Required;
    NativeType native;
    EnumId enumeration = kNone<EnumId>;
};

/// What a column holds when a row does not give it.
struct Default {
    enum class Kind : std::uint8_t {
        Text,        ///< `text` is the value of a string, an enum label, JSON: to be quoted
        Number,      ///< `text` is a number in decimal
        Boolean,     ///< `text` is true or false
        DateTime,    ///< `text` is a date and time as `2020-01-02 03:04:05.123 +00:00`
        Bytes,       ///< `text` is lower-case hexadecimal
        List,        ///< `items`
        Now,         ///< the time of the insertion
        Expression,  ///< `text` is SQL
    };
    Kind kind = Kind::Expression;
    std::string text;
    std::vector<Default> items;
    std::string source;  ///< the SQL as a live database shows it; empty when the default comes from a schema
};

/// `VARCHAR(255)`: name and arguments as DDL writes them.
[[nodiscard]] std::string to_string(const NativeType& type);

}  // namespace lamina::catalog
