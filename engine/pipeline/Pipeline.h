// SPDX-License-Identifier: GPL-3.0-or-later
// Pipeline: a graph in its folder, ready to be asked for results. It knows every node's fingerprint and finds a result in
// memory, in the store, or by executing the node (and what it needs). Workspace is what pipelines of one process share.
#pragma once

#include "engine/graph/Graph.h"
#include "engine/pipeline/ArtefactStore.h"
#include "engine/pipeline/CostMeter.h"
#include "engine/pipeline/Fingerprints.h"
#include "engine/pipeline/NodeAdapter.h"

#include <deque>
#include <functional>
#include <mutex>

namespace espalier {

/// Recent artefacts in memory, and content hashes of files. Safe to share between threads.
class Workspace {
public:
    FileHashes files;

    /// One for each device at a time, so that connections last.
    [[nodiscard]] std::shared_ptr<CostMeter> meterOn(const Device& device, const Credentials& credentials);

    [[nodiscard]] ArtefactPtr recall(const std::string& fingerprint) const;
    void remember(const std::string& fingerprint, ArtefactPtr artefact);

private:
    static constexpr std::size_t capacity = 16;
    mutable std::mutex m_mutex;
    std::deque<std::pair<std::string, ArtefactPtr>> m_recent; ///< newest first
    std::shared_ptr<CostMeter> m_meter;                       ///< the last asked for
};

enum class ResultState { Idle, Stale, Done };

class Pipeline {
public:
    Pipeline(Workspace& workspace, Graph graph, std::filesystem::path folder, Secrets secrets = {});

    /// Another graph in the same folder and process.
    [[nodiscard]] Pipeline with(Graph graph) const;

    /// Where its labs measure time and memory: at first on this computer.
    void measureWith(std::shared_ptr<CostMeter> meter) { m_meter = std::move(meter); }
    [[nodiscard]] const std::shared_ptr<CostMeter>& meter() const { return m_meter; }

    [[nodiscard]] const Graph& graph() const { return m_graph; }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] const ArtefactStore& store() const { return m_store; }
    /// Of every node that has one.
    [[nodiscard]] const NodeFingerprints& fingerprints() const { return m_fingerprints; }
    [[nodiscard]] FileHashes& files() const { return m_workspace.files; }
    /// Empty when the node has none (see fingerprints()).
    [[nodiscard]] std::string fingerprint(const std::string& node) const;
    /// Done: an up-to-date result is stored. Stale: it made something before, from other inputs or parameters.
    [[nodiscard]] ResultState state(const std::string& node) const;

    /// The node's up-to-date artefact; executes what is missing. Call only when the validator found no error for @p node.
    Result<ArtefactPtr> value(const std::string& node, RunContext& context);
    /// Runs the node itself, whatever is stored.
    Result<ArtefactPtr> execute(const std::string& node, RunContext& context);

    /// What the node would be given, made where it is missing; without an output folder.
    Result<StageInputs> inputsOf(const Node& node, RunContext& context);

private:
    Workspace& m_workspace;
    Graph m_graph;
    std::filesystem::path m_folder;
    Secrets m_secrets;
    ArtefactStore m_store;
    NodeFingerprints m_fingerprints;
    std::map<std::string, std::string> m_last;
    std::shared_ptr<CostMeter> m_meter;
};

} // namespace espalier
