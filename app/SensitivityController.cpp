// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SensitivityController.h"

#include "app/CompressionController.h"
#include "app/ErrorText.h"
#include "engine/reports/SensitivityReport.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/compression/LayerTable.h"
#include "widgets/compression/SensitivityBar.h"

namespace espalier {
namespace {

constexpr auto methodName = "compression/sensitivity";

} // namespace

SensitivityController::SensitivityController(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    SensitivityBar* bar = m_parts.panel->layers()->sensitivityBar();
    connect(m_parts.panel, &CompressionPanel::profileRequested, this, [this](const CompressionSettings& settings) { ask(settings, false); });
    connect(bar, &SensitivityBar::measureRequested, this, [this] { ask(m_parts.panel->settings(), true); });
    connect(bar, &SensitivityBar::cancelRequested, this, [this] { ask(m_parts.panel->settings(), false); });
    connect(m_parts.engine, &EngineClient::notified, this, &SensitivityController::receive);
}

void SensitivityController::ask(const CompressionSettings& settings, bool measure)
{
    if (settings.node.isEmpty())
        return;
    m_parts.engine->start();
    m_parts.panel->layers()->setSensitivity(std::nullopt);
    if (measure)
        m_parts.panel->layers()->sensitivityBar()->setProgress(0, 0);
    Json params = m_parts.compression->params(settings);
    params["measure"] = measure;
    const int question = ++m_question;
    m_parts.engine->request(methodName, std::move(params), this, [this, question](const Result<Json>& reply) {
        if (question == m_question)
            take(reply);
    });
}

void SensitivityController::take(const Result<Json>& reply)
{
    LayerTable* layers = m_parts.panel->layers();
    if (reply && reply->at("report").is_null())
        return layers->setSensitivity(std::nullopt);
    const auto report = reply ? sensitivityReportFromJson(reply->at("report")) : Result<SensitivityReport>(reply.error());
    layers->setSensitivity(report ? std::optional(*report) : std::nullopt);
    if (!report && report.error().code != ErrorCode::Cancelled)
        layers->sensitivityBar()->setError(errorText(report.error()));
}

/// Of the question asked last: an older one's may still be on its way.
void SensitivityController::receive(const QString& method, const Json& params)
{
    SensitivityBar* bar = m_parts.panel->layers()->sensitivityBar();
    if (method != QLatin1String("sensitivity/progress") || !bar->isMeasuring())
        return;
    bar->setProgress(params.value("done", std::int64_t{0}), params.value("total", std::int64_t{0}));
}

} // namespace espalier
