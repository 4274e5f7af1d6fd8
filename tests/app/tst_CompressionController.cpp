// SPDX-License-Identifier: GPL-3.0-or-later
// What the compression panel's choices become: requests to the engine, and one edit of the pipeline.
#include "app/CompressionController.h"

#include "app/MeasuringDevice.h"
#include "app/ProjectDocument.h"
#include "app/SensitivityController.h"
#include "app/Settings.h"
#include "engine/deployment/DeviceStore.h"
#include "engine/deployment/LocalRuntime.h"
#include "tests/app/RecordingEngine.h"
#include "widgets/compression/CompressionPanel.h"
#include "widgets/compression/LayerTable.h"
#include "widgets/compression/SensitivityBar.h"
#include "widgets/compression/TradeoffChart.h"
#include "widgets/plots/QCustomPlotHeader.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace espalier;

class tst_CompressionController : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void applyMakesAPruneNodeOfTheChoices();
    void applyChangesThePruneNode();
    void asksWithThePanelsLayers();
    void theFloorIsKeptForTheProject();
    void earlierRunsJoinTheChart();
    void asksTheChosenDevice();
    void asksWhatEachLayerCosts();

private:
    [[nodiscard]] Parameters parametersOf(const std::string& node) const { return *effectiveParameters(*m_document->model()->graph().node(node)); }
    /// The requests of @p method that reached the engine so far.
    [[nodiscard]] std::vector<Json> requests(const std::string& method) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ProjectDocument> m_document;
    std::unique_ptr<EngineClient> m_engine;
    std::unique_ptr<ResultStore> m_results;
    std::unique_ptr<CompressionPanel> m_panel;
    std::unique_ptr<MeasuringDevice> m_device;
    std::unique_ptr<CompressionController> m_controller;
    std::unique_ptr<SensitivityController> m_sensitivity;
};

namespace {

CompressionSettings choices()
{
    return {.node = "train", .score = "lamp", .method = "global", .pattern = "n_of_4", .embeddings = "none", .precision = "fp32"};
}

} // namespace

/// An engine that writes down what it is asked.
void tst_CompressionController::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("ESPALIER_CONFIG_DIR", m_folder->path().toUtf8());
    const QString engine = test::recordingEngine(*m_folder);
    QVERIFY(!engine.isEmpty());
    m_settings = std::make_unique<Settings>();
    m_document = std::make_unique<ProjectDocument>(m_settings.get());
    m_document->openEmpty();
    m_document->model()->addNode("train", {0, 0});
    m_engine = std::make_unique<EngineClient>(engine);
    m_results = std::make_unique<ResultStore>(m_document.get(), m_engine.get());
    m_panel = std::make_unique<CompressionPanel>();
    m_device = std::make_unique<MeasuringDevice>(MeasuringDevice::Parts{m_document.get(), m_panel.get()});
    m_controller = std::make_unique<CompressionController>(CompressionController::Parts{m_document.get(), m_engine.get(), m_results.get(), m_panel.get(), m_device.get()});
    m_sensitivity = std::make_unique<SensitivityController>(SensitivityController::Parts{m_engine.get(), m_panel.get(), m_controller.get()});
}

void tst_CompressionController::cleanup()
{
    m_engine->stop();
    m_sensitivity.reset();
    m_controller.reset();
    m_device.reset();
    m_panel.reset();
    m_results.reset();
    m_engine.reset();
    m_document.reset();
}

std::vector<Json> tst_CompressionController::requests(const std::string& method) const
{
    std::vector<Json> found;
    QFile asked(m_folder->filePath("asked"));
    if (!asked.open(QIODevice::ReadOnly))
        return found;
    for (const QByteArray& line : asked.readAll().split('\n'))
        if (const auto message = parseJson(line.toStdString(), "request"); message && message->at("method") == Json(method))
            found.push_back(message->at("params"));
    return found;
}

void tst_CompressionController::applyMakesAPruneNodeOfTheChoices()
{
    m_document->model()->addNode("package", {240, 0});
    QVERIFY(m_document->model()->connectPorts({"train", "checkpoint", "package", "checkpoint"}));
    Q_EMIT m_panel->applyRequested(choices(), 0.75);
    const Graph& graph = m_document->model()->graph();
    QVERIFY(graph.node("prune"));
    QCOMPARE(graph.edgeInto("package", "checkpoint")->fromNode, std::string("prune"));
    QCOMPARE(graph.edgeInto("package", "reference")->fromNode, std::string("train")); // shows what pruning changes
    QCOMPARE(graph.edgeInto("prune", "checkpoint")->fromNode, std::string("train"));
    const Parameters parameters = parametersOf("prune");
    for (const auto& [id, value] : std::map<std::string, Json>{{"score", "lamp"}, {"method", "global"}, {"pattern", "n_of_4"}, {"embeddings", "none"}, {"sparsity", 0.75}})
        QVERIFY2(parameters.at(id) == value, id.c_str());
    m_document->model()->undoStack()->undo();
    QVERIFY(!graph.node("prune"));
}

void tst_CompressionController::applyChangesThePruneNode()
{
    Q_EMIT m_panel->applyRequested(choices(), 0.75);
    m_document->model()->setParameter("prune", "exclude", "output.weight");
    CompressionSettings other = choices();
    other.pattern = "block_1x4";
    Q_EMIT m_panel->applyRequested(other, 0.5);
    QCOMPARE(m_document->model()->graph().nodes().size(), std::size_t{2});
    QVERIFY(parametersOf("prune").at("pattern") == Json("block_1x4"));
    QVERIFY(parametersOf("prune").at("sparsity") == Json(0.5));
    QVERIFY(parametersOf("prune").at("exclude") == Json("")); // as the panel says
    other.layerSparsities = "embedding.weight=0.9";
    other.excluded = "output.weight";
    Q_EMIT m_panel->applyRequested(other, 0.995);
    QVERIFY(parametersOf("prune").at("exclude") == Json("output.weight"));
    QVERIFY(parametersOf("prune").at("layer_sparsities") == Json("embedding.weight=0.9"));
    QVERIFY(parametersOf("prune").at("sparsity") == Json(0.995));
}

/// Layers are the panel's to say; what it does not show is asked as it stands in the node.
void tst_CompressionController::asksWithThePanelsLayers()
{
    Q_EMIT m_panel->applyRequested(choices(), 0.75);
    m_document->model()->setParameter("prune", "random_seed", 7);
    CompressionSettings own = choices();
    own.layerSparsities = "embedding.weight=0.9";
    own.excluded = "output.weight";
    Q_EMIT m_panel->profileRequested(choices());
    Q_EMIT m_panel->measurementRequested(own, 0.5);
    Q_EMIT m_panel->measurementRequested(choices(), 0);
    Q_EMIT m_panel->costRequested(own, 0.5);
    QTRY_COMPARE(requests("compression/cost").size(), std::size_t{1});
    QVERIFY(requests("compression/cost").at(0) == requests("compression/evaluate").at(0));
    QCOMPARE(requests("compression/evaluate").size(), std::size_t{2});
    const Json profile = requests("compression/profile").at(0);
    for (const auto& [id, value] : std::map<std::string, Json>{{"score", "lamp"}, {"method", "global"}, {"pattern", "n_of_4"}, {"embeddings", "none"},
                                                               {"precision", "fp32"}, {"exclude", ""}, {"layer_sparsities", ""}, {"random_seed", 7}, {"allow_emptied", false}})
        QVERIFY2(profile.at(id) == value, id.c_str());
    const Json evaluate = requests("compression/evaluate").at(0);
    QVERIFY(evaluate.at("layer_sparsities") == Json("embedding.weight=0.9") && evaluate.at("exclude") == Json("output.weight"));
    QVERIFY(requests("compression/evaluate").at(1).at("layer_sparsities") == Json("")); // the dense model has none
}

void tst_CompressionController::theFloorIsKeptForTheProject()
{
    Q_EMIT m_panel->floorChanged(0.875);
    QCOMPARE(m_settings->accuracyFloor(m_document->folder()), std::optional(0.875));
    QVERIFY(!m_settings->accuracyFloor("/another/project"));
    Q_EMIT m_results->cleared(); // another project, or this one again
    QCOMPARE(m_panel->chart()->floor(), std::optional(0.875));
    Q_EMIT m_panel->floorChanged(std::nullopt);
    Q_EMIT m_results->cleared();
    QVERIFY(!m_panel->chart()->floor());
}

void tst_CompressionController::earlierRunsJoinTheChart()
{
    Q_EMIT m_panel->applyRequested(choices(), 0.75);
    RunRecord trained; // measured no package
    trained.node = trained.nodeType = "train";
    RunRecord pruned;
    pruned.name = "first try";
    pruned.node = pruned.nodeType = "prune";
    pruned.fingerprint = "ab";
    pruned.parameters = {{"prune.score", "taylor"}, {"prune.recovery", "gradual"}, {"prune.layer_sparsities", "output.weight=0.5"}, {"train.epochs", 3}};
    pruned.results = {{"point.sparsity", 0.905}, {"point.accuracy", 0.875}, {"point.accuracy_low", 0.86}, {"point.accuracy_high", 0.89}, {"point.package_bytes", 123456},
                      {"point.milliseconds", 0.25}, {"point.memory_bytes", 4e6}, {"point.examples", 3000}, {"point.runtime", static_cast<double>(localRuntimeIdentity())}};
    m_controller->setRuns({pruned, trained});
    QCOMPARE(m_panel->chart()->points().size(), std::size_t{1});
    const ChartPoint& point = m_panel->chart()->points().front();
    QCOMPARE(point.kind, PointKind::FineTuned);
    QVERIFY(!point.current);
    QCOMPARE(point.measured.settings.score, QString("taylor"));
    QCOMPARE(point.measured.settings.node, QString("train"));
    QCOMPARE(point.measured.settings.layerSparsities, QString("output.weight=0.5"));
    QCOMPARE(point.point().milliseconds, 0.25);
    QVERIFY(m_panel->chart()->describe(0).contains("first try"));
    pruned.results["point.runtime"] += 1; // measured by another runtime
    m_controller->setRuns({pruned, trained});
    QCOMPARE(m_panel->chart()->points().front().point().milliseconds, 0.0);
}

/// Time and memory are asked of the device that the user chose, also tomorrow; figures of another place leave the chart.
void tst_CompressionController::asksTheChosenDevice()
{
    auto devices = DeviceStore::load();
    Device pi;
    pi.name = "pi";
    pi.host = "pi.local";
    QVERIFY(devices.ok() && devices->add(pi));
    m_device->setDevices({QString::fromLatin1(thisComputerName), "pi"});
    auto* box = m_panel->findChild<QComboBox*>("measuringDevice");
    QVERIFY(box && box->count() == 2 && box->currentIndex() == 0);
    RunRecord here;
    here.node = here.nodeType = "shrink";
    here.results = {{"point.accuracy", 0.875}, {"point.package_bytes", 123456}, {"point.milliseconds", 0.25}, {"point.memory_bytes", 4e6},
                    {"point.runtime", static_cast<double>(localRuntimeIdentity())}};
    m_controller->setRuns({here});
    QCOMPARE(m_panel->chart()->points().front().point().milliseconds, 0.25);
    QVERIFY(!m_controller->params(choices()).contains("device"));

    QSignalSpy changed(m_device.get(), &MeasuringDevice::changed);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(m_controller->params(choices()).at("device"), Json("pi"));
    QCOMPARE(m_panel->chart()->points().front().point().milliseconds, 0.0);
    m_panel->chart()->setAxis(TradeoffAxis::Latency);
    QVERIFY2(m_panel->chart()->plot()->xAxis->label().contains("pi"), qPrintable(m_panel->chart()->plot()->xAxis->label()));
    m_engine->start();
    Q_EMIT m_panel->costRequested(choices(), 0.5);
    QTRY_COMPARE(requests("compression/cost").size(), std::size_t{1});
    QCOMPARE(requests("compression/cost").front().at("device"), Json("pi"));

    Q_EMIT m_results->cleared(); // this project again
    QCOMPARE(box->currentText(), QString("pi"));
    SparsityPoint there;
    there.milliseconds = 3;
    there.runtime = measuringIdentity(pi);
    m_device->forgetCostOfOthers(there);
    QCOMPARE(there.milliseconds, 3.0);
    QVERIFY(devices->remove("pi"));
    m_device->setDevices({QString::fromLatin1(thisComputerName)});
    QVERIFY(!m_controller->params(choices()).contains("device"));
    QVERIFY(box->parentWidget()->isHidden());
}

/// Looks for what is known when the choices change; measures when it is told to, and a question without that stops it.
void tst_CompressionController::asksWhatEachLayerCosts()
{
    m_panel->setSources({{QStringLiteral("train"), QStringLiteral("Train")}});
    QTRY_COMPARE(requests("compression/sensitivity").size(), std::size_t{1});
    QVERIFY(requests("compression/sensitivity").at(0).at("measure") == Json(false));
    SensitivityBar* bar = m_panel->layers()->sensitivityBar();
    Q_EMIT bar->measureRequested();
    QVERIFY(bar->isMeasuring());
    QTRY_COMPARE(requests("compression/sensitivity").size(), std::size_t{2});
    QVERIFY(requests("compression/sensitivity").at(1).at("measure") == Json(true));
    QVERIFY(requests("compression/sensitivity").at(1).at("score") == Json("magnitude"));
    Q_EMIT bar->cancelRequested();
    QVERIFY(!bar->isMeasuring());
    QTRY_COMPARE(requests("compression/sensitivity").size(), std::size_t{3});
    QVERIFY(requests("compression/sensitivity").at(2).at("measure") == Json(false));
}

QTEST_MAIN(tst_CompressionController)
#include "tst_CompressionController.moc"
