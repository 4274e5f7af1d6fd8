// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CompressionController.h"

#include "app/ErrorText.h"
#include "app/GraphQueries.h"
#include "app/ProjectDocument.h"
#include "engine/graph/PruningParameters.h"
#include "engine/reports/FlipReport.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/pipeline/NodeText.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace espalier {
namespace {

constexpr double columnWidth = 240;

/// The Prune node's parameters that the panel has lists for.
constexpr std::array listed{std::pair{"score", &CompressionSettings::score}, std::pair{"method", &CompressionSettings::method},
                            std::pair{"pattern", &CompressionSettings::pattern}, std::pair{"embeddings", &CompressionSettings::embeddings}};

/// Those it has not, sparsity apart: they are asked about as they stand in the node, or as a new one would have them.
Json unlisted(const Graph& graph, const std::string& prune)
{
    Json values = Json::object();
    const auto parameters = prune.empty() ? Result<Parameters>(Error{}) : effectiveParameters(*graph.node(prune));
    for (const ParameterSpec& spec : pruningParameters()) {
        const bool isListed = std::any_of(listed.begin(), listed.end(), [&](const auto& entry) { return spec.id == entry.first; });
        if (!isListed && spec.id != "sparsity")
            values[spec.id] = parameters ? parameters->at(spec.id) : spec.fallback;
    }
    return values;
}

} // namespace

CompressionController::CompressionController(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    connect(m_parts.panel, &CompressionPanel::profileRequested, this, &CompressionController::profile);
    connect(m_parts.panel, &CompressionPanel::measurementRequested, this, &CompressionController::measure);
    connect(m_parts.panel, &CompressionPanel::applyRequested, this, [this](const CompressionSettings& settings, double sparsity) { apply(settings, sparsity, {}); });
    connect(m_parts.panel, &CompressionPanel::gradualRequested, this,
            [this](const CompressionSettings& settings, double sparsity) { apply(settings, sparsity, "gradual"); });
    connect(m_parts.results, &ResultStore::resultArrived, this, &CompressionController::takeResult);
    connect(m_parts.results, &ResultStore::cleared, this, [this] {
        m_sources.clear();
        m_unlisted.clear();
        m_parts.panel->clear();
    });
    connect(m_parts.document->model(), &PipelineModel::nodeRemoved, this, &CompressionController::updateSources);
    connect(m_parts.document->model(), &PipelineModel::nodeChanged, this, &CompressionController::updateSources);
    connect(m_parts.document->model(), &PipelineModel::graphChanged, this, &CompressionController::followPruneNodes);
}

void CompressionController::updateSources()
{
    const Graph& graph = m_parts.document->model()->graph();
    std::vector<CompressionSource> sources;
    // Dense checkpoints first: pruning starts from those. A pruned one waits for what it was made of, whichever arrives first.
    for (const char* type : {"train", "distill", "shrink", "vocabulary", "prune"})
        for (const std::string& node : nodesOfType(graph, type)) {
            const std::string before = checkpointInto(graph, node);
            if (m_parts.results->result(node) && (before.empty() || m_parts.results->result(before)))
                sources.push_back({QString::fromStdString(node), nodeTitle(graph, node)});
        }
    m_parts.panel->setSources(sources);
}

void CompressionController::followPruneNodes()
{
    const Graph& graph = m_parts.document->model()->graph();
    for (const auto& [source, fingerprint] : m_sources) {
        const Json now = unlisted(graph, graph.node(source) ? pruneBehind(graph, source) : std::string());
        const auto [known, isNew] = m_unlisted.try_emplace(source, now);
        if (isNew || known->second == now)
            continue;
        known->second = now;
        m_parts.panel->invalidate(QString::fromStdString(source));
    }
}

void CompressionController::takeResult(const std::string& node)
{
    const StoredResult* stored = m_parts.results->result(node);
    if (stored->type == "package")
        showFlips();
    if (stored->type != "checkpoint")
        return;
    const auto known = m_sources.find(node);
    const bool isNew = known == m_sources.end();
    const bool changed = !isNew && known->second != stored->fingerprint;
    m_sources[node] = stored->fingerprint;
    updateSources();
    followPruneNodes();
    if (isNew)
        startFromPruneNode(node);
    if (changed)
        m_parts.panel->invalidate(QString::fromStdString(node));
    showBaseline(node);
    if (!stored->summary.contains("point"))
        return;
    const auto point = sparsityPointFromJson(stored->summary.at("point"));
    const Graph& graph = m_parts.document->model()->graph();
    const std::string source = checkpointInto(graph, node);
    const auto parameters = effectiveParameters(*graph.node(node));
    if (!point || !parameters || graph.node(node)->type != "prune" || unlisted(graph, node) != unlisted(graph, pruneBehind(graph, source)))
        return; // of another Prune node than the one that the panel stands for
    CompressionSettings settings = listedSettings(*parameters);
    settings.node = QString::fromStdString(source);
    settings.precision = QString::fromStdString(point->precision);
    m_parts.panel->setMeasured(*point, settings);
}

CompressionSettings CompressionController::listedSettings(const Parameters& prune) const
{
    CompressionSettings settings = m_parts.panel->settings();
    for (const auto& [id, member] : listed)
        settings.*member = QString::fromStdString(prune.at(id).get<std::string>());
    return settings;
}

/// Train measured it; what was made of its checkpoint is compared with the same.
void CompressionController::showBaseline(const std::string& node)
{
    const Graph& graph = m_parts.document->model()->graph();
    for (std::string maker = node; !maker.empty(); maker = checkpointInto(graph, maker)) {
        const StoredResult* stored = m_parts.results->result(maker);
        if (!stored || !stored->summary.contains("baseline"))
            continue;
        if (const auto score = baselineScoreFromJson(stored->summary.at("baseline")))
            m_parts.panel->setBaseline(QString::fromStdString(node), *score);
        return;
    }
}

void CompressionController::showFlips()
{
    const Graph& graph = m_parts.document->model()->graph();
    const std::string chosen = m_parts.panel->settings().node.toStdString();
    const auto madeOfChosen = [&](const std::string& package) {
        for (std::string maker = checkpointInto(graph, package); !maker.empty(); maker = checkpointInto(graph, maker))
            if (maker == chosen)
                return true;
        return false;
    };
    for (const std::string& package : nodesOfType(graph, "package")) {
        const StoredResult* stored = m_parts.results->result(package);
        if (!stored || !stored->summary.contains("flips") || !madeOfChosen(package))
            continue;
        if (const auto flips = flipReportFromJson(stored->summary.at("flips")))
            return m_parts.panel->setFlips(*flips);
    }
    m_parts.panel->setFlips(std::nullopt);
}

void CompressionController::startFromPruneNode(const std::string& source)
{
    const Graph& graph = m_parts.document->model()->graph();
    const std::string prune = pruneBehind(graph, source);
    const auto parameters = prune.empty() ? Result<Parameters>(Error{}) : effectiveParameters(*graph.node(prune));
    if (!parameters || m_parts.panel->settings().node.toStdString() != source)
        return;
    m_parts.panel->setSettings(listedSettings(*parameters));
    m_parts.panel->setSparsity(static_cast<int>(std::lround(100 * parameters->at("sparsity").get<double>())));
}

Json CompressionController::params(const CompressionSettings& settings) const
{
    const Graph& graph = m_parts.document->model()->graph();
    const std::string node = settings.node.toStdString();
    Json params = m_parts.document->engineParams();
    params.update(unlisted(graph, graph.node(node) ? pruneBehind(graph, node) : std::string()));
    params.update({{"node", node}, {"precision", settings.precision.toStdString()}});
    for (const auto& [id, member] : listed)
        params[id] = (settings.*member).toStdString();
    return params;
}

std::optional<CompressionSettings> CompressionController::settingsOf(const std::string& node, const SweepPoint& made) const
{
    CompressionSettings settings = listedSettings(made.choice);
    settings.node = QString::fromStdString(node);
    settings.precision = QString::fromStdString(made.point.precision);
    const Graph& graph = m_parts.document->model()->graph();
    const Json now = graph.node(node) ? unlisted(graph, pruneBehind(graph, node)) : Json::object();
    for (const auto& [id, value] : now.items())
        if (const auto then = made.choice.find(id); then == made.choice.end() || then->second != value)
            return std::nullopt;
    return settings;
}

void CompressionController::profile(const CompressionSettings& settings)
{
    showFlips(); // another node may have been chosen
    if (settings.node.isEmpty())
        return;
    m_parts.engine->start();
    const int question = ++m_profileQuestion;
    m_parts.engine->request("compression/profile", params(settings), this, [this, question](const Result<Json>& reply) {
        if (question != m_profileQuestion)
            return;
        const auto answer = reply ? sparsityProfileFromJson(*reply) : Result<SparsityProfile>(reply.error());
        if (answer)
            m_parts.panel->setProfile(*answer);
        else if (answer.error().code != ErrorCode::Cancelled)
            m_parts.panel->setError(errorText(answer.error()));
    });
}

void CompressionController::setMeasuring(int change)
{
    m_measuring += change;
    m_parts.panel->setMeasuring(m_measuring > 0);
    Q_EMIT measuringChanged(m_measuring > 0);
}

void CompressionController::measure(const CompressionSettings& settings, double sparsity)
{
    Json request = params(settings);
    request["sparsity"] = sparsity;
    if (sparsity == 0)
        request.erase("layer_sparsities"); // the dense model, which all others are compared with
    setMeasuring(1);
    m_parts.engine->request("compression/evaluate", std::move(request), this, [this, settings](const Result<Json>& reply) {
        setMeasuring(-1);
        const auto point = reply ? sparsityPointFromJson(*reply) : Result<SparsityPoint>(reply.error());
        if (point)
            m_parts.panel->setMeasured(*point, settings);
        else if (point.error().code != ErrorCode::Cancelled) // a newer question took its place
            m_parts.panel->setError(errorText(point.error()));
    });
}

std::string CompressionController::addPruneBehind(const std::string& source)
{
    PipelineModel* model = m_parts.document->model();
    const Graph before = model->graph();
    const Node* from = before.node(source);
    const Edge* splits = before.edgeInto(source, "splits");
    const std::string prune = model->addConnectedNode("prune", {from->x + columnWidth, from->y + columnWidth / 2}, {source, "checkpoint", {}, "checkpoint"});
    if (prune.empty())
        return {};
    if (splits)
        model->connectPorts({splits->fromNode, splits->fromPort, prune, "splits"});
    // What took the dense checkpoint takes the pruned one now: that is what pruning is for.
    for (const Edge& edge : before.edges())
        if (edge.fromNode == source && edge.toPort == "checkpoint") {
            model->connectPorts({prune, "checkpoint", edge.toNode, edge.toPort});
            if (before.node(edge.toNode)->type == "package" && !before.edgeInto(edge.toNode, "reference"))
                model->connectPorts({source, "checkpoint", edge.toNode, "reference"}); // to show what pruning changes
        }
    return prune;
}

void CompressionController::apply(const CompressionSettings& settings, double sparsity, const std::string& recovery)
{
    PipelineModel* model = m_parts.document->model();
    const std::string source = settings.node.toStdString();
    if (!model->graph().node(source))
        return;
    model->undoStack()->beginMacro(tr("Prune to %1").arg(QString::number(sparsity * 100, 'f', 0) + QLatin1Char('%')));
    std::string prune = pruneBehind(model->graph(), source);
    const bool added = prune.empty();
    if (added)
        prune = addPruneBehind(source);
    if (!prune.empty()) {
        model->setParameter(prune, "sparsity", sparsity);
        for (const auto& [id, member] : listed)
            model->setParameter(prune, id, (settings.*member).toStdString());
        if (!recovery.empty())
            model->setParameter(prune, "recovery", recovery);
    }
    model->undoStack()->endMacro();
    Q_EMIT applied(prune, added);
}

} // namespace espalier
