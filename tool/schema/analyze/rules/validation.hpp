#pragma once

#include <string>
#include <string_view>

#include "schema/analyze/context.hpp"
#include "schema/analyze/rules/rules.hpp"

/// What the checks of the last pass share. The model is whole by now and read through its views; the context knows
/// where things were written. A relation may still lack its other side: its id is `kNone` then.
namespace lamina::schema::rules {

struct Validation {
    Context& context;
    const Schema& schema;

    [[nodiscard]] const Connector& connector() const { return *context.connector; }
    [[nodiscard]] bool uses_foreign_keys() const {
        return !schema.datasource() || schema.datasource()->relation_mode == RelationMode::ForeignKeys;
    }
    void push(Diagnostic diagnostic) const { context.push(std::move(diagnostic)); }

    /// `Error validating model "A": …`
    void model_error(const Model& model, std::string_view text, support::Span span) const {
        push(messages::model(text, model.is_view() ? "view" : "model", model.name(), span));
    }
    /// `Error validating field `f` in model `A`: …`
    void field_error(const Field& field, std::string_view text) const {
        push(messages::field(text, field.model().is_view() ? "view" : "model", field.model().name(), field.name(),
                             field.data().span));
    }
    /// `Error parsing attribute "@@index": …`
    void index_error(const Index& index, std::string_view text) const {
        push(messages::attribute(text, attribute_name(index.data()), index.data().span));
    }
    /// `Error parsing attribute "@relation": …`, at the attribute or the whole field.
    void relation_error(const Field& field, std::string_view text) const {
        push(messages::attribute(text, "@relation", relation_span(field)));
    }
    [[nodiscard]] const RelationSource& source(const Field& field) const {
        return context.relation_sources.at(field.id());
    }
    /// Its `@default`, or the field when it has none.
    [[nodiscard]] support::Span default_span(const Field& field) const {
        const auto found = context.default_attributes.find(field.id());
        return found == context.default_attributes.end() ? field.data().span : found->second.span();
    }
    [[nodiscard]] support::Span relation_span(const Field& field) const {
        const RelationSource& found = source(field);
        return found.attribute ? found.attribute->span() : field.data().span;
    }
};

/// A relation whose two sides are there.
struct Sides {
    Field forward;  ///< the side that speaks for the relation
    Field back;
};

// ---- default_functions.cpp ----
/// Functions in `@default` that not every database has.
void check_default_functions(const Validation& v);

// ---- shard_keys.cpp ----
void check_shard_keys(const Validation& v, const Model& model);

// ---- extensions.cpp ----
void check_extensions(const Validation& v);

// ---- models.cpp ----
void check_table_names(const Validation& v);
void check_unique_criteria(const Validation& v, const Model& model);
void check_schema_attribute(const Validation& v, const Model& model);
void check_primary_key(const Validation& v, const Model& model);
void check_clustering(const Validation& v, const Model& model);
void check_autoincrement(const Validation& v, const Model& model);

/// What the client calls the keys of one model: no two are called the same, and none like a field.
class ClientNames {
public:
    explicit ClientNames(const Model& model);
    void check(const Validation& v, const Index& index) const;
    void check(const Validation& v, const Field& field) const;

private:
    std::unordered_map<std::string, std::vector<Index>> custom_;
};

// ---- views.cpp ----
void check_view(const Validation& v, const Model& view);

// ---- fields.cpp ----
void check_scalar_field(const Validation& v, const Field& field);
void check_default(const Validation& v, const Field& field);
/// native_types.cpp
void check_native_type(const Validation& v, const Field& field);
void check_unsupported_type(const Validation& v, const Field& field);

// ---- indexes.cpp ----
void check_index(const Validation& v, const Index& index);
/// The `length` of an index's fields fits their types.
void check_lengths(const Validation& v, const Index& index);

// ---- enums.cpp ----
void check_enums(const Validation& v);
void check_composites(const Validation& v);

/// constraint_names.cpp: names that must be the only ones of their kind; names that are too long.
class ConstraintNames {
public:
    /// What has a name. Uniques and indexes are one kind.
    enum class Kind : std::uint8_t { PrimaryKey, Key, ForeignKey, Default };
    explicit ConstraintNames(const Validation& v);
    void check(const Validation& v, const Index& index) const;
    void check(const Validation& v, const Relation& relation) const;
    /// The name of a default's constraint.
    void check_default(const Validation& v, const Field& field) const;

private:
    struct Scope {
        std::string key, description;
        bool of_all_kinds = false;
    };
    [[nodiscard]] static std::string default_name(const Validation& v, const Field& field);
    [[nodiscard]] std::vector<Scope> scopes(const Validation& v, const Model& model, Kind kind,
                                            std::string_view name) const;
    [[nodiscard]] bool is_taken(const Scope& scope) const;
    std::unordered_map<std::string, unsigned> counts_;
};

/// `map:` of a default: is it allowed, is it too long?
void check_default_name(const Validation& v, const Field& field);

// ---- relation_fields.cpp ----
/// Are there several relations between two models under one name? Reported.
class RelationNames {
public:
    explicit RelationNames(const Schema& schema, const Context& context);
    [[nodiscard]] bool check(const Validation& v, const Field& field) const;

private:
    [[nodiscard]] static std::string key(const Field& field, const RelationSource& source);
    std::unordered_map<std::string, std::vector<FieldId>> by_name_;
};
void check_relation_field(const Validation& v, const Field& field);

// ---- relations.cpp, many_to_many.cpp, cycles.cpp ----
void check_foreign_key(const Validation& v, const Relation& relation, const ConstraintNames& names);
void check_many_to_many(const Validation& v, const Relation& relation);
void check_cycles(const Validation& v, const Relation& relation);
void check_paths(const Validation& v, const Relation& relation);

}  // namespace lamina::schema::rules
