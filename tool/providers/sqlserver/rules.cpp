#include "providers/sqlserver/rules.hpp"

#include "providers/sqlserver/index_rules.hpp"
#include "providers/sqlserver/native_types.hpp"

namespace lamina::providers::sqlserver {

using schema::Capability;
using schema::ConstraintScope;
using schema::IndexAlgorithm;
using schema::ReferentialAction;

const schema::Connector& connector() {
    static const schema::Connector connector{
        .provider = "sqlserver",
        .aliases = {},
        .display_name = "SQL Server",
        .capabilities = {Capability::DecimalType, Capability::MultiSchema, Capability::NamedPrimaryKeys,
                         Capability::NamedForeignKeys, Capability::NamedDefaults, Capability::AutoIncrementOnNonId,
                         Capability::AutoIncrementMultiple, Capability::AutoIncrementNonIndexed,
                         Capability::SortInPrimaryKey, Capability::Clustering, Capability::PartialIndexes,
                         Capability::ImplicitManyToMany, Capability::RefusesActionCycles},
        .foreign_key_actions = {ReferentialAction::Cascade, ReferentialAction::NoAction, ReferentialAction::SetNull,
                                ReferentialAction::SetDefault},
        .emulated_actions = {ReferentialAction::Cascade, ReferentialAction::Restrict, ReferentialAction::NoAction,
                             ReferentialAction::SetNull},
        .index_algorithms = {IndexAlgorithm::BTree},
        .constraint_scopes = {ConstraintScope::GlobalPrimaryKeyForeignKeyDefault,
                              ConstraintScope::ModelPrimaryKeyKeyIndex},
        .max_identifier_length = 128,
        .native_types = native_types(),
        .check_native_type = check_native_type,
        .check_index = check_index,
    };
    return connector;
}

}  // namespace lamina::providers::sqlserver
