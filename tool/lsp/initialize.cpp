#include "lsp/session.hpp"
#include "lsp/uri.hpp"

namespace lamina::lsp {
namespace {

bool is_true(const Json* json) { return json != nullptr && json->is_boolean() && json->get<bool>(); }

const Json* path(const Json& json, std::initializer_list<std::string_view> names) {
    const Json* at = &json;
    for (const std::string_view name : names) {
        if (at == nullptr) return nullptr;
        at = member(*at, name);
    }
    return at;
}

// The first encoding of the client's list that we know; it prefers the first.
Encoding choose_encoding(const Json& capabilities) {
    const Json* offered = path(capabilities, {"general", "positionEncodings"});
    if (offered == nullptr || !offered->is_array()) return Encoding::Utf16;
    for (const Json& one : *offered) {
        if (one == "utf-8") return Encoding::Utf8;
        if (one == "utf-16") return Encoding::Utf16;
        if (one == "utf-32") return Encoding::Utf32;
    }
    return Encoding::Utf16;
}

std::string_view name_of(Encoding encoding) {
    switch (encoding) {
        case Encoding::Utf8: return "utf-8";
        case Encoding::Utf16: return "utf-16";
        case Encoding::Utf32: return "utf-32";
    }
    return "utf-16";
}

// Editors say who they are and what they can do with documents. Any other client is a script, or a plugin's core that
// adds the rest itself: it wants what Prisma says.
Answers choose_answers(const Json& params, const Json& capabilities) {
    if (const Json* asked = path(params, {"initializationOptions", "answers"}); asked != nullptr)
        return *asked == "prisma" ? Answers::Prisma : Answers::Full;
    const bool editor =
        path(params, {"clientInfo", "name"}) != nullptr && member(capabilities, "textDocument") != nullptr;
    return editor ? Answers::Full : Answers::Prisma;
}

void add_folder(const Json* uri, std::vector<std::string>& out) {
    if (uri == nullptr || !uri->is_string()) return;
    auto path = path_of(uri->get_ref<const std::string&>());
    if (!path) return;
    while (path->size() > 1 && path->back() == '/') path->pop_back();
    out.push_back(std::move(*path));
}

std::vector<std::string> open_folders(const Json& params) {
    std::vector<std::string> out;
    if (const Json* folders = member(params, "workspaceFolders"); folders != nullptr && folders->is_array()) {
        for (const Json& folder : *folders) add_folder(member(folder, "uri"), out);
    }
    if (out.empty()) add_folder(member(params, "rootUri"), out);
    return out;
}

}  // namespace

Json initialize(Session& session, const Json& params) {
    const Json none = Json::object();
    const Json* given = member(params, "capabilities");
    const Json& can = given != nullptr ? *given : none;
    session.workspace.set_folders(open_folders(params));
    Agreement& agreement = session.agreement;
    agreement.encoding = choose_encoding(can);
    agreement.answers = choose_answers(params, can);
    agreement.related_information = is_true(path(can, {"textDocument", "publishDiagnostics", "relatedInformation"}));
    agreement.nested_symbols =
        is_true(path(can, {"textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport"}));
    agreement.watches_files = is_true(path(can, {"workspace", "didChangeWatchedFiles", "dynamicRegistration"}));
    agreement.snippets = agreement.answers == Answers::Prisma ||
                         is_true(path(can, {"textDocument", "completion", "completionItem", "snippetSupport"}));

    Json out;
    out["positionEncoding"] = name_of(agreement.encoding);
    out["textDocumentSync"] = {{"openClose", true}, {"change", 2}, {"save", true}};
    out["completionProvider"] = {{"triggerCharacters", {"@", "\"", ".", "(", "[", ":"}}};
    out["hoverProvider"] = true;
    out["definitionProvider"] = true;
    out["referencesProvider"] = true;
    out["documentHighlightProvider"] = true;
    out["documentSymbolProvider"] = true;
    out["documentFormattingProvider"] = true;
    out["renameProvider"] = {{"prepareProvider", true}};
    out["codeActionProvider"] = {{"codeActionKinds", {"quickfix"}}};
    out["workspace"]["workspaceFolders"] = {{"supported", true}, {"changeNotifications", true}};
    return {{"capabilities", std::move(out)},
            {"serverInfo", {{"name", "lamina"}, {"version", session.options.version}}}};
}

}  // namespace lamina::lsp
