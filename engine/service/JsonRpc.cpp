// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/JsonRpc.h"

namespace espalier {

Result<RpcRequest> parseRequest(std::string_view line)
{
    ESPALIER_TRY(const Json message, parseJson(line, "The request"));
    ESPALIER_TRY(const Fields fields, Fields::of(message, "request"));
    ESPALIER_TRY(const std::string version, fields.text("jsonrpc"));
    if (version != "2.0")
        return Error{ErrorCode::InvalidArgument, "The field 'request.jsonrpc' must be \"2.0\".", {}, {}};
    RpcRequest request;
    ESPALIER_TRY(request.method, fields.text("method"));
    request.id = message.value("id", Json());
    if (!request.id.is_null() && !request.id.is_string() && !request.id.is_number_integer())
        return Error{ErrorCode::InvalidArgument, "The field 'request.id' must be a text or a whole number.", {}, {}};
    if (fields.has("params")) {
        ESPALIER_CHECK(fields.object("params"));
        request.params = message.at("params");
    }
    return request;
}

Json toJson(const Error& error)
{
    return {{"code", errorCodeName(error.code)}, {"detail", error.detail}, {"remedy", error.remedy}, {"context", error.context}};
}

void RpcWriter::reply(const Json& id, const Json& result)
{
    if (!id.is_null())
        send({{"id", id}, {"result", result}});
}

void RpcWriter::fail(const Json& id, RpcErrorCode code, const Error& error, const Json& extra)
{
    Json data = toJson(error);
    data.update(extra);
    send({{"id", id}, {"error", {{"code", static_cast<int>(code)}, {"message", error.message()}, {"data", data}}}});
}

void RpcWriter::notify(const std::string& method, const Json& params)
{
    send({{"method", method}, {"params", params}});
}

void RpcWriter::send(Json message)
{
    message["jsonrpc"] = "2.0";
    const std::string line = dumpJson(message) + "\n";
    const std::lock_guard lock(m_mutex);
    m_sink(line);
}

} // namespace espalier
