#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "cli/cli.hpp"
#include "lsp/protocol/framing.hpp"

// `lamina lsp` as an editor runs it: a process, two pipes.
namespace {

namespace fs = std::filesystem;

class Editor {
public:
    Editor() {
        REQUIRE(::pipe(to_.data()) == 0);
        REQUIRE(::pipe(from_.data()) == 0);
        std::fflush(stdout);
        std::fflush(stderr);
        child_ = ::fork();
        if (child_ == 0) {
            ::dup2(to_[0], STDIN_FILENO);
            ::dup2(from_[1], STDOUT_FILENO);
            for (const int end : {to_[0], to_[1], from_[0], from_[1]}) ::close(end);
            const std::array<const char*, 2> command{"lamina", "lsp"};
            ::_exit(lamina::cli::run(static_cast<int>(command.size()), command.data()));
        }
        ::close(to_[0]);
        ::close(from_[1]);
    }
    Editor(const Editor&) = delete;
    Editor& operator=(const Editor&) = delete;
    ~Editor() { end(); }

    void raw(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(to_[1], bytes.data(), bytes.size());
            REQUIRE(written > 0);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void send(const std::string& body) const { raw(lamina::lsp::frame(body)); }
    void notify(const std::string& method, const std::string& params) const {
        send(R"({"jsonrpc":"2.0","method":")" + method + R"(","params":)" + params + "}");
    }
    // Sends a request and gives the response to it; what comes before that is passed over.
    std::string request(const std::string& method, const std::string& params) {
        const std::string id = std::to_string(++id_);
        send(R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":")" + method + R"(","params":)" + params + "}");
        return wait_for(R"("id":)" + id + ",");
    }
    // The next message that holds the text.
    std::string wait_for(std::string_view text) {
        while (true) {
            const std::string body = next();
            if (body.empty() || body.find(text) != std::string::npos) return body;
        }
    }
    // Ends the process; its exit code.
    int end() {
        if (child_ == 0) return code_;
        ::close(to_[1]);
        int status = 0;
        ::waitpid(child_, &status, 0);
        ::close(from_[0]);
        child_ = 0;
        code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return code_;
    }

private:
    std::string next() {
        while (true) {
            if (auto frame = reader_.next()) return frame->body;
            std::array<char, 4096> bytes{};
            const ssize_t count = ::read(from_[0], bytes.data(), bytes.size());
            if (count <= 0) return {};
            reader_.feed({bytes.data(), static_cast<std::size_t>(count)});
        }
    }

    std::array<int, 2> to_{}, from_{};
    pid_t child_ = 0;
    int id_ = 0;
    int code_ = -1;
    lamina::lsp::FrameReader reader_;
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

constexpr const char* kCapabilities =
    R"({"clientInfo":{"name":"an editor"},"capabilities":{"textDocument":{"completion":{"completionItem":{"snippetSupport":true}}}}})";

const std::string kDocument = R"("textDocument":{"uri":"file:///nowhere/schema.prisma")";

std::string at(int line, int character) {
    return "{" + kDocument + R"(},"position":{"line":)" + std::to_string(line) + R"(,"character":)" +
           std::to_string(character) + "}";
}

}  // namespace

TEST_CASE("lsp: an editor's day") {
    Editor editor;
    CHECK(has(editor.request("initialize", kCapabilities), R"("name":"lamina")"));
    editor.notify("initialized", "{}");
    editor.notify("textDocument/didOpen",
                  "{" + kDocument + R"(,"version":1,"text":"model User {\n  id Int @id\n  name Strin\n}\n"}})");
    CHECK(has(editor.wait_for("publishDiagnostics"), "is neither a built-in type"));
    editor.notify("textDocument/didChange",
                  "{" + kDocument + R"(,"version":2},"contentChanges":[{"range":{"start":{"line":2,"character":12},)" +
                      R"("end":{"line":2,"character":12}},"text":"g"}]})");
    CHECK(has(editor.wait_for("publishDiagnostics"), R"("diagnostics":[])"));
    CHECK(has(editor.request("textDocument/completion", at(2, 13) + "}"), R"("label":"@unique")") == false);
    CHECK(has(editor.request("textDocument/completion", at(2, 8) + "}"), R"("label":"String")"));
    CHECK(has(editor.request("textDocument/hover", at(0, 7) + "}"), "model User {}"));
    CHECK(has(editor.request("textDocument/definition", at(0, 7) + "}"), R"("line":0)"));
    const std::string renamed = editor.request("textDocument/rename", at(0, 7) + R"(,"newName":"Person"})");
    CHECK(has(renamed, R"("newText":"Person")"));
    CHECK(has(renamed, R"(@@map(\"User\"))"));
    CHECK(has(editor.request("textDocument/formatting", "{" + kDocument + "}}"), R"(  id   Int    @id)"));
    CHECK(has(editor.request("textDocument/documentSymbol", "{" + kDocument + "}}"), R"("name":"User")"));
    CHECK(has(editor.request("shutdown", "null"), R"("result":null)"));
    editor.notify("exit", "null");
    CHECK(editor.end() == 0);
}

TEST_CASE("lsp: bad input is answered, and the server lives on") {
    Editor editor;
    CHECK(has(editor.request("textDocument/hover", at(0, 0) + "}"), "-32002"));
    editor.request("initialize", kCapabilities);
    editor.send("{");
    CHECK(has(editor.wait_for("error"), "-32700"));
    editor.send("\xFF\xFE");
    CHECK(has(editor.wait_for("error"), "-32700"));
    editor.raw("Content-Length: 99999999999999\r\n\r\n");
    CHECK(has(editor.wait_for("error"), "too long"));
    editor.raw("Content-Length: nonsense\r\n\r\n");
    CHECK(has(editor.wait_for("error"), "must be a number"));
    CHECK(has(editor.request("no/such/method", "null"), "-32601"));
    CHECK(has(editor.request("textDocument/hover", at(0, 0) + "}"), "-32602"));
    editor.notify("textDocument/didOpen", "{" + kDocument + R"(,"version":1,"text":"model \u0000 {{{ \"\n@@@ }}"}})");
    CHECK(has(editor.wait_for("publishDiagnostics"), "severity"));
    CHECK(has(editor.request("textDocument/completion", at(99, 99) + "}"), "result"));
    CHECK(editor.end() == 1);  // the stream ended without a shutdown
}

TEST_CASE("lsp: a folder of files") {
    std::string folder = (fs::temp_directory_path() / "lamina-lsp-XXXXXX").string();
    REQUIRE(::mkdtemp(folder.data()) != nullptr);
    std::ofstream(folder + "/a.prisma") << "model User {\n  id Int @id\n}\n";
    std::ofstream(folder + "/b.prisma") << "model Post {\n  id Int @id\n  kind Kind\n}\n";
    const std::string uri = "file://" + folder;
    {
        Editor editor;
        editor.request("initialize", kCapabilities);
        editor.notify("textDocument/didOpen", R"({"textDocument":{"uri":")" + uri +
                                                  R"(/a.prisma","version":1,"text":"enum Kind {\n  A\n}\n"}})");
        const std::string found = editor.request(
            "textDocument/references",
            R"({"textDocument":{"uri":")" + uri + R"(/a.prisma"},"position":{"line":0,)" + R"("character":6}})");
        CHECK(has(found, "/a.prisma"));
        CHECK(has(found, "/b.prisma"));
    }
    std::error_code ignored;
    fs::remove_all(folder, ignored);
}
