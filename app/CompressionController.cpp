// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CompressionController.h"

#include "app/ErrorText.h"
#include "app/GraphQueries.h"
#include "app/MeasuringDevice.h"
#include "app/ProjectDocument.h"
#include "app/PruneEdit.h"
#include "app/Settings.h"
#include "engine/graph/PruningParameters.h"
#include "engine/reports/FlipReport.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/pipeline/NodeText.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace espalier {
namespace {

/// The Prune node's parameters that the panel shows, sparsity apart.
constexpr std::array listed{std::pair{"score", &CompressionSettings::score}, std::pair{"method", &CompressionSettings::method},
                            std::pair{"pattern", &CompressionSettings::pattern}, std::pair{"embeddings", &CompressionSettings::embeddings},
                            std::pair{"layer_sparsities", &CompressionSettings::layerSparsities}, std::pair{"exclude", &CompressionSettings::excluded}};

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

/// Null when there is no Prune node, or its parameters cannot be read.
Json shown(const Graph& graph, const std::string& prune)
{
    const auto parameters = prune.empty() ? Result<Parameters>(Error{}) : effectiveParameters(*graph.node(prune));
    if (!parameters)
        return nullptr;
    Json values{{"sparsity", parameters->at("sparsity")}};
    for (const auto& [id, member] : listed)
        values[id] = parameters->at(id);
    return values;
}

} // namespace

CompressionController::CompressionController(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    connect(m_parts.panel, &CompressionPanel::profileRequested, this, &CompressionController::profile);
    connect(m_parts.panel, &CompressionPanel::measurementRequested, this, &CompressionController::measure);
    connect(m_parts.panel, &CompressionPanel::costRequested, this, &CompressionController::measureCost);
    connect(m_parts.panel, &CompressionPanel::sourceChosen, this, [this](const QString& node) { takeLayers(node.toStdString()); });
    connect(m_parts.device, &MeasuringDevice::changed, this, &CompressionController::takeResultsAgain); // what that one measured is known again
    connect(m_parts.panel, &CompressionPanel::floorChanged, this,
            [this](std::optional<double> accuracy) { m_parts.document->settings()->setAccuracyFloor(m_parts.document->folder(), accuracy); });
    connect(m_parts.panel, &CompressionPanel::applyRequested, this, [this](const CompressionSettings& settings, double sparsity) { apply(settings, sparsity, {}); });
    connect(m_parts.panel, &CompressionPanel::gradualRequested, this,
            [this](const CompressionSettings& settings, double sparsity) { apply(settings, sparsity, "gradual"); });
    connect(m_parts.results, &ResultStore::resultArrived, this, &CompressionController::takeResult);
    connect(m_parts.results, &ResultStore::cleared, this, [this] {
        m_sources.clear();
        m_unlisted.clear();
        m_shown.clear();
        m_runs.clear();
        m_parts.panel->clear();
        showFloor();
        m_parts.device->showChoice();
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
    for (const char* type : {"train", "distill", "shrink", "vocabulary", "prune", "quantize"})
        for (const std::string& node : nodesOfType(graph, type)) {
            const std::string before = checkpointInto(graph, node);
            if (m_parts.results->result(node) && (before.empty() || m_parts.results->result(before)))
                sources.push_back({QString::fromStdString(node), nodeTitle(graph, node), graph.node(node)->type == "distill"});
        }
    m_parts.panel->setSources(sources);
}

void CompressionController::showFloor()
{
    m_parts.panel->setFloor(m_parts.document->settings()->accuracyFloor(m_parts.document->folder()));
}

void CompressionController::followPruneNodes()
{
    for (const auto& [source, fingerprint] : m_sources)
        followPruneNode(source);
}

void CompressionController::followPruneNode(const std::string& source)
{
    const Graph& graph = m_parts.document->model()->graph();
    const std::string prune = graph.node(source) ? pruneBehind(graph, source) : std::string();
    const Json others = unlisted(graph, prune);
    const Json own = shown(graph, prune);
    const auto [known, isNew] = m_unlisted.try_emplace(source, others);
    const auto [before, first] = m_shown.try_emplace(source, own);
    if (!isNew && known->second != others) {
        known->second = others;
        m_parts.panel->invalidate(QString::fromStdString(source));
    }
    if (first || before->second == own)
        return;
    before->second = own;
    if (!own.is_null() && !m_applying) // an edit in the form, or undone
        startFromPruneNode(source);
}

void CompressionController::takeLayers(const std::string& source)
{
    const Graph& graph = m_parts.document->model()->graph();
    const Json own = shown(graph, graph.node(source) ? pruneBehind(graph, source) : std::string());
    if (own.is_null())
        return;
    CompressionSettings settings = m_parts.panel->settings();
    settings.layerSparsities = QString::fromStdString(own.at("layer_sparsities").get<std::string>());
    settings.excluded = QString::fromStdString(own.at("exclude").get<std::string>());
    m_parts.panel->setSettings(settings);
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
    showEarlierRuns(); // one of them may be this
    takePoint(node, *stored);
}

void CompressionController::takeResultsAgain()
{
    for (const auto& [node, fingerprint] : m_sources)
        if (const StoredResult* stored = m_parts.results->result(node))
            takePoint(node, *stored);
    showEarlierRuns();
}

void CompressionController::takePoint(const std::string& node, const StoredResult& stored)
{
    const auto point = stored.summary.contains("point") ? sparsityPointFromJson(stored.summary.at("point")) : Result<SparsityPoint>(Error{});
    if (!point)
        return;
    const Graph& graph = m_parts.document->model()->graph();
    MeasuredPoint measured{.point = *point, .settings = {.node = QString::fromStdString(node)}, .maker = QString::fromStdString(node)};
    m_parts.device->forgetCostOfOthers(measured.point);
    if (graph.node(node)->type == "prune") {
        const std::string source = checkpointInto(graph, node);
        const auto parameters = effectiveParameters(*graph.node(node));
        if (!parameters || (!point->fineTuned && unlisted(graph, node) != unlisted(graph, pruneBehind(graph, source))))
            return; // of another Prune node than the one that the panel stands for
        measured.settings = listedSettings({.node = QString::fromStdString(source)}, *parameters);
    }
    measured.settings.precision = QString::fromStdString(point->precision);
    m_parts.panel->setMeasured(measured);
}

CompressionSettings CompressionController::listedSettings(CompressionSettings settings, const Parameters& prune)
{
    for (const auto& [id, member] : listed)
        if (const auto value = prune.find(id); value != prune.end())
            settings.*member = QString::fromStdString(value->second.get<std::string>());
    return settings;
}

void CompressionController::setRuns(std::vector<RunRecord> runs)
{
    m_runs = std::move(runs);
    showEarlierRuns();
}

void CompressionController::showEarlierRuns()
{
    std::vector<MeasuredPoint> points;
    for (const RunRecord& run : m_runs) {
        const StoredResult* now = m_parts.results->result(run.node);
        if (now && now->fingerprint == run.fingerprint)
            continue; // not earlier: its point comes with the result
        if (auto point = pointOf(run))
            points.push_back(std::move(*point));
    }
    m_parts.panel->setEarlier(std::move(points));
}

/// Nothing where the run measured no package. Layers' figures are not kept.
std::optional<MeasuredPoint> CompressionController::pointOf(const RunRecord& run) const
{
    auto point = measuredPoint(run);
    if (!point)
        return std::nullopt;
    m_parts.device->forgetCostOfOthers(*point);
    Parameters own; // of the node itself
    for (const auto& [name, value] : run.parameters)
        if (name.rfind(run.node + ".", 0) == 0)
            own[name.substr(run.node.size() + 1)] = value;
    const Graph& graph = m_parts.document->model()->graph();
    const bool prunes = run.nodeType == "prune";
    const std::string source = prunes && graph.node(run.node) ? checkpointInto(graph, run.node) : run.node;
    MeasuredPoint measured{.settings = listedSettings({.node = QString::fromStdString(source)}, own), .maker = QString::fromStdString(run.node)};
    measured.run = QString::fromStdString(run.name.empty() ? run.title + ", " + run.time : run.name);
    measured.point = std::move(*point);
    const auto recovery = own.find("recovery");
    measured.point.fineTuned = prunes && recovery != own.end() && recovery->second != "none";
    return measured;
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
    m_parts.panel->setSettings(listedSettings(m_parts.panel->settings(), *parameters));
    m_parts.panel->setSparsity(parameters->at("sparsity").get<double>());
}

Json CompressionController::params(const CompressionSettings& settings) const
{
    const Graph& graph = m_parts.document->model()->graph();
    const std::string node = settings.node.toStdString();
    Json params = m_parts.document->engineParams();
    params.update(unlisted(graph, graph.node(node) ? pruneBehind(graph, node) : std::string()));
    params.update({{"node", node}, {"precision", settings.precision.toStdString()}});
    m_parts.device->addTo(params);
    for (const auto& [id, member] : listed)
        params[id] = (settings.*member).toStdString();
    return params;
}

std::optional<CompressionSettings> CompressionController::settingsOf(const std::string& node, const SweepPoint& made) const
{
    const Graph& graph = m_parts.document->model()->graph();
    const Json now = graph.node(node) ? unlisted(graph, pruneBehind(graph, node)) : Json::object();
    for (const auto& [id, value] : now.items())
        if (const auto then = made.choice.find(id); then == made.choice.end() || then->second != value)
            return std::nullopt;
    return listedSettings({.node = QString::fromStdString(node), .precision = QString::fromStdString(made.point.precision)}, made.choice);
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

void CompressionController::measureCost(const CompressionSettings& settings, double sparsity)
{
    Json request = params(settings);
    request["sparsity"] = sparsity;
    m_parts.engine->request("compression/cost", std::move(request), this, [this, settings, sparsity](const Result<Json>& reply) {
        const auto cost = reply ? edgeCostFromJson(*reply) : Result<EdgeCost>(reply.error());
        if (cost)
            m_parts.panel->setCost(settings, sparsity, *cost);
        else if (cost.error().code != ErrorCode::Cancelled) // a measurement took its place; when the hand rests it is asked for again
            m_parts.panel->setCostObstacle(cost.error().code == ErrorCode::NotFound && m_parts.device->isThisComputer() ? tr("There is no edge runtime for this computer.") : errorText(cost.error()));
    });
}

void CompressionController::apply(const CompressionSettings& settings, double sparsity, const std::string& recovery)
{
    PipelineModel* model = m_parts.document->model();
    const std::string source = settings.node.toStdString();
    if (!model->graph().node(source))
        return;
    Parameters values{{"sparsity", sparsity}};
    for (const auto& [id, member] : listed)
        values[id] = (settings.*member).toStdString();
    if (!recovery.empty())
        values["recovery"] = recovery;
    m_applying = true;
    const PruneEdit edit = setPruning(*model, source, values, tr("Prune to %1").arg(QString::number(sparsity * 100, 'g', 3) + QLatin1Char('%')));
    m_applying = false;
    Q_EMIT applied(edit.node, edit.added);
}

} // namespace espalier
