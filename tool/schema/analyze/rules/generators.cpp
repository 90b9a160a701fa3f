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
        bool has_provider = false, failed = false;
        for (const ast::KeyValue& setting : block.settings()) {
            const auto value = setting.value();
            if (!value) {
                failed = failed || setting.name() == "provider";
                continue;
            }
            if (setting.name() == "provider") {
                const auto provider = string_or_env(*value);
                has_provider = provider.has_value();
                failed = failed || !has_provider;
                if (provider) generator.provider = *provider;
            } else if (setting.name() == "output") {
                generator.output = string_or_env(*value);
            } else if (setting.name() == "engineType") {
                if (const auto text = string_or_env(*value))
                    generator.config.emplace_back("engineType", config(*value));
            } else if (setting.name() == "previewFeatures") {
                preview_features(*value, generator);
            } else {
                generator.config.emplace_back(std::string{setting.name()}, config(*value));
            }
        }
        if (!has_provider && !failed) {
            context_.push(messages::plain(
                "Argument \"provider\" is missing in generator block \"" + generator.name + "\".", block.span()));
        }
        context_.data.generators.push_back(std::move(generator));
    }

private:
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
