#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lamina/meta/meta.hpp>

namespace test {

/// A schema in the schema language, as far as tests need it, as metadata. Neither copied nor moved: the metadata points
/// inside.
class TinySchema {
public:
    explicit TinySchema(std::string text);
    TinySchema(const TinySchema&) = delete;
    TinySchema& operator=(const TinySchema&) = delete;

    const lamina::meta::Schema& schema() const { return schema_; }
    /// Throws std::out_of_range.
    lamina::meta::ModelId model(std::string_view name) const;
    lamina::meta::FieldId field(lamina::meta::ModelId model, std::string_view name) const;

private:
    /// One side of a relation.
    struct Draft {
        std::string name;
        lamina::meta::ModelId model = 0;
        lamina::meta::FieldId field = 0;
        std::string related;
        std::vector<std::string> fields, references;
        std::optional<lamina::meta::ReferentialAction> on_delete, on_update;
    };
    struct ModelDraft;
    void read_model(std::string_view name, const std::vector<std::string>& lines);
    void read_enum(std::string_view name, const std::vector<std::string>& lines);
    void read_field(ModelDraft& model, const std::string& line);
    void relate();
    std::string_view keep(std::string_view text) { return texts_.emplace_back(text); }

    std::deque<std::string> texts_;
    std::deque<std::vector<lamina::meta::FieldId>> ids_;
    std::deque<std::vector<std::string_view>> labels_;
    std::deque<std::vector<lamina::meta::Field>> fields_;
    std::deque<std::vector<lamina::meta::Key>> keys_;
    std::vector<lamina::meta::Model> models_;
    std::vector<lamina::meta::Enum> enums_;
    std::vector<lamina::meta::Relation> relations_;
    std::vector<Draft> drafts_;
    lamina::meta::Schema schema_;
};

}  // namespace test
