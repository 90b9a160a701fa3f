#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "lsp/protocol/framing.hpp"
#include "schema/analyze/connector.hpp"

namespace lamina::lsp {

/// What the server is told by the command that runs it.
struct ServerOptions {
    schema::Connectors connectors;                ///< the databases that schemas may name
    std::span<const std::string_view> providers;  ///< those that completion recommends
    std::string_view version;                     ///< of lamina
};

/// The language server: messages in, messages out, no input or output of its own. Never throws and never stops at bad
/// input. For one thread.
class Server {
public:
    /// `send` is given every body that goes to the client.
    Server(const ServerOptions& options, std::function<void(std::string)> send);
    ~Server();

    /// Takes a message. It waits in a queue, so that it can still be cancelled.
    void receive(Frame frame);
    /// Works on the oldest waiting message. False when none waits.
    bool work();
    /// Are there documents whose diagnostics are out of date?
    [[nodiscard]] bool wants_to_publish() const;
    /// Sends the diagnostics of all open schemas. Called when no message waits, so that a burst of changes is analysed
    /// once.
    void publish();
    /// The client has said `exit`; then, what to exit with.
    [[nodiscard]] bool has_exited() const;
    [[nodiscard]] int exit_code() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace lamina::lsp
