// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/RunConductor.h"

#include "app/ActivityText.h"
#include "app/ErrorText.h"
#include "app/LogView.h"
#include "app/MessageBar.h"
#include "app/ProjectDocument.h"
#include "app/StatusLine.h"
#include "engine/graph/Validator.h"
#include "widgets/pipeline/NodeText.h"
#include "widgets/style/Theme.h"

namespace espalier {
namespace {

const auto act = QStringLiteral("run");

NodeState shownState(NodeRunState::Kind kind)
{
    switch (kind) {
    case NodeRunState::Kind::Idle: return NodeState::Idle;
    case NodeRunState::Kind::Queued: return NodeState::Queued;
    case NodeRunState::Kind::Running: return NodeState::Running;
    case NodeRunState::Kind::Done: return NodeState::Done;
    case NodeRunState::Kind::Failed: return NodeState::Failed;
    case NodeRunState::Kind::Cancelled: return NodeState::Cancelled;
    }
    return NodeState::Idle;
}

double fractionOf(const Progress& progress)
{
    return progress.total > 0 ? static_cast<double>(progress.done) / static_cast<double>(progress.total) : -1;
}

} // namespace

RunConductor::RunConductor(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    connect(m_parts.run, &RunController::started, this, &RunConductor::begin);
    connect(m_parts.run, &RunController::nodeChanged, this, &RunConductor::showNode);
    connect(m_parts.run, &RunController::progressed, this, &RunConductor::showProgress);
    connect(m_parts.run, &RunController::finished, this, &RunConductor::finish);
    connect(m_parts.run, &RunController::cancelling, this, [this] { m_parts.status->update(act, tr("Stopping..."), -1, -1); });
    connect(m_parts.run, &RunController::logged, this,
            [this](const QString& node, bool warning, const QString& text) { m_parts.log->add(titleOf(node), warning, text); });
    connect(m_parts.status, &StatusLine::cancelRequested, this, [this](const QString& which) {
        if (which == act)
            m_parts.run->cancel();
    });
}

QString RunConductor::titleOf(const QString& node) const { return nodeTitle(m_parts.document->model()->graph(), node.toStdString()); }

void RunConductor::start(const QString& target)
{
    PipelineModel* model = m_parts.document->model();
    if (m_parts.run->isRunning() || !m_parts.document->isOpen())
        return;
    const std::string folder = m_parts.document->folder().toStdString();
    model->setProblems(validate(model->graph(), folder));
    if (hasErrors(validate(model->graph(), folder, target.toStdString()))) {
        m_parts.status->setIdleText(tr("The pipeline has problems that must be mended first."));
        Q_EMIT problemsInTheWay();
        return;
    }
    model->markRunStarted();
    m_parts.run->run({toJson(m_parts.document->project()), m_parts.document->folder(), target, m_parts.secrets()});
}

void RunConductor::begin()
{
    m_failedNode.clear();
    m_parts.results->setPaused(true);
    for (const char* key : {"engine", "run"})
        m_parts.messages->dismiss(QString::fromLatin1(key));
    m_parts.status->begin(act, tr("Starting the run"), tr("this computer"));
    m_parts.log->add({}, false, tr("Run started"));
}

void RunConductor::showNode(const QString& node, const NodeRunState& state)
{
    NodeStatus status{shownState(state.kind), {}, -1};
    if (state.error)
        status.message = errorText(*state.error);
    m_parts.document->model()->setNodeStatus(node.toStdString(), status);
    if (state.kind == NodeRunState::Kind::Running)
        m_parts.status->update(act, titleOf(node), -1, -1);
    if (state.kind == NodeRunState::Kind::Failed) {
        m_failedNode = node;
        m_parts.log->add(titleOf(node), true, status.message);
    }
    if (state.kind == NodeRunState::Kind::Done) {
        m_parts.log->add(titleOf(node), false, state.cached ? tr("up to date") : tr("done in %1").arg(formatDuration(state.seconds)));
        m_parts.results->fetch(node.toStdString());
    }
}

void RunConductor::showProgress(const RunProgress& progress)
{
    if (m_parts.run->isCancelling())
        return;
    const QString activity = activityText(progress.progress.activity);
    const double fraction = fractionOf(progress.progress);
    m_parts.document->model()->setNodeStatus(progress.node.toStdString(), {NodeState::Running, activity, fraction});
    const QString amount = amountText(progress.progress.done, progress.progress.total, progress.progress.unit);
    m_parts.status->update(act, titleOf(progress.node) + QStringLiteral(": ") + activity + (amount.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(amount)),
                           fraction, progress.secondsLeft);
}

void RunConductor::finish(RunEnd end, const Error& error)
{
    m_parts.results->setPaused(false);
    switch (end) {
    case RunEnd::Done: m_parts.status->end(act, tr("The run is done.")); break;
    case RunEnd::Cancelled: m_parts.status->end(act, tr("The run was stopped. Run again to go on from the last epoch.")); break;
    case RunEnd::Failed:
        m_parts.status->end(act, tr("The run failed."));
        offerDevice(error);
        break;
    case RunEnd::Interrupted:
        m_parts.status->end(act, tr("The run was interrupted."));
        offerResume(error);
        break;
    }
    m_parts.log->add({}, end != RunEnd::Done, end == RunEnd::Failed ? errorDetail(error) : end == RunEnd::Done ? tr("Run done") : tr("Run ended"));
}

void RunConductor::offerResume(const Error& error)
{
    m_parts.messages->show({QStringLiteral("engine"), Message::Kind::Error, tr("The engine ended in the middle of the run"),
                            QString::fromStdString(error.detail) + QLatin1Char('\n') + tr("Your project is untouched. The run goes on where its last epoch ended."),
                            {{tr("Resume"), [this, target = m_parts.run->target()] { start(target); }, QStringLiteral("resumeButton")}}});
}

void RunConductor::offerDevice(const Error& error)
{
    QList<Message::Action> actions;
    const Node* node = m_parts.document->model()->graph().node(m_failedNode.toStdString());
    const bool needsUser = error.code == ErrorCode::HostKeyUnknown || error.code == ErrorCode::Authentication;
    if (node && node->type == "deploy" && needsUser)
        if (const auto parameters = effectiveParameters(*node)) {
            const QString device = QString::fromStdString(parameters->at("device").get<std::string>());
            actions << Message::Action{tr("Go to the device"), [this, device] { Q_EMIT deviceNeedsUser(device); }};
        }
    const QString headline = m_failedNode.isEmpty() ? tr("The run failed") : tr("%1 failed").arg(titleOf(m_failedNode));
    m_parts.messages->show({QStringLiteral("run"), Message::Kind::Error, headline, errorText(error), actions});
}

} // namespace espalier
