#include "schema/analyze/connector.hpp"

#include <algorithm>

namespace lamina::schema {

const NativeTypeRule* Connector::native_type(std::string_view type_name) const noexcept {
    for (const NativeTypeRule& rule : native_types) {
        if (rule.name == type_name) return &rule;
    }
    return nullptr;
}

NativeForm Connector::native_form(const Field& field) const {
    const auto& type = field.native_type();
    if (!type) return NativeForm::None;
    const NativeTypeRule* rule = native_type(type->name);
    if (rule == nullptr) return NativeForm::Unknown;
    const std::size_t most = rule->required_arguments + rule->optional_arguments, given = type->args.size();
    if (most == 0) return NativeForm::Known;
    if (given < rule->required_arguments || given > most || (most == 2 && given == 1)) return NativeForm::None;
    for (const std::string& argument : type->args) {
        const bool number = !argument.empty() &&
                            std::all_of(argument.begin(), argument.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!number && !(rule->takes_max && (argument == "Max" || argument == "max"))) return NativeForm::None;
    }
    return NativeForm::Known;
}

const RenamedPreview* Connector::renamed_preview(std::string_view feature) const noexcept {
    for (const RenamedPreview& renamed : renamed_previews) {
        if (renamed.from == feature) return &renamed;
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
