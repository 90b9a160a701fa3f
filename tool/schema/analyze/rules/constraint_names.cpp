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

ConstraintNames::Kind kind_of(const Index& index) {
    return index.kind() == IndexKind::PrimaryKey ? ConstraintNames::Kind::PrimaryKey : ConstraintNames::Kind::Key;
}

// The model with the foreign key, also when the field that holds it was forgotten.
Model referencing_model(const Validation& v, const Relation& relation) {
    const RelationData& data = relation.data();
    if (data.owning != kNone<FieldId>) return relation.owning_side().model();
    return {&v.schema, Field{&v.schema, data.opposite}.data().target};
}

}  // namespace

ConstraintNames::ConstraintNames(const Validation& v) {
    const auto count = [&](const Model& model, Kind kind, std::string_view name) {
        if (name.empty()) return;
        for (const Scope& scope : scopes(v, model, kind, name)) ++counts_[scope.key];
    };
    for (const Index index : v.schema.indexes()) count(index.model(), kind_of(index), index.database_name());
    if (v.connector().can(Capability::NamedDefaults)) {
        for (const Model model : v.schema.models_and_views()) {
            for (const Field field : model.fields()) count(model, Kind::Default, default_name(v, field));
        }
    }
    if (!v.uses_foreign_keys()) return;
    for (const Relation relation : v.schema.relations()) {
        if (!relation.is_many_to_many())
            count(referencing_model(v, relation), Kind::ForeignKey, relation.constraint_name());
    }
}

// `map:` of a default, or the name that it gets without.
std::string ConstraintNames::default_name(const Validation& v, const Field& field) {
    const auto& value = field.default_value();
    if (!value) return {};
    if (value->map) return *value->map;
    std::string name = std::string{field.model().database_name()} + "_" + std::string{field.column_name()};
    const std::size_t limit = v.connector().max_identifier_length - 3;
    if (name.size() > limit) name.resize(limit);
    return name + "_df";
}

std::vector<ConstraintNames::Scope> ConstraintNames::scopes(const Validation& v, const Model& model, Kind kind,
                                                            std::string_view name) const {
    std::vector<Scope> out;
    const std::string schema = model.schema().value_or("");
    const std::string on_model = "on model `" + std::string{model.name()} + "` for ";
    const std::string id = std::to_string(static_cast<std::uint32_t>(model.id()));
    const auto add = [&](std::string_view scope, const std::string& place, std::string description) {
        out.push_back({std::string{scope} + "/" + place + "/" + std::string{name}, std::move(description), false});
    };
    for (const ConstraintScope scope : v.connector().constraint_scopes) {
        switch (scope) {
            case ConstraintScope::GlobalPrimaryKeyForeignKeyDefault:
                if (kind != Kind::Key)
                    add("pfd", schema, "global for primary keys, foreign keys and default constraints");
                break;
            case ConstraintScope::GlobalKeyIndex:
                if (kind == Kind::Key) add("ki", schema, "global for indexes and unique constraints");
                break;
            case ConstraintScope::GlobalForeignKey:
                if (kind == Kind::ForeignKey) add("fk", schema, "global for foreign keys");
                break;
            case ConstraintScope::GlobalPrimaryKeyKeyIndex:
                if (kind == Kind::PrimaryKey || kind == Kind::Key)
                    add("pki", schema, "global for primary key, indexes and unique constraints");
                break;
            case ConstraintScope::ModelKeyIndex:
                if (kind == Kind::Key) add("mki", id, on_model + "indexes and unique constraints");
                break;
            case ConstraintScope::ModelPrimaryKeyKeyIndex:
                if (kind == Kind::PrimaryKey || kind == Kind::Key)
                    add("mpki", id, on_model + "primary key, indexes and unique constraints");
                break;
            case ConstraintScope::ModelPrimaryKeyKeyIndexForeignKey:
                if (kind != Kind::Default) {
                    add("mpkif", id, on_model + "primary key, indexes, unique constraints and foreign keys");
                    out.back().of_all_kinds = true;
                }
                break;
        }
    }
    return out;
}

bool ConstraintNames::is_taken(const Scope& scope) const {
    const auto found = counts_.find(scope.key);
    return found != counts_.end() && found->second > 1;
}

void ConstraintNames::check(const Validation& v, const Index& index) const {
    if (!index.database_name().empty()) {
        for (const Scope& scope : scopes(v, index.model(), kind_of(index), index.database_name())) {
            if (!is_taken(scope)) continue;
            // Uniques and indexes that share a name with a foreign key: the foreign key says so.
            if (kind_of(index) == Kind::Key && scope.of_all_kinds) continue;
            v.index_error(index, text(index.database_name(), scope.description));
            if (kind_of(index) == Kind::Key) break;
        }
    }
    check_length(v, index.model(), index.data().mapped_name, attribute_name(index.data()), index.data().span);
}

void ConstraintNames::check_default(const Validation& v, const Field& field) const {
    if (!field.default_value() || !v.connector().can(Capability::NamedDefaults)) return;
    const std::string name = default_name(v, field);
    for (const Scope& scope : scopes(v, field.model(), Kind::Default, name)) {
        if (!is_taken(scope)) continue;
        v.push(messages::attribute(text(name, scope.description), "@default", v.default_span(field)));
    }
}

void check_default_name(const Validation& v, const Field& field) {
    const auto& value = field.default_value();
    if (!value || !value->map) return;
    const support::Span span = v.default_span(field);
    if (!v.connector().can(Capability::NamedDefaults)) {
        v.push(messages::attribute(
            "You defined a database name for the default value of a field on the model. This is not supported by the "
            "provider.",
            "@default", span));
    }
    check_length(v, field.model(), value->map, "@default", span);
}

void ConstraintNames::check(const Validation& v, const Relation& relation) const {
    if (!v.uses_foreign_keys()) return;
    const Model model = referencing_model(v, relation);
    const bool lone = relation.data().owning == kNone<FieldId>;
    const support::Span span = lone ? model.data().span : v.relation_span(relation.owning_side().field());
    for (const Scope& scope : scopes(v, model, Kind::ForeignKey, relation.constraint_name())) {
        if (!is_taken(scope)) continue;
        v.push(messages::attribute(text(relation.constraint_name(), scope.description), "@relation", span));
        break;
    }
    check_length(v, model, relation.data().mapped_name, "@relation", span);
}

}  // namespace lamina::schema::rules
