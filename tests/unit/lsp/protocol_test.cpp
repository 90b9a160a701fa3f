#include <doctest/doctest.h>

#include "lsp/client.hpp"
#include "lsp/protocol/framing.hpp"

using namespace lamina::lsp;
using namespace lamina::lsp::test;

namespace {

const std::string kUri = "file:///nowhere/schema.prisma";

int code_of(const Json& response) { return response["error"]["code"].get<int>(); }

struct Running : Client {
    Running() { initialize(); }
};

}  // namespace

TEST_CASE("frames come in any pieces") {
    const std::string bytes = frame("{}") + frame("") + "Content-Type: x\r\ncontent-length:  3\r\n\r\nabc";
    for (std::size_t step = 1; step <= bytes.size(); ++step) {
        FrameReader reader;
        std::vector<std::string> bodies;
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            reader.feed(std::string_view{bytes}.substr(at, step));
            while (auto next = reader.next()) bodies.push_back(next->body);
        }
        REQUIRE(bodies == std::vector<std::string>{"{}", "", "abc"});
        CHECK_FALSE(reader.has_rest());
    }
}

TEST_CASE("a broken frame costs no other") {
    for (const std::string bad :
         {"Content-Length: x\r\n\r\n", "Content-Length: -1\r\n\r\n", "Hello\r\n\r\n",
          "Content-Length: 99999999999999\r\n\r\n", "Content-Length: 99999999999999999999\r\n\r\n"}) {
        FrameReader reader;
        reader.feed(bad + frame("{}"));
        const auto first = reader.next();
        REQUIRE(first);
        CHECK_FALSE(first->problem.empty());
        const auto second = reader.next();
        REQUIRE(second);
        CHECK(second->body == "{}");
    }
    FrameReader garbage;
    garbage.feed(std::string(100'000, 'x'));
    CHECK_FALSE(garbage.next()->problem.empty());
    CHECK_FALSE(garbage.next());
    garbage.feed(frame("{}"));
    CHECK(garbage.next()->body == "{}");
}

TEST_CASE("what is no message is answered with an error") {
    Client client;
    const auto last_code = [&](const std::string& body) {
        client.send(body);
        return code_of(client.received().back());
    };
    CHECK(last_code("{") == -32700);
    CHECK(last_code("\xFF") == -32700);
    CHECK(last_code("{\"method\":\"\xFF\"}") == -32700);
    CHECK(last_code(std::string(1'000'000, '[')) == -32700);
    CHECK(last_code("[]") == -32600);
    CHECK(last_code("{}") == -32600);
    CHECK(last_code(R"({"id":{},"method":"x"})") == -32600);
    CHECK(last_code(R"({"id":1,"method":2})") == -32600);
}

TEST_CASE("the server has a beginning and an end") {
    Client client;
    CHECK(code_of(client.request("textDocument/hover", at(kUri, 0, 0))) == -32002);
    client.open(kUri, "model");  // dropped
    client.initialize();
    CHECK(code_of(client.request("initialize", Json::object())) == -32600);
    CHECK(code_of(client.request("textDocument/hover", at(kUri, 0, 0))) == -32602);
    CHECK(code_of(client.request("nothing/known", nullptr)) == -32601);
    client.notify("nothing/known", nullptr);
    client.settle();
    CHECK(client.request("shutdown", nullptr).contains("result"));
    CHECK(code_of(client.request("textDocument/hover", at(kUri, 0, 0))) == -32600);
    client.notify("exit", nullptr);
    client.settle();
    CHECK(client.server().has_exited());
    CHECK(client.server().exit_code() == 0);
}

TEST_CASE("parameters of any shape do no harm") {
    Running client;
    client.open(kUri, "model A {\n  id Int @id\n}\n");
    for (const char* method :
         {"textDocument/completion", "textDocument/hover", "textDocument/definition", "textDocument/references",
          "textDocument/documentHighlight", "textDocument/documentSymbol", "textDocument/formatting",
          "textDocument/prepareRename", "textDocument/rename", "textDocument/codeAction"}) {
        for (
            const char* params :
            {"null", "1", "[]", "{}", R"({"textDocument":1})", R"({"textDocument":{"uri":7}})",
             R"({"textDocument":{"uri":"file:///nowhere/schema.prisma"},"position":{"line":-1,"character":0}})",
             R"({"textDocument":{"uri":"file:///nowhere/schema.prisma"},"position":{"line":1e99,"character":[]}})",
             R"({"textDocument":{"uri":"file:///nowhere/schema.prisma"},"position":{"line":4294967295,"character":18446744073709551615},"newName":{},"context":{"diagnostics":[1,{"range":{}}]},"range":null})",
             R"({"textDocument":{"uri":"not a uri"}})"}) {
            const Json answer = client.request(method, Json::parse(params));
            CHECK((answer.contains("result") || answer.contains("error")));
        }
    }
    for (const char* method : {"textDocument/didOpen", "textDocument/didChange", "textDocument/didClose",
                               "textDocument/didSave", "$/cancelRequest", "$/setTrace"}) {
        for (
            const char* params :
            {"null", "[]", R"({"textDocument":{"uri":1}})",
             R"({"textDocument":{"uri":"file:///nowhere/schema.prisma"},"contentChanges":[1,{"text":1},{"text":"x","range":1}]})"})
            client.notify(method, Json::parse(params));
    }
    client.settle();
}

TEST_CASE("a waiting request can be cancelled") {
    Running client;
    client.open(kUri, "model A {\n}\n");
    client.send(R"({"id":"a","method":"textDocument/documentSymbol","params":{"textDocument":{"uri":")" + kUri +
                R"("}}})");
    client.notify("$/cancelRequest", {{"id", "a"}});
    client.settle();
    for (const Json& message : client.received()) {
        if (message.contains("id") && message["id"] == "a") CHECK(code_of(message) == -32800);
    }
}
