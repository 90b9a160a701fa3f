#include "plan/write_messages.hpp"

#include <initializer_list>
#include <string>

#include <lamina/error/messages.hpp>

namespace lamina::plan::messages {
namespace {

std::string join(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view part : parts) text += part;
    return text;
}

std::string_view type_of(const RelationName& relation) {
    return relation.many_to_many ? "many-to-many" : relation.one_to_one ? "one-to-one" : "one-to-many";
}

std::string_view verb(query::NestedWrite::Kind kind) {
    switch (kind) {
        case query::NestedWrite::Kind::Create: return "create";
        case query::NestedWrite::Kind::Connect: return "connect";
        case query::NestedWrite::Kind::ConnectOrCreate: return "connect or create";
        case query::NestedWrite::Kind::CreateMany: return "create";
        case query::NestedWrite::Kind::Set: return "set";
        case query::NestedWrite::Kind::Disconnect: return "disconnect";
        case query::NestedWrite::Kind::Delete: return "delete";
        case query::NestedWrite::Kind::Update: return "update";
        case query::NestedWrite::Kind::UpdateMany: return "update";
        case query::NestedWrite::Kind::Upsert: return "upsert";
        case query::NestedWrite::Kind::DeleteMany: return "delete";
    }
    return "";
}

std::string name_of(const meta::Model& model, const meta::Field& field) {
    return join({"`", model.name, ".", field.name, "`"});
}

}  // namespace

Error no_row_to_update(const meta::Model& model) {
    return error::record_missing(model.name, "No record was found for an update.");
}

Error no_row_to_delete(const meta::Model& model) {
    return error::record_missing(model.name, "No record was found for a delete.");
}

Error no_related_row(const meta::Model& model, std::string_view needed_for, query::NestedWrite::Kind kind,
                     const RelationName& relation) {
    const std::string needed = needed_for.empty() ? "" : join({" (needed to ", needed_for, ")"});
    return error::record_missing(
               model.name, join({"No '", model.name, "' record", needed, " was found for a nested ", verb(kind), " on ",
                                 type_of(relation), " relation '", relation.name, "'."}))
        .with_detail("relation", relation.name);
}

Error no_row_to_connect(const meta::Model& model, const RelationName& relation) {
    return error::record_missing(model.name, join({"No '", model.name, "' record was found for a connect on ",
                                                   type_of(relation), " relation '", relation.name, "'."}))
        .with_detail("relation", relation.name);
}

Error no_row_to_disconnect(const meta::Model& model, const RelationName& relation) {
    return error::record_missing(model.name, join({"No '", model.name, "' record was found for a disconnect on ",
                                                   type_of(relation), " relation '", relation.name, "'."}))
        .with_detail("relation", relation.name);
}

Error not_connected(const meta::Model& parent, const meta::Model& child, const RelationName& relation) {
    return Error(ErrorCode::RecordsNotConnected,
                 join({"The records for relation `", relation.name, "` between the `", parent.name, "` and `",
                       child.name, "` models are not connected."}))
        .with_model(parent.name)
        .with_detail("relation", relation.name);
}

Error not_in_create(const meta::Model& model, const meta::Field& field, query::NestedWrite::Kind kind) {
    return error::invalid_query(
               join({"a nested ", verb(kind), " on ", name_of(model, field), " needs a row that is there already"}))
        .with_model(model.name);
}

Error not_for_relation(const meta::Model& model, const meta::Field& field, query::NestedWrite::Kind kind) {
    return error::invalid_query(
               join({"a nested ", verb(kind), " of many rows does not fit the relation ", name_of(model, field)}))
        .with_model(model.name);
}

Error no_relations_in_many(const meta::Model& model, const meta::Field& field) {
    return error::invalid_query(
               join({"an update of many rows takes no writes to the relation ", name_of(model, field)}))
        .with_model(model.name);
}

Error too_few_rows_to_connect(const meta::Model& model) {
    return error::record_missing(model.name, "Expected {expected} records to be connected, found only {found}.");
}

Error too_few_children_to_connect(const meta::Model& model, const RelationName& relation) {
    return Error(ErrorCode::ConnectedRecordsMissing,
                 join({"The required connected records were not found. Expected {expected} records to be connected "
                       "after connect "
                       "operation on ",
                       type_of(relation), " relation '", relation.name, "', found {found}."}))
        .with_model(model.name)
        .with_detail("relation", relation.name);
}

Error required_relation(const RelationName& relation, const meta::Model& child, const meta::Model& parent) {
    return error::relation_violation(relation.name, child.name, parent.name);
}

Error required_field_missing(const meta::Model& model, const meta::Field& field) {
    return error::required_value_missing(join({model.name, ".", field.name})).with_model(model.name);
}

Error field_written_twice(const meta::Model& model, const meta::Field& field) {
    return error::invalid_query(join({"the field ", name_of(model, field), " is written twice"}))
        .with_model(model.name);
}

Error arithmetic_in_create(const meta::Model& model, const meta::Field& field) {
    return error::invalid_query(join({"the field ", name_of(model, field), " of a new row can only be set"}))
        .with_model(model.name);
}

Error not_a_number(const meta::Model& model, const meta::Field& field) {
    return error::invalid_query(
               join({"the field ", name_of(model, field), " is not a number that can be calculated with"}))
        .with_model(model.name);
}

Error not_a_list(const meta::Model& model, const meta::Field& field) {
    return error::invalid_query(join({"the field ", name_of(model, field), " is not a list that can be added to"}))
        .with_model(model.name);
}

Error no_such_key(const meta::Model& model) {
    return error::invalid_query(
               join({"an upsert of many rows of `", model.name, "` needs a unique key, which every row gives"}))
        .with_model(model.name);
}

Error uneven_rows(const meta::Model& model) {
    return error::invalid_query(
               join({"the rows of an upsert of many rows of `", model.name, "` have to give the same fields"}))
        .with_model(model.name);
}

Error one_row_only(const meta::Model& model, const meta::Field& field) {
    return error::invalid_query(join({"the relation ", name_of(model, field), " takes one row only"}))
        .with_model(model.name);
}

Error bad_default(const meta::Model& model, const meta::Field& field, std::string_view problem) {
    return error::internal(join({"the default of ", name_of(model, field), " cannot be read: ", problem}));
}

}  // namespace lamina::plan::messages
