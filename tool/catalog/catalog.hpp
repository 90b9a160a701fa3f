#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/ids.hpp"
#include "catalog/type.hpp"

/// A database's schema as data: what a schema file asks for, or what a live database has. Vectors and ids, no
/// database's name; an element refers to others by id, ids count in the order of creation.
namespace lamina::catalog {

/// A namespace for tables and types, where the database has such ("schema").
struct Namespace {
    std::string name;
};

/// An extension of the server.
struct Extension {
    std::string name;
    std::optional<std::string> schema, version;
};

struct Enum {
    std::string name;
    NamespaceId name_space = kNone<NamespaceId>;
    std::vector<std::string> values;
};

struct Column {
    std::string name;
    TableId table = kNone<TableId>;
    ColumnType type;
    std::optional<Default> default_value;
    bool auto_increment = false;  ///< the database counts: serial, identity, AUTOINCREMENT; then there is no default
};

enum class IndexKind : std::uint8_t { PrimaryKey, Unique, Normal, Fulltext };
enum class SortOrder : std::uint8_t { Asc, Desc };
/// How an index is built. `Default` is what the database takes when nothing is said.
enum class IndexMethod : std::uint8_t { Default, Hash, Gist, Gin, SpGist, Brin, Other };

/// One part of an index: a column, or an expression that schemas cannot say.
struct IndexColumn {
    ColumnId column = kNone<ColumnId>;
    std::string expression;                     ///< SQL, when `column` is none
    std::optional<SortOrder> sort;              ///< as written; none and Asc are the same order
    std::optional<std::uint32_t> length;        ///< prefix length, where the database has such
    std::optional<std::string> operator_class;  ///< the database's name; none: the type's default
    bool operator_class_is_default = false;     ///< known from a live database: it is the type's default
};

/// A primary key, unique index or index. A unique constraint counts as a unique index.
struct Index {
    std::string name;  ///< empty where the database does not name primary keys
    TableId table = kNone<TableId>;
    IndexKind kind = IndexKind::Normal;
    IndexMethod method = IndexMethod::Default;
    std::vector<IndexColumn> columns;
    std::optional<std::string> predicate;  ///< condition of a partial index, SQL
};

enum class ForeignKeyAction : std::uint8_t { NoAction, Restrict, Cascade, SetNull, SetDefault };

struct ForeignKey {
    std::string name;  ///< empty where the database does not keep it
    TableId table = kNone<TableId>;
    std::vector<ColumnId> columns;
    TableId referenced_table = kNone<TableId>;
    std::vector<ColumnId> referenced_columns;
    ForeignKeyAction on_delete = ForeignKeyAction::NoAction;
    ForeignKeyAction on_update = ForeignKeyAction::NoAction;
};

struct Table {
    std::string name;
    NamespaceId name_space = kNone<NamespaceId>;
    IndexId primary_key = kNone<IndexId>;
    std::vector<ColumnId> columns;
    std::vector<IndexId> indexes;  ///< without the primary key
    std::vector<ForeignKeyId> foreign_keys;
};

struct View {
    std::string name;
    NamespaceId name_space = kNone<NamespaceId>;
    std::string definition;
};

/// A whole database. Regular: copy it, compare parts of it; ids are only good for the catalog that gave them.
class Catalog {
public:
    /// The namespace that names without one belong to; none where the database has no namespaces.
    [[nodiscard]] const std::string& default_namespace() const noexcept { return default_namespace_; }
    void set_default_namespace(std::string name) { default_namespace_ = std::move(name); }

    NamespaceId add(Namespace name_space);
    ExtensionId add(Extension extension);
    EnumId add(Enum enumeration);
    /// Its columns, indexes and keys are added afterwards, with its id.
    TableId add(Table table);
    /// Goes to the end of its table.
    ColumnId add(Column column);
    /// A primary key becomes the table's.
    IndexId add(Index index);
    ForeignKeyId add(ForeignKey key);
    ViewId add(View view);

    [[nodiscard]] const std::vector<Namespace>& namespaces() const noexcept { return namespaces_; }
    [[nodiscard]] const std::vector<Extension>& extensions() const noexcept { return extensions_; }
    [[nodiscard]] const std::vector<Enum>& enums() const noexcept { return enums_; }
    [[nodiscard]] const std::vector<Table>& tables() const noexcept { return tables_; }
    [[nodiscard]] const std::vector<Column>& columns() const noexcept { return columns_; }
    [[nodiscard]] const std::vector<Index>& indexes() const noexcept { return indexes_; }
    [[nodiscard]] const std::vector<ForeignKey>& foreign_keys() const noexcept { return foreign_keys_; }
    [[nodiscard]] const std::vector<View>& views() const noexcept { return views_; }

    [[nodiscard]] const Namespace& operator[](NamespaceId id) const { return namespaces_[index(id)]; }
    [[nodiscard]] const Extension& operator[](ExtensionId id) const { return extensions_[index(id)]; }
    [[nodiscard]] const Enum& operator[](EnumId id) const { return enums_[index(id)]; }
    [[nodiscard]] const Table& operator[](TableId id) const { return tables_[index(id)]; }
    [[nodiscard]] const Column& operator[](ColumnId id) const { return columns_[index(id)]; }
    [[nodiscard]] const Index& operator[](IndexId id) const { return indexes_[index(id)]; }
    [[nodiscard]] const ForeignKey& operator[](ForeignKeyId id) const { return foreign_keys_[index(id)]; }
    [[nodiscard]] const View& operator[](ViewId id) const { return views_[index(id)]; }

    /// Elements by name; namespaces by their own, `name_space` empty for the default one.
    [[nodiscard]] std::optional<NamespaceId> find_namespace(std::string_view name) const;
    [[nodiscard]] std::optional<ExtensionId> find_extension(std::string_view name) const;
    [[nodiscard]] std::optional<EnumId> find_enum(std::string_view name_space, std::string_view name) const;
    [[nodiscard]] std::optional<TableId> find_table(std::string_view name_space, std::string_view name) const;
    [[nodiscard]] std::optional<ViewId> find_view(std::string_view name_space, std::string_view name) const;
    [[nodiscard]] std::optional<ColumnId> find_column(TableId table, std::string_view name) const;

    /// The name of an element's namespace; the default one's for none.
    [[nodiscard]] std::string_view namespace_name(NamespaceId id) const;
    /// No tables, views or enums: namespaces and extensions do not count.
    [[nodiscard]] bool is_empty() const noexcept { return tables_.empty() && views_.empty() && enums_.empty(); }

private:
    std::string default_namespace_;
    std::vector<Namespace> namespaces_;
    std::vector<Extension> extensions_;
    std::vector<Enum> enums_;
    std::vector<Table> tables_;
    std::vector<Column> columns_;
    std::vector<Index> indexes_;
    std::vector<ForeignKey> foreign_keys_;
    std::vector<View> views_;
};

}  // namespace lamina::catalog
