// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/TrainingController.h"

#include "app/ErrorText.h"
#include "app/GraphQueries.h"
#include "app/ProjectDocument.h"
#include "widgets/pipeline/NodeText.h"

#include <algorithm>

namespace espalier {

TrainingController::TrainingController(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    connect(m_parts.run, &RunController::started, this, [this] { m_chosen = false; });
    connect(m_parts.run, &RunController::nodeChanged, this,
            [this](const QString& node, const NodeRunState& state) { follow(node.toStdString(), state); });
    connect(m_parts.run, &RunController::measured, this, [this](const QString& node, const std::vector<MetricPoint>& points) {
        if (node.toStdString() == m_shown && m_shown == m_running)
            m_parts.panel->appendMetrics(points);
    });
    connect(m_parts.run, &RunController::progressed, this, [this](const RunProgress& progress) {
        if (progress.node.toStdString() != m_shown || m_shown != m_running)
            return;
        TrainingProgress shown;
        const Progress& work = progress.progress;
        shown.fraction = work.total > 0 ? static_cast<double>(work.done) / static_cast<double>(work.total) : -1;
        shown.secondsLeft = progress.secondsLeft;
        if (const Node* node = m_parts.document->model()->graph().node(m_shown))
            if (const auto parameters = effectiveParameters(*node); parameters && parameters->contains("epochs"))
                shown.epochs = parameters->at("epochs").get<int>();
        m_parts.panel->setProgress(shown);
    });
    connect(m_parts.results, &ResultStore::resultArrived, this, &TrainingController::takeResult);
    connect(m_parts.results, &ResultStore::cleared, this, [this] {
        m_shown.clear();
        m_running.clear();
        m_parts.panel->clear();
        Q_EMIT nodesChanged();
    });
}

bool TrainingController::trains(const std::string& node) const
{
    const auto makers = nodesThatMake(m_parts.document->model()->graph(), "checkpoint");
    return std::find(makers.begin(), makers.end(), node) != makers.end();
}

QString TrainingController::titleOf(const std::string& node) const { return nodeTitle(m_parts.document->model()->graph(), node); }

std::vector<std::string> TrainingController::nodes() const
{
    auto makers = nodesThatMake(m_parts.document->model()->graph(), "checkpoint");
    std::erase_if(makers, [this](const std::string& node) { return node != m_running && !m_parts.results->result(node); });
    return makers;
}

void TrainingController::follow(const std::string& node, const NodeRunState& state)
{
    using Kind = NodeRunState::Kind;
    if (!trains(node))
        return;
    if (state.kind == Kind::Running) {
        m_running = node;
        m_shown = node;
        m_parts.panel->beginRun(titleOf(node));
        Q_EMIT nodesChanged();
        return;
    }
    if (node != m_running || state.kind == Kind::Queued)
        return;
    m_running.clear();
    if (node != m_shown)
        return;
    if (state.kind == Kind::Done)
        m_parts.panel->finish(TrainingState::Done);
    else if (state.kind == Kind::Failed)
        m_parts.panel->finish(TrainingState::Failed, state.error ? errorText(*state.error) : QString());
    else
        m_parts.panel->finish(TrainingState::Cancelled);
}

void TrainingController::takeResult(const std::string& node)
{
    const StoredResult* stored = m_parts.results->result(node);
    if (stored->type == "report") {
        if (const auto report = evaluationReportFromJson(stored->summary))
            m_parts.panel->setEvaluation(*report);
        return;
    }
    if (stored->type != "checkpoint")
        return;
    Q_EMIT nodesChanged();
    if (node == m_shown)
        showHistory(node);
    else if (m_running.empty() && !m_chosen && (m_shown.empty() || m_parts.document->model()->graph().node(node)->type == "train"))
        showNode(node);
}

void TrainingController::choose(const std::string& node)
{
    m_chosen = true;
    showNode(node);
}

void TrainingController::showNode(const std::string& node)
{
    if (!m_parts.results->result(node) || node == m_shown)
        return;
    m_shown = node;
    m_parts.panel->beginRun(titleOf(node));
    showHistory(node);
    Q_EMIT nodesChanged();
}

void TrainingController::showHistory(const std::string& node)
{
    const StoredResult* stored = m_parts.results->result(node);
    if (!stored || !stored->summary.contains("history"))
        return;
    if (const auto history = trainingHistoryFromJson(stored->summary.at("history"))) {
        m_parts.panel->setHistory(*history);
        m_parts.panel->finish(TrainingState::Done);
    }
}

} // namespace espalier
