#include <string>
#include <utility>
#include <vector>

#include <lamina/error/messages.hpp>

#include "client/runner.hpp"

namespace lamina::client {
namespace {

const meta::Model* find_model(const meta::Schema& schema, std::string_view name) noexcept {
    for (const meta::Model& model : schema.models) {
        if (model.name == name) return &model;
    }
    return nullptr;
}

const meta::Model* find_table(const meta::Schema& schema, std::string_view table) noexcept {
    for (const meta::Model& model : schema.models) {
        if (model.table == table) return &model;
    }
    return nullptr;
}

/// The fields behind columns; a column without a field keeps its name.
std::vector<std::string> field_names(const meta::Model* model, const std::vector<std::string>& columns) {
    std::vector<std::string> names;
    for (const std::string& column : columns) {
        std::string_view name = column;
        if (model != nullptr) {
            for (const meta::Field& field : model->fields) {
                if (!field.is_relation && field.column == column) name = field.name;
            }
        }
        names.emplace_back(name);
    }
    return names;
}

/// The same error with the message that it would have had if model and fields had been known.
Error reworded(Error error, const Error& worded) {
    error.with_message(worded.message());
    if (!worded.model().empty()) error.with_model(worded.model());
    error.with_fields(worded.fields());
    return error;
}

}  // namespace

Error enrich(Error error, const meta::Schema& schema, std::string_view model_name, std::string_view sql) {
    if (error.sql().empty() && !sql.empty()) error.with_sql(sql);
    const std::string_view table = error.detail("table");
    const meta::Model* model = table.empty() ? nullptr : find_table(schema, table);
    if (model == nullptr) model = find_model(schema, model_name);
    const std::string_view name = model != nullptr ? model->name : model_name;
    switch (error.code()) {
        case ErrorCode::UniqueViolation:
            return reworded(error,
                            error::unique_violation(name, field_names(model, error.fields()), error.constraint()));
        case ErrorCode::ForeignKeyViolation:
            return reworded(error,
                            error::foreign_key_violation(name, field_names(model, error.fields()), error.constraint()));
        case ErrorCode::NullViolation:
            return reworded(error, error::null_violation(name, field_names(model, error.fields())));
        default: break;
    }
    if (error.model().empty() && !name.empty()) error.with_model(name);
    return error;
}

}  // namespace lamina::client
