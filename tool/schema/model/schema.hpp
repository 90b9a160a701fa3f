#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "schema/model/data.hpp"
#include "schema/model/range.hpp"

/// The semantic model of a schema: what the generator, migrations and DMMF read.
///
/// A view (`Model`, `Field`, …) is a pointer and an id: copy it freely, keep it no longer than the `Schema`. Every
/// `std::string_view` and reference that a view returns lives as long as the `Schema`, which must not move meanwhile.
namespace lamina::schema {

class Model;
class Field;
class Enum;
class EnumValue;
class Index;
class Relation;
class RelationField;

/// A whole, valid schema. Immutable once made.
class Schema {
public:
    Schema() = default;
    /// Takes what the analyzer found.
    explicit Schema(SchemaData data) : data_{std::move(data)} {}

    /// The `datasource` block, if the schema has one.
    [[nodiscard]] const std::optional<Datasource>& datasource() const noexcept { return data_.datasource; }
    /// The canonical provider ("postgresql", "sqlite", "mysql", …); empty without a datasource.
    [[nodiscard]] std::string_view provider() const noexcept;
    /// `generator` blocks in the order of the files.
    [[nodiscard]] const std::vector<Generator>& generators() const noexcept { return data_.generators; }

    /// Models, then nothing else: views are left out. In the order of the files.
    [[nodiscard]] std::vector<Model> models() const;
    /// Views only.
    [[nodiscard]] std::vector<Model> views() const;
    /// Models and views in the order of the files.
    [[nodiscard]] ViewRange<Model> models_and_views() const;
    /// Enums in the order of the files.
    [[nodiscard]] ViewRange<Enum> enums() const;
    /// All relations, each once, in the order of their owning fields.
    [[nodiscard]] ViewRange<Relation> relations() const;
    /// All keys and indexes of all models.
    [[nodiscard]] ViewRange<Index> indexes() const;

    /// The model or view of that schema name.
    [[nodiscard]] std::optional<Model> find_model(std::string_view name) const;
    /// The enum of that schema name.
    [[nodiscard]] std::optional<Enum> find_enum(std::string_view name) const;

    /// The storage, for code that needs ids.
    [[nodiscard]] const SchemaData& data() const noexcept { return data_; }

private:
    SchemaData data_;
};

/// One value of an enum.
class EnumValue {
public:
    using Id = EnumValueId;
    EnumValue(const Schema* schema, Id id) : schema_{schema}, id_{id} {}
    [[nodiscard]] Id id() const noexcept { return id_; }
    /// The name in the schema.
    [[nodiscard]] std::string_view name() const;
    /// The name in the database: @map, or the schema's.
    [[nodiscard]] std::string_view database_name() const;
    /// `///` text; empty without.
    [[nodiscard]] std::string_view documentation() const;
    /// The enum that it belongs to.
    [[nodiscard]] Enum owner() const;
    friend bool operator==(const EnumValue&, const EnumValue&) = default;

private:
    [[nodiscard]] const EnumValueData& data() const;
    const Schema* schema_;
    Id id_;
};

/// An enum.
class Enum {
public:
    using Id = EnumId;
    Enum(const Schema* schema, Id id) : schema_{schema}, id_{id} {}
    [[nodiscard]] Id id() const noexcept { return id_; }
    /// The name in the schema.
    [[nodiscard]] std::string_view name() const;
    /// The type's name in the database: @@map, or the schema's.
    [[nodiscard]] std::string_view database_name() const;
    /// @@schema, if given.
    [[nodiscard]] const std::optional<std::string>& schema() const;
    /// `///` text; empty without.
    [[nodiscard]] std::string_view documentation() const;
    /// Values in order.
    [[nodiscard]] ViewRange<EnumValue> values() const;
    /// The value of that schema name.
    [[nodiscard]] std::optional<EnumValue> find_value(std::string_view name) const;
    /// The whole storage of the enum.
    [[nodiscard]] const EnumData& data() const;
    friend bool operator==(const Enum&, const Enum&) = default;

private:
    const Schema* schema_;
    Id id_;
};

/// A field of a model: scalar, enum, relation or unsupported.
class Field {
public:
    using Id = FieldId;
    Field(const Schema* schema, Id id) : schema_{schema}, id_{id} {}
    [[nodiscard]] Id id() const noexcept { return id_; }
    /// The name in the schema.
    [[nodiscard]] std::string_view name() const;
    /// The column: @map, or the schema's name. Means nothing for a relation.
    [[nodiscard]] std::string_view column_name() const;
    /// `///` text; empty without.
    [[nodiscard]] std::string_view documentation() const;
    /// The model that it belongs to.
    [[nodiscard]] Model model() const;
    /// Required, optional or list.
    [[nodiscard]] Arity arity() const;
    [[nodiscard]] bool is_required() const { return arity() == Arity::Required; }
    [[nodiscard]] bool is_optional() const { return arity() == Arity::Optional; }
    [[nodiscard]] bool is_list() const { return arity() == Arity::List; }
    /// What its type is.
    [[nodiscard]] FieldKind kind() const;
    [[nodiscard]] bool is_scalar() const { return kind() == FieldKind::Scalar; }
    [[nodiscard]] bool is_enum() const { return kind() == FieldKind::Enum; }
    [[nodiscard]] bool is_relation() const { return kind() == FieldKind::Relation; }
    [[nodiscard]] bool is_unsupported() const { return kind() == FieldKind::Unsupported; }
    /// Is there a column for it? (Scalar, enum, unsupported.)
    [[nodiscard]] bool has_column() const { return !is_relation() && kind() != FieldKind::Composite; }
    /// The type as the schema writes it, without `?` and `[]`: `Int`, `Role`, `Post`, `Unsupported("circle")`.
    [[nodiscard]] std::string type_name() const;
    /// The scalar type; only for scalar fields.
    [[nodiscard]] ScalarType scalar_type() const;
    /// The enum; only for enum fields.
    [[nodiscard]] Enum enumeration() const;
    /// The text inside `Unsupported("…")`.
    [[nodiscard]] std::string_view unsupported_type() const;
    /// `@db.…`, if given.
    [[nodiscard]] const std::optional<NativeType>& native_type() const;
    /// `@default(…)`, if given.
    [[nodiscard]] const std::optional<DefaultValue>& default_value() const;
    /// Does `@default(autoincrement())` stand on it?
    [[nodiscard]] bool is_autoincrement() const;
    /// `@updatedAt`.
    [[nodiscard]] bool is_updated_at() const;
    /// It alone is the primary key (`@id`, or `@@id([it])`).
    [[nodiscard]] bool is_id() const;
    /// It alone is unique (`@unique`, or `@@unique([it])`); not set for the primary key.
    [[nodiscard]] bool is_unique() const;
    /// It is one of the primary key's fields.
    [[nodiscard]] bool is_part_of_id() const;
    /// `@ignore`: the client does not know it.
    [[nodiscard]] bool is_ignored() const;
    /// A relation's `fields` names it.
    [[nodiscard]] bool is_foreign_key() const;
    /// A create need not give it: optional, list, default or @updatedAt. Not for relations.
    [[nodiscard]] bool may_be_omitted_on_create() const;
    /// The relation's side that this field is; only for relation fields.
    [[nodiscard]] RelationField as_relation() const;
    /// The whole storage of the field (spans included).
    [[nodiscard]] const FieldData& data() const;
    friend bool operator==(const Field&, const Field&) = default;

private:
    const Schema* schema_;
    Id id_;
};

/// A primary key, unique key, index or fulltext index.
class Index {
public:
    using Id = IndexId;
    Index(const Schema* schema, Id id) : schema_{schema}, id_{id} {}
    [[nodiscard]] Id id() const noexcept { return id_; }
    [[nodiscard]] IndexKind kind() const;
    /// Primary key or unique: its fields find at most one row.
    [[nodiscard]] bool is_unique() const { return kind() == IndexKind::PrimaryKey || kind() == IndexKind::Unique; }
    [[nodiscard]] Model model() const;
    /// Its fields in order.
    [[nodiscard]] std::vector<Field> fields() const;
    /// Its fields with sort order, length and operator class.
    [[nodiscard]] const std::vector<IndexField>& index_fields() const;
    /// One field only?
    [[nodiscard]] bool is_single() const { return index_fields().size() == 1; }
    /// What the client calls a compound key: `name:` or the fields joined by `_` (`a_b`).
    [[nodiscard]] std::string client_name() const;
    /// `name:` as written.
    [[nodiscard]] const std::optional<std::string>& name() const;
    /// The name of constraint or index in the database; empty where the database does not name it.
    [[nodiscard]] std::string_view database_name() const;
    [[nodiscard]] std::optional<IndexAlgorithm> algorithm() const;
    [[nodiscard]] std::optional<bool> clustered() const;
    /// Condition of a partial index, SQL text.
    [[nodiscard]] const std::optional<std::string>& where() const;
    [[nodiscard]] const IndexData& data() const;
    friend bool operator==(const Index&, const Index&) = default;

private:
    const Schema* schema_;
    Id id_;
};

/// A relation between two models (or of a model with itself). Has two fields, one on each side.
class Relation {
public:
    using Id = RelationId;
    Relation(const Schema* schema, Id id) : schema_{schema}, id_{id} {}
    [[nodiscard]] Id id() const noexcept { return id_; }
    /// As written, or derived from the models' names in alphabetical order: `PostToUser`.
    [[nodiscard]] std::string_view name() const;
    /// Was the name written?
    [[nodiscard]] bool is_named() const;
    [[nodiscard]] RelationKind kind() const;
    [[nodiscard]] bool is_one_to_one() const { return kind() == RelationKind::OneToOne; }
    [[nodiscard]] bool is_one_to_many() const { return kind() == RelationKind::OneToMany; }
    /// Implicit many-to-many: a join table that no model names.
    [[nodiscard]] bool is_many_to_many() const { return kind() == RelationKind::ManyToMany; }
    /// Both sides are one model.
    [[nodiscard]] bool is_self_relation() const;
    /// 1-1, 1-n: the side that holds the foreign key. m-n: the side whose model's key is in column "A" of the join
    /// table.
    [[nodiscard]] RelationField owning_side() const;
    /// The other side (m-n: its model's key is in column "B").
    [[nodiscard]] RelationField opposite_side() const;
    /// Foreign key fields, in the owning model; empty for m-n.
    [[nodiscard]] std::vector<Field> fields() const;
    /// The fields that they point at, in the opposite model; empty for m-n.
    [[nodiscard]] std::vector<Field> references() const;
    /// As written, or the default: SetNull when every foreign key field is optional, else Restrict.
    [[nodiscard]] ReferentialAction on_delete() const;
    /// As written, or the default: Cascade.
    [[nodiscard]] ReferentialAction on_update() const;
    /// The foreign key's name: `map:` or `Post_authorId_fkey`; empty for m-n.
    [[nodiscard]] std::string_view constraint_name() const;
    /// m-n: the join table, `_PostToUser`. Its columns are "A" and "B"; its schema is the owning (A) model's.
    [[nodiscard]] std::string_view join_table() const;
    /// The whole storage (actions as written, spans).
    [[nodiscard]] const RelationData& data() const;
    friend bool operator==(const Relation&, const Relation&) = default;

private:
    const Schema* schema_;
    Id id_;
};

/// One side of a relation: a field whose type is a model.
class RelationField {
public:
    using Id = FieldId;
    RelationField(const Schema* schema, Id id) : schema_{schema}, id_{id} {}
    [[nodiscard]] Id id() const noexcept { return id_; }
    /// The field itself.
    [[nodiscard]] Field field() const { return {schema_, id_}; }
    [[nodiscard]] std::string_view name() const { return field().name(); }
    [[nodiscard]] Arity arity() const { return field().arity(); }
    /// The model that it belongs to.
    [[nodiscard]] Model model() const;
    /// The model that it leads to.
    [[nodiscard]] Model related_model() const;
    /// The field on the other side.
    [[nodiscard]] RelationField opposite() const;
    [[nodiscard]] Relation relation() const;
    /// The foreign key is in this field's own table (never for m-n).
    [[nodiscard]] bool holds_foreign_key() const;
    /// m-n: this field's model is in column "A" of the join table, the related model in "B" (else the reverse).
    [[nodiscard]] bool is_side_a() const;
    friend bool operator==(const RelationField&, const RelationField&) = default;

private:
    const Schema* schema_;
    Id id_;
};

/// A model or a view.
class Model {
public:
    using Id = ModelId;
    Model(const Schema* schema, Id id) : schema_{schema}, id_{id} {}
    [[nodiscard]] Id id() const noexcept { return id_; }
    /// The name in the schema.
    [[nodiscard]] std::string_view name() const;
    /// The table: @@map, or the schema's name.
    [[nodiscard]] std::string_view database_name() const;
    /// @@schema, if given.
    [[nodiscard]] const std::optional<std::string>& schema() const;
    /// `///` text; empty without.
    [[nodiscard]] std::string_view documentation() const;
    [[nodiscard]] bool is_view() const;
    /// `@@ignore`: the client does not know it.
    [[nodiscard]] bool is_ignored() const;
    /// All fields in the order of the file, relations and ignored ones included.
    [[nodiscard]] ViewRange<Field> fields() const;
    /// Fields with a column: scalar, enum, unsupported.
    [[nodiscard]] std::vector<Field> scalar_fields() const;
    /// Relation fields only.
    [[nodiscard]] std::vector<RelationField> relation_fields() const;
    /// The field of that schema name.
    [[nodiscard]] std::optional<Field> find_field(std::string_view name) const;
    /// @id or @@id; none when the model has only uniques.
    [[nodiscard]] std::optional<Index> primary_key() const;
    /// Uniques, indexes and fulltext indexes: those on fields first, then those of the block.
    [[nodiscard]] ViewList<Index> indexes() const;
    /// Unique keys without the primary key.
    [[nodiscard]] std::vector<Index> uniques() const;
    /// What find_unique may take: the primary key, then the uniques.
    [[nodiscard]] std::vector<Index> unique_criteria() const;
    /// The key that names a row for relations and ordering: the primary key, else the first unique all of whose fields
    /// are required. None only for a view.
    [[nodiscard]] std::optional<Index> required_unique() const;
    /// The whole storage (spans included).
    [[nodiscard]] const ModelData& data() const;
    friend bool operator==(const Model&, const Model&) = default;

private:
    const Schema* schema_;
    Id id_;
};

}  // namespace lamina::schema
