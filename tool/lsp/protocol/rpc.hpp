#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <variant>

#include <lamina/base/result.hpp>

/// JSON-RPC 2.0, as far as the protocol uses it.
namespace lamina::lsp {

/// Sorted by key: a client may send an object with a million members, which an ordered one would take quadratic time
/// for.
using Json = nlohmann::json;

/// The error codes of JSON-RPC and of the protocol.
enum class RpcCode : int {
    ParseError = -32700,
    InvalidRequest = -32600,
    MethodNotFound = -32601,
    InvalidParams = -32602,
    ServerNotInitialized = -32002,
    RequestFailed = -32803,
    RequestCancelled = -32800,
};

/// Why a request has no result.
struct RpcError {
    RpcCode code = RpcCode::RequestFailed;
    std::string message;
};

/// The result of a request, or why there is none.
using Reply = BasicResult<Json, RpcError>;

/// A request (with an id), a notification (without) or a response to a request of ours (without a method).
struct Message {
    Json id;  ///< null for a notification
    std::string method;
    Json params;
    bool is_request = false;
};

/// Reads a body. Never throws; refuses what nests too deeply.
[[nodiscard]] BasicResult<Message, RpcError> read_message(std::string_view body);

[[nodiscard]] std::string write_result(const Json& id, Json result);
[[nodiscard]] std::string write_error(const Json& id, const RpcError& error);
[[nodiscard]] std::string write_notification(std::string_view method, Json params);
[[nodiscard]] std::string write_request(int id, std::string_view method, Json params);

// ---- looking into JSON without surprises ----

/// A member of an object; null when there is none, or it is no object.
[[nodiscard]] const Json* member(const Json& object, std::string_view name);
/// A member of a member.
[[nodiscard]] const Json* member(const Json& object, std::string_view first, std::string_view second);
/// A member that is a string; nothing otherwise.
[[nodiscard]] const std::string* string_member(const Json& object, std::string_view name);

}  // namespace lamina::lsp
