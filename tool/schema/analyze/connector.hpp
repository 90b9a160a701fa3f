#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/diagnostics/diagnostic.hpp"
#include "schema/model/schema.hpp"

/// What a kind of database can do, as the rules need to know it. The rooms under providers/ fill one `Connector` each.
namespace lamina::schema {

enum class Capability : std::uint8_t {
    ScalarLists,
    Enums,
    Json,
    JsonLists,
    MultiSchema,
    NamedPrimaryKeys,
    NamedForeignKeys,
    NamedDefaults,
    AutoIncrementOnNonId,
    AutoIncrementMultiple,
    AutoIncrementNonIndexed,
    SortInPrimaryKey,
    IndexLengthPrefix,
    Clustering,
    FulltextIndex,
    SortInFulltext,
    PartialIndexes,
    ImplicitManyToMany,
    CompositeTypes,
    RelationFieldsInAnyOrder,
    UnsupportedLists,
    Extensions,
    DecimalType,
    SetNullOnRequired,
    ShardKeys,
    Sequences,            // the default function sequence()
    RefusesActionCycles,  // the database itself refuses actions that lead round or along two paths
};

/// A set of enumerators.
template <class Enum>
class EnumSet {
public:
    constexpr EnumSet() = default;
    constexpr EnumSet(std::initializer_list<Enum> members) {
        for (const Enum member : members) bits_ |= bit(member);
    }
    [[nodiscard]] constexpr bool has(Enum member) const noexcept { return (bits_ & bit(member)) != 0; }
    constexpr void add(Enum member) noexcept { bits_ |= bit(member); }
    [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }

private:
    static constexpr std::uint64_t bit(Enum member) noexcept {
        return std::uint64_t{1} << static_cast<unsigned>(member);
    }
    std::uint64_t bits_ = 0;
};

/// Where a constraint's name must be the only one of its kind.
enum class ConstraintScope : std::uint8_t {
    GlobalPrimaryKeyForeignKeyDefault,  // primary keys, foreign keys and defaults of a schema
    GlobalKeyIndex,                     // indexes and uniques of a schema
    GlobalForeignKey,
    GlobalPrimaryKeyKeyIndex,  // primary keys, indexes and uniques of a schema
    ModelKeyIndex,             // indexes and uniques of a model
    ModelPrimaryKeyKeyIndex,   // primary key, indexes and uniques of a model
    ModelPrimaryKeyKeyIndexForeignKey,
};

/// The argument `Max` of a native type.
inline constexpr std::uint32_t kMaxLength = 0xFFFF'FFFFU;

/// One native type: `@db.NAME(arguments)`.
struct NativeTypeRule {
    std::string_view name;
    unsigned required_arguments = 0;
    unsigned optional_arguments = 0;
    EnumSet<ScalarType> types;  ///< the scalar types that it may stand on
    bool takes_max = false;     ///< `Max` is an argument as well
};

/// A field has no native type (or one with arguments that mean nothing), one of another database, or one of this.
enum class NativeForm : std::uint8_t { None, Unknown, Known };

/// A native type with its arguments read, for range checks.
struct NativeTypeUse {
    std::string_view name;
    std::string_view shown;  ///< `Decimal(2,4)`
    std::span<const std::uint32_t> arguments;
    ScalarType scalar = ScalarType::String;
    support::Span span{};
};

/// The type of a field in an index, for what may be written there.
struct IndexedType {
    std::optional<ScalarType> scalar;
    std::string_view native_type;  ///< empty without one
    bool is_list = false;
};

/// A preview feature that is called otherwise today.
struct RenamedPreview {
    std::string_view from, to;
    std::string_view page;  ///< where to read about it
};

/// One kind of database. Plain data and a few functions; immutable, lives as long as the program.
struct Connector {
    std::string_view provider;              ///< canonical, e.g. what `Datasource::provider` holds
    std::vector<std::string_view> aliases;  ///< other spellings
    std::string_view display_name;          ///< in messages
    EnumSet<Capability> capabilities;
    EnumSet<ReferentialAction> foreign_key_actions;  ///< with relationMode = "foreignKeys"
    EnumSet<ReferentialAction> emulated_actions;     ///< with relationMode = "prisma"
    EnumSet<IndexAlgorithm> index_algorithms;
    std::vector<ConstraintScope> constraint_scopes;
    std::size_t max_identifier_length = 0;   ///< bytes
    std::string set_null_page{};             ///< which page of pris.ly/d/ explains SetNull on required fields
    std::string_view set_default_warning{};  ///< said about every SetDefault with foreign keys, when not empty
    std::vector<std::string_view> preview_features{};  ///< features that only this database still previews
    std::vector<RenamedPreview> renamed_previews{};
    std::span<const NativeTypeRule> native_types;
    std::string_view refusal{};  ///< not empty: schemas for it are not read at all, and this is said
    /// Checks the arguments of a native type.
    void (*check_native_type)(const NativeTypeUse&, Diagnostics&) = nullptr;
    /// Checks what no rule of its own says about a scalar field. `default_span` is its `@default`, if it has one.
    void (*check_field)(const Connector&, const Field&, support::Span default_span, Diagnostics&) = nullptr;
    /// Checks what no rule of its own says about a key or index. `span` is its attribute.
    void (*check_index)(const Connector&, const Index&, support::Span span, Diagnostics&) = nullptr;
    /// The operator classes that an index may use for a field, as `ops:` names them; null when there are none.
    std::vector<std::string_view> (*operator_classes)(IndexAlgorithm, const IndexedType&) = nullptr;

    [[nodiscard]] bool can(Capability capability) const noexcept { return capabilities.has(capability); }
    /// The native type of that name, or null.
    [[nodiscard]] const NativeTypeRule* native_type(std::string_view type_name) const noexcept;
    /// What is written as the native type of a field, as index rules look at it.
    [[nodiscard]] NativeForm native_form(const Field& field) const;
    /// What that preview feature is called today, if it was renamed; or null.
    [[nodiscard]] const RenamedPreview* renamed_preview(std::string_view feature) const noexcept;
    [[nodiscard]] bool is_called(std::string_view written) const noexcept;
};

/// The databases that the command knows.
using Connectors = std::span<const Connector* const>;

/// What holds for a schema without a datasource: everything is allowed that some database can.
[[nodiscard]] const Connector& default_connector();

}  // namespace lamina::schema
