#include "migrate/from_schema.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "migrate/defaults.hpp"

namespace lamina::migrate {
namespace {

using catalog::Catalog;
using catalog::ColumnId;
using catalog::EnumId;
using catalog::IndexKind;
using catalog::kNone;
using catalog::NamespaceId;
using catalog::TableId;

IndexKind index_kind(schema::IndexKind kind) {
    switch (kind) {
        case schema::IndexKind::PrimaryKey: return IndexKind::PrimaryKey;
        case schema::IndexKind::Unique: return IndexKind::Unique;
        case schema::IndexKind::Normal: return IndexKind::Normal;
        case schema::IndexKind::Fulltext: return IndexKind::Fulltext;
    }
    return IndexKind::Normal;
}

catalog::IndexMethod index_method(std::optional<schema::IndexAlgorithm> algorithm) {
    using catalog::IndexMethod;
    if (!algorithm) return IndexMethod::Default;
    switch (*algorithm) {
        case schema::IndexAlgorithm::BTree: return IndexMethod::Default;
        case schema::IndexAlgorithm::Hash: return IndexMethod::Hash;
        case schema::IndexAlgorithm::Gist: return IndexMethod::Gist;
        case schema::IndexAlgorithm::Gin: return IndexMethod::Gin;
        case schema::IndexAlgorithm::SpGist: return IndexMethod::SpGist;
        case schema::IndexAlgorithm::Brin: return IndexMethod::Brin;
    }
    return IndexMethod::Default;
}

catalog::ForeignKeyAction foreign_key_action(schema::ReferentialAction action) {
    using catalog::ForeignKeyAction;
    switch (action) {
        case schema::ReferentialAction::Cascade: return ForeignKeyAction::Cascade;
        case schema::ReferentialAction::Restrict: return ForeignKeyAction::Restrict;
        case schema::ReferentialAction::NoAction: return ForeignKeyAction::NoAction;
        case schema::ReferentialAction::SetNull: return ForeignKeyAction::SetNull;
        case schema::ReferentialAction::SetDefault: return ForeignKeyAction::SetDefault;
    }
    return ForeignKeyAction::NoAction;
}

catalog::Arity arity_of(schema::Arity arity) {
    switch (arity) {
        case schema::Arity::Required: return catalog::Arity::Required;
        case schema::Arity::Optional: return catalog::Arity::Nullable;
        case schema::Arity::List: return catalog::Arity::List;
    }
    return catalog::Arity::Required;
}

catalog::Family family_of(const schema::Field& field) {
    using catalog::Family;
    if (field.is_unsupported()) return Family::Unsupported;
    if (field.is_enum()) return Family::Enum;
    switch (field.scalar_type()) {
        case schema::ScalarType::String: return Family::String;
        case schema::ScalarType::Boolean: return Family::Boolean;
        case schema::ScalarType::Int: return Family::Int;
        case schema::ScalarType::BigInt: return Family::BigInt;
        case schema::ScalarType::Float: return Family::Float;
        case schema::ScalarType::Decimal: return Family::Decimal;
        case schema::ScalarType::DateTime: return Family::DateTime;
        case schema::ScalarType::Json: return Family::Json;
        case schema::ScalarType::Bytes: return Family::Bytes;
    }
    return Family::Unsupported;
}

/// A model's indexes in Prisma's order of creation: those on fields, then @@index, @@unique, @@fulltext.
std::vector<schema::Index> in_order(const schema::Model& model) {
    const auto place = [](const schema::Index& index) {
        if (index.data().on_field) return 0;
        switch (index.kind()) {
            case schema::IndexKind::PrimaryKey:
            case schema::IndexKind::Normal: return 1;
            case schema::IndexKind::Unique: return 2;
            case schema::IndexKind::Fulltext: return 3;
        }
        return 3;
    };
    std::vector<schema::Index> indexes;
    for (const schema::Index& index : model.indexes()) indexes.push_back(index);
    std::stable_sort(indexes.begin(), indexes.end(),
                     [place](const schema::Index& a, const schema::Index& b) { return place(a) < place(b); });
    return indexes;
}

/// `stem` cut so that `stem + suffix` is at most `longest` bytes, and no UTF-8 sequence is broken.
std::string with_suffix(std::string_view stem, std::string_view suffix, std::size_t longest) {
    if (longest != 0 && stem.size() + suffix.size() > longest) {
        std::size_t end = longest - suffix.size();
        while (end > 0 && (static_cast<unsigned char>(stem[end]) & 0xC0U) == 0x80U) --end;
        stem = stem.substr(0, end);
    }
    return std::string{stem} + std::string{suffix};
}

class Builder {
public:
    Builder(const schema::Schema& schema, const Provider& provider, std::string default_namespace)
        : schema_{schema}, provider_{provider} {
        if (default_namespace.empty()) default_namespace = provider.default_namespace({});
        result_.set_default_namespace(std::move(default_namespace));
        uses_foreign_keys_ =
            !schema.datasource() || schema.datasource()->relation_mode == schema::RelationMode::ForeignKeys;
    }

    Catalog build() && {
        add_namespaces();
        add_extensions();
        if (provider_.traits().has_enums) add_enums();
        add_tables();
        if (uses_foreign_keys_) add_foreign_keys();
        add_join_tables();
        return std::move(result_);
    }

private:
    /// The default one, and those in which something lies, in alphabetical order.
    void add_namespaces() {
        if (!provider_.traits().has_namespaces) return;
        std::vector<std::string> names{result_.default_namespace()};
        const auto note = [&](const std::optional<std::string>& name) {
            names.push_back(name.value_or(result_.default_namespace()));
        };
        for (const schema::Model& model : schema_.models()) note(model.schema());
        for (const schema::Enum& enumeration : schema_.enums()) note(enumeration.schema());
        std::sort(names.begin(), names.end());
        names.erase(std::unique(names.begin(), names.end()), names.end());
        for (std::string& name : names) result_.add(catalog::Namespace{std::move(name)});
    }

    void add_extensions() {
        if (!provider_.traits().has_extensions || !schema_.datasource()) return;
        std::vector<schema::Extension> extensions = schema_.datasource()->extensions;
        std::sort(extensions.begin(), extensions.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
        for (const schema::Extension& extension : extensions) {
            result_.add(catalog::Extension{extension.mapped_name.value_or(extension.name), extension.schema,
                                           extension.version});
        }
    }

    void add_enums() {
        for (const schema::Enum& enumeration : schema_.enums()) {
            catalog::Enum added{std::string{enumeration.database_name()}, namespace_of(enumeration.schema()), {}};
            for (const schema::EnumValue& value : enumeration.values())
                added.values.emplace_back(value.database_name());
            result_.add(std::move(added));
        }
    }

    void add_tables() {
        tables_.assign(schema_.data().models.size(), kNone<TableId>);
        columns_.assign(schema_.data().fields.size(), kNone<ColumnId>);
        for (const schema::Model& model : schema_.models()) {
            catalog::Table added;
            added.name = model.database_name();
            added.name_space = namespace_of(model.schema());
            const TableId table = result_.add(std::move(added));
            tables_[static_cast<std::size_t>(model.id())] = table;
            for (const schema::Field& field : model.fields()) {
                if (field.has_column())
                    columns_[static_cast<std::size_t>(field.id())] = result_.add(column(field, table));
            }
            if (const auto key = model.primary_key()) add_index(*key, table);
            for (const schema::Index& added_index : in_order(model)) add_index(added_index, table);
        }
    }

    catalog::Column column(const schema::Field& field, TableId table) const {
        catalog::Column added;
        added.name = field.column_name();
        added.table = table;
        added.type = column_type(field);
        if (provider_.traits().integer_key_counts) {
            added.auto_increment = field.is_id() && field.is_scalar() && field.scalar_type() == schema::ScalarType::Int;
        } else {
            added.auto_increment = field.is_autoincrement();
        }
        if (!field.is_autoincrement()) added.default_value = column_default(field);
        return added;
    }

    catalog::ColumnType column_type(const schema::Field& field) const {
        catalog::ColumnType type;
        type.family = family_of(field);
        type.arity = arity_of(field.arity());
        if (field.is_enum() && provider_.traits().has_enums) {
            type.enumeration = catalog::id_at<EnumId>(static_cast<std::size_t>(field.enumeration().id()));
        } else {
            type.native = provider_.native_type(field);
        }
        return type;
    }

    void add_index(const schema::Index& wanted, TableId table) {
        catalog::Index added;
        added.table = table;
        added.kind = index_kind(wanted.kind());
        added.method = index_method(wanted.algorithm());
        added.predicate = wanted.where();
        if (added.kind != IndexKind::PrimaryKey || provider_.traits().named_primary_keys)
            added.name = wanted.database_name();
        for (const schema::IndexField& field : wanted.index_fields()) {
            catalog::IndexColumn part;
            part.column = columns_[static_cast<std::size_t>(field.field)];
            if (field.sort)
                part.sort = *field.sort == schema::SortOrder::Desc ? catalog::SortOrder::Desc : catalog::SortOrder::Asc;
            part.length = field.length;
            if (field.operator_class) {
                part.operator_class = field.operator_class_is_raw ? *field.operator_class
                                                                  : provider_.operator_class(*field.operator_class);
            }
            added.columns.push_back(std::move(part));
        }
        result_.add(std::move(added));
    }

    void add_foreign_keys() {
        for (const schema::Relation& relation : schema_.relations()) {
            if (relation.is_many_to_many()) continue;
            const TableId table = table_of(relation.owning_side().model());
            const TableId referenced = table_of(relation.opposite_side().model());
            if (table == kNone<TableId> || referenced == kNone<TableId>) continue;  // a view keeps no references
            catalog::ForeignKey added;
            added.name = relation.constraint_name();
            added.table = table;
            for (const schema::Field& field : relation.fields()) added.columns.push_back(column_of(field));
            added.referenced_table = referenced;
            for (const schema::Field& field : relation.references())
                added.referenced_columns.push_back(column_of(field));
            added.on_delete = foreign_key_action(relation.on_delete());
            added.on_update = foreign_key_action(relation.on_update());
            result_.add(std::move(added));
        }
    }

    void add_join_tables() {
        for (const schema::Relation& relation : schema_.relations()) {
            if (relation.is_many_to_many()) add_join_table(relation);
        }
    }

    void add_join_table(const schema::Relation& relation) {
        const schema::Model a = relation.owning_side().model();
        const schema::Model b = relation.opposite_side().model();
        const auto named = [&](std::string_view suffix) {
            return with_suffix(relation.join_table(), suffix, provider_.traits().longest_name);
        };
        catalog::Table added;
        added.name = named("");
        added.name_space = namespace_of(a.schema());
        const TableId table = result_.add(std::move(added));
        const ColumnId column_a = add_join_column("A", a, table);
        const ColumnId column_b = add_join_column("B", b, table);
        const bool primary = provider_.traits().join_table_primary_key;
        add_join_index(named(primary ? "_AB_pkey" : "_AB_unique"), table,
                       primary ? IndexKind::PrimaryKey : IndexKind::Unique, {column_a, column_b});
        add_join_index(named("_B_index"), table, IndexKind::Normal, {column_b});
        if (!uses_foreign_keys_) return;
        add_join_key(named("_A_fkey"), table, column_a, a);
        add_join_key(named("_B_fkey"), table, column_b, b);
    }

    ColumnId add_join_column(const char* name, const schema::Model& model, TableId table) {
        catalog::Column added;
        added.name = name;
        added.table = table;
        added.type = column_type(model.primary_key()->fields().front());
        return result_.add(std::move(added));
    }

    void add_join_index(std::string name, TableId table, IndexKind kind, const std::vector<ColumnId>& columns) {
        catalog::Index added;
        added.name = std::move(name);
        added.table = table;
        added.kind = kind;
        for (const ColumnId id : columns) {
            catalog::IndexColumn part;
            part.column = id;
            added.columns.push_back(std::move(part));
        }
        result_.add(std::move(added));
    }

    void add_join_key(std::string name, TableId table, ColumnId from, const schema::Model& model) {
        catalog::ForeignKey added;
        added.name = std::move(name);
        added.table = table;
        added.columns = {from};
        added.referenced_table = table_of(model);
        added.referenced_columns = {column_of(model.primary_key()->fields().front())};
        added.on_delete = catalog::ForeignKeyAction::Cascade;
        added.on_update = catalog::ForeignKeyAction::Cascade;
        result_.add(std::move(added));
    }

    [[nodiscard]] NamespaceId namespace_of(const std::optional<std::string>& name) const {
        if (!provider_.traits().has_namespaces) return kNone<NamespaceId>;
        return result_.find_namespace(name.value_or(result_.default_namespace())).value_or(kNone<NamespaceId>);
    }
    [[nodiscard]] TableId table_of(const schema::Model& model) const {
        return tables_[static_cast<std::size_t>(model.id())];
    }
    [[nodiscard]] ColumnId column_of(const schema::Field& field) const {
        return columns_[static_cast<std::size_t>(field.id())];
    }

    const schema::Schema& schema_;
    const Provider& provider_;
    bool uses_foreign_keys_ = true;
    Catalog result_;
    std::vector<TableId> tables_;    // by ModelId
    std::vector<ColumnId> columns_;  // by FieldId
};

}  // namespace

Catalog from_schema(const schema::Schema& schema, const Provider& provider, std::string default_namespace) {
    return Builder{schema, provider, std::move(default_namespace)}.build();
}

}  // namespace lamina::migrate
