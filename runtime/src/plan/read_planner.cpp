#include "plan/read_planner.hpp"

#include <algorithm>

#include <lamina/base/try.hpp>
#include <lamina/error/messages.hpp>

#include "plan/level.hpp"
#include "plan/link.hpp"
#include "plan/messages.hpp"

namespace lamina::plan {
namespace {

using dialect::Expression;

void add_once(std::vector<meta::FieldId>& fields, meta::FieldId field) {
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
}

/// Where each of these fields stands in a statement that gives row_columns().
std::uint16_t position_of(const RowColumns& columns, meta::FieldId field) {
    const auto found = std::find(columns.fields.begin(), columns.fields.end(), field);
    if (found != columns.fields.end()) return static_cast<std::uint16_t>(found - columns.fields.begin());
    const auto key = std::find(columns.keys.begin(), columns.keys.end(), field);
    return static_cast<std::uint16_t>(columns.fields.size() + static_cast<std::size_t>(key - columns.keys.begin()));
}

void output_columns(Level& level, const RowColumns& columns) {
    for (const meta::FieldId field : columns.fields) level.output(field);
    for (const meta::FieldId field : columns.keys) level.output(field);
}

/// Reads the rows that a relation leads to, for keys in a register.
Result<ReadNode> read_related(Builder& builder, const Link& link, const query::RelationSelection& relation,
                              RegisterId keys) {
    LAMINA_TRY_ASSIGN(const RowColumns columns, row_columns(builder, link.related, relation.selection));
    Level level(builder, link.related);
    level.attach(link, keys);
    output_columns(level, columns);
    const std::vector<std::uint16_t> positions = level.output_links();
    LAMINA_TRY(level.apply(relation.arguments));
    const StatementId statement = level.finish();
    LAMINA_TRY_ASSIGN(ReadNode node, read_rows(builder, link.related, relation.selection, statement));
    for (std::size_t i = 0; i < positions.size(); ++i) {
        const meta::Field& field = link.many_to_many ? builder.model(link.model).fields[link.own[i]]
                                                     : builder.model(link.related).fields[link.other[i]];
        node.links.push_back({positions[i], field.type});
    }
    return node;
}

Result<void> plan_find(Builder& builder, const query::Operation& operation) {
    using query::Action;
    const bool unique = operation.action == Action::FindUnique || operation.action == Action::FindUniqueOrThrow;
    const bool first = operation.action == Action::FindFirst || operation.action == Action::FindFirstOrThrow;
    const bool or_throw = operation.action == Action::FindUniqueOrThrow || operation.action == Action::FindFirstOrThrow;
    const meta::Model& model = builder.model(operation.model);
    if (unique) LAMINA_TRY(check_unique_filter(model, operation.arguments.where));

    LAMINA_TRY_ASSIGN(const RowColumns columns, row_columns(builder, operation.model, operation.selection));
    Level level(builder, operation.model);
    output_columns(level, columns);
    LAMINA_TRY(level.apply(operation.arguments, first));
    const StatementId statement = level.finish();
    Read read;
    LAMINA_TRY_ASSIGN(read.root, read_rows(builder, operation.model, operation.selection, statement));
    builder.plan().single_row = unique || first;
    builder.plan().statements[statement].single_row = unique || first;
    if (!or_throw) {
        builder.add(std::move(read));
        return {};
    }
    read.into = builder.new_register();
    Require require;
    require.source = read.into;
    const Error missing = error::record_missing(model.name, "No record was found for a query.");
    require.code = missing.code();
    require.message = missing.message();
    require.model = model.name;
    builder.add(std::move(read));
    builder.add(std::move(require));
    return {};
}

Result<void> plan_count(Builder& builder, const query::Operation& operation) {
    Level level(builder, operation.model);
    LAMINA_TRY(level.apply(operation.arguments));
    builder.add(Number{level.finish_count()});
    return {};
}

}  // namespace

Result<RowColumns> row_columns(const Builder& builder, meta::ModelId model_id, const query::Selection& selection) {
    const meta::Model& model = builder.model(model_id);
    RowColumns columns;
    if (!selection.counts.empty()) return error::unsupported_feature("_count in a selection");
    if (selection.fields.empty() && selection.all_scalars) {
        for (std::size_t i = 0; i < model.fields.size(); ++i) {
            if (!model.fields[i].is_relation) columns.fields.push_back(static_cast<meta::FieldId>(i));
        }
    } else {
        for (const meta::FieldId field : selection.fields) {
            if (field >= model.fields.size()) return messages::unknown_field(model, field, "the selection");
            if (model.fields[field].is_relation)
                return messages::not_a_scalar(model, model.fields[field], "the selection");
            columns.fields.push_back(field);
        }
    }
    for (const query::RelationSelection& relation : selection.relations) {
        LAMINA_TRY_ASSIGN(const Link link, link_of(builder.schema(), model_id, relation.field));
        for (const meta::FieldId field : link.own) {
            if (std::find(columns.fields.begin(), columns.fields.end(), field) == columns.fields.end())
                add_once(columns.keys, field);
        }
    }
    return columns;
}

Result<ReadNode> read_rows(Builder& builder, meta::ModelId model_id, const query::Selection& selection,
                           StatementId statement) {
    const meta::Model& model = builder.model(model_id);
    LAMINA_TRY_ASSIGN(const RowColumns columns, row_columns(builder, model_id, selection));
    ReadNode node;
    node.statement = statement;
    node.fields = static_cast<std::uint16_t>(columns.fields.size());
    std::vector<meta::FieldId> keys;
    for (const query::RelationSelection& relation : selection.relations) {
        LAMINA_TRY_ASSIGN(const Link link, link_of(builder.schema(), model_id, relation.field));
        ReadNode::Child child;
        for (const meta::FieldId field : link.own) {
            add_once(keys, field);
            child.key_columns.push_back(
                static_cast<std::uint16_t>(std::find(keys.begin(), keys.end(), field) - keys.begin()));
        }
        child.keys = builder.new_register();
        LAMINA_TRY_ASSIGN(child.node, read_related(builder, link, relation, child.keys));
        node.children.push_back(std::move(child));
    }
    for (const meta::FieldId field : keys) node.keys.push_back({position_of(columns, field), model.fields[field].type});
    return node;
}

Result<ReadNode> read_by_key(Builder& builder, meta::ModelId model_id, const query::Selection& selection,
                             std::span<const meta::FieldId> key, RegisterId source, bool many) {
    LAMINA_TRY_ASSIGN(const RowColumns columns, row_columns(builder, model_id, selection));
    Level level(builder, model_id);
    if (many) {
        Link link;
        link.related = model_id;
        link.list = true;
        link.other.assign(key.begin(), key.end());
        level.attach(link, source);
        output_columns(level, columns);
        return read_rows(builder, model_id, selection, level.finish());
    }
    output_columns(level, columns);
    for (std::size_t i = 0; i < key.size(); ++i) {
        Expression column = builder.column(level.table(), model_id, key[i]);
        const dialect::ValueType type = builder.type_of(builder.model(model_id).fields[key[i]]);
        level.require(dialect::equal(
            std::move(column), dialect::parameter(builder.bind_cell(source, static_cast<std::uint16_t>(i)), type)));
    }
    return read_rows(builder, model_id, selection, level.finish());
}

Result<void> plan_read(Builder& builder, const query::Operation& operation) {
    if (operation.action == query::Action::Aggregate || operation.action == query::Action::GroupBy) {
        return error::unsupported_feature("aggregation");
    }
    if (operation.lock != query::Lock::None) return error::unsupported_feature("a row lock");
    if (operation.load != query::Load::Batch) return error::unsupported_feature("load(join)");
    if (operation.action == query::Action::Count) return plan_count(builder, operation);
    return plan_find(builder, operation);
}

}  // namespace lamina::plan
