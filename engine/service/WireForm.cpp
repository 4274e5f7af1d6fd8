// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/service/WireForm.h"

#include "engine/deployment/DeviceStore.h"
#include "engine/graph/NodeCatalog.h"
#include "engine/pipeline/PruneParameters.h"
#include "engine/reports/RecipeReport.h"

namespace espalier {
namespace {

Result<Credentials> credentialsFromJson(const Json& json, const std::string& path)
{
    ESPALIER_TRY(const Fields fields, Fields::of(json, path));
    Credentials credentials;
    if (fields.has("password")) {
        ESPALIER_TRY(credentials.password, fields.text("password"));
    }
    if (fields.has("passphrase")) {
        ESPALIER_TRY(credentials.passphrase, fields.text("passphrase"));
    }
    return credentials;
}

Json toJson(const PortType& type)
{
    return {{"id", type.id}, {"label", type.label}};
}

std::string_view resultStateName(ResultState state)
{
    switch (state) {
    case ResultState::Idle: return "idle";
    case ResultState::Stale: return "stale";
    case ResultState::Done: return "done";
    }
    return "idle";
}

} // namespace

Result<ProjectRequest> projectRequestFromJson(const Json& params)
{
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    ProjectRequest request;
    ESPALIER_CHECK(fields.object("project"));
    ESPALIER_TRY(request.project, projectFromJson(params.at("project"), "params.project"));
    ESPALIER_TRY(const std::string folder, fields.text("folder"));
    request.folder = folder;
    std::error_code ignored;
    if (!request.folder.is_absolute() || !std::filesystem::is_directory(request.folder, ignored))
        return Error{ErrorCode::InvalidArgument, "The field 'params.folder' is '" + folder + "'; it must be an absolute folder that exists.", {}, {}};
    ESPALIER_TRY(request.target, fields.textOr("target", ""));
    if (fields.has("secrets")) {
        ESPALIER_CHECK(fields.object("secrets"));
        for (const auto& [device, value] : params.at("secrets").items()) {
            ESPALIER_TRY(request.secrets[device], credentialsFromJson(value, "params.secrets." + device));
        }
    }
    if (fields.has("device")) {
        ESPALIER_TRY(const std::string device, fields.text("device"));
        ESPALIER_TRY(const DeviceStore devices, DeviceStore::load());
        ESPALIER_TRY(request.device, devices.get(device));
    }
    return request;
}

Result<CompressionRequest> compressionRequestFromJson(const Json& params)
{
    ESPALIER_TRY(const Fields fields, Fields::of(params, "params"));
    CompressionRequest request;
    ESPALIER_TRY(request.node, fields.text("node"));
    ESPALIER_TRY(request.precision, fields.text("precision"));
    ESPALIER_TRY(request.choice, pruningChoice(params));
    ESPALIER_TRY(request.options, pruneOptions(request.choice));
    return request;
}

Json toJson(const Answer& answer, std::size_t shown)
{
    Json probabilities = Json::array();
    for (std::size_t i = 0; i < std::min(shown, answer.probabilities.size()); ++i)
        probabilities.push_back({{"label", answer.probabilities[i].first}, {"probability", answer.probabilities[i].second}});
    return {{"label", answer.label}, {"probabilities", probabilities}, {"milliseconds", answer.milliseconds}};
}

Json toJson(const RunOutcome& outcome, const Pipeline& pipeline)
{
    Json nodes = Json::object();
    for (const auto& [id, node] : outcome.nodes)
        nodes[id] = {{"state", nodeStateName(node.state)}, {"fingerprint", pipeline.fingerprint(id)}, {"cached", node.cached}};
    return {{"nodes", nodes}};
}

Json statusToJson(const Pipeline& pipeline)
{
    Json nodes = Json::object();
    for (const auto& [id, node] : pipeline.graph().nodes())
        nodes[id] = {{"state", resultStateName(pipeline.state(id))}, {"fingerprint", pipeline.fingerprint(id)}};
    return {{"nodes", nodes}};
}

Json catalogToJson()
{
    Json nodes = Json::array();
    for (const NodeType& type : nodeCatalog().members())
        nodes.push_back(toJson(type));
    Json ports = Json::array();
    for (const PortType& type : portTypes().members())
        ports.push_back(toJson(type));
    Json budgets = Json::array();
    for (const BudgetKind& kind : budgetKinds().members())
        budgets.push_back({{"id", kind.id}, {"label", kind.label}, {"unit", kind.unit}});
    return {{"nodes", nodes}, {"port_types", ports}, {"budgets", budgets}};
}

} // namespace espalier
