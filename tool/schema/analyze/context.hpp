#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "schema/analyze/connector.hpp"
#include "schema/diagnostics/diagnostic.hpp"
#include "schema/diagnostics/messages.hpp"
#include "schema/model/schema.hpp"
#include "schema/syntax/ast.hpp"

/// What the passes of the analyzer share: the trees, the model as it grows, and where each part of it was written.
namespace lamina::schema {

/// A relation field's `@relation(…)`, before the two sides are put together.
struct RelationSource {
    FieldId field = kNone<FieldId>;
    std::optional<ast::Attribute> attribute;
    std::optional<std::string> name;
    std::optional<std::vector<FieldId>> fields;
    std::optional<std::vector<FieldId>> references;
    std::optional<ReferentialAction> on_delete, on_update;
    support::Span on_delete_span{}, on_update_span{};
    std::optional<std::string> mapped_name;
};

/// Where a native type was written: `@scope.Name(…)`.
struct NativeTypeSource {
    FieldId field = kNone<FieldId>;
    std::string_view scope, name;
    std::vector<ast::Expression> arguments;
    support::Span span{};
};

/// Where a shard key was written.
struct ShardKeySource {
    ModelId model = kNone<ModelId>;
    bool on_field = false;
    std::size_t field_count = 0;
    support::Span span{};
};

/// A model, enum or composite type.
using BlockId = std::variant<ModelId, EnumId, CompositeId>;

struct Context {
    Context(const support::SourceMap& files, Connectors known, Diagnostics& diagnostics)
        : sources{&files}, connectors{known}, out{&diagnostics} {}

    const support::SourceMap* sources;
    Connectors connectors;
    Diagnostics* out;
    std::deque<syntax::Tree> trees;  // a deque: views point at them

    const Connector* connector = &default_connector();
    std::set<std::string, std::less<>> preview_features;

    SchemaData data;
    // Parallel to the vectors of `data`.
    std::vector<ast::Block> model_nodes, enum_nodes, composite_nodes;
    std::vector<ast::Field> field_nodes;
    std::vector<ast::Item> enum_value_nodes;
    std::vector<ast::Attribute> index_nodes;
    std::vector<support::Span> model_map_spans, model_schema_spans, enum_schema_spans;

    // By name. The views point into the sources.
    std::unordered_map<std::string_view, ModelId> models;
    std::unordered_map<std::string_view, EnumId> enums;
    std::unordered_map<std::string_view, CompositeId> composites;
    std::vector<std::unordered_map<std::string_view, FieldId>> model_fields;

    std::vector<BlockId> blocks;                     // models, enums and types in the order of the files
    std::unordered_set<std::string> mapped_columns;  // of the model that is being read

    std::unordered_map<FieldId, RelationSource> relation_sources;
    std::vector<NativeTypeSource> native_types;
    std::vector<std::pair<FieldId, ast::Expression>> database_functions;  // calls in @default that no rule knows
    std::vector<ShardKeySource> shard_keys;
    std::unordered_map<FieldId, ast::Attribute> default_attributes;
    std::unordered_map<FieldId, ast::Expression> default_values;
    std::optional<ast::Expression> extensions;  // as the datasource writes them
    support::Span schemas_span{};
    std::vector<support::Span> schema_spans;  // parallel to Datasource::schemas

    void push(Diagnostic diagnostic) { out->push(std::move(diagnostic)); }

    [[nodiscard]] ModelData& model(ModelId id) { return data.models[static_cast<std::size_t>(id)]; }
    [[nodiscard]] FieldData& field(FieldId id) { return data.fields[static_cast<std::size_t>(id)]; }
    [[nodiscard]] EnumData& enumeration(EnumId id) { return data.enums[static_cast<std::size_t>(id)]; }
    [[nodiscard]] IndexData& index(IndexId id) { return data.indexes[static_cast<std::size_t>(id)]; }
    [[nodiscard]] const ast::Field& node(FieldId id) const { return field_nodes[static_cast<std::size_t>(id)]; }
    [[nodiscard]] const ast::Block& node(ModelId id) const { return model_nodes[static_cast<std::size_t>(id)]; }
    [[nodiscard]] const ast::Attribute& node(IndexId id) const { return index_nodes[static_cast<std::size_t>(id)]; }

    /// The field of that name in that model.
    [[nodiscard]] std::optional<FieldId> find_field(ModelId model_id, std::string_view name) const {
        const auto& fields = model_fields[static_cast<std::size_t>(model_id)];
        const auto found = fields.find(name);
        if (found == fields.end()) return std::nullopt;
        return found->second;
    }
    [[nodiscard]] bool previews(std::string_view feature) const { return preview_features.contains(feature); }
    /// Does the chosen database preview that feature, and only it?
    [[nodiscard]] bool connector_previews(std::string_view feature) const {
        const auto& known = connector->preview_features;
        return std::find(known.begin(), known.end(), feature) != known.end();
    }
    /// "model" or "view".
    [[nodiscard]] std::string_view block_word(ModelId id) { return model(id).is_view ? "view" : "model"; }
};

/// "@@id" or "@id", as rules name a key's attribute in messages.
[[nodiscard]] std::string attribute_name(const IndexData& index);

}  // namespace lamina::schema
