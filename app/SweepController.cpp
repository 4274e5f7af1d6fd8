// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SweepController.h"

#include "app/CompressionController.h"
#include "app/ErrorText.h"
#include "app/MeasuringDevice.h"
#include "app/ProjectDocument.h"
#include "app/SearchProgress.h"
#include "engine/graph/NodeCatalog.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/style/Format.h"

namespace espalier {

SweepController::SweepController(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    SweepView* view = m_parts.view;
    CompressionPanel* panel = m_parts.panel;
    connect(view, &SweepView::sweepRequested, this, &SweepController::start);
    connect(view, &SweepView::cancelRequested, this, [this] { m_parts.engine->request("compression/cancel", Json::object(), this, [](const Result<Json>&) {}); });
    connect(m_parts.engine, &EngineClient::notified, this, &SweepController::receive);
    connect(m_parts.results, &ResultStore::resultArrived, this, &SweepController::fetchMeasured);
    connect(m_parts.device, &MeasuringDevice::changed, this, [this] {
        for (const auto& [node, stored] : m_parts.results->results())
            fetchMeasured(node);
    });
    connect(m_parts.results, &ResultStore::cleared, view, [view] {
        view->clear();
        view->setReady(false);
    });
    connect(panel, &CompressionPanel::profileRequested, view, [view](const CompressionSettings& settings) {
        view->setReady(!settings.node.isEmpty());
        view->showFor(settings.node, settings.precision);
    });
}

void SweepController::start(SweepView::Scope scope)
{
    if (m_running || m_parts.panel->settings().node.isEmpty())
        return;
    Json request = m_parts.compression->params(m_parts.panel->settings());
    if (scope == SweepView::Scope::Methods)
        for (const char* swept : {"score", "method", "embeddings"})
            request.erase(swept); // what is usual
    if (scope == SweepView::Scope::Patterns) {
        request["pattern"] = Json::array();
        for (const ParameterChoice& choice : nodeCatalog().find("prune")->parameter("pattern")->choices)
            request["pattern"].push_back(choice.value);
    }
    m_running = true;
    m_parts.view->begin();
    m_parts.engine->request("compression/sweep", std::move(request), this, [this](const Result<Json>& reply) { end(reply); });
}

void SweepController::receive(const QString& method, const Json& params)
{
    if (!m_running)
        return;
    if (method == QLatin1String("compression/progress")) {
        const auto [progress, left] = searchProgress(params);
        m_parts.view->setProgress(progress, left);
    } else if (method == QLatin1String("compression/failure")) {
        if (const auto failure = sweepFailureFromJson(params))
            m_parts.view->addFailure(QString::fromStdString(failure->reason));
    } else if (method == QLatin1String("compression/point")) {
        if (const auto point = sweepPointFromJson(params))
            takePoint(params.value("node", std::string()), *point);
    }
}

void SweepController::takePoint(const std::string& node, const SweepPoint& made)
{
    const auto settings = m_parts.compression->settingsOf(node, made);
    if (!settings)
        return;
    m_parts.panel->setMeasured(made.point, *settings);
    m_parts.view->add(*settings, made.point);
}

void SweepController::end(const Result<Json>& reply)
{
    m_running = false;
    const auto report = reply ? sweepReportFromJson(*reply) : Result<SweepReport>(reply.error());
    if (!report)
        return m_parts.view->fail(errorText(report.error()));
    const bool whole = static_cast<std::int64_t>(report->points.size() + report->failures.size()) == report->asked;
    m_parts.view->finish((whole ? tr("%1 points, %2 of them measured before.") : tr("Stopped at %1 points, %2 of them measured before. Start again to go on."))
                             .arg(formatCount(static_cast<std::int64_t>(report->points.size())), formatCount(report->known)));
}

void SweepController::fetchMeasured(const std::string& node)
{
    const StoredResult* stored = m_parts.results->result(node);
    if (stored->type != "checkpoint")
        return;
    m_parts.view->forget(QString::fromStdString(node)); // of another checkpoint, perhaps
    Json request = m_parts.document->engineParams();
    request["node"] = node;
    m_parts.device->addTo(request);
    m_parts.engine->request("compression/measured", std::move(request), this, [this, node, fingerprint = stored->fingerprint](const Result<Json>& reply) {
        const StoredResult* now = m_parts.results->result(node);
        if (!reply || !now || now->fingerprint != fingerprint)
            return;
        for (const Json& json : reply->value("points", Json::array()))
            if (const auto point = sweepPointFromJson(json))
                takePoint(node, *point);
    });
}

} // namespace espalier
