#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "schema/model/schema.hpp"

namespace lamina::generate {

/// A model as the client knows it: without ignored and unsupported fields.
struct ClientModel {
    schema::Model model;
    std::vector<schema::Field> fields;  ///< the number of a field in the metadata is its index here
    std::string row;                    ///< C++ names
    std::string table;
    std::string file;

    [[nodiscard]] std::size_t index_of(const schema::Field& field) const;
};

/// What the client consists of, numbered as the generated metadata numbers it.
struct Tables {
    std::vector<ClientModel> models;
    std::vector<schema::Enum> enums;
    std::vector<schema::Relation> relations;
    std::map<schema::ModelId, std::size_t> model_numbers;
    std::map<schema::RelationId, std::size_t> relation_numbers;
    std::string name_space;

    [[nodiscard]] const ClientModel& of(const schema::Model& model) const {
        return models[model_numbers.at(model.id())];
    }
};

[[nodiscard]] Tables make_tables(const schema::Schema& schema, const std::string& name_space);

/// The C++ type of a value of a scalar or enum field, without optional and list. Enums are named from within the
/// namespace.
[[nodiscard]] std::string value_type(const schema::Field& field);
/// The C++ type of the member that a field has in a row.
[[nodiscard]] std::string member_type(const schema::Field& field);
/// Can an update increment it?
[[nodiscard]] bool is_number(const schema::Field& field);
/// Do inputs have it? Relations that lead to views are only read.
[[nodiscard]] bool is_written(const schema::Field& field);
/// Must a create input give it?
[[nodiscard]] bool is_required_on_create(const schema::Field& field);

}  // namespace lamina::generate
