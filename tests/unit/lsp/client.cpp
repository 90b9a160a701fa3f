#include "lsp/client.hpp"

#include <algorithm>
#include <array>

#include <doctest/doctest.h>

#include "providers/cockroachdb/rules.hpp"
#include "providers/mysql/rules.hpp"
#include "providers/postgresql/rules.hpp"
#include "providers/sqlite/rules.hpp"
#include "providers/sqlserver/rules.hpp"

namespace lamina::lsp::test {

schema::Connectors connectors() {
    static const std::array<const schema::Connector*, 5> all{
        &providers::postgresql::connector(), &providers::sqlite::connector(), &providers::mysql::connector(),
        &providers::cockroachdb::connector(), &providers::sqlserver::connector()};
    return all;
}

ServerOptions options() {
    static constexpr std::array<std::string_view, 3> recommended{"postgresql", "mysql", "sqlite"};
    return {connectors(), recommended, "test"};
}

Marked take_cursor(std::string_view text) {
    const std::size_t at = text.find("<|>");
    if (at == std::string_view::npos) return {std::string{text}, at};
    return {std::string{text.substr(0, at)} + std::string{text.substr(at + 3)}, at};
}

AtCursor at_cursor(const std::vector<std::pair<std::string, std::string>>& files) {
    AtCursor out;
    std::vector<SourceFile> sources;
    for (const auto& [name, text] : files) {
        Marked marked = take_cursor(text);
        if (marked.offset != std::string::npos) {
            out.file = support::SourceMap::at(sources.size());
            out.offset = marked.offset;
        }
        sources.push_back({name, std::move(marked.text)});
    }
    out.snapshot = std::make_unique<Snapshot>(std::move(sources), connectors());
    return out;
}

AtCursor at_cursor(const std::string& text) { return at_cursor({{"schema.prisma", text}}); }

std::vector<std::string> edited(const Snapshot& snapshot, std::vector<std::pair<Span, std::string>> edits) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < snapshot.file_count(); ++i) out.emplace_back(snapshot.text(support::SourceMap::at(i)));
    std::stable_sort(edits.begin(), edits.end(),
                     [](const auto& a, const auto& b) { return a.first.begin > b.first.begin; });
    for (const auto& [span, text] : edits)
        out.at(static_cast<std::size_t>(span.file)).replace(span.begin, span.size(), text);
    return out;
}

Client::Client() : server_{options(), [this](const std::string& body) { received_.push_back(Json::parse(body)); }} {}

Json Client::initialize(Json capabilities, const std::string& folder) {
    Json params{{"processId", nullptr}, {"capabilities", std::move(capabilities)}};
    if (params["capabilities"].contains("textDocument")) params["clientInfo"] = {{"name", "an editor"}};
    if (!folder.empty()) params["rootUri"] = folder;
    const Json answer = request("initialize", std::move(params));
    notify("initialized", Json::object());
    return answer;
}

void Client::open(const std::string& uri, const std::string& text, int version) {
    notify("textDocument/didOpen",
           {{"textDocument", {{"uri", uri}, {"languageId", "prisma"}, {"version", version}, {"text", text}}}});
}

void Client::notify(const std::string& method, Json params) {
    send(Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}}.dump());
}

Json Client::request(const std::string& method, Json params) {
    const int id = next_id_++;
    send(Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}}.dump());
    while (server_.work()) {
    }
    for (const Json& message : received_) {
        if (message.contains("id") && message["id"] == id && !message.contains("method")) return message;
    }
    FAIL("no answer to " << method);
    return {};
}

void Client::send(const std::string& body) { server_.receive({body, ""}); }

void Client::settle() {
    while (server_.work()) {
    }
    if (server_.wants_to_publish()) server_.publish();
}

Json Client::diagnostics(const std::string& uri) const {
    Json out;
    for (const Json& message : received_) {
        const bool published = message.contains("method") && message["method"] == "textDocument/publishDiagnostics";
        if (published && message["params"]["uri"] == uri) out = message["params"]["diagnostics"];
    }
    return out;
}

Json at(const std::string& uri, unsigned line, unsigned character) {
    return {{"textDocument", {{"uri", uri}}}, {"position", {{"line", line}, {"character", character}}}};
}

Json at(const std::string& uri, const Marked& marked) {
    const Position position = LineIndex{marked.text}.position(marked.text, marked.offset, Encoding::Utf16);
    return at(uri, position.line, position.character);
}

}  // namespace lamina::lsp::test
