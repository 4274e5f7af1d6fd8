// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CompressionController.h"

#include "app/ErrorText.h"
#include "app/GraphQueries.h"
#include "app/ProjectDocument.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/pipeline/NodeText.h"

#include <cmath>

namespace espalier {
namespace {

constexpr double columnWidth = 240;

} // namespace

CompressionController::CompressionController(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    connect(m_parts.panel, &CompressionPanel::profileRequested, this, &CompressionController::profile);
    connect(m_parts.panel, &CompressionPanel::measurementRequested, this, &CompressionController::measure);
    connect(m_parts.panel, &CompressionPanel::applyRequested, this, &CompressionController::apply);
    connect(m_parts.results, &ResultStore::resultArrived, this, &CompressionController::takeResult);
    connect(m_parts.results, &ResultStore::cleared, this, [this] {
        m_sources.clear();
        m_parts.panel->clear();
    });
    connect(m_parts.document->model(), &PipelineModel::nodeRemoved, this, &CompressionController::updateSources);
    connect(m_parts.document->model(), &PipelineModel::nodeChanged, this, &CompressionController::updateSources);
}

void CompressionController::updateSources()
{
    const Graph& graph = m_parts.document->model()->graph();
    std::vector<CompressionSource> sources;
    // Dense checkpoints first: pruning starts from those. A pruned one waits for what it was made of, whichever arrives first.
    for (const char* type : {"train", "prune"})
        for (const std::string& node : nodesOfType(graph, type)) {
            const std::string before = checkpointInto(graph, node);
            if (m_parts.results->result(node) && (before.empty() || m_parts.results->result(before)))
                sources.push_back({QString::fromStdString(node), nodeTitle(graph, node)});
        }
    m_parts.panel->setSources(sources);
}

void CompressionController::takeResult(const std::string& node)
{
    const StoredResult* stored = m_parts.results->result(node);
    if (stored->type != "checkpoint")
        return;
    const auto known = m_sources.find(node);
    const bool isNew = known == m_sources.end();
    const bool changed = !isNew && known->second != stored->fingerprint;
    m_sources[node] = stored->fingerprint;
    updateSources();
    if (isNew)
        startFromPruneNode(node);
    if (changed)
        m_parts.panel->invalidate(QString::fromStdString(node));
    showBaseline(node);
    if (!stored->summary.contains("point"))
        return;
    const auto point = sparsityPointFromJson(stored->summary.at("point"));
    const Graph& graph = m_parts.document->model()->graph();
    const auto parameters = effectiveParameters(*graph.node(node));
    if (!point || !parameters || !parameters->contains("method") || !parameters->contains("embeddings"))
        return;
    m_parts.panel->setMeasured(*point, {QString::fromStdString(checkpointInto(graph, node)), QString::fromStdString(parameters->at("method").get<std::string>()),
                                        QString::fromStdString(parameters->at("embeddings").get<std::string>()), QString::fromStdString(point->precision)});
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

void CompressionController::startFromPruneNode(const std::string& source)
{
    const Graph& graph = m_parts.document->model()->graph();
    const std::string prune = pruneBehind(graph, source);
    const auto parameters = prune.empty() ? Result<Parameters>(Error{}) : effectiveParameters(*graph.node(prune));
    if (!parameters || m_parts.panel->settings().node.toStdString() != source)
        return;
    CompressionSettings settings = m_parts.panel->settings();
    settings.method = QString::fromStdString(parameters->at("method").get<std::string>());
    settings.embeddings = QString::fromStdString(parameters->at("embeddings").get<std::string>());
    m_parts.panel->setSettings(settings);
    m_parts.panel->setSparsity(static_cast<int>(std::lround(100 * parameters->at("sparsity").get<double>())));
}

Json CompressionController::params(const CompressionSettings& settings) const
{
    Json params = m_parts.document->engineParams();
    params.update({{"node", settings.node.toStdString()},
                   {"method", settings.method.toStdString()},
                   {"embeddings", settings.embeddings.toStdString()},
                   {"precision", settings.precision.toStdString()}});
    return params;
}

void CompressionController::profile(const CompressionSettings& settings)
{
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
        if (edge.fromNode == source && edge.toPort == "checkpoint")
            model->connectPorts({prune, "checkpoint", edge.toNode, edge.toPort});
    return prune;
}

void CompressionController::apply(const CompressionSettings& settings, double sparsity)
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
        model->setParameter(prune, "method", settings.method.toStdString());
        model->setParameter(prune, "embeddings", settings.embeddings.toStdString());
    }
    model->undoStack()->endMacro();
    Q_EMIT applied(prune, added);
}

} // namespace espalier
