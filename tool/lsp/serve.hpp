#pragma once

#include "lsp/server.hpp"

namespace lamina::lsp {

/// Runs the server on two file descriptors until the client says `exit` or its stream ends. The exit code: 0 after a
/// proper shutdown, else 1.
int serve(const ServerOptions& options, int input, int output);

}  // namespace lamina::lsp
