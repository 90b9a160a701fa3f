#include "providers/postgresql/rules.hpp"

#include "providers/postgresql/index_rules.hpp"
#include "providers/postgresql/native_types.hpp"

namespace lamina::providers::postgresql {

using schema::Capability;
using schema::ConstraintScope;
using schema::IndexAlgorithm;
using schema::ReferentialAction;

const schema::Connector& connector() {
    static const schema::Connector connector{
        .provider = "postgresql",
        .aliases = {"postgres"},
        .display_name = "Postgres",
        .capabilities = {Capability::ScalarLists, Capability::UnsupportedLists, Capability::Enums, Capability::Json,
                         Capability::JsonLists, Capability::DecimalType, Capability::MultiSchema,
                         Capability::NamedPrimaryKeys, Capability::NamedForeignKeys, Capability::AutoIncrementOnNonId,
                         Capability::AutoIncrementMultiple, Capability::AutoIncrementNonIndexed,
                         Capability::ImplicitManyToMany, Capability::RelationFieldsInAnyOrder, Capability::Extensions,
                         Capability::PartialIndexes, Capability::SetNullOnRequired},
        .foreign_key_actions = {ReferentialAction::Cascade, ReferentialAction::Restrict, ReferentialAction::NoAction,
                                ReferentialAction::SetNull, ReferentialAction::SetDefault},
        .emulated_actions = {ReferentialAction::Cascade, ReferentialAction::Restrict, ReferentialAction::SetNull},
        .index_algorithms = {IndexAlgorithm::BTree, IndexAlgorithm::Hash, IndexAlgorithm::Gist, IndexAlgorithm::Gin,
                             IndexAlgorithm::SpGist, IndexAlgorithm::Brin},
        .constraint_scopes = {ConstraintScope::GlobalPrimaryKeyKeyIndex,
                              ConstraintScope::ModelPrimaryKeyKeyIndexForeignKey},
        .max_identifier_length = 63,
        .set_null_page = "postgres-set-null",
        .preview_features = {"fullTextSearchPostgres"},
        .renamed_previews = {{"fullTextSearch", "fullTextSearchPostgres", "https://pris.ly/d/fts-postgres"}},
        .native_types = native_types(),
        .check_native_type = check_native_type,
        .check_index = check_index,
        .operator_classes = operator_classes,
    };
    return connector;
}

}  // namespace lamina::providers::postgresql
