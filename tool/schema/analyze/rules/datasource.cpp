#include <algorithm>

#include "schema/analyze/rules/rules.hpp"
#include "schema/analyze/values.hpp"

namespace lamina::schema::rules {
namespace {

class DatasourceReader {
public:
    explicit DatasourceReader(Context& context) : context_{context} {}

    void run() {
        std::vector<ast::Block> found, usable;
        for (const syntax::Tree& tree : context_.trees) {
            for (const ast::Block& block : ast::blocks(tree)) {
                if (block.kind() == ast::NodeKind::Datasource) found.push_back(block);
            }
        }
        for (const ast::Block& block : found) {
            if (read(block)) usable.push_back(block);
        }
        if (usable.size() < 2) return;
        for (const ast::Block& block : usable) {
            context_.push(
                messages::datasource("You defined more than one datasource. This is not allowed yet because support "
                                     "for multiple databases has not "
                                     "been implemented yet.",
                                     block.name(), block.span()));
        }
    }

private:
    bool read(const ast::Block& block) {
        Datasource source;
        source.name = block.name();
        source.documentation = block.documentation();
        source.span = block.span();
        if (!check_settings(context_, block, "datasource")) return false;
        for (const ast::KeyValue& setting : block.settings()) settings_[setting.name()] = setting;
        const bool usable = provider(block, source);
        if (usable) {
            source.url = url("url");
            source.direct_url = url("directUrl");
            source.shadow_database_url = url("shadowDatabaseUrl");
            relation_mode(source);
            schemas(source);
            extensions(source);
            unknown_settings();
            if (!context_.data.datasource) context_.data.datasource = std::move(source);
        }
        settings_.clear();
        return usable;
    }

    std::optional<ast::Expression> take(std::string_view name) {
        const auto found = settings_.find(name);
        if (found == settings_.end()) return std::nullopt;
        const auto value = found->second.value();
        taken_ = found->second;
        settings_.erase(found);
        return value;
    }

    bool provider(const ast::Block& block, Datasource& source) {
        const bool written = settings_.contains("provider");
        const auto value = take("provider");
        if (!value) {
            if (!written) {
                context_.push(messages::plain(
                    "Argument \"provider\" is missing in data source block \"" + source.name + "\".", block.span()));
            }
            return false;
        }
        if (value->is_call() && value->function_name() == "env") {
            context_.push(messages::plain("A datasource must not use the env() function in the provider argument.",
                                          block.span()));
            return false;
        }
        if (!value->is_string()) {
            context_.push(messages::datasource("The provider argument in a datasource must be a string literal",
                                               source.name, value->span()));
            return false;
        }
        source.provider_as_written = value->string_value();
        if (source.provider_as_written.empty()) {
            context_.push(messages::datasource("The provider argument in a datasource must not be empty", source.name,
                                               value->span()));
            return false;
        }
        std::vector<std::string_view> known;
        for (const Connector* connector : context_.connectors) {
            if (connector->refusal.empty()) known.push_back(connector->provider);
            if (!connector->is_called(source.provider_as_written)) continue;
            context_.connector = connector;
            source.provider = connector->provider;
            return true;
        }
        Diagnostic diagnostic =
            messages::plain("Datasource provider not known: \"" + source.provider_as_written + "\".", value->span());
        diagnostic.hint = messages::did_you_mean(source.provider_as_written, known);
        if (diagnostic.hint.empty()) {
            for (const std::string_view name : known)
                diagnostic.hint += (diagnostic.hint.empty() ? "known: `" : "`, `") + std::string{name};
            if (!known.empty()) diagnostic.hint += "`";
        }
        context_.push(std::move(diagnostic));
        return false;
    }

    // A text, or env("…").
    std::optional<StringOrEnv> url(std::string_view name) {
        const auto value = take(name);
        if (!value) return std::nullopt;
        if (!value->is_call() || value->function_name() != "env") {
            const auto text = as_string(*value, *context_.out);
            if (!text) return std::nullopt;
            if (text->empty() && name == "url") {
                context_.push(messages::plain("You must provide a nonempty URL", value->span()));
            }
            return StringOrEnv{*text, std::nullopt, value->span()};
        }
        const auto arguments = ast::arguments_of(*value);
        if (arguments.size() != 1 || !arguments[0].value()) {
            context_.push(
                messages::plain("Exactly one string parameter must be passed to the env function.", value->span()));
            return std::nullopt;
        }
        if (!arguments[0].name().empty()) {
            context_.push(messages::plain("The env function doesn't expect named arguments", value->span()));
            return std::nullopt;
        }
        auto variable = as_string(*arguments[0].value(), *context_.out);
        if (!variable) return std::nullopt;
        return StringOrEnv{{}, std::move(variable), value->span()};
    }

    void relation_mode(Datasource& source) {
        const auto old = take("referentialIntegrity");
        const ast::KeyValue old_setting = taken_;
        const auto value = take("relationMode");
        if (old) {
            context_.push(messages::warning(
                "The `referentialIntegrity` attribute is deprecated. Please use `relationMode` instead. Learn more at "
                "https://pris.ly/d/relation-mode",
                old_setting.span()));
        }
        if (old && value) {
            context_.push(messages::plain(
                "The `referentialIntegrity` and `relationMode` attributes cannot be used together. Please use only "
                "`relationMode` instead.",
                old_setting.span()));
            return;
        }
        if (!old && !value) return;
        const auto text = as_string(old ? *old : *value, *context_.out);
        if (!text) return;
        if (*text == "prisma") {
            source.relation_mode = RelationMode::Prisma;
        } else if (*text != "foreignKeys") {
            Diagnostic diagnostic = messages::datasource(
                "Invalid relation mode setting: \"" + *text + "\". Supported values: \"prisma\", \"foreignKeys\"",
                "relationMode", source.span);
            context_.push(std::move(diagnostic));
        }
    }

    void schemas(Datasource& source) {
        const auto value = take("schemas");
        if (!value) return;
        context_.schemas_span = value->span();
        if (!context_.connector->can(Capability::MultiSchema)) {
            context_.push(
                messages::plain("The `schemas` property is not supported on the current connector.", value->span()));
            return;
        }
        const auto elements = as_array(*value);
        if (elements.empty()) {
            context_.push(messages::plain("If provided, the schemas array can not be empty.", value->span()));
            return;
        }
        for (const ast::Expression& element : elements) {
            auto name = as_string(element, *context_.out);
            if (!name) continue;
            if (std::find(source.schemas.begin(), source.schemas.end(), *name) != source.schemas.end()) {
                context_.push(messages::plain("Duplicated schema names are not allowed", element.span()));
            }
            source.schemas.push_back(std::move(*name));
            context_.schema_spans.push_back(element.span());
        }
    }

    void extensions(Datasource& source) {
        if (!context_.connector->can(Capability::Extensions)) return;
        const auto value = take("extensions");
        if (!value) return;
        context_.extensions = value;
        for (const ast::Expression& element : as_array(*value)) {
            Extension extension;
            if (element.is_call()) {
                extension.name = element.function_name();
                if (!extension_arguments(element, extension)) continue;
            } else if (element.is_constant()) {
                extension.name = element.text();
            } else {
                context_.push(messages::type_mismatch("constant or function", element.kind_name(), element.display(),
                                                      element.span()));
                continue;
            }
            source.extensions.push_back(std::move(extension));
        }
    }

    bool extension_arguments(const ast::Expression& call, Extension& extension) {
        for (const ast::Argument& argument : ast::arguments_of(call)) {
            const std::string name{argument.name()};
            const auto value = argument.value();
            if (name.empty()) {
                context_.push(messages::validation("The argument must have a name", argument.span()));
                return false;
            }
            if (!value) continue;
            std::optional<std::string>* member = name == "map"       ? &extension.mapped_name
                                                 : name == "schema"  ? &extension.schema
                                                 : name == "version" ? &extension.version
                                                                     : nullptr;
            if (member == nullptr) {
                context_.push(messages::plain("Argument not known: \"" + name + "\".", argument.span()));
                return false;
            }
            if (*member) {
                context_.push(
                    messages::validation("The argument `" + name + "` can only be defined once", argument.span()));
                return false;
            }
            *member = as_string(*value, *context_.out);
            if (*member) continue;
            context_.push(
                messages::validation("The `" + name + "` argument must be a string literal", argument.span()));
            return false;
        }
        return true;
    }

    void unknown_settings() {
        static constexpr std::array<std::string_view, 7> kKnown{
            "provider", "url", "directUrl", "shadowDatabaseUrl", "relationMode", "extensions", "schemas"};
        std::vector<ast::KeyValue> rest;
        for (const auto& [name, setting] : settings_) rest.push_back(setting);
        std::sort(rest.begin(), rest.end(),
                  [](const ast::KeyValue& a, const ast::KeyValue& b) { return a.span().begin < b.span().begin; });
        for (const ast::KeyValue& setting : rest) {
            if (setting.name() == "previewFeatures") {
                context_.push(
                    messages::plain("Preview features are only supported in the generator block. Please move this "
                                    "field to the generator block.",
                                    setting.span()));
                continue;
            }
            Diagnostic diagnostic =
                messages::plain("Property not known: \"" + std::string{setting.name()} + "\".", setting.span());
            diagnostic.hint = messages::did_you_mean(setting.name(), kKnown);
            context_.push(std::move(diagnostic));
        }
    }

    Context& context_;
    std::unordered_map<std::string_view, ast::KeyValue> settings_;
    ast::KeyValue taken_;
};

}  // namespace

void read_datasource(Context& context) { DatasourceReader{context}.run(); }

std::optional<ast::Expression> choose_connector(Context& context) {
    std::optional<ast::Expression> chosen;
    for (const syntax::Tree& tree : context.trees) {
        for (const ast::Block& block : ast::blocks(tree)) {
            if (block.kind() != ast::NodeKind::Datasource) continue;
            for (const ast::KeyValue& setting : block.settings()) {
                const auto value = setting.value();
                if (setting.name() != "provider" || !value || !value->is_string()) continue;
                for (const Connector* connector : context.connectors) {
                    if (!connector->is_called(value->string_value())) continue;
                    context.connector = connector;
                    chosen = value;
                }
            }
        }
    }
    return chosen;
}

}  // namespace lamina::schema::rules
