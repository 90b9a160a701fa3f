#include "plan/messages.hpp"

#include <string>

#include <lamina/error/messages.hpp>

namespace lamina::plan::messages {
namespace {

std::string member(const meta::Model& model, const meta::Field& field) {
    return "`" + std::string(model.name) + "." + std::string(field.name) + "`";
}

Error invalid(const meta::Model& model, const std::string& what) {
    return error::invalid_query(what).with_model(model.name);
}

/// P2019.
Error input(const meta::Model& model, const std::string& what) {
    return Error(ErrorCode::InputError, "Input error. " + what).with_model(model.name);
}

}  // namespace

Error unknown_model(meta::ModelId model) {
    return error::invalid_query("The schema has no model number " + std::to_string(model) + ".");
}

Error unknown_field(const meta::Model& model, meta::FieldId field, std::string_view where) {
    return invalid(model, "Model `" + std::string(model.name) + "` has no field number " + std::to_string(field) +
                              " (in " + std::string(where) + ").");
}

Error not_a_scalar(const meta::Model& model, const meta::Field& field, std::string_view where) {
    return invalid(model, member(model, field) + " is a relation; " + std::string(where) + " takes scalar fields.");
}

Error not_a_relation(const meta::Model& model, const meta::Field& field, std::string_view where) {
    return invalid(model, member(model, field) + " is no relation; " + std::string(where) + " takes relation fields.");
}

Error wrong_relation_kind(const meta::Model& model, const meta::Field& field, std::string_view filter) {
    return invalid(model, "The filter `" + std::string(filter) + "` does not fit " + member(model, field) +
                              (field.list ? ", which leads to many rows (some, every, none do)."
                                          : ", which leads to at most one row (is, is_not do)."));
}

Error wrong_value(const meta::Model& model, const meta::Field& field, std::string_view expected) {
    return invalid(model, "The value for " + member(model, field) + " must be " + std::string(expected) + ".");
}

Error unsuitable_filter(const meta::Model& model, const meta::Field& field, std::string_view comparison) {
    return invalid(model, "The filter `" + std::string(comparison) + "` does not exist for " + member(model, field) +
                              ", which is of type " + std::string(to_string(field.type)) + (field.list ? "[]." : "."));
}

Error no_unique_key(const meta::Model& model, std::string_view where) {
    std::string keys;
    for (const meta::Key& key : model.keys) {
        std::string fields;
        for (const meta::FieldId field : key.fields) {
            fields += (fields.empty() ? "" : ", ") + std::string(model.fields[field].name);
        }
        keys += (keys.empty() ? "" : " or ") + ("(" + fields + ")");
    }
    return invalid(model, std::string(where) + " of `" + std::string(model.name) +
                              "` needs a value for every field of a unique key: " + keys + ".");
}

Error no_identity(const meta::Model& model, std::string_view purpose) {
    return invalid(model, "`" + std::string(model.name) + "` has no unique key, which is needed for " +
                              std::string(purpose) + ".");
}

Error aggregate_outside_having(const meta::Model& model) {
    return invalid(model, "Aggregates are compared in `having` only.");
}

Error relation_in_having(const meta::Model& model) {
    return invalid(model, "`having` compares aggregates and fields that rows are grouped by, not relations.");
}

Error nothing_to_aggregate(const meta::Model& model) {
    return invalid(model, "At least one aggregate, or for group_by one field to group by, is needed.");
}

Error having_not_grouped(const meta::Model& model, const meta::Field& field) {
    return input(model,
                 "Every field used in `having` filters must either be an aggregation filter or be included in the "
                 "selection of the query. Missing fields: " +
                     std::string(field.name));
}

Error order_not_grouped(const meta::Model& model, std::string_view fields) {
    return input(model,
                 "Every field used for orderBy must be included in the by-arguments of the query. Missing fields: " +
                     std::string(fields));
}

Error wrong_reference(const meta::Model& model, Type type, bool list, const meta::Field& found) {
    const auto name = [](Type of, bool is_list) { return std::string(to_string(of)) + (is_list ? "[]" : ""); };
    return input(model, "Expected a referenced scalar field of type " + name(type, list) + " but found " +
                            std::string(model.name) + "." + std::string(found.name) + " of type " +
                            name(found.type, found.list) + ".");
}

Error negative_skip(const meta::Model& model) {
    return invalid(model, "Invalid value for skip argument: Value can only be positive.");
}

Error nothing_found(std::string_view model) { return error::record_missing(model, "No record was found for a query."); }

Error related_row_missing() {
    return error::inconsistent_column_data("a required relation", "the related row is missing");
}

}  // namespace lamina::plan::messages
