#include "schema/analyze/connector.hpp"

#include <algorithm>

namespace lamina::schema {

const NativeTypeRule* Connector::native_type(std::string_view type_name) const noexcept {
    for (const NativeTypeRule& rule : native_types) {
        if (rule.name == type_name) return &rule;
    }
    return nullptr;
}

bool Connector::is_called(std::string_view written) const noexcept {
    return written == provider || std::find(aliases.begin(), aliases.end(), written) != aliases.end();
}

const Connector& default_connector() {
    static const Connector connector{
        .provider = "",
        .aliases = {},
        .display_name = "a schema without a datasource",
        .capabilities = {Capability::Enums, Capability::Json, Capability::ImplicitManyToMany},
        .foreign_key_actions = {ReferentialAction::Cascade, ReferentialAction::Restrict, ReferentialAction::NoAction,
                                ReferentialAction::SetNull, ReferentialAction::SetDefault},
        .emulated_actions = {ReferentialAction::Cascade, ReferentialAction::Restrict, ReferentialAction::NoAction,
                             ReferentialAction::SetNull, ReferentialAction::SetDefault},
        .index_algorithms = {},
        .constraint_scopes = {},
        .max_identifier_length = 100'000,
        .native_types = {},
    };
    return connector;
}

}  // namespace lamina::schema
