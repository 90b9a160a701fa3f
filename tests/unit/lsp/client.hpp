#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lsp/protocol/rpc.hpp"
#include "lsp/server.hpp"
#include "lsp/snapshot.hpp"

/// What the tests of the language server share.
namespace lamina::lsp::test {

/// All databases that have rules.
[[nodiscard]] schema::Connectors connectors();
/// What the command gives the server.
[[nodiscard]] ServerOptions options();

/// A schema text with the cursor, written `<|>`, taken out.
struct Marked {
    std::string text;
    std::size_t offset = std::string::npos;  ///< npos without a cursor
};
[[nodiscard]] Marked take_cursor(std::string_view text);

/// A snapshot of files (name and text), of which one holds the cursor.
struct AtCursor {
    std::unique_ptr<Snapshot> snapshot;
    FileId file{};
    std::size_t offset = 0;
};
[[nodiscard]] AtCursor at_cursor(const std::vector<std::pair<std::string, std::string>>& files);
/// The same for one file.
[[nodiscard]] AtCursor at_cursor(const std::string& text);

/// The texts after edits: by file, in the order of the snapshot.
[[nodiscard]] std::vector<std::string> edited(const Snapshot& snapshot,
                                              std::vector<std::pair<Span, std::string>> edits);

/// A client in the same process.
class Client {
public:
    Client();
    /// Sends `initialize` with these capabilities, for this folder, and `initialized`.
    Json initialize(Json capabilities = Json::object(), const std::string& folder = "");
    void open(const std::string& uri, const std::string& text, int version = 1);
    void notify(const std::string& method, Json params);
    /// The whole response: `result` or `error`.
    Json request(const std::string& method, Json params);
    /// Puts bytes into a frame and gives them to the server.
    void send(const std::string& body);
    /// Works off all that waits; diagnostics as well.
    void settle();
    /// The last published diagnostics of a file; null when there were none yet.
    [[nodiscard]] Json diagnostics(const std::string& uri) const;
    /// All that the server has sent.
    [[nodiscard]] const std::vector<Json>& received() const { return received_; }
    [[nodiscard]] Server& server() { return server_; }

private:
    std::vector<Json> received_;
    Server server_;
    int next_id_ = 1;
};

/// Parameters of a request at a place.
[[nodiscard]] Json at(const std::string& uri, unsigned line, unsigned character);
/// The place of a cursor, in UTF-16 code units.
[[nodiscard]] Json at(const std::string& uri, const Marked& marked);

}  // namespace lamina::lsp::test
