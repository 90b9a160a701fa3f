#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/analyze/attributes.hpp"

/// What the files about attributes share.
namespace lamina::schema::rules {

/// A list of fields as `fields:` of a key names it.
struct KeyFields {
    std::vector<IndexField> parts;
    std::vector<std::string> unknown;
    std::vector<std::string> relations;
    bool reported = false;  ///< something was wrong and has been said

    [[nodiscard]] bool usable() const noexcept { return unknown.empty() && relations.empty() && !reported; }
};

/// Reads `[a, b(sort: Desc)]` as fields of that model.
[[nodiscard]] KeyFields read_key_fields(Context& context, ModelId model, const ast::Expression& list,
                                        const ast::Attribute& attribute);

/// Reads `[a, b]` as fields of that model; arguments of the elements mean nothing.
[[nodiscard]] KeyFields read_plain_fields(Context& context, ModelId model, const ast::Expression& list,
                                          support::Span attribute);

/// field_attributes.cpp: attributes of a scalar, enum or unsupported field.
void read_scalar_field(Context& context, FieldId id);
/// relation_attribute.cpp: attributes of a relation field.
void read_relation_field(Context& context, FieldId id);
/// default_values.cpp: @default.
void read_default(Context& context, FieldId id, ArgumentReader& arguments);
/// shard_keys.cpp: @shardKey and @@shardKey.
void read_field_shard_key(Context& context, FieldId field, ArgumentReader& arguments);
void read_block_shard_key(Context& context, ModelId model, ArgumentReader& arguments);
/// block_attributes.cpp: attributes of a model or view.
void read_model_attributes(Context& context, ModelId id);
/// block_attributes.cpp: attributes of an enum and its values.
void read_enum_attributes(Context& context, EnumId id);
/// composites.cpp: attributes of a composite type's fields.
void read_composite_attributes(Context& context, CompositeId id);

/// Adds a key or index; says which model it belongs to and where it was written.
IndexId add_index(Context& context, IndexData data, const ast::Attribute& attribute);

/// "`a`, `b`"
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& names);
/// "a, b"
[[nodiscard]] std::string plain_list(const std::vector<std::string>& names);

}  // namespace lamina::schema::rules
