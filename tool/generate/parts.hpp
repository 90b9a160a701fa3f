#pragma once

#include <string>

#include "generate/tables.hpp"

/// One function per generated file.
namespace lamina::generate {

/// Every enum of the schema.
[[nodiscard]] std::string enums_header(const Tables& tables);
/// A model: its row, its fields, its inputs.
[[nodiscard]] std::string model_header(const Tables& tables, const ClientModel& model);
/// The type and the name of a field object: declared by the model's header, defined by client.cpp.
[[nodiscard]] std::string field_object(const Tables& tables, const ClientModel& model, const schema::Field& field);
/// A client for some of the models.
[[nodiscard]] std::string client_of_header(const Tables& tables);
/// All models and the client.
[[nodiscard]] std::string client_header(const Tables& tables);
/// The schema as constant data, and what the headers declare.
[[nodiscard]] std::string client_source(const Tables& tables, const schema::Schema& schema);

}  // namespace lamina::generate
