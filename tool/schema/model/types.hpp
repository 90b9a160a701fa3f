#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace lamina::schema {

/// The scalar types of the schema language.
enum class ScalarType : std::uint8_t { String, Boolean, Int, BigInt, Float, Decimal, DateTime, Json, Bytes };

/// How many values a field holds: exactly one, none or one (`?`), any number (`[]`).
enum class Arity : std::uint8_t { Required, Optional, List };

/// What a field's type is.
enum class FieldKind : std::uint8_t { Scalar, Enum, Relation, Composite, Unsupported };

/// What happens to the rows that point at a row which is deleted, or whose key changes.
enum class ReferentialAction : std::uint8_t { Cascade, Restrict, NoAction, SetNull, SetDefault };

/// The shapes of a relation. `ManyToMany` is the implicit form (a join table that no model names).
enum class RelationKind : std::uint8_t { OneToOne, OneToMany, ManyToMany };

/// Who keeps references intact: the database with foreign keys, or the client.
enum class RelationMode : std::uint8_t { ForeignKeys, Prisma };

/// The kinds of keys and indexes of a model.
enum class IndexKind : std::uint8_t { PrimaryKey, Unique, Normal, Fulltext };

/// Order of one field in an index.
enum class SortOrder : std::uint8_t { Asc, Desc };

/// `type:` of an index; databases without such a choice have none.
enum class IndexAlgorithm : std::uint8_t { BTree, Hash, Gist, Gin, SpGist, Brin };

/// The functions that `@default` may call.
enum class DefaultFunction : std::uint8_t { Autoincrement, Sequence, Now, Uuid, Cuid, Ulid, Nanoid, DbGenerated, Auto };

/// The name in the schema language (`"BigInt"`).
[[nodiscard]] std::string_view to_string(ScalarType type) noexcept;
/// The name in the schema language (`"SetNull"`).
[[nodiscard]] std::string_view to_string(ReferentialAction action) noexcept;
/// The name in the schema language (`"Brin"`).
[[nodiscard]] std::string_view to_string(IndexAlgorithm algorithm) noexcept;
/// The name in the schema language, without parentheses (`"autoincrement"`).
[[nodiscard]] std::string_view to_string(DefaultFunction function) noexcept;
/// The name in the schema language (`"foreignKeys"`, `"prisma"`).
[[nodiscard]] std::string_view to_string(RelationMode mode) noexcept;

/// The scalar type of that name, if there is one.
[[nodiscard]] std::optional<ScalarType> scalar_type(std::string_view name) noexcept;
/// The referential action of that name, if there is one.
[[nodiscard]] std::optional<ReferentialAction> referential_action(std::string_view name) noexcept;
/// The index algorithm of that name, if there is one.
[[nodiscard]] std::optional<IndexAlgorithm> index_algorithm(std::string_view name) noexcept;
/// The default function of that name, if there is one.
[[nodiscard]] std::optional<DefaultFunction> default_function(std::string_view name) noexcept;

}  // namespace lamina::schema
