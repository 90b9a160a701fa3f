#pragma once

#include <string_view>
#include <vector>

#include <lamina/error/error.hpp>
#include <lamina/meta/meta.hpp>
#include <lamina/sql/expression.hpp>

namespace lamina::plan {

/// A relation as seen from one of its fields: how rows of the field's model and of the related model find each other.
struct Link {
    meta::ModelId model = meta::kNone;  ///< that has the relation field
    meta::ModelId related = meta::kNone;
    std::vector<meta::FieldId> own;  ///< fields of the model …
    std::vector<meta::FieldId>
        other;          ///< … and of the related one: equal in related rows, or, for m-n, the ids in the join table
    bool list = false;  ///< to-many
    bool holds_key = false;  ///< `own` is the foreign key
    bool many_to_many = false;
    dialect::TableName join_table;  ///< for m-n …
    std::string_view own_column;    ///< … its column that holds `own`
    std::string_view other_column;  ///< … and `other`
};

/// Fails with P2009 when the field is no relation field of the model.
Result<Link> link_of(const meta::Schema& schema, meta::ModelId model, meta::FieldId field);

/// The fields of the primary key, or of the first unique key when there is none; empty when there is neither.
std::span<const meta::FieldId> identity(const meta::Model& model);

}  // namespace lamina::plan
