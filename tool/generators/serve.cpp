#include "generators/serve.hpp"

#include <cstdlib>
#include <istream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string_view>

namespace lamina::generators {
namespace {

using Json = nlohmann::ordered_json;
using support::Outcome;
using support::Problem;

// Of JSON-RPC; kFailed is what Prisma's generators answer with.
constexpr int kNotJson = -32700, kNotARequest = -32600, kUnknownMethod = -32601, kFailed = -32000;

/// Deeper than any request; what is below is left out.
constexpr int kDeepest = 64;

/// Reads a request without the DMMF, which we do not need: of a large schema it has hundreds of megabytes.
Json parse(const std::string& line) {
    const Json::parser_callback_t wanted = [](int depth, Json::parse_event_t event, Json& value) {
        return depth <= kDeepest && !(event == Json::parse_event_t::key && depth == 2 && value == "dmmf");
    };
    return Json::parse(line, wanted, false);
}

Json failure(int code, std::string_view message) {
    Json out;
    out["code"] = code;
    out["message"] = message;
    return out;
}

/// The text at the end of a path of keys; empty when there is none.
std::string text_at(const Json& from, std::initializer_list<const char*> keys) {
    const Json* at = &from;
    for (const char* key : keys) {
        if (!at->is_object() || !at->contains(key)) return {};
        at = &(*at)[key];
    }
    return at->is_string() ? at->get<std::string>() : std::string{};
}

Json manifest_json(const Manifest& manifest) {
    Json out;
    out["manifest"]["prettyName"] = manifest.pretty_name;
    out["manifest"]["version"] = manifest.version;
    out["manifest"]["defaultOutput"] = manifest.default_output;
    return out;
}

Outcome<Request> request_of(const Json& request) {
    Request out{.schema_path = text_at(request, {"params", "schemaPath"}),
                .schema_text = text_at(request, {"params", "datamodel"}),
                .output = text_at(request, {"params", "generator", "output", "value"}),
                .name_space = text_at(request, {"params", "generator", "config", "namespace"})};
    if (out.schema_path.empty() && out.schema_text.empty()) return Problem{"the request names no schema"};
    if (out.output.empty()) return Problem{"the request names no folder to generate into"};
    return out;
}

/// Puts `result` or `error` into the answer.
void answer_request(const Json& request, const Manifest& manifest,
                    const std::function<Outcome<>(const Request&)>& generate, Json& answer) {
    const std::string method = text_at(request, {"method"});
    if (method == "getManifest") {
        answer["result"] = manifest_json(manifest);
    } else if (method == "generate") {
        const auto wanted = request_of(request);
        const Outcome<> done = wanted ? generate(*wanted) : Outcome<>{wanted.error()};
        if (done)
            answer["result"] = nullptr;
        else
            answer["error"] = failure(kFailed, done.error().message);
    } else if (method.empty()) {
        answer["error"] = failure(kNotARequest, "this is not a request");
    } else {
        answer["error"] = failure(kUnknownMethod, "there is no method `" + method + "`");
    }
}

}  // namespace

bool called_by_prisma() noexcept {
    const char* value = std::getenv("PRISMA_GENERATOR_INVOCATION");
    return value != nullptr && std::string_view{value} == "true";
}

void serve(std::istream& in, std::ostream& out, const Manifest& manifest,
           const std::function<Outcome<>(const Request&)>& generate) {
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line == "\r") continue;
        const Json request = parse(line);
        Json answer;
        answer["jsonrpc"] = "2.0";
        if (request.is_discarded())
            answer["error"] = failure(kNotJson, "this line is not JSON");
        else
            answer_request(request, manifest, generate, answer);
        answer["id"] = request.is_object() && request.contains("id") ? request["id"] : Json(nullptr);
        out << answer.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n' << std::flush;
    }
}

}  // namespace lamina::generators
