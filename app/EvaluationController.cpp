// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/EvaluationController.h"

#include "app/ErrorText.h"
#include "app/GraphQueries.h"
#include "app/ProjectDocument.h"

#include <QFile>

namespace espalier {

EvaluationController::EvaluationController(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    connect(m_parts.evaluation, &EvaluationView::examplesRequested, this, &EvaluationController::askExamples);
    connect(m_parts.evaluation, &EvaluationView::predictionsRequested, this, &EvaluationController::savePredictions);
    connect(m_parts.results, &ResultStore::resultArrived, this, [this](const std::string& node) {
        const StoredResult* stored = m_parts.results->result(node);
        if (stored && (stored->type == "checkpoint" || stored->type == "report"))
            refreshRuns();
    });
    connect(m_parts.results, &ResultStore::cleared, this, [this] { m_parts.runs->setRuns({}); });
    connect(m_parts.runs, &RunsView::renameRequested, this,
            [this](const QString& id, const QString& name) { change("runs/change", Json{{"id", id.toStdString()}, {"name", name.toStdString()}}); });
    connect(m_parts.runs, &RunsView::pinRequested, this,
            [this](const QString& id, bool pinned) { change("runs/change", Json{{"id", id.toStdString()}, {"pinned", pinned}}); });
    connect(m_parts.runs, &RunsView::deleteRequested, this, [this](const QString& id) { change("runs/delete", Json{{"id", id.toStdString()}}); });
    connect(m_parts.runs, &RunsView::restoreRequested, this, [this](const RunRecord& run) { change("runs/restore", Json{{"run", toJson(run)}}); });
    connect(m_parts.runs, &RunsView::saveRequested, this, &EvaluationController::saveRequested);
}

std::string EvaluationController::evaluatedNode() const
{
    for (const std::string& node : nodesThatMake(m_parts.document->model()->graph(), "report"))
        if (m_parts.results->result(node))
            return node;
    return {};
}

void EvaluationController::askExamples(const QString& truth, const QString& predicted)
{
    const int question = ++m_question;
    const std::string node = evaluatedNode();
    if (node.empty())
        return;
    Json params = m_parts.document->engineParams();
    params.update({{"node", node}, {"truth", truth.toStdString()}, {"predicted", predicted.toStdString()}, {"order", "worst"}, {"limit", 500}});
    m_parts.engine->request("evaluation/examples", std::move(params), this, [this, question, truth, predicted](const Result<Json>& reply) {
        if (question != m_question)
            return;
        if (!reply) {
            Q_EMIT failed(errorText(reply.error()));
            return;
        }
        std::vector<PredictionRow> rows;
        for (const Json& row : reply->at("rows"))
            if (auto read = predictionRowFromJson(row))
                rows.push_back(std::move(*read));
        m_parts.evaluation->setExamples(truth, predicted, rows, reply->at("total").get<std::int64_t>());
    });
}

void EvaluationController::savePredictions()
{
    Json params = m_parts.document->engineParams();
    params.update({{"node", evaluatedNode()}, {"limit", 1}});
    m_parts.engine->request("evaluation/examples", std::move(params), this, [this](const Result<Json>& reply) {
        QFile file(reply ? QString::fromStdString(reply->at("file").get<std::string>()) : QString());
        if (!reply || !file.open(QIODevice::ReadOnly)) {
            Q_EMIT failed(reply ? file.errorString() : errorText(reply.error()));
            return;
        }
        Q_EMIT saveRequested(QStringLiteral("predictions.csv"), file.readAll());
    });
}

void EvaluationController::refreshRuns()
{
    m_parts.engine->request("runs/list", Json{{"folder", m_parts.document->folder().toStdString()}}, this, [this](const Result<Json>& reply) {
        if (!reply)
            return;
        std::vector<RunRecord> runs;
        for (const Json& item : reply->at("runs"))
            if (auto run = runRecordFromJson(item))
                runs.push_back(std::move(*run));
        m_parts.runs->setRuns(runs);
        Q_EMIT runsListed(runs);
        if (!reply->at("damaged").empty())
            Q_EMIT failed(errorText(errorFromData(reply->at("damaged").front())));
    });
}

void EvaluationController::change(const std::string& method, Json params)
{
    params["folder"] = m_parts.document->folder().toStdString();
    m_parts.engine->request(method, std::move(params), this, [this, method](const Result<Json>& reply) {
        if (!reply)
            Q_EMIT failed(errorText(reply.error()));
        else if (const auto run = runRecordFromJson(*reply); run && method == "runs/delete")
            m_parts.runs->offerUndo(*run);
        refreshRuns();
    });
}

} // namespace espalier
