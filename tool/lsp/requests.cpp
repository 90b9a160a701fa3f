#include <algorithm>
#include <array>

#include "lsp/completion/completion.hpp"
#include "lsp/formatting.hpp"
#include "lsp/hover.hpp"
#include "lsp/references.hpp"
#include "lsp/session.hpp"

namespace lamina::lsp {
namespace {

// A request about a document, its parameters read.
struct Request {
    Session& session;
    const Json& params;
    std::shared_ptr<const Snapshot> snapshot;
    FileId file{};
    std::size_t offset = 0;

    [[nodiscard]] Converter converter() const { return {*snapshot, session.agreement}; }
    [[nodiscard]] Answers answers() const { return session.agreement.answers; }
};

RpcError invalid(std::string message) { return {RpcCode::InvalidParams, std::move(message)}; }

Reply completion(const Request& request) {
    const CompletionOptions options{request.answers(), request.session.options.providers};
    Json items = Json::array();
    for (const CompletionItem& item : complete(*request.snapshot, request.file, request.offset, options))
        items.push_back(request.converter().item(item));
    return Json{{"isIncomplete", false}, {"items", std::move(items)}};
}

Reply hover_at(const Request& request) {
    const auto text = hover(*request.snapshot, request.file, request.offset, request.answers());
    if (!text) return Json{};
    return Json{{"contents", {{"kind", "markdown"}, {"value", *text}}}};
}

Reply definition_at(const Request& request) {
    const auto found = definition(*request.snapshot, request.file, request.offset);
    return found ? request.converter().location(*found) : Json{};
}

Reply references_at(const Request& request) {
    const Json* declaration = member(request.params, "context", "includeDeclaration");
    const bool include = declaration == nullptr || *declaration != false;
    const auto declared = definition(*request.snapshot, request.file, request.offset);
    Json out = Json::array();
    for (const Span span : references(*request.snapshot, request.file, request.offset, request.answers())) {
        if (include || declared != span) out.push_back(request.converter().location(span));
    }
    return out;
}

Reply highlight(const Request& request) {
    Json out = Json::array();
    for (const Span span : references(*request.snapshot, request.file, request.offset, Answers::Full)) {
        if (span.file == request.file) out.push_back({{"range", request.converter().range(span)}, {"kind", 1}});
    }
    return out;
}

Reply symbols(const Request& request) {
    const auto items = outline(*request.snapshot, request.file);
    return request.session.agreement.nested_symbols ? request.converter().nested(items)
                                                    : request.converter().flat(items);
}

Reply format(const Request& request) {
    Json out = Json::array();
    for (const TextEdit& edit : formatting(*request.snapshot, request.file))
        out.push_back(request.converter().edit(edit));
    return out;
}

Reply prepare_rename(const Request& request) {
    const auto span = renameable(*request.snapshot, request.file, request.offset);
    if (!span) return Json{};
    return Json{{"range", request.converter().range(*span)}, {"placeholder", request.snapshot->text(*span)}};
}

Reply rename_at(const Request& request) {
    const std::string* name = string_member(request.params, "newName");
    if (name == nullptr) return invalid("newName must be a string");
    auto renamed = rename(*request.snapshot, request.file, request.offset, *name);
    if (!renamed) return RpcError{RpcCode::RequestFailed, renamed.error().message};
    for (const std::string& warning : renamed->warnings) request.session.notices.push_back(warning);
    return request.converter().workspace_edit(renamed->edits);
}

// ---- code actions ----

struct AskedProblem {
    Problem problem;
    Json json;  // as the client wrote it
};

// What the client asks about: the diagnostics that it names, or ours in the range when it names none.
std::vector<AskedProblem> asked_problems(const Request& request) {
    std::vector<AskedProblem> out;
    const Snapshot& snapshot = *request.snapshot;
    const Encoding encoding = request.session.agreement.encoding;
    const auto& ours = snapshot.analysis().diagnostics.all();
    const Json* named = member(request.params, "context", "diagnostics");
    if (named != nullptr && named->is_array() && !named->empty()) {
        for (const Json& one : *named) {
            const auto range = read_range(member(one, "range"));
            const std::string* message = string_member(one, "message");
            if (!range || message == nullptr) continue;
            const auto begin = static_cast<std::uint32_t>(snapshot.offset(request.file, range->start, encoding));
            const auto end = static_cast<std::uint32_t>(snapshot.offset(request.file, range->end, encoding));
            AskedProblem asked{{{request.file, begin, end}, *message, ""}, one};
            for (const schema::Diagnostic& own : ours) {
                const bool same = own.span.file == request.file && own.span.begin == begin;
                if (same && message->starts_with(own.message)) asked.problem.hint = own.hint;
            }
            out.push_back(std::move(asked));
        }
        return out;
    }
    const auto range = read_range(member(request.params, "range"));
    if (!range) return out;
    const std::size_t begin = snapshot.offset(request.file, range->start, encoding);
    const std::size_t end = snapshot.offset(request.file, range->end, encoding);
    for (const schema::Diagnostic& own : ours) {
        if (own.span.file != request.file || own.span.end < begin || own.span.begin > end) continue;
        out.push_back({{own.span, own.message, own.hint}, request.converter().diagnostic(own)});
    }
    return out;
}

bool wants_quick_fixes(const Json& params) {
    const Json* only = member(params, "context", "only");
    if (only == nullptr || !only->is_array()) return true;
    return std::any_of(only->begin(), only->end(), [](const Json& kind) { return kind == "quickfix" || kind == ""; });
}

Reply code_actions(const Request& request) {
    Json out = Json::array();
    if (!wants_quick_fixes(request.params)) return out;
    for (const AskedProblem& asked : asked_problems(request)) {
        for (const Fix& fix : fixes(*request.snapshot, asked.problem, request.answers())) {
            out.push_back({{"title", fix.title},
                           {"kind", "quickfix"},
                           {"diagnostics", Json::array({asked.json})},
                           {"edit", request.converter().workspace_edit(fix.edits)}});
        }
    }
    return out;
}

struct Handler {
    std::string_view method;
    bool at_position;
    Reply (*answer)(const Request&);
};

constexpr std::array kHandlers{
    Handler{"textDocument/completion", true, completion},
    Handler{"textDocument/hover", true, hover_at},
    Handler{"textDocument/definition", true, definition_at},
    Handler{"textDocument/references", true, references_at},
    Handler{"textDocument/documentHighlight", true, highlight},
    Handler{"textDocument/documentSymbol", false, symbols},
    Handler{"textDocument/formatting", false, format},
    Handler{"textDocument/prepareRename", true, prepare_rename},
    Handler{"textDocument/rename", true, rename_at},
    Handler{"textDocument/codeAction", false, code_actions},
};

}  // namespace

Reply answer(Session& session, const std::string& method, const Json& params) {
    const auto handler =
        std::find_if(kHandlers.begin(), kHandlers.end(), [&](const Handler& one) { return one.method == method; });
    if (handler == kHandlers.end()) return RpcError{RpcCode::MethodNotFound, "there is no method " + method};
    const Json* document = member(params, "textDocument");
    const std::string* uri = document == nullptr ? nullptr : string_member(*document, "uri");
    if (uri == nullptr) return invalid("textDocument.uri must be a string");
    Request request{session, params, session.workspace.snapshot(*uri)};
    if (request.snapshot == nullptr) return invalid(*uri + " is neither open nor a file");
    const Document* open = session.documents.find(*uri);
    const auto file = request.snapshot->find(open != nullptr ? open->uri : *uri);
    if (!file) return invalid(*uri + " is not a schema file");
    request.file = *file;
    if (handler->at_position) {
        const auto position = read_position(member(params, "position"));
        if (!position) return invalid("position must have a line and a character");
        request.offset = request.snapshot->offset(*file, *position, session.agreement.encoding);
    }
    return handler->answer(request);
}

}  // namespace lamina::lsp
