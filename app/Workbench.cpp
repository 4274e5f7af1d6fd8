// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Workbench.h"

#include "app/Actions.h"
#include "app/ActivityText.h"
#include "app/DevicesPlace.h"
#include "app/Drawer.h"
#include "app/ErrorText.h"
#include "app/GraphQueries.h"
#include "app/MessageBar.h"
#include "app/ProjectFlow.h"
#include "app/StatusLine.h"
#include "app/TrainingPlace.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/data/DataPanel.h"
#include "widgets/devices/DevicesPanel.h"
#include "widgets/forms/Inspector.h"
#include "widgets/forms/ParameterForm.h"
#include "widgets/pipeline/PipelinePage.h"
#include "widgets/pipeline/ProblemsList.h"

#include <QAction>

namespace espalier {

Workbench::Workbench(const Parts& parts)
    : m_layout(parts.layout), m_document(parts.document), m_engine(parts.engine), m_import(parts.window, parts.document, parts.engine),
      m_projects(new ProjectFlow(parts.window, parts.document, parts.layout->messages, &m_import)),
      m_prompts(parts.window), m_run(parts.engine), m_results(parts.document, parts.engine),
      m_conductor({parts.document, &m_run, &m_results, parts.layout->status, parts.layout->messages, parts.layout->drawer->log(),
                   [this] { return m_prompts.secretsForEngine(); }}),
      m_notices({parts.engine, parts.layout->modeBar, parts.layout->messages}),
      m_training({parts.document, &m_results, &m_run, parts.layout->training->panel()}),
      m_evaluation({parts.document, parts.engine, &m_results, parts.layout->training->panel()->evaluation(), parts.layout->training->runs()}),
      m_measuring({parts.document, parts.layout->compression, [this] { return m_prompts.secretsForEngine(); }}),
      m_compression({parts.document, parts.engine, &m_results, parts.layout->compression, &m_measuring}),
      m_vocabulary({parts.document, parts.engine, parts.layout->compression}),
      m_sweep({parts.document, parts.engine, &m_results, &m_measuring, &m_compression, parts.layout->compression, parts.layout->sweep}),
      m_recipe({parts.document, parts.engine, &m_results, &m_measuring, &m_compression, parts.layout->compression, parts.layout->recipe}),
      m_sensitivity({parts.engine, parts.layout->compression, &m_compression}), m_devices(parts.layout->devices->panel(), &m_prompts),
      m_deploy({parts.document, parts.engine, &m_run, &m_devices, parts.layout->devices->panel(), [this](const QString& target) { m_conductor.start(target); }}),
      m_tryIt({parts.document, parts.engine, &m_results, &m_devices, parts.layout->devices->panel(), parts.layout->devices->tryIt()}),
      m_data({parts.document, parts.engine, parts.layout->drawer->data()}), m_storage(parts.window, parts.document, parts.engine)
{
    m_layout->training->setController(&m_training);
    connectRun();
    connectCanvas();
    connectPanels();
    connectDevices();
}

void Workbench::runFirst(const std::string& type)
{
    if (!m_document->isOpen()) {
        Q_EMIT placeWanted(Place::Pipeline); // the welcome page: there is nothing to run yet
        return;
    }
    const auto nodes = nodesOfType(m_document->model()->graph(), type);
    m_conductor.start(nodes.empty() ? QString() : QString::fromStdString(nodes.front()));
}

void Workbench::connectRun()
{
    Actions* actions = m_layout->actions;
    connect(actions->run, &QAction::triggered, this, [this] { m_conductor.start(); });
    connect(actions->stop, &QAction::triggered, &m_run, &RunController::cancel);
    connect(actions->restartEngine, &QAction::triggered, this, [this] {
        m_engine->stop();
        m_engine->start();
    });
    connect(&m_conductor, &RunConductor::problemsInTheWay, this, [this] { m_layout->drawer->open(0); });
    connect(&m_conductor, &RunConductor::deviceNeedsUser, this, [this](const QString& device) {
        Q_EMIT placeWanted(Place::Devices);
        m_layout->devices->panel()->selectDevice(device);
        m_layout->devices->panel()->showPage(DevicesPanel::Page::Checks);
    });
}

void Workbench::connectCanvas()
{
    PipelinePage* page = m_layout->pipeline;
    ParameterForm* form = &page->inspector().form();
    connect(page, &PipelinePage::runToRequested, this, [this](const std::string& node) { m_conductor.start(QString::fromStdString(node)); });
    connect(page, &PipelinePage::openSampleRequested, m_projects, &ProjectFlow::openSample);
    connect(page, &PipelinePage::openFileRequested, m_projects, &ProjectFlow::chooseData);
    connect(m_layout->actions->storage, &QAction::triggered, &m_storage, &StorageFlow::open);
    connect(m_layout->actions->importSettings, &QAction::triggered, &m_import, &ImportFlow::editCurrent);
    page->inspector().addNodeAction(m_layout->actions->importSettings, [](const Node& node) { return node.type == "dataset"; });
    page->inspector().addNodeAction(m_layout->actions->data, [](const Node& node) { return makesData(node); });
    connect(m_layout->drawer->data(), &DataPanel::dataWanted, m_projects, &ProjectFlow::chooseData);
    connect(m_document->model(), &PipelineModel::refused, m_layout->status, &StatusLine::setIdleText);
    connect(m_document, &ProjectDocument::changed, form, [this, form] { form->setProjectFolder(m_document->folder()); });
    connect(&m_devices, &DeviceController::listChanged, form, &ParameterForm::setDeviceNames);
    connect(&m_devices, &DeviceController::listChanged, &m_measuring, &MeasuringDevice::setDevices);
    connect(m_layout->drawer->problems(), &ProblemsList::problemChosen, this, [this] { Q_EMIT placeWanted(Place::Pipeline); });
}

void Workbench::connectPanels()
{
    TrainingPanel* training = m_layout->training->panel();
    CompressionPanel* compression = m_layout->compression;
    connect(training, &TrainingPanel::trainRequested, this, [this] { runFirst("train"); });
    connect(training, &TrainingPanel::evaluateRequested, this, [this] { runFirst("evaluate"); });
    connect(training, &TrainingPanel::saveRequested, m_projects, &ProjectFlow::saveContent);
    connect(m_layout->training->runs(), &RunsView::trainRequested, this, [this] { runFirst("train"); });
    connect(&m_evaluation, &EvaluationController::saveRequested, m_projects, &ProjectFlow::saveContent);
    connect(&m_evaluation, &EvaluationController::failed, m_layout->status, &StatusLine::setIdleText);
    connect(compression, &CompressionPanel::trainRequested, this, [this] { runFirst("train"); });
    connect(compression, &CompressionPanel::saveRequested, m_projects, &ProjectFlow::saveContent);
    connect(&m_recipe, &RecipeController::applied, this, [this](const std::string& package) {
        m_document->model()->setCurrentNode(package);
        m_layout->status->setIdleText(tr("The recipe's nodes are in the pipeline. Run to make the package."));
    });
    connect(compression, &CompressionPanel::modelChosen, this, [this](const QString& node) {
        if (m_document->model()->graph().node(node.toStdString()))
            m_document->model()->setCurrentNode(node.toStdString());
    });
    connect(&m_evaluation, &EvaluationController::runsListed, &m_compression, &CompressionController::setRuns);
    connect(&m_compression, &CompressionController::applied, this, [this](const std::string& node, bool added) {
        m_document->model()->setCurrentNode(node);
        m_layout->status->setIdleText(added ? tr("A Prune node was added. Run to prune and fine-tune.") : tr("The Prune node was set. Run to prune and fine-tune."));
    });
    connect(&m_vocabulary, &VocabularyController::applied, this, [this](const std::string& node, bool added) {
        m_document->model()->setCurrentNode(node);
        m_layout->status->setIdleText(added ? tr("A node Cut vocabulary was added. Run to cut and fine-tune.") : tr("Cut vocabulary was set. Run to cut and fine-tune."));
    });
}

void Workbench::connectDevices()
{
    const auto act = QStringLiteral("device");
    StatusLine* status = m_layout->status;
    connect(&m_devices, &DeviceController::began, status, [this, act, status](const QString& device, const QString& activity) {
        status->begin(act, activity, m_layout->devices->panel()->displayName(device));
    });
    connect(&m_devices, &DeviceController::progressed, status, [act, status](const Progress& progress) {
        const QString amount = amountText(progress.done, progress.total, progress.unit);
        const QString activity = activityText(progress.activity);
        status->update(act, amount.isEmpty() ? activity : QStringLiteral("%1 (%2)").arg(activity, amount),
                       progress.total > 0 ? static_cast<double>(progress.done) / static_cast<double>(progress.total) : -1, -1);
    });
    connect(&m_devices, &DeviceController::ended, status, [act, status](const QString& text) { status->end(act, text); });
    connect(status, &StatusLine::cancelRequested, &m_devices, [this, act](const QString& which) {
        if (which == act)
            m_devices.cancel();
    });
    connect(&m_results, &ResultStore::resultArrived, this, &Workbench::showReceipt);
}

void Workbench::showReceipt(const std::string& node)
{
    const StoredResult* stored = m_results.result(node);
    if (stored->type != "receipt")
        return;
    if (const auto receipt = receiptFromJson(stored->summary))
        m_layout->devices->panel()->setReceipt(QString::fromStdString(receipt->device), *receipt);
}

void Workbench::startUp()
{
    if (const auto loaded = m_devices.load(); !loaded)
        m_layout->messages->show({QStringLiteral("devices"), Message::Kind::Error, tr("The device list could not be read"), errorText(loaded.error()), {}});
    m_document->lookForLeftoverOfLastTime();
    m_engine->start();
}

void Workbench::retranslate()
{
    m_results.retranslate();
    m_deploy.update();
    m_compression.updateSources();
}

} // namespace espalier
