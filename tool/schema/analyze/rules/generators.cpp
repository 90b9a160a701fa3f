#include <algorithm>
#include <array>

#include "schema/analyze/rules/rules.hpp"
#include "schema/analyze/values.hpp"

namespace lamina::schema::rules {
namespace {

constexpr std::array<std::string_view, 9> kActiveFeatures{"nativeDistinct",
                                                          "partialIndexes",
                                                          "postgresqlExtensions",
                                                          "relationJoins",
                                                          "schemaEngineDriverAdapters",
                                                          "shardKeys",
                                                          "strictUndefinedChecks",
                                                          "typedSql",
                                                          "views"};

// Finished features: naming them is a warning. Those of old schemas, so that these stay valid.
constexpr std::array<std::string_view, 44> kFinishedFeatures{"aggregateApi",
                                                             "atomicNumberOperations",
                                                             "clientExtensions",
                                                             "cockroachdb",
                                                             "cockroachDb",
                                                             "connectOrCreate",
                                                             "createMany",
                                                             "dataProxy",
                                                             "deno",
                                                             "distinct",
                                                             "driverAdapters",
                                                             "extendedIndexes",
                                                             "extendedWhereUnique",
                                                             "fieldReference",
                                                             "filterJson",
                                                             "filteredRelationCount",
                                                             "fullTextIndex",
                                                             "fullTextSearch",
                                                             "groupBy",
                                                             "improvedQueryRaw",
                                                             "interactiveTransactions",
                                                             "jsonProtocol",
                                                             "microsoftSqlServer",
                                                             "middlewares",
                                                             "mongoDb",
                                                             "mongodb",
                                                             "multiSchema",
                                                             "namedConstraints",
                                                             "napi",
                                                             "nApi",
                                                             "nativeTypes",
                                                             "omitApi",
                                                             "orderByAggregateGroup",
                                                             "orderByNulls",
                                                             "orderByRelation",
                                                             "prismaSchemaFolder",
                                                             "queryCompiler",
                                                             "referentialActions",
                                                             "referentialIntegrity",
                                                             "selectRelationCount",
                                                             "tracing",
                                                             "transactionApi",
                                                             "uncheckedScalarInputs",
                                                             "reactNative"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
    for (const std::string_view known : names) {
        if (known == name) return true;
    }
    return false;
}

class GeneratorReader {
public:
    explicit GeneratorReader(Context& context) : context_{context} {}

    void read(const ast::Block& block) {
        Generator generator;
        generator.name = block.name();
        generator.documentation = block.documentation();
        generator.span = block.span();
        if (!check_settings(context_, block, "generator")) return;
        // Of a key that stands there twice the last one counts.
        std::unordered_map<std::string_view, ast::KeyValue> last;
        const auto settings = block.settings();
        for (const ast::KeyValue& setting : settings) last[setting.name()] = setting;
        if (!read_provider(block, last, generator)) return;
        for (const ast::KeyValue& setting : settings) {
            const auto value = setting.value();
            if (!value || setting.name() == "provider" || last[setting.name()].id() != setting.id()) continue;
            if (setting.name() == "output") {
                generator.output = string_or_env(*value);
            } else if (setting.name() == "engineType") {
                if (!value->is_string()) {
                    context_.push(
                        messages::type_mismatch("String", value->kind_name(), value->display(), value->span()));
                }
                generator.config.emplace_back("engineType", config(*value));
            } else if (setting.name() == "binaryTargets") {
                for (const ast::Expression& element : as_array(*value)) static_cast<void>(string_or_env(element));
                generator.config.emplace_back("binaryTargets", config(*value));
            } else if (setting.name() == "previewFeatures") {
                preview_features(*value, generator);
            } else {
                generator.config.emplace_back(std::string{setting.name()}, config(*value));
            }
        }
        context_.data.generators.push_back(std::move(generator));
    }

private:
    bool read_provider(const ast::Block& block, const std::unordered_map<std::string_view, ast::KeyValue>& settings,
                       Generator& generator) {
        const auto found = settings.find("provider");
        if (found == settings.end()) {
            context_.push(messages::plain(
                "Argument \"provider\" is missing in generator block \"" + generator.name + "\".", block.span()));
            return false;
        }
        const auto value = found->second.value();
        if (!value) return false;
        const auto provider = string_or_env(*value);
        if (provider) generator.provider = *provider;
        return provider.has_value();
    }

    // The name in env("…").
    std::optional<std::string> env(const ast::Expression& call) {
        const auto arguments = ast::arguments_of(call);
        if (call.function_name() != "env") return std::nullopt;
        if (arguments.size() != 1 || !arguments[0].value()) {
            context_.push(
                messages::plain("Exactly one string parameter must be passed to the env function.", call.span()));
            return std::nullopt;
        }
        return as_string(*arguments[0].value(), *context_.out);
    }

    std::optional<StringOrEnv> string_or_env(const ast::Expression& value) {
        if (value.is_call() && value.function_name() == "env") {
            auto variable = env(value);
            if (!variable) return std::nullopt;
            return StringOrEnv{{}, std::move(variable), value.span()};
        }
        if (value.is_string()) return StringOrEnv{value.string_value(), std::nullopt, value.span()};
        context_.push(messages::type_mismatch("String", value.kind_name(), value.display(), value.span()));
        return std::nullopt;
    }

    static std::string shown(const ast::Expression& value) {
        return value.is_string() ? value.string_value() : value.display();
    }

    ConfigValue config(const ast::Expression& value) {
        ConfigValue out;
        if (value.is_array()) {
            out.is_list = true;
            for (const ast::Expression& element : value.elements()) out.values.push_back(shown(element));
        } else if (value.is_call() && value.function_name() == "env") {
            out.env = env(value);
        } else {
            out.values.push_back(shown(value));
        }
        return out;
    }

    void preview_features(const ast::Expression& value, Generator& generator) {
        for (const ast::Expression& element : as_array(value)) {
            const auto feature = as_string(element, *context_.out);
            if (!feature) continue;
            if (contains(kActiveFeatures, *feature) || context_.connector_previews(*feature)) {
                generator.preview_features.push_back(*feature);
                context_.preview_features.insert(*feature);
            } else if (const auto renamed = context_.connector->renamed_preview(*feature)) {
                context_.push(messages::warning("On `provider = \"" + std::string{context_.connector->provider} +
                                                    "\"`, preview feature \"" + *feature + "\" has been renamed to \"" +
                                                    std::string{renamed->to} + "\". Learn more at " +
                                                    std::string{renamed->page} + ".",
                                                value.span()));
                generator.preview_features.emplace_back(renamed->to);
                context_.preview_features.emplace(renamed->to);
            } else if (contains(kFinishedFeatures, *feature)) {
                context_.push(
                    messages::warning("Preview feature \"" + *feature +
                                          "\" is deprecated. The functionality can be used without specifying it as a "
                                          "preview feature.",
                                      value.span()));
            } else {
                std::vector<std::string_view> names{kActiveFeatures.begin(), kActiveFeatures.end()};
                names.insert(names.end(), context_.connector->preview_features.begin(),
                             context_.connector->preview_features.end());
                std::sort(names.begin(), names.end());
                std::string known;
                for (const std::string_view name : names) known.append(known.empty() ? "" : ", ").append(name);
                Diagnostic diagnostic = messages::plain(
                    "The preview feature \"" + *feature + "\" is not known. Expected one of: " + known, value.span());
                diagnostic.hint = messages::did_you_mean(*feature, kActiveFeatures);
                context_.push(std::move(diagnostic));
            }
        }
    }

    Context& context_;
};

}  // namespace

void read_generators(Context& context) {
    GeneratorReader reader{context};
    for (const syntax::Tree& tree : context.trees) {
        for (const ast::Block& block : ast::blocks(tree)) {
            if (block.kind() == ast::NodeKind::Generator) reader.read(block);
        }
    }
}

}  // namespace lamina::schema::rules
