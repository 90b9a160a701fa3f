#include "providers/cockroachdb/rules.hpp"

#include "providers/cockroachdb/index_rules.hpp"
#include "providers/cockroachdb/native_types.hpp"
#include "schema/diagnostics/messages.hpp"

namespace lamina::providers::cockroachdb {
namespace {

using schema::Capability;
using schema::ConstraintScope;
using schema::IndexAlgorithm;
using schema::ReferentialAction;

// `autoincrement()` is unique_rowid() here, which needs 64 bits.
void check_field(const schema::Connector&, const schema::Field& field, support::Span default_span,
                 schema::Diagnostics& out) {
    if (!field.is_autoincrement() || field.scalar_type() != schema::ScalarType::Int) return;
    out.push(schema::messages::attribute(
        "The `autoincrement()` default function is defined only on BigInt fields on CockroachDB. Use sequence() if "
        "you want an autoincrementing Int field.",
        "default", default_span));
}

}  // namespace

const schema::Connector& connector() {
    static const schema::Connector connector{
        .provider = "cockroachdb",
        .aliases = {},
        .display_name = "CockroachDB",
        .capabilities = {Capability::ScalarLists, Capability::UnsupportedLists, Capability::Enums, Capability::Json,
                         Capability::DecimalType, Capability::MultiSchema, Capability::NamedPrimaryKeys,
                         Capability::NamedForeignKeys, Capability::AutoIncrementOnNonId,
                         Capability::AutoIncrementMultiple, Capability::AutoIncrementNonIndexed,
                         Capability::ImplicitManyToMany, Capability::RelationFieldsInAnyOrder,
                         Capability::PartialIndexes, Capability::Sequences},
        .foreign_key_actions = {ReferentialAction::Cascade, ReferentialAction::Restrict, ReferentialAction::NoAction,
                                ReferentialAction::SetNull, ReferentialAction::SetDefault},
        .emulated_actions = {ReferentialAction::Cascade, ReferentialAction::Restrict, ReferentialAction::NoAction,
                             ReferentialAction::SetNull},
        .index_algorithms = {IndexAlgorithm::BTree, IndexAlgorithm::Gin},
        .constraint_scopes = {ConstraintScope::ModelPrimaryKeyKeyIndexForeignKey},
        .max_identifier_length = 63,
        .native_types = native_types(),
        .check_native_type = check_native_type,
        .check_field = check_field,
        .check_index = check_index,
    };
    return connector;
}

}  // namespace lamina::providers::cockroachdb
