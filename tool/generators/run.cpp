#include "generators/run.hpp"

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "support/files.hpp"

namespace lamina::generators {
namespace {

using Json = nlohmann::ordered_json;
using support::Outcome;
using support::Problem;
using support::Variables;

/// How long a generator that has done its work may take to end by itself.
constexpr std::chrono::milliseconds kPatience{2000};

void add_bin_folders(std::vector<std::string>& folders, const std::string& from) {
    for (std::filesystem::path at{from}; !at.empty(); at = at.parent_path()) {
        std::string bin = (at / "node_modules/.bin").string();
        if (support::is_folder(bin)) folders.push_back(std::move(bin));
        if (at == at.root_path()) break;
    }
}

/// What the program finds in its environment on top of ours: how Prisma says that it calls, where node's commands are,
/// and .env.
Variables environment_of(const Origin& origin) {
    Variables out;
    for (const auto& [name, value] : origin.project.dotenv) {
        if (std::getenv(name.c_str()) == nullptr) out.emplace(name, value);
    }
    out["PRISMA_GENERATOR_INVOCATION"] = "true";
    std::vector<std::string> folders;
    add_bin_folders(folders, origin.project.folder);
    add_bin_folders(folders, support::is_folder(origin.path) ? origin.path : support::folder_of(origin.path));
    std::string path;
    for (const std::string& folder : folders) path += folder + ':';
    const char* ours = std::getenv("PATH");
    out["PATH"] = path + (ours != nullptr ? ours : "/usr/local/bin:/usr/bin:/bin");
    return out;
}

std::string quoted(const std::string& path) {
    std::string out = "'";
    for (const char c : path) out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + '\'';
}

/// `provider` for the shell. The path of a file may be meant from the current directory or from the schema's folder.
std::string command_of(const Origin& origin, const schema::Generator& generator, const std::string& provider) {
    if (provider.find('/') == std::string::npos) return provider;
    for (const std::string& folder : {origin.project.folder, support::folder_of(file_of(origin, generator.span))}) {
        const std::string path = support::absolute_from(folder, provider);
        if (support::is_file(path)) return quoted(path);
    }
    return provider;
}

std::string text_member(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// The manifest in an answer; a generator may have none.
Outcome<Json> manifest_of(Json answer) {
    if (answer.is_object()) answer = answer.contains("manifest") ? Json(std::move(answer["manifest"])) : Json(nullptr);
    if (answer.is_null()) return Json::object();
    if (!answer.is_object()) return Problem{"its manifest is not an object"};
    return answer;
}

/// What a manifest may ask for that is not there.
Outcome<> check_demands(const Origin& origin, const Json& manifest) {
    if (const auto engines = manifest.find("requiresEngines");
        engines != manifest.end() && engines->is_array() && !engines->empty()) {
        return Problem{"it needs Prisma's engine " + engines->dump() +
                       ", which lamina does not have: run it with `prisma generate`"};
    }
    const auto needed = manifest.find("requiresGenerators");
    if (needed == manifest.end() || !needed->is_array()) return {};
    for (const Json& name : *needed) {
        bool there = false;
        for (const schema::Generator& other : origin.schema.generators()) {
            const auto provider = text_of(origin.project, other.provider);
            there = there || (provider && name == *provider);
        }
        if (!there) return Problem{"it needs a generator with provider = " + name.dump() + ", which the schema lacks"};
    }
    return {};
}

struct Target {
    std::string folder;
    bool by_user = false;
};

Outcome<Target> target_of(const Origin& origin, const schema::Generator& generator, const Json& manifest) {
    if (generator.output) {
        const auto folder = text_of(origin.project, *generator.output);
        if (!folder) return folder.error();
        return Target{support::absolute_from(support::folder_of(file_of(origin, generator.span)), *folder), true};
    }
    const std::string folder = text_member(manifest, "defaultOutput");
    if (folder.empty()) return Problem{"it has no usual folder: write `output` into its generator block"};
    return Target{default_output(origin, generator, folder), false};
}

/// Adds why, when a generator has stumbled over what our DMMF does not hold.
Problem explained(Problem problem) {
    for (const char* part :
         {"inputObjectTypes", "outputObjectTypes", "enumTypes", "modelOperations", "otherOperations"}) {
        if (problem.message.find(part) == std::string::npos) continue;
        problem.message +=
            "\n(It reads `schema` or `mappings` of the DMMF, which lamina does not write: run it with `prisma "
            "generate`.)";
        break;
    }
    return problem;
}

Outcome<Ran> talk(const Origin& origin, const schema::Generator& generator, const std::string& provider,
                  Conversation& conversation) {
    auto answer = conversation.ask("getManifest", generator_config(origin, generator));
    if (!answer) return answer.error();
    const auto manifest = manifest_of(std::move(*answer));
    if (!manifest) return manifest.error();
    if (auto met = check_demands(origin, *manifest); !met) return met.error();
    const auto target = target_of(origin, generator, *manifest);
    if (!target) return target.error();

    auto config = generator_config(origin, generator, target->folder, target->by_user);
    auto done = conversation.ask("generate", generator_options(origin, generator, std::move(config)));
    if (!done) return explained(done.error());
    std::string name = text_member(*manifest, "prettyName");
    return Ran{name.empty() ? provider : std::move(name), text_member(*manifest, "version"), target->folder};
}

}  // namespace

Maker maker_of(std::string_view provider) {
    if (provider == "prisma-client" || provider == "prisma-client-js") return Maker::Prisma;
    const std::string_view name = provider.substr(provider.rfind('/') + 1);  // npos + 1 is 0
    return name == "lamina" ? Maker::Lamina : Maker::Program;
}

Outcome<Ran> run(const Origin& origin, const schema::Generator& generator, const RunOptions& options) {
    const auto provider = text_of(origin.project, generator.provider);
    if (!provider) return provider.error();
    auto program = Process::start(command_of(origin, generator, *provider), environment_of(origin));
    if (!program) return program.error();
    Conversation conversation{*program, options.limit, options.log};
    auto result = talk(origin, generator, *provider, conversation);
    program->finish(result ? kPatience : std::chrono::milliseconds{0});
    return result;
}

}  // namespace lamina::generators
