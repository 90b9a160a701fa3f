#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/model/types.hpp"
#include "support/source_map.hpp"

/// The storage behind `Schema`: plain vectors and ids. Only the analyzer (and tests) write it; everyone else reads it
/// through the views of schema.hpp.
namespace lamina::schema {

using support::Span;

enum class ModelId : std::uint32_t {};
enum class FieldId : std::uint32_t {};
enum class EnumId : std::uint32_t {};
enum class EnumValueId : std::uint32_t {};
enum class IndexId : std::uint32_t {};
enum class RelationId : std::uint32_t {};
enum class CompositeId : std::uint32_t {};

/// "No such thing": the id that no element has.
template <class Id>
inline constexpr Id kNone = static_cast<Id>(0xFFFF'FFFFU);

/// A string setting that is written out or taken from the environment: `"postgresql://…"` or `env("DATABASE_URL")`.
struct StringOrEnv {
    std::string value;               ///< the literal, when `env` is empty
    std::optional<std::string> env;  ///< the environment variable that holds it
    Span span{};
    friend bool operator==(const StringOrEnv&, const StringOrEnv&) = default;
};

/// A PostgreSQL-style extension of the datasource: `extensions = [citext, postgis(schema: "public", version: "3")]`.
struct Extension {
    std::string name;
    std::optional<std::string> mapped_name, schema, version;
    friend bool operator==(const Extension&, const Extension&) = default;
};

/// The `datasource` block.
struct Datasource {
    std::string name;
    std::string provider;  ///< canonical: "postgresql" also for `postgres`
    std::string provider_as_written;
    std::optional<StringOrEnv> url, direct_url, shadow_database_url;
    RelationMode relation_mode = RelationMode::ForeignKeys;
    std::vector<std::string> schemas;  ///< empty when not given
    std::vector<Extension> extensions;
    std::string documentation;
    Span span{};
};

/// A setting of a generator: text, or a list of texts.
struct ConfigValue {
    std::vector<std::string> values;
    std::optional<std::string> env;  ///< the value is `env("…")`
    bool is_list = false;
    friend bool operator==(const ConfigValue&, const ConfigValue&) = default;
};

/// A `generator` block.
struct Generator {
    std::string name;
    StringOrEnv provider;
    std::optional<StringOrEnv> output;
    std::vector<std::string> preview_features;
    std::vector<std::pair<std::string, ConfigValue>> config;  ///< every other setting, in the order of the file
    std::string documentation;
    Span span{};
};

/// What `@default(…)` says.
struct DefaultValue {
    /// What kind of value it is, which says what the other members hold.
    enum class Kind : std::uint8_t { String, Number, Boolean, EnumValue, List, Function };
    Kind kind = Kind::String;
    std::string text;  ///< String: unescaped; Number: as written; Boolean: true/false; EnumValue: name; Function: name
    EnumValueId enum_value = kNone<EnumValueId>;
    DefaultFunction function = DefaultFunction::Auto;  ///< Function only
    std::vector<DefaultValue> items;      ///< List: elements; Function: arguments in order (names in `item_names`)
    std::vector<std::string> item_names;  ///< Function: one per argument, empty for an unnamed one
    std::optional<std::string> map;       ///< `map:`, the name of the default constraint, where the database has such

    /// Is it a call of that function?
    [[nodiscard]] bool is(DefaultFunction f) const noexcept { return kind == Kind::Function && function == f; }
    /// A value that the database computes, not the client: autoincrement, sequence, dbgenerated.
    [[nodiscard]] bool made_by_database() const noexcept {
        return is(DefaultFunction::Autoincrement) || is(DefaultFunction::Sequence) || is(DefaultFunction::DbGenerated);
    }
    friend bool operator==(const DefaultValue&, const DefaultValue&) = default;
};

/// `@db.VarChar(255)`: the name without the datasource's, arguments as written.
struct NativeType {
    std::string name;
    std::vector<std::string> args;
    friend bool operator==(const NativeType&, const NativeType&) = default;
};

struct FieldData {
    std::string name;
    std::optional<std::string> mapped_name;
    std::string documentation;
    ModelId model = kNone<ModelId>;  ///< the owner, unless it is a composite type's field
    Arity arity = Arity::Required;
    FieldKind kind = FieldKind::Scalar;
    ScalarType scalar = ScalarType::String;  ///< Scalar
    EnumId enumeration = kNone<EnumId>;      ///< Enum
    ModelId target = kNone<ModelId>;         ///< Relation: the model on the other side
    CompositeId composite = kNone<CompositeId>;
    RelationId relation = kNone<RelationId>;  ///< Relation
    std::string unsupported;                  ///< Unsupported("…"): the text
    std::optional<NativeType> native_type;
    std::optional<DefaultValue> default_value;
    IndexId id_index = kNone<IndexId>;      ///< single-field primary key made of this field
    IndexId unique_index = kNone<IndexId>;  ///< single-field unique made of this field
    bool is_updated_at = false;
    bool is_ignored = false;
    bool is_foreign_key = false;  ///< a relation's `fields` names it
    Span span{};                  ///< the whole declaration
    Span name_span{};
    Span type_span{};
};

struct ModelData {
    std::string name;
    std::optional<std::string> mapped_name;
    std::optional<std::string> schema;
    std::string documentation;
    std::uint32_t first_field = 0, field_count = 0;  ///< a range of `SchemaData::fields`
    IndexId primary_key = kNone<IndexId>;
    std::vector<IndexId>
        indexes;  ///< uniques, indexes, fulltext (not the primary key): fields' own first, then the block's
    bool is_view = false;
    bool is_ignored = false;
    Span span{};
    Span name_span{};
};

struct CompositeData {
    std::string name;
    std::string documentation;
    std::vector<FieldData> fields;
    Span span{};
    Span name_span{};
};

struct EnumValueData {
    std::string name;
    std::optional<std::string> mapped_name;
    std::string documentation;
    EnumId owner = kNone<EnumId>;
    Span span{};
};

struct EnumData {
    std::string name;
    std::optional<std::string> mapped_name;
    std::optional<std::string> schema;
    std::string documentation;
    std::uint32_t first_value = 0, value_count = 0;  ///< a range of `SchemaData::enum_values`
    Span span{};
    Span name_span{};
};

/// One field of a key or index.
struct IndexField {
    FieldId field = kNone<FieldId>;
    std::optional<SortOrder> sort;
    std::optional<std::uint32_t> length;        ///< prefix length, where the database has such
    std::optional<std::string> operator_class;  ///< `ops:`; by Prisma's name, or raw text when `operator_class_is_raw`
    bool operator_class_is_raw = false;
    friend bool operator==(const IndexField&, const IndexField&) = default;
};

struct IndexData {
    ModelId model = kNone<ModelId>;
    IndexKind kind = IndexKind::Normal;
    std::vector<IndexField> fields;
    std::optional<std::string> name;         ///< `name:`, what the client calls it
    std::optional<std::string> mapped_name;  ///< `map:`
    std::string database_name;               ///< `map:` or the derived name; empty when the database does not name it
    std::optional<IndexAlgorithm> algorithm;
    std::optional<bool> clustered;
    std::optional<std::string> where;  ///< condition of a partial index (SQL)
    bool on_field = false;             ///< written on the field (@id, @unique), not on the block
    Span span{};
};

struct RelationData {
    std::string name;       ///< as written, or derived: `PostToUser`
    bool is_named = false;  ///< the name was written
    RelationKind kind = RelationKind::OneToMany;
    FieldId owning = kNone<FieldId>;  ///< 1-1, 1-n: the side with `fields`; m-n: the side whose model is in column A
    FieldId opposite = kNone<FieldId>;
    std::vector<FieldId> fields;                            ///< foreign key, in the owning model
    std::vector<FieldId> references;                        ///< what it points at, in the opposite model
    std::optional<ReferentialAction> on_delete, on_update;  ///< as written
    ReferentialAction effective_on_delete = ReferentialAction::Restrict;
    ReferentialAction effective_on_update = ReferentialAction::Cascade;
    std::optional<std::string> mapped_name;  ///< `map:`
    std::string constraint_name;             ///< `map:` or derived; empty for m-n
    std::string join_table;                  ///< m-n: `_PostToUser`
    Span span{};                             ///< the owning side's @relation, or its field
};

/// Everything that a valid schema says.
struct SchemaData {
    std::optional<Datasource> datasource;
    std::vector<Generator> generators;
    std::vector<ModelData> models;  ///< models and views, in the order of the files
    std::vector<FieldData> fields;  ///< of all models; one model's are together
    std::vector<EnumData> enums;
    std::vector<EnumValueData> enum_values;
    std::vector<IndexData> indexes;
    std::vector<RelationData> relations;
    std::vector<CompositeData> composites;
};

}  // namespace lamina::schema
