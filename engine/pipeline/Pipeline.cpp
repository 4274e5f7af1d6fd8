// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Pipeline.h"

#include "engine/graph/NodeCatalog.h"

#include <algorithm>
#include <exception>

namespace espalier {
namespace {

/// Removes a staging folder unless the store took it.
struct StagingGuard {
    std::filesystem::path folder;
    ~StagingGuard()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
};

/// The one place where an exception of a library becomes an error of the stage it came from.
Result<Artefact> runGuarded(const NodeAdapter& adapter, const StageInputs& inputs, RunContext& context)
{
    try {
        return adapter.run(inputs, context);
    } catch (const std::bad_alloc&) {
        return Error{ErrorCode::Internal, "There is not enough memory.", "Make the batch or the model smaller, or close other programs.", {}};
    } catch (const std::exception& exception) {
        return Error{ErrorCode::Internal, exception.what(), {}, {}};
    }
}

} // namespace

ArtefactPtr Workspace::recall(const std::string& fingerprint) const
{
    const std::lock_guard lock(m_mutex);
    const auto it = std::find_if(m_recent.begin(), m_recent.end(), [&](const auto& entry) { return entry.first == fingerprint; });
    return it == m_recent.end() ? nullptr : it->second;
}

void Workspace::remember(const std::string& fingerprint, ArtefactPtr artefact)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_recent, [&](const auto& entry) { return entry.first == fingerprint; });
    m_recent.emplace_front(fingerprint, std::move(artefact));
    if (m_recent.size() > capacity)
        m_recent.pop_back();
}

std::shared_ptr<CostMeter> Workspace::meterOn(const Device& device, const Credentials& credentials)
{
    const std::lock_guard lock(m_mutex);
    if (!m_meter || !m_meter->isFor(device, credentials))
        m_meter = std::make_shared<CostMeter>(device, credentials);
    return m_meter;
}

Pipeline::Pipeline(Workspace& workspace, Graph graph, std::filesystem::path folder, Secrets secrets)
    : m_workspace(workspace), m_graph(std::move(graph)), m_folder(std::move(folder)), m_secrets(std::move(secrets)), m_store(m_folder),
      m_fingerprints(espalier::fingerprints(m_graph, m_folder, workspace.files)), m_last(m_store.lastResults()), m_meter(std::make_shared<CostMeter>())
{
}

Pipeline Pipeline::with(Graph graph) const
{
    Pipeline other(m_workspace, std::move(graph), m_folder, m_secrets);
    other.m_meter = m_meter;
    return other;
}

std::string Pipeline::fingerprint(const std::string& node) const
{
    const auto it = m_fingerprints.find(node);
    return it == m_fingerprints.end() ? std::string() : it->second;
}

ResultState Pipeline::state(const std::string& node) const
{
    const std::string print = fingerprint(node);
    if (!print.empty() && m_store.contains(print))
        return ResultState::Done;
    return m_last.contains(node) ? ResultState::Stale : ResultState::Idle;
}

Result<StageInputs> Pipeline::inputsOf(const Node& node, RunContext& context)
{
    StageInputs inputs;
    ESPALIER_TRY(inputs.parameters, effectiveParameters(node));
    for (const PortSpec& port : nodeCatalog().find(node.type)->inputs) {
        const Edge* edge = m_graph.edgeInto(node.id, port.id);
        if (!edge)
            continue;
        ESPALIER_TRY(inputs.artefacts[port.id], value(edge->fromNode, context));
    }
    inputs.projectFolder = m_folder;
    inputs.scratchFolder = m_store.scratch(fingerprint(node.id));
    inputs.secrets = &m_secrets;
    return inputs;
}

Result<ArtefactPtr> Pipeline::value(const std::string& node, RunContext& context)
{
    const std::string print = fingerprint(node);
    if (ArtefactPtr artefact = m_workspace.recall(print))
        return artefact;
    ESPALIER_TRY(const NodeAdapter* adapter, adapterCatalog().get(m_graph.node(node)->type));
    if (adapter->keeping == NodeAdapter::Keeping::Recomputed || !m_store.contains(print))
        return execute(node, context);
    ESPALIER_TRY(Artefact stored, m_store.load(print));
    m_store.touch(print);
    auto artefact = std::make_shared<const Artefact>(std::move(stored));
    m_workspace.remember(print, artefact);
    return artefact;
}

Result<ArtefactPtr> Pipeline::execute(const std::string& node, RunContext& context)
{
    if (context.cancelled())
        return cancelledError();
    const std::string print = fingerprint(node);
    if (print.empty())
        return Error{ErrorCode::InvalidArgument, "Node '" + node + "' cannot run yet.", "Mend the problems that are shown for it and its inputs.", {}};
    ESPALIER_TRY(const NodeAdapter* adapter, adapterCatalog().get(m_graph.node(node)->type));
    ESPALIER_TRY(StageInputs inputs, inputsOf(*m_graph.node(node), context));
    ESPALIER_TRY(inputs.outputFolder, m_store.begin(print));
    const StagingGuard guard{inputs.outputFolder};
    auto made = runGuarded(*adapter, inputs, context);
    if (!made)
        return made.error().within("node '" + node + "'");
    ESPALIER_TRY(Artefact kept, m_store.commit(print, inputs.outputFolder, std::move(*made)));
    auto artefact = std::make_shared<const Artefact>(std::move(kept));
    m_workspace.remember(print, artefact);
    ESPALIER_CHECK(m_store.recordLast(node, print));
    return artefact;
}

} // namespace espalier
