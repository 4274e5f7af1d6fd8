// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/DeployFlow.h"

#include "app/ErrorText.h"
#include "app/GraphQueries.h"
#include "app/ProjectDocument.h"
#include "widgets/devices/DevicesPanel.h"
#include "widgets/devices/JobProgress.h"

#include <QDir>
#include <QFileInfo>

namespace espalier {

DeployFlow::DeployFlow(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    connect(m_parts.panel, &DevicesPanel::deployRequested, this, &DeployFlow::deploy);
    connect(m_parts.panel, &DevicesPanel::cancelRequested, this, [this] {
        if (m_waitsForRun)
            m_parts.run->cancel();
        else if (!m_device.isEmpty())
            stop(errorHeadline(ErrorCode::Cancelled));
        else
            m_parts.devices->cancel();
    });
    connect(m_parts.run, &RunController::finished, this, [this](RunEnd end, const Error& error) {
        if (!std::exchange(m_waitsForRun, false))
            return;
        if (end == RunEnd::Done)
            askForPackage();
        else
            stop(end == RunEnd::Cancelled ? errorHeadline(ErrorCode::Cancelled) : errorText(error));
    });
    connect(m_parts.run, &RunController::started, this, &DeployFlow::update);
    connect(m_parts.run, &RunController::finished, this, &DeployFlow::update);
    connect(m_parts.document, &ProjectDocument::opened, this, &DeployFlow::update);
    connect(m_parts.document, &ProjectDocument::closed, this, &DeployFlow::update);
    connect(m_parts.document->model(), &PipelineModel::graphChanged, this, &DeployFlow::update);
    update();
}

void DeployFlow::update()
{
    if (!m_parts.document->isOpen())
        m_parts.panel->setDeployable(false, tr("Open a project first."));
    else if (packageNode(m_parts.document->model()->graph()).empty())
        m_parts.panel->setDeployable(false, tr("The pipeline has no Package node: there is nothing to deploy."));
    else if (m_parts.run->isRunning())
        m_parts.panel->setDeployable(false, tr("A run is under way. Wait for its end."));
    else
        m_parts.panel->setDeployable(true, {});
}

void DeployFlow::deploy(const QString& device)
{
    if (!m_device.isEmpty() || m_parts.devices->isBusy())
        return;
    m_device = device;
    m_node = packageNode(m_parts.document->model()->graph());
    m_parts.panel->beginJob(device, tr("Looking whether the package is up to date"));
    m_parts.engine->start();
    Json params = m_parts.document->engineParams();
    params["node"] = m_node;
    m_parts.engine->request("results", std::move(params), this, [this](const Result<Json>& reply) {
        if (m_device.isEmpty())
            return; // cancelled meanwhile
        if (!reply && reply.error().code == ErrorCode::NotFound)
            runFirst();
        else if (!reply)
            stop(errorText(reply.error()));
        else
            askForPackage();
    });
}

void DeployFlow::runFirst()
{
    m_parts.panel->progress()->begin(tr("Running the pipeline up to the package"));
    m_waitsForRun = true;
    m_parts.startRun(QString::fromStdString(m_node));
    if (!m_parts.run->isRunning()) { // refused: problems in the pipeline
        m_waitsForRun = false;
        stop(tr("The pipeline has problems. Mend them first; they are listed under Problems."));
    }
}

void DeployFlow::askForPackage()
{
    Json params = m_parts.document->engineParams();
    params["node"] = m_node;
    m_parts.engine->request("results", std::move(params), this, [this](const Result<Json>& reply) {
        if (m_device.isEmpty())
            return;
        if (!reply)
            return stop(errorText(reply.error()));
        const Json summary = reply->is_object() ? reply->value("summary", Json::object()) : Json::object();
        const auto path = summary.is_object() && summary.contains("path") && summary.at("path").is_string()
                              ? QString::fromStdString(summary.at("path").get<std::string>()) : QString();
        path.isEmpty() ? stop(tr("The engine did not say where the package is.")) : push(path);
    });
}

void DeployFlow::push(const QString& packageFile)
{
    const QString device = std::exchange(m_device, {});
    m_parts.panel->endJob(); // the push begins one of its own
    QString testSet;
    for (const auto* name : {"test.tsv", "test.jsonl"})
        if (const QFileInfo file(QFileInfo(packageFile).dir(), QLatin1String(name)); file.isFile() && file.size() > 0)
            testSet = file.filePath();
    m_parts.devices->deploy(device, packageFile, testSet);
}

void DeployFlow::stop(const QString& reason)
{
    m_device.clear();
    m_parts.panel->progress()->fail(reason);
    m_parts.panel->endJob();
}

} // namespace espalier
