#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.hpp"
#include "migrate/provider.hpp"

namespace lamina::migrate {

/// Two catalogs side by side: are these elements the same? Ids come in pairs, the present one first.
class Comparison {
public:
    /// All three must outlive this.
    Comparison(const catalog::Catalog& from, const catalog::Catalog& to, const Provider& provider)
        : from_{from}, to_{to}, provider_{provider} {}

    /// What differs between two columns of one name, a phrase each ("its type is TEXT, not INTEGER"); empty when they
    /// are equal.
    [[nodiscard]] std::vector<std::string> column_differences(catalog::ColumnId from, catalog::ColumnId to) const;
    /// The same columns in the same order, with order, operator classes, method, kind and condition.
    [[nodiscard]] bool same_index(catalog::IndexId from, catalog::IndexId to) const;
    /// The same columns pointing at the same columns; actions and names do not count.
    [[nodiscard]] bool same_reference(catalog::ForeignKeyId from, catalog::ForeignKeyId to) const;

private:
    [[nodiscard]] bool same_type(const catalog::ColumnType& from, const catalog::ColumnType& to) const;
    [[nodiscard]] bool same_default(const catalog::Column& from, const catalog::Column& to) const;
    [[nodiscard]] bool same_table(catalog::TableId from, catalog::TableId to) const;
    [[nodiscard]] bool same_columns(const std::vector<catalog::ColumnId>& from,
                                    const std::vector<catalog::ColumnId>& to) const;
    [[nodiscard]] std::string type_text(const catalog::Catalog& catalog, const catalog::ColumnType& type) const;

    const catalog::Catalog& from_;
    const catalog::Catalog& to_;
    const Provider& provider_;
};

}  // namespace lamina::migrate
