#include "migrate/compare.hpp"

#include <cstddef>

namespace lamina::migrate {
namespace {

using catalog::Arity;
using catalog::ColumnId;
using catalog::EnumId;
using catalog::kNone;

bool descending(const catalog::IndexColumn& part) { return part.sort == catalog::SortOrder::Desc; }

bool same_operator_class(const catalog::IndexColumn& from, const catalog::IndexColumn& to) {
    if (!to.operator_class) return !from.operator_class || from.operator_class_is_default;
    return from.operator_class == to.operator_class;
}

}  // namespace

std::string Comparison::type_text(const catalog::Catalog& catalog, const catalog::ColumnType& type) const {
    std::string text = type.enumeration != kNone<EnumId> ? catalog[type.enumeration].name : to_string(type.native);
    if (type.arity == Arity::List) text += "[]";
    return text;
}

bool Comparison::same_type(const catalog::ColumnType& from, const catalog::ColumnType& to) const {
    const bool lists = from.arity == Arity::List || to.arity == Arity::List;
    if (lists && from.arity != to.arity) return false;
    if (from.enumeration == kNone<EnumId> && to.enumeration == kNone<EnumId>)
        return provider_.same_type(to.native, from.native);
    if (from.enumeration == kNone<EnumId> || to.enumeration == kNone<EnumId>) return false;
    const catalog::Enum& present = from_[from.enumeration];
    const catalog::Enum& wanted = to_[to.enumeration];
    return present.name == wanted.name &&
           from_.namespace_name(present.name_space) == to_.namespace_name(wanted.name_space);
}

bool Comparison::same_default(const catalog::Column& from, const catalog::Column& to) const {
    if (!from.default_value || !to.default_value) return !from.default_value && !to.default_value;
    return provider_.same_default(to.type, *to.default_value, *from.default_value);
}

std::vector<std::string> Comparison::column_differences(ColumnId from_id, ColumnId to_id) const {
    const catalog::Column& from = from_[from_id];
    const catalog::Column& to = to_[to_id];
    std::vector<std::string> differences;
    if (!same_type(from.type, to.type)) {
        differences.push_back("its type is " + type_text(from_, from.type) + ", not " + type_text(to_, to.type));
    }
    const bool present_null = from.type.arity == Arity::Nullable;
    const bool wanted_null = to.type.arity == Arity::Nullable;
    if (present_null != wanted_null && from.type.arity != Arity::List && to.type.arity != Arity::List) {
        differences.emplace_back(present_null ? "it is optional, not required" : "it is required, not optional");
    }
    if (from.auto_increment != to.auto_increment) {
        differences.emplace_back(from.auto_increment ? "it counts by itself (autoincrement)"
                                                     : "it does not count by itself (autoincrement)");
    } else if (!same_default(from, to)) {
        differences.emplace_back(!to.default_value     ? "it has a default"
                                 : !from.default_value ? "it has no default"
                                                       : "its default is another");
    }
    return differences;
}

bool Comparison::same_table(catalog::TableId from, catalog::TableId to) const {
    return from_[from].name == to_[to].name &&
           from_.namespace_name(from_[from].name_space) == to_.namespace_name(to_[to].name_space);
}

bool Comparison::same_columns(const std::vector<ColumnId>& from, const std::vector<ColumnId>& to) const {
    if (from.size() != to.size()) return false;
    for (std::size_t at = 0; at < from.size(); ++at) {
        if (from_[from[at]].name != to_[to[at]].name) return false;
    }
    return true;
}

bool Comparison::same_index(catalog::IndexId from_id, catalog::IndexId to_id) const {
    const catalog::Index& from = from_[from_id];
    const catalog::Index& to = to_[to_id];
    if (from.kind != to.kind || from.method != to.method || from.predicate != to.predicate) return false;
    if (from.columns.size() != to.columns.size()) return false;
    for (std::size_t at = 0; at < from.columns.size(); ++at) {
        const catalog::IndexColumn& present = from.columns[at];
        const catalog::IndexColumn& wanted = to.columns[at];
        if (present.column == kNone<ColumnId> || wanted.column == kNone<ColumnId>)
            return false;  // schemas know no expressions
        if (from_[present.column].name != to_[wanted.column].name || descending(present) != descending(wanted))
            return false;
        if (present.length != wanted.length || !same_operator_class(present, wanted)) return false;
    }
    return true;
}

bool Comparison::same_reference(catalog::ForeignKeyId from_id, catalog::ForeignKeyId to_id) const {
    const catalog::ForeignKey& from = from_[from_id];
    const catalog::ForeignKey& to = to_[to_id];
    return same_columns(from.columns, to.columns) && same_table(from.referenced_table, to.referenced_table) &&
           same_columns(from.referenced_columns, to.referenced_columns);
}

}  // namespace lamina::migrate
