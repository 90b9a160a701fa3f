#include "catalog/catalog.hpp"

#include <utility>

namespace lamina::catalog {
namespace {

template <class Id, class Element>
Id push(std::vector<Element>& elements, Element element) {
    elements.push_back(std::move(element));
    return id_at<Id>(elements.size() - 1);
}

template <class Id, class Element>
std::optional<Id> find(const std::vector<Element>& elements, std::string_view name) {
    for (std::size_t at = 0; at < elements.size(); ++at) {
        if (elements[at].name == name) return id_at<Id>(at);
    }
    return std::nullopt;
}

template <class Id, class Element>
std::optional<Id> find(const Catalog& catalog, const std::vector<Element>& elements, std::string_view name_space,
                       std::string_view name) {
    if (name_space.empty()) name_space = catalog.default_namespace();
    for (std::size_t at = 0; at < elements.size(); ++at) {
        if (elements[at].name == name && catalog.namespace_name(elements[at].name_space) == name_space)
            return id_at<Id>(at);
    }
    return std::nullopt;
}

}  // namespace

NamespaceId Catalog::add(Namespace name_space) { return push<NamespaceId>(namespaces_, std::move(name_space)); }
ExtensionId Catalog::add(Extension extension) { return push<ExtensionId>(extensions_, std::move(extension)); }
EnumId Catalog::add(Enum enumeration) { return push<EnumId>(enums_, std::move(enumeration)); }
TableId Catalog::add(Table table) { return push<TableId>(tables_, std::move(table)); }
ViewId Catalog::add(View view) { return push<ViewId>(views_, std::move(view)); }

ColumnId Catalog::add(Column column) {
    const TableId table = column.table;
    const ColumnId id = push<ColumnId>(columns_, std::move(column));
    tables_[index(table)].columns.push_back(id);
    return id;
}

IndexId Catalog::add(Index added) {
    const TableId table = added.table;
    const bool primary = added.kind == IndexKind::PrimaryKey;
    const IndexId id = push<IndexId>(indexes_, std::move(added));
    if (primary) {
        tables_[index(table)].primary_key = id;
    } else {
        tables_[index(table)].indexes.push_back(id);
    }
    return id;
}

ForeignKeyId Catalog::add(ForeignKey key) {
    const TableId table = key.table;
    const ForeignKeyId id = push<ForeignKeyId>(foreign_keys_, std::move(key));
    tables_[index(table)].foreign_keys.push_back(id);
    return id;
}

std::optional<NamespaceId> Catalog::find_namespace(std::string_view name) const {
    return find<NamespaceId>(namespaces_, name);
}
std::optional<ExtensionId> Catalog::find_extension(std::string_view name) const {
    return find<ExtensionId>(extensions_, name);
}
std::optional<EnumId> Catalog::find_enum(std::string_view name_space, std::string_view name) const {
    return find<EnumId>(*this, enums_, name_space, name);
}
std::optional<TableId> Catalog::find_table(std::string_view name_space, std::string_view name) const {
    return find<TableId>(*this, tables_, name_space, name);
}
std::optional<ViewId> Catalog::find_view(std::string_view name_space, std::string_view name) const {
    return find<ViewId>(*this, views_, name_space, name);
}

std::optional<ColumnId> Catalog::find_column(TableId table, std::string_view name) const {
    for (const ColumnId id : tables_[index(table)].columns) {
        if (columns_[index(id)].name == name) return id;
    }
    return std::nullopt;
}

std::string_view Catalog::namespace_name(NamespaceId id) const {
    return id == kNone<NamespaceId> ? std::string_view{default_namespace_} : namespaces_[index(id)].name;
}

}  // namespace lamina::catalog
