// SPDX-License-Identifier: GPL-3.0-or-later
// JSON-RPC 2.0, one message a line: reading requests and writing replies and notifications. Writing is safe from any thread.
#pragma once

#include "engine/core/Json.h"

#include <functional>
#include <mutex>
#include <string>

namespace espalier {

struct RpcRequest {
    Json id; ///< null: a notification, which gets no reply
    std::string method;
    Json params = Json::object();
};

/// Codes of the JSON-RPC specification, and ours for errors that carry an espalier::Error.
enum class RpcErrorCode { ParseError = -32700, InvalidRequest = -32600, MethodNotFound = -32601, InvalidParams = -32602, Failed = -32000 };

/// The request in one line of text; the error's reply is sent with a null id.
Result<RpcRequest> parseRequest(std::string_view line);
/// @p error as the `data` of a reply, and of run/state.
Json toJson(const Error& error);

class RpcWriter {
public:
    /// @p sink takes one complete line with its end; called under a lock.
    explicit RpcWriter(std::function<void(const std::string& line)> sink) : m_sink(std::move(sink)) {}

    void reply(const Json& id, const Json& result);
    void fail(const Json& id, RpcErrorCode code, const Error& error, const Json& extra = Json::object());
    void notify(const std::string& method, const Json& params);

private:
    void send(Json message);

    std::mutex m_mutex;
    std::function<void(const std::string&)> m_sink;
};

} // namespace espalier
