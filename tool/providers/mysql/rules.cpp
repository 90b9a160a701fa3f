#include "providers/mysql/rules.hpp"

#include <array>
#include <string>

#include "providers/mysql/native_types.hpp"
#include "schema/diagnostics/messages.hpp"

namespace lamina::providers::mysql {
namespace {

using schema::Capability;
using schema::ConstraintScope;
using schema::IndexAlgorithm;
using schema::IndexKind;
using schema::ReferentialAction;

// Types of any length: an index needs to know how much of them to take.
constexpr std::array<std::string_view, 8> kNeedLength{"Text", "LongText", "MediumText", "TinyText",
                                                      "Blob", "TinyBlob", "MediumBlob", "LongBlob"};

bool needs_length(std::string_view native_type) {
    for (const std::string_view name : kNeedLength) {
        if (name == native_type) return true;
    }
    return false;
}

void check_index(const schema::Connector&, const schema::Index& index, support::Span span, schema::Diagnostics& out) {
    if (index.kind() == IndexKind::Fulltext) return;
    const auto fields = index.fields();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto& type = fields[i].native_type();
        if (!type || !needs_length(type->name) || index.index_fields()[i].length) continue;
        const std::string name = "`" + type->name + "`";
        const std::string how = " Please use the `length` argument to the field in the index definition to allow this.";
        switch (index.kind()) {
            case IndexKind::PrimaryKey:
                out.push(schema::messages::plain(
                    "Native type " + name + " of MySQL cannot be used on a field that is `@id` or `@@id`." + how,
                    span));
                break;
            case IndexKind::Unique:
                out.push(schema::messages::plain("Native type " + name + " cannot be unique in MySQL." + how, span));
                break;
            case IndexKind::Normal:
            case IndexKind::Fulltext:
                out.push(schema::messages::plain(
                    "You cannot define an index on fields with native type " + name + " of MySQL." + how, span));
                break;
        }
        return;
    }
}

}  // namespace

const schema::Connector& connector() {
    static const schema::Connector connector{
        .provider = "mysql",
        .aliases = {},
        .display_name = "MySQL",
        .capabilities = {Capability::Enums, Capability::Json, Capability::DecimalType, Capability::ImplicitManyToMany,
                         Capability::NamedForeignKeys, Capability::AutoIncrementOnNonId, Capability::IndexLengthPrefix,
                         Capability::FulltextIndex, Capability::ShardKeys, Capability::RelationFieldsInAnyOrder},
        .foreign_key_actions = {ReferentialAction::Cascade, ReferentialAction::Restrict, ReferentialAction::NoAction,
                                ReferentialAction::SetNull, ReferentialAction::SetDefault},
        .emulated_actions = {ReferentialAction::Cascade, ReferentialAction::Restrict, ReferentialAction::NoAction,
                             ReferentialAction::SetNull},
        .index_algorithms = {IndexAlgorithm::BTree},
        .constraint_scopes = {ConstraintScope::GlobalForeignKey, ConstraintScope::ModelKeyIndex},
        .max_identifier_length = 64,
        .set_default_warning =
            "MySQL does not actually support the `SetDefault` referential action, so using it may "
            "result in unexpected errors. Read more at https://pris.ly/d/mysql-set-default ",
        .native_types = native_types(),
        .check_native_type = check_native_type,
        .check_index = check_index,
    };
    return connector;
}

}  // namespace lamina::providers::mysql
