// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RunController.h"

namespace espalier {
namespace {

std::optional<NodeRunState::Kind> kindFromName(const std::string& name)
{
    using Kind = NodeRunState::Kind;
    static const std::pair<const char*, Kind> names[] = {
        {"idle", Kind::Idle}, {"queued", Kind::Queued}, {"running", Kind::Running}, {"done", Kind::Done},
        {"failed", Kind::Failed}, {"cancelled", Kind::Cancelled}};
    for (const auto& [known, kind] : names)
        if (name == known)
            return kind;
    return std::nullopt;
}

bool isActive(NodeRunState::Kind kind) { return kind == NodeRunState::Kind::Queued || kind == NodeRunState::Kind::Running; }

} // namespace

RunController::RunController(EngineClient* engine, QObject* parent) : QObject(parent), m_engine(engine)
{
    connect(engine, &EngineClient::notified, this, &RunController::receive);
    connect(engine, &EngineClient::stateChanged, this, [this](EngineClient::State state) {
        if (m_running && state == EngineClient::State::Crashed)
            m_interrupted = true;
    });
}

void RunController::run(const RunRequest& request)
{
    if (m_running)
        return;
    m_running = true;
    m_cancelling = false;
    m_interrupted = false;
    m_target = request.target;
    m_states.clear();
    m_engine->start();
    Json params{{"project", request.project}, {"folder", request.folder.toStdString()}};
    if (!request.target.isEmpty())
        params["target"] = request.target.toStdString();
    if (!request.secrets.empty())
        params["secrets"] = request.secrets;
    Q_EMIT started(m_target);
    m_engine->request("run", std::move(params), this, [this](const Result<Json>& result) { end(result); });
}

void RunController::cancel()
{
    if (!m_running || m_cancelling)
        return;
    m_cancelling = true;
    m_engine->request("cancel", Json::object(), this, {});
    Q_EMIT cancelling();
}

void RunController::receive(const QString& method, const Json& params)
{
    if (!m_running || !params.is_object())
        return;
    if (method == QLatin1String("run/state"))
        receiveState(params);
    else if (method == QLatin1String("run/progress"))
        receiveProgress(params);
    else if (method == QLatin1String("run/metric"))
        receiveMetrics(params);
    else if (method == QLatin1String("run/log")) {
        const auto fields = Fields::of(params, "run/log");
        const auto text = fields->textOr("text", "");
        const auto level = fields->textOr("level", "info");
        const auto node = fields->textOr("node", "");
        if (text && level && node)
            Q_EMIT logged(QString::fromStdString(*node), *level == "warning", QString::fromStdString(*text));
    }
}

void RunController::receiveState(const Json& params)
{
    const auto fields = Fields::of(params, "run/state");
    const auto node = fields->text("node");
    const auto name = fields->text("state");
    const auto kind = name ? kindFromName(*name) : std::nullopt;
    if (!node || !kind)
        return;
    NodeRunState state;
    state.kind = *kind;
    if (const auto cached = fields->booleanOr("cached", false))
        state.cached = *cached;
    if (const auto seconds = fields->numberOr("seconds", 0))
        state.seconds = *seconds;
    if (params.contains("error"))
        state.error = errorFromData(params.at("error"));
    const QString id = QString::fromStdString(*node);
    m_states[id] = *kind;
    Q_EMIT nodeChanged(id, state);
}

void RunController::receiveProgress(const Json& params)
{
    const auto fields = Fields::of(params, "run/progress");
    const auto node = fields->textOr("node", "");
    const auto activity = fields->textOr("activity", "");
    const auto done = fields->integerOr("done", 0);
    const auto total = fields->integerOr("total", 0);
    const auto unit = fields->textOr("unit", "");
    const auto left = fields->numberOr("seconds_left", -1);
    if (node && activity && done && total && unit && left)
        Q_EMIT progressed({QString::fromStdString(*node), {*activity, *done, *total, *unit}, *left});
}

void RunController::receiveMetrics(const Json& params)
{
    const auto fields = Fields::of(params, "run/metric");
    const auto node = fields->textOr("node", "");
    const auto list = fields->array("points");
    if (!node || !list)
        return;
    std::vector<MetricPoint> points;
    points.reserve(list->size());
    for (const Json* entry : *list) {
        const auto point = Fields::of(*entry, "point");
        if (!point)
            continue;
        const auto series = point->text("series");
        const auto x = point->number("x");
        const auto y = point->number("y");
        if (series && x && y)
            points.push_back({*series, *x, *y});
    }
    Q_EMIT measured(QString::fromStdString(*node), points);
}

void RunController::endActiveNodes()
{
    const auto states = m_states;
    for (auto it = states.begin(); it != states.end(); ++it)
        if (isActive(it.value()))
            Q_EMIT nodeChanged(it.key(), {NodeRunState::Kind::Cancelled, false, 0, std::nullopt});
    m_states.clear();
}

void RunController::end(const Result<Json>& result)
{
    m_running = false;
    endActiveNodes();
    if (result)
        Q_EMIT finished(RunEnd::Done, {});
    else if (m_interrupted)
        Q_EMIT finished(RunEnd::Interrupted, result.error());
    else
        Q_EMIT finished(result.error().code == ErrorCode::Cancelled ? RunEnd::Cancelled : RunEnd::Failed, result.error());
}

} // namespace espalier
