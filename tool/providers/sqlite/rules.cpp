#include "providers/sqlite/rules.hpp"

namespace lamina::providers::sqlite {

using schema::Capability;
using schema::ConstraintScope;
using schema::IndexAlgorithm;
using schema::ReferentialAction;

const schema::Connector& connector() {
    static const schema::Connector connector{
        .provider = "sqlite",
        .aliases = {},
        .display_name = "sqlite",
        .capabilities = {Capability::Enums, Capability::Json, Capability::DecimalType, Capability::ImplicitManyToMany,
                         Capability::RelationFieldsInAnyOrder, Capability::PartialIndexes},
        .foreign_key_actions = {ReferentialAction::Cascade, ReferentialAction::Restrict, ReferentialAction::NoAction,
                                ReferentialAction::SetNull, ReferentialAction::SetDefault},
        .emulated_actions = {ReferentialAction::Cascade, ReferentialAction::Restrict, ReferentialAction::SetNull},
        .index_algorithms = {IndexAlgorithm::BTree},
        .constraint_scopes = {ConstraintScope::GlobalKeyIndex},
        .max_identifier_length = 10'000,
        .native_types = {},
    };
    return connector;
}

}  // namespace lamina::providers::sqlite
