#include "generators/options.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "schema/dmmf/dmmf.hpp"
#include "support/files.hpp"

namespace lamina::generators {
namespace {

using Json = nlohmann::ordered_json;
using support::Outcome;
using support::Problem;

/// The release of Prisma whose protocol and DMMF these are.
constexpr std::string_view kPrismaVersion = "7.10.0";

Json env_value(const schema::StringOrEnv& text) {
    Json out;
    out["fromEnvVar"] = text.env ? Json(*text.env) : Json(nullptr);
    out["value"] = text.env ? Json(nullptr) : Json(text.value);
    return out;
}

Json binary_targets(const schema::ConfigValue& setting) {
    Json out = Json::array();
    if (setting.env) out.push_back(env_value({{}, setting.env, {}}));
    for (const std::string& value : setting.values) out.push_back(env_value({value, std::nullopt, {}}));
    return out;
}

Json config_value(const schema::ConfigValue& setting) {
    if (setting.env) return *setting.env;  // the variable's name, as in Prisma
    if (setting.is_list) return setting.values;
    return setting.values.empty() ? Json("") : Json(setting.values.front());
}

Json sorted(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    return names;
}

Json datasources(const Origin& origin) {
    Json out = Json::array();
    if (const auto& datasource = origin.schema.datasource()) {
        Json item;
        item["name"] = datasource->name;
        item["provider"] = datasource->provider_as_written;
        item["activeProvider"] = datasource->provider;
        item["schemas"] = sorted(datasource->schemas);
        // Prisma 7 has no URL here, older ones have. One of the environment is a secret and not looked up.
        if (datasource->url) item["url"] = env_value(*datasource->url);
        item["sourceFilePath"] = file_of(origin, datasource->span);
        out.push_back(std::move(item));
    }
    return out;
}

Json config_with(const Origin& origin, const schema::Generator& generator, Json output) {
    Json out;
    out["name"] = generator.name;
    out["provider"] = env_value(generator.provider);
    out["output"] = std::move(output);
    Json settings = Json::object(), targets = Json::array();
    for (const auto& [key, value] : generator.config) {
        if (key == "binaryTargets")
            targets = binary_targets(value);
        else
            settings[key] = config_value(value);
    }
    out["config"] = std::move(settings);
    out["binaryTargets"] = std::move(targets);
    out["previewFeatures"] = sorted(generator.preview_features);
    out["sourceFilePath"] = file_of(origin, generator.span);
    return out;
}

/// Where a project keeps its node_modules, seen from the schema's folder.
std::string node_modules_base(const support::Project& project, const std::string& folder) {
    const auto has = [](const std::string& base, const char* name) {
        const std::string path = support::absolute_from(base, name);
        return support::is_file(path) || support::is_folder(path);
    };
    const std::string above = support::folder_of(folder);
    if (has(project.folder, "prisma/schema.prisma")) return project.folder;
    if (folder == support::absolute_from(project.folder, "prisma") && has(project.folder, "package.json"))
        return project.folder;
    if (has(folder, "node_modules")) return folder;
    if (has(above, "node_modules")) return above;
    if (has(folder, "package.json")) return folder;
    return has(above, "package.json") ? above : folder;
}

}  // namespace

std::string file_of(const Origin& origin, support::Span span) {
    const std::string path{origin.sources.path(span.file)};
    return support::absolute_from(origin.project.folder, path);
}

Outcome<std::string> text_of(const support::Project& project, const schema::StringOrEnv& value) {
    if (!value.env) return value.value;
    auto variable = project.variable(*value.env);
    if (!variable) return Problem{"Environment variable not found: " + *value.env};
    return *variable;
}

Json generator_config(const Origin& origin, const schema::Generator& generator) {
    return config_with(origin, generator, generator.output ? env_value(*generator.output) : Json(nullptr));
}

Json generator_config(const Origin& origin, const schema::Generator& generator, const std::string& output,
                      bool by_user) {
    Json config = config_with(origin, generator, env_value({output, std::nullopt, {}}));
    if (by_user) config["isCustomOutput"] = true;
    return config;
}

Json generator_options(const Origin& origin, const schema::Generator& generator, Json config) {
    std::string text;
    for (std::size_t i = 0; i < origin.sources.size(); ++i) {
        if (i != 0) text += '\n';
        text += origin.sources.text(support::SourceMap::at(i));
    }
    Json others = Json::array();
    for (const schema::Generator& other : origin.schema.generators()) {
        if (&other != &generator) others.push_back(generator_config(origin, other));
    }
    Json out;
    out["datamodel"] = std::move(text);
    out["datasources"] = datasources(origin);
    out["generator"] = std::move(config);
    out["dmmf"] = schema::dmmf_document(origin.schema);
    out["otherGenerators"] = std::move(others);
    out["schemaPath"] = origin.path;
    out["version"] = kPrismaVersion;
    out["binaryPaths"] = Json::object();
    out["allowNoModels"] = true;
    return out;
}

std::string default_output(const Origin& origin, const schema::Generator& generator, std::string output) {
    if (output.starts_with("./")) output.erase(0, 2);
    const std::string folder = support::folder_of(file_of(origin, generator.span));
    const bool of_node = output.starts_with("node_modules");
    return support::absolute_from(of_node ? node_modules_base(origin.project, folder) : folder, output);
}

}  // namespace lamina::generators
