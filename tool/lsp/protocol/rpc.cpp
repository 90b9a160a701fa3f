#include "lsp/protocol/rpc.hpp"

namespace lamina::lsp {
namespace {

constexpr int kDeepest = 200;

// Brackets outside of strings: what nests deeper than any message does is refused before it is parsed.
bool nests_too_deeply(std::string_view body) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char c = body[i];
        if (in_string) {
            if (c == '\\') ++i;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kDeepest) return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

std::string write(const Json& message) {
    // Texts from files need not be UTF-8.
    return message.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

BasicResult<Message, RpcError> read_message(std::string_view body) {
    if (nests_too_deeply(body)) return RpcError{RpcCode::ParseError, "the message nests too deeply"};
    Json json = Json::parse(body, nullptr, false);
    if (json.is_discarded()) return RpcError{RpcCode::ParseError, "the message is not JSON"};
    if (!json.is_object()) return RpcError{RpcCode::InvalidRequest, "a message must be an object"};
    Message out;
    if (const auto id = json.find("id"); id != json.end()) {
        if (!id->is_null() && !id->is_string() && !id->is_number_integer())
            return RpcError{RpcCode::InvalidRequest, "an id must be a number or a string"};
        out.id = *id;
        out.is_request = true;
    }
    if (const auto method = json.find("method"); method != json.end()) {
        if (!method->is_string()) return RpcError{RpcCode::InvalidRequest, "a method must be a string"};
        out.method = method->get<std::string>();
    } else if (!json.contains("result") && !json.contains("error")) {
        return RpcError{RpcCode::InvalidRequest, "a message must name a method"};
    } else {
        out.is_request = false;
    }
    if (const auto params = json.find("params"); params != json.end()) out.params = std::move(*params);
    return out;
}

std::string write_result(const Json& id, Json result) {
    Json out;
    out["jsonrpc"] = "2.0";
    out["id"] = id;
    out["result"] = std::move(result);
    return write(out);
}

std::string write_error(const Json& id, const RpcError& error) {
    Json out;
    out["jsonrpc"] = "2.0";
    out["id"] = id;
    out["error"]["code"] = static_cast<int>(error.code);
    out["error"]["message"] = error.message;
    return write(out);
}

std::string write_notification(std::string_view method, Json params) {
    Json out;
    out["jsonrpc"] = "2.0";
    out["method"] = method;
    out["params"] = std::move(params);
    return write(out);
}

std::string write_request(int id, std::string_view method, Json params) {
    Json out;
    out["jsonrpc"] = "2.0";
    out["id"] = id;
    out["method"] = method;
    out["params"] = std::move(params);
    return write(out);
}

const Json* member(const Json& object, std::string_view name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(std::string{name});
    return found == object.end() ? nullptr : &*found;
}

const Json* member(const Json& object, std::string_view first, std::string_view second) {
    const Json* inner = member(object, first);
    return inner == nullptr ? nullptr : member(*inner, second);
}

const std::string* string_member(const Json& object, std::string_view name) {
    const Json* found = member(object, name);
    return found == nullptr ? nullptr : found->get_ptr<const std::string*>();
}

}  // namespace lamina::lsp
