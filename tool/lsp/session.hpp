#pragma once

#include <string>
#include <vector>

#include "lsp/convert.hpp"
#include "lsp/documents.hpp"
#include "lsp/server.hpp"
#include "lsp/workspace.hpp"

namespace lamina::lsp {

/// What the server knows about its client and the client's files, for as long as it runs.
struct Session {
    explicit Session(const ServerOptions& given) : options{given}, workspace{documents, given.connectors} {}
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    ServerOptions options;
    Agreement agreement;
    Documents documents;
    Workspace workspace;
    std::vector<std::string> notices;  ///< what people should be told; the server shows it after the answer
};

/// The answer to `initialize`; notes what the client can do.
[[nodiscard]] Json initialize(Session& session, const Json& params);

/// Answers a request about a document (`textDocument/hover` …). MethodNotFound for what is not known.
[[nodiscard]] Reply answer(Session& session, const std::string& method, const Json& params);

}  // namespace lamina::lsp
