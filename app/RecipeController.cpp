// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RecipeController.h"

#include "app/CompressionController.h"
#include "app/ErrorText.h"
#include "app/MeasuringDevice.h"
#include "app/ProjectDocument.h"
#include "app/SearchProgress.h"
#include "engine/graph/RecipeSteps.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/compression/RecipeView.h"

namespace espalier {

RecipeController::RecipeController(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    RecipeView* view = m_parts.view;
    connect(view, &RecipeView::searchRequested, this, &RecipeController::start);
    connect(view, &RecipeView::cancelRequested, this, [this] { m_parts.engine->request("compression/cancel", Json::object(), this, [](const Result<Json>&) {}); });
    connect(view, &RecipeView::applyRequested, this, &RecipeController::apply);
    connect(m_parts.engine, &EngineClient::notified, this, &RecipeController::receive);
    connect(m_parts.panel, &CompressionPanel::profileRequested, this, &RecipeController::showKept);
    connect(m_parts.device, &MeasuringDevice::changed, view, &RecipeView::setDevice);
    connect(m_parts.results, &ResultStore::cleared, this, [this] {
        m_shown.clear();
        m_parts.view->clear();
        m_parts.view->setReady(false);
    });
}

void RecipeController::start(const Budgets& budgets, int trainings)
{
    const CompressionSettings settings = m_parts.panel->settings();
    if (m_running || settings.node.isEmpty())
        return;
    Json request = m_parts.document->engineParams();
    request.update(Json(budgets));
    request.update({{"node", settings.node.toStdString()}, {"precision", settings.precision.toStdString()}, {"trainings", trainings}});
    m_parts.device->addTo(request);
    m_shown = settings.node.toStdString();
    m_running = true;
    m_parts.view->begin();
    m_parts.engine->request("compression/search", std::move(request), this, [this](const Result<Json>& reply) { end(reply); });
}

void RecipeController::receive(const QString& method, const Json& params)
{
    if (!m_running)
        return;
    if (method == QLatin1String("compression/progress")) {
        const auto [progress, left] = searchProgress(params);
        m_parts.view->setProgress(progress, left);
    } else if (method == QLatin1String("compression/candidate")) {
        if (const auto report = recipeReportFromJson(params))
            show(*report);
    }
}

void RecipeController::end(const Result<Json>& reply)
{
    m_running = false;
    const auto report = reply ? recipeReportFromJson(*reply) : Result<RecipeReport>(reply.error());
    if (!report)
        return m_parts.view->fail(errorText(report.error()));
    m_parts.view->finish(report->complete ? QString() : tr("Stopped. What was found by then stands below."));
    show(*report);
}

void RecipeController::showKept(const CompressionSettings& settings)
{
    m_parts.view->setReady(!settings.node.isEmpty());
    const std::string node = settings.node.toStdString();
    if (m_running || node.empty())
        return;
    Json request = m_parts.document->engineParams();
    request["node"] = node;
    m_parts.engine->request("compression/searches", std::move(request), this, [this, node](const Result<Json>& reply) {
        if (m_running || m_parts.panel->settings().node.toStdString() != node || !reply)
            return;
        const Json searches = reply->value("searches", Json::array());
        const auto report = searches.empty() ? Result<RecipeReport>(Error{}) : recipeReportFromJson(searches.front());
        if (report)
            show(*report);
        else if (m_shown != node)
            m_parts.view->clear(); // what is shown is of another model
        m_shown = node;
    });
}

void RecipeController::show(const RecipeReport& report)
{
    m_parts.view->showReport(report);
    for (const RecipeCandidate& candidate : report.candidates) {
        const RecipeStep& step = candidate.steps.front();
        const auto parameters = effectiveParameters({.id = step.type, .type = step.type, .parameters = step.parameters});
        if (candidate.state != RecipeCandidate::State::Measured || candidate.steps.size() != 2 || step.type != "prune" || !parameters)
            continue;
        SparsityPoint point = candidate.point;
        m_parts.device->forgetCostOfOthers(point); // the search is as it was found; the chart compares with today's
        if (const auto settings = m_parts.compression->settingsOf(report.node, {*parameters, point}))
            m_parts.panel->setMeasured(point, *settings);
    }
}

void RecipeController::apply(const std::vector<RecipeStep>& steps)
{
    AppliedRecipe applied;
    const bool changed = m_parts.document->model()->change(tr("Apply recipe"), [&](Graph& graph) -> Result<void> {
        ESPALIER_TRY(applied, applyRecipe(graph, m_shown, steps));
        return {};
    });
    if (changed)
        Q_EMIT this->applied(applied.package);
}

} // namespace espalier
