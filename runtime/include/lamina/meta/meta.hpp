#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <lamina/value/row.hpp>
#include <lamina/value/type.hpp>

/// The schema as constant data. `lamina generate` writes one `meta::Schema` into the generated client.cpp; nothing here
/// owns memory, everything is a view of constants with static storage.
namespace lamina::meta {

using ModelId = std::uint16_t;  ///< index into Schema::models
using FieldId = std::uint16_t;  ///< index into Model::fields
inline constexpr std::uint16_t kNone = 0xffff;

/// A native database type as the schema names it: `@db.VarChar(30)` is {"VarChar", "30"}; empty name: the provider's
/// default.
struct NativeType {
    std::string_view name;
    std::string_view arguments;  ///< as written, comma separated, "" when there are none
};

enum class DefaultKind : std::uint8_t {
    None,
    Literal,  ///< Default::text holds the value's text (an enum's label; JSON text; a list as a JSON array of texts)
    Now,
    Autoincrement,  ///< made by the database
    Database,       ///< dbgenerated(), sequence(): made by the database
    Cuid,
    Cuid2,
    Uuid4,
    Uuid7,
    Ulid,
    Nanoid,  ///< Default::length characters
};

struct Default {
    DefaultKind kind = DefaultKind::None;
    std::string_view text;
    std::uint16_t length = 0;
};

/// A scalar or enum field that is a column, or a relation field.
struct Field {
    std::string_view name;
    std::string_view column;  ///< empty for a relation field
    Type type = Type::Int;    ///< not meaningful for a relation
    bool is_relation = false;
    bool required = true;  ///< false: optional. A list is neither (required stays true)
    bool list = false;
    bool id = false;      ///< part of the primary key
    bool unique = false;  ///< alone unique (@id or @unique alone)
    bool updated_at = false;
    std::uint16_t enumeration = kNone;  ///< index into Schema::enums for Type::Enum
    std::uint16_t relation = kNone;     ///< index into Schema::relations for a relation field
    Default default_value;
    NativeType native;
};

/// A primary key or unique constraint. `name` is how the client names a compound one ("a_b" or its `name:`).
struct Key {
    std::string_view name;
    std::span<const FieldId> fields;
    bool primary = false;
};

struct Model {
    std::string_view name;
    std::string_view table;
    std::string_view schema;  ///< @@schema, or empty: the connection's default
    std::span<const Field> fields;
    std::span<const Key> keys;  ///< primary key first, if there is one
    bool view = false;
};

struct Enum {
    std::string_view name;
    std::string_view type;  ///< the database's type name (@@map)
    std::string_view schema;
    EnumLabels labels;
};

/// What becomes of rows that refer to a row that is deleted or whose key changes.
enum class ReferentialAction : std::uint8_t { Cascade, Restrict, NoAction, SetNull, SetDefault };

/// One relation, seen from both sides. For 1-1 and 1-n side A holds the foreign key (A.fields reference B.references).
/// For an implicit m-n relation the join table has columns "A" and "B" that reference the ids of side A's and side B's
/// model.
struct Relation {
    std::string_view name;
    ModelId model_a = kNone;
    ModelId model_b = kNone;
    FieldId field_a = kNone;              ///< the relation field on model A
    FieldId field_b = kNone;              ///< the relation field on model B
    std::span<const FieldId> fields;      ///< foreign-key fields on A (empty for m-n)
    std::span<const FieldId> references;  ///< referenced fields on B (empty for m-n)
    std::string_view join_table;          ///< "_AToB" for implicit m-n, else empty
    std::string_view join_schema;
    ReferentialAction on_delete = ReferentialAction::NoAction;  ///< filled for relationMode = "prisma" …
    ReferentialAction on_update = ReferentialAction::NoAction;  ///< … where the database does nothing
};

struct Schema {
    std::span<const Model> models;
    std::span<const Enum> enums;
    std::span<const Relation> relations;
    std::string_view provider;  ///< of the datasource, as written ("postgresql")
    bool relation_mode_prisma = false;
};

}  // namespace lamina::meta
