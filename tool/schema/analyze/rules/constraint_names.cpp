#include "schema/analyze/rules/validation.hpp"

namespace lamina::schema::rules {
namespace {

void check_length(const Validation& v, const Model& model, const std::optional<std::string>& written,
                  std::string_view attribute, support::Span span) {
    const std::size_t limit = v.connector().max_identifier_length;
    if (!written || written->size() <= limit) return;
    v.model_error(model,
                  "The constraint name '" + *written + "' specified in the `map` argument for the `" +
                      std::string{attribute} +
                      "` constraint is too long for your chosen provider. The maximum allowed length is " +
                      std::to_string(limit) + " bytes.",
                  span);
}

std::string text(std::string_view name, std::string_view scope) {
    return "The given constraint name `" + std::string{name} +
           "` has to be unique in the following namespace: " + std::string{scope} +
           ". Please provide a different name using the `map` argument.";
}

}  // namespace

ConstraintNames::ConstraintNames(const Validation& v) {
    const auto count = [&](const Model& model, IndexKind kind, bool foreign_key, std::string_view name) {
        if (name.empty()) return;
        for (const auto& [key, description] : scopes(v, model, kind, foreign_key, name)) ++counts_[key];
    };
    for (const Index index : v.schema.indexes()) count(index.model(), index.kind(), false, index.database_name());
    if (!v.uses_foreign_keys()) return;
    for (const Relation relation : v.schema.relations()) {
        if (relation.is_many_to_many() || relation.data().owning == kNone<FieldId>) continue;
        count(relation.owning_side().model(), IndexKind::Normal, true, relation.constraint_name());
    }
}

std::vector<std::pair<std::string, std::string>> ConstraintNames::scopes(const Validation& v, const Model& model,
                                                                         IndexKind kind, bool foreign_key,
                                                                         std::string_view name) const {
    std::vector<std::pair<std::string, std::string>> out;
    const bool key = !foreign_key && kind == IndexKind::PrimaryKey;
    const std::string schema = model.schema().value_or("");
    const std::string on_model = "on model `" + std::string{model.name()} + "` for ";
    const std::string id = std::to_string(static_cast<std::uint32_t>(model.id()));
    const auto add = [&](std::string_view scope, const std::string& place, std::string description) {
        out.emplace_back(std::string{scope} + "/" + place + "/" + std::string{name}, std::move(description));
    };
    for (const ConstraintScope scope : v.connector().constraint_scopes) {
        switch (scope) {
            case ConstraintScope::GlobalKeyIndex:
                if (!foreign_key && !key) add("ki", schema, "global for indexes and unique constraints");
                break;
            case ConstraintScope::GlobalForeignKey:
                if (foreign_key) add("fk", schema, "global for foreign keys");
                break;
            case ConstraintScope::GlobalPrimaryKeyKeyIndex:
                if (!foreign_key) add("pki", schema, "global for primary key, indexes and unique constraints");
                break;
            case ConstraintScope::ModelKeyIndex:
                if (!foreign_key && !key) add("mki", id, on_model + "indexes and unique constraints");
                break;
            case ConstraintScope::ModelPrimaryKeyKeyIndexForeignKey:
                add("mpkif", id, on_model + "primary key, indexes, unique constraints and foreign keys");
                break;
        }
    }
    return out;
}

void ConstraintNames::check(const Validation& v, const Index& index) const {
    check_length(v, index.model(), index.data().mapped_name, attribute_name(index.data()), index.data().span);
    if (index.database_name().empty()) return;
    for (const auto& [key, scope] : scopes(v, index.model(), index.kind(), false, index.database_name())) {
        const auto found = counts_.find(key);
        if (found == counts_.end() || found->second < 2) continue;
        return v.index_error(index, text(index.database_name(), scope));
    }
}

void ConstraintNames::check(const Validation& v, const Relation& relation) const {
    if (!v.uses_foreign_keys()) return;
    const Field field = relation.owning_side().field();
    check_length(v, field.model(), relation.data().mapped_name, "@relation", v.relation_span(field));
    for (const auto& [key, scope] : scopes(v, field.model(), IndexKind::Normal, true, relation.constraint_name())) {
        const auto found = counts_.find(key);
        if (found == counts_.end() || found->second < 2) continue;
        return v.relation_error(field, text(relation.constraint_name(), scope));
    }
}

}  // namespace lamina::schema::rules
